#include "compareboard.h"

#include "dropmark.h"
#include "panecaption.h"
#include "panegrid.h"
#include "theme.h"
#include "zoombox.h"

#include <QKeyEvent>
#include <QNativeGestureEvent>
#include <QPainter>
#include <QTouchEvent>

#include <algorithm>
#include <chrono>
#include <cmath>

using namespace std::chrono_literals;

namespace plantain {

namespace {

constexpr auto restAfter = 120ms; ///< the hand rests
constexpr auto aFrame = 16ms;
constexpr int captionHeight = 26; ///< in device-independent pixels

QSizeF boxOf(const CompareBoard::Subject &subject)
{
    const QSize size = subject.size();
    return size.isEmpty() ? QSizeF(1, 1) : QSizeF(size) / nominalSide(size);
}

} // namespace

CompareBoard::CompareBoard(QWidget *parent)
    : QWidget(parent)
    , m_dropMark(new DropMark(this))
{
    setMouseTracking(true);
    setAttribute(Qt::WA_AcceptTouchEvents);
    setAttribute(Qt::WA_OpaquePaintEvent);
    setMinimumSize(160, 120);
    m_rest.setSingleShot(true);
    connect(&m_rest, &QTimer::timeout, this, &CompareBoard::smoothNext);
}

void CompareBoard::addPane()
{
    const auto number = int(m_panes.size());
    auto *pane = new ComparePane(this);
    auto *caption = new PaneCaption(this);
    pane->setBackdrop(m_backdrop);
    m_panes.push_back(pane);
    m_captions.push_back(caption);
    connect(pane, &ComparePane::focused, this, [this, number] {
        if (m_lens || m_active == number)
            return;
        m_active = number;
        refreshActive();
        Q_EMIT activeChanged(number);
    });
    connect(caption, &PaneCaption::pressed, this, [this, number] { setActive(number); });
    connect(caption, &PaneCaption::closeRequested, this, [this, number] { Q_EMIT closeRequested(number); });
    connect(caption, &PaneCaption::dragged, this, [this, number](QPoint globalPosition) {
        const int to = landing(number, globalPosition);
        m_dropMark->showAt(to < 0 ? QRect() : m_captions[size_t(to)]->geometry() | m_panes[size_t(to)]->geometry(),
                           m_subjects[size_t(number)].letter);
    });
    connect(caption, &PaneCaption::dropped, this, [this, number](QPoint globalPosition) {
        m_dropMark->hide();
        if (const int to = landing(number, globalPosition); to >= 0)
            Q_EMIT moveRequested(number, to);
    });
}

/// -1 where it would stay: a champion's place is the first.
int CompareBoard::landing(int from, QPoint globalPosition) const
{
    const int to = at(mapFromGlobal(globalPosition)).view;
    return to == from || std::ranges::any_of(m_subjects, &Subject::champion) ? -1 : to;
}

void CompareBoard::setSubjects(std::vector<Subject> subjects)
{
    const bool samePlaces = std::ranges::equal(subjects, m_subjects, {}, &Subject::size, &Subject::size);
    m_subjects = std::move(subjects);
    while (m_panes.size() < m_subjects.size())
        addPane();
    m_active = std::clamp(m_active, 0, std::max(0, count() - 1));
    for (int number = 0; number < count(); ++number) {
        const Subject &subject = m_subjects[size_t(number)];
        m_panes[size_t(number)]->setAccessibleName(subject.name);
        m_captions[size_t(number)]->setChampion(subject.champion);
    }
    refreshActive();
    if (!samePlaces)
        arrange();
    relink();
}

void CompareBoard::setActive(int pane)
{
    if (pane >= 0 && pane < count())
        m_panes[m_lens ? 0 : size_t(pane)]->setFocus(Qt::OtherFocusReason);
}

void CompareBoard::setClosable(bool closable)
{
    m_closable = closable;
    for (PaneCaption *caption : m_captions)
        caption->setClosable(closable);
}

void CompareBoard::setLens(const std::optional<LensState> &lens, int first, int second)
{
    const bool otherPanes = lens.has_value() != m_lens.has_value();
    const bool otherViews = otherPanes || first != m_lensFirst || second != m_lensSecond || (lens && m_lens && lens->lens != m_lens->lens);
    const bool hadFocus = isAncestorOf(window()->focusWidget());
    m_lens = lens;
    m_lensFirst = first;
    m_lensSecond = second;
    if (otherPanes) {
        arrange();
        if (hadFocus)
            setActive(m_active);
    }
    if (otherViews)
        relink();
    else if (!m_panes.empty())
        m_panes.front()->setLens(m_lens);
}

void CompareBoard::setDifference(SharedPicture difference)
{
    m_difference = std::move(difference);
    if (m_lens && m_lens->lens == Lens::Difference)
        relink();
}

void CompareBoard::setBackdrop(Backdrop backdrop)
{
    m_backdrop = backdrop;
    for (ComparePane *pane : m_panes)
        pane->setBackdrop(backdrop);
}

void CompareBoard::setLoupe(bool on)
{
    m_loupe = on;
    refreshPointed();
}

void CompareBoard::refreshActive()
{
    for (int number = 0; number < int(m_captions.size()); ++number)
        m_captions[size_t(number)]->setActive(number == m_active);
}

void CompareBoard::arrange()
{
    const int panes = m_lens ? std::min(1, count()) : count();
    for (int number = panes; number < int(m_panes.size()); ++number) {
        if (m_panes[size_t(number)]->hasFocus())
            setActive(m_active); // else Qt gives it to whichever comes next, one that goes too perhaps
    }
    for (size_t number = 0; number < m_panes.size(); ++number) {
        const bool seen = int(number) < panes;
        m_panes[number]->setVisible(seen);
        m_captions[number]->setVisible(seen && !m_lens);
    }
    if (m_subjects.empty())
        return;
    if (m_lens) {
        m_panes.front()->setGeometry(rect());
        return;
    }
    std::vector<QSizeF> boxes;
    std::ranges::transform(m_subjects, std::back_inserter(boxes), boxOf);
    const std::vector<QRect> grid = paneGrid(boxes, rect(), spacing::tight, captionHeight);
    for (size_t number = 0; number < grid.size(); ++number) {
        m_captions[number]->setGeometry(QRect(grid[number].topLeft(), QSize(grid[number].width(), captionHeight)));
        m_captions[number]->setClosable(m_closable);
        m_panes[number]->setGeometry(grid[number].adjusted(0, captionHeight, 0, 0));
    }
}

/// What is to be seen in which pane. The look stays.
void CompareBoard::relink()
{
    m_ratio = devicePixelRatioF();
    std::vector<LinkedViewports::Pane> views;
    const auto viewOf = [this](int subject, const ComparePane &pane) {
        const Subject &shown = m_subjects[size_t(subject)];
        return LinkedViewports::Pane { shown.size(), pane.deviceSize(), m_offsets.value(shown.key) };
    };
    const auto layerOf = [this](int subject) {
        const Subject &shown = m_subjects[size_t(subject)];
        return ComparePane::Layer { shown.picture, shown.standIn, shown.letter, {} };
    };
    if (m_lens && count() > std::max(m_lensFirst, m_lensSecond)) {
        ComparePane &pane = *m_panes.front();
        pane.setMessage({});
        if (m_lens->lens == Lens::Difference) {
            views.push_back(viewOf(m_lensFirst, pane));
            views.back().offset = {};
            if (m_difference)
                views.back().picture = m_difference->size();
            pane.setLens({});
            pane.setLayers({ .picture = m_difference });
        } else {
            views = { viewOf(m_lensFirst, pane), viewOf(m_lensSecond, pane) };
            pane.setLens(m_lens);
            pane.setLayers(layerOf(m_lensFirst), layerOf(m_lensSecond));
        }
    } else {
        for (int number = 0; number < count(); ++number) {
            ComparePane &pane = *m_panes[size_t(number)];
            views.push_back(viewOf(number, pane));
            pane.setLens({});
            pane.setLayers(layerOf(number));
            pane.setMessage(m_subjects[size_t(number)].message);
        }
    }
    m_views.setPanes(std::move(views));
    place();
}

void CompareBoard::place()
{
    if (m_lens) {
        if (m_views.count() > 0)
            m_panes.front()->setPlaces(m_views.pictureRect(0), m_views.count() > 1 ? m_views.pictureRect(1) : QRectF());
    } else {
        for (int number = 0; number < m_views.count(); ++number)
            m_panes[size_t(number)]->setPlaces(m_views.pictureRect(number), {});
    }
    refreshPointed();
    refreshCaptions();
    Q_EMIT lookChanged();
}

void CompareBoard::refreshCaptions()
{
    for (int number = 0; number < count() && !m_lens; ++number) {
        const Subject &subject = m_subjects[size_t(number)];
        const QString percent = subject.caption.isEmpty() ? QString() : percentText(m_views.scale(number));
        m_captions[size_t(number)]->setText(subject.letter, { percent, subject.marks, subject.caption });
    }
}

/// By the hand: rough until that rests.
void CompareBoard::moved()
{
    for (ComparePane *pane : m_panes)
        pane->setQuality(LevelQuality::Rough);
    m_rest.start(restAfter);
    place();
}

/// One pane at a time: all at once would be felt.
void CompareBoard::smoothNext()
{
    const auto rough = std::ranges::find(m_panes, LevelQuality::Rough, &ComparePane::quality);
    if (rough == m_panes.end())
        return;
    (*rough)->setQuality(LevelQuality::Smooth);
    m_rest.start(aFrame);
}

int CompareBoard::subjectOf(int view) const
{
    return !m_lens ? view : view == 0 ? m_lensFirst : m_lensSecond;
}

double CompareBoard::scale() const
{
    return hasViews() ? m_views.scale(activeView()) : 0;
}

void CompareBoard::fit()
{
    m_views.fit();
    place();
}

void CompareBoard::zoomTo(double scale)
{
    if (!hasViews())
        return;
    m_views.zoomTo(activeView(), scale, middle());
    place();
}

void CompareBoard::zoomStep(int steps)
{
    if (!hasViews())
        return;
    m_views.zoomStep(activeView(), steps, middle());
    moved();
}

void CompareBoard::toggleFit()
{
    if (!hasViews())
        return;
    m_views.toggle(activeView(), middle());
    place();
}

void CompareBoard::showPlace(QPointF scene, double scale)
{
    if (!hasViews())
        return;
    m_views.zoomTo(activeView(), scale, middle());
    m_views.pan(activeView(), middle() - m_views.toView(activeView(), scene));
    place();
}

void CompareBoard::resetOffsets()
{
    m_offsets.clear();
    m_views.resetOffsets();
    place();
}

/// Through a lens it is the second picture that moves alone.
void CompareBoard::panBy(int view, QPointF by, bool alone)
{
    if (view < 0 || view >= m_views.count())
        return;
    if (!alone) {
        m_views.pan(view, by);
    } else if (!m_lens || m_views.count() > 1) {
        const int other = m_lens ? 1 : view;
        m_views.panAlone(other, by);
        m_offsets.insert(m_subjects[size_t(subjectOf(other))].key, m_views.panes()[size_t(other)].offset);
    }
    moved();
}

CompareBoard::At CompareBoard::at(QPointF onBoard) const
{
    const int seen = m_lens ? std::min(1, m_views.count()) : m_views.count();
    for (int view = 0; view < seen; ++view) {
        const QRect pane = m_panes[size_t(view)]->geometry();
        const QRect all = m_lens ? pane : pane.adjusted(0, -captionHeight, 0, 0);
        if (all.contains(onBoard.toPoint()))
            return { view, (onBoard - pane.topLeft()) * devicePixelRatioF() };
    }
    return {};
}

/// The loupe in every pane, or a cross in the others, at the point of the scene where the pointer is.
void CompareBoard::refreshPointed()
{
    At pointed = m_pointer ? at(*m_pointer) : At();
    if (pointed.view < 0 && m_loupe && hasViews()) // by keys alone: in the middle
        pointed = { activeView(), middle() };
    const bool isSeen = pointed.view >= 0 && m_views.scale(pointed.view) > 0;
    const QPointF scene = isSeen ? m_views.toScene(pointed.view, pointed.inView) : QPointF();
    for (int number = 0; number < int(m_panes.size()); ++number) {
        const bool linked = isSeen && number < m_views.count() && (!m_lens || number == 0);
        ComparePane &pane = *m_panes[size_t(number)];
        const QPointF at = linked ? m_views.toView(number, scene) : QPointF();
        const double least = std::max(2.0, 1 / std::max(1e-9, isSeen ? m_views.scale(pointed.view) : 1));
        pane.setLoupe(linked && m_loupe ? std::optional(ComparePane::Loupe { at, least }) : std::nullopt);
        pane.setGhost(linked && !m_loupe && number != pointed.view ? std::optional(at) : std::nullopt);
    }
}

void CompareBoard::paintEvent(QPaintEvent *)
{
    QPainter(this).fillRect(rect(), palette().window());
    if (m_ratio != devicePixelRatioF()) // a window can come to another screen without a resize
        relink();
}

void CompareBoard::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    arrange();
    relink();
}

