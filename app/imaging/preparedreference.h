#pragma once

#include "pictureinfo.h"
#include "result.h"

#include <QByteArray>

namespace plantain {

/// What is done to a reference picture before it is given away (reliability.md R24). Nothing of it changes what one sees.
struct ReferenceTreatment
{
    bool stripsMetadata = false; ///< place, camera, text; the pixels stay as they are stored
    bool turnsUpright = false; ///< the pixels, where EXIF only says how to hold them
    bool convertsCmyk = false; ///< to RGB, without its profile
    bool reducesDepth = false; ///< 16 bits a channel to 8
    bool keepsProfile = false;

    bool encodesAnew() const { return turnsUpright || convertsCmyk || reducesDepth; }
    /// Pixels that are written anew lose what stood beside them.
    bool mayKeepMetadata() const { return stripsMetadata && !encodesAnew(); }
    bool isNone() const { return !stripsMetadata && !encodesAnew(); }

    bool operator==(const ReferenceTreatment &) const = default;
};

ReferenceTreatment treatmentOf(const PictureInfo &info);

/// A reference as it is sent.
struct PreparedReference
{
    QByteArray bytes; ///< empty: the file as it is
    QByteArray file; ///< what was read of it, where it goes as it is: it may be another by now
    PictureFormat format = PictureFormat::Png;
    QSize size; ///< pixels, upright
    qint64 length = 0; ///< bytes of the file that is sent
    bool hasMetadata = false; ///< it was to be kept, and is in it
};

enum class Metadata { Leave, Keep };

/// Reads, looks at and treats one file. With `atMostBytes` it is scaled down until it is no larger, where it would be.
/// Metadata is kept only of a file that goes as it is.
/// The same file gives the same bytes. Errors as of verifyPicture. Pure but for the file; not for the GUI thread.
Result<PreparedReference> prepareReference(const QString &path, qint64 atMostBytes = 0, Metadata metadata = Metadata::Leave);

} // namespace plantain
