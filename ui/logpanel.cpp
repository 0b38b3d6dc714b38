#include "logpanel.h"

#include "actions.h"
#include "docktitle.h"
#include "emptyhint.h"
#include "logdelegate.h"
#include "logfilter.h"
#include "logmodel.h"
#include "theme.h"

#include <QAction>
#include <QClipboard>
#include <QGuiApplication>
#include <QHeaderView>
#include <QLineEdit>
#include <QScopedValueRollback>
#include <QScrollBar>
#include <QTableView>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace plantain {

namespace {

constexpr int lineHeight = 20;

QString emptyText()
{
    return LogPanel::tr("Nothing said yet. The server's log lines appear here while a run is under way.");
}

} // namespace

LogPanel::LogPanel(LogModel *model, const Actions &actions, QWidget *parent)
    : QWidget(parent)
    , m_model(model)
    , m_actions(actions)
    , m_filter(new LogFilter(this))
    , m_title(new DockTitle(tr("Log"), this))
    , m_search(new QLineEdit(this))
    , m_view(new QTableView(this))
    , m_hint(nullptr)
{
    m_filter->setSourceModel(m_model);
    build();

    m_view->addAction(actions.copyLog);
    connect(actions.copyLog, &QAction::triggered, this, &LogPanel::copy);
    connect(actions.clearLog, &QAction::triggered, m_model, &LogModel::clear);
    connect(actions.followLog, &QAction::toggled, this, &LogPanel::followToggled);
    connect(actions.findInLog, &QAction::triggered, this, &LogPanel::focusFilter);
    connect(m_search, &QLineEdit::textChanged, this, &LogPanel::setFilter);

    QScrollBar *bar = m_view->verticalScrollBar();
    connect(bar, &QScrollBar::valueChanged, this, &LogPanel::scrolled);
    connect(bar, &QScrollBar::rangeChanged, this, &LogPanel::rangeChanged);
    // The oldest lines leave: what one reads stays where it is.
    connect(m_filter, &QAbstractItemModel::rowsAboutToBeRemoved, this,
            [this](const QModelIndex &, int first, int last) {
                if (first == 0 && !isFollowing())
                    m_removedPixels += (last + 1) * lineHeight;
            });
}

void LogPanel::build()
{
    m_view->setModel(m_filter);
    m_view->setItemDelegate(new LogDelegate(this));
    m_view->setAccessibleName(tr("Log"));
    m_view->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_view->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_view->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_view->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_view->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_view->setTabKeyNavigation(false);
    m_view->setShowGrid(false);
    m_view->setWordWrap(false);
    m_view->verticalHeader()->hide();
    m_view->verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    m_view->verticalHeader()->setMinimumSectionSize(lineHeight);
    m_view->verticalHeader()->setDefaultSectionSize(lineHeight);
    m_view->horizontalHeader()->hide();
    m_view->horizontalHeader()->setSectionResizeMode(LogModel::TextColumn, QHeaderView::Stretch);
    const QFontMetrics metrics(m_view->font());
    m_view->setColumnWidth(LogModel::TimeColumn, metrics.horizontalAdvance(u"00:00:00.000"_s) + 2 * spacing::related);
    m_view->setColumnWidth(LogModel::RunColumn, metrics.horizontalAdvance(u"dddddd"_s) + 2 * spacing::related);
    m_view->setColumnWidth(LogModel::LevelColumn, metrics.horizontalAdvance(u"warning"_s) + 2 * spacing::related);
    m_hint = new EmptyHint(m_view, emptyText());

    m_search->setPlaceholderText(tr("Filter"));
    m_search->setAccessibleName(tr("Filter the log"));
    m_search->setToolTip(toolTipOf(*m_actions.findInLog));
    m_search->setClearButtonEnabled(true);
    m_search->setMaximumWidth(220);
    m_search->setMinimumWidth(80);
    m_title->addWidget(m_search, 2);
    m_title->addTool(m_actions.followLog);
    m_title->addTool(m_actions.copyLog);
    m_title->addTool(m_actions.clearLog);

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_view);
}

void LogPanel::focusList()
{
    m_view->setFocus(Qt::ShortcutFocusReason);
}

void LogPanel::focusFilter()
{
    m_search->setFocus(Qt::ShortcutFocusReason);
    m_search->selectAll();
}

bool LogPanel::isFollowing() const
{
    return m_actions.followLog->isChecked();
}

void LogPanel::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    m_view->setColumnHidden(LogModel::RunColumn, width() < 500);
    m_view->setColumnHidden(LogModel::LevelColumn, width() < 360);
}

// A person moved it: away from the end stops following, back at the end resumes.
void LogPanel::scrolled(int value)
{
    if (!m_ours)
        m_actions.followLog->setChecked(value >= m_view->verticalScrollBar()->maximum());
}

void LogPanel::rangeChanged()
{
    QScrollBar *bar = m_view->verticalScrollBar();
    const QScopedValueRollback ours(m_ours, true);
    if (isFollowing())
        bar->setValue(bar->maximum());
    else if (m_removedPixels > 0)
        bar->setValue(bar->value() - m_removedPixels);
    m_removedPixels = 0;
}

void LogPanel::followToggled(bool follow)
{
    if (follow) {
        const QScopedValueRollback ours(m_ours, true);
        m_view->scrollToBottom();
    }
}

void LogPanel::setFilter(const QString &text)
{
    {
        const QScopedValueRollback ours(m_ours, true);
        m_filter->setText(text.trimmed());
    }
    m_hint->setHint(m_model->rowCount() == 0 ? emptyText() : tr("No line holds this text."));
}

void LogPanel::copy()
{
    QModelIndexList rows = m_view->selectionModel()->selectedRows();
    std::ranges::sort(rows, {}, &QModelIndex::row);
    if (rows.isEmpty()) {
        for (int row = 0; row < m_filter->rowCount(); ++row)
            rows.append(m_filter->index(row, 0));
    }
    QStringList lines;
    lines.reserve(rows.size());
    for (const QModelIndex &row : std::as_const(rows))
        lines.append(row.data(LogModel::LogCopyRole).toString());
    if (!lines.isEmpty())
        QGuiApplication::clipboard()->setText(lines.join(u'\n') + u'\n');
}

} // namespace plantain