void CompareBoard::wheelEvent(QWheelEvent *event)
{
    constexpr double notch = 120, aNotch = 1.2;
    const At where = at(event->position());
    // With Shift some systems turn it sideways.
    const int turned = event->angleDelta().y() != 0 ? event->angleDelta().y() : event->angleDelta().x();
    if (where.view >= 0 && turned != 0) {
        m_views.zoomTo(where.view, m_views.scale(where.view) * std::pow(aNotch, turned / notch), where.inView);
        moved();
    }
    event->accept();
}

void CompareBoard::mousePressEvent(QMouseEvent *event)
{
    const At where = at(event->position());
    if ((event->button() != Qt::LeftButton && event->button() != Qt::MiddleButton) || where.view < 0) {
        QWidget::mousePressEvent(event);
        return;
    }
    m_drag = m_lens && m_panes.front()->isOnLine(event->position()) ? Drag::Line : Drag::Pan;
    m_dragView = where.view;
    m_dragFrom = event->position();
    if (m_drag == Drag::Pan)
        m_panes[size_t(where.view)]->setCursor(Qt::ClosedHandCursor);
}

void CompareBoard::mouseMoveEvent(QMouseEvent *event)
{
    m_pointer = event->position();
    if (m_drag == Drag::Pan) {
        panBy(m_dragView, (event->position() - m_dragFrom) * devicePixelRatioF(), event->modifiers().testFlag(Qt::ShiftModifier));
        m_dragFrom = event->position();
    } else if (m_drag == Drag::Line) {
        Q_EMIT swipeMoved(m_panes.front()->shareAt(event->position()));
    } else {
        refreshPointed();
        if (m_lens)
            m_panes.front()->setCursor(!m_panes.front()->isOnLine(event->position()) ? Qt::ArrowCursor
                                           : m_lens->lens == Lens::SwipeDown           ? Qt::SplitVCursor
                                                                                       : Qt::SplitHCursor);
    }
}

