#pragma once

#include "backdrop.h"
#include "picturestore.h"
#include "pictureviewport.h"
#include "touchtrack.h"

#include <QPixmap>
#include <QWidget>

namespace plantain {

/// One picture on the neutral surface, zoomed and panned by wheel, pinch, drag and arrow keys. Paints what is exposed of
/// the level that fits the scale; a thumbnail stands in until the picture is there. Knows nothing of files.
class PictureCanvas final : public QWidget
{
    Q_OBJECT
public:
    using Backdrop = plantain::Backdrop;

    explicit PictureCanvas(QWidget *parent = nullptr);

    /// Nothing, until there is something to show; `pixels` when known. The look stays when `keepLook` and the size is
    /// the same, else all of it is shown.
    void setSubject(QSize pixels, bool keepLook);
    void setStandIn(const QPixmap &thumbnail);
    void setPicture(SharedPicture picture); ///< null: none yet
    bool hasPicture() const { return m_picture != nullptr; }

    /// What lies behind transparent pixels.
    void setBackdrop(Backdrop backdrop);
    Backdrop backdrop() const { return m_backdrop; }

    const PictureViewport &viewport() const { return m_viewport; }
    void setLook(const PictureViewport::Look &look); ///< as another view has it; says nothing
    void fit();
    void zoomTo(double scale); ///< about the middle
    void zoomStep(int steps);
    void toggleFit(); ///< about the middle

    QSize sizeHint() const override { return { 640, 480 }; }

Q_SIGNALS:
    void lookChanged(); ///< scale or place, also by a resize
    void previousRequested(); ///< Left, where there is nothing to pan
    void nextRequested();

protected:
    bool event(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void keyReleaseEvent(QKeyEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;

private:
    QPointF devicePoint(QPointF point) const { return point * devicePixelRatioF(); }
    QPointF middle() const;
    void fillView();
    void changed();
    void zoomBy(double factor, QPointF anchor);
    bool panByKey(int key);
    void takeTouch(const QTouchEvent &event);
    void refreshCursor();
    void paintSubject(QPainter &painter, const QRect &part) const;

    SharedPicture m_picture;
    QPixmap m_standIn;
    PictureViewport m_viewport;
    Backdrop m_backdrop = Backdrop::Checkerboard;
    QPointF m_dragFrom;
    TouchTrack m_touch;
    bool m_dragging = false, m_spaceHeld = false;
};

} // namespace plantain
