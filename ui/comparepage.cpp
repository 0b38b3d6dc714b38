#include "comparepage.h"

#include "actions.h"
#include "differencemaker.h"
#include "errortext.h"
#include "galleryroles.h"
#include "lensbar.h"
#include "pagehead.h"
#include "session.h"
#include "theme.h"
#include "thumbnailstore.h"
#include "whatdiffers.h"

#include <QAction>
#include <QActionGroup>
#include <QHBoxLayout>
#include <QItemSelectionModel>
#include <QKeyEvent>
#include <QSplitter>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace plantain {

namespace {

QString letterOf(int place)
{
    return QChar(u'A' + place);
}

QString sizeText(QSize size)
{
    return size.isEmpty() ? QString() : u"%1 × %2"_s.arg(size.width()).arg(size.height());
}

} // namespace

ComparePage::ComparePage(Session &session, ThumbnailStore &thumbnails, PictureStore &pictures, const Actions &actions, QWidget *parent)
    : QWidget(parent)
    , m_session(session)
    , m_thumbnails(thumbnails)
    , m_pictures(pictures)
    , m_actions(actions)
    , m_board(new CompareBoard(this))
    , m_lensBar(new LensBar(this))
    , m_whatDiffers(new WhatDiffers(session, thumbnails, this))
    , m_difference(new DifferenceMaker(thumbnails.pool(), this))
{
    m_lensBar->hide();
    m_lensBar->setGoToDifference(actions.compare->goToDifference);
    auto *splitter = new QSplitter(Qt::Horizontal, this);
    auto *pictureSide = new QWidget(splitter);
    auto *column = new QVBoxLayout(pictureSide);
    column->setContentsMargins({});
    column->setSpacing(0);
    column->addWidget(m_lensBar);
    column->addWidget(m_board, 1);
    splitter->addWidget(pictureSide);
    splitter->addWidget(m_whatDiffers);
    splitter->setChildrenCollapsible(false);
    splitter->setStretchFactor(0, 1);
    splitter->setStretchFactor(1, 0);
    splitter->setSizes({ 900, 280 });
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(0);
    layout->addWidget(buildHead());
    layout->addWidget(splitter, 1);
    connectActions();
    connectStores();
}

QWidget *ComparePage::buildHead()
{
    auto *head = new PageHead(this);
    const CompareActions &a = *m_actions.compare;
    head->add(m_actions.closePicture);
    head->addGap();
    for (QAction *lens : a.lenses())
        head->add(lens);
    head->addGap();
    head->add(a.champion);
    head->add(m_actions.previousPicture);
    head->add(m_actions.nextPicture);
    head->addStretch();
    head->add(a.inStep);
    head->add(a.loupe);
    head->addGap();
    m_zoom = head->addZoom(m_actions);
    head->addGap();
    head->add(a.blind);
    head->add(a.whatDiffers);
    return head;
}

void ComparePage::connectActions()
{
    const Actions &a = m_actions;
    const CompareActions &c = *a.compare;
    addActions(c.ofPage()); // their keys count here alone
    addActions({ a.closePicture, a.previousPicture, a.nextPicture, a.zoomIn, a.zoomOut, a.zoomFit, a.zoomActual, a.zoomToggle });
    // Some are the viewer's too.
    const auto on = [this](QAction *action, auto handler) {
        connect(action, &QAction::triggered, this, [this, handler] {
            if (isVisible())
                handler();
        });
    };
    on(a.closePicture, [this] { leave(); });
    on(a.previousPicture, [this] { step(-1); });
    on(a.nextPicture, [this] { step(1); });
    for (QAction *lens : c.lenses())
        on(lens, [this] { chooseLens(); });
    on(c.lensLess, [this] { m_lensBar->step(-1); });
    on(c.lensMore, [this] { m_lensBar->step(1); });
    on(c.goToDifference, [this] { goToDifference(); });
    on(c.champion, [this] { crown(m_actions.compare->champion->isChecked()); });
    on(c.inStep, [this] { m_board->resetOffsets(); });
    on(c.paneBack, [this] { move(m_board->active(), m_board->active() - 1); });
    on(c.paneForward, [this] { move(m_board->active(), m_board->active() + 1); });
    on(c.closePane, [this] { close(m_board->active()); });
    connect(c.loupe, &QAction::toggled, m_board, &CompareBoard::setLoupe);
    connect(c.blind, &QAction::toggled, this, [this](bool blind) {
        m_whatDiffers->setBlind(blind);
        refresh();
    });
    connect(c.whatDiffers, &QAction::toggled, m_whatDiffers, &QWidget::setVisible);
    followViewActions(this, m_board, a, m_zoom);
    connect(m_zoom, &ZoomBox::fitRequested, this, &ComparePage::focusPictures);
    connect(m_zoom, &ZoomBox::scaleRequested, this, &ComparePage::focusPictures);
    connect(m_board, &CompareBoard::lookChanged, this, [this] {
        m_zoom->setScale(m_board->scale());
        m_actions.compare->inStep->setEnabled(isVisible() && m_board->viewports().hasOffsets());
    });
    connect(m_board, &CompareBoard::activeChanged, this, &ComparePage::activate);
    connect(m_board, &CompareBoard::closeRequested, this, &ComparePage::close);
    connect(m_board, &CompareBoard::moveRequested, this, &ComparePage::move);
    connect(m_board, &CompareBoard::swipeMoved, m_lensBar, &LensBar::setShare);
    connect(m_lensBar, &LensBar::stateChanged, this, &ComparePage::refreshLens);
    connect(m_lensBar, &LensBar::gainChanged, this, &ComparePage::refreshDifference);
    connect(m_difference, &DifferenceMaker::ready, this, &ComparePage::refreshDifference);
}