void CompareBoard::mouseReleaseEvent(QMouseEvent *event)
{
    if (event->buttons() != Qt::NoButton)
        return;
    m_drag = Drag::None;
    for (ComparePane *pane : m_panes)
        pane->unsetCursor();
}

void CompareBoard::mouseDoubleClickEvent(QMouseEvent *event)
{
    const At where = at(event->position());
    if (event->button() != Qt::LeftButton || where.view < 0)
        return;
    m_views.toggle(where.view, where.inView);
    place();
}

/// Arrows move the pictures, with Shift the active one alone.
void CompareBoard::keyPressEvent(QKeyEvent *event)
{
    const int key = event->key();
    const auto across = double(key == Qt::Key_Left) - double(key == Qt::Key_Right);
    const auto down = double(key == Qt::Key_Up) - double(key == Qt::Key_Down);
    const bool alone = event->modifiers().testFlag(Qt::ShiftModifier);
    if ((across == 0 && down == 0) || (event->modifiers() & ~(Qt::ShiftModifier | Qt::KeypadModifier)) || !hasViews()) {
        QWidget::keyPressEvent(event);
        return;
    }
    const QSize view = m_views.panes()[size_t(activeView())].view;
    const double share = alone ? 1.0 / 64 : 1.0 / 8;
    panBy(activeView(), { across * view.width() * share, down * view.height() * share }, alone);
}

