#pragma once

#include "draftstore.h"

#include <QElapsedTimer>
#include <QStringList>

namespace plantain {

class EndpointCatalog;

/// The steps by which the form became what it is, for undo and redo across all of it: prompt, parameters, endpoint,
/// references. A step is the difference of two drafts and names itself by it; typing without a pause into one place
/// is one step. Knows no model: whoever owns the form gives it every state and puts back what undo() returns.
class FormHistory final : public QObject
{
    Q_OBJECT
public:
    /// `pauseMs`: typing that rests so long begins a new step.
    explicit FormHistory(const EndpointCatalog &catalog, int pauseMs = 1000, QObject *parent = nullptr);

    void begin(const Draft &now); ///< no steps any more; `now` is where undo ends
    /// What the next difference is called ("example"), instead of by its parts. With `merges`, one that follows
    /// another of this name without a pause joins it.
    void nameNext(const QString &name, bool merges = false);
    void take(const Draft &now); ///< a step, when something differs
    void settle(const Draft &now); ///< what became of a draft that was put back

    bool canUndo() const { return m_at > 0; }
    bool canRedo() const { return m_at + 1 < m_states.size(); }
    QString undoName() const; ///< "typing in Prompt", to follow "Undo"; empty when there is nothing
    QString redoName() const;
    const Draft &undo(); ///< only if canUndo()
    const Draft &redo();

Q_SIGNALS:
    void changed();

private:
    struct State
    {
        Draft draft;
        QString name; ///< of the step that led here
        QString field; ///< where was typed; empty when the step takes no more
        qsizetype caret = -1; ///< behind the last letter typed or removed
        qsizetype typed = 0; ///< characters in this step
        bool removes = false;
        bool merges = false;
    };

    State stepTo(const Draft &now) const;
    bool joins(const State &step) const;

    const EndpointCatalog &m_catalog;
    const int m_pauseMs;
    std::vector<State> m_states { State {} };
    std::size_t m_at = 0;
    QString m_nextName;
    bool m_nextMerges = false;
    QElapsedTimer m_since; ///< the last step
};

} // namespace plantain
