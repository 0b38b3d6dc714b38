#include "blankpicture.h"

#include <QColor>

#include <algorithm>
#include <cstdlib>
#include <vector>

namespace plantain {

namespace {

constexpr int grid = 128; ///< points on a side
constexpr int nearlySame = 6; ///< of 255, in each channel
constexpr double mostOthers = 0.002; ///< of the points

} // namespace

bool isNearlyBlank(const QImage &image)
{
    if (image.isNull())
        return false;
    const int columns = std::min(grid, image.width()), rows = std::min(grid, image.height());
    std::vector<QRgb> points;
    points.reserve(size_t(columns) * size_t(rows));
    for (int row = 0; row < rows; ++row) {
        for (int column = 0; column < columns; ++column)
            points.push_back(image.pixel(int(qint64(column) * image.width() / columns), int(qint64(row) * image.height() / rows)));
    }
    // Most of a blank picture is its middle value, whatever the specks on it are.
    const auto middle = [&points](int (*channel)(QRgb)) {
        std::vector<int> values;
        values.reserve(points.size());
        for (const QRgb point : points)
            values.push_back(channel(point));
        std::nth_element(values.begin(), values.begin() + std::ptrdiff_t(values.size() / 2), values.end());
        return values[values.size() / 2];
    };
    const int red = middle(qRed), green = middle(qGreen), blue = middle(qBlue), alpha = middle(qAlpha);
    const auto others = std::count_if(points.begin(), points.end(), [=](QRgb point) {
        const bool seen = qAlpha(point) > nearlySame || alpha > nearlySame; // of what is transparent the colour says nothing
        return std::abs(qAlpha(point) - alpha) > nearlySame
            || (seen && (std::abs(qRed(point) - red) > nearlySame || std::abs(qGreen(point) - green) > nearlySame
                         || std::abs(qBlue(point) - blue) > nearlySame));
    });
    return double(others) <= mostOthers * double(points.size());
}

} // namespace plantain