void CompareBoard::leaveEvent(QEvent *event)
{
    QWidget::leaveEvent(event);
    m_pointer.reset();
    refreshPointed();
}

bool CompareBoard::event(QEvent *event)
{
    if (event->type() == QEvent::NativeGesture) {
        auto *gesture = static_cast<QNativeGestureEvent *>(event);
        const At where = at(gesture->position());
        if (gesture->gestureType() == Qt::ZoomNativeGesture && where.view >= 0) {
            m_views.zoomTo(where.view, m_views.scale(where.view) * std::max(0.1, 1 + gesture->value()), where.inView);
            moved();
            return true;
        }
    } else if (event->type() == QEvent::TouchBegin || event->type() == QEvent::TouchUpdate || event->type() == QEvent::TouchEnd) {
        takeTouch(*static_cast<QTouchEvent *>(event));
        return true;
    }
    return QWidget::event(event);
}

void CompareBoard::takeTouch(const QTouchEvent &event)
{
    const auto move = m_touch.take(event);
    const At where = move ? at(move->middle) : At();
    if (where.view < 0)
        return;
    if (move->factor != 1)
        m_views.zoomTo(where.view, m_views.scale(where.view) * move->factor, where.inView);
    panBy(where.view, move->by * devicePixelRatioF(), false);
}

} // namespace plantain
