#pragma once

#include <QPointF>
#include <QRectF>
#include <QSize>

#include <vector>

namespace plantain {

/// Where several pictures of one scene lie in a pane each, zoomed and panned as one. A point of the scene is a pair of
/// fractions of a picture's sides, so that it means the same in 1K and 4K and in every ratio. Lengths are device pixels of
/// a pane or pixels of a picture. Pure.
class LinkedViewports final
{
public:
    struct Pane
    {
        QSize picture, view;
        QPointF offset; ///< how far this picture was moved alone, in fractions of its sides

        bool operator==(const Pane &) const = default;
    };

    /// The look stays: what is in the middle, and how large.
    void setPanes(std::vector<Pane> panes);
    const std::vector<Pane> &panes() const { return m_panes; }
    int count() const { return int(m_panes.size()); }

    bool isFitted() const { return m_fitted; }
    /// Of a pane. Pictures of about the same number of pixels have the same scale whatever their ratio, so that 100 % is
    /// sharp in all; one of 4K is scaled a quarter of one of 1K. 0 while there is nothing to show.
    double scale(int pane) const;

    void fit(); ///< all of every picture is seen; nothing is enlarged only for that, unless a larger one is beside it
    /// Makes the scale of `pane` such, and the others follow. The point of the scene under `anchor` stays where it is, in
    /// this pane and in every other.
    void zoomTo(int pane, double scale, QPointF anchor);
    void zoomStep(int pane, int steps, QPointF anchor); ///< by zoomRung
    void toggle(int pane, QPointF anchor); ///< fitted, or 100 % of this pane where it is fitted
    void pan(int pane, QPointF by); ///< moves all pictures such that the one of `pane` moves so far, up to the edges
    void panAlone(int pane, QPointF by);
    bool hasOffsets() const;
    void resetOffsets();
    bool canPan() const;

    QPointF viewCentre(int pane) const;
    QPointF toScene(int pane, QPointF inView) const;
    QPointF toView(int pane, QPointF scene) const;
    QRectF pictureRect(int pane) const; ///< in the pane's view

private:
    double magnitude() const;
    double fitMagnitude() const;
    QSizeF shownSize(int pane) const;
    QPointF slack() const;
    void clamp(QPointF before);

    std::vector<Pane> m_panes;
    bool m_fitted = true;
    double m_magnitude = 1; ///< side of a square picture as shown, in device pixels
    QPointF m_centre { 0.5, 0.5 }; ///< point of the scene in the middle of every pane
};

/// Side of the square with as many pixels; one of the usual sizes when it is nearly that.
double nominalSide(QSize picture);

} // namespace plantain
