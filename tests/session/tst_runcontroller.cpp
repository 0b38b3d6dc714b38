#include "workbench.h"

#include <QCryptographicHash>
#include <QImage>
#include <QTcpServer>
#include <QTcpSocket>

using namespace plantain;
using namespace Qt::StringLiterals;

namespace {

const EndpointId text { u"fal-ai/nano-banana-2"_s };
const EndpointId edit { u"fal-ai/nano-banana-2/edit"_s };

Json small(const char *prompt)
{
    return { { "prompt", prompt }, { "resolution", "0.5K" } };
}

QByteArray sha256Of(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    return QCryptographicHash::hash(file.readAll(), QCryptographicHash::Sha256).toHex();
}

QString pictureFile(const QTemporaryDir &folder, const QString &name, Qt::GlobalColor colour)
{
    QImage image(64, 48, QImage::Format_RGB32);
    image.fill(colour);
    const QString path = folder.filePath(name);
    image.save(path);
    return path;
}

/// Takes every request, says nothing, hangs up; counts.
class HangUpServer : public QTcpServer
{
public:
    HangUpServer()
    {
        connect(this, &QTcpServer::newConnection, this, [this] {
            while (QTcpSocket *socket = nextPendingConnection()) {
                connect(socket, &QTcpSocket::readyRead, socket, [this, socket] {
                    if (socket->readAll().contains("POST "))
                        ++posts;
                    socket->disconnectFromHost();
                });
            }
        });
        listen(QHostAddress::LocalHost);
    }
    QUrl base() const { return QUrl(u"http://127.0.0.1:%1"_s.arg(serverPort())); }
    int posts = 0;
};

} // namespace

