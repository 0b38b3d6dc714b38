#include "composition.h"

#include "paintrandom.h"

#include <QLinearGradient>
#include <QPainter>
#include <QPainterPath>
#include <QRadialGradient>

#include <cmath>
#include <iterator>
#include <numbers>

using namespace Qt::StringLiterals;

namespace plantain {

namespace {

constexpr double pi = std::numbers::pi;

QColor mixed(const QColor &one, const QColor &other, double share)
{
    const double rest = 1 - share;
    return QColor::fromRgbF(float(one.redF() * rest + other.redF() * share),
                            float(one.greenF() * rest + other.greenF() * share),
                            float(one.blueF() * rest + other.blueF() * share));
}

void paintGround(QPainter &painter, const QSizeF &size, const QColor &from, const QColor &to, bool slanted)
{
    QLinearGradient gradient(0, 0, slanted ? size.width() : 0, size.height());
    gradient.setColorAt(0, from);
    gradient.setColorAt(1, to);
    painter.fillRect(QRectF(QPointF(), size), gradient);
}

QPainterPath ridge(const QSizeF &size, double base, double height, double waves, double phase)
{
    QPainterPath path(QPointF(0, size.height()));
    constexpr int steps = 96;
    for (int i = 0; i <= steps; ++i) {
        const double x = double(i) / steps;
        const double swing = std::sin(x * waves * 2 * pi + phase) + 0.45 * std::sin(x * waves * 4.6 * pi + phase * 2.3);
        path.lineTo(x * size.width(), base + swing * height);
    }
    path.lineTo(size.width(), size.height());
    path.closeSubpath();
    return path;
}

void paintHills(QPainter &painter, const QSizeF &size, const PaintPalette &palette, PaintRandom &random)
{
    paintGround(painter, size, mixed(palette.light, palette.paper, 0.3), palette.paper, false);
    const double side = std::min(size.width(), size.height());
    const double radius = side * random.between(0.09, 0.16);
    const QPointF sun { size.width() * random.between(0.2, 0.8), size.height() * random.between(0.2, 0.36) };
    painter.setBrush(palette.accent);
    painter.drawEllipse(sun, radius, radius);
    const double waves = std::max(0.7, size.width() / size.height()) * random.between(0.6, 1.0);
    constexpr int layers = 6;
    for (int layer = 0; layer < layers; ++layer) {
        const double depth = double(layer) / (layers - 1);
        const QColor colour = depth < 0.5 ? mixed(palette.light, palette.deep, depth * 2)
                                          : mixed(palette.deep, palette.dark, depth * 2 - 1);
        const double base = size.height() * (0.42 + 0.46 * depth) + side * random.between(-0.02, 0.02);
        painter.setBrush(colour);
        const double height = side * random.between(0.025, 0.06);
        const double width = waves * random.between(0.7, 1.2);
        painter.drawPath(ridge(size, base, height, width, random.between(0, 2 * pi)));
    }
}

void paintRings(QPainter &painter, const QSizeF &size, const PaintPalette &palette, PaintRandom &random)
{
    paintGround(painter, size, palette.deep, palette.dark, true);
    const QColor colours[] = { palette.light, palette.middle, palette.paper, palette.accent, palette.deep };
    const double reach = std::hypot(size.width(), size.height());
    const QPointF centre { size.width() * random.between(0.15, 0.85), size.height() * random.between(0.75, 1.1) };
    const int rings = 7 + random.below(4);
    const int first = random.below(5);
    for (int ring = 0; ring < rings; ++ring) {
        const double radius = reach * 0.78 * (1 - double(ring) / rings);
        painter.setBrush(mixed(colours[(first + ring) % 5], palette.deep, 0.35 * double(ring % 3) / 2));
        painter.drawEllipse(centre, radius, radius);
    }
}

void paintBands(QPainter &painter, const QSizeF &size, const PaintPalette &palette, PaintRandom &random)
{
    paintGround(painter, size, palette.paper, palette.light, true);
    const QColor colours[] = { palette.light, palette.middle, palette.deep, palette.accent, palette.dark };
    const double reach = size.width() + size.height();
    const double slope = random.between(0.35, 0.9) * (random.below(2) == 0 ? 1 : -1);
    double at = -reach * 0.2;
    int index = random.below(5);
    while (at < reach) {
        const double width = reach * random.between(0.03, 0.11);
        const double lean = size.height() * slope;
        painter.setBrush(colours[index++ % 5]);
        painter.drawPolygon(QPolygonF({ QPointF(at, 0), QPointF(at + width, 0), QPointF(at + width + lean, size.height()),
                                        QPointF(at + lean, size.height()) }));
        at += width + reach * random.between(0.0, 0.06);
    }
}

void paintGlows(QPainter &painter, const QSizeF &size, const PaintPalette &palette, PaintRandom &random)
{
    paintGround(painter, size, palette.dark, palette.deep, true);
    const QColor colours[] = { palette.middle, palette.light, palette.accent, palette.deep };
    for (const QColor &colour : colours) {
        const QPointF centre { size.width() * random.between(0.05, 0.95), size.height() * random.between(0.05, 0.95) };
        QRadialGradient gradient(centre, std::max(size.width(), size.height()) * random.between(0.3, 0.55));
        QColor clear = colour;
        clear.setAlpha(0);
        gradient.setColorAt(0, colour);
        gradient.setColorAt(1, clear);
        painter.fillRect(QRectF(QPointF(), size), gradient);
    }
}

void paintTile(QPainter &painter, const QRectF &tile, const QColor &colour, int kind)
{
    const double side = tile.width();
    painter.setBrush(colour);
    if (kind < 4) { // a quarter disc in one of the corners
        const QPointF corners[] = { tile.topLeft(), tile.topRight(), tile.bottomRight(), tile.bottomLeft() };
        const QPointF corner = corners[kind];
        painter.drawPie(QRectF(corner.x() - side, corner.y() - side, 2 * side, 2 * side), (270 - 90 * kind) * 16, 90 * 16);
    } else if (kind == 4) {
        painter.drawEllipse(tile.center(), side * 0.3, side * 0.3);
    } else if (kind == 5) {
        painter.drawRect(QRectF(tile.left(), tile.top(), side, side / 2));
    }
}

void paintTiles(QPainter &painter, const QSizeF &size, const PaintPalette &palette, PaintRandom &random)
{
    painter.fillRect(QRectF(QPointF(), size), palette.paper);
    const QColor grounds[] = { palette.paper, palette.light, palette.middle, palette.deep };
    const QColor shapes[] = { palette.dark, palette.accent, palette.deep, palette.light, palette.paper };
    const double side = std::sqrt(size.width() * size.height() / 24);
    const int columns = int(std::ceil(size.width() / side));
    const int rows = int(std::ceil(size.height() / side));
    for (int index = 0; index < rows * columns; ++index) {
        const QRectF tile(index % columns * side, index / columns * side, side, side);
        const int ground = random.below(4);
        painter.fillRect(tile.adjusted(0, 0, 1, 1), grounds[ground]);
        QColor colour = shapes[random.below(5)];
        if (colour == grounds[ground])
            colour = palette.accent;
        paintTile(painter, tile, colour, random.below(7));
    }
}

QPainterPath leaf(double length, double width)
{
    QPainterPath path(QPointF(0, 0));
    path.cubicTo(width, -length * 0.3, width, -length * 0.75, 0, -length);
    path.cubicTo(-width, -length * 0.75, -width, -length * 0.3, 0, 0);
    return path;
}

void paintLeaves(QPainter &painter, const QSizeF &size, const PaintPalette &palette, PaintRandom &random)
{
    paintGround(painter, size, palette.paper, palette.light, false);
    const QColor colours[] = { palette.middle, palette.deep, palette.dark, palette.accent, palette.light };
    const double side = std::min(size.width(), size.height());
    const int fans = 2 + int(std::max(size.width(), size.height()) / side);
    for (int fan = 0; fan < fans; ++fan) {
        const QPointF root { size.width() * (fan + random.between(0.2, 0.8)) / fans,
                             size.height() * random.between(0.7, 1.05) };
        const int leaves = 5 + random.below(4);
        const double length = side * random.between(0.4, 0.75);
        for (int index = 0; index < leaves; ++index) {
            painter.save();
            painter.translate(root);
            painter.rotate(-75 + 150.0 * (index + 0.5) / leaves + random.between(-6, 6));
            painter.setBrush(mixed(colours[(index + fan) % 4], palette.paper, random.between(0, 0.25)));
            const double part = length * random.between(0.75, 1);
            painter.drawPath(leaf(part, side * random.between(0.07, 0.12)));
            painter.restore();
        }
    }
}

} // namespace

PaintPalette choosePalette(PaintRandom &random)
{
    struct Entry
    {
        QLatin1StringView name;
        QRgb colours[6];
    };
    static const Entry entries[] = {
        { "sea and sand"_L1, { 0xf4ecdb, 0xbfd8d2, 0x6fa8a6, 0x2f6f7e, 0x173b4a, 0xe8a33d } },
        { "plum and rose"_L1, { 0xf8eae4, 0xe6bcb4, 0xb9798a, 0x6e3f63, 0x352040, 0xf2c230 } },
        { "moss and straw"_L1, { 0xf3efd9, 0xcfd3a0, 0x93a768, 0x4c6b45, 0x22382c, 0xd9713c } },
        { "slate and ember"_L1, { 0xeceae6, 0xb9c0c4, 0x7a8a94, 0x43525e, 0x1f2a33, 0xe4572e } },
        { "dusk"_L1, { 0xfbe5d0, 0xf3b391, 0xc66f7b, 0x6a4478, 0x2b2551, 0xffd27d } },
        { "clay and olive"_L1, { 0xf6eadf, 0xdcb99a, 0xb57f5c, 0x6f5a3c, 0x35301f, 0x7d9c5a } },
        { "glacier"_L1, { 0xf2f7f9, 0xc4dde8, 0x86b3cf, 0x42749b, 0x1c3a5a, 0xf08a5d } },
        { "banana leaf"_L1, { 0xf8f4d8, 0xe3dd8a, 0x8fb85c, 0x3d7a4a, 0x17402f, 0xf2c230 } },
        { "ink and apricot"_L1, { 0xf7efe6, 0xe9c9ad, 0x8d99ae, 0x485a7a, 0x20294a, 0xf4a259 } },
        { "lilac morning"_L1, { 0xf6f0f7, 0xd9c6e3, 0xa48cc2, 0x60548f, 0x2d2a55, 0xf0b86e } },
    };
    const Entry &entry = entries[random.below(int(std::size(entries)))];
    const auto colour = [&entry](int index) { return QColor(entry.colours[index]); };
    return { entry.name, colour(0), colour(1), colour(2), colour(3), colour(4), colour(5) };
}

QString paintComposition(QPainter &painter, const QSizeF &size, const PaintPalette &palette, PaintRandom &random)
{
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    switch (random.below(6)) {
    case 0:
        paintHills(painter, size, palette, random);
        return u"layered hills"_s;
    case 1:
        paintRings(painter, size, palette, random);
        return u"wide rings"_s;
    case 2:
        paintBands(painter, size, palette, random);
        return u"slanted bands"_s;
    case 3:
        paintGlows(painter, size, palette, random);
        return u"soft lights"_s;
    case 4:
        paintTiles(painter, size, palette, random);
        return u"a pattern of tiles"_s;
    default:
        paintLeaves(painter, size, palette, random);
        return u"fans of leaves"_s;
    }
}

} // namespace plantain
