#pragma once

#include "library.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QMap>
#include <QTemporaryDir>
#include <QTest>

namespace plantain::testing {

using namespace Qt::StringLiterals;

constexpr int patience = 60000; ///< ms; guards against a hang

/// The outcome of a future of the library.
template <class T>
T outcome(QFuture<T> future)
{
    if (!QTest::qWaitFor([&] { return future.isFinished(); }, patience))
        qFatal("a future was never finished");
    if (future.resultCount() == 0)
        qFatal("a future was dropped");
    return future.result();
}

inline QByteArray describe(const Error &error)
{
    return (wordOf(error.kind) + u" / "_s + error.type + u" / "_s + error.message).toUtf8();
}

/// The value of a result; the test ends where there is none.
template <class T>
T valueOf(Result<T> result)
{
    if (!result)
        qFatal("%s", describe(result.error()).constData());
    return *std::move(result);
}

template <class T>
T done(QFuture<Result<T>> future)
{
    return valueOf(outcome(std::move(future)));
}

/// A record with something in every field that may be there at its state.
inline RunRecord sampleRecord(const QString &prompt = u"a \"red\" fox, 赤い狐 \U0001F98A\nin snow"_s)
{
    RunRecord record;
    record.id = newRunId();
    record.endpoint.text = u"fal-ai/nano-banana-2/edit"_s;
    record.server = u"sandbox"_s;
    record.input = Json { { "prompt", prompt.toStdString() },
                          { "num_images", 2 },
                          { "seed", 2147483647 },
                          { "image_urls", Json::array({ "reference:00ff" }) } };
    record.seedDrawn = true;
    record.warnings = QStringList { u"enable_google_search was taken as enable_web_search"_s };
    record.references = { { .field = u"image_urls"_s,
                            .index = 0,
                            .sha256 = u"00ff"_s,
                            .file = u"references/00ff.png"_s,
                            .originalName = u"fox & friends.png"_s,
                            .contentType = u"image/png"_s,
                            .size = { 640, 480 },
                            .bytes = 12345 } };
    record.price = Price { .amount = 0.16, .currency = u"USD"_s, .estimated = true, .formula = u"2 x $0.08"_s };
    record.createdAt = QDateTime::fromMSecsSinceEpoch(QDateTime::currentMSecsSinceEpoch(), Qt::UTC);
    return record;
}

inline RunRecord inState(RunRecord record, RunState state)
{
    const QDateTime now = QDateTime::fromMSecsSinceEpoch(QDateTime::currentMSecsSinceEpoch(), Qt::UTC);
    record.state = state;
    if (state == RunState::Sending) {
        record.sent = QByteArrayLiteral("{\"prompt\": \"as sent\", \"odd\" :1.0}");
        record.sentAt = now;
    }
    if (state == RunState::Accepted) {
        record.requestId = u"764cabcf-b745-4b3e-ae38-1200304cf45b"_s;
        record.statusUrl = QUrl(u"https://queue.fal.run/fal-ai/nano-banana-2/requests/764c/status"_s);
        record.acceptedAt = now;
    }
    if (state == RunState::Completed) {
        record.reply = QByteArrayLiteral("{\"images\":[],\"description\":\"a fox\", \"raw\": \"\xff\xfe\x00\"}");
        record.description = u"a fox"_s;
        record.images = { { .index = 0, .sourceUrl = u"https://v3.fal.media/files/x/y.png"_s },
                          { .index = 1, .sourceUrl = u"data:image/png"_s } };
        record.completedAt = now;
        record.inferenceSeconds = 3.25;
    }
    if (state == RunState::Fetched && !record.images.empty()) {
        record.images[0].file = u"images/2026/11/22/081500-a-red-fox-1.png"_s;
        record.images[0].sha256 = u"abcd"_s;
        record.images[0].contentType = u"image/png"_s;
        record.images[0].size = { 1024, 1024 };
        record.images[0].bytes = 77;
        record.images[1].error = Error { .kind = ErrorKind::BadPicture, .message = u"cut short"_s, .httpStatus = 200 };
    }
    if (state == RunState::Refused || state == RunState::Failed) {
        record.error = Error { .kind = ErrorKind::Refused,
                               .type = u"content_policy_violation"_s,
                               .message = u"no <b>foxes</b>"_s,
                               .field = u"prompt"_s,
                               .httpStatus = 422,
                               .retryable = false };
        record.reply = QByteArrayLiteral("{\"detail\":[]}");
    }
    if (isFinal(state))
        record.endedAt = now;
    return record;
}

/// A way from intent to a state.
inline std::vector<RunState> wayTo(RunState state)
{
    using enum RunState;
    switch (state) {
    case Intent: return { Intent };
    case Sending: return { Intent, Sending };
    case Accepted: return { Intent, Sending, Accepted };
    case Completed: return { Intent, Sending, Accepted, Completed };
    case Fetched: return { Intent, Sending, Accepted, Completed, Fetched };
    case Done: return { Intent, Sending, Accepted, Completed, Fetched, Done };
    case Refused: return { Intent, Sending, Refused };
    case Failed: return { Intent, Sending, Accepted, Failed };
    case Cancelled: return { Intent, Cancelled };
    case Unknown: return { Intent, Sending, Unknown };
    }
    return {};
}

inline const std::vector<RunState> &allStates()
{
    using enum RunState;
    static const std::vector<RunState> states { Intent, Sending, Accepted,  Completed, Fetched,
                                                Done,   Refused, Failed, Cancelled, Unknown };
    return states;
}

/// Adds a run and takes it step by step to a state.
inline RunRecord addInState(Library &library, RunState state, const RunRecord &sample = sampleRecord())
{
    RunRecord record = done(library.add(sample));
    for (const RunState step : wayTo(state)) {
        if (step != RunState::Intent)
            record = done(library.store(inState(record, step)));
    }
    return record;
}

/// Every file below a folder with its content; symbolic links by where they lead.
inline QMap<QString, QByteArray> contentOf(const QString &folder)
{
    QMap<QString, QByteArray> content;
    QDirIterator files(folder, QDir::Files | QDir::Dirs | QDir::Hidden | QDir::System | QDir::NoDotAndDotDot,
                       QDirIterator::Subdirectories);
    while (files.hasNext()) {
        const QString path = files.next();
        QFile file(path);
        if (files.fileInfo().isSymLink())
            content[path] = "-> " + files.fileInfo().symLinkTarget().toUtf8();
        else if (files.fileInfo().isDir())
            content[path] = "folder";
        else if (file.open(QIODevice::ReadOnly))
            content[path] = file.readAll();
    }
    return content;
}

inline void writeBytes(const QString &path, const QByteArray &bytes)
{
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
        qFatal("%s cannot be written", qPrintable(path));
}

inline QByteArray readBytes(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace plantain::testing
