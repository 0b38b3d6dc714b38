#pragma once

#include "runprogress.h"
#include "runsummary.h"

#include <QFlags>
#include <Qt>

#include <array>

namespace plantain {

/// What a list of runs tells a view, beside the text of its cells. The same numbers in every model that shows runs.
enum RunRole : int {
    RunIdRole = Qt::UserRole + 1, ///< RunId
    RunStateRole, ///< int of RunState
    RunRefusedRole, ///< bool: see isRefusal()
    RunToneRole, ///< int of RunTone
    RunOpenRole, ///< bool: something still happens by itself
    RunHeadlineRole, ///< QString: one or two words, "Queued"
    RunDetailRole, ///< QString: what belongs to the headline, "3 ahead"; may be empty
    RunSentenceRole, ///< QString: both, "Queued, 3 ahead"
    RunFractionRole, ///< double 0..1, or invalid when there is no measure
    RunActionsRole, ///< int of RunActions
    RunWaitingRole, ///< int: place among the runs that are not sent yet, 1 is the next one; 0 when it is none of them
    RunPromptRole, ///< QString: the whole prompt, foreign text
};

/// To a person a "no" is no fault, whoever said it and when: the server did not take the input, or the model did not want
/// to draw it (fal-protocol.md 4.1). `error` may be null.
bool isRefusal(RunState state, const Error *error);

/// How a state wants to be seen; the view knows the colours.
enum class RunTone { Quiet, Active, Good, Attention, Bad };

enum class RunAction {
    None = 0,
    Cancel = 1,
    LookUp = 2, ///< whether the server took it
    SendAgain = 4,
    Remove = 8, ///< cancels what was never sent
    LookAgain = 16, ///< for a result that was not to be had
    EnterKey = 32,
    TryNow = 64, ///< does not wait any longer for the next try
};
/// In the order in which they are offered.
inline constexpr std::array runActionOrder { RunAction::EnterKey, RunAction::Cancel, RunAction::Remove, RunAction::LookUp,
                                             RunAction::LookAgain, RunAction::SendAgain, RunAction::TryNow };
Q_DECLARE_FLAGS(RunActions, RunAction)
Q_DECLARE_OPERATORS_FOR_FLAGS(RunActions)

/// What a person may do with a run. `error` is its own, `progress` what is known of it now; both may be null.
RunActions actionsOf(RunState state, CancelOutcome cancel, const Error *error, const RunProgress *progress);
QString textOf(RunAction action); ///< "Cancel"
QString cancelText(CancelOutcome outcome); ///< what the server answered to a cancel, as a sentence

/// A run's state in a person's words.
struct RunWords
{
    QString headline; ///< "Fetching"
    QString detail; ///< "2 of 4"
    RunTone tone = RunTone::Quiet;

    QString sentence() const; ///< "Fetching 2 of 4", "Queued, 3 ahead", "Waiting: no connection"
    bool operator==(const RunWords &) const = default;

    enum class Joint { Space, Comma, Colon } joint = Joint::Comma;
};
/// `progress` may be null: nobody follows the run right now. `now` (UTC) is for the time left.
RunWords wordsOf(const RunSummary &run, const RunProgress *progress, const QDateTime &now = QDateTime::currentDateTimeUtc());
/// Of a run that is not sent yet: `place` 1 is the next one.
RunWords waitingWords(int place, bool paused);

/// "about 12 s left", "usually within 5 s", "longer than usual", "no estimate yet".
QString timeLeftText(const RunProgress &progress, const QDateTime &now);

QString elapsedText(qint64 seconds); ///< "7 s", "2:05", "1:02:03", "3 d 4 h"
QString priceText(const std::optional<Price> &price); ///< "$0.32", "about $0.32", or empty

} // namespace plantain
