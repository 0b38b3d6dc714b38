#include "errortext.h"

#include <QCoreApplication>
#include <QHash>
#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace plantain {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("ErrorText", text);
}

/// Ends a foreign sentence like one of ours.
QString asSentence(QString text)
{
    text = text.trimmed();
    if (text.isEmpty())
        return text;
    const QChar last = text.back();
    return last == u'.' || last == u'!' || last == u'?' || last == u':' ? text : text + u'.';
}

struct TypeWords
{
    const char *what;
    const char *next;
};

/// fal's documented types (fal-protocol.md 4.1, 4.2). The server's own message is added where it says more.
const QHash<QString, TypeWords> &wordsOfTypes()
{
    static const QHash<QString, TypeWords> words {
        { u"internal_server_error"_s,
          { QT_TRANSLATE_NOOP("ErrorText", "The model failed on fal's side."),
            QT_TRANSLATE_NOOP("ErrorText", "Send it again; this often passes by itself.") } },
        { u"generation_timeout"_s,
          { QT_TRANSLATE_NOOP("ErrorText", "The model took too long and was stopped by fal."),
            QT_TRANSLATE_NOOP("ErrorText", "Send it again, or ask for a lower resolution or fewer images.") } },
        { u"downstream_service_error"_s,
          { QT_TRANSLATE_NOOP("ErrorText", "The service behind the model did not accept the request."),
            QT_TRANSLATE_NOOP("ErrorText", "Change the prompt or the references a little, then send it again.") } },
        { u"downstream_service_unavailable"_s,
          { QT_TRANSLATE_NOOP("ErrorText", "The service behind the model is not available."),
            QT_TRANSLATE_NOOP("ErrorText", "Send it again in a few minutes.") } },
        { u"content_policy_violation"_s,
          { QT_TRANSLATE_NOOP("ErrorText", "The model refused this content."),
            QT_TRANSLATE_NOOP("ErrorText", "Reword the prompt, or change the picture or the safety tolerance yourself.") } },
        { u"no_media_generated"_s,
          { QT_TRANSLATE_NOOP("ErrorText", "The model made no picture for this prompt."),
            QT_TRANSLATE_NOOP("ErrorText", "Often a quiet refusal: reword the prompt, or try again; it is not always the same.") } },
        { u"image_too_small"_s,
          { QT_TRANSLATE_NOOP("ErrorText", "A reference picture is too small."),
            QT_TRANSLATE_NOOP("ErrorText", "Use a larger picture.") } },
        { u"image_too_large"_s,
          { QT_TRANSLATE_NOOP("ErrorText", "A reference picture has too many pixels."),
            QT_TRANSLATE_NOOP("ErrorText", "Use a smaller version of the picture.") } },
        { u"image_load_error"_s,
          { QT_TRANSLATE_NOOP("ErrorText", "The server could not read a reference picture."),
            QT_TRANSLATE_NOOP("ErrorText", "Save the picture as PNG or JPEG and add it again.") } },
        { u"file_download_error"_s,
          { QT_TRANSLATE_NOOP("ErrorText", "The server could not download a reference."),
            QT_TRANSLATE_NOOP("ErrorText", "Use a file of this machine, or an address that anyone can open.") } },
        { u"face_detection_error"_s,
          { QT_TRANSLATE_NOOP("ErrorText", "The model found no usable face in a reference picture."),
            QT_TRANSLATE_NOOP("ErrorText", "Use a picture with a clear face.") } },
        { u"file_too_large"_s,
          { QT_TRANSLATE_NOOP("ErrorText", "A file is larger than the server takes."),
            QT_TRANSLATE_NOOP("ErrorText", "Use a smaller file.") } },
        { u"feature_not_supported"_s,
          { QT_TRANSLATE_NOOP("ErrorText", "The model does not support what was asked for."),
            QT_TRANSLATE_NOOP("ErrorText", "Reset the parameter it names.") } },
        { u"invalid_archive"_s,
          { QT_TRANSLATE_NOOP("ErrorText", "An archive could not be read."),
            QT_TRANSLATE_NOOP("ErrorText", "Use another file.") } },
        { u"archive_file_count_below_minimum"_s,
          { QT_TRANSLATE_NOOP("ErrorText", "An archive holds too few files."),
            QT_TRANSLATE_NOOP("ErrorText", "Add files to the archive.") } },
        { u"archive_file_count_exceeds_maximum"_s,
          { QT_TRANSLATE_NOOP("ErrorText", "An archive holds too many files."),
            QT_TRANSLATE_NOOP("ErrorText", "Take files out of the archive.") } },
        { u"audio_duration_too_long"_s,
          { QT_TRANSLATE_NOOP("ErrorText", "The audio is too long."),
            QT_TRANSLATE_NOOP("ErrorText", "Shorten it.") } },
        { u"audio_duration_too_short"_s,
          { QT_TRANSLATE_NOOP("ErrorText", "The audio is too short."),
            QT_TRANSLATE_NOOP("ErrorText", "Use a longer one.") } },
        { u"video_duration_too_long"_s,
          { QT_TRANSLATE_NOOP("ErrorText", "The video is too long."),
            QT_TRANSLATE_NOOP("ErrorText", "Shorten it.") } },
        { u"video_duration_too_short"_s,
          { QT_TRANSLATE_NOOP("ErrorText", "The video is too short."),
            QT_TRANSLATE_NOOP("ErrorText", "Use a longer one.") } },
        { u"unsupported_audio_format"_s,
          { QT_TRANSLATE_NOOP("ErrorText", "The model cannot read this kind of audio."),
            QT_TRANSLATE_NOOP("ErrorText", "Convert it to a format the message names.") } },
        { u"unsupported_image_format"_s,
          { QT_TRANSLATE_NOOP("ErrorText", "The model cannot read this kind of picture."),
            QT_TRANSLATE_NOOP("ErrorText", "Save it as PNG, JPEG or WebP.") } },
        { u"unsupported_video_format"_s,
          { QT_TRANSLATE_NOOP("ErrorText", "The model cannot read this kind of video."),
            QT_TRANSLATE_NOOP("ErrorText", "Convert it to a format the message names.") } },
        { u"request_timeout"_s,
          { QT_TRANSLATE_NOOP("ErrorText", "fal gave the request up after its time limit."),
            QT_TRANSLATE_NOOP("ErrorText", "Send it again.") } },
        { u"startup_timeout"_s,
          { QT_TRANSLATE_NOOP("ErrorText", "fal's machine did not start in time."),
            QT_TRANSLATE_NOOP("ErrorText", "Send it again in a minute.") } },
        { u"client_disconnected"_s,
          { QT_TRANSLATE_NOOP("ErrorText", "fal ended the request because the connection was dropped."),
            QT_TRANSLATE_NOOP("ErrorText", "Send it again.") } },
        { u"client_cancelled"_s,
          { QT_TRANSLATE_NOOP("ErrorText", "The run was cancelled."), "" } },
        { u"bad_request"_s,
          { QT_TRANSLATE_NOOP("ErrorText", "fal did not understand the request."),
            QT_TRANSLATE_NOOP("ErrorText", "Check the parameters against the endpoint's page.") } },
        { u"internal_error"_s,
          { QT_TRANSLATE_NOOP("ErrorText", "Something failed inside fal."),
            QT_TRANSLATE_NOOP("ErrorText", "Send it again.") } },
        { u"upload_lost"_s,
          { QT_TRANSLATE_NOOP("ErrorText", "The server no longer has a file that was uploaded to it."),
            QT_TRANSLATE_NOOP("ErrorText", "Send it again: the file is uploaded anew.") } },
        { u"storage_refused"_s,
          { QT_TRANSLATE_NOOP("ErrorText", "The server's storage did not take a file."),
            QT_TRANSLATE_NOOP("ErrorText", "Send it again; if it is refused again, give the picture as a web address.") } },
        { u"concurrent_requests_limit"_s,
          { QT_TRANSLATE_NOOP("ErrorText", "The account already runs as many requests as it may."),
            QT_TRANSLATE_NOOP("ErrorText", "It goes on when one of them ends.") } },
    };
    return words;
}

