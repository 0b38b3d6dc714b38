#pragma once

#include <QPointF>
#include <QRectF>
#include <QSize>

namespace plantain {

/// Where a picture lies in a view, and how large. All lengths are device pixels of the view or pixels of the picture, so
/// that scale 1 is 100 %: one pixel of the picture is one of the screen. Pure; several views look at the same place by
/// exchanging look().
class PictureViewport final
{
public:
    static constexpr double leastScale = 0.02, mostScale = 32;

    /// What one looks at, whatever the size of picture and view.
    struct Look
    {
        bool fitted = true; ///< the rest then means nothing
        double scale = 1; ///< device pixels a pixel of the picture
        QPointF centre { 0.5, 0.5 }; ///< of the view, in fractions of the picture's sides

        bool operator==(const Look &) const = default;
    };

    QSize picture() const { return m_picture; }
    QSize view() const { return m_view; }
    void setPicture(QSize pixels); ///< the look stays
    void setView(QSize devicePixels); ///< the point in the middle stays there

    bool isFitted() const { return m_look.fitted; }
    double scale() const; ///< 0 while there is no picture or no view
    double fitScale() const; ///< all of it is seen; never above 1

    Look look() const;
    void setLook(const Look &look);

    void fit();
    /// The point of the picture under `anchor` stays under it, but for a picture that then is smaller than the view:
    /// it lies in the middle. Clamped to what is sensible.
    void zoomTo(double scale, QPointF anchor);
    void zoomTo(double scale); ///< about the middle
    void zoomStep(int steps, QPointF anchor); ///< to the next of a ladder of round figures that leads past fitted and 1
    void toggle(QPointF anchor); ///< fitted, or 1 where it is fitted
    /// Moves the picture by so much, up to its edges.
    void pan(QPointF by);
    bool canPanAcross() const; ///< wider than the view
    bool canPanDown() const;

    QRectF pictureRect() const; ///< where all of it lies, in the view
    QPointF toPicture(QPointF inView) const;
    QPointF toView(QPointF inPicture) const;

private:
    QPointF viewCentre() const { return { m_view.width() / 2.0, m_view.height() / 2.0 }; }
    void clamp(QPointF before = { -1, -1 });

    QSize m_picture, m_view;
    Look m_look;
};

} // namespace plantain
