#include "comparepane.h"

#include "accessiblepicture.h"
#include "theme.h"

#include <QPaintEvent>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace plantain {

namespace {

constexpr int ghostArm = 9, leastLoupe = 80, mostLoupe = 240, line = 2, grip = 8; ///< in device-independent pixels

QRectF onWholePixel(const QRectF &place)
{
    // The picture begins at a whole pixel, so that 100 % is sharp.
    return { QPointF(std::round(place.x()), std::round(place.y())), place.size() };
}

QRectF magnified(const QRectF &place, const ComparePane::Loupe &loupe)
{
    return { loupe.at - (loupe.at - place.topLeft()) * loupe.factor, place.size() * loupe.factor };
}

} // namespace

ComparePane::ComparePane(QWidget *parent)
    : QWidget(parent)
{
    announcePictures();
    setFocusPolicy(Qt::StrongFocus);
    setAttribute(Qt::WA_OpaquePaintEvent);
    setMouseTracking(true);
}

QSize ComparePane::deviceSize() const
{
    return (QSizeF(size()) * devicePixelRatioF()).toSize();
}

void ComparePane::setLayers(Layer first, Layer second)
{
    m_first = std::move(first);
    m_second = std::move(second);
    update();
}

void ComparePane::setPlaces(const QRectF &first, const QRectF &second)
{
    if (first == m_first.place && second == m_second.place)
        return;
    m_first.place = first;
    m_second.place = second;
    update();
}

void ComparePane::setLens(const std::optional<LensState> &lens)
{
    m_lens = lens;
    update();
}

void ComparePane::setQuality(LevelQuality quality)
{
    if (quality == m_quality)
        return;
    m_quality = quality;
    update();
}

void ComparePane::setBackdrop(Backdrop backdrop)
{
    m_backdrop = backdrop;
    update();
}

void ComparePane::setGhost(const std::optional<QPointF> &at)
{
    if (at == m_ghost)
        return;
    for (const auto &place : { m_ghost, at }) {
        if (place)
            update(ghostRect(*place));
    }
    m_ghost = at;
}

void ComparePane::setLoupe(const std::optional<Loupe> &loupe)
{
    if (loupe == m_loupe)
        return;
    for (const auto &place : { m_loupe, loupe }) {
        if (place)
            update(toLogical(loupeRect(place->at)));
    }
    m_loupe = loupe;
}

void ComparePane::setMessage(const QString &message)
{
    m_message = message;
    update();
}

bool ComparePane::isOnLine(QPointF at) const
{
    if (!m_lens || (m_lens->lens != Lens::SwipeAcross && m_lens->lens != Lens::SwipeDown))
        return false;
    const double place = swipeLine(*m_lens, deviceSize()) / devicePixelRatioF();
    return std::abs((m_lens->lens == Lens::SwipeDown ? at.y() : at.x()) - place) <= grip;
}

double ComparePane::shareAt(QPointF at) const
{
    const bool down = m_lens && m_lens->lens == Lens::SwipeDown;
    return std::clamp(down ? at.y() / height() : at.x() / width(), 0.0, 1.0);
}

QRect ComparePane::toLogical(const QRect &device) const
{
    const double ratio = devicePixelRatioF();
    return QRectF(QPointF(device.topLeft()) / ratio, QSizeF(device.size()) / ratio).toAlignedRect();
}

QRect ComparePane::ghostRect(QPointF at) const
{
    const QPoint middle = (at / devicePixelRatioF()).toPoint();
    return QRect(middle, QSize(1, 1)).adjusted(-ghostArm - 2, -ghostArm - 2, ghostArm + 2, ghostArm + 2);
}

QRect ComparePane::loupeRect(QPointF at) const
{
    const int side = qRound(std::clamp(std::min(width(), height()) / 2, leastLoupe, mostLoupe) * devicePixelRatioF());
    return { at.toPoint() - QPoint(side / 2, side / 2), QSize(side, side) };
}

void ComparePane::paintEvent(QPaintEvent *event)
{
    QPainter painter(this);
    const double ratio = devicePixelRatioF();
    const QRectF first = onWholePixel(m_first.place), second = onWholePixel(m_second.place);
    // Only where no opaque picture covers it: to fill all of it first would cost as much as the picture.
    const bool covers = m_first.picture && !m_first.picture->hasAlpha() && !m_lens;
    QRegion around = event->region();
    if (covers)
        around -= QRectF(first.topLeft() / ratio, first.size() / ratio).adjusted(1, 1, -1, -1).toRect();
    for (const QRect &part : around)
        painter.fillRect(part, coloursOf(palette()).viewing);

    const QRectF exposed(QPointF(event->rect().topLeft()) * ratio, QSizeF(event->rect().size()) * ratio);
    painter.save();
    painter.scale(1 / ratio, 1 / ratio); // in device pixels from here on
    paintScene(painter, exposed.adjusted(-1, -1, 1, 1), first, second, m_quality);
    if (m_loupe)
        paintLoupe(painter);
    painter.restore();
    paintMarks(painter);
}

