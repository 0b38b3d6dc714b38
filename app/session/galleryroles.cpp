#include "galleryroles.h"

#include <QCoreApplication>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace plantain {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("Gallery", text);
}

QString withPercent(const QString &text, const RunProgress *progress)
{
    if (!progress || progress->bytesTotal <= 0)
        return text;
    const qint64 percent = qBound(qint64(0), 100 * progress->bytesDone / progress->bytesTotal, qint64(100));
    return tr("%1 %2\u00a0%").arg(text).arg(percent); // the sign stays with its number
}

QString queuedText(const RunProgress *progress)
{
    if (!progress || progress->phase != RunProgress::Phase::Queued)
        return tr("Accepted, no news yet");
    if (!progress->queuePosition)
        return tr("Queued");
    return *progress->queuePosition <= 0 ? tr("Queued, next in line") : tr("Queued, %1 ahead").arg(*progress->queuePosition);
}

bool isCancelling(CancelOutcome cancel)
{
    return cancel == CancelOutcome::Asked || cancel == CancelOutcome::Removed || cancel == CancelOutcome::Requested;
}

} // namespace

TileState tileStateWithout(RunState state, const RunProgress *progress, const Error *error, bool isNamed)
{
    using Phase = RunProgress::Phase;
    const Phase phase = progress ? progress->phase : Phase::Preparing;
    if (!isFinal(state) && progress && phase == Phase::Waiting)
        return TileState::Waiting;
    switch (state) {
    case RunState::Intent:
        return phase == Phase::Uploading ? TileState::Uploading
            : phase == Phase::Sending    ? TileState::Sending
                                         : TileState::Preparing;
    case RunState::Sending:
        return TileState::Sending;
    case RunState::Accepted:
        return phase == Phase::Running ? TileState::Running
            : phase == Phase::Fetching ? TileState::Fetching
                                       : TileState::Queued;
    case RunState::Completed:
    case RunState::Fetched:
        return TileState::Fetching;
    case RunState::Done:
        return isNamed ? TileState::Missing : TileState::Empty;
    case RunState::Refused:
    case RunState::Failed:
        if (isRefusal(state, error))
            return TileState::Refused;
        return error && error->type == "no_media_generated"_L1 ? TileState::Empty : TileState::Failed;
    case RunState::Cancelled:
        return TileState::Cancelled;
    case RunState::Unknown:
        return TileState::Unknown;
    }
    return TileState::Failed;
}

bool isPlaceholder(TileState state)
{
    switch (state) {
    case TileState::Preparing:
    case TileState::Uploading:
    case TileState::Sending:
    case TileState::Queued:
    case TileState::Running:
    case TileState::Fetching:
    case TileState::Waiting:
        return true;
    case TileState::Picture:
    case TileState::Missing:
    case TileState::FileMissing:
    case TileState::FileChanged:
    case TileState::Empty:
    case TileState::Refused:
    case TileState::Failed:
    case TileState::Cancelled:
    case TileState::Unknown:
        return false;
    }
    return false;
}

TileGroup groupOf(TileState state)
{
    if (state == TileState::Picture)
        return TileGroup::Pictures;
    return isPlaceholder(state) ? TileGroup::Open : TileGroup::Failed;
}

TileAction wayOutOf(TileState state, const Error *error, RunActions allowed)
{
    if (isPlaceholder(state) && allowed.testFlag(RunAction::EnterKey))
        return TileAction::OpenSettings;
    if (isPlaceholder(state))
        return allowed.testFlag(RunAction::Cancel) ? TileAction::Cancel : TileAction::None;
    if (state == TileState::Picture || state == TileState::Missing)
        return TileAction::None;
    if (state == TileState::FileMissing || state == TileState::FileChanged)
        return TileAction::FetchAgain;
    if (error && (error->kind == ErrorKind::NoKey || error->kind == ErrorKind::BadKey))
        return TileAction::OpenSettings;
    if (allowed.testFlag(RunAction::LookAgain))
        return TileAction::LookAgain;
    if (state == TileState::Failed && allowed.testFlag(RunAction::SendAgain))
        return TileAction::SendAgain;
    return state == TileState::Unknown ? TileAction::LookUp : TileAction::Recall;
}

QString textOf(TileAction action)
{
    switch (action) {
    case TileAction::Cancel:
        return textOf(RunAction::Cancel);
    case TileAction::LookUp:
        return textOf(RunAction::LookUp);
    case TileAction::LookAgain:
        return textOf(RunAction::LookAgain);
    case TileAction::SendAgain:
        return textOf(RunAction::SendAgain);
    case TileAction::FetchAgain:
        return tr("Fetch again");
    case TileAction::Recall:
        return tr("Edit and send again");
    case TileAction::OpenSettings:
        return tr("Open settings");
    case TileAction::None:
        break;
    }
    return {};
}

