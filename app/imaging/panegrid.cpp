#include "panegrid.h"

#include <algorithm>

namespace plantain {

namespace {

struct Row
{
    size_t first = 0, end = 0;
    double width = 0, height = 0; ///< the boxes side by side
};

/// A bit of `breaks` for each box but the first: whether a row begins there.
std::vector<Row> rowsOf(const std::vector<QSizeF> &boxes, unsigned breaks)
{
    std::vector<Row> rows { Row {} };
    for (size_t number = 0; number < boxes.size(); ++number) {
        if (number > 0 && (breaks >> (number - 1) & 1U))
            rows.push_back({ number, number });
        Row &row = rows.back();
        row.end = number + 1;
        row.width += boxes[number].width();
        row.height = std::max(row.height, boxes[number].height());
    }
    return rows;
}

/// Where shares of a length end, in whole pixels.
std::vector<int> edges(const std::vector<double> &shares, int from, int length)
{
    double sum = 0, done = 0;
    for (const double share : shares)
        sum += share;
    std::vector<int> at { from };
    for (const double share : shares) {
        done += share;
        at.push_back(from + qRound(length * done / sum));
    }
    return at;
}

} // namespace

std::vector<QRect> paneGrid(const std::vector<QSizeF> &boxes, QRect area, int gap, int header)
{
    if (boxes.empty())
        return {};
    std::vector<Row> best;
    double bestMagnification = -1;
    for (unsigned breaks = 0; breaks < 1U << (boxes.size() - 1); ++breaks) {
        std::vector<Row> rows = rowsOf(boxes, breaks);
        double height = 0, magnification = 1e9;
        for (const Row &row : rows) {
            height += row.height;
            magnification = std::min(magnification, (area.width() - gap * double(row.end - row.first - 1)) / row.width);
        }
        magnification = std::min(magnification, (area.height() - gap * double(rows.size() - 1) - header * double(rows.size())) / height);
        if (magnification > bestMagnification * (1 + 1e-9)) {
            bestMagnification = magnification;
            best = std::move(rows);
        }
    }
    std::vector<double> heights;
    for (const Row &row : best)
        heights.push_back(row.height);
    const std::vector<int> down = edges(heights, area.y(), area.height() - (gap + header) * int(best.size()) + gap);
    std::vector<QRect> panes;
    for (size_t line = 0; line < best.size(); ++line) {
        std::vector<double> widths;
        for (size_t number = best[line].first; number < best[line].end; ++number)
            widths.push_back(boxes[number].width());
        const std::vector<int> across = edges(widths, area.x(), area.width() - gap * int(widths.size() - 1));
        const int top = down[line] + (gap + header) * int(line);
        for (size_t place = 0; place < widths.size(); ++place)
            panes.emplace_back(across[place] + gap * int(place), top, across[place + 1] - across[place],
                               header + down[line + 1] - down[line]);
    }
    return panes;
}

} // namespace plantain
