#include "pictureviewport.h"

#include "zoomladder.h"

#include <algorithm>
#include <cmath>

namespace plantain {

namespace {

constexpr double almost = 1e-6;

/// The middle of the view on one side of the picture, in its pixels, such that no room is wasted. Where the picture was
/// let further in by a zoom about a point (`before`), it need not jump back.
double clamped(double centre, double picture, double view, double scale, double before)
{
    const double half = view / scale / 2;
    if (picture <= 2 * half)
        return picture / 2;
    double least = half, most = picture - half;
    if (before >= 0) {
        least = std::min(least, before);
        most = std::max(most, before);
    }
    return std::clamp(centre, least, most);
}

} // namespace

void PictureViewport::setPicture(QSize pixels)
{
    m_picture = pixels;
    clamp();
}

void PictureViewport::setView(QSize devicePixels)
{
    m_view = devicePixels;
    clamp();
}

double PictureViewport::fitScale() const
{
    if (m_picture.isEmpty() || m_view.isEmpty())
        return 0;
    return std::min({ double(m_view.width()) / m_picture.width(), double(m_view.height()) / m_picture.height(), 1.0 });
}

double PictureViewport::scale() const
{
    const double fitted = fitScale();
    return m_look.fitted || fitted == 0 ? fitted : m_look.scale;
}

PictureViewport::Look PictureViewport::look() const
{
    return m_look.fitted ? Look { true, scale(), { 0.5, 0.5 } } : m_look;
}

void PictureViewport::setLook(const Look &look)
{
    m_look = look;
    m_look.scale = std::clamp(m_look.scale, leastScale, mostScale);
    clamp();
}

void PictureViewport::fit()
{
    m_look = {};
}

void PictureViewport::zoomTo(double scale, QPointF anchor)
{
    if (fitScale() == 0)
        return;
    scale = std::clamp(scale, std::min(leastScale, fitScale()), mostScale);
    const QPointF under = toPicture(anchor);
    m_look.fitted = false;
    m_look.scale = scale;
    const QPointF centre = under + (viewCentre() - anchor) / scale;
    m_look.centre = { centre.x() / m_picture.width(), centre.y() / m_picture.height() };
    if (scale <= fitScale())
        clamp();
}

void PictureViewport::zoomTo(double scale)
{
    zoomTo(scale, viewCentre());
    clamp();
}

void PictureViewport::zoomStep(int steps, QPointF anchor)
{
    if (fitScale() == 0)
        return;
    zoomTo(zoomRung(scale(), steps, fitScale()), anchor);
}

void PictureViewport::toggle(QPointF anchor)
{
    if (!m_look.fitted && scale() != fitScale())
        fit();
    else
        zoomTo(1, anchor);
    clamp();
}

void PictureViewport::pan(QPointF by)
{
    if (m_look.fitted || fitScale() == 0)
        return;
    const QPointF before(m_look.centre.x() * m_picture.width(), m_look.centre.y() * m_picture.height());
    m_look.centre -= QPointF(by.x() / m_look.scale / m_picture.width(), by.y() / m_look.scale / m_picture.height());
    clamp(before);
}

bool PictureViewport::canPanAcross() const
{
    return m_picture.width() * scale() > m_view.width() + almost;
}

bool PictureViewport::canPanDown() const
{
    return m_picture.height() * scale() > m_view.height() + almost;
}

QRectF PictureViewport::pictureRect() const
{
    return { toView({ 0, 0 }), QSizeF(m_picture) * scale() };
}

QPointF PictureViewport::toPicture(QPointF inView) const
{
    const double at = scale();
    if (at == 0)
        return {};
    const QPointF centre = look().centre;
    return (inView - viewCentre()) / at + QPointF(centre.x() * m_picture.width(), centre.y() * m_picture.height());
}

QPointF PictureViewport::toView(QPointF inPicture) const
{
    const QPointF centre = look().centre;
    return (inPicture - QPointF(centre.x() * m_picture.width(), centre.y() * m_picture.height())) * scale() + viewCentre();
}

void PictureViewport::clamp(QPointF before)
{
    if (m_look.fitted || fitScale() == 0)
        return;
    const QSizeF size = m_picture;
    const QPointF centre(m_look.centre.x() * size.width(), m_look.centre.y() * size.height());
    m_look.centre = { clamped(centre.x(), size.width(), m_view.width(), m_look.scale, before.x()) / size.width(),
                      clamped(centre.y(), size.height(), m_view.height(), m_look.scale, before.y()) / size.height() };
}

} // namespace plantain
