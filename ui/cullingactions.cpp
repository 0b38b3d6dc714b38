#include "cullingactions.h"

#include "actions.h"
#include "collectionmenu.h"
#include "comparepage.h"
#include "galleryfilter.h"
#include "gallerypage.h"
#include "galleryview.h"
#include "marking.h"
#include "picturecanvas.h"
#include "pictureviewer.h"

#include <QAction>

#include <algorithm>

namespace plantain {

namespace {

bool isMarkable(const QModelIndex &index)
{
    return index.flags().testFlag(Qt::ItemIsDragEnabled) && !index.data(GalleryRole::Trashed).toBool();
}

} // namespace

CullingActions::CullingActions(Marking &marking, GalleryPage &page, PictureViewer &viewer, ComparePage &comparing,
                               const Actions &actions)
    : QObject(&page)
    , m_marking(marking)
    , m_page(page)
    , m_actions(actions)
    , m_viewer(viewer)
    , m_comparing(comparing)
{
    for (QWidget *widget : { static_cast<QWidget *>(page.view()), static_cast<QWidget *>(&viewer) })
        widget->addActions(actions.ofMarks());
    comparing.addActions(actions.ofOneMark());

    const auto on = [this](QAction *action, auto set) {
        connect(action, &QAction::triggered, this, [this, set] { mark(set); });
    };
    using Pictures = std::vector<PictureId>;
    for (int stars = 0; stars < actions.stars.size(); ++stars)
        on(actions.stars.at(stars), [this, stars](const Pictures &pictures) { m_marking.setRating(pictures, stars); });
    on(actions.keep, [this](const Pictures &pictures) { m_marking.setFlag(pictures, Flag::Keep); });
    on(actions.reject, [this](const Pictures &pictures) { m_marking.setFlag(pictures, Flag::Reject); });
    on(actions.unflag, [this](const Pictures &pictures) { m_marking.setFlag(pictures, Flag::None); });
    for (int number = 0; number < actions.labels.size(); ++number) {
        on(actions.labels.at(number), [this, label = ColourLabel(number + 1)](const Pictures &pictures) {
            const bool isSet = std::all_of(pictures.begin(), pictures.end(), [this, label](const PictureId &picture) {
                return m_marking.marksOf(picture).label == label;
            });
            m_marking.setLabel(pictures, isSet ? ColourLabel::None : label);
        });
    }
    connect(actions.collect, &QAction::triggered, this, &CullingActions::openCollections);
    connect(actions.undoMark, &QAction::triggered, &marking, &Marking::undo);
    connect(actions.redoMark, &QAction::triggered, &marking, &Marking::redo);
    connect(&marking, &Marking::changed, this, &CullingActions::nameUndo);
    connect(&page, &GalleryPage::selectionChanged, this, &CullingActions::enable);
    connect(&page, &GalleryPage::currentChanged, this, &CullingActions::enable);
    connect(page.view()->model(), &QAbstractItemModel::dataChanged, this, &CullingActions::enable);
    connect(&comparing, &ComparePage::pickedChanged, this, &CullingActions::enable);
    nameUndo();
    enable();
}

std::vector<PictureId> CullingActions::pictures() const
{
    QModelIndexList chosen;
    if (m_comparing.isVisible())
        chosen << m_comparing.picked();
    else if (m_viewer.isVisible())
        chosen << m_page.view()->currentIndex();
    else
        chosen = m_page.view()->chosen();
    std::vector<PictureId> ids;
    for (const QModelIndex &index : chosen) {
        if (isMarkable(index))
            ids.push_back(pictureIdOf(index));
    }
    return ids;
}

void CullingActions::mark(const std::function<void(const std::vector<PictureId> &)> &set)
{
    const std::vector<PictureId> chosen = pictures();
    set(chosen);
    if (chosen.size() == 1 && m_actions.advance->isChecked() && !m_comparing.isVisible())
        goOn();
}

/// To the next picture as shown; at the last one it stays.
void CullingActions::goOn()
{
    const QAbstractItemModel *model = m_page.view()->model();
    int row = m_page.view()->currentIndex().row() + 1;
    while (row < model->rowCount() && !isMarkable(model->index(row, 0)))
        ++row;
    if (row < model->rowCount())
        m_page.view()->selectionModel()->setCurrentIndex(model->index(row, 0), QItemSelectionModel::ClearAndSelect);
}

void CullingActions::openCollections()
{
    const std::vector<PictureId> chosen = pictures();
    if (chosen.empty())
        return;
    QWidget *parent = m_viewer.isVisible() ? static_cast<QWidget *>(m_viewer.canvas()) : m_page.view()->viewport();
    auto *menu = new CollectionMenu(m_marking, chosen, parent);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const QRect tile = m_viewer.isVisible() ? parent->rect() : m_page.view()->visualRect(m_page.view()->currentIndex());
    menu->popup(parent->mapToGlobal(tile.intersected(parent->rect()).center()));
}

/// The first of a large selection tells; acting takes them all.
void CullingActions::enable()
{
    const QItemSelection selection = m_page.view()->selectionModel()->selection();
    bool any = selection.isEmpty() && isMarkable(m_page.view()->currentIndex());
    int looked = 0, selected = 0;
    for (const QItemSelectionRange &range : selection) {
        selected += range.height();
        for (int row = range.top(); row <= range.bottom() && !any && looked < 2000; ++row, ++looked)
            any = isMarkable(m_page.view()->model()->index(row, 0));
    }
    for (QAction *action : m_actions.ofMarks()) {
        if (action != m_actions.advance)
            action->setEnabled(any);
    }
    for (QAction *action : m_actions.ofOneMark())
        action->setEnabled(m_comparing.isVisible() ? isMarkable(m_comparing.picked()) : any);
    m_actions.tournament->setEnabled(any && selected > 1);
}

void CullingActions::nameUndo()
{
    const auto name = [](QAction *action, bool can, const QString &text, const QString &what) {
        action->setEnabled(can);
        action->setText(can ? tr("%1: %2").arg(text, QString(what).replace(u'&', QStringLiteral("&&"))) : text);
    };
    name(m_actions.undoMark, m_marking.canUndo(), tr("Undo &mark"), m_marking.undoName());
    name(m_actions.redoMark, m_marking.canRedo(), tr("R&edo mark"), m_marking.redoName());
}

} // namespace plantain
