#include "standins.h"

#include "painter.h"

#include <QLinearGradient>
#include <QPainter>
#include <QPainterPath>

using namespace Qt::StringLiterals;

namespace plantain {

namespace {

constexpr int side = 768;

void paintBackdrop(QPainter &painter, const QColor &top, const QColor &bottom)
{
    QLinearGradient gradient(0, 0, 0, side);
    gradient.setColorAt(0, top);
    gradient.setColorAt(1, bottom);
    painter.fillRect(0, 0, side, side, gradient);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
}

QImage paintMan()
{
    QImage image(side, side, QImage::Format_RGB32);
    QPainter painter(&image);
    paintBackdrop(painter, QColor(0xdfe7ea), QColor(0xb9c8cf));
    painter.setBrush(QColor(0x2f4858)); // jacket
    QPainterPath shoulders(QPointF(110, side));
    shoulders.cubicTo(120, 560, 250, 540, 384, 540);
    shoulders.cubicTo(518, 540, 648, 560, 658, side);
    painter.drawPath(shoulders);
    painter.setBrush(QColor(0xf3efe6)); // shirt
    painter.drawPolygon(QPolygonF({ QPointF(320, 540), QPointF(384, 680), QPointF(448, 540) }));
    painter.setBrush(QColor(0xc98f6b)); // neck, ears, head
    painter.drawRoundedRect(QRectF(330, 440, 108, 130), 40, 40);
    painter.drawEllipse(QPointF(266, 345), 22, 36);
    painter.drawEllipse(QPointF(502, 345), 22, 36);
    painter.setBrush(QColor(0xd9a27e));
    painter.drawEllipse(QPointF(384, 330), 120, 155);
    painter.setBrush(QColor(0x3a2a20)); // hair
    QPainterPath hair(QPointF(258, 320));
    hair.cubicTo(250, 130, 518, 130, 510, 320);
    hair.cubicTo(480, 230, 330, 235, 258, 320);
    painter.drawPath(hair);
    painter.setBrush(QColor(0x22282c)); // glasses for the drive
    painter.drawRoundedRect(QRectF(286, 305, 88, 56), 24, 24);
    painter.drawRoundedRect(QRectF(394, 305, 88, 56), 24, 24);
    painter.drawRect(QRectF(372, 316, 26, 9));
    painter.setPen(QPen(QColor(0x8a4f3a), 9, Qt::SolidLine, Qt::RoundCap));
    painter.setBrush(Qt::NoBrush);
    painter.drawArc(QRectF(330, 370, 108, 60), 200 * 16, 140 * 16);
    return image;
}

QImage paintCar()
{
    QImage image(side, side, QImage::Format_RGB32);
    QPainter painter(&image);
    paintBackdrop(painter, QColor(0xf6e3c5), QColor(0xefc9a0));
    painter.setBrush(QColor(0x5d6468)); // road
    painter.drawRect(0, 560, side, side - 560);
    painter.setBrush(QColor(0xf4f1e8));
    for (int x = 40; x < side; x += 180)
        painter.drawRect(x, 660, 90, 12);
    painter.setBrush(QColor(0xb5382f)); // body of an open car
    QPainterPath body(QPointF(70, 540));
    body.cubicTo(60, 460, 110, 440, 220, 432);
    body.lineTo(300, 425);
    body.lineTo(520, 425);
    body.cubicTo(640, 430, 700, 450, 705, 540);
    body.closeSubpath();
    painter.drawPath(body);
    painter.setBrush(QColor(0x3b2a25)); // seats
    painter.drawRoundedRect(QRectF(380, 372, 54, 70), 18, 18);
    painter.drawRoundedRect(QRectF(455, 372, 54, 70), 18, 18);
    painter.setBrush(QColor(0x9fc3cc)); // windscreen
    painter.drawPolygon(QPolygonF({ QPointF(300, 427), QPointF(352, 345), QPointF(366, 345), QPointF(330, 427) }));
    painter.setBrush(QColor(0xf7d774));
    painter.drawEllipse(QPointF(92, 482), 16, 22);
    for (const double x : { 205.0, 570.0 }) {
        painter.setBrush(QColor(0x1e2326));
        painter.drawEllipse(QPointF(x, 548), 66, 66);
        painter.setBrush(QColor(0xc9ced1));
        painter.drawEllipse(QPointF(x, 548), 32, 32);
    }
    return image;
}

} // namespace

QImage standInFor(const QString &url)
{
    const QString examples = u"https://storage.googleapis.com/falserverless/example_inputs/"_s;
    if (!url.startsWith(examples))
        return {};
    const QString name = url.sliced(examples.size());
    if (name == u"nano-banana-edit-input.png"_s)
        return paintMan();
    if (name == u"nano-banana-edit-input-2.png"_s)
        return paintCar();
    return paintPicture({ .size = { side, side }, .prompt = name }).image;
}

} // namespace plantain
