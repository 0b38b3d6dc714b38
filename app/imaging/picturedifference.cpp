#include "picturedifference.h"

#include <algorithm>
#include <array>
#include <cstdlib>

namespace plantain {

namespace {

constexpr int smallestSide = 64;

qint64 pixelsOf(const QImage &image)
{
    return qint64(image.width()) * image.height();
}

QImage resampled(const QImage &image, QSize size)
{
    return image.size() == size ? image : image.scaled(size, Qt::IgnoreAspectRatio, Qt::SmoothTransformation);
}

QRgb brightest(QRgb a, QRgb b)
{
    return qRgb(std::max(qRed(a), qRed(b)), std::max(qGreen(a), qGreen(b)), std::max(qBlue(a), qBlue(b)));
}

QImage amplified(const QImage &difference, int gain)
{
    if (gain == 1)
        return difference;
    std::array<int, 256> times {};
    for (int value = 0; value < 256; ++value)
        times[size_t(value)] = std::min(255, value * gain);
    QImage strong(difference.size(), QImage::Format_RGB32);
    for (int y = 0; y < strong.height(); ++y) {
        const auto *from = reinterpret_cast<const QRgb *>(difference.constScanLine(y));
        auto *line = reinterpret_cast<QRgb *>(strong.scanLine(y));
        for (int x = 0; x < strong.width(); ++x)
            line[x] = qRgb(times[size_t(qRed(from[x]))], times[size_t(qGreen(from[x]))], times[size_t(qBlue(from[x]))]);
    }
    return strong;
}

/// As halvings(), but a pixel is the brightest of the four below it.
std::vector<QImage> brightestHalvings(QImage picture)
{
    std::vector<QImage> levels { std::move(picture) };
    while (std::max(levels.back().width(), levels.back().height()) > smallestSide) {
        const QImage &whole = levels.back();
        QImage half((whole.width() + 1) / 2, (whole.height() + 1) / 2, QImage::Format_RGB32);
        if (half.isNull())
            break; // no memory for it: the larger one does
        for (int y = 0; y < half.height(); ++y) {
            const auto *upper = reinterpret_cast<const QRgb *>(whole.constScanLine(2 * y));
            const auto *lower = reinterpret_cast<const QRgb *>(whole.constScanLine(std::min(2 * y + 1, whole.height() - 1)));
            auto *line = reinterpret_cast<QRgb *>(half.scanLine(y));
            for (int x = 0; x < half.width(); ++x) {
                const int from = 2 * x, next = std::min(2 * x + 1, whole.width() - 1);
                line[x] = brightest(brightest(upper[from], upper[next]), brightest(lower[from], lower[next]));
            }
        }
        levels.push_back(std::move(half));
    }
    return levels;
}

} // namespace

PictureDifference differenceOf(const QImage &one, const QImage &other)
{
    PictureDifference found;
    found.size = pixelsOf(one) <= pixelsOf(other) ? one.size() : other.size();
    found.resampled = one.size() != other.size();
    // One format for both: premultiplied, where what cannot be seen has no colour.
    const QImage a = resampled(one, found.size).convertToFormat(QImage::Format_ARGB32_Premultiplied);
    const QImage b = resampled(other, found.size).convertToFormat(QImage::Format_ARGB32_Premultiplied);
    found.image = QImage(found.size, QImage::Format_RGB32);
    qint64 sum = 0;
    int left = found.size.width(), right = -1, top = -1, bottom = -1;
    for (int y = 0; y < found.size.height(); ++y) {
        const auto *upper = reinterpret_cast<const QRgb *>(a.constScanLine(y));
        const auto *lower = reinterpret_cast<const QRgb *>(b.constScanLine(y));
        auto *line = reinterpret_cast<QRgb *>(found.image.scanLine(y));
        for (int x = 0; x < found.size.width(); ++x) {
            if (upper[x] == lower[x]) {
                line[x] = 0xff000000;
                continue;
            }
            const int alpha = std::abs(qAlpha(upper[x]) - qAlpha(lower[x]));
            const int red = std::max(std::abs(qRed(upper[x]) - qRed(lower[x])), alpha);
            const int green = std::max(std::abs(qGreen(upper[x]) - qGreen(lower[x])), alpha);
            const int blue = std::max(std::abs(qBlue(upper[x]) - qBlue(lower[x])), alpha);
            line[x] = qRgb(red, green, blue);
            sum += red + green + blue;
            ++found.pixels;
            found.largest = std::max({ found.largest, red, green, blue });
            left = std::min(left, x);
            right = std::max(right, x);
            top = top < 0 ? y : top;
            bottom = y;
        }
    }
    if (found.pixels > 0)
        found.bounds = QRect(QPoint(left, top), QPoint(right, bottom));
    if (!found.size.isEmpty())
        found.mean = double(sum) / 3 / double(pixelsOf(found.image));
    return found;
}

PictureLevels differenceLevels(const QImage &difference, int gain)
{
    return { .levels = brightestHalvings(amplified(difference, gain)), .keepsPeaks = true };
}

} // namespace plantain
