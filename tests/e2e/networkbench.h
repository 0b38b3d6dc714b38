#pragma once

#include "decodepool.h"
#include "endpointcatalog.h"
#include "errortext.h"
#include "falclient.h"
#include "faultserver.h"
#include "keys.h"
#include "library.h"
#include "quicktime.h"
#include "runcontroller.h"
#include "servers.h"
#include "testkey.h"

#include <QBuffer>
#include <QCryptographicHash>
#include <QImage>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

namespace plantain {

/// One row of the fault matrix (reliability.md 2.1 to 2.3): what the server does to a run, and what the run must come to.
struct NetworkFault
{
    std::function<void(FaultServer &)> spoil; ///< an honest server into this one
    RunState end = RunState::Done; ///< where the run ends
    QString waits; ///< part of what is said while it waits; empty: nothing need be
    QString says; ///< part of the last sentence; empty: any
    int posts = 1; ///< of the submit; those that were answered 429 count as well
    int files = 1; ///< pictures that are there in the end
    bool quietly = false; ///< `waits` is said beside the run in the window alone
    bool stays = false; ///< it waits in `end` until the fault is gone, and then goes on to Done
    bool cancelled = false; ///< Cancel is pressed once it is accepted: in the window alone, `generate` has no such key
    CancelOutcome cancel = CancelOutcome::NotAsked; ///< what that came to
    std::function<void(const RunRecord &, const FaultServer &)> look = {}; ///< further checks of the window's run
};

/// What a run came to.
struct NetworkPlay
{
    RunRecord run;
    QStringList notes; ///< all that was said meanwhile
    QString sentence; ///< the last word
    bool wantedKey = false;
    qint64 longestWait = 0; ///< seconds to the next try
};

namespace network {

inline const EndpointId endpoint { QStringLiteral("fal-ai/nano-banana-2") };
inline const QByteArray base = "/fal-ai/nano-banana-2";
inline const QByteArray requestId = "764cabcf-b745-4b3e-ae38-1200304cf45b";
inline const QByteArray requestPath = base + "/requests/" + requestId;
inline const QByteArray statusPath = requestPath + "/status";
inline const QByteArray streamPath = statusPath + "/stream";
inline const QByteArray cancelPath = requestPath + "/cancel";
inline const QByteArray key = testKey();
inline constexpr int patience = 900'000; ///< by the fast clock: a minute

inline QByteArray pictureOf(int number, const char *format = "png")
{
    QImage image(64, 64, QImage::Format_RGB32);
    for (int y = 0; y < 64; ++y) {
        for (int x = 0; x < 64; ++x) // noise, so that half of it is no small thing
            image.setPixel(x, y, qRgb((x * 37 + y * 91 + number * 17) % 256, (x * y * 13) % 256, (x ^ y) * 4 % 256));
    }
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    image.save(&buffer, format);
    return bytes;
}

inline QByteArray statusBody(const QByteArray &word, const QByteArray &more = {})
{
    return R"({"status":")" + word + R"(","request_id":")" + requestId + '"' + more + '}';
}

inline FaultReply streamOf(const QByteArray &body)
{
    return { .body = "data: " + body + "\n\n", .contentType = "text/event-stream" };
}

inline QByteArray fileName(int number)
{
    return "/files/" + QByteArray::number(number) + ".png";
}

inline QByteArray resultOf(const QList<QByteArray> &urls)
{
    QByteArrayList images;
    for (const QByteArray &url : urls)
        images << R"({"url":")" + url + R"(","content_type":"image/png","file_name":"x.png"})";
    return R"({"images":[)" + images.join(',') + R"(],"description":"as asked for"})";
}

inline QByteArray resultOf(const FaultServer &server, int images)
{
    QList<QByteArray> urls;
    for (int number = 0; number < images; ++number)
        urls << server.url(QString::fromLatin1(fileName(number))).toEncoded();
    return resultOf(urls);
}

