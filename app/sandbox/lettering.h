#pragma once

#include <QFont>
#include <QSizeF>
#include <QStringList>

#include <vector>

namespace plantain {

/// Text set as large as its space allows.
struct Lettering
{
    QFont font;
    QStringList lines;
    std::vector<double> tops; ///< of the lines, from the upper edge
    double lineHeight = 0;
    QSizeF size;
};

QFont letteringFont(double pixels, bool bold);
QSizeF textSize(const QString &text, const QFont &font);

/// Breaks at words; the last line that is allowed ends in an ellipsis when more was to come.
QStringList wrappedLines(const QString &text, const QFont &font, double width, int maxLines);

/// Each string begins a line of its own. Words stay whole as long as they can.
Lettering fitLettering(const QStringList &strings, const QSizeF &space, double largestPixels);

} // namespace plantain
