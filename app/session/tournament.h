#pragma once

#include "pictureid.h"
#include "pairranking.h"
#include "runrecord.h"

#include <QHash>
#include <QObject>

namespace plantain {

class Library;

/// Finds which of some pictures is the best one by asking a person about pairs of them. Each answer is stored with the run
/// of its first picture and counts again when the same pictures meet later. Lives on the GUI thread; the library outlives
/// it.
class Tournament final : public QObject
{
    Q_OBJECT
public:
    static constexpr int most = 50; ///< pictures; the first ones are taken

    Tournament(Library &library, const std::vector<PictureId> &pictures, QObject *parent = nullptr);

    bool isReady() const { return m_awaited == 0; } ///< earlier answers are known
    const std::vector<PictureId> &pictures() const { return m_pictures; }
    const PairRanking &ranking() const { return m_ranking; }
    const std::optional<PairRanking::Pair> &question() const { return m_question; } ///< places in pictures(), left and right
    const RunRecord *recordOf(int picture) const; ///< null when it could not be read

    void answer(Verdict verdict); ///< of question(); First is the left one
    void skip();
    bool canUndo() const { return m_ranking.canUndo(); }
    void undo(); ///< also takes the answer from where it is stored; asks the same again

Q_SIGNALS:
    void changed();
    void failed(const plantain::Error &error); ///< an answer is not stored, or a run could not be read

private:
    void take(const RunId &run, const Result<RunRecord> &record);
    void begin();
    void store(const Vote &vote, PairRanking::Pair pair, bool given);

    Library &m_library;
    std::vector<PictureId> m_pictures;
    PairRanking m_ranking;
    std::vector<std::optional<Vote>> m_votes; ///< of each step of the ranking; none: skipped
    std::optional<PairRanking::Pair> m_question;
    QHash<RunId, RunRecord> m_records;
    int m_awaited = 0;
};

} // namespace plantain