/// One that takes the run and has its picture at once. Rules that come later win: said again, it is honest again.
inline void makeHonest(FaultServer &server, int images = 1)
{
    server.on("POST", base, { .body = R"({"request_id":")" + requestId + R"(","queue_position":0})" });
    server.on("GET", requestPath, { .body = resultOf(server, images) });
    server.on("GET", statusPath, { .body = statusBody("COMPLETED") });
    server.on("GET", streamPath, streamOf(statusBody("COMPLETED")));
    server.on("PUT", cancelPath, { .status = 202, .body = R"({"status":"CANCELLATION_REQUESTED"})" });
    for (int number = 0; number < images; ++number) {
        server.on("GET", fileName(number),
                  { .body = pictureOf(number), .contentType = "image/png", .headers = { { "ETag", "\"v1-" + QByteArray::number(number) + '"' } },
                    .givesParts = true });
    }
}

/// The request history has taken this input.
inline void listInHistory(FaultServer &server, const QByteArray &input)
{
    server.on("GET", "/v1/models/requests",
              { .body = R"({"items":[{"request_id":")" + requestId + R"(","json_input":)" + input + R"(}],"next_cursor":null})" });
}

inline int posts(const FaultServer &server)
{
    return server.count("POST", base);
}

} // namespace network

/// The window's engine without its widgets: library, keys, servers and controller as the program has them.
class NetworkEngine
{
public:
    explicit NetworkEngine(const QUrl &server, const QString &folder)
        : m_server(Server::at(server))
        , m_library(folder)
        , m_servers(m_keys, [] { return Result<Servers::Local>(failure({})); })
        , m_controller(catalog(), m_library, m_servers, m_pool)
    {
        m_keys.useForSession(m_server.name, network::key);
        QObject::connect(&m_controller, &RunController::progressed, &m_controller, [this](const RunId &, const RunProgress &progress) {
            note(progress.note);
            m_play.wantedKey = m_play.wantedKey || progress.needsKey;
            if (progress.nextTry.isValid())
                m_play.longestWait = std::max(m_play.longestWait, QDateTime::currentDateTimeUtc().secsTo(progress.nextTry));
        });
        QObject::connect(&m_controller, &RunController::logged, &m_controller, [this](const LogLine &line) {
            note(line.text);
            m_logLines += line.fromServer ? QStringList { line.text } : QStringList();
        });
    }

    static const EndpointCatalog &catalog()
    {
        static const EndpointCatalog bundled = EndpointCatalog::load({ QStringLiteral(":/endpoints") }, QStringLiteral(":/prices.json"));
        return bundled;
    }

    template <class T>
    static T wait(QFuture<T> future)
    {
        if (!QTest::qWaitFor([&] { return future.isFinished(); }, network::patience))
            qFatal("a future did not finish");
        return future.result();
    }

    bool open() { return m_servers.choose(m_server.name).has_value() && wait(m_library.open()).has_value(); }
    RunId start(int images = 1)
    {
        const Json input { { "prompt", "a plantain on a wire" }, { "resolution", "0.5K" }, { "num_images", images } };
        const StartResult started = wait(m_controller.start({ network::endpoint, input, {} }));
        return started ? started->id : RunId();
    }
    RunRecord stored(const RunId &id) { return wait(m_library.run(id)).value_or(RunRecord()); }
    bool waitForState(const RunId &id, RunState state)
    {
        return QTest::qWaitFor([&] { return stored(id).state == state; }, network::patience);
    }
    bool waitForEnd(const RunId &id)
    {
        return QTest::qWaitFor([&] { return isFinal(stored(id).state); }, network::patience);
    }
    bool waitForNote(const QString &part)
    {
        return QTest::qWaitFor([&] { return m_play.notes.join(u'\n').contains(part); }, network::patience);
    }

    RunController &controller() { return m_controller; }
    Library &library() { return m_library; }
    Keys &keys() { return m_keys; }
    NetworkPlay &play() { return m_play; }
    const QStringList &serverLog() const { return m_logLines; }

private:
    void note(const QString &text)
    {
        if (!text.isEmpty())
            m_play.notes << text;
    }

    const Server m_server;
    DecodePool m_pool { 1 };
    Library m_library;
    Keys m_keys;
    Servers m_servers;
    RunController m_controller;
    NetworkPlay m_play;
    QStringList m_logLines;
};

