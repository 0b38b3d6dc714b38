#pragma once

#include "runestimator.h"
#include "runprogress.h"

#include <QHash>
#include <QObject>
#include <QSet>

namespace plantain {

class Library;

/// Puts an estimate to what is told of a run's progress, from the library's own finished runs: those of the past are
/// read in pages after the start, those that end meanwhile are added. GUI thread.
class RunTiming final : public QObject
{
    Q_OBJECT
public:
    explicit RunTiming(Library &library, QObject *parent = nullptr);

    /// The newest few hundred runs of the past. Once, when the library is open.
    void readHistory();

public Q_SLOTS:
    void take(const plantain::RunRecord &run); ///< a run that is new, or has changed
    void progressed(const plantain::RunId &id, const plantain::RunProgress &progress);

Q_SIGNALS:
    void estimated(const plantain::RunId &id, const plantain::RunProgress &progress); ///< the same, with the estimate

private:
    void readPage(qint64 afterSequence, qint64 last);

    Library &m_library;
    RunEstimator m_estimator;
    QHash<RunId, RunTraits> m_open; ///< runs that are not at an end
    QHash<RunId, RunProgress> m_last; ///< told of them last; told again when an estimate has become possible
    QSet<RunId> m_counted; ///< ended since the start; the history may name them too
};

} // namespace plantain
