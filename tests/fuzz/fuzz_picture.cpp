#include "fuzztarget.h"
#include "imagedecoder.h"
#include "pngpixels.h"

#include <QLoggingCategory>
#include <QtEndian>

#include <libdeflate.h>

using namespace plantain;

namespace {

/// With the checksums of a PNG put right, without which libpng would look at none of what was changed.
QByteArray withChecksums(QByteArray bytes)
{
    constexpr qsizetype signature = 8, overhead = 12;
    if (!bytes.startsWith(QByteArrayView("\x89PNG", 4)))
        return bytes;
    for (qsizetype at = signature; bytes.size() - at >= overhead;) {
        const qsizetype length = qFromBigEndian<quint32>(bytes.constData() + at);
        if (length > bytes.size() - at - overhead)
            break;
        qToBigEndian(libdeflate_crc32(0, bytes.constData() + at + 4, size_t(4 + length)), bytes.data() + at + 8 + length);
        at += overhead + length;
    }
    return bytes;
}

} // namespace

/// A file that came or was dropped: the walk, and then Qt's decoder behind it. Pictures are kept small here, as a fuzzer
/// learns nothing of large ones; tests/imaging has those.
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const bool quiet = [] {
        QLoggingCategory::setFilterRules(QStringLiteral("*=false"));
        return true;
    }();
    fuzz::require(quiet, "quiet");
    const QByteArray bytes = withChecksums(fuzz::copyOf(data, size));
    const PictureLimits limits { .side = 512, .pixels = 64 * 1024, .jpegScanPixels = 1'000'000 };
    const Result<WalkedPicture> walked = walkPicture(bytes, limits);
    if (!walked) {
        fuzz::require(walked.error().kind == ErrorKind::BadPicture && !walked.error().message.isEmpty(), "refused by reason");
        return 0;
    }
    fuzz::require(walked->info.size.width() <= limits.side && walked->info.size.height() <= limits.side, "within the limits");
    const Result<WalkedPicture> again = walkPicture(walked->bytes, limits);
    fuzz::require(again.has_value() && again->bytes == walked->bytes, "what is kept is a picture, and nothing more to leave out");
    if (walked->info.format == PictureFormat::Png)
        (void)pngPixelsAreWhole(walked->bytes);
    const Result<QImage> image = decodePicture(bytes);
    fuzz::require(!image || image->size() == walked->info.displaySize(), "as large as the walk said");
    if (image)
        (void)forDisplay(*image);
    const Result<QImage> small = decodePicture(bytes, { 16, 16 });
    fuzz::require(!small || (small->width() <= 16 && small->height() <= 16), "as small as asked");
    return 0;
}
