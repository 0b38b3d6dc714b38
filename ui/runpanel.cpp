#include "runpanel.h"

#include "actions.h"
#include "confirmbar.h"
#include "docktitle.h"
#include "emptyhint.h"
#include "rundelegate.h"
#include "runmodel.h"
#include "sendagainquestion.h"
#include "theme.h"

#include <QAction>
#include <QHeaderView>
#include <QMenu>
#include <QTableView>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace plantain {

RunPanel::RunPanel(RunModel *model, const Actions &actions, QWidget *parent)
    : QWidget(parent)
    , m_model(model)
    , m_actions(actions)
    , m_title(new DockTitle(tr("Runs"), this))
    , m_view(new QTableView(this))
    , m_delegate(new RunDelegate(this))
    , m_confirm(new ConfirmBar(this))
    , m_question(new SendAgainQuestion(*m_confirm, this))
{
    build();

    m_title->addTool(actions.pauseSending);
    m_title->addTextAction(actions.cancelAll);
    m_view->addActions({ actions.cancelRun, actions.sendSooner, actions.sendLater });
    connect(actions.sendSooner, &QAction::triggered, this, [this] { moveSelected(-1); });
    connect(actions.sendLater, &QAction::triggered, this, [this] { moveSelected(1); });
    connect(actions.logOfRun, &QAction::triggered, this, [this] {
        if (const auto runs = selectedRuns(); !runs.empty())
            Q_EMIT logRequested(runs.front());
    });
    connect(m_question, &SendAgainQuestion::wanted, this, &RunPanel::sendAgainRequested);
    connect(m_model, &RunModel::waitingChanged, this, [this] {
        refreshSummary();
        refreshActions();
    });
    connect(actions.cancelRun, &QAction::triggered, this, [this] { act(RunAction::Cancel); });
    connect(actions.lookUp, &QAction::triggered, this, [this] {
        act(RunAction::LookUp);
        act(RunAction::LookAgain);
    });
    connect(actions.sendAgain, &QAction::triggered, this, [this] { act(RunAction::SendAgain); });
    connect(actions.showRun, &QAction::triggered, this, [this] {
        if (const auto runs = selectedRuns(); !runs.empty())
            Q_EMIT showRun(runs.front());
    });
    connect(m_delegate, &RunDelegate::triggered, this,
            [this](const QModelIndex &index, RunAction action) { act(action, index); });
    connect(m_view, &QAbstractItemView::activated, this,
            [this](const QModelIndex &index) { Q_EMIT showRun(m_model->idAt(index.row())); });
    connect(m_view, &QWidget::customContextMenuRequested, this, &RunPanel::openMenu);
    connect(m_view->selectionModel(), &QItemSelectionModel::selectionChanged, this, [this] {
        refreshActions();
        selectionMoved();
    });
    connect(m_view->selectionModel(), &QItemSelectionModel::currentRowChanged, m_view->viewport(),
            qOverload<>(&QWidget::update)); // the ring is around the row, the view repaints a cell
    connect(m_model, &QAbstractItemModel::dataChanged, this, [this](const QModelIndex &, const QModelIndex &,
                                                                    const QList<int> &roles) {
        if (roles.isEmpty()) // not the seconds
            refreshActions();
    });
    connect(m_model, &QAbstractItemModel::rowsInserted, this, &RunPanel::refreshSummary);
    connect(m_model, &RunModel::openRunsChanged, this, [this] {
        refreshSummary();
        refreshActions();
    });
    refreshActions();
    refreshSummary();
}