/// Types of ours ("missing" of a disk) are worded by their kind; those of a server by this.
bool isOfAServer(ErrorKind kind)
{
    return kind == ErrorKind::Model || kind == ErrorKind::Infrastructure || kind == ErrorKind::Refused
        || kind == ErrorKind::RateLimited || kind == ErrorKind::ServerFault;
}

const TypeWords *wordsOf(const Error &error)
{
    if (!isOfAServer(error.kind))
        return nullptr;
    const QString &type = error.type;
    const auto &words = wordsOfTypes();
    if (const auto found = words.constFind(type); found != words.cend())
        return &*found;
    static constexpr TypeWords runner { QT_TRANSLATE_NOOP("ErrorText", "fal's machine failed while the request ran."),
                                        QT_TRANSLATE_NOOP("ErrorText", "Send it again; this is not charged.") };
    if (type.startsWith("runner_"_L1))
        return &runner;
    // A value that the model checks and does not take (fal-protocol.md 4.1; pydantic's own names pass through too).
    static constexpr TypeWords value { QT_TRANSLATE_NOOP("ErrorText", "The model does not take a value."),
                                       QT_TRANSLATE_NOOP("ErrorText", "Change that field and send it again.") };
    static const QRegularExpression valueTypes(
        u"\\A(greater_than|less_than|multiple_of|sequence_too|string_too|string_type|too_|one_of|missing|literal_error|value_error"
        "|enum|(int|float|bool|url)_)"_s);
    return valueTypes.match(type).hasMatch() ? &value : nullptr;
}

