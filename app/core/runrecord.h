#pragma once

#include "deviation.h"
#include "ids.h"
#include "marks.h"
#include "pictureid.h"
#include "pricerule.h"
#include "runorigin.h"
#include "vote.h"

#include <QDateTime>
#include <QSize>
#include <QUrl>

#include <algorithm>
#include <vector>

namespace plantain {

/// The life of a run (design.md 3). Each state is stored before the side effect that follows it.
enum class RunState {
    Intent, ///< stored, nothing sent
    Sending, ///< bytes of the submit may leave from here on
    Accepted, ///< the server gave a request id
    Completed, ///< the raw result is stored
    Fetched, ///< every picture is on disk, decoded and hashed
    Done, ///< sidecar written
    Refused, ///< the server said no; nothing was taken
    Failed, ///< accepted, and the server's final word was an error
    Cancelled,
    Unknown, ///< the submit got no answer: it may have been accepted and charged
};

QString wordOf(RunState state); ///< "intent", "sending", ...
std::optional<RunState> runStateOf(const QString &word);
bool isFinal(RunState state); ///< nothing more happens by itself; Unknown counts as final, it waits for a person
bool mayFollow(RunState from, RunState to); ///< the legal transitions, as one table

/// One input picture of a run.
struct ReferenceRecord
{
    QString field; ///< input parameter it belongs to: "image_urls"
    int index = 0; ///< place in that field's list; -1: the field is one address and no list
    QString sha256; ///< of the file, lower-case hex; empty for a remote URL
    QString givenSha256; ///< of the file it was made from; empty where that is the file itself
    QString file; ///< in the library, relative: "references/<sha256>.png"; empty for a remote URL
    QString originalName;
    QString part; ///< what it is there for, as a person said: "person", "style"; empty: not said
    QString contentType;
    bool hasMetadata = false; ///< place, camera and text went along: a person wanted it
    QSize size; ///< pixels; empty when not known
    qint64 bytes = 0;
    QUrl url; ///< address on the server, once uploaded, or the remote URL itself

    bool operator==(const ReferenceRecord &) const = default;
};

/// What became of what a person deleted.
enum class Deletion {
    None,
    Trashed, ///< in the library's trash: a mark, its file is where it was
    Emptied, ///< its file went to the desktop's trash; the record stays, it was paid for
};
QString wordOf(Deletion deletion); ///< "" for None
std::optional<Deletion> deletionOf(const QString &word);
/// "image_urls/3", or "video_url": where an input has it, as Error::field says it.
QString placeOf(const QString &field, int index);

/// One output picture.
struct ImageRecord
{
    int index = 0; ///< place in the result's list
    QString sourceUrl; ///< as the server gave it; a data URI is cut to its media type
    QString file; ///< in the library, relative; empty until it is there
    QString sha256;
    QString contentType; ///< found from the bytes
    QSize size; ///< pixels, decoded
    qint64 bytes = 0;
    Deviations deviations; ///< from what was asked for, found when it came
    PictureId sameAs; ///< of a duplicate: the picture that was there before; without a run where there is none
    Marks marks; ///< the person's own
    std::optional<Error> error; ///< why this one is not there
    Deletion deletion = Deletion::None;

    bool operator==(const ImageRecord &) const = default;
};

/// What a cancel came to (fal-protocol.md 5).
enum class CancelOutcome { NotAsked, Asked, Removed, Requested, TooLate, NotKnown };
QString wordOf(CancelOutcome outcome);
std::optional<CancelOutcome> cancelOutcomeOf(const QString &word);

/// Everything the library keeps of a run. A value; changed by storing a new one (Library::store).
struct RunRecord
{
    RunId id;
    qint64 sequence = 0; ///< order of creation, given by the library; never by the clock
    EndpointId endpoint;
    QString server; ///< "sandbox", "fal" or the base URL: which server it went to
    Json input; ///< as composed: references stand as "reference:<sha256>"
    QByteArray sent; ///< the body as sent, byte for byte; empty before `sending`
    bool seedDrawn = false;
    QStringList warnings;
    std::vector<ReferenceRecord> references;
    std::optional<RunOrigin> origin; ///< what it goes on from, by a person's word

    RunState state = RunState::Intent;
    CancelOutcome cancel = CancelOutcome::NotAsked;
    QString requestId;
    QUrl statusUrl, responseUrl, cancelUrl; ///< as the server gave them
    QByteArray reply; ///< raw result, byte for byte; or the raw reply that ended the run
    QString description;
    std::vector<ImageRecord> images;
    std::optional<Error> error;
    std::optional<Price> price; ///< none: not known
    QString note; ///< the person's own, as are marks and votes
    std::vector<Vote> votes;
    Deletion deletion = Deletion::None; ///< of a run that is not seen by its images

    QDateTime createdAt, sentAt, acceptedAt, startedAt, completedAt, endedAt; ///< UTC, invalid when not reached
    std::optional<double> inferenceSeconds; ///< metrics.inference_time

    /// The input as sent (parsed from `sent`), or as composed before that.
    Json inputAsSent() const;
    QString prompt() const;
    int imagesAsked() const; ///< num_images of the input, 1 when absent

    bool operator==(const RunRecord &) const = default;
};

/// Whether a run is seen by its images, one by one, and not as one that has none.
template <class Images>
bool isSeenByImages(RunState state, const Images &images)
{
    const auto hasFile = [](const auto &image) { return !image.file.isEmpty(); };
    return !images.empty() && (!isFinal(state) || state == RunState::Done || std::any_of(images.begin(), images.end(), hasFile));
}

/// Whether a run may be deleted: nothing happens to it any more, and its fate is known.
inline bool mayBeDeleted(RunState state)
{
    return isFinal(state) && state != RunState::Unknown;
}

/// The whole record as JSON and back: what the sidecar holds. Unknown keys are ignored, missing ones default.
Json toJson(const RunRecord &record);
Result<RunRecord> runRecordFromJson(const Json &json);

} // namespace plantain

Q_DECLARE_METATYPE(plantain::RunRecord)
