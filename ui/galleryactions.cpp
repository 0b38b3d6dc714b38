#include "galleryactions.h"

#include "actions.h"
#include "compareset.h"
#include "gallerydelegate.h"
#include "gallerypage.h"
#include "galleryview.h"
#include "menus.h"
#include "openlink.h"
#include "picturecopy.h"
#include "sendagainquestion.h"

#include <QAction>
#include <QClipboard>
#include <QFileInfo>
#include <QGuiApplication>
#include <QMenu>
#include <QSet>

#include <algorithm>
#include <chrono>

using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace plantain {

namespace {

/// Whether an action is offered is decided by the first tiles of a large selection; acting takes them all.
constexpr int mostLookedAt = 2000;

RunActions allowedOf(const QModelIndex &index)
{
    return RunActions::fromInt(index.data(GalleryRole::Actions).toInt());
}

RunId runOf(const QModelIndex &index)
{
    return index.data(GalleryRole::RunId).value<RunId>();
}

std::vector<PictureId> picturesAt(const QModelIndexList &tiles)
{
    std::vector<PictureId> pictures;
    for (const QModelIndex &tile : tiles)
        pictures.push_back(pictureIdOf(tile));
    return pictures;
}

void copyText(const QStringList &lines, const QString &between)
{
    if (!lines.isEmpty())
        QGuiApplication::clipboard()->setText(lines.join(between));
}

} // namespace

GalleryActions::GalleryActions(GalleryPage &page, GalleryView &view, ConfirmBar &confirm, const Actions &actions)
    : QObject(&page)
    , m_page(page)
    , m_view(view)
    , m_actions(actions)
    , m_question(new SendAgainQuestion(confirm, this))
    , m_copy(new PictureCopy(this))
{
    m_enable.setSingleShot(true);
    m_enable.setInterval(0ms);
    connect(&m_enable, &QTimer::timeout, this, &GalleryActions::enable);
    connectActions();
    m_view.addActions({ actions.openPicture, actions.compare->open, actions.deletePictures });
    m_view.setContextMenuPolicy(Qt::CustomContextMenu);
    connect(&view, &QWidget::customContextMenuRequested, this, &GalleryActions::openMenu);
    connect(&view, &QAbstractItemView::activated, this, &GalleryActions::activate);
    connect(&view, &GalleryView::copyRequested, actions.copyPicture, &QAction::trigger);
    connect(view.delegate(), &GalleryDelegate::triggered, this, &GalleryActions::act);
    connect(view.selectionModel(), &QItemSelectionModel::selectionChanged, this, &GalleryActions::refresh);
    connect(view.selectionModel(), &QItemSelectionModel::currentChanged, this, &GalleryActions::refresh);
    connect(view.model(), &QAbstractItemModel::dataChanged, this, &GalleryActions::refresh);
    connect(m_question, &SendAgainQuestion::wanted, &page, &GalleryPage::sendAgainRequested);
    connect(m_copy, &PictureCopy::failed, &page, &GalleryPage::said);
    enable();
}

void GalleryActions::connectActions()
{
    const auto on = [this](QAction *action, auto handler) { connect(action, &QAction::triggered, this, handler); };
    on(m_actions.openPicture, [this] { Q_EMIT m_page.openRequested(main()); });
    on(m_actions.compare->open, [this] { Q_EMIT m_page.compareRequested(pictures()); });
    on(m_actions.useAsReference, [this] { Q_EMIT m_page.useAsReferenceRequested(files()); });
    on(m_actions.recall, [this] { Q_EMIT m_page.recallRequested(pictureIdOf(main())); });
    on(m_actions.copyPicture, [this] {
        QStringList all = files();
        const QString first = main().data(GalleryRole::File).toString();
        if (all.removeOne(first))
            all.prepend(first);
        m_copy->copy(all);
    });
    on(m_actions.copyPrompt, [this] {
        QStringList prompts;
        for (const QModelIndex &index : m_view.chosen())
            prompts << index.data(GalleryRole::WholePrompt).toString();
        prompts.removeDuplicates();
        copyText(prompts, u"\n\n"_s);
    });
    on(m_actions.copyPath, [this] { copyText(files(), u"\n"_s); });
    on(m_actions.showInFolder, [this] {
        const QString file = main().data(GalleryRole::File).toString();
        showInFolder(file, this, [this, file](bool shown) {
            if (!shown) {
                Q_EMIT m_page.said({ .kind = ErrorKind::Disk, .type = u"io"_s,
                                     .message = tr("No file manager could be opened for %1.").arg(QFileInfo(file).absolutePath()) });
            }
        });
    });
    on(m_actions.exportPictures, [this] { Q_EMIT m_page.exportRequested(pictures()); });
    on(m_actions.deletePictures, [this] {
        const QModelIndexList tiles = toDelete();
        const std::vector<PictureId> pictures = picturesAt(tiles);
        leave(tiles);
        Q_EMIT m_page.deleteRequested(pictures);
    });
    on(m_actions.restorePictures, [this] { Q_EMIT m_page.restoreRequested(picturesAt(toDelete())); });
    on(m_actions.cancelPicture, [this] { runAction(RunAction::Cancel); });
    on(m_actions.lookUpPicture, [this] { runAction(RunAction::LookUp | RunAction::LookAgain); });
    on(m_actions.sendPictureAgain, [this] { runAction(RunAction::SendAgain); });
}

void GalleryActions::refresh()
{
    m_enable.start();
}

void GalleryActions::enable()
{
    RunActions allowed;
    int pictures = 0, looked = 0;
    const auto look = [&](const QModelIndex &index) {
        allowed |= allowedOf(index);
        pictures += index.flags().testFlag(Qt::ItemIsDragEnabled);
    };
    for (const QItemSelectionRange &range : m_view.selectionModel()->selection()) {
        for (int row = range.top(); row <= range.bottom() && looked < mostLookedAt; ++row, ++looked)
            look(m_view.model()->index(row, 0));
    }
    const QModelIndex first = main();
    if (looked == 0 && first.isValid())
        look(first);
    const bool mainIsPicture = first.flags().testFlag(Qt::ItemIsDragEnabled);
    m_actions.openPicture->setEnabled(mainIsPicture && m_page.isHeard(&GalleryPage::openRequested));
    m_actions.compare->open->setEnabled(pictures >= CompareSet::least && pictures <= CompareSet::most
                                       && m_page.isHeard(&GalleryPage::compareRequested));
    m_actions.showInFolder->setEnabled(mainIsPicture);
    const bool inTrash = m_page.showsTrash();
    m_actions.deletePictures->setEnabled(first.isValid() && !inTrash && m_page.isHeard(&GalleryPage::deleteRequested));
    m_actions.restorePictures->setEnabled(first.isValid() && inTrash);
    m_actions.exportPictures->setEnabled(pictures > 0 && !inTrash && m_page.isHeard(&GalleryPage::exportRequested));
    for (QAction *action : { m_actions.useAsReference, m_actions.copyPicture, m_actions.copyPath })
        action->setEnabled(pictures > 0);
    for (QAction *action : { m_actions.recall, m_actions.copyPrompt })
        action->setEnabled(first.isValid());
    m_actions.cancelPicture->setEnabled(allowed.testFlag(RunAction::Cancel));
    m_actions.lookUpPicture->setEnabled(allowed.testFlag(RunAction::LookUp) || allowed.testFlag(RunAction::LookAgain));
    m_actions.sendPictureAgain->setEnabled(allowed.testFlag(RunAction::SendAgain));
}

/// What is selected; while one looks at a picture in full, that one.
QModelIndexList GalleryActions::toDelete() const
{
    const QModelIndex current = m_view.currentIndex();
    return m_view.isVisible() ? m_view.chosen() : current.isValid() ? QModelIndexList { current } : QModelIndexList();
}

/// The person goes on with the tile behind those that go, or else the one before them.
void GalleryActions::leave(const QModelIndexList &tiles)
{
    const auto stays = [](const QModelIndex &tile) {
        const auto state = runStateOf(tile.data(GalleryRole::RunStateWord).toString());
        return !state || !mayBeDeleted(*state);
    };
    if (tiles.isEmpty() || std::any_of(tiles.begin(), tiles.end(), stays))
        return;
    const QAbstractItemModel &model = *m_view.model();
    QModelIndex next = model.index(tiles.back().row() + 1, 0);
    for (auto tile = tiles.crbegin(); !next.isValid() && tile != tiles.crend(); ++tile) {
        if (std::next(tile) == tiles.crend() || std::next(tile)->row() != tile->row() - 1)
            next = model.index(tile->row() - 1, 0);
    }
    if (next.isValid())
        m_view.selectionModel()->setCurrentIndex(next, m_view.isVisible() ? QItemSelectionModel::ClearAndSelect
                                                                          : QItemSelectionModel::NoUpdate);
}

QModelIndexList GalleryActions::pictures() const
{
    QModelIndexList chosen = m_view.chosen();
    chosen.removeIf([](const QModelIndex &index) { return !index.flags().testFlag(Qt::ItemIsDragEnabled); });
    return chosen;
}

QStringList GalleryActions::files() const
{
    QStringList files;
    for (const QModelIndex &index : pictures())
        files << index.data(GalleryRole::File).toString();
    return files;
}

QModelIndex GalleryActions::main() const
{
    const QModelIndex current = m_view.currentIndex();
    if (!m_view.selectionModel()->hasSelection() || m_view.selectionModel()->isSelected(current))
        return current;
    int first = m_view.model()->rowCount();
    for (const QItemSelectionRange &range : m_view.selectionModel()->selection())
        first = std::min(first, range.top());
    return m_view.model()->index(first, 0);
}

void GalleryActions::runAction(RunActions any)
{
    QModelIndexList runs;
    QSet<RunId> seen;
    for (const QModelIndex &index : m_view.chosen()) {
        if (const RunId id = runOf(index); (allowedOf(index) & any) && !seen.contains(id)) {
            seen.insert(id);
            runs << index;
        }
    }
    if (any.testFlag(RunAction::SendAgain)) {
        sendAgain(runs);
        return;
    }
    for (const QModelIndex &index : std::as_const(runs)) {
        if (any.testFlag(RunAction::Cancel))
            Q_EMIT m_page.cancelRequested(runOf(index));
        else
            Q_EMIT m_page.lookUpRequested(runOf(index));
    }
}

void GalleryActions::sendAgain(const QModelIndexList &tiles)
{
    std::vector<std::pair<RunId, RunState>> runs;
    for (const QModelIndex &index : tiles)
        runs.emplace_back(runOf(index), runStateOf(index.data(GalleryRole::RunStateWord).toString()).value_or(RunState::Unknown));
    m_question->ask(runs);
}

void GalleryActions::act(const QModelIndex &index, TileAction action)
{
    const RunId id = runOf(index);
    switch (action) {
    case TileAction::Cancel:
        Q_EMIT m_page.cancelRequested(id);
        break;
    case TileAction::LookUp:
    case TileAction::LookAgain:
        Q_EMIT m_page.lookUpRequested(id);
        break;
    case TileAction::SendAgain:
        sendAgain({ index });
        break;
    case TileAction::FetchAgain:
        Q_EMIT m_page.fetchAgainRequested(pictureIdOf(index));
        break;
    case TileAction::Recall:
        Q_EMIT m_page.recallRequested(pictureIdOf(index));
        break;
    case TileAction::OpenSettings:
        Q_EMIT m_page.settingsRequested(id);
        break;
    case TileAction::None:
        break;
    }
}

/// Return or a double click. What costs money or ends a run is never done by so little.
void GalleryActions::activate(const QModelIndex &index)
{
    if (index.flags().testFlag(Qt::ItemIsDragEnabled)) {
        Q_EMIT m_page.openRequested(index);
        return;
    }
    const TileAction action = m_view.delegate()->wayOutOf(index);
    if (action == TileAction::Recall || action == TileAction::LookUp || action == TileAction::LookAgain
        || action == TileAction::OpenSettings || action == TileAction::FetchAgain)
        act(index, action);
}

void GalleryActions::openMenu(const QPoint &position)
{
    enable();
    auto *menu = new QMenu(&m_view);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const QModelIndex index = main();
    if (m_view.delegate()->wayOutOf(index) == TileAction::OpenSettings)
        menu->addAction(textOf(TileAction::OpenSettings), this,
                        [this, id = runOf(index)] { Q_EMIT m_page.settingsRequested(id); });
    if (m_view.delegate()->wayOutOf(index) == TileAction::FetchAgain)
        menu->addAction(textOf(TileAction::FetchAgain), this,
                        [this, tile = QPersistentModelIndex(index)] { act(tile, TileAction::FetchAgain); });
    const Actions &a = m_actions;
    for (QAction *action : { a.lookUpPicture, a.sendPictureAgain, a.cancelPicture }) {
        if (action->isEnabled()) // of most pictures none is: not even a line for it
            menu->addAction(action);
    }
    menu->addSeparator();
    menu->addActions({ a.openPicture, a.compare->open });
    menu->addSeparator();
    menu->addActions(a.goingOn());
    menu->addSeparator();
    fillMarks(*menu, a);
    menu->addSeparator();
    menu->addActions({ a.copyPicture, a.copyPrompt, a.copyPath });
    menu->addSeparator();
    menu->addActions({ a.showInFolder, a.exportPictures });
    menu->addSeparator();
    menu->addAction(m_page.showsTrash() ? a.restorePictures : a.deletePictures);
    // By the key it belongs to the current tile, wherever the pointer is.
    const QRect tile = m_view.visualRect(index);
    const bool byPointer = m_view.indexAt(position).isValid();
    menu->popup(m_view.viewport()->mapToGlobal(byPointer || !index.isValid() ? position : tile.center()));
}

} // namespace plantain
