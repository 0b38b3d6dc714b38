#pragma once

#include "comparepane.h"
#include "linkedviewports.h"
#include "touchtrack.h"

#include <QHash>
#include <QTimer>
#include <QWidget>

#include <vector>

namespace plantain {

class DropMark;
class PaneCaption;

/// Two to nine pictures in panes that are zoomed and panned as one; or two of them through a lens, in one pane. While the
/// hand moves it is painted roughly, and smoothly once that rests.
class CompareBoard final : public QWidget
{
    Q_OBJECT
public:
    struct Subject
    {
        QString key; ///< tells it from the others; keeps what was moved alone
        QSize pixels; ///< may be empty until the picture is there
        SharedPicture picture; ///< null: not there yet
        QPixmap standIn;
        QString letter, caption; ///< above the pane; without a caption the zoom is not told there either
        QString marks; ///< of the person; also above the pane
        QString name; ///< for screen readers
        QString message; ///< why there is no picture
        bool champion = false;

        QSize size() const { return picture ? picture->size() : pixels; }
    };

    explicit CompareBoard(QWidget *parent = nullptr);

    void setSubjects(std::vector<Subject> subjects); ///< what was looked at stays, also where a picture is another now
    int count() const { return int(m_subjects.size()); }
    int active() const { return m_active; } ///< the pane with the keyboard, now or last
    void setActive(int pane); ///< and gives it the keyboard
    void setClosable(bool closable);

    /// Lays the pictures of two panes over each other; none: side by side. For Difference give the picture of it.
    void setLens(const std::optional<LensState> &lens, int first = 0, int second = 1);
    void setDifference(SharedPicture difference); ///< null: not there yet
    const std::optional<LensState> &lens() const { return m_lens; }

    void setBackdrop(Backdrop backdrop);
    void setLoupe(bool on);

    const LinkedViewports &viewports() const { return m_views; } ///< one for each pane that is to be seen
    ComparePane *pane(int number) const { return m_panes[size_t(number)]; }
    double scale() const; ///< of the active pane
    void fit();
    void zoomTo(double scale); ///< about the middle
    void zoomStep(int steps);
    void toggleFit();
    void showPlace(QPointF scene, double scale); ///< of the active pane
    void resetOffsets();

    QSize sizeHint() const override { return { 640, 480 }; }

Q_SIGNALS:
    void lookChanged();
    void activeChanged(int pane);
    void closeRequested(int pane);
    void moveRequested(int from, int to);
    void swipeMoved(double share); ///< the line was dragged

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void leaveEvent(QEvent *event) override;
    bool event(QEvent *event) override;

private:
    struct At ///< a point of the board
    {
        int view = -1; ///< of m_views; -1: beside the panes
        QPointF inView;
    };

    void addPane();
    int landing(int from, QPoint globalPosition) const;
    void arrange();
    void relink();
    void place();
    void refreshActive();
    void moved();
    void smoothNext();
    void panBy(int view, QPointF by, bool alone);
    void refreshPointed();
    void refreshCaptions();
    void takeTouch(const QTouchEvent &event);
    At at(QPointF onBoard) const;
    int subjectOf(int view) const;
    int activeView() const { return m_lens ? 0 : m_active; }
    QPointF middle() const { return m_views.viewCentre(activeView()); }
    bool hasViews() const { return m_views.count() > activeView(); }

    std::vector<Subject> m_subjects;
    std::vector<ComparePane *> m_panes; ///< one for each subject; through a lens the first alone is seen
    std::vector<PaneCaption *> m_captions;
    DropMark *m_dropMark;
    LinkedViewports m_views;
    QHash<QString, QPointF> m_offsets; ///< of what was moved alone, by key
    std::optional<LensState> m_lens;
    int m_lensFirst = 0, m_lensSecond = 1;
    SharedPicture m_difference;
    int m_active = 0;
    bool m_loupe = false, m_closable = true;
    Backdrop m_backdrop = Backdrop::Checkerboard;
    std::optional<QPointF> m_pointer; ///< on the board
    TouchTrack m_touch;
    enum class Drag { None, Pan, Line } m_drag = Drag::None;
    int m_dragView = 0;
    QPointF m_dragFrom;
    double m_ratio = 0; ///< of the screen that the views were made for
    QTimer m_rest; ///< runs while the hand moves
};

} // namespace plantain
