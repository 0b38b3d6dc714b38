#include "picturecanvas.h"

#include "accessiblepicture.h"
#include "levelpainter.h"
#include "theme.h"

#include <QNativeGestureEvent>
#include <QPaintEvent>
#include <QPainter>
#include <QTouchEvent>

#include <algorithm>
#include <cmath>

namespace plantain {

PictureCanvas::PictureCanvas(QWidget *parent)
    : QWidget(parent)
{
    announcePictures();
    setFocusPolicy(Qt::StrongFocus);
    setAttribute(Qt::WA_OpaquePaintEvent);
    setMinimumSize(96, 96);
    setAccessibleName(tr("Picture"));
    setAttribute(Qt::WA_AcceptTouchEvents);
}

void PictureCanvas::setSubject(QSize pixels, bool keepLook)
{
    const bool same = keepLook && pixels == m_viewport.picture();
    m_picture = nullptr;
    m_standIn = {};
    m_viewport.setPicture(pixels);
    if (!same)
        m_viewport.fit();
    changed();
}

void PictureCanvas::setStandIn(const QPixmap &thumbnail)
{
    m_standIn = thumbnail;
    update();
}

void PictureCanvas::setPicture(SharedPicture picture)
{
    m_picture = std::move(picture);
    if (m_picture && m_picture->size() != m_viewport.picture()) { // the record did not know better
        m_viewport.setPicture(m_picture->size());
        m_viewport.fit();
    }
    changed();
}

void PictureCanvas::setBackdrop(Backdrop backdrop)
{
    m_backdrop = backdrop;
    update();
}

void PictureCanvas::setLook(const PictureViewport::Look &look)
{
    m_viewport.setLook(look);
    refreshCursor();
    update();
}

void PictureCanvas::fit()
{
    m_viewport.fit();
    changed();
}

void PictureCanvas::zoomTo(double scale)
{
    m_viewport.zoomTo(scale);
    changed();
}

void PictureCanvas::zoomStep(int steps)
{
    m_viewport.zoomStep(steps, middle());
    changed();
}

void PictureCanvas::toggleFit()
{
    m_viewport.toggle(middle());
    changed();
}

QPointF PictureCanvas::middle() const
{
    return { m_viewport.view().width() / 2.0, m_viewport.view().height() / 2.0 };
}

void PictureCanvas::changed()
{
    refreshCursor();
    update();
    Q_EMIT lookChanged();
}

/// The view in device pixels. A window can come to a screen of another ratio without a resize, so it is asked often.
void PictureCanvas::fillView()
{
    const QSize device = (QSizeF(size()) * devicePixelRatioF()).toSize();
    if (device == m_viewport.view())
        return;
    m_viewport.setView(device);
    changed();
}

void PictureCanvas::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    fillView();
}

void PictureCanvas::paintEvent(QPaintEvent *event)
{
    fillView();
    QPainter painter(this);
    painter.fillRect(event->rect(), coloursOf(palette()).viewing);
    if (!m_viewport.pictureRect().isEmpty() && (m_picture || !m_standIn.isNull())) {
        painter.save();
        paintSubject(painter, event->rect());
        painter.restore();
    }
    if (hasFocus() && !window()->isFullScreen()) { // there nothing else could have it
        painter.setPen(coloursOf(palette()).focus);
        painter.drawRect(rect().adjusted(0, 0, -1, -1));
    }
}

void PictureCanvas::paintSubject(QPainter &painter, const QRect &part) const
{
    const double ratio = devicePixelRatioF();
    const QRectF place = m_viewport.pictureRect();
    // In device pixels from here on, and the picture begins at a whole one, so that 100 % is sharp.
    painter.scale(1 / ratio, 1 / ratio);
    const QRectF whole(QPointF(std::round(place.x()), std::round(place.y())), place.size());
    const QRectF exposed(QPointF(part.topLeft()) * ratio, QSizeF(part.size()) * ratio);
    const bool transparent = m_picture ? m_picture->hasAlpha() : m_standIn.hasAlphaChannel();
    if (transparent) // lies still under the picture while that is zoomed
        paintBackdrop(painter, m_backdrop, whole.intersected(QRectF(QPointF(), m_viewport.view())), palette(), ratio);
    if (m_picture) {
        paintLevels(painter, *m_picture, whole, exposed.adjusted(-1, -1, 1, 1), LevelQuality::Smooth);
    } else {
        painter.setRenderHint(QPainter::SmoothPixmapTransform);
        painter.drawPixmap(whole, m_standIn, m_standIn.rect());
    }
}