void ComparePage::connectStores()
{
    const auto changed = [this](const QString &key) {
        const bool shown = std::ranges::any_of(m_set.shown(), [&key](const QModelIndex &index) { return pictureKeyOf(index) == key; });
        if (isVisible() && shown)
            refresh();
    };
    connect(&m_pictures, &PictureStore::ready, this, changed);
    connect(&m_pictures, &PictureStore::failed, this, changed);
    connect(&m_thumbnails, &ThumbnailStore::ready, this, changed);
}

void ComparePage::setSelectionModel(QItemSelectionModel *selection)
{
    m_selection = selection;
    const QAbstractItemModel *model = selection->model();
    const auto gone = [this] {
        if (!isVisible())
            return;
        if (m_set.prune())
            refresh();
        else
            Q_EMIT closeRequested();
    };
    connect(model, &QAbstractItemModel::rowsRemoved, this, gone);
    connect(model, &QAbstractItemModel::modelReset, this, gone);
    connect(model, &QAbstractItemModel::dataChanged, this, [this](const QModelIndex &from, const QModelIndex &to) {
        const auto isShown = [&](const QModelIndex &index) { return index.row() >= from.row() && index.row() <= to.row(); };
        if (isVisible() && std::ranges::any_of(m_set.shown(), isShown))
            refresh(); // marked here, or elsewhere
    });
}

QModelIndex ComparePage::picked() const
{
    const bool isOne = isVisible() && m_set.count() >= CompareSet::least && !chosenLens();
    return isOne ? QModelIndex(m_set.shown()[size_t(m_board->active())]) : QModelIndex();
}

void ComparePage::open(const QModelIndexList &pictures)
{
    m_set.choose(pictures);
    m_actions.compare->sideBySide->setChecked(true);
    m_actions.compare->champion->setChecked(false);
    m_actions.compare->loupe->setChecked(false);
    m_board->resetOffsets();
    m_board->fit();
    chooseLens();
}

void ComparePage::focusPictures()
{
    m_board->setActive(m_board->active());
}

void ComparePage::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    setEnabledHere(true);
    refresh();
}

void ComparePage::hideEvent(QHideEvent *event)
{
    QWidget::hideEvent(event);
    setEnabledHere(false);
    m_difference->drop();
    m_pictures.want(this, {});
    m_thumbnails.want(this, {});
    Q_EMIT pickedChanged(); // none is picked here any more
}

/// Menus show what can be done.
void ComparePage::setEnabledHere(bool enabled)
{
    const Actions &a = m_actions;
    for (QAction *action : a.compare->ofPage()
             + QList<QAction *> { a.closePicture, a.previousPicture, a.nextPicture, a.zoomIn, a.zoomOut, a.zoomFit, a.zoomActual,
                                  a.zoomToggle })
        action->setEnabled(enabled);
}

