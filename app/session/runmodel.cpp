#include "runmodel.h"

#include "errortext.h"

#include <QLocale>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace plantain {

namespace {

QString oneLine(const QString &text)
{
    constexpr int shown = 300; // no cell is wider; eliding tens of thousands of characters is slow
    return text.left(shown).simplified();
}

std::optional<double> fractionOf(const RunSummary &run, const RunProgress *progress)
{
    using Phase = RunProgress::Phase;
    if (isFinal(run.state))
        return std::nullopt;
    if (progress && progress->bytesTotal > 0 && (progress->phase == Phase::Uploading || progress->phase == Phase::Fetching))
        return std::clamp(double(progress->bytesDone) / double(progress->bytesTotal), 0.0, 1.0);
    if (run.state == RunState::Completed && run.imagesGiven > 0)
        return double(run.imagesThere) / double(run.imagesGiven);
    return std::nullopt;
}

} // namespace

RunModel::RunModel(QObject *parent, Clock clock)
    : QAbstractTableModel(parent)
    , m_clock(std::move(clock))
    , m_tick(this)
{
    m_tick.setInterval(1s);
    connect(&m_tick, &QTimer::timeout, this, &RunModel::tick);
}

void RunModel::setEndpointTitles(const QHash<EndpointId, QString> &titles)
{
    m_titles = titles;
    if (!m_entries.empty())
        Q_EMIT dataChanged(index(0, EndpointColumn), index(rowCount() - 1, EndpointColumn));
}

void RunModel::addSummaries(const std::vector<RunSummary> &runs)
{
    std::vector<const RunSummary *> fresh;
    fresh.reserve(runs.size());
    for (const RunSummary &run : runs) {
        if (!m_places.contains(run.id))
            fresh.push_back(&run);
    }
    std::ranges::stable_sort(fresh, std::greater {}, [](const RunSummary *run) { return run->sequence; });
    insert(fresh);
}

// Neighbours enter in one insertion: a page of the past is one, whatever its size.
void RunModel::insert(const std::vector<const RunSummary *> &newestFirst)
{
    auto next = newestFirst.begin();
    while (next != newestFirst.end()) {
        const size_t place = placeFor((*next)->sequence);
        auto end = next + 1;
        while (end != newestFirst.end() && placeFor((*end)->sequence) == place)
            ++end;
        std::vector<Entry> entries;
        int open = 0;
        for (; next != end; ++next) {
            if (m_places.contains((*next)->id))
                continue; // twice in one batch
            m_places.insert((*next)->id, (*next)->sequence);
            open += isFinal((*next)->state) ? 0 : 1;
            entries.push_back({ listed(**next), nullptr, (*next)->sequence });
        }
        if (entries.empty())
            continue;
        beginInsertRows({}, int(place), int(place + entries.size()) - 1);
        m_entries.insert(m_entries.begin() + qsizetype(place), std::make_move_iterator(entries.begin()),
                         std::make_move_iterator(entries.end()));
        endInsertRows();
        countOpen(open);
    }
}

// Every run stays here for as long as the program runs: without its pictures, which are the gallery's, and with the words that
// all runs share held once.
RunSummary RunModel::listed(const RunSummary &run)
{
    const auto shared = [this](QString &text) { text = *m_words.insert(text); };
    RunSummary kept = run;
    std::vector<ImageRecord>().swap(kept.images); // the memory too
    shared(kept.server);
    shared(kept.endpoint.text);
    if (kept.price) {
        shared(kept.price->currency);
        shared(kept.price->formula);
    }
    return kept;
}

QModelIndex RunModel::indexOf(const RunId &id, int column) const
{
    const int row = rowOf(id);
    return row < 0 ? QModelIndex() : index(row, column);
}

std::optional<Price> RunModel::priceOf(const RunId &id) const
{
    const int row = rowOf(id);
    return row < 0 ? std::nullopt : m_entries[size_t(row)].run.price;
}

RunId RunModel::idAt(int row) const
{
    return row >= 0 && row < rowCount() ? m_entries[size_t(row)].run.id : RunId();
}

int RunModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_entries.size());
}

int RunModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant RunModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const Entry &entry = m_entries[size_t(index.row())];
    switch (role) {
    case Qt::DisplayRole:
        return cellText(entry, index.column());
    case Qt::ToolTipRole:
        return toolTip(entry, index.column());
    case Qt::AccessibleTextRole:
        return index.column() == StateColumn ? wordsFor(entry).sentence() : cellText(entry, index.column());
    case Qt::TextAlignmentRole:
        if (index.column() == ElapsedColumn || index.column() == ImagesColumn || index.column() == PriceColumn)
            return QVariant::fromValue(Qt::AlignRight | Qt::AlignVCenter);
        return QVariant::fromValue(Qt::AlignLeft | Qt::AlignVCenter);
    case RunIdRole:
        return QVariant::fromValue(entry.run.id);
    case RunStateRole:
        return int(entry.run.state);
    case RunRefusedRole:
        return isRefusal(entry.run.state, entry.run.error ? &*entry.run.error : nullptr);
    case RunToneRole:
        return int(wordsFor(entry).tone);
    case RunOpenRole:
        return !isFinal(entry.run.state);
    case RunHeadlineRole:
        return wordsFor(entry).headline;
    case RunDetailRole:
        return wordsFor(entry).detail;
    case RunSentenceRole:
        return wordsFor(entry).sentence();
    case RunFractionRole:
        if (const auto fraction = fractionOf(entry.run, entry.progress.get()))
            return *fraction;
        return {};
    case RunActionsRole:
        return int(actionsFor(entry).toInt());
    case RunWaitingRole:
        return m_waiting.value(entry.run.id);
    case RunPromptRole:
        return entry.run.prompt;
    default:
        return {};
    }
}

