#pragma once

#include <QList>
#include <QUrl>

class QMimeData;

namespace plantain {

/// Files and web addresses in a drop or on the clipboard; also a list that Qt reads as empty because it is not
/// percent-encoded, and text whose every line is a web address.
QList<QUrl> urlsFromMime(const QMimeData &data);

} // namespace plantain