CompareBoard::Subject ComparePage::subjectOf(int place) const
{
    const QModelIndex index = m_set.shown()[size_t(place)];
    const bool blind = m_actions.compare->blind->isChecked();
    const QString key = pictureKeyOf(index), path = index.data(GalleryRole::File).toString();
    const QString tile = index.data(GalleryRole::RunId).value<RunId>().text + u'.' + index.data(GalleryRole::ImageIndex).toString();
    CompareBoard::Subject subject { .key = tile, .pixels = index.data(GalleryRole::PixelSize).toSize(), .letter = letterOf(place) };
    subject.picture = m_pictures.picture(key);
    if (!subject.picture)
        subject.standIn = m_thumbnails.thumbnail(key, path, ThumbnailSize::Large);
    if (const Error *error = m_pictures.errorOf(key))
        subject.message = errorText(*error, RunState::Done).sentence();
    subject.champion = m_set.hasChampion() && place == 0;
    const QString prompt = index.data(GalleryRole::Prompt).toString();
    const QString size = sizeText(subject.picture ? subject.picture->size() : subject.pixels);
    if (!blind)
        subject.caption = tr("%1, %2", "size and prompt").arg(size, prompt.simplified());
    const auto marks = index.data(GalleryRole::Marks).value<Marks>();
    subject.marks = marksText(marks);
    subject.name = blind ? tr("Picture %1").arg(subject.letter) : tr("Picture %1, %2: %3").arg(subject.letter, size, prompt);
    if (subject.champion)
        subject.name = tr("%1, champion").arg(subject.name);
    if (!subject.marks.isEmpty())
        subject.name += u'.' + sentencesOf(marks, {});
    return subject;
}

void ComparePage::refresh()
{
    if (m_set.count() < CompareSet::least || !isVisible())
        return;
    refreshWanted();
    std::vector<CompareBoard::Subject> subjects;
    for (int place = 0; place < m_set.count(); ++place)
        subjects.push_back(subjectOf(place));
    m_board->setClosable(m_set.count() > CompareSet::least);
    m_board->setSubjects(std::move(subjects));
    m_second = std::clamp(m_second, 1, m_set.count() - 1);
    refreshWords();
    refreshLens();
    refreshDifference();
}

void ComparePage::refreshWanted()
{
    std::vector<PictureRequest> requests;
    std::vector<ThumbnailRequest> thumbnails;
    std::vector<WhatDiffers::Picture> runs;
    for (int place = 0; place < m_set.count(); ++place) {
        const QModelIndex index = m_set.shown()[size_t(place)];
        const QString key = pictureKeyOf(index), path = index.data(GalleryRole::File).toString();
        requests.push_back({ key, path, false });
        thumbnails.push_back({ key, path, ThumbnailSize::Large });
        runs.push_back({ letterOf(place), index.data(GalleryRole::RunId).value<RunId>(), index.data(GalleryRole::ImageIndex).toInt() });
    }
    const int stepping = chosenLens() ? m_second : m_board->active();
    for (const int by : { 1, -1 }) { // what a step would bring
        if (const QModelIndex index = m_set.next(stepping, by); index.isValid())
            requests.push_back({ pictureKeyOf(index), index.data(GalleryRole::File).toString(), true });
    }
    m_pictures.want(this, requests);
    m_thumbnails.want(this, thumbnails);
    m_whatDiffers->setPictures(runs);
}

void ComparePage::refreshWords()
{
    const CompareActions &a = *m_actions.compare;
    const bool sideBySide = !chosenLens();
    a.champion->setChecked(m_set.hasChampion());
    a.closePane->setEnabled(sideBySide && m_set.count() > CompareSet::least);
    a.paneBack->setEnabled(sideBySide && !m_set.hasChampion() && m_board->active() > 0);
    a.paneForward->setEnabled(sideBySide && !m_set.hasChampion() && m_board->active() + 1 < m_set.count());
    a.lensLess->setEnabled(!sideBySide);
    a.lensMore->setEnabled(!sideBySide);
    a.inStep->setEnabled(m_board->viewports().hasOffsets());
    m_lensBar->setNames(letterOf(0), letterOf(m_second));
}

/// Through a lens the first is compared with one pane after the other; else the pane shows the next picture.
void ComparePage::step(int by)
{
    if (chosenLens() && m_set.count() > 2) {
        const int others = m_set.count() - 1;
        m_second = 1 + (m_second - 1 + by + others) % others;
        refresh();
        return;
    }
    if (!m_set.step(chosenLens() ? m_second : m_board->active(), by)) {
        return;
    }
    refresh();
    activate(m_board->active());
}

void ComparePage::close(int place)
{
    m_set.close(place);
    refresh();
    focusPictures();
}

