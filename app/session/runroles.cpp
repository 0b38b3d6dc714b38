#include "runroles.h"

#include "errortext.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace plantain {

namespace {

QString tr(const char *text, const char *comment = nullptr)
{
    return QCoreApplication::translate("RunWords", text, comment);
}

using Joint = RunWords::Joint;

RunWords words(const QString &headline, RunTone tone, const QString &detail = {}, Joint joint = Joint::Comma)
{
    RunWords made;
    made.headline = headline;
    made.detail = detail;
    made.tone = tone;
    made.joint = joint;
    return made;
}

QString percentOf(const RunProgress &progress)
{
    if (progress.bytesTotal <= 0)
        return {};
    const auto percent = std::clamp<qint64>(progress.bytesDone * 100 / progress.bytesTotal, 0, 100);
    return tr("%1 %", "share of an upload").arg(percent);
}

QString queuedDetail(const RunProgress &progress)
{
    const std::optional<int> &position = progress.queuePosition;
    QString place;
    if (position)
        place = *position <= 0 ? tr("next in line") : tr("%1 ahead").arg(*position);
    if (!progress.estimate)
        return place;
    const QString then = elapsedText(std::max<qint64>(std::llround(progress.estimate->median), 1));
    return place.isEmpty() ? tr("about %1 once it runs").arg(then) : tr("%1, then about %2").arg(place, then);
}

RunWords fetchingWords(const RunSummary &run)
{
    const int all = run.imagesGiven > 0 ? run.imagesGiven : run.imagesAsked;
    return words(tr("Fetching"), RunTone::Active, tr("%1 of %2").arg(run.imagesThere).arg(all), Joint::Space);
}

QString waitingDetail(const RunProgress &progress, const QDateTime &now)
{
    const qint64 seconds = progress.nextTry.isValid() ? now.secsTo(progress.nextTry) : 0;
    return seconds > 0 ? tr("%1 Next try in %2.").arg(progress.note, elapsedText(seconds)) : progress.note;
}

RunWords followedWords(const RunSummary &run, const RunProgress &progress, const QDateTime &now)
{
    using Phase = RunProgress::Phase;
    switch (progress.phase) {
    case Phase::Preparing:
        return words(tr("Preparing"), RunTone::Active);
    case Phase::Uploading:
        return words(tr("Uploading"), RunTone::Active, percentOf(progress), Joint::Space);
    case Phase::Sending:
        return words(tr("Sending"), progress.note.isEmpty() ? RunTone::Active : RunTone::Attention, progress.note);
    case Phase::Queued:
        return words(tr("Queued"), RunTone::Active, progress.note.isEmpty() ? queuedDetail(progress) : progress.note);
    case Phase::Running:
        return words(tr("Running"), RunTone::Active, progress.note.isEmpty() ? timeLeftText(progress, now) : progress.note);
    case Phase::Fetching:
        return fetchingWords(run);
    case Phase::Waiting:
        return words(tr("Waiting"), RunTone::Attention, waitingDetail(progress, now), Joint::Colon);
    }
    return {};
}

RunWords openWords(const RunSummary &run)
{
    switch (run.state) {
    case RunState::Intent:
        return words(tr("Preparing"), RunTone::Active);
    case RunState::Sending:
        return words(tr("Sending"), RunTone::Active);
    case RunState::Accepted:
        return words(tr("Accepted"), RunTone::Active, tr("no news yet"));
    case RunState::Completed:
        return fetchingWords(run);
    default:
        return words(tr("Finishing"), RunTone::Active);
    }
}

RunWords doneWords(const RunSummary &run)
{
    const int missing = run.imagesGiven - run.imagesThere;
    if (run.imagesGiven == 0)
        return words(tr("Done"), RunTone::Attention, tr("the result had no images"));
    if (missing > 0)
        return words(tr("Done"), RunTone::Attention, tr("%1 of %2 missing").arg(missing).arg(run.imagesGiven));
    if (run.imagesGiven < run.imagesAsked)
        return words(tr("Done"), RunTone::Attention, tr("%1 of %2").arg(run.imagesGiven).arg(run.imagesAsked), Joint::Space);
    const bool wasToEnd = run.cancel == CancelOutcome::TooLate || run.cancel == CancelOutcome::Requested;
    return words(tr("Done"), RunTone::Good, wasToEnd ? tr("too late to cancel") : QString());
}

RunWords cancelledWords(const RunSummary &run)
{
    if (run.cancel == CancelOutcome::Requested)
        return words(tr("Cancelled"), RunTone::Attention,
                     run.price && run.price->amount == 0 && !run.price->estimated ? tr("stopped by the server")
                                                                                  : tr("stopped by the server, may have been charged"));
    if (run.cancel != CancelOutcome::Removed)
        return words(tr("Cancelled"), RunTone::Quiet);
    return words(tr("Cancelled"), RunTone::Quiet, run.sentAt.isValid() ? tr("removed before it ran") : tr("never sent, costs nothing"));
}

/// What the server had no picture of may be there all the same, or again; a model's word stays what it is.
bool mayBeThereYet(ErrorKind kind)
{
    return kind == ErrorKind::NotFound || kind == ErrorKind::Expired || kind == ErrorKind::BadReply
        || kind == ErrorKind::BadPicture;
}

QString reasonOf(const RunSummary &run)
{
    return run.error ? errorText(*run.error, run.state).what : QString();
}

} // namespace

