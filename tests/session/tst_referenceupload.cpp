#include "errortext.h"
#include "faultserver.h"
#include "referencemodel.h"
#include "testwait.h"
#include "workbench.h"

#include <QImage>
#include <QRandomGenerator>

using namespace plantain;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

const EndpointId edit { u"fal-ai/nano-banana-2/edit"_s };

/// A picture that no packing makes small, each of its own.
QString pictureFile(const QTemporaryDir &folder, const QString &name, QSize size = { 64, 48 })
{
    QImage image(size, QImage::Format_RGB32);
    QRandomGenerator random(quint32(qHash(name)));
    random.fillRange(reinterpret_cast<quint32 *>(image.bits()), image.sizeInBytes() / 4);
    const QString path = folder.filePath(name);
    if (!image.save(path, nullptr, 100))
        qFatal("a picture cannot be written");
    return path;
}

Json small(const QString &prompt)
{
    return { { "prompt", toJson(prompt) }, { "resolution", "0.5K" } };
}

std::vector<ReferenceSource> sourcesOf(const QStringList &files)
{
    std::vector<ReferenceSource> sources;
    for (const QString &file : files)
        sources.push_back({ .field = u"image_urls"_s, .file = file, .url = {} });
    return sources;
}

QList<QUrl> addressesOf(const RunRecord &run)
{
    QList<QUrl> urls;
    for (const ReferenceRecord &reference : run.references)
        urls.append(reference.url);
    return urls;
}

/// A server whose storage takes everything under a new address each, and that takes no submit.
struct StorageServer
{
    StorageServer()
    {
        server.setAnswer([this](const SeenRequest &seen) {
            if (hook)
                hook(seen);
            const auto fault = faults.find(seen.verb);
            if (fault != faults.end() && !isInitiation(seen) && fault->times != 0) {
                fault->times -= fault->times > 0;
                return *fault;
            }
            return FaultServer::Rule { .verb = {}, .path = {}, .script = FaultScript::Serve, .reply = answer(seen) };
        });
    }
    static bool isInitiation(const SeenRequest &seen) { return seen.path.startsWith("/storage/"); }
    FaultReply answer(const SeenRequest &seen)
    {
        if (isInitiation(seen)) {
            const QString name = QString::number(++initiated);
            return { .body = toBytes(Json { { "upload_url", toJson(server.url(u"/put/"_s + name).toString()) },
                                            { "file_url", toJson(server.url(u"/files/"_s + name).toString()) } }) };
        }
        if (seen.path.startsWith("/put/"))
            return { .body = "{}", .headers = { { "ETag", '"' + seen.path + '"' } } };
        return { .status = 422, .body = R"({"detail":"enough"})" };
    }
    int puts() const { return server.count("PUT"); }

    FaultServer server;
    QHash<QByteArray, FaultServer::Rule> faults; ///< by verb, for all but the initiation
    std::function<void(const SeenRequest &)> hook;
    int initiated = 0;
};

FaultServer::Rule fault(FaultScript script, int times = -1, const FaultReply &reply = {})
{
    return { .verb = {}, .path = {}, .script = script, .reply = reply, .times = times };
}

} // namespace

