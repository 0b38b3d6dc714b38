#include "lettering.h"

#include <QFontMetricsF>
#include <QTextLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace plantain {

namespace {

constexpr double lineSpacing = 1.22;
constexpr double paragraphGap = 0.35;

/// Lines of one paragraph; `fits` becomes false when a word is wider than the line.
QStringList brokenLines(const QString &text, const QFont &font, double width, bool anywhere, bool &fits)
{
    QTextLayout layout(text, font);
    QTextOption option;
    option.setWrapMode(anywhere ? QTextOption::WrapAtWordBoundaryOrAnywhere : QTextOption::WordWrap);
    layout.setTextOption(option);
    QStringList lines;
    layout.beginLayout();
    for (QTextLine line = layout.createLine(); line.isValid(); line = layout.createLine()) {
        line.setLineWidth(width);
        fits = fits && line.naturalTextWidth() <= width + 0.5;
        lines.append(text.sliced(line.textStart(), line.textLength()).trimmed());
    }
    layout.endLayout();
    return lines;
}

/// Sets the strings at one size; nothing when they do not fit.
std::optional<Lettering> tryAt(const QStringList &strings, const QSizeF &space, double pixels, bool anywhere)
{
    Lettering lettering { .font = letteringFont(pixels, true), .lines = {}, .tops = {}, .lineHeight = pixels * lineSpacing };
    bool fits = true;
    double top = 0;
    for (const QString &string : strings) {
        top += lettering.lines.isEmpty() ? 0 : pixels * paragraphGap;
        for (const QString &line : brokenLines(string, lettering.font, space.width(), anywhere, fits)) {
            lettering.lines.append(line);
            lettering.tops.push_back(top);
            top += lettering.lineHeight;
        }
    }
    double width = 0;
    for (const QString &line : std::as_const(lettering.lines))
        width = std::max(width, textSize(line, lettering.font).width());
    lettering.size = { width, top };
    const bool inside = fits && width <= space.width() + 1 && lettering.size.height() <= space.height();
    return inside ? std::optional(lettering) : std::nullopt;
}

} // namespace

QFont letteringFont(double pixels, bool bold)
{
    QFont font(u"Sans Serif"_s);
    font.setPixelSize(std::max(1, int(pixels)));
    font.setBold(bold);
    font.setHintingPreference(QFont::PreferNoHinting);
    return font;
}

QSizeF textSize(const QString &text, const QFont &font)
{
    const QFontMetricsF metrics(font);
    return { metrics.horizontalAdvance(text), metrics.height() };
}

QStringList wrappedLines(const QString &text, const QFont &font, double width, int maxLines)
{
    bool fits = true;
    QStringList lines = brokenLines(text.left(2000), font, width, true, fits);
    if (lines.size() > maxLines) {
        lines = lines.first(maxLines);
        lines.last() = QFontMetricsF(font).elidedText(lines.last() + u" \u2026"_s, Qt::ElideRight, width);
    }
    lines.removeAll(QString());
    return lines;
}

Lettering fitLettering(const QStringList &strings, const QSizeF &space, double largestPixels)
{
    const int largest = std::max(8, int(std::min(largestPixels, space.height() / 1.3)));
    std::optional<Lettering> best;
    int low = 6;
    int high = largest;
    while (low <= high) {
        const int middle = (low + high) / 2;
        if (auto lettering = tryAt(strings, space, middle, false)) {
            best = std::move(lettering);
            low = middle + 1;
        } else {
            high = middle - 1;
        }
    }
    // A word wider than the picture at a readable size is broken rather than made tiny.
    const int readable = std::max(8, int(space.width() / 14));
    if (best && best->font.pixelSize() >= std::min(readable, largest))
        return *best;
    for (int pixels = readable; pixels >= 6; --pixels) {
        if (auto lettering = tryAt(strings, space, pixels, true))
            return *lettering;
    }
    if (best)
        return *best;
    return { .font = letteringFont(6, true), .lines = strings.first(1), .tops = { 0 }, .lineHeight = 6 * lineSpacing,
             .size = space };
}

} // namespace plantain
