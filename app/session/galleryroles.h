#pragma once

#include "deviation.h"
#include "errortext.h"
#include "marks.h"
#include "pictureid.h"
#include "runprogress.h"
#include "runroles.h"

#include <QModelIndex>

namespace plantain {

/// What one tile of the gallery shows. Placeholders first, then the ends.
enum class TileState {
    Preparing, ///< stored, nothing has left this machine
    Uploading, ///< reference pictures on their way
    Sending,
    Queued,
    Running,
    Fetching, ///< the result is there, this picture is on its way
    Waiting, ///< between two tries; the progress note says for what
    Picture,
    Missing, ///< this one picture could not be had, others of the run may be there
    FileMissing, ///< its file is gone from the library, by another hand than ours
    FileChanged, ///< its file is not what came from the server any more
    Empty, ///< the run ended without any picture
    Refused, ///< the server did not take the input, or the model did not want to draw it
    Failed,
    Cancelled,
    Unknown, ///< the fate of the submit is not known
};

/// Of a tile that has no picture (yet). `progress` and `error` (of the run) may be null; `isNamed`: the result names a
/// picture for it.
TileState tileStateWithout(RunState state, const RunProgress *progress, const Error *error, bool isNamed);
bool isPlaceholder(TileState state); ///< something still happens to it by itself

/// What is known of the file of a picture.
enum class FileState { Good, Missing, Changed };

/// What a filter of the gallery tells apart.
enum class TileGroup {
    All,
    Pictures,
    Failed, ///< ended without this picture: failed, refused, cancelled, unknown
    Open, ///< placeholders
    Trash, ///< what lies in the trash, and is in none of the others
};
inline constexpr int tileGroups = 5;
TileGroup groupOf(TileState state); ///< never All, never Trash

/// What a tile offers a person to do next.
enum class TileAction {
    None,
    Cancel,
    LookUp,
    LookAgain,
    SendAgain, ///< as it was; may cost a second time
    FetchAgain, ///< the picture, from where it came
    Recall, ///< fills the form with the run's input, to change it and send it again
    OpenSettings, ///< where the key is entered
};
TileAction wayOutOf(TileState state, const Error *error, RunActions allowed); ///< the first thing to offer
QString textOf(TileAction action); ///< "Edit and send again"

/// A few words, the same as in the list of runs: "Queued, 3 ahead", "Fetching 42 %", "Refused". `progress` may be null:
/// nobody follows the run right now.
QString tileStatusText(TileState state, const RunProgress *progress, CancelOutcome cancel);

/// Why there is no picture; `error` may be null.
ErrorText tileErrorText(TileState state, RunState runState, const Error *error);

/// "Keep, 4 stars, red, in Covers": for those who cannot see it; empty when nothing is marked.
QString marksText(const Marks &marks);
QString nameOf(ColourLabel label); ///< "Red"
QString textOf(Reading reading); ///< "right", "not read"
QString textOf(Deviations deviations); ///< "other size, blank"; empty for none
QString countText(int given, int asked); ///< "3 of 4 pictures"
QString sentencesOf(const Marks &marks, const QString &deviations); ///< both, as goes behind another sentence

namespace GalleryRole {
enum Role {
    RunId = Qt::UserRole + 1, ///< plantain::RunId
    ImageIndex, ///< int: place in the result; in the batch for a placeholder
    State, ///< int of TileState
    RunStateWord, ///< QString: "accepted"
    File, ///< QString: absolute path of the picture, empty when there is none
    Sha256, ///< QString: of the picture, empty when there is none
    PixelSize, ///< QSize
    Prompt, ///< QString: the beginning of a long one
    Progress, ///< plantain::RunProgress
    Status, ///< QString: tileStatusText
    Error, ///< plantain::Error, or an invalid QVariant
    What, ///< QString: what went wrong
    Next, ///< QString: the way out
    Sentence, ///< QString: all that is to say about the error
    CreatedAt, ///< QDateTime, UTC
    Placeholder, ///< bool: isPlaceholder(State)
    WholePrompt, ///< QString
    Actions, ///< int of RunActions: what may be done with its run
    WayOut, ///< int of TileAction: wayOutOf
    Trashed, ///< bool: lies in the trash
    Marks, ///< plantain::Marks
    Deviations, ///< int of plantain::Deviations
    DeviationText, ///< QString: in words, with the numbers; empty for none
    GroupTitle, ///< QString: of the group that begins with this tile; of a GalleryFilter alone
};
}

/// Which picture a tile is.
PictureId pictureIdOf(const QModelIndex &tile);

/// The key of a tile's picture in stores: of the file as it is; without a hash its name must do.
QString pictureKeyOf(const QModelIndex &tile);

} // namespace plantain
