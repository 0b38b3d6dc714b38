#include "linkedviewports.h"

#include "zoomladder.h"

#include <algorithm>
#include <cmath>

namespace plantain {

namespace {

constexpr double mostScale = 32;
constexpr double nearly = 0.08; ///< models make 1K, 2K and 4K of every ratio with a few pixels more or less

bool isShown(const LinkedViewports::Pane &pane)
{
    return !pane.picture.isEmpty() && !pane.view.isEmpty();
}

double clampedBetween(double value, double slack, double before)
{
    return std::clamp(value, std::min(0.5 - slack, before), std::max(0.5 + slack, before));
}

} // namespace

double nominalSide(QSize picture)
{
    const double side = std::sqrt(double(picture.width()) * picture.height());
    const double usual = std::exp2(std::round(std::log2(std::max(side, 1.0))));
    return std::abs(side / usual - 1) <= nearly ? usual : side;
}

void LinkedViewports::setPanes(std::vector<Pane> panes)
{
    m_panes = std::move(panes);
    clamp(m_centre);
}

double LinkedViewports::fitMagnitude() const
{
    double least = 0, largest = 0;
    for (const Pane &pane : m_panes) {
        if (!isShown(pane))
            continue;
        const double side = nominalSide(pane.picture);
        const double fitting = side * std::min(double(pane.view.width()) / pane.picture.width(),
                                               double(pane.view.height()) / pane.picture.height());
        least = least == 0 ? fitting : std::min(least, fitting);
        largest = std::max(largest, side);
    }
    return std::min(least, largest);
}

double LinkedViewports::magnitude() const
{
    const double fitted = fitMagnitude();
    return m_fitted || fitted == 0 ? fitted : m_magnitude;
}

double LinkedViewports::scale(int pane) const
{
    const Pane &shown = m_panes[size_t(pane)];
    return isShown(shown) ? magnitude() / nominalSide(shown.picture) : 0;
}

void LinkedViewports::fit()
{
    m_fitted = true;
    m_centre = { 0.5, 0.5 };
}

void LinkedViewports::zoomTo(int pane, double scale, QPointF anchor)
{
    const double before = magnitude(), fitted = fitMagnitude();
    if (before == 0 || !isShown(m_panes[size_t(pane)]))
        return;
    double largest = 0, smallest = 0;
    for (const Pane &other : m_panes) {
        if (!isShown(other))
            continue;
        const double side = nominalSide(other.picture);
        largest = std::max(largest, side);
        smallest = smallest == 0 ? side : std::min(smallest, side);
    }
    const QPointF under = toScene(pane, anchor);
    m_magnitude = std::clamp(scale * nominalSide(m_panes[size_t(pane)].picture), std::min(fitted, smallest), mostScale * largest);
    m_fitted = false;
    if (m_magnitude <= fitted)
        m_centre = { 0.5, 0.5 };
    else
        m_centre = under - (under - m_centre) * (before / m_magnitude);
}

void LinkedViewports::zoomStep(int pane, int steps, QPointF anchor)
{
    if (scale(pane) == 0)
        return;
    zoomTo(pane, zoomRung(scale(pane), steps, fitMagnitude() / nominalSide(m_panes[size_t(pane)].picture)), anchor);
}

void LinkedViewports::toggle(int pane, QPointF anchor)
{
    if (m_fitted)
        zoomTo(pane, 1, anchor);
    else
        fit();
    clamp({ 0.5, 0.5 });
}

void LinkedViewports::pan(int pane, QPointF by)
{
    const QSizeF size = shownSize(pane);
    if (m_fitted || size.isEmpty())
        return;
    const QPointF before = m_centre;
    m_centre -= QPointF(by.x() / size.width(), by.y() / size.height());
    clamp(before);
}

void LinkedViewports::panAlone(int pane, QPointF by)
{
    const QSizeF size = shownSize(pane);
    if (size.isEmpty())
        return;
    QPointF &offset = m_panes[size_t(pane)].offset;
    offset -= QPointF(by.x() / size.width(), by.y() / size.height());
    offset = { std::clamp(offset.x(), -1.0, 1.0), std::clamp(offset.y(), -1.0, 1.0) };
}

bool LinkedViewports::hasOffsets() const
{
    return std::ranges::any_of(m_panes, [](const Pane &pane) { return !pane.offset.isNull(); });
}

void LinkedViewports::resetOffsets()
{
    for (Pane &pane : m_panes)
        pane.offset = {};
}

bool LinkedViewports::canPan() const
{
    return !m_fitted && !slack().isNull();
}

QPointF LinkedViewports::viewCentre(int pane) const
{
    const QSize view = m_panes[size_t(pane)].view;
    return { view.width() / 2.0, view.height() / 2.0 };
}

QPointF LinkedViewports::toScene(int pane, QPointF inView) const
{
    const QSizeF size = shownSize(pane);
    if (size.isEmpty())
        return m_centre;
    const QPointF away = inView - viewCentre(pane);
    return m_centre + QPointF(away.x() / size.width(), away.y() / size.height());
}

QPointF LinkedViewports::toView(int pane, QPointF scene) const
{
    const QSizeF size = shownSize(pane);
    const QPointF away = scene - m_centre;
    return viewCentre(pane) + QPointF(away.x() * size.width(), away.y() * size.height());
}

QRectF LinkedViewports::pictureRect(int pane) const
{
    return { toView(pane, -m_panes[size_t(pane)].offset), shownSize(pane) };
}

QSizeF LinkedViewports::shownSize(int pane) const
{
    return QSizeF(m_panes[size_t(pane)].picture) * scale(pane);
}

/// How far the middle may go from the middle of the scene, so that the pane that has most to show can show all of it.
QPointF LinkedViewports::slack() const
{
    QPointF most;
    for (int pane = 0; pane < count(); ++pane) {
        const QSizeF size = shownSize(pane);
        const QSize view = m_panes[size_t(pane)].view;
        if (size.isEmpty())
            continue;
        most.setX(std::max(most.x(), 0.5 - view.width() / size.width() / 2));
        most.setY(std::max(most.y(), 0.5 - view.height() / size.height() / 2));
    }
    return most;
}

/// `before`: where a zoom about a point may have left the middle, from where it need not jump back.
void LinkedViewports::clamp(QPointF before)
{
    if (m_fitted)
        return;
    const QPointF room = slack();
    m_centre = { clampedBetween(m_centre.x(), room.x(), before.x()), clampedBetween(m_centre.y(), room.y(), before.y()) };
}

} // namespace plantain
