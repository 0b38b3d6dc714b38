#include "touchtrack.h"

#include <QLineF>
#include <QTouchEvent>

#include <utility>

namespace plantain {

std::optional<TouchTrack::Move> TouchTrack::take(const QTouchEvent &event)
{
    QVector<QPointF> fingers;
    for (const QEventPoint &point : event.points()) {
        if (point.state() != QEventPoint::Released)
            fingers.append(point.position());
    }
    const QVector<QPointF> before = std::exchange(m_fingers, fingers);
    if (fingers.size() != before.size() || fingers.isEmpty())
        return std::nullopt;
    const auto middle = [](const QVector<QPointF> &points) { return (points.first() + points.last()) / 2; };
    const double was = QLineF(before.first(), before.last()).length();
    const double now = QLineF(fingers.first(), fingers.last()).length();
    return Move { middle(fingers), middle(fingers) - middle(before), was > 0 && now > 0 ? now / was : 1 };
}

} // namespace plantain
