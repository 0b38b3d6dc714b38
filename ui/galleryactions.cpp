#include "galleryactions.h"

#include "actions.h"
#include "gallerydelegate.h"
#include "gallerypage.h"
#include "galleryview.h"
#include "menus.h"
#include "openlink.h"
#include "picturecopy.h"

#include <QAction>
#include <QClipboard>
#include <QFileInfo>
#include <QGuiApplication>
#include <QMenu>

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

void copyText(const QStringList &lines, const QString &between)
{
    if (!lines.isEmpty())
        QGuiApplication::clipboard()->setText(lines.join(between));
}

} // namespace

GalleryActions::GalleryActions(GalleryPage &page, GalleryView &view, const Actions &actions)
    : QObject(&page)
    , m_page(page)
    , m_view(view)
    , m_actions(actions)
    , m_copy(new PictureCopy(this))
{
    m_enable.setSingleShot(true);
    m_enable.setInterval(0ms);
    connect(&m_enable, &QTimer::timeout, this, &GalleryActions::enable);
    connectActions();
    m_view.addAction(actions.openPicture);
    m_view.setContextMenuPolicy(Qt::CustomContextMenu);
    connect(&view, &QWidget::customContextMenuRequested, this, &GalleryActions::openMenu);
    connect(&view, &QAbstractItemView::activated, this, &GalleryActions::activate);
    connect(&view, &GalleryView::copyRequested, actions.copyPicture, &QAction::trigger);
    connect(view.delegate(), &GalleryDelegate::triggered, this, &GalleryActions::act);
    connect(view.selectionModel(), &QItemSelectionModel::selectionChanged, this, &GalleryActions::refresh);
    connect(view.selectionModel(), &QItemSelectionModel::currentChanged, this, &GalleryActions::refresh);
    connect(view.model(), &QAbstractItemModel::dataChanged, this, &GalleryActions::refresh);
    connect(m_copy, &PictureCopy::failed, &page, &GalleryPage::said);
    enable();
}

void GalleryActions::connectActions()
{
    const auto on = [this](QAction *action, auto handler) { connect(action, &QAction::triggered, this, handler); };
    on(m_actions.openPicture, [this] { Q_EMIT m_page.openRequested(main()); });
    on(m_actions.useAsReference, [this] { Q_EMIT m_page.useAsReferenceRequested(files()); });
    on(m_actions.recall, [this] { Q_EMIT m_page.recallRequested(runOf(main())); });
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
        const QString folder = QFileInfo(main().data(GalleryRole::File).toString()).absolutePath();
        if (!openFolder(folder)) {
            Q_EMIT m_page.said({ .kind = ErrorKind::Disk, .type = u"io"_s,
                                 .message = tr("No file manager could be opened for %1.").arg(folder) });
        }
    });
    on(m_actions.exportPictures, [this] { Q_EMIT m_page.exportRequested(pictures()); });
    on(m_actions.cancelPicture, [this] { runAction(RunAction::Cancel); });
    on(m_actions.lookUpPicture, [this] { runAction(RunAction::LookUp); });
    on(m_actions.sendPictureAgain, [this] { runAction(RunAction::SendAgain); });
}

void GalleryActions::refresh()
{
    m_enable.start();
}

void GalleryActions::enable()
{
    RunActions allowed;
    bool hasPicture = false;
    int looked = 0;
    const auto look = [&](const QModelIndex &index) {
        allowed |= allowedOf(index);
        hasPicture = hasPicture || index.flags().testFlag(Qt::ItemIsDragEnabled);
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
    m_actions.showInFolder->setEnabled(mainIsPicture);
    m_actions.exportPictures->setEnabled(hasPicture && m_page.isHeard(&GalleryPage::exportRequested));
    for (QAction *action : { m_actions.useAsReference, m_actions.copyPicture, m_actions.copyPath })
        action->setEnabled(hasPicture);
    for (QAction *action : { m_actions.recall, m_actions.copyPrompt })
        action->setEnabled(first.isValid());
    m_actions.cancelPicture->setEnabled(allowed.testFlag(RunAction::Cancel));
    m_actions.lookUpPicture->setEnabled(allowed.testFlag(RunAction::LookUp));
    m_actions.sendPictureAgain->setEnabled(allowed.testFlag(RunAction::SendAgain));
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

void GalleryActions::runAction(RunAction action)
{
    QList<RunId> runs;
    for (const QModelIndex &index : m_view.chosen()) {
        // A run's tiles stand side by side but for an order by size.
        if (const RunId id = runOf(index); allowedOf(index).testFlag(action) && !runs.contains(id))
            runs << id;
    }
    for (const RunId &id : std::as_const(runs)) {
        if (action == RunAction::Cancel)
            Q_EMIT m_page.cancelRequested(id);
        else if (action == RunAction::LookUp)
            Q_EMIT m_page.lookUpRequested(id);
        else
            Q_EMIT m_page.sendAgainRequested(id);
    }
}

void GalleryActions::act(const QModelIndex &index, TileAction action)
{
    const RunId id = runOf(index);
    switch (action) {
    case TileAction::Cancel:
        Q_EMIT m_page.cancelRequested(id);
        break;
    case TileAction::LookUp:
        Q_EMIT m_page.lookUpRequested(id);
        break;
    case TileAction::SendAgain:
        Q_EMIT m_page.sendAgainRequested(id);
        break;
    case TileAction::Recall:
        Q_EMIT m_page.recallRequested(id);
        break;
    case TileAction::OpenSettings:
        Q_EMIT m_page.settingsRequested();
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
    if (action == TileAction::Recall || action == TileAction::LookUp || action == TileAction::OpenSettings)
        act(index, action);
}

void GalleryActions::openMenu(const QPoint &position)
{
    enable();
    auto *menu = new QMenu(&m_view);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const QModelIndex index = main();
    if (m_view.delegate()->wayOutOf(index) == TileAction::OpenSettings)
        menu->addAction(textOf(TileAction::OpenSettings), this, [this] { Q_EMIT m_page.settingsRequested(); });
    const Actions &a = m_actions;
    for (QAction *action : { a.lookUpPicture, a.sendPictureAgain, a.cancelPicture }) {
        if (action->isEnabled()) // of most pictures none is: not even a line for it
            menu->addAction(action);
    }
    menu->addSeparator();
    menu->addActions({ a.openPicture, a.useAsReference, a.recall });
    menu->addSeparator();
    fillMarks(*menu, a);
    menu->addSeparator();
    menu->addActions({ a.copyPicture, a.copyPrompt, a.copyPath });
    menu->addSeparator();
    menu->addActions({ a.showInFolder, a.exportPictures });
    // By the key it belongs to the current tile, wherever the pointer is.
    const QRect tile = m_view.visualRect(index);
    const bool byPointer = m_view.indexAt(position).isValid();
    menu->popup(m_view.viewport()->mapToGlobal(byPointer || !index.isValid() ? position : tile.center()));
}

} // namespace plantain