void PictureCanvas::zoomBy(double factor, QPointF anchor)
{
    m_viewport.zoomTo(m_viewport.scale() * factor, anchor);
    changed();
}

void PictureCanvas::wheelEvent(QWheelEvent *event)
{
    constexpr double notch = 120, aNotch = 1.2;
    const int turned = event->angleDelta().y();
    if (turned != 0)
        zoomBy(std::pow(aNotch, turned / notch), devicePoint(event->position()));
    event->accept();
}

bool PictureCanvas::event(QEvent *event)
{
    if (event->type() == QEvent::NativeGesture) {
        auto *gesture = static_cast<QNativeGestureEvent *>(event);
        if (gesture->gestureType() == Qt::ZoomNativeGesture) {
            zoomBy(std::max(0.1, 1 + gesture->value()), devicePoint(gesture->position()));
            return true;
        }
    } else if (event->type() == QEvent::TouchBegin || event->type() == QEvent::TouchUpdate || event->type() == QEvent::TouchEnd) {
        takeTouch(*static_cast<QTouchEvent *>(event));
        return true;
    }
    return QWidget::event(event);
}

void PictureCanvas::takeTouch(const QTouchEvent &event)
{
    const auto move = m_touch.take(event);
    if (!move)
        return;
    m_viewport.pan(devicePoint(move->by));
    if (move->factor != 1)
        m_viewport.zoomTo(m_viewport.scale() * move->factor, devicePoint(move->middle));
    changed();
}

void PictureCanvas::mousePressEvent(QMouseEvent *event)
{
    if (event->button() != Qt::LeftButton && event->button() != Qt::MiddleButton) {
        QWidget::mousePressEvent(event);
        return;
    }
    m_dragging = true;
    m_dragFrom = event->position();
    refreshCursor();
}

void PictureCanvas::mouseMoveEvent(QMouseEvent *event)
{
    if (!m_dragging)
        return;
    m_viewport.pan(devicePoint(event->position() - m_dragFrom));
    m_dragFrom = event->position();
    changed();
}

void PictureCanvas::mouseReleaseEvent(QMouseEvent *event)
{
    if (event->buttons() != Qt::NoButton)
        return;
    m_dragging = false;
    refreshCursor();
}

void PictureCanvas::mouseDoubleClickEvent(QMouseEvent *event)
{
    if (event->button() != Qt::LeftButton)
        return;
    m_viewport.toggle(devicePoint(event->position()));
    changed();
}

void PictureCanvas::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Space && event->modifiers() == Qt::NoModifier) {
        m_spaceHeld = true;
        refreshCursor();
    } else if (!panByKey(event->key())) {
        QWidget::keyPressEvent(event);
    }
}

void PictureCanvas::keyReleaseEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Space && !event->isAutoRepeat()) {
        m_spaceHeld = false;
        refreshCursor();
    } else {
        QWidget::keyReleaseEvent(event);
    }
}

void PictureCanvas::focusInEvent(QFocusEvent *event)
{
    update();
    QWidget::focusInEvent(event);
}

void PictureCanvas::focusOutEvent(QFocusEvent *event)
{
    update();
    m_spaceHeld = m_dragging = false;
    refreshCursor();
    QWidget::focusOutEvent(event);
}

/// Arrows move the picture where it is larger than the view; Left and Right else lead to its neighbours.
bool PictureCanvas::panByKey(int key)
{
    const bool across = m_viewport.canPanAcross(), down = m_viewport.canPanDown();
    const QPointF step = QPointF(m_viewport.view().width(), m_viewport.view().height()) / 8;
    const bool sideways = key == Qt::Key_Left || key == Qt::Key_Right;
    if (!sideways && key != Qt::Key_Up && key != Qt::Key_Down)
        return false;
    if (sideways && !across && !down) {
        if (key == Qt::Key_Left)
            Q_EMIT previousRequested();
        else
            Q_EMIT nextRequested();
        return true;
    }
    m_viewport.pan({ key == Qt::Key_Left ? step.x() : key == Qt::Key_Right ? -step.x() : 0,
                     key == Qt::Key_Up ? step.y() : key == Qt::Key_Down ? -step.y() : 0 });
    changed();
    return true;
}

void PictureCanvas::refreshCursor()
{
    const bool canPan = m_viewport.canPanAcross() || m_viewport.canPanDown();
    if (m_dragging && canPan)
        setCursor(Qt::ClosedHandCursor);
    else if (m_spaceHeld || canPan)
        setCursor(Qt::OpenHandCursor);
    else
        unsetCursor();
}

} // namespace plantain
