#include "levelpainter.h"

#include <QPainter>

namespace plantain {

void paintLevels(QPainter &painter, const PictureLevels &picture, const QRectF &place, const QRectF &exposed, LevelQuality quality)
{
    const double scale = place.width() / picture.size().width();
    // To skip no pixel is faster, too: fewer are read.
    const bool enlarged = quality == LevelQuality::Rough || picture.keepsPeaks;
    const int number = enlarged ? picture.enlargedLevelFor(scale) : picture.levelFor(scale);
    const QImage &level = picture.levels[size_t(number)];
    const double pixel = scale * (1 << number); // one of the level, on the screen
    const QRectF seen = place.intersected(exposed);
    if (seen.isEmpty())
        return;
    // Whole pixels of the level and one more all round, so that smoothing has what it needs; positions stay small also
    // where the whole picture would be some hundred thousand wide.
    const QRect source = QRectF((seen.topLeft() - place.topLeft()) / pixel, seen.size() / pixel)
                             .toAlignedRect()
                             .adjusted(-1, -1, 1, 1)
                             .intersected(level.rect());
    const QRectF target(place.topLeft() + QPointF(source.topLeft()) * pixel, QSizeF(source.size()) * pixel);
    painter.setRenderHint(QPainter::SmoothPixmapTransform, !enlarged && !qFuzzyCompare(scale, 1.0) && scale <= smoothUpTo);
    // The last pixels of a level may stand over; whole pixels, as any other clip is several times slower.
    if (number > 0) {
        painter.save();
        painter.setClipRect(place.toAlignedRect(), Qt::IntersectClip);
    }
    painter.drawImage(target, level, source);
    if (number > 0)
        painter.restore();
}

} // namespace plantain
