#include "gallerymodel.h"
#include "galleryrun.h"
#include "quotedtext.h"

#include <QMimeData>
#include <QUrl>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace plantain {

namespace {

const Marks unmarked;

/// Errors are few and pictures many: a pointer costs less than an empty optional<Error>.
std::shared_ptr<const Error> shared(const std::optional<Error> &error)
{
    return error ? std::make_shared<const Error>(*error) : nullptr;
}

} // namespace

GalleryModel::GalleryModel(FileResolver resolver, QObject *parent)
    : QAbstractListModel(parent)
    , m_resolver(std::move(resolver))
    , m_firstRows { 0 }
{
}

GalleryModel::~GalleryModel() = default;

int GalleryModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : m_firstRows.back();
}

QVariant GalleryModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const int place = placeAtRow(index.row());
    const Run &run = *m_runs[size_t(place)];
    const int number = index.row() - m_firstRows[size_t(place)];
    const Tile *tile = run.tileAt(number);
    const RunProgress *progress = progressOf(run);
    const TileState state = stateOf(run, tile, progress);

    switch (role) {
    case Qt::DisplayRole:
    case GalleryRole::Prompt:
        return run.shownPrompt();
    case GalleryRole::WholePrompt:
        return run.prompt;
    case Qt::AccessibleTextRole:
        return accessibleText(run, tile, state, number);
    case GalleryRole::RunId:
        return QVariant::fromValue(run.id);
    case GalleryRole::ImageIndex:
        return tile ? tile->index : number;
    case GalleryRole::State:
        return int(state);
    case GalleryRole::RunStateWord:
        return wordOf(run.state);
    case GalleryRole::File:
        return tile && !tile->file.isEmpty() ? m_resolver(tile->file) : QString();
    case GalleryRole::Sha256:
        return tile ? QString::fromLatin1(tile->sha256.toHex()) : QString();
    case GalleryRole::PixelSize:
        return tile ? tile->size : QSize();
    case GalleryRole::Progress:
        return QVariant::fromValue(progress ? *progress : RunProgress());
    case GalleryRole::Status:
        return tileStatusText(state, progress, run.cancel);
    case GalleryRole::Error:
    case GalleryRole::What:
    case GalleryRole::Next:
    case GalleryRole::Sentence:
        return errorData(run, tile, state, role);
    case GalleryRole::CreatedAt:
        return QDateTime::fromMSecsSinceEpoch(run.createdAt, Qt::UTC);
    case GalleryRole::Placeholder:
        return isPlaceholder(state);
    case GalleryRole::Actions:
        return actionsOf(run.state, run.cancel, run.error.get(), progress).toInt();
    case GalleryRole::WayOut:
        return int(wayOutOf(state, run.error.get(), actionsOf(run.state, run.cancel, run.error.get(), progress)));
    case GalleryRole::Trashed:
        return run.isTrashed(tile);
    case GalleryRole::Marks:
        return QVariant::fromValue(tile ? tile->marks : Marks());
    case GalleryRole::Deviations:
        return tile ? tile->deviations.toInt() : 0;
    case GalleryRole::DeviationText:
        return tile ? deviationText(run, *tile) : QString();
    default:
        return {};
    }
}

Qt::ItemFlags GalleryModel::flags(const QModelIndex &index) const
{
    Qt::ItemFlags flags = QAbstractListModel::flags(index);
    if (index.isValid() && factsAt(index.row()).state == TileState::Picture)
        flags |= Qt::ItemIsDragEnabled;
    return flags;
}

QStringList GalleryModel::mimeTypes() const
{
    return { u"text/uri-list"_s };
}

QMimeData *GalleryModel::mimeData(const QModelIndexList &indexes) const
{
    QList<QUrl> urls;
    for (const QModelIndex &index : indexes) {
        if (const QString file = index.data(GalleryRole::File).toString(); !file.isEmpty())
            urls << QUrl::fromLocalFile(file);
    }
    if (urls.isEmpty())
        return nullptr;
    auto *data = new QMimeData;
    data->setUrls(urls);
    return data;
}