void ComparePane::paintScene(QPainter &painter, const QRectF &exposed, const QRectF &first, const QRectF &second,
                             LevelQuality quality) const
{
    const double ratio = devicePixelRatioF();
    struct Part
    {
        const Layer &layer;
        QRectF place;
    };
    const Part parts[] { { m_first, first }, { m_second, second } };
    for (const auto &[layer, place] : parts) {
        if (layer.picture && layer.picture->hasAlpha())
            paintBackdrop(painter, m_backdrop, place.intersected(exposed), palette(), ratio);
    }
    if (m_lens) {
        paintLens(painter, *m_lens, { m_first.picture.get(), first }, { m_second.picture.get(), second }, deviceSize(), quality);
    } else if (m_first.picture) {
        paintLevels(painter, *m_first.picture, first, exposed, quality);
    } else if (!m_first.standIn.isNull()) {
        painter.setRenderHint(QPainter::SmoothPixmapTransform);
        painter.drawPixmap(first, m_first.standIn, m_first.standIn.rect());
    }
}

void ComparePane::paintLoupe(QPainter &painter) const
{
    const QRect glass = loupeRect(m_loupe->at);
    painter.save();
    painter.setClipRect(glass, Qt::IntersectClip);
    painter.fillRect(glass, coloursOf(palette()).viewing);
    paintScene(painter, glass, onWholePixel(magnified(m_first.place, *m_loupe)), onWholePixel(magnified(m_second.place, *m_loupe)),
               LevelQuality::Smooth);
    painter.restore();
    painter.setPen(QPen(Qt::black, 1));
    painter.drawRect(glass.adjusted(0, 0, -1, -1));
    painter.setPen(QPen(Qt::white, 1));
    painter.drawRect(glass.adjusted(1, 1, -2, -2));
}

/// What lies over the pictures, in device-independent pixels: seen on light and on dark.
void ComparePane::paintMarks(QPainter &painter) const
{
    const double ratio = devicePixelRatioF();
    if (m_lens && (m_lens->lens == Lens::SwipeAcross || m_lens->lens == Lens::SwipeDown)) {
        const int at = qRound(swipeLine(*m_lens, deviceSize()) / ratio);
        const bool across = m_lens->lens == Lens::SwipeAcross;
        const QRect bar = across ? QRect(at - 1, 0, line, height()) : QRect(0, at - 1, width(), line);
        painter.fillRect(bar.adjusted(across ? -1 : 0, across ? 0 : -1, across ? 1 : 0, across ? 0 : 1), QColor(0, 0, 0, 160));
        painter.fillRect(bar, Qt::white);
    }
    if (m_lens && m_lens->lens != Lens::Onion)
        paintLetters(painter);
    if (m_ghost) {
        const QPoint at = (*m_ghost / ratio).toPoint();
        for (const auto &[colour, thickness] : { std::pair(QColor(0, 0, 0, 160), 3), std::pair(QColor(Qt::white), 1) }) {
            painter.setPen(QPen(colour, thickness));
            painter.drawLine(at - QPoint(ghostArm, 0), at + QPoint(ghostArm, 0));
            painter.drawLine(at - QPoint(0, ghostArm), at + QPoint(0, ghostArm));
        }
    }
    if (!m_message.isEmpty()) {
        painter.setPen(coloursOf(palette()).bad);
        painter.drawText(rect().adjusted(spacing::group, 0, -spacing::group, 0), Qt::AlignCenter | Qt::TextWordWrap, m_message);
    }
    if (hasFocus()) {
        painter.setPen(QPen(coloursOf(palette()).focus, 1));
        painter.drawRect(rect().adjusted(0, 0, -1, -1));
    }
}

/// Which of the two is seen where.
void ComparePane::paintLetters(QPainter &painter) const
{
    constexpr int side = 22;
    const QRect inside = rect().adjusted(spacing::related, spacing::related, -spacing::related, -spacing::related);
    const auto tag = [&](const QString &letter, Qt::Alignment corner) {
        QRect place(0, 0, side, side);
        place.moveTopLeft({ corner & Qt::AlignRight ? inside.right() - side : inside.left(),
                            corner & Qt::AlignBottom ? inside.bottom() - side : inside.top() });
        painter.fillRect(place, QColor(0, 0, 0, 160));
        painter.setPen(Qt::white);
        painter.drawText(place, Qt::AlignCenter, letter);
    };
    if (m_lens->lens == Lens::Flicker) {
        tag(m_lens->second ? m_second.letter : m_first.letter, Qt::AlignLeft | Qt::AlignTop);
        return;
    }
    tag(m_first.letter, Qt::AlignLeft | Qt::AlignTop);
    tag(m_second.letter, m_lens->lens == Lens::SwipeDown ? Qt::AlignLeft | Qt::AlignBottom : Qt::AlignRight | Qt::AlignTop);
}

void ComparePane::focusInEvent(QFocusEvent *event)
{
    update();
    QWidget::focusInEvent(event);
    Q_EMIT focused();
}

void ComparePane::focusOutEvent(QFocusEvent *event)
{
    update();
    QWidget::focusOutEvent(event);
}

} // namespace plantain