void RunPanel::build()
{
    m_view->setModel(m_model);
    m_view->setItemDelegate(m_delegate);
    m_view->setAccessibleName(tr("Runs"));
    m_view->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_view->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_view->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_view->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_view->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_view->setContextMenuPolicy(Qt::CustomContextMenu);
    m_view->setTabKeyNavigation(false);
    m_view->setDragDropMode(QAbstractItemView::DragDrop); // the model says what may be dragged: runs that wait
    m_view->setDefaultDropAction(Qt::MoveAction);
    m_view->setDragDropOverwriteMode(false);
    m_view->setShowGrid(false);
    m_view->setWordWrap(false);
    m_view->setMouseTracking(true);
    m_view->setCornerButtonEnabled(false);

    QHeaderView *rows = m_view->verticalHeader();
    rows->hide();
    rows->setSectionResizeMode(QHeaderView::Fixed);
    rows->setDefaultSectionSize(spacing::row);
    QHeaderView *columns = m_view->horizontalHeader();
    columns->setHighlightSections(false);
    columns->setSectionsClickable(false);
    columns->setMinimumSectionSize(24);
    columns->setSectionResizeMode(QHeaderView::Interactive);
    columns->setSectionResizeMode(RunModel::PromptColumn, QHeaderView::Stretch);
    columns->setFixedHeight(24);

    new EmptyHint(m_view, tr("No runs yet. Write a prompt and press Generate; what happens to it is shown here."));

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_view);
    layout->addWidget(m_confirm);
}

void RunPanel::selectRun(const RunId &id)
{
    if (const QModelIndex index = m_model->indexOf(id); index.isValid())
        m_view->setCurrentIndex(index);
}

void RunPanel::focusList()
{
    m_view->setFocus(Qt::ShortcutFocusReason);
}

std::vector<RunId> RunPanel::selectedRuns() const
{
    std::vector<RunId> runs;
    const QModelIndexList rows = m_view->selectionModel()->selectedRows();
    runs.reserve(size_t(rows.size()));
    for (const QModelIndex &row : rows)
        runs.push_back(m_model->idAt(row.row()));
    return runs;
}

// Qt says "changed" too when a new run pushes the selected row down; nobody asked to see anything then.
void RunPanel::selectionMoved()
{
    const std::vector<RunId> runs = selectedRuns();
    const RunId only = runs.size() == 1 ? runs.front() : RunId();
    if (only == m_shown)
        return;
    m_shown = only;
    if (!only.isEmpty())
        Q_EMIT showRun(only);
}

void RunPanel::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    fitColumns();
}

// Where there is little room, what matters least goes first: endpoint, price, images.
void RunPanel::fitColumns()
{
    const QFontMetrics metrics(m_view->font());
    QStyleOptionViewItem option;
    option.font = m_view->font();
    option.fontMetrics = metrics;
    const int wide = width();
    const auto textWidth = [&metrics](const QString &text) { return metrics.horizontalAdvance(text) + 2 * spacing::related + 2; };
    m_view->setColumnWidth(RunModel::StateColumn, textWidth(tr("Cancelling")) + 16 + spacing::related);
    m_view->setColumnWidth(RunModel::ProgressColumn, std::clamp(wide * 22 / 100, 110, 340));
    m_view->setColumnWidth(RunModel::ElapsedColumn, textWidth(u"0:00:00"_s));
    m_view->setColumnWidth(RunModel::ImagesColumn, textWidth(tr("Images")));
    m_view->setColumnWidth(RunModel::PriceColumn, textWidth(u"about $00.00"_s));
    m_view->setColumnWidth(RunModel::EndpointColumn, std::clamp(wide / 6, 120, 220));
    int one = 0;
    for (const RunAction action : runActionOrder)
        one = std::max(one, RunDelegate::buttonWidth(option, action));
    const int two = RunDelegate::buttonWidth(option, RunAction::LookUp)
        + RunDelegate::buttonWidth(option, RunAction::SendAgain) + spacing::tight;
    m_view->setColumnWidth(RunModel::ActionColumn, (wide >= 900 ? two : one) + 2 * spacing::related);
    m_view->setColumnHidden(RunModel::EndpointColumn, wide < 1300);
    m_view->setColumnHidden(RunModel::PriceColumn, wide < 800);
    m_view->setColumnHidden(RunModel::ImagesColumn, wide < 600);
}