GalleryModel::Facts GalleryModel::factsAt(int row) const
{
    const int place = placeAtRow(row);
    const Run &run = *m_runs[size_t(place)];
    const Tile *tile = run.tileAt(row - m_firstRows[size_t(place)]);
    return { .prompt = &run.prompt,
             .endpoint = run.endpoint,
             .state = stateOf(run, tile, isFinal(run.state) ? nullptr : progressOf(run)),
             .pixels = tile ? qint64(tile->size.width()) * tile->size.height() : 0,
             .price = run.price,
             .age = place,
             .isTrashed = run.isTrashed(tile),
             .marks = tile ? &tile->marks : &unmarked,
             .size = tile ? tile->size : QSize(),
             .deviations = tile ? tile->deviations : Deviations(),
             .asksForText = run.asksForText,
             .createdAt = run.createdAt,
             .sequence = run.sequence };
}

TileState GalleryModel::stateOf(const Run &run, const Tile *tile, const RunProgress *progress) const
{
    const TileState state = run.tileState(tile, progress);
    if (state != TileState::Picture || m_badFiles.isEmpty())
        return state;
    const FileState file = m_badFiles.value(tile->file, FileState::Good);
    return file == FileState::Good ? state : file == FileState::Missing ? TileState::FileMissing : TileState::FileChanged;
}

void GalleryModel::setFileState(const PictureId &picture, FileState state)
{
    const int row = rowOf(picture.run, picture.index);
    if (row < 0)
        return;
    const int place = placeAtRow(row);
    const Tile *tile = m_runs[size_t(place)]->tileAt(row - m_firstRows[size_t(place)]);
    if (!tile || tile->file.isEmpty() || m_badFiles.value(tile->file, FileState::Good) == state)
        return;
    if (state == FileState::Good)
        m_badFiles.remove(tile->file);
    else
        m_badFiles.insert(tile->file, state);
    Q_EMIT dataChanged(index(row), index(row));
}

void GalleryModel::addSummaries(const std::vector<RunSummary> &summaries)
{
    std::vector<RunPtr> fresh;
    for (const RunSummary &summary : summaries) {
        if (m_sequences.contains(summary.id))
            continue;
        if (RunPtr run = toRun(summary)) {
            m_sequences.insert(summary.id, summary.sequence);
            fresh.push_back(std::move(run));
        }
    }
    std::stable_sort(fresh.begin(), fresh.end(),
                     [](const RunPtr &one, const RunPtr &other) { return one->sequence > other->sequence; });
    // Neighbours that go to the same place go there together; a page of older runs is one insertion.
    auto begin = fresh.begin();
    while (begin != fresh.end()) {
        const int place = placeBySequence((*begin)->sequence);
        const auto end = std::find_if(begin, fresh.end(), [this, place](const RunPtr &run) {
            return placeBySequence(run->sequence) != place;
        });
        insert(place, { std::make_move_iterator(begin), std::make_move_iterator(end) });
        begin = end;
    }
}

int GalleryModel::rowOf(const RunId &id, int imageIndex) const
{
    const int place = placeOf(id);
    if (place < 0)
        return -1;
    const Run &run = *m_runs[size_t(place)];
    const int first = m_firstRows[size_t(place)];
    for (int number = 0; number < run.rows(); ++number) {
        const Tile *tile = run.tileAt(number);
        if ((tile ? tile->index : number) == imageIndex)
            return first + number;
    }
    return first;
}

int GalleryModel::rowsOf(const RunId &id) const
{
    const int place = placeOf(id);
    return place < 0 ? 0 : m_runs[size_t(place)]->rows();
}

std::vector<int> GalleryModel::rowsOfSequences(const std::vector<qint64> &sequences) const
{
    std::vector<int> rows;
    rows.reserve(sequences.size());
    const auto isNewer = [](const RunPtr &run, qint64 sequence) { return run->sequence > sequence; };
    auto from = m_runs.begin();
    for (auto sequence = sequences.rbegin(); sequence != sequences.rend() && from != m_runs.end(); ++sequence) {
        // By steps that double: many that are wanted lie close to each other, few far apart.
        auto to = from;
        for (qsizetype step = 1; to != m_runs.end() && isNewer(*to, *sequence); step *= 2) {
            from = to + 1;
            to += std::min<std::ptrdiff_t>(step, m_runs.end() - to);
        }
        from = std::lower_bound(from, to, *sequence, isNewer);
        if (from == m_runs.end() || (*from)->sequence != *sequence)
            continue;
        const auto place = size_t(from - m_runs.begin());
        for (int row = m_firstRows[place]; row < m_firstRows[place + 1]; ++row)
            rows.push_back(row);
    }
    return rows;
}