/// `plantain` as a process of its own, under the same fast clock.
class NetworkCommand
{
public:
    NetworkCommand(const QTemporaryDir &folder, const QStringList &arguments, const QByteArray &input = {},
                   const QMap<QString, QString> &more = {}, const QStringList &wrapped = {})
    {
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(QStringLiteral("FAL_KEY"), QString::fromLatin1(network::key));
        for (const char *name : { "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME" })
            environment.insert(QLatin1StringView(name), folder.filePath(QLatin1StringView(name)));
        for (auto pair = more.cbegin(); pair != more.cend(); ++pair)
            environment.insert(pair.key(), pair.value());
        m_process.setProcessEnvironment(environment);
        const QStringList words = wrapped + QStringList { QStringLiteral(PLANTAIN_PROGRAM) } + arguments;
        m_process.start(words.front(), words.mid(1));
        m_process.write(input);
        m_process.closeWriteChannel();
    }
    ~NetworkCommand()
    {
        m_process.kill();
        m_process.waitForFinished();
    }

    bool waitForEnd()
    {
        const bool ended
            = QTest::qWaitFor([this] { return m_process.state() == QProcess::NotRunning; }, network::patience);
        output = m_process.readAllStandardOutput();
        errors = m_process.readAllStandardError();
        for (const QByteArray &text : output.split('\n')) {
            if (Result<Json> json = text.isEmpty() ? Result<Json>(failure({})) : parseJson(text))
                line = *json;
        }
        return ended;
    }
    qint64 pid() const { return m_process.processId(); }
    int status() const { return m_process.exitCode(); }
    QString message() const { return line.is_object() && line.contains("error") && line.at("error").is_object() ? stringAt(line.at("error"), "message") : QString(); }
    QString state() const { return line.is_object() ? stringAt(line, "state") : QString(); }

    QByteArray output, errors;
    Json line;

private:
    QProcess m_process;
};

/// Plays a fault through the window's engine and through `generate` at once, each with a server and a library of its own,
/// and checks what both promise. A suite calls play() with its row.
class NetworkRow
{
public:
    static void play(const NetworkFault &fault, int images = 1)
    {
        const QTemporaryDir folder;
        FaultServer windowServer, commandServer;
        for (FaultServer *server : { &windowServer, &commandServer }) {
            network::makeHonest(*server, images);
            if (fault.spoil)
                fault.spoil(*server);
        }
        const QByteArray input = R"({"prompt":"a plantain on a wire","resolution":"0.5K","num_images":)" + QByteArray::number(images) + '}';
        const QStringList where { QStringLiteral("--library"), folder.filePath(QStringLiteral("command")), QStringLiteral("--server"),
                                  commandServer.url().toString() };
        std::unique_ptr<NetworkCommand> command;
        if (!fault.cancelled) {
            QStringList arguments { QStringLiteral("generate"), QStringLiteral("--input"), QStringLiteral("-") };
            if (fault.stays)
                arguments << QStringLiteral("--timeout") << QStringLiteral("60");
            command = std::make_unique<NetworkCommand>(folder, arguments + where, input);
        }
        playWindow(fault, windowServer, folder.filePath(QStringLiteral("window")), images);
        if (!command || QTest::currentTestFailed())
            return;
        QVERIFY2(command->waitForEnd(), "generate does not end");
        checkCommand(fault, *command, commandServer);
        if (fault.stays && !QTest::currentTestFailed()) {
            network::makeHonest(commandServer, images);
            NetworkCommand resume(folder, QStringList { QStringLiteral("resume") } + where);
            QVERIFY2(resume.waitForEnd(), "resume does not end");
            QCOMPARE(resume.state(), QStringLiteral("done"));
            QCOMPARE(network::posts(commandServer), fault.posts + (fault.end == RunState::Intent ? 1 : 0));
        }
    }

private:
    static void playWindow(const NetworkFault &fault, FaultServer &server, const QString &folder, int images)
    {
        NetworkEngine engine(server.url(), folder);
        QVERIFY(engine.open());
        const RunId id = engine.start(images);
        QVERIFY(!id.isEmpty());
        if (fault.cancelled) {
            QVERIFY(engine.waitForState(id, RunState::Accepted));
            engine.controller().cancel(id);
        }
        if (!fault.waits.isEmpty())
            QVERIFY2(engine.waitForNote(fault.waits), qPrintable(engine.play().notes.join(u'\n')));
        if (fault.stays)
            QVERIFY(engine.waitForState(id, fault.end));
        else
            QVERIFY2(engine.waitForEnd(id), qPrintable(engine.play().notes.join(u'\n')));
        check(fault, engine.stored(id), engine, server);
        if (QTest::currentTestFailed() || (fault.end != RunState::Unknown && !fault.stays))
            return;
        // Nothing is lost by it: with an honest server the run comes to its picture, and is not paid for again.
        network::makeHonest(server, images);
        if (fault.end == RunState::Unknown) {
            network::listInHistory(server, engine.stored(id).sent);
            const auto found = NetworkEngine::wait(engine.controller().lookUp(id));
            QVERIFY2(found && found->found, qPrintable(engine.play().notes.join(u'\n')));
        } else {
            engine.controller().tryNow(id);
        }
        QVERIFY2(engine.waitForState(id, RunState::Done), qPrintable(engine.play().notes.join(u'\n')));
        QCOMPARE(engine.stored(id).images.size(), size_t(images));
        QCOMPARE(network::posts(server), fault.posts + (fault.end == RunState::Intent ? 1 : 0)); // after a 429
    }

