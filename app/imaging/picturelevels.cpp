#include "picturelevels.h"

#include "imagedecoder.h"

#include <algorithm>

namespace plantain {

namespace {

constexpr int smallestSide = 128; ///< no level beyond one whose longer side is this small

/// The mean of four pixels, two channels at a time.
inline QRgb meanOf(QRgb a, QRgb b, QRgb c, QRgb d)
{
    constexpr quint32 mask = 0x00ff00ff;
    constexpr quint32 half = 0x00020002;
    const quint32 low = (a & mask) + (b & mask) + (c & mask) + (d & mask) + half;
    const quint32 high = ((a >> 8) & mask) + ((b >> 8) & mask) + ((c >> 8) & mask) + ((d >> 8) & mask) + half;
    return ((low >> 2) & mask) | (((high >> 2) & mask) << 8);
}

QImage halved(const QImage &image)
{
    const int width = image.width(), height = image.height();
    QImage half((width + 1) / 2, (height + 1) / 2, image.format());
    if (half.isNull())
        return half;
    for (int y = 0; y < half.height(); ++y) {
        const auto *upper = reinterpret_cast<const QRgb *>(image.constScanLine(2 * y));
        const auto *lower = reinterpret_cast<const QRgb *>(image.constScanLine(std::min(2 * y + 1, height - 1)));
        auto *line = reinterpret_cast<QRgb *>(half.scanLine(y));
        for (int x = 0; x < width / 2; ++x)
            line[x] = meanOf(upper[2 * x], upper[2 * x + 1], lower[2 * x], lower[2 * x + 1]);
        if (width % 2 != 0)
            line[width / 2] = meanOf(upper[width - 1], upper[width - 1], lower[width - 1], lower[width - 1]);
    }
    return half;
}

} // namespace

qint64 PictureLevels::bytes() const
{
    qint64 sum = 0;
    for (const QImage &level : levels)
        sum += level.sizeInBytes();
    return sum;
}

int PictureLevels::levelFor(double scale) const
{
    int level = 0;
    while (level + 1 < int(levels.size()) && scale * (2 << level) <= 1)
        ++level;
    return level;
}

int PictureLevels::enlargedLevelFor(double scale) const
{
    int level = 0;
    while (level + 1 < int(levels.size()) && scale * (1 << level) < 1)
        ++level;
    return level;
}

std::vector<QImage> halvings(QImage picture)
{
    std::vector<QImage> levels { std::move(picture) };
    while (std::max(levels.back().width(), levels.back().height()) > smallestSide) {
        QImage half = halved(levels.back());
        if (half.isNull())
            break; // no memory for it: the larger one does
        levels.push_back(std::move(half));
    }
    return levels;
}

std::optional<Result<PictureLevels>> loadPictureLevels(const QString &path, const std::function<bool()> &cancelled)
{
    auto decoded = decodeWholeFile(path, cancelled);
    if (cancelled())
        return std::nullopt;
    if (!decoded)
        return failure(decoded.error());
    QImage picture = forDisplay(std::exchange(decoded->image, {}));
    if (cancelled())
        return std::nullopt;
    return PictureLevels { .info = decoded->info, .levels = halvings(std::move(picture)) };
}

} // namespace plantain