void GalleryModel::runAdded(const RunRecord &record)
{
    put(record.id, toRun(summaryOf(record)));
}

void GalleryModel::runChanged(const RunRecord &record)
{
    put(record.id, toRun(summaryOf(record)));
}

void GalleryModel::progressed(const RunId &id, const RunProgress &progress)
{
    const int place = placeOf(id);
    if (place < 0 || isFinal(m_runs[size_t(place)]->state) || m_progress.value(id) == progress)
        return;
    m_progress.insert(id, progress);
    Q_EMIT dataChanged(index(m_firstRows[size_t(place)]), index(m_firstRows[size_t(place) + 1] - 1),
                       { GalleryRole::Progress, GalleryRole::State, GalleryRole::Status, Qt::AccessibleTextRole });
}

/// Nothing of a run that has left the trash as a whole.
GalleryModel::RunPtr GalleryModel::toRun(const RunSummary &summary)
{
    const auto isGone = [](const ImageRecord &image) { return image.deletion == Deletion::Emptied; };
    if (isSeenByImages(summary.state, summary.images) ? std::ranges::all_of(summary.images, isGone)
                                                      : summary.deletion == Deletion::Emptied)
        return nullptr;
    auto run = std::make_unique<Run>();
    run->id = summary.id;
    run->sequence = summary.sequence;
    run->createdAt = summary.createdAt.toMSecsSinceEpoch();
    run->state = summary.state;
    run->cancel = summary.cancel;
    run->imagesAsked = summary.imagesAsked;
    run->imagesGiven = summary.imagesGiven;
    run->endpoint = placeOfEndpoint(summary.endpoint);
    run->price = summary.price ? summary.price->amount : -1;
    run->prompt = summary.prompt;
    run->asksForText = !quotedStrings(run->prompt).isEmpty();
    run->error = shared(summary.error);
    run->tiles.reserve(summary.images.size());
    run->deletion = summary.deletion;
    for (const ImageRecord &image : summary.images) {
        if (isGone(image))
            continue;
        run->tiles.push_back({ image.file, QByteArray::fromHex(image.sha256.toLatin1()), image.size, image.index,
                               image.deletion, image.deviations, image.marks, shared(image.error) });
    }
    return run;
}

int GalleryModel::placeOfEndpoint(const EndpointId &id)
{
    const auto found = std::find(m_endpoints.begin(), m_endpoints.end(), id);
    if (found != m_endpoints.end())
        return int(found - m_endpoints.begin());
    m_endpoints.push_back(id);
    Q_EMIT endpointsChanged();
    return int(m_endpoints.size()) - 1;
}

void GalleryModel::put(const RunId &id, RunPtr run)
{
    if (!run || isFinal(run->state))
        m_progress.remove(id);
    const int place = placeOf(id);
    if (place >= 0 && run)
        replace(place, std::move(run));
    else if (place >= 0)
        remove(place);
    if (place >= 0 || !run)
        return;
    m_sequences.insert(run->id, run->sequence);
    const int newPlace = placeBySequence(run->sequence);
    std::vector<RunPtr> one;
    one.push_back(std::move(run));
    insert(newPlace, std::move(one));
}

void GalleryModel::insert(int place, std::vector<RunPtr> runs)
{
    int rows = 0, inTrash = 0;
    for (const RunPtr &run : runs) {
        rows += run->rows();
        inTrash += run->trashed();
    }
    const int first = m_firstRows[size_t(place)];
    beginInsertRows({}, first, first + rows - 1);
    m_runs.insert(m_runs.begin() + place, std::make_move_iterator(runs.begin()), std::make_move_iterator(runs.end()));
    countRows(place);
    m_trashed += inTrash;
    endInsertRows();
    if (inTrash > 0)
        Q_EMIT trashedChanged();
}

void GalleryModel::remove(int place)
{
    const int first = m_firstRows[size_t(place)];
    beginRemoveRows({}, first, m_firstRows[size_t(place) + 1] - 1);
    const RunPtr gone = std::move(m_runs[size_t(place)]);
    m_runs.erase(m_runs.begin() + place);
    m_sequences.remove(gone->id);
    countRows(place);
    m_trashed -= gone->trashed();
    endRemoveRows();
    Q_EMIT trashedChanged();
}