bool isRefusal(RunState state, const Error *error)
{
    return state == RunState::Refused
        || (state == RunState::Failed && error && error->type == "content_policy_violation"_L1);
}

RunActions actionsOf(RunState state, CancelOutcome cancel, const Error *error, const RunProgress *progress)
{
    RunActions actions;
    if (!isFinal(state) && progress && progress->phase == RunProgress::Phase::Waiting) {
        actions.setFlag(RunAction::EnterKey, progress->needsKey);
        actions.setFlag(RunAction::TryNow, progress->nextTry.isValid() && !progress->needsKey);
    }
    switch (state) {
    case RunState::Intent:
    case RunState::Sending:
    case RunState::Accepted:
        return actions.setFlag(RunAction::Cancel, cancel == CancelOutcome::NotAsked || cancel == CancelOutcome::NotKnown);
    case RunState::Unknown:
        return RunAction::LookUp | RunAction::SendAgain;
    case RunState::Failed:
        return actions.setFlag(RunAction::SendAgain).setFlag(RunAction::LookAgain, error && mayBeThereYet(error->kind));
    case RunState::Refused:
        return RunAction::SendAgain;
    case RunState::Completed: // paid for and on its way
    case RunState::Fetched:
    case RunState::Done:
    case RunState::Cancelled:
        return actions;
    }
    return actions;
}

QString cancelText(CancelOutcome outcome)
{
    switch (outcome) {
    case CancelOutcome::Removed:
        return tr("It was removed before it ran.");
    case CancelOutcome::Requested:
        return tr("The server was asked to stop it. It may still end, and may be charged.");
    case CancelOutcome::TooLate:
        return tr("Too late to cancel: its result is kept.");
    case CancelOutcome::NotKnown:
        return tr("The server does not know the request: whether it was cancelled is not known.");
    case CancelOutcome::NotAsked:
    case CancelOutcome::Asked:
        break;
    }
    return {};
}

QString textOf(RunAction action)
{
    switch (action) {
    case RunAction::Cancel:
        return tr("Cancel");
    case RunAction::LookUp:
        return tr("Look it up");
    case RunAction::SendAgain:
        return tr("Send again");
    case RunAction::Remove:
        return tr("Remove");
    case RunAction::LookAgain:
        return tr("Look again");
    case RunAction::EnterKey:
        return tr("Enter key");
    case RunAction::TryNow:
        return tr("Try now");
    case RunAction::None:
        break;
    }
    return {};
}

QString RunWords::sentence() const
{
    if (detail.isEmpty())
        return headline;
    const QLatin1StringView between = joint == Joint::Space ? " "_L1 : joint == Joint::Comma ? ", "_L1 : ": "_L1;
    return headline + between + detail;
}