/// The server has taken the run: what goes wrong on the way is tried again.
bool isFollowed(RunState state)
{
    return state == RunState::Accepted || state == RunState::Completed || state == RunState::Fetched;
}

/// Of the line between here and the server.
QString whatOfConnection(const Error &error, const QString &said, RunState state)
{
    const auto with = [&said](const char *ours) { return said.isEmpty() ? tr(ours) : tr(ours) + u' ' + said; };
    if (error.type == "certificate"_L1)
        return asSentence(tr("The server's certificate is not valid for %1").arg(error.message));
    if (error.type == "host_not_found"_L1)
        return tr("No connection to the server: there is no machine of the name %1.").arg(error.message);
    if (error.type == "tls"_L1)
        return with("No secure connection to the server could be made.");
    if (error.kind == ErrorKind::NotSent)
        return isFollowed(state) ? with("Reconnecting: no connection to the server.") : with("No connection to the server.");
    if (error.kind == ErrorKind::TimedOut)
        return isFollowed(state) ? with("Reconnecting: there was no answer in time.") : with("There was no answer in time.");
    if (isFollowed(state))
        return with("Reconnecting: the connection broke.");
    return error.type == "deadline"_L1 || error.type == "silence"_L1
        ? with("There was no answer in time; the server may have taken the request.")
        : with("The connection broke after sending; the server may have taken the request.");
}

QString whatOfReply(const Error &error, const QString &said)
{
    const auto with = [&said](const char *ours) { return said.isEmpty() ? tr(ours) : tr(ours) + u' ' + said; };
    if (error.type == "redirect"_L1)
        return with("The server answered with a redirect, which is not followed.");
    if (error.type == "address"_L1)
        return with("An unexpected address was not opened:");
    if (error.type == "result"_L1)
        return with("The result cannot be read.");
    return with("The server's answer cannot be read.");
}

QString whatOf(const Error &error, RunState state)
{
    if (const TypeWords *words = wordsOf(error)) {
        const QString said = asSentence(error.message);
        return said.isEmpty() ? tr(words->what) : tr(words->what) + u' ' + said;
    }
    const QString said = asSentence(error.message);
    const auto with = [&said](const char *ours) { return said.isEmpty() ? tr(ours) : tr(ours) + u' ' + said; };
    switch (error.kind) {
    case ErrorKind::InvalidInput:
        return said.isEmpty() ? tr("This value is not valid.") : said;
    case ErrorKind::Cancelled:
        return tr("The run was cancelled.");
    case ErrorKind::NotSent:
    case ErrorKind::NoAnswer:
    case ErrorKind::TimedOut:
        return whatOfConnection(error, said, state);
    case ErrorKind::NoKey:
        return tr("This server needs an API key, and none is set.");
    case ErrorKind::Keyring:
        if (error.type == "missing"_L1)
            return tr("There is no keyring on this desktop.");
        if (error.type == "silent"_L1)
            return tr("The desktop's keyring does not answer.");
        return with("The desktop's keyring refused.");
    case ErrorKind::BadKey:
        return with("The server does not accept the API key.");
    case ErrorKind::Locked:
        return with("The server refuses this account: it has no balance, or the key may not do this.");
    case ErrorKind::NotFound:
        if (isFollowed(state))
            return with("The server does not know the request yet.");
        return state == RunState::Failed ? with("The server no longer knows the request.") : with("The server does not know this.");
    case ErrorKind::RateLimited:
        return with("The server asks to wait: too many requests.");
    case ErrorKind::Refused:
        return isFollowed(state) ? with("The server does not give the result yet.") : with("The server did not accept the request.");
    case ErrorKind::Model:
        return with("The model reported an error.");
    case ErrorKind::Infrastructure:
    case ErrorKind::ServerFault:
        return with("The server had a fault.");
    case ErrorKind::BadReply:
        return whatOfReply(error, said);
    case ErrorKind::BadPicture:
        return with("A picture cannot be used.");
    case ErrorKind::Expired:
        return with("The server no longer has it.");
    case ErrorKind::Disk:
        if (error.type == "full"_L1)
            return with("The disk of the library is full.");
        if (error.type == "readonly"_L1)
            return with("The library's folder is read-only.");
        if (error.type == "away"_L1)
            return tr("The library's folder is not where it was: %1").arg(said);
        if (error.type == "notrash"_L1)
            return tr("The trash of the desktop does not take the library's pictures: %1").arg(said);
        if (error.type == "missing"_L1)
            return tr("The file is not there any more: it was moved or deleted.");
        return with("The disk reported an error.");
    case ErrorKind::Database:
        if (error.type == "newer"_L1)
            return tr("This library was made by a newer version of Plantain; it was left as it is.");
        return with("The library's database reported an error.");
    case ErrorKind::LibraryInUse:
        return with("The library is in use by another program.");
    case ErrorKind::BadEndpoint:
        return with("This endpoint cannot be used.");
    }
    return said;
}