QVariant RunModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole) {
        const bool number = section == ElapsedColumn || section == ImagesColumn || section == PriceColumn;
        return QVariant::fromValue((number ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    }
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case StateColumn:
        return tr("State");
    case PromptColumn:
        return tr("Prompt");
    case ProgressColumn:
        return tr("Progress");
    case ElapsedColumn:
        return tr("Time");
    case ImagesColumn:
        return tr("Images");
    case PriceColumn:
        return tr("Price");
    case EndpointColumn:
        return tr("Endpoint");
    case ActionColumn:
        return tr("Action");
    default:
        return {};
    }
}

void RunModel::runAdded(const RunRecord &record)
{
    put(summaryOf(record));
}

void RunModel::runChanged(const RunRecord &record)
{
    put(summaryOf(record));
}

void RunModel::put(const RunSummary &run)
{
    const int row = rowOf(run.id);
    if (row < 0) {
        insert({ &run });
        return;
    }
    Entry &entry = m_entries[size_t(row)];
    const bool wasOpen = !isFinal(entry.run.state);
    const bool isOpen = !isFinal(run.state);
    const qint64 sequence = entry.run.sequence; // its place; it never changes once given
    entry.run = listed(run);
    entry.run.sequence = sequence;
    if (!isOpen)
        entry.progress.reset();
    Q_EMIT dataChanged(index(row, 0), index(row, ColumnCount - 1));
    countOpen(int(isOpen) - int(wasOpen));
}

void RunModel::progressed(const RunId &id, const RunProgress &progress)
{
    const int row = rowOf(id);
    if (row < 0)
        return;
    Entry &entry = m_entries[size_t(row)];
    if (isFinal(entry.run.state) || (entry.progress && *entry.progress == progress))
        return;
    const RunActions before = actionsFor(entry);
    entry.progress = std::make_shared<const RunProgress>(progress);
    Q_EMIT dataChanged(index(row, StateColumn), index(row, actionsFor(entry) == before ? ElapsedColumn : ActionColumn));
}

int RunModel::rowOf(const RunId &id) const
{
    const auto found = m_places.constFind(id);
    if (found == m_places.cend())
        return -1;
    for (size_t row = placeFor(*found); row < m_entries.size() && m_entries[row].place == *found; ++row) {
        if (m_entries[row].run.id == id)
            return int(row);
    }
    return -1;
}

size_t RunModel::placeFor(qint64 place) const
{
    const auto found = std::ranges::lower_bound(m_entries, place, std::greater {}, &Entry::place);
    return size_t(found - m_entries.begin());
}

void RunModel::countOpen(int change)
{
    if (change == 0)
        return;
    m_open += change;
    if (m_open > 0 && !m_tick.isActive())
        m_tick.start();
    else if (m_open == 0)
        m_tick.stop();
    Q_EMIT openRunsChanged(m_open);
}

void RunModel::tick()
{
    int left = m_open;
    for (int row = 0; row < rowCount() && left > 0; ++row) {
        if (isFinal(m_entries[size_t(row)].run.state))
            continue;
        --left;
        Q_EMIT dataChanged(index(row, ProgressColumn), index(row, ElapsedColumn), { Qt::DisplayRole });
    }
}

QString RunModel::cellText(const Entry &entry, int column) const
{
    const RunSummary &run = entry.run;
    switch (column) {
    case StateColumn:
        return wordsFor(entry).headline;
    case PromptColumn:
        return oneLine(run.prompt);
    case ProgressColumn:
        return oneLine(wordsFor(entry).detail);
    case ElapsedColumn:
        return elapsedText(elapsedSeconds(run));
    case ImagesColumn: {
        const int all = run.imagesGiven > 0 ? run.imagesGiven : run.imagesAsked;
        return run.imagesThere == all ? QString::number(all) : tr("%1 of %2").arg(run.imagesThere).arg(all);
    }
    case PriceColumn:
        return priceText(run.price);
    case EndpointColumn:
        return m_titles.value(run.endpoint, run.endpoint.text);
    case ActionColumn: {
        QStringList names;
        for (const RunAction action : runActionOrder) {
            if (actionsFor(entry).testFlag(action))
                names += textOf(action);
        }
        return names.join(" | "_L1);
    }
    default:
        return {};
    }
}

// Plain text: the view shows it as such whatever a prompt or a server wrote into it.
QString RunModel::toolTip(const Entry &entry, int column) const
{
    const RunSummary &run = entry.run;
    switch (column) {
    case StateColumn:
    case ProgressColumn: {
        const RunWords said = wordsFor(entry);
        if (!run.error)
            return said.sentence();
        return tr("%1: %2").arg(said.headline, errorText(*run.error, run.state).sentence());
    }
    case PromptColumn: {
        constexpr int shown = 2000;
        return run.prompt.size() > shown ? run.prompt.left(shown) + u'…' : run.prompt;
    }
    case ElapsedColumn:
        return tr("Started %1").arg(QLocale().toString(run.createdAt.toLocalTime(), QLocale::ShortFormat));
    case PriceColumn:
        return run.price ? run.price->formula : tr("The price is not known.");
    case EndpointColumn:
        return tr("%1 on %2").arg(run.endpoint.text, run.server);
    default:
        return {};
    }
}

qint64 RunModel::elapsedSeconds(const RunSummary &run) const
{
    if (!run.createdAt.isValid())
        return 0;
    const QDateTime end = isFinal(run.state) && run.endedAt.isValid() ? run.endedAt : m_clock();
    return run.createdAt.secsTo(end);
}

} // namespace plantain