void GalleryModel::replace(int place, RunPtr run)
{
    RunPtr &there = m_runs[size_t(place)];
    run->sequence = there->sequence; // order is given once
    if (*there == *run)
        return;
    const int first = m_firstRows[size_t(place)];
    const int before = there->rows();
    const int after = run->rows();
    const int inTrash = run->trashed() - there->trashed();
    m_trashed += inTrash; // before anybody asks
    if (after > before)
        beginInsertRows({}, first + before, first + after - 1);
    else if (after < before)
        beginRemoveRows({}, first + after, first + before - 1);
    there = std::move(run);
    if (after != before)
        countRows(place);
    if (after > before)
        endInsertRows();
    else if (after < before)
        endRemoveRows();
    Q_EMIT dataChanged(index(first), index(first + std::min(before, after) - 1));
    if (inTrash != 0)
        Q_EMIT trashedChanged();
}

/// Where a run of this sequence stands or would stand.
int GalleryModel::placeBySequence(qint64 sequence) const
{
    const auto found = std::lower_bound(m_runs.begin(), m_runs.end(), sequence,
                                        [](const RunPtr &run, qint64 value) { return run->sequence > value; });
    return int(found - m_runs.begin());
}

int GalleryModel::placeOf(const RunId &id) const
{
    const auto sequence = m_sequences.constFind(id);
    if (sequence == m_sequences.cend())
        return -1;
    for (size_t place = size_t(placeBySequence(*sequence)); place < m_runs.size(); ++place) {
        if (m_runs[place]->id == id)
            return int(place);
        if (m_runs[place]->sequence != *sequence)
            break;
    }
    return -1;
}

int GalleryModel::placeAtRow(int row) const
{
    return int(std::upper_bound(m_firstRows.begin(), m_firstRows.end(), row) - m_firstRows.begin()) - 1;
}

void GalleryModel::countRows(int fromPlace)
{
    m_firstRows.resize(m_runs.size() + 1);
    for (size_t place = size_t(fromPlace); place < m_runs.size(); ++place)
        m_firstRows[place + 1] = m_firstRows[place] + m_runs[place]->rows();
}

const RunProgress *GalleryModel::progressOf(const Run &run) const
{
    const auto found = m_progress.constFind(run.id);
    return found == m_progress.cend() ? nullptr : &*found;
}

QVariant GalleryModel::errorData(const Run &run, const Tile *tile, TileState state, int role) const
{
    if (isPlaceholder(state) || state == TileState::Picture)
        return role == GalleryRole::Error ? QVariant() : QVariant(QString());
    const bool isOfFile = state == TileState::FileMissing || state == TileState::FileChanged;
    const Error *error = isOfFile ? nullptr : tile && tile->error ? tile->error.get() : run.error.get();
    if (role == GalleryRole::Error)
        return error ? QVariant::fromValue(*error) : QVariant();

    const ErrorText text = tileErrorText(state, run.state, error);
    switch (role) {
    case GalleryRole::What:
        return text.what;
    case GalleryRole::Next:
        return text.next;
    default:
        return text.sentence();
    }
}

QString GalleryModel::deviationText(const Run &run, const Tile &tile)
{
    QStringList parts { textOf(tile.deviations & ~Deviations(Deviation::Count)) };
    if (tile.deviations.testFlag(Deviation::Count))
        parts.prepend(countText(run.imagesGiven, run.imagesAsked));
    parts.removeAll(QString());
    return parts.join(u", "_s);
}

QString GalleryModel::accessibleText(const Run &run, const Tile *tile, TileState state, int number) const
{
    const QString prompt = run.prompt.isEmpty() ? tr("No prompt") : run.shownPrompt();
    if (state == TileState::Picture) {
        return tr("%1. Picture %2 of %3, %4 by %5 pixels, done.")
                   .arg(prompt, QString::number(number + 1), QString::number(run.rows()), QString::number(tile->size.width()),
                        QString::number(tile->size.height()))
            + sentencesOf(tile->marks, deviationText(run, *tile));
    }
    const QString status = tileStatusText(state, progressOf(run), run.cancel);
    const QString what = errorData(run, tile, state, GalleryRole::What).toString();
    return what.isEmpty() ? tr("%1. %2.").arg(prompt, status) : tr("%1. %2: %3").arg(prompt, status, what);
}

} // namespace plantain
