#include "logpanel.h"

#include "actions.h"
#include "calmcombobox.h"
#include "docktitle.h"
#include "emptyhint.h"
#include "explain.h"
#include "icons.h"
#include "logdelegate.h"
#include "logfilter.h"
#include "logmodel.h"
#include "messagestrip.h"
#include "textfile.h"
#include "theme.h"
#include "whenfinished.h"

#include <QAction>
#include <QClipboard>
#include <QFileDialog>
#include <QGuiApplication>
#include <QHeaderView>
#include <QLineEdit>
#include <QScopedValueRollback>
#include <QScrollBar>
#include <QTableView>
#include <QToolButton>
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
    , m_level(new CalmComboBox(this))
    , m_run(new QToolButton(this))
    , m_saved(new MessageStrip(MessageStrip::Kind::Remark, this))
    , m_notSaved(new MessageStrip(MessageStrip::Kind::Problem, this))
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
    connect(actions.saveLog, &QAction::triggered, this, &LogPanel::askForFile);
    connect(m_level, &QComboBox::currentIndexChanged, this, &LogPanel::setLevel);
    connect(m_run, &QToolButton::clicked, this, [this] { showRun({}); });
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
    m_level->addItems({ tr("All levels"), tr("From info"), tr("From warning"), tr("Errors") }); // as LogLine::Level counts
    explain(m_level, tr("Level: only lines that matter as much or more"));
    m_level->setMinimumContentsLength(8);
    m_level->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_run->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_run->setIcon(iconNamed(u"close"_s));
    m_run->setFocusPolicy(Qt::TabFocus);
    m_run->setObjectName(u"runChip"_s);
    m_run->hide();
    m_title->addWidget(m_run);
    m_title->addWidget(m_level);
    m_title->addWidget(m_search, 2);
    m_title->addTool(m_actions.followLog);
    m_title->addTool(m_actions.copyLog);
    m_title->addTool(m_actions.saveLog);
    m_title->addTool(m_actions.clearLog);

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_saved);
    layout->addWidget(m_notSaved);
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
    filterChanged();
}

void LogPanel::setLevel(int place)
{
    {
        const QScopedValueRollback ours(m_ours, true);
        m_filter->setLeastLevel(LogLine::Level(place));
    }
    filterChanged();
}

void LogPanel::showRun(const RunId &id)
{
    {
        const QScopedValueRollback ours(m_ours, true);
        m_filter->setRun(id);
    }
    const QString name = shortNameOf(id);
    m_run->setText(name);
    m_run->setAccessibleName(tr("Run %1").arg(name));
    m_run->setToolTip(tr("Only lines of run %1 are shown. Press to show those of all runs.").arg(name));
    m_run->setVisible(!id.isEmpty());
    filterChanged();
}

void LogPanel::filterChanged()
{
    if (isFollowing())
        followToggled(true);
    m_hint->setHint(m_model->rowCount() == 0          ? emptyText()
                        : m_filter->text().isEmpty() ? tr("No line of this run or level.")
                                                     : tr("No line holds this text."));
}

QStringList LogPanel::shownLines() const
{
    QStringList lines;
    lines.reserve(m_filter->rowCount());
    for (int row = 0; row < m_filter->rowCount(); ++row)
        lines.append(m_filter->index(row, 0).data(LogModel::LogCopyRole).toString());
    return lines;
}

void LogPanel::copy()
{
    QModelIndexList rows = m_view->selectionModel()->selectedRows();
    std::ranges::sort(rows, {}, &QModelIndex::row);
    QStringList lines;
    lines.reserve(rows.size());
    for (const QModelIndex &row : std::as_const(rows))
        lines.append(row.data(LogModel::LogCopyRole).toString());
    if (lines.isEmpty())
        lines = shownLines();
    if (!lines.isEmpty())
        QGuiApplication::clipboard()->setText(lines.join(u'\n') + u'\n');
}

// The dialog asks before it names a file that is there.
void LogPanel::askForFile()
{
    auto *dialog = new QFileDialog(this, tr("Save the log"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setNameFilter(tr("Text (*.txt *.log)"));
    dialog->setDefaultSuffix(u"txt"_s);
    dialog->selectFile(u"plantain-log.txt"_s);
    connect(dialog, &QFileDialog::fileSelected, this, &LogPanel::saveTo);
    dialog->open();
}

void LogPanel::saveTo(const QString &file)
{
    const QStringList lines = shownLines();
    m_saved->dismiss();
    m_notSaved->dismiss();
    whenFinished(writeTextFile(file, lines), this, [this, file, count = lines.size()](const Result<void> &written) {
        if (written)
            m_saved->say(tr("%1 lines saved to %2").arg(count).arg(file));
        else
            m_notSaved->say(written.error());
    });
}

} // namespace plantain