/// Files of runs on their way to a server's storage.
class TestReferenceUpload : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void fourteenInTenRunsAreUploadedOnce()
    {
        Workbench bench;
        QStringList files;
        const QStringList types { u"png"_s, u"jpg"_s, u"webp"_s };
        for (int n = 0; n < 14; ++n)
            files.append(pictureFile(bench.folder, u"%1.%2"_s.arg(n).arg(types.at(n % 3))));
        std::vector<RunId> ids;
        for (int n = 0; n < 5; ++n) // while the first is uploading
            ids.push_back(bench.started(edit, small(u"all of them %1"_s.arg(n)), sourcesOf(files)).id);
        const QList<QUrl> urls = addressesOf(bench.settled(ids.front()));
        QCOMPARE(QSet<QUrl>(urls.begin(), urls.end()).size(), 14);
        for (int n = 5; n < 10; ++n) { // and when it is long over
            if (n == 7)
                bench.restart();
            ids.push_back(bench.started(edit, small(u"all of them %1"_s.arg(n)), sourcesOf(files)).id);
            bench.settled(ids.back());
        }
        for (const RunId &id : ids) {
            const RunRecord run = bench.settled(id);
            QCOMPARE(run.state, RunState::Done);
            QCOMPARE(addressesOf(run), urls);
            const Json sent = run.inputAsSent();
            for (size_t n = 0; n < 14; ++n)
                QCOMPARE(toQString(sent.at("image_urls").at(n)), urls.at(qsizetype(n)).toString());
        }
        QCOMPARE(bench.ledger().size(), 10);

        files.append(pictureFile(bench.folder, u"fifteenth.png"_s));
        const StartResult tooMany = Workbench::wait(bench.controller->start({ edit, small(u"too many"_s), sourcesOf(files) }));
        QVERIFY(!tooMany);
        QCOMPARE(tooMany.error().front().field, u"image_urls/14"_s);
    }

    /// What a window shows of the way costs it less than the way itself.
    void theWayIsToldNowAndThen()
    {
        Workbench bench;
        QElapsedTimer clock;
        qint64 last = 0;
        int told = 0, tooSoon = 0;
        connect(bench.controller.get(), &RunController::uploading, this, [&](const QString &, const UploadState &state) {
            if (state.phase != UploadState::Phase::Sending)
                return;
            tooSoon += told > 0 && clock.elapsed() - last < 80;
            last = clock.elapsed();
            ++told;
        });
        clock.start();
        const RunRecord run = bench.settled(bench.started(edit, small(u"a large one"_s), sourcesOf({ pictureFile(bench.folder, u"a.png"_s, { 1200, 1200 }) })).id);
        QCOMPARE(run.state, RunState::Done);
        QVERIFY(run.references.front().bytes > 4'000'000); // some hundred pieces
        QVERIFY(told > 0);
        QCOMPARE(tooSoon, 0);
    }

    void whatIsOverIsUploadedAgain()
    {
        Workbench bench;
        const QStringList files { pictureFile(bench.folder, u"a.png"_s) };
        const RunRecord first = bench.settled(bench.started(edit, small(u"first"_s), sourcesOf(files)).id);
        QCOMPARE(first.state, RunState::Done);
        UploadRecord record = **Workbench::wait(bench.library->upload(bench.used.name, first.references.front().sha256));
        QCOMPARE(record.url, first.references.front().url);
        QCOMPARE(record.lifetime, bench.uploadRules.lifetime);

        record.asked = QDateTime::currentDateTimeUtc().addSecs(-(record.lifetime - bench.uploadRules.margin).count() + 600);
        QVERIFY(Workbench::wait(bench.library->keepUpload(record)).has_value());
        const RunRecord second = bench.settled(bench.started(edit, small(u"second"_s), sourcesOf(files)).id);
        QCOMPARE(addressesOf(second), addressesOf(first));

        record.asked = record.asked.addSecs(-600); // the margin has begun
        QVERIFY(Workbench::wait(bench.library->keepUpload(record)).has_value());
        const RunRecord third = bench.settled(bench.started(edit, small(u"third"_s), sourcesOf(files)).id);
        QCOMPARE(third.state, RunState::Done);
        QVERIFY(addressesOf(third) != addressesOf(first));
    }

    void theLifetimeIsAskedFor()
    {
        Workbench bench;
        StorageServer storage;
        bench.useServer(Server::at(storage.server.url()));
        bench.settled(bench.started(edit, small(u"first"_s), sourcesOf({ pictureFile(bench.folder, u"a.png"_s) })).id);
        QCOMPARE(storage.server.seen().front().header("x-fal-object-lifecycle"), R"({"expiration_duration_seconds":604800})");
    }

    void whatTheServerHasLostIsUploadedAgain()
    {
        Workbench bench;
        const QStringList files { pictureFile(bench.folder, u"a.png"_s), pictureFile(bench.folder, u"b.png"_s) };
        const RunRecord first = bench.settled(bench.started(edit, small(u"first"_s), sourcesOf(files)).id);
        UploadRecord record = **Workbench::wait(bench.library->upload(bench.used.name, first.references[1].sha256));
        record.url.setPath(u"/files/b/0123/gone.png"_s);
        QVERIFY(Workbench::wait(bench.library->keepUpload(record)).has_value());

        const RunRecord failed = bench.settled(bench.started(edit, small(u"second"_s), sourcesOf(files)).id);
        QCOMPARE(failed.state, RunState::Failed);
        QCOMPARE(failed.error->type, u"upload_lost"_s);
        QVERIFY(errorText(*failed.error, failed.state).next.contains(u"again"_s));
        const RunRecord third = bench.settled(bench.started(edit, small(u"third"_s), sourcesOf(files)).id);
        QCOMPARE(third.state, RunState::Done);
        QCOMPARE(third.references[0].url, first.references[0].url); // that one is still there
        QVERIFY(third.references[1].url != failed.references[1].url);
    }

    void whatIsSmallGoesInside()
    {
        Workbench bench;
        QImage image(4, 4, QImage::Format_RGB32);
        image.fill(Qt::red);
        const QString file = bench.folder.filePath(u"tiny.png"_s);
        QVERIFY(image.save(file));
        const RunRecord run = bench.settled(bench.started(edit, small(u"tiny"_s), sourcesOf({ file })).id);
        QCOMPARE(run.state, RunState::Done);
        QFile bytes(file);
        QVERIFY(bytes.open(QIODevice::ReadOnly));
        QCOMPARE(stringAt(run.inputAsSent(), "image_urls"), QString());
        QCOMPARE(toQString(run.inputAsSent().at("image_urls").at(0)).toLatin1(), "data:image/png;base64," + bytes.readAll().toBase64());
        QCOMPARE(*Workbench::wait(bench.library->upload(bench.used.name, run.references[0].sha256)), std::nullopt);
    }

    void intentIsStoredBeforeAnythingLeaves()
    {
        Workbench bench;
        StorageServer storage;
        bench.useServer(Server::at(storage.server.url()));
        int intents = 0, before = 0;
        connect(bench.library.get(), &Library::runAdded, this, [&](const RunRecord &run) { intents += run.state == RunState::Intent; });
        storage.hook = [&](const SeenRequest &) { before += intents == 0; };
        const RunRecord run = bench.settled(bench.started(edit, small(u"first"_s), sourcesOf({ pictureFile(bench.folder, u"a.png"_s) })).id);
        QCOMPARE(run.state, RunState::Refused);
        QCOMPARE(storage.server.seen().size(), size_t(3));
        QCOMPARE(before, 0);
    }

    void runsShareATransferUntilTheLastLetsGo()
    {
        Workbench bench;
        StorageServer storage;
        storage.faults.insert("PUT", fault(FaultScript::Stall));
        bench.useServer(Server::at(storage.server.url()));
        const QStringList files { pictureFile(bench.folder, u"a.png"_s) };
        const RunId one = bench.started(edit, small(u"one"_s), sourcesOf(files)).id;
        const RunId two = bench.started(edit, small(u"two"_s), sourcesOf(files + files)).id;
        WAIT_COMPARE(storage.puts(), 1);
        bench.controller->cancel(one);
        QCOMPARE(bench.settled(one).state, RunState::Cancelled);
        QCOMPARE(storage.server.open() > 0, true); // the other still needs it
        QCOMPARE(storage.puts(), 1);
        bench.controller->cancel(two);
        QCOMPARE(bench.settled(two).state, RunState::Cancelled);
        QCOMPARE(bench.settled(two).cancel, CancelOutcome::Removed);
        storage.server.closeIdle();
        WAIT_COMPARE(storage.server.open(), 0);
        QCOMPARE(storage.puts(), 1);
        QVERIFY(!bench.stored(two).sentAt.isValid());

        storage.faults.clear(); // nothing of it is in the way of the next
        QCOMPARE(bench.settled(bench.started(edit, small(u"three"_s), sourcesOf(files)).id).state, RunState::Refused);
        QCOMPARE(storage.puts(), 2);
    }

    void soManyAtOnce()
    {
        Workbench bench;
        StorageServer storage;
        storage.faults.insert("PUT", fault(FaultScript::Stall, bench.uploadRules.filesAtOnce));
        bench.useServer(Server::at(storage.server.url()));
        QStringList files;
        for (int n = 0; n < 9; ++n)
            files.append(pictureFile(bench.folder, u"%1.png"_s.arg(n)));
        const RunId run = bench.started(edit, small(u"nine"_s), sourcesOf(files)).id;
        const RunId other = bench.started(edit, small(u"one"_s), sourcesOf({ pictureFile(bench.folder, u"last.png"_s) })).id;
        WAIT_COMPARE(storage.puts(), 4);
        QCOMPARE(storage.initiated, 4);
        bench.controller->cancel(run);
        QCOMPARE(bench.settled(run).state, RunState::Cancelled);
        QCOMPARE(bench.settled(other).state, RunState::Refused); // its turn came
        QCOMPARE(storage.initiated, 5);
    }

    void weatherPasses()
    {
        Workbench bench;
        StorageServer storage;
        storage.faults.insert("PUT", fault(FaultScript::Reset, 1));
        bench.useServer(Server::at(storage.server.url()));
        QSignalSpy progress(bench.controller.get(), &RunController::progressed);
        const RunRecord run = bench.settled(bench.started(edit, small(u"first"_s), sourcesOf({ pictureFile(bench.folder, u"a.png"_s) })).id);
        QCOMPARE(run.error->message, u"enough"_s); // of the submit
        QCOMPARE(storage.puts(), 2);
        QVERIFY(std::any_of(progress.cbegin(), progress.cend(), [](const QList<QVariant> &signal) {
            const auto said = signal.at(1).value<RunProgress>();
            return said.phase == RunProgress::Phase::Uploading && said.bytesDone == said.bytesTotal && said.bytesTotal > 2048;
        }));
    }

    void aRefusalIsTheStorages()
    {
        Workbench bench;
        StorageServer storage;
        int puts = 0;
        storage.hook = [&](const SeenRequest &seen) {
            if (seen.verb == "PUT" && ++puts == 2)
                storage.faults.insert("PUT", fault(FaultScript::Serve, 1, { .status = 403, .body = "<Error><Message>Request has expired</Message></Error>" }));
        };
        bench.uploadRules.filesAtOnce = 1;
        bench.useServer(Server::at(storage.server.url()));
        const RunRecord run = bench.settled(bench.started(edit, small(u"first"_s),
            sourcesOf({ pictureFile(bench.folder, u"a.png"_s), pictureFile(bench.folder, u"b.png"_s), pictureFile(bench.folder, u"c.png"_s) })).id);
        QCOMPARE(run.state, RunState::Refused);
        QVERIFY(run.error->field.startsWith(u"image_urls/"_s));
        const QString said = errorText(*run.error, run.state).sentence();
        QVERIFY2(said.contains(u"storage"_s) && said.contains(u"Request has expired"_s), qPrintable(said));
        QVERIFY2(!said.contains(u"balance"_s), qPrintable(said));
        QCOMPARE(storage.server.count("POST", "/fal-ai"), 0);
    }

    void goesOnByPartAfterARestart()
    {
        Workbench bench;
        StorageServer storage;
        bench.uploadRules.partsAbove = 3000;
        bench.uploadRules.partBytes = 2000;
        bench.uploadRules.partsAtOnce = 1;
        bench.useServer(Server::at(storage.server.url()));
        const QStringList files { pictureFile(bench.folder, u"a.png"_s) };
        const qint64 bytes = QFileInfo(files.front()).size();
        const int parts = int((bytes + 1999) / 2000);
        QVERIFY(parts >= 4);
        storage.hook = [&](const SeenRequest &seen) {
            if (seen.path.endsWith("/3") && seen.verb == "PUT")
                storage.faults.insert("PUT", fault(FaultScript::Stall, 1));
        };
        const RunId id = bench.started(edit, small(u"first"_s), sourcesOf(files)).id;
        WAIT_COMPARE(storage.puts(), 3);
        bench.restart();
        storage.hook = nullptr;
        storage.faults.clear();
        QCOMPARE(Workbench::wait(bench.controller->resumeAll()), 1);
        const RunRecord run = bench.settled(id);
        QCOMPARE(run.state, RunState::Refused); // by the submit
        QCOMPARE(run.error->message, u"enough"_s);
        QCOMPARE(run.references.front().url, storage.server.url(u"/files/1"_s));
        QCOMPARE(storage.initiated, 1);
        QCOMPARE(storage.puts(), parts + 1); // the third, twice
        QCOMPARE(storage.server.count("PUT", "/put/1/1"), 1);
        QCOMPARE(storage.server.count("PUT", "/put/1/2"), 1);
        QCOMPARE(storage.server.count("POST", "/put/1/complete"), 1);
        QVERIFY(Workbench::wait(bench.library->upload(bench.used.name, run.references.front().sha256))->value().isThere(QDateTime::currentDateTimeUtc()));
    }

    void whatWasBegunMayBeForgotten()
    {
        Workbench bench;
        StorageServer storage;
        bench.uploadRules.partsAbove = 3000;
        bench.uploadRules.partBytes = 2000;
        bench.useServer(Server::at(storage.server.url()));
        storage.hook = [&](const SeenRequest &seen) {
            if (seen.verb == "PUT" && seen.path.startsWith("/put/1/2"))
                storage.faults.insert("PUT", fault(FaultScript::Serve, 1, { .status = 404 }));
        };
        const RunRecord run = bench.settled(bench.started(edit, small(u"first"_s), sourcesOf({ pictureFile(bench.folder, u"a.png"_s) })).id);
        QCOMPARE(run.error->message, u"enough"_s);
        QCOMPARE(storage.initiated, 2);
        QCOMPARE(run.references.front().url, storage.server.url(u"/files/2"_s));
        QCOMPARE(storage.server.count("POST", "/put/1/complete"), 0);
        QCOMPARE(storage.server.count("POST", "/put/2/complete"), 1);
    }

    void theTrayShowsHowFar()
    {
        Workbench bench;
        StorageServer storage;
        bench.useServer(Server::at(storage.server.url()));
        ReferenceModel model;
        model.setEndpoint(bench.catalog.find(edit));
        connect(bench.controller.get(), &RunController::adopted, &model, &ReferenceModel::noteHash);
        connect(bench.controller.get(), &RunController::uploading, &model, &ReferenceModel::setUploadState);
        QVERIFY(model.addFiles({ pictureFile(bench.folder, u"a.png"_s), pictureFile(bench.folder, u"b.png"_s) }).empty());
        const auto said = [&model](int row) { return model.index(row).data(ReferenceModel::UploadTextRole).toString(); };
        QCOMPARE(said(0), QString());
        QVERIFY(!model.index(0).data(ReferenceModel::UploadShareRole).isValid());

        std::vector<double> shares;
        connect(&model, &ReferenceModel::dataChanged, this, [&](const QModelIndex &from) {
            if (const QVariant share = from.data(ReferenceModel::UploadShareRole); from.row() == 0 && share.isValid())
                shares.push_back(share.toDouble());
        });
        const std::vector<ReferenceSource> sources = model.sources();
        bench.settled(bench.started(edit, small(u"first"_s), { sources.front() }).id);
        QCOMPARE(said(0), u"uploaded"_s);
        QCOMPARE(model.index(0).data(ReferenceModel::UploadShareRole).toDouble(), 1.0);
        QCOMPARE(said(1), QString());
        QVERIFY(std::is_sorted(shares.begin(), shares.end()));

        storage.faults.insert("PUT", fault(FaultScript::Serve, -1, { .status = 403 }));
        bench.settled(bench.started(edit, small(u"second"_s), sources).id);
        QCOMPARE(said(0), u"uploaded"_s);
        QCOMPARE(said(1), u"not taken by the server"_s);
        model.forgetUploads();
        QCOMPARE(said(0) + said(1), QString());
    }

    void partsArriveWhole()
    {
        Workbench bench;
        bench.uploadRules.partsAbove = 3000;
        bench.uploadRules.partBytes = 2000;
        bench.useServer(Server(bench.used));
        const RunRecord run = bench.settled(bench.started(edit, small(u"in parts"_s), sourcesOf({ pictureFile(bench.folder, u"a.png"_s, { 200, 100 }) })).id);
        QCOMPARE(run.state, RunState::Done);
    }
};

QTEST_MAIN(TestReferenceUpload)
#include "tst_referenceupload.moc"