void RunPanel::refreshActions()
{
    RunActions allowed;
    const QModelIndexList rows = m_view->selectionModel()->selectedRows();
    for (const QModelIndex &row : rows)
        allowed |= RunActions::fromInt(row.data(RunActionsRole).toInt());
    m_actions.cancelRun->setEnabled(allowed.testFlag(RunAction::Cancel) || allowed.testFlag(RunAction::Remove));
    m_actions.lookUp->setEnabled(allowed.testFlag(RunAction::LookUp) || allowed.testFlag(RunAction::LookAgain));
    m_actions.sendAgain->setEnabled(allowed.testFlag(RunAction::SendAgain));
    m_actions.showRun->setEnabled(rows.size() == 1);
    m_actions.logOfRun->setEnabled(rows.size() == 1);
    const int place = rows.size() == 1 ? rows.front().data(RunWaitingRole).toInt() : 0;
    m_actions.sendSooner->setEnabled(place > 1);
    m_actions.sendLater->setEnabled(place > 0 && place < m_model->waitingRuns());
    m_actions.cancelWaiting->setEnabled(m_model->waitingRuns() > 0);
    m_actions.cancelAll->setEnabled(m_model->openRuns() > 0);
}

void RunPanel::refreshSummary()
{
    const int open = m_model->openRuns();
    const int all = m_model->rowCount();
    QStringList parts;
    if (all > 0)
        parts << (open > 0 ? tr("%1 open of %2").arg(open).arg(all) : QString::number(all));
    if (const int waiting = m_model->waitingRuns(); waiting > 0)
        parts << tr("%1 not sent").arg(waiting);
    if (m_model->isPaused())
        parts << tr("sending is paused");
    m_title->setSummary(parts.join(u", "_s));
}

void RunPanel::act(RunAction action)
{
    std::vector<RunId> runs;
    const QModelIndexList rows = m_view->selectionModel()->selectedRows();
    for (const QModelIndex &row : rows) {
        const RunActions allowed = RunActions::fromInt(row.data(RunActionsRole).toInt());
        if (allowed.testFlag(action) || (action == RunAction::Cancel && allowed.testFlag(RunAction::Remove)))
            runs.push_back(m_model->idAt(row.row()));
    }
    if (action == RunAction::SendAgain) {
        sendAgain(runs);
        return;
    }
    for (const RunId &id : runs) // a run that is cancelled may move the others
        act(action, m_model->indexOf(id));
}

void RunPanel::sendAgain(const std::vector<RunId> &runs)
{
    std::vector<std::pair<RunId, RunState>> asked;
    for (const RunId &id : runs)
        asked.emplace_back(id, RunState(m_model->indexOf(id).data(RunStateRole).toInt()));
    m_question->ask(asked);
}

void RunPanel::moveSelected(int step)
{
    const QModelIndexList rows = m_view->selectionModel()->selectedRows();
    const int place = rows.size() == 1 ? rows.front().data(RunWaitingRole).toInt() : 0;
    if (place > 0)
        Q_EMIT moveRequested(m_model->idAt(rows.front().row()), place - 1 + step);
}

void RunPanel::act(RunAction action, const QModelIndex &index)
{
    const RunId id = m_model->idAt(index.row());
    switch (action) {
    case RunAction::Cancel:
    case RunAction::Remove:
        Q_EMIT cancelRequested(id);
        break;
    case RunAction::LookUp:
    case RunAction::LookAgain:
        Q_EMIT lookUpRequested(id);
        break;
    case RunAction::EnterKey:
        Q_EMIT keyRequested(id);
        break;
    case RunAction::TryNow:
        Q_EMIT tryNowRequested(id);
        break;
    case RunAction::SendAgain:
        sendAgain({ id });
        break;
    case RunAction::None:
        break;
    }
}

void RunPanel::openMenu(const QPoint &position)
{
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addAction(m_actions.showRun);
    menu->addAction(m_actions.logOfRun);
    menu->addSeparator();
    menu->addAction(m_actions.cancelRun);
    menu->addAction(m_actions.lookUp);
    menu->addAction(m_actions.sendAgain);
    menu->addSeparator();
    menu->addAction(m_actions.sendSooner);
    menu->addAction(m_actions.sendLater);
    menu->addAction(m_actions.pauseSending);
    menu->addSeparator();
    menu->addAction(m_actions.cancelWaiting);
    menu->addAction(m_actions.cancelAll);
    menu->popup(m_view->viewport()->mapToGlobal(position));
}

} // namespace plantain