    static void check(const NetworkFault &fault, const RunRecord &run, NetworkEngine &engine, const FaultServer &server)
    {
        QCOMPARE(wordOf(run.state), wordOf(fault.end));
        const QString sentence = run.error ? errorText(*run.error, run.state).sentence() : QString();
        QVERIFY2(sentence.contains(fault.says), qPrintable(sentence));
        QCOMPARE(network::posts(server), fault.posts);
        QCOMPARE(wordOf(run.cancel), wordOf(fault.cancel));
        QCOMPARE(run.prompt(), QStringLiteral("a plantain on a wire"));
        int files = 0;
        for (const ImageRecord &image : run.images) {
            if (image.file.isEmpty())
                continue;
            ++files;
            QFile file(engine.library().absolute(image.file));
            QVERIFY(file.open(QIODevice::ReadOnly));
            const QByteArray bytes = file.readAll();
            QCOMPARE(QString::fromLatin1(QCryptographicHash::hash(bytes, QCryptographicHash::Sha256).toHex()), image.sha256);
            QVERIFY(!QImage::fromData(bytes).isNull());
        }
        QCOMPARE(files, fault.end == RunState::Done || fault.end == RunState::Failed ? fault.files : 0);
        if (fault.look)
            fault.look(run, server);
    }

    static void checkCommand(const NetworkFault &fault, const NetworkCommand &command, const FaultServer &server)
    {
        QVERIFY2(command.line.is_object(), command.errors.constData());
        QCOMPARE(command.state(), wordOf(fault.end));
        QCOMPARE(command.status(), fault.stays ? 3 : fault.end == RunState::Done ? 0 : 1);
        QVERIFY2(command.message().contains(fault.says), qPrintable(command.message()));
        const QString all = QString::fromUtf8(command.errors) + command.message();
        QVERIFY2(fault.quietly || all.contains(fault.waits), qPrintable(all));
        QCOMPARE(network::posts(server), fault.posts);
        QCOMPARE(int(command.line.at("images").size()), fault.end == RunState::Done || fault.end == RunState::Failed ? fault.files : 0);
        QVERIFY(!(command.output + command.errors).contains(network::key));
    }
};

} // namespace plantain

Q_DECLARE_METATYPE(plantain::NetworkFault)

/// Like QTEST_GUILESS_MAIN, under the fast clock.
#define NETWORK_MAIN(Suite)                                                                                                          \
    int main(int argc, char **argv)                                                                                                  \
    {                                                                                                                                \
        plantain::runUnderFastClock(argv, PLANTAIN_FAST_CLOCK);                                                                      \
        QCoreApplication application(argc, argv);                                                                                    \
        Suite suite;                                                                                                                 \
        return QTest::qExec(&suite, argc, argv);                                                                                     \
    }
