#include "tournament.h"

#include "library.h"
#include "whenfinished.h"

#include <algorithm>

namespace plantain {

Tournament::Tournament(Library &library, const std::vector<PictureId> &pictures, QObject *parent)
    : QObject(parent)
    , m_library(library)
    , m_pictures(pictures.begin(), pictures.begin() + std::min<std::ptrdiff_t>(most, std::ptrdiff_t(pictures.size())))
    , m_ranking(int(m_pictures.size()))
{
    for (const PictureId &picture : m_pictures) {
        if (m_records.contains(picture.run))
            continue;
        m_records.insert(picture.run, {});
        ++m_awaited;
        whenFinished(library.run(picture.run), this,
                     [this, run = picture.run](const Result<RunRecord> &record) { take(run, record); });
    }
}

const RunRecord *Tournament::recordOf(int picture) const
{
    const auto found = m_records.constFind(m_pictures[size_t(picture)].run);
    return found == m_records.cend() || found->id.isEmpty() ? nullptr : &*found;
}

void Tournament::take(const RunId &run, const Result<RunRecord> &record)
{
    if (record)
        m_records[run] = *record;
    else
        Q_EMIT failed(record.error());
    if (--m_awaited == 0)
        begin();
}

/// With what was said of the same pictures before, in the order it was said.
void Tournament::begin()
{
    struct Earlier
    {
        Vote vote;
        PairRanking::Pair pair;
    };
    std::vector<Earlier> earlier;
    const auto placeOf = [this](const PictureId &picture) {
        return int(std::find(m_pictures.begin(), m_pictures.end(), picture) - m_pictures.begin());
    };
    for (const RunRecord &record : std::as_const(m_records)) {
        for (const Vote &vote : record.votes) {
            const int one = placeOf({ record.id, vote.image }), other = placeOf({ vote.otherRun, vote.otherImage });
            if (one != other && one < m_ranking.count() && other < m_ranking.count())
                earlier.push_back({ vote, { one, other } });
        }
    }
    std::stable_sort(earlier.begin(), earlier.end(), [](const Earlier &a, const Earlier &b) { return a.vote.at < b.vote.at; });
    for (const Earlier &one : earlier) {
        m_ranking.answer(one.pair, one.vote.verdict);
        m_votes.push_back(one.vote);
    }
    m_question = m_ranking.next();
    Q_EMIT changed();
}

void Tournament::answer(Verdict verdict)
{
    if (!m_question || !isReady())
        return;
    const PictureId &first = m_pictures[size_t(m_question->first)], &other = m_pictures[size_t(m_question->second)];
    QDateTime now = QDateTime::currentDateTimeUtc();
    // Later than the one before it, by the clock of the sidecar: the time tells answers apart.
    for (const std::optional<Vote> &vote : m_votes) {
        if (vote && vote->at >= now)
            now = vote->at.addMSecs(1);
    }
    const Vote vote { .image = first.index, .otherRun = other.run, .otherImage = other.index, .verdict = verdict, .at = now };
    store(vote, *m_question, true);
    m_ranking.answer(*m_question, verdict);
    m_votes.push_back(vote);
    m_question = m_ranking.next();
    Q_EMIT changed();
}

void Tournament::skip()
{
    if (!m_question || !isReady())
        return;
    m_ranking.skip(*m_question);
    m_votes.push_back(std::nullopt);
    m_question = m_ranking.next();
    Q_EMIT changed();
}

void Tournament::undo()
{
    if (!canUndo())
        return;
    const PairRanking::Pair pair = m_ranking.undo();
    if (m_votes.back())
        store(*m_votes.back(), pair, false);
    m_votes.pop_back();
    m_question = pair;
    Q_EMIT changed();
}

void Tournament::store(const Vote &vote, PairRanking::Pair pair, bool given)
{
    const auto change = [vote, given](RunRecord &run) {
        std::erase(run.votes, vote);
        if (given)
            run.votes.push_back(vote);
    };
    whenFinished(m_library.amend(m_pictures[size_t(pair.first)].run, change), this, [this](const Result<RunRecord> &result) {
        if (!result)
            Q_EMIT failed(result.error());
    });
}

} // namespace plantain