RunWords wordsOf(const RunSummary &run, const RunProgress *progress, const QDateTime &now)
{
    switch (run.state) {
    case RunState::Done:
        return doneWords(run);
    case RunState::Refused:
    case RunState::Failed:
        return words(isRefusal(run.state, run.error ? &*run.error : nullptr) ? tr("Refused") : tr("Failed"), RunTone::Bad,
                     reasonOf(run), Joint::Colon);
    case RunState::Cancelled:
        return cancelledWords(run);
    case RunState::Unknown:
        return words(tr("Unknown"), RunTone::Attention, tr("may have been accepted and charged"), Joint::Colon);
    default:
        break;
    }
    RunWords said = progress ? followedWords(run, *progress, now) : openWords(run);
    switch (run.cancel) {
    case CancelOutcome::NotAsked:
        break;
    case CancelOutcome::NotKnown:
        said.detail = said.detail.isEmpty() ? tr("not known whether cancelled") : tr("%1 (not known whether cancelled)").arg(said.detail);
        break;
    case CancelOutcome::Requested:
        return words(tr("Cancelling"), RunTone::Attention, tr("asked to stop, may still be charged"), Joint::Colon);
    case CancelOutcome::Asked:
    case CancelOutcome::Removed:
        return words(tr("Cancelling"), RunTone::Attention, said.sentence(), Joint::Colon);
    case CancelOutcome::TooLate:
        said.detail = said.detail.isEmpty() ? tr("too late to cancel") : tr("%1 (too late to cancel)").arg(said.detail);
        break;
    }
    return said;
}

RunWords waitingWords(int place, bool paused)
{
    const QString line = place <= 1 ? tr("next to be sent") : tr("%1 before it").arg(place - 1);
    return words(tr("Not sent"), RunTone::Quiet, paused ? tr("paused, %1").arg(line) : line);
}

QString timeLeftText(const RunProgress &progress, const QDateTime &now)
{
    if (!progress.estimate || !progress.runningSince.isValid())
        return tr("no estimate yet");
    const double elapsed = double(progress.runningSince.msecsTo(now)) / 1000.0;
    const auto seconds = [](double number) { return elapsedText(std::max<qint64>(std::llround(number), 1)); };
    if (elapsed < progress.estimate->median)
        return tr("about %1 left").arg(seconds(progress.estimate->median - elapsed));
    if (elapsed < progress.estimate->p90)
        return tr("usually within %1").arg(seconds(progress.estimate->p90 - elapsed));
    return tr("longer than usual");
}

QString elapsedText(qint64 seconds)
{
    seconds = std::max<qint64>(seconds, 0);
    if (seconds < 60)
        return tr("%1 s", "seconds").arg(seconds);
    const auto twoDigits = [](qint64 number) { return u"%1"_s.arg(number, 2, 10, QLatin1Char('0')); };
    const qint64 minutes = seconds / 60;
    const qint64 hours = minutes / 60;
    if (hours < 1)
        return u"%1:%2"_s.arg(minutes).arg(twoDigits(seconds % 60));
    if (hours < 24)
        return u"%1:%2:%3"_s.arg(hours).arg(twoDigits(minutes % 60), twoDigits(seconds % 60));
    return tr("%1 d %2 h", "days and hours").arg(hours / 24).arg(hours % 24);
}

QString priceText(const std::optional<Price> &price)
{
    if (!price)
        return {};
    // Up to three decimals where a cent is not enough, two otherwise: $0.039, $0.32.
    const double cents = price->amount * 100;
    const int decimals = std::abs(cents - std::round(cents)) > 0.005 ? 3 : 2;
    const QString number = QLocale::c().toString(price->amount, 'f', decimals);
    const QString amount = price->currency == "USD"_L1 ? u'$' + number : number + u' ' + price->currency;
    return price->estimated && price->amount > 0 ? tr("about %1", "price").arg(amount) : amount;
}

} // namespace plantain
