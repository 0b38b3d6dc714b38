#pragma once

#include <QPointF>
#include <QVector>

#include <optional>

class QTouchEvent;

namespace plantain {

/// What fingers on a touch screen do to a picture: one moves it, two zoom it where they are. Not by QPinchGesture: on Qt
/// 6.4.2 fingers that go apart to three times their distance come out as seven times.
class TouchTrack final
{
public:
    struct Move
    {
        QPointF middle; ///< of the fingers, now; in the widget
        QPointF by; ///< how far that went
        double factor = 1; ///< of their distance
    };

    std::optional<Move> take(const QTouchEvent &event); ///< nothing when a finger came or went

private:
    QVector<QPointF> m_fingers; ///< where they were
};

} // namespace plantain