QString keptOf(const Error &error, RunState state)
{
    switch (state) {
    case RunState::Unknown:
        return tr("What was sent is kept. It may have been accepted and charged.");
    case RunState::Refused:
        return error.kind == ErrorKind::NotSent ? tr("Nothing was sent; the input is kept.")
                                                : tr("Nothing was charged; the input is kept.");
    case RunState::Failed:
        return error.httpStatus == 422 ? tr("Everything the server said is kept. It may have been charged.")
                                       : tr("Everything the server said is kept.");
    case RunState::Accepted:
    case RunState::Completed:
    case RunState::Fetched:
        return tr("The run is kept and goes on.");
    case RunState::Intent:
        if (error.kind == ErrorKind::NotSent)
            return tr("Nothing was sent; the run is kept.");
        if (error.type == "notrash"_L1)
            return tr("What is left of them stays in the trash here.");
        return error.kind == ErrorKind::InvalidInput ? QString() : tr("Nothing was sent.");
    case RunState::Sending:
    case RunState::Done:
    case RunState::Cancelled:
        return {};
    }
    return {};
}

QString nextOf(const Error &error, RunState state)
{
    if (state == RunState::Unknown)
        return tr("Look it up on the server, or send it again if you accept a possible second charge.");
    if (const TypeWords *words = wordsOf(error); words && *words->next)
        return tr(words->next);
    switch (error.kind) {
    case ErrorKind::NoKey:
        return tr("Enter a key (menu Server), set FAL_KEY before starting, or choose the sandbox.");
    case ErrorKind::BadKey:
        return tr("Check the key.");
    case ErrorKind::Keyring:
        return tr("A key can still be entered for this session.");
    case ErrorKind::Locked:
        return tr("Top up the balance, or use a key that may call models.");
    case ErrorKind::NotSent:
        return error.type == "certificate"_L1 ? tr("Check the server's address and this machine's clock.")
                                              : tr("Check the connection and the server's address.");
    case ErrorKind::Refused:
        return tr("Change what the message names and press Generate again.");
    case ErrorKind::NotFound:
        return state == RunState::Refused ? tr("Choose another endpoint, or check its name.")
                                          : tr("Look again, or send it again.");
    case ErrorKind::Expired:
        return tr("Look again, or send it again to get new pictures.");
    case ErrorKind::BadReply:
        return state == RunState::Failed ? tr("Look again, or send it again.") : QString();
    case ErrorKind::Disk:
        if (error.type == "away"_L1)
            return tr("Put it back or connect its drive; the work goes on by itself.");
        if (error.type == "notrash"_L1)
            return tr("Restore them, or let them lie: they take no more than their place on the disk.");
        if (error.type == "missing"_L1)
            return tr("Put it back where it was and try again.");
        return error.type == "full"_L1 ? tr("Free some space; the run goes on by itself.")
                                       : tr("Check the disk and the folder's permissions.");
    case ErrorKind::Database:
        return error.type == "newer"_L1 ? tr("Start with --library and another folder.") : QString();
    case ErrorKind::LibraryInUse:
        return tr("Use the window that is open, or start with --library and another folder.");
    default:
        return {};
    }
}

} // namespace

QString ErrorText::sentence() const
{
    QStringList parts { what, kept, next };
    parts.removeAll(QString());
    return parts.join(u' ');
}

ErrorText errorText(const Error &error, RunState state)
{
    return { whatOf(error, state), keptOf(error, state), nextOf(error, state) };
}

bool isAboutKey(const Error &error)
{
    return error.kind == ErrorKind::NoKey || error.kind == ErrorKind::BadKey;
}

QString exportErrorText(const Error &error)
{
    if (error.type == "full"_L1)
        return tr("The disk of this folder is full.");
    if (error.type == "readonly"_L1)
        return tr("This folder cannot be written to.");
    if (error.type == "missing"_L1)
        return asSentence(tr("It is no longer there: %1").arg(error.message));
    return asSentence(error.message.isEmpty() ? tr("The disk reported an error") : error.message);
}

} // namespace plantain