QString tileStatusText(TileState state, const RunProgress *progress, CancelOutcome cancel)
{
    if (isCancelling(cancel) && isPlaceholder(state))
        return tr("Cancelling");
    switch (state) {
    case TileState::Preparing:
        return tr("Preparing");
    case TileState::Uploading:
        return withPercent(tr("Uploading"), progress);
    case TileState::Sending:
        return progress && !progress->note.isEmpty() ? tr("Sending, %1").arg(progress->note) : tr("Sending");
    case TileState::Queued:
        return queuedText(progress);
    case TileState::Running:
        return tr("Running");
    case TileState::Fetching:
        return withPercent(tr("Fetching"), progress);
    case TileState::Waiting:
        return progress && !progress->note.isEmpty() ? tr("Waiting: %1").arg(progress->note) : tr("Waiting");
    case TileState::Picture:
        return {};
    case TileState::Missing:
        return tr("Not there");
    case TileState::FileMissing:
        return tr("File is missing");
    case TileState::FileChanged:
        return tr("File was changed");
    case TileState::Empty:
        return tr("No picture");
    case TileState::Refused:
        return tr("Refused");
    case TileState::Failed:
        return tr("Failed");
    case TileState::Cancelled:
        return tr("Cancelled");
    case TileState::Unknown:
        return tr("Unknown");
    }
    return {};
}

ErrorText tileErrorText(TileState state, RunState runState, const Error *error)
{
    if (error)
        return errorText(*error, runState);
    switch (state) {
    case TileState::Empty:
        return { tr("The run ended without a picture."), tr("Everything the server said is kept."),
                 tr("Read the description in the details, or reword the prompt.") };
    case TileState::Missing:
        return { tr("This picture is not there."), {}, {} };
    case TileState::FileMissing:
        return { tr("Its file is no longer in the library: it was moved or removed there."), tr("What it was made from is kept."),
                 tr("Fetch it again while the server still has it, or delete it.") };
    case TileState::FileChanged:
        return { tr("Its file is not the one that came from the server: it was changed in the library."),
                 tr("What it was made from is kept."), tr("Fetch it again while the server still has it, or delete it.") };
    case TileState::Unknown:
        return errorText({ .kind = ErrorKind::NoAnswer }, runState);
    case TileState::Cancelled:
        return errorText({ .kind = ErrorKind::Cancelled }, runState);
    default:
        return { state == TileState::Refused ? tr("The server said no.") : tr("The run failed."), {}, {} };
    }
}

QString nameOf(ColourLabel label)
{
    switch (label) {
    case ColourLabel::Red:
        return tr("Red");
    case ColourLabel::Yellow:
        return tr("Yellow");
    case ColourLabel::Green:
        return tr("Green");
    case ColourLabel::Blue:
        return tr("Blue");
    case ColourLabel::Purple:
        return tr("Purple");
    case ColourLabel::None:
        break;
    }
    return tr("No label");
}

QString marksText(const Marks &marks)
{
    QStringList parts;
    if (marks.flag != Flag::None)
        parts << (marks.flag == Flag::Keep ? tr("keeper") : tr("rejected"));
    if (marks.rating > 0)
        parts << (marks.rating == 1 ? tr("1 star") : tr("%1 stars").arg(marks.rating));
    if (marks.label != ColourLabel::None)
        parts << tr("%1 label").arg(nameOf(marks.label).toLower());
    if (!marks.collections.isEmpty())
        parts << tr("in %1").arg(marks.collections.join(u", "));
    for (const Reading reading : { Reading::Right, Reading::Wrong, Reading::Missing }) {
        const auto count = std::ranges::count(marks.readings, reading, &TextReading::reading);
        if (count > 0)
            parts << (count == 1 ? tr("1 text %1").arg(textOf(reading)) : tr("%1 texts %2").arg(count).arg(textOf(reading)));
    }
    return parts.join(u", ");
}

QString textOf(Reading reading)
{
    switch (reading) {
    case Reading::Right:
        return tr("right");
    case Reading::Wrong:
        return tr("wrong");
    case Reading::Missing:
        return tr("missing");
    case Reading::Open:
        break;
    }
    return tr("not read");
}

QString countText(int given, int asked)
{
    return tr("%1 of %2 pictures").arg(given).arg(asked);
}

QString textOf(Deviations deviations)
{
    QStringList parts;
    if (deviations.testFlag(Deviation::Count))
        parts << tr("other count");
    if (deviations.testFlag(Deviation::Ratio))
        parts << tr("other ratio");
    if (deviations.testFlag(Deviation::Size))
        parts << tr("other size");
    if (deviations.testFlag(Deviation::Format))
        parts << tr("other format");
    if (deviations.testFlag(Deviation::Blank))
        parts << tr("blank");
    if (deviations.testFlag(Deviation::Duplicate))
        parts << tr("duplicate");
    return parts.join(u", ");
}

QString sentencesOf(const Marks &marks, const QString &deviations)
{
    QString text;
    for (const QString &more : { marksText(marks), deviations }) {
        if (!more.isEmpty())
            text += u' ' + more.left(1).toUpper() + more.mid(1) + u'.';
    }
    return text;
}

PictureId pictureIdOf(const QModelIndex &tile)
{
    return { tile.data(GalleryRole::RunId).value<RunId>(), tile.data(GalleryRole::ImageIndex).toInt() };
}

QString pictureKeyOf(const QModelIndex &tile)
{
    const QString hash = tile.data(GalleryRole::Sha256).toString();
    return hash.isEmpty() ? tile.data(GalleryRole::File).toString() : hash;
}

} // namespace plantain
