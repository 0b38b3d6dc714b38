#pragma once

#include <QByteArrayView>
#include <QString>

namespace plantain {

/// What a file is by its first bytes, whatever its name says: "image/png", "video/mp4", "audio/mpeg", "application/pdf".
/// Empty when it is none of the kinds that a model takes. 64 bytes are enough.
QString mediaTypeOf(QByteArrayView start);

} // namespace plantain