class TestRunController : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void endsInPictures()
    {
        Workbench bench;
        QStringList states;
        connect(bench.library.get(), &Library::runAdded, this, [&](const RunRecord &run) { states << wordOf(run.state); });
        connect(bench.library.get(), &Library::runChanged, this, [&](const RunRecord &run) { states << wordOf(run.state); });

        Json input = small("a sign reading \"OPEN\"");
        input["num_images"] = 3;
        const RunRecord run = bench.settled(bench.started(text, input).id);

        QCOMPARE(states, (QStringList { u"intent"_s, u"sending"_s, u"accepted"_s, u"completed"_s, u"fetched"_s, u"done"_s }));
        QCOMPARE(run.state, RunState::Done);
        QCOMPARE(run.images.size(), 3u);
        for (const ImageRecord &image : run.images) {
            const QString path = bench.library->absolute(image.file);
            QCOMPARE(QString::fromLatin1(sha256Of(path)), image.sha256);
            QCOMPARE(QImage(path).size(), image.size);
            QCOMPARE(image.size, QSize(512, 512));
            QCOMPARE(image.contentType, u"image/png"_s);
        }
        QVERIFY(run.seedDrawn);
        QVERIFY(run.inputAsSent().contains("seed"));
        QVERIFY(!run.requestId.isEmpty());
        QVERIFY(!run.reply.isEmpty());
        QCOMPARE(bench.ledger().size(), 1);
    }

    void uploadsReferencesInOrder()
    {
        Workbench bench;
        const QString red = pictureFile(bench.folder, u"red.png"_s, Qt::red);
        const QString blue = pictureFile(bench.folder, u"blue.jpg"_s, Qt::blue);
        const std::vector<ReferenceSource> sources { { u"image_urls"_s, red, {} },
                                                     { u"image_urls"_s, blue, {} },
                                                     { u"image_urls"_s, red, {} } };
        const RunRecord run = bench.settled(bench.started(edit, small("put them together"), sources).id);

        QCOMPARE(run.state, RunState::Done);
        QCOMPARE(run.references.size(), 3u);
        QCOMPARE(run.references[0].sha256.toLatin1(), sha256Of(red));
        QCOMPARE(run.references[1].sha256.toLatin1(), sha256Of(blue));
        QCOMPARE(run.references[2].url, run.references[0].url); // one upload for the same bytes
        const Json sent = run.inputAsSent();
        for (const ReferenceRecord &reference : run.references) {
            QCOMPARE(toQString(sent.at("image_urls").at(size_t(reference.index))), reference.url.toString());
            QVERIFY(QFile::exists(bench.library->absolute(reference.file)));
        }
        QCOMPARE(toQString(run.input.at("image_urls").at(1)), u"reference:"_s + run.references[1].sha256);
    }

    void refusesWhatCannotBeSent_data()
    {
        QTest::addColumn<QString>("endpoint");
        QTest::addColumn<QByteArray>("input");
        QTest::addColumn<QString>("field");
        QTest::newRow("no prompt") << text.text << QByteArray("{}") << u"prompt"_s;
        QTest::newRow("short prompt") << text.text << QByteArray(R"({"prompt":"hi"})") << u"prompt"_s;
        QTest::newRow("count") << text.text << QByteArray(R"({"prompt":"a dog","num_images":5})") << u"num_images"_s;
        QTest::newRow("enum") << text.text << QByteArray(R"({"prompt":"a dog","resolution":"8K"})") << u"resolution"_s;
        QTest::newRow("no medium") << edit.text << QByteArray(R"({"prompt":"a dog"})") << u"image_urls"_s;
        QTest::newRow("endpoint") << u"no/such"_s << QByteArray(R"({"prompt":"a dog"})") << QString();
    }

    void refusesWhatCannotBeSent()
    {
        QFETCH(QString, endpoint);
        QFETCH(QByteArray, input);
        QFETCH(QString, field);
        Workbench bench;
        const StartResult result = Workbench::wait(bench.controller->start({ { endpoint }, *parseJson(input), {} }));
        QVERIFY(!result);
        QCOMPARE(result.error().front().field, field);
        QVERIFY(!result.error().front().message.isEmpty());
        QCOMPARE(Workbench::wait(bench.library->runs(0, 10))->size(), 0u);
        QVERIFY(bench.ledger().isEmpty());
    }

    void brokenReferenceIsNamed()
    {
        Workbench bench;
        QFile broken(bench.folder.filePath(u"broken.png"_s));
        QVERIFY(broken.open(QIODevice::WriteOnly));
        broken.write("this is no picture");
        broken.close();
        const StartResult result = Workbench::wait(
            bench.controller->start({ edit, small("edit it"), { { u"image_urls"_s, broken.fileName(), {} } } }));
        QVERIFY(!result);
        QCOMPARE(result.error().front().field, u"image_urls/0"_s);
        QVERIFY(result.error().front().message.contains(u"broken.png"_s));
        QVERIFY(bench.ledger().isEmpty());
    }

    void endsAsTheServerSays_data()
    {
        QTest::addColumn<QByteArray>("directive");
        QTest::addColumn<RunState>("state");
        QTest::addColumn<QString>("type");
        QTest::addColumn<int>("pictures");
        QTest::addColumn<int>("taken");
        QTest::newRow("refused key") << QByteArray("submit=401") << RunState::Refused << QString() << 0 << 0;
        QTest::newRow("no balance") << QByteArray("submit=403") << RunState::Refused << QString() << 0 << 0;
        QTest::newRow("unknown app") << QByteArray("submit=404") << RunState::Refused << QString() << 0 << 0;
        QTest::newRow("gateway fault") << QByteArray("submit=500") << RunState::Unknown << QString() << 0 << 0;
        QTest::newRow("web page") << QByteArray("submit=html") << RunState::Unknown << QString() << 0 << 0;
        QTest::newRow("hangs up") << QByteArray("submit=drop") << RunState::Unknown << QString() << 0 << 1;
        QTest::newRow("policy") << QByteArray("error=content_policy_violation") << RunState::Failed
                                << u"content_policy_violation"_s << 0 << 1;
        QTest::newRow("runner") << QByteArray("error=runner_disconnected") << RunState::Failed << u"runner_disconnected"_s
                                << 0 << 1;
        QTest::newRow("none") << QByteArray("images=0") << RunState::Failed << u"no_media_generated"_s << 0 << 1;
        QTest::newRow("no images key") << QByteArray("result=noimages") << RunState::Failed << QString() << 0 << 1;
        QTest::newRow("more") << QByteArray("images=6") << RunState::Done << QString() << 6 << 1;
        QTest::newRow("identical") << QByteArray("images=3 duplicate") << RunState::Done << QString() << 3 << 1;
        QTest::newRow("mislabelled") << QByteArray("type=jpeg") << RunState::Done << QString() << 1 << 1;
        QTest::newRow("no picture") << QByteArray("type=html") << RunState::Failed << u"not_a_picture"_s << 0 << 1;
        QTest::newRow("gone") << QByteArray("missing") << RunState::Failed << QString() << 0 << 1;
        QTest::newRow("requeued") << QByteArray("requeue") << RunState::Done << QString() << 1 << 1;
    }

    void endsAsTheServerSays()
    {
        QFETCH(QByteArray, directive);
        QFETCH(RunState, state);
        QFETCH(QString, type);
        QFETCH(int, pictures);
        QFETCH(int, taken);
        Workbench bench;
        const QByteArray prompt = "a lighthouse\nsandbox: " + directive;
        const RunRecord run = bench.settled(bench.started(text, small(prompt.constData())).id);
        QCOMPARE(wordOf(run.state), wordOf(state));
        QCOMPARE(run.error.has_value(), state != RunState::Done);
        if (!type.isEmpty())
            QCOMPARE(run.error->type, type);
        const auto there = std::count_if(run.images.cbegin(), run.images.cend(),
                                         [](const ImageRecord &image) { return !image.file.isEmpty(); });
        QCOMPARE(int(there), pictures);
        QCOMPARE(bench.ledger().size(), taken);
    }

    void whatCameIsHeldAgainstWhatWasAsked()
    {
        Workbench bench;
        Json input = small("a lighthouse\nsandbox: images=3");
        input["num_images"] = 4;
        input["seed"] = 7;
        const RunRecord first = bench.settled(bench.started(text, input).id);
        QCOMPARE(first.images.size(), size_t(3));
        for (const ImageRecord &image : first.images)
            QCOMPARE(image.deviations, Deviations(Deviation::Count));
        input["num_images"] = 3;
        const RunRecord again = bench.settled(bench.started(text, input).id); // the same seed: the same pictures
        for (const ImageRecord &image : again.images) {
            QCOMPARE(image.deviations, Deviations(Deviation::Duplicate));
            QVERIFY(image.sameAs == (PictureId { first.id, image.index }));
        }
        input["seed"] = 8;
        for (const ImageRecord &image : bench.settled(bench.started(text, input).id).images)
            QCOMPARE(image.deviations, Deviations());
    }

    void neverSendsTwiceWhenTheAnswerIsLost()
    {
        Workbench bench;
        HangUpServer server;
        bench.useServer(Server::at(server.base()));
        const RunRecord run = bench.settled(bench.started(text, small("a lighthouse")).id);
        QCOMPARE(run.state, RunState::Unknown);
        QCOMPARE(run.error->kind, ErrorKind::NoAnswer);
        QVERIFY(!run.sent.isEmpty());
        QCOMPARE(server.posts, 1);
        bench.restart();
        QCOMPARE(Workbench::wait(bench.controller->resumeAll()), 0);
        QCOMPARE(server.posts, 1);
    }

    void lookUpFindsTheLostRun()
    {
        Workbench bench;
        const RunRecord lost = bench.settled(bench.started(text, small("a lighthouse\nsandbox: submit=drop")).id);
        QCOMPARE(lost.state, RunState::Unknown);
        bool found = false;
        QVERIFY(QTest::qWaitFor(
            [&] {
                const Result<LookUpResult> looked = Workbench::wait(bench.controller->lookUp(lost.id));
                found = looked.has_value() && looked->found;
                return found;
            },
            30'000));
        QTRY_COMPARE_WITH_TIMEOUT(bench.stored(lost.id).state, RunState::Done, 30'000);
        QCOMPARE(bench.stored(lost.id).images.size(), 1u);
        QCOMPARE(bench.ledger().size(), 1);
    }

    void sendAgainIsANewRunWithANewSeed()
    {
        Workbench bench;
        const RunRecord lost = bench.settled(bench.started(text, small("a lighthouse\nsandbox: error=internal_error")).id);
        QCOMPARE(lost.state, RunState::Failed);
        const StartResult again = Workbench::wait(bench.controller->sendAgain(lost.id));
        QVERIFY(again.has_value());
        QVERIFY(again->id != lost.id);
        QVERIFY(again->input.at("seed") != lost.input.at("seed"));
        QVERIFY(again->input.at("prompt") == lost.input.at("prompt"));
        QCOMPARE(bench.settled(again->id).state, RunState::Failed);
        QCOMPARE(bench.ledger().size(), 2);
    }

    void sendAgainKeepsTheReferences()
    {
        Workbench bench;
        const QString red = pictureFile(bench.folder, u"red.png"_s, Qt::red);
        const RunRecord first = bench.settled(
            bench.started(edit, small("edit it\nsandbox: error=internal_error"), { { u"image_urls"_s, red, {} } }).id);
        QFile::remove(red);
        const StartResult again = Workbench::wait(bench.controller->sendAgain(first.id));
        QVERIFY(again.has_value());
        QCOMPARE(again->references.size(), 1u);
        QCOMPARE(again->references[0].sha256, first.references[0].sha256);
        QVERIFY(again->input.at("image_urls") == first.input.at("image_urls"));
    }

    void cancelsBeforeItRuns()
    {
        Workbench bench(30, 1);
        const RunRecord first = bench.started(text, small("the one that runs"));
        const RunRecord second = bench.started(text, small("the one that waits"));
        QTRY_COMPARE_WITH_TIMEOUT(bench.stored(second.id).state, RunState::Accepted, 30'000);
        QTRY_COMPARE_WITH_TIMEOUT(bench.stored(first.id).state, RunState::Accepted, 30'000);
        bench.controller->cancelAll();
        for (const RunId &id : { first.id, second.id }) {
            const RunRecord run = bench.settled(id);
            QCOMPARE(run.state, RunState::Cancelled);
            QVERIFY(run.cancel == CancelOutcome::Removed || run.cancel == CancelOutcome::Requested);
        }
    }

    void waitsForTheServerAndSendsOnce()
    {
        Workbench bench;
        QTcpServer placeholder;
        QVERIFY(placeholder.listen(QHostAddress::LocalHost));
        const quint16 port = placeholder.serverPort();
        placeholder.close();
        bench.useServer(Server::at(QUrl(u"http://127.0.0.1:%1"_s.arg(port))));

        QSignalSpy progress(bench.controller.get(), &RunController::progressed);
        const RunRecord run = bench.started(text, small("a lighthouse"));
        QTRY_VERIFY_WITH_TIMEOUT(
            std::any_of(progress.cbegin(), progress.cend(),
                        [](const QList<QVariant> &signal) {
                            return signal.at(1).value<RunProgress>().phase == RunProgress::Phase::Waiting;
                        }),
            30'000);
        QCOMPARE(bench.stored(run.id).state, RunState::Intent);

        auto late = Sandbox::start({ .port = port, .latencySeconds = 0, .ledger = bench.folder.filePath(u"late"_s) },
                                   bench.catalog);
        QVERIFY(late.has_value());
        QCOMPARE(bench.settled(run.id).state, RunState::Done);
        QFile ledger(bench.folder.filePath(u"late"_s));
        QVERIFY(ledger.open(QIODevice::ReadOnly));
        QCOMPARE(ledger.readAll().count('\n'), 1);
    }

    void resumesWhereItStood()
    {
        Workbench bench(1);
        const RunRecord run = bench.started(text, small("a lighthouse"));
        QTRY_COMPARE_WITH_TIMEOUT(bench.stored(run.id).state, RunState::Accepted, 30'000);
        bench.restart();
        QCOMPARE(Workbench::wait(bench.controller->resumeAll()), 1);
        QCOMPARE(bench.settled(run.id).state, RunState::Done);
        QCOMPARE(bench.ledger().size(), 1);
    }

    void foundInSendingIsUnknown()
    {
        Workbench bench;
        RunRecord run;
        run.id = newRunId();
        run.endpoint = text;
        run.server = bench.used.name;
        run.input = small("a lighthouse");
        run = *Workbench::wait(bench.library->add(run));
        run.sent = toBytes(run.input);
        run.state = RunState::Sending;
        QVERIFY(Workbench::wait(bench.library->store(run)).has_value());
        bench.restart();
        QCOMPARE(Workbench::wait(bench.controller->resumeAll()), 1);
        QCOMPARE(bench.settled(run.id).state, RunState::Unknown);
        QVERIFY(bench.ledger().isEmpty());
    }

    void runsOfTwoServersSideBySide()
    {
        Workbench bench(1);
        const RunRecord first = bench.started(text, small("a lighthouse"));
        auto other = Sandbox::start({ .latencySeconds = 0, .ledger = bench.folder.filePath(u"other"_s) }, bench.catalog);
        QVERIFY(other.has_value());
        const QString name = Server::at((*other)->base()).name;
        bench.keys->useForSession(name, "id:other");
        QVERIFY(bench.servers->choose(name).has_value());
        const RunRecord second = bench.started(text, small("a harbour"));
        QCOMPARE(first.server, bench.used.name);
        QCOMPARE(second.server, name);
        QVERIFY(!isFinal(bench.stored(first.id).state));
        QCOMPARE(bench.settled(second.id).state, RunState::Done);
        QCOMPARE(bench.settled(first.id).state, RunState::Done);
        QCOMPARE(bench.ledger().size(), 1);

        // Both go on after a start for which a third one is chosen.
        const RunRecord third = bench.started(text, small("a bridge"));
        QVERIFY(bench.servers->choose(bench.used.name).has_value());
        const RunRecord fourth = bench.started(text, small("a tower"));
        QTRY_COMPARE_WITH_TIMEOUT(bench.stored(fourth.id).state, RunState::Accepted, 30'000);
        bench.restart();
        bench.keys->useForSession(name, "id:other");
        QVERIFY(bench.servers->choose(u"fal"_s).has_value());
        Workbench::wait(bench.controller->resumeAll());
        QCOMPARE(bench.settled(third.id).state, RunState::Done);
        QCOMPARE(bench.settled(fourth.id).state, RunState::Done);
        QCOMPARE(bench.ledger().size(), 2);
    }

    void goesOnWithTheNextSandbox()
    {
        Workbench bench;
        const QString state = bench.folder.filePath(u"state"_s);
        const auto useSandbox = [&bench, &state](double latency) {
            bench.sandbox.reset();
            bench.sandbox = std::move(*Sandbox::start({ .latencySeconds = latency, .state = state }, bench.catalog));
            bench.useServer(Server::at(bench.sandbox->base(), true));
        };
        useSandbox(600);
        const QString red = pictureFile(bench.folder, u"red.png"_s, Qt::red);
        const RunRecord run = bench.started(edit, small("edit it"), { { u"image_urls"_s, red, {} } });
        QTRY_COMPARE_WITH_TIMEOUT(bench.stored(run.id).state, RunState::Accepted, 30'000);
        QCOMPARE(run.server, u"sandbox"_s);
        bench.restart();
        useSandbox(0);
        QCOMPARE(Workbench::wait(bench.controller->resumeAll()), 1);
        QCOMPARE(bench.settled(run.id).state, RunState::Done);

        // Completed, and the pictures still to come: their addresses name the port of the sandbox that went.
        RunRecord completed = bench.stored(run.id);
        completed.id = newRunId();
        completed.state = RunState::Intent;
        completed.images.clear();
        completed.endedAt = {};
        completed.reply.replace(bench.sandbox->base().toEncoded(), "http://127.0.0.1:9");
        QVERIFY(Workbench::wait(bench.library->add(completed)).has_value());
        for (const RunState next : { RunState::Sending, RunState::Accepted, RunState::Completed }) {
            completed.state = next;
            QVERIFY(Workbench::wait(bench.library->store(completed)).has_value());
        }
        bench.restart();
        QCOMPARE(Workbench::wait(bench.controller->resumeAll()), 1);
        QCOMPARE(bench.settled(completed.id).state, RunState::Done);
    }

    void waitsForTheKeyOfItsServer()
    {
        Workbench bench;
        RunRecord run;
        run.id = newRunId();
        run.endpoint = text;
        run.server = u"fal"_s;
        run.input = small("a lighthouse");
        QVERIFY(Workbench::wait(bench.library->add(run)).has_value());
        QSignalSpy progress(bench.controller.get(), &RunController::progressed);
        QCOMPARE(Workbench::wait(bench.controller->resumeAll()), 0);
        QVERIFY(bench.controller->waitsForKey(run.id));
        QCOMPARE(bench.controller->openRuns(), 1);
        QVERIFY(progress.last().at(1).value<RunProgress>().note.contains(u"key of fal"_s));

        bench.keys->useForSession(u"fal"_s, "id:secret");
        QVERIFY(!bench.controller->waitsForKey(run.id));
        bench.controller->cancel(run.id); // before anything leaves for the real fal
        QCOMPARE(bench.settled(run.id).state, RunState::Cancelled);
    }

    void cancelsWhatWaitsForAKey()
    {
        Workbench bench;
        RunRecord run;
        run.id = newRunId();
        run.endpoint = text;
        run.server = u"fal"_s;
        run.input = small("a lighthouse");
        QVERIFY(Workbench::wait(bench.library->add(run)).has_value());
        QCOMPARE(Workbench::wait(bench.controller->resumeAll()), 0);
        bench.controller->cancelAll();
        QCOMPARE(bench.settled(run.id).state, RunState::Cancelled);
    }

    void falWithoutAKeyIsRefused()
    {
        Workbench bench;
        QVERIFY(bench.servers->choose(u"fal"_s).has_value());
        const StartResult result = Workbench::wait(bench.controller->start({ text, small("a lighthouse"), {} }));
        QVERIFY(!result.has_value());
        QCOMPARE(result.error().front().kind, ErrorKind::NoKey);
        QVERIFY(!bench.servers->choose(u"http://example.com"_s).has_value());
        QCOMPARE(bench.servers->chosen().name, u"fal"_s);
    }

    void pausedRunsWaitInTheirOrder()
    {
        Workbench bench;
        bench.controller->setPaused(true);
        const RunId first = bench.started(text, small("the first one")).id;
        const RunId second = bench.started(text, small("the second one")).id;
        const RunId third = bench.started(text, small("the third one")).id;
        QCOMPARE(bench.controller->waitingRuns(), (std::vector { first, second, third }));
        QSignalSpy changed(bench.controller.get(), &RunController::waitingChanged);
        bench.controller->moveWaiting(third, 0);
        QCOMPARE(bench.controller->waitingRuns(), (std::vector { third, first, second }));
        bench.controller->moveWaiting(third, 99);
        QCOMPARE(bench.controller->waitingRuns(), (std::vector { first, second, third }));
        bench.controller->moveWaiting({ u"nobody"_s }, 0);
        QCOMPARE(changed.size(), 2);

        // Removed and resumed in one turn of the loop: what was removed is not sent after all.
        bench.controller->cancel(second);
        bench.controller->setPaused(false);
        QVERIFY(bench.controller->waitingRuns().empty());
        QCOMPARE(bench.settled(second).state, RunState::Cancelled);
        QCOMPARE(bench.stored(second).cancel, CancelOutcome::Removed);
        QVERIFY(!bench.stored(second).sentAt.isValid());
        QCOMPARE(bench.settled(first).state, RunState::Done);
        QCOMPARE(bench.settled(third).state, RunState::Done);
        QCOMPARE(bench.ledger().size(), 2);
    }

    void pausingLeavesAloneWhatWasSent()
    {
        Workbench bench(0.5);
        const RunId sent = bench.started(text, small("under way")).id;
        QTRY_COMPARE(bench.stored(sent).state, RunState::Accepted);
        bench.controller->setPaused(true);
        const RunId waits = bench.started(text, small("it waits")).id;
        QCOMPARE(bench.settled(sent).state, RunState::Done);
        QCOMPARE(bench.stored(waits).state, RunState::Intent);
        bench.controller->cancelWaiting();
        QCOMPARE(bench.settled(waits).state, RunState::Cancelled);
        QCOMPARE(bench.ledger().size(), 1);
    }

    void pausedRunsWaitAfterARestart()
    {
        Workbench bench;
        bench.controller->setPaused(true);
        const RunId id = bench.started(text, small("it waits")).id;
        bench.restart();
        bench.controller->setPaused(true); // as the window does, from its settings
        QCOMPARE(Workbench::wait(bench.controller->resumeAll()), 1);
        QCOMPARE(bench.controller->waitingRuns(), std::vector { id });
        QVERIFY(bench.ledger().isEmpty());
        bench.controller->setPaused(false);
        QCOMPARE(bench.settled(id).state, RunState::Done);
    }

    void manyAtOnceAllEnd()
    {
        Workbench bench(0, 4);
        std::vector<RunId> ids;
        for (int n = 0; n < 24; ++n)
            ids.push_back(bench.started(text, small("a lighthouse")).id);
        for (const RunId &id : ids)
            QCOMPARE(bench.settled(id).state, RunState::Done);
        QCOMPARE(bench.ledger().size(), 24);
    }
};

QTEST_MAIN(TestRunController)
#include "tst_runcontroller.moc"
