#pragma once

#include "backdrop.h"
#include "lenspainter.h"
#include "picturestore.h"

#include <QPixmap>
#include <QWidget>

namespace plantain {

/// One pane of a comparison: a picture, or two that a lens lays over each other, where it is told to. Takes the keyboard
/// and nothing else: events are the board's around it. Lengths of pictures are device pixels of the pane.
class ComparePane final : public QWidget
{
    Q_OBJECT
public:
    struct Layer
    {
        SharedPicture picture; ///< null: not there yet
        QPixmap standIn; ///< until it is
        QString letter; ///< shown where a lens mixes two
        QRectF place; ///< of the whole picture
    };
    /// The scene around `at` as it would look `factor` times as large.
    struct Loupe
    {
        QPointF at;
        double factor = 2;

        bool operator==(const Loupe &) const = default;
    };

    explicit ComparePane(QWidget *parent = nullptr);

    QSize deviceSize() const;

    void setLayers(Layer first, Layer second = {});
    void setPlaces(const QRectF &first, const QRectF &second);
    const QRectF &place() const { return m_first.place; } ///< of the first
    void setLens(const std::optional<LensState> &lens); ///< none: the first alone
    void setQuality(LevelQuality quality);
    LevelQuality quality() const { return m_quality; }
    void setBackdrop(Backdrop backdrop);
    void setGhost(const std::optional<QPointF> &at); ///< where the pointer would be that is in another pane
    void setLoupe(const std::optional<Loupe> &loupe);
    /// Where the line of a swipe is, for a pointer in the pane (device-independent).
    bool isOnLine(QPointF at) const;
    double shareAt(QPointF at) const;
    void setMessage(const QString &message); ///< why there is no picture; plain text

Q_SIGNALS:
    void focused();

protected:
    void paintEvent(QPaintEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;

private:
    void paintScene(QPainter &painter, const QRectF &exposed, const QRectF &first, const QRectF &second, LevelQuality quality) const;
    void paintLoupe(QPainter &painter) const;
    void paintMarks(QPainter &painter) const;
    void paintLetters(QPainter &painter) const;
    QRect ghostRect(QPointF at) const;
    QRect loupeRect(QPointF at) const;
    QRect toLogical(const QRect &device) const;

    Layer m_first, m_second;
    std::optional<LensState> m_lens;
    std::optional<QPointF> m_ghost;
    std::optional<Loupe> m_loupe;
    LevelQuality m_quality = LevelQuality::Smooth;
    Backdrop m_backdrop = Backdrop::Checkerboard;
    QString m_message;
};

} // namespace plantain
