#include "lenspainter.h"

#include <QPainter>

namespace plantain {

namespace {

void paintPart(QPainter &painter, const LensPicture &subject, const QRect &part, LevelQuality quality)
{
    if (!subject.picture || part.isEmpty())
        return;
    painter.save();
    painter.setClipRect(part, Qt::IntersectClip);
    paintLevels(painter, *subject.picture, subject.place, part, quality);
    painter.restore();
}

} // namespace

int swipeLine(const LensState &state, QSize view)
{
    return qRound(state.share * (state.lens == Lens::SwipeDown ? view.height() : view.width()));
}

void paintLens(QPainter &painter, const LensState &state, const LensPicture &first, const LensPicture &second, QSize view,
               LevelQuality quality)
{
    const QRect all(QPoint(), view);
    const int line = swipeLine(state, view);
    switch (state.lens) {
    case Lens::SwipeAcross:
        paintPart(painter, first, QRect(0, 0, line, view.height()), quality);
        paintPart(painter, second, QRect(line, 0, view.width() - line, view.height()), quality);
        return;
    case Lens::SwipeDown:
        paintPart(painter, first, QRect(0, 0, view.width(), line), quality);
        paintPart(painter, second, QRect(0, line, view.width(), view.height() - line), quality);
        return;
    case Lens::Onion:
        painter.save();
        painter.setOpacity(1);
        if (state.share < 1)
            paintPart(painter, first, all, quality);
        painter.setOpacity(state.share);
        if (state.share > 0)
            paintPart(painter, second, all, quality);
        painter.restore();
        return;
    case Lens::Flicker:
        paintPart(painter, state.second ? second : first, all, quality);
        return;
    case Lens::Difference:
        return;
    }
}

} // namespace plantain