void ComparePage::move(int from, int to)
{
    m_set.move(from, to);
    refresh();
    m_board->setActive(std::clamp(to, 0, m_set.count() - 1));
}

void ComparePage::crown(bool champion)
{
    if (champion)
        m_set.crown(m_board->active());
    else if (m_board->active() == 1)
        m_set.crown(1); // the challenger has won: the next one comes
    else
        m_set.uncrown();
    refresh();
    m_board->setActive(m_set.hasChampion() ? 1 : 0);
}

void ComparePage::activate(int place)
{
    m_second = std::max(1, place);
    refreshWords();
    if (!m_actions.compare->blind->isChecked()) // else the details would tell
        makeCurrent(place);
    Q_EMIT pickedChanged();
}

void ComparePage::makeCurrent(int place)
{
    if (m_selection)
        m_selection->setCurrentIndex(m_set.shown()[size_t(place)], QItemSelectionModel::NoUpdate);
}

/// To the one that was picked.
void ComparePage::leave()
{
    makeCurrent(m_set.hasChampion() ? 0 : m_board->active());
    Q_EMIT closeRequested();
}

void ComparePage::keyPressEvent(QKeyEvent *event)
{
    if ((event->key() != Qt::Key_Return && event->key() != Qt::Key_Enter) || event->modifiers() & ~Qt::KeypadModifier) {
        QWidget::keyPressEvent(event);
        return;
    }
    makeCurrent(m_board->active());
    Q_EMIT openRequested();
}

std::optional<Lens> ComparePage::chosenLens() const
{
    const qsizetype number = m_actions.compare->lenses().indexOf(m_actions.compare->sideBySide->actionGroup()->checkedAction());
    return number > 0 ? std::optional(Lens(number - 1)) : std::nullopt;
}

void ComparePage::chooseLens()
{
    const std::optional<Lens> lens = chosenLens();
    const bool again = m_lensBar->isVisible() && lens == m_lensBar->state().lens;
    if (again && lens == Lens::Flicker) {
        m_lensBar->setHeld(!m_lensBar->isHeld());
        return;
    }
    if (lens)
        m_lensBar->setLens(*lens);
    m_lensBar->setVisible(lens.has_value());
    m_actions.compare->goToDifference->setEnabled(false);
    if (lens != Lens::Difference)
        m_difference->drop();
    refresh();
}

void ComparePage::refreshLens()
{
    const bool lens = chosenLens().has_value();
    m_board->setLens(lens ? std::optional(m_lensBar->state()) : std::nullopt, 0, m_second);
    tellOfLens();
    Q_EMIT pickedChanged();
}

/// The one pane shows two pictures then.
void ComparePage::tellOfLens()
{
    if (!chosenLens() || m_set.count() < CompareSet::least)
        return;
    QString lens = m_actions.compare->sideBySide->actionGroup()->checkedAction()->text();
    m_board->pane(0)->setAccessibleName(tr("Picture %1 and %2, %3", "two pictures through a lens")
                                            .arg(letterOf(0), letterOf(m_second), lens.remove(u'&').toLower()));
}

void ComparePage::refreshDifference()
{
    if (chosenLens() != Lens::Difference || !isVisible())
        return;
    const auto pictureAt = [this](int place) { return m_pictures.picture(pictureKeyOf(m_set.shown()[size_t(place)])); };
    m_difference->ask(pictureAt(0), pictureAt(m_second), m_lensBar->gain());
    m_board->setDifference(m_difference->picture());
    if (m_pictures.errorOf(pictureKeyOf(m_set.shown()[0])) || m_pictures.errorOf(pictureKeyOf(m_set.shown()[size_t(m_second)])))
        m_lensBar->setNote(tr("One of the two could not be opened."));
    else
        m_lensBar->setFigures(m_difference->difference());
    const PictureDifference *found = m_difference->difference();
    m_actions.compare->goToDifference->setEnabled(found && !found->isIdentical());
}

void ComparePage::goToDifference()
{
    const PictureDifference *found = m_difference->difference();
    if (!found || found->isIdentical())
        return;
    const QRectF bounds = found->bounds;
    const QSize view = m_board->pane(0)->deviceSize();
    const double scale = std::min({ 8.0, view.width() / bounds.width() / 1.2, view.height() / bounds.height() / 1.2 });
    m_board->showPlace({ bounds.center().x() / found->size.width(), bounds.center().y() / found->size.height() }, scale);
}

} // namespace plantain
