#include "errortext.h"
#include "runmodel.h"

#include <QAbstractItemModelTester>
#include <QMimeData>
#include <QSignalSpy>
#include <QTest>

using namespace plantain;
using namespace Qt::StringLiterals;

namespace {

const QDateTime birth(QDate(2026, 11, 22), QTime(8, 0), Qt::UTC);

RunRecord recordOf(int sequence, RunState state = RunState::Intent)
{
    RunRecord record;
    record.id = { u"20261122T080000000-%1"_s.arg(sequence, 6, 16, QLatin1Char('0')) };
    record.sequence = sequence;
    record.endpoint = { u"house/drawing"_s };
    record.server = u"sandbox"_s;
    record.state = state;
    record.input = Json { { "prompt", "a plantain\non a  table" }, { "num_images", 4 } };
    record.price = Price { 0.32, u"USD"_s, true, u"4 x $0.08 = $0.32"_s };
    record.createdAt = birth;
    return record;
}

std::vector<ImageRecord> picturesOf(int there, int all)
{
    std::vector<ImageRecord> images;
    for (int index = 0; index < all; ++index) {
        ImageRecord image;
        image.index = index;
        if (index < there)
            image.file = u"images/%1.png"_s.arg(index);
        images.push_back(image);
    }
    return images;
}

/// A row as a person reads it, cells between bars.
QString rowText(const RunModel &model, int row)
{
    QStringList cells;
    for (int column = 0; column < RunModel::ColumnCount; ++column)
        cells += model.index(row, column).data().toString();
    return cells.join(u'|');
}

QString order(const RunModel &model)
{
    QStringList names;
    for (int row = 0; row < model.rowCount(); ++row)
        names += QString::number(model.idAt(row).text.section(u'-', -1).toInt(nullptr, 16));
    return names.join(u' ');
}

} // namespace

class TestRunModel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aLifeInWords();
    void endsInWords_data();
    void endsInWords();
    void cancellingInWords();
    void whatCameOfACancel();
    void newestFirst();
    void historyAndNewsMeet();
    void aChangeTouchesItsRowAlone();
    void progressOfAnEndedRunIsDropped();
    void progressIsTelemetry();
    void timeRunsOnlyWhileSomethingIsOpen();
    void openRunsAreCounted();
    void fraction_data();
    void fraction();
    void elapsed_data();
    void elapsed();
    void prices_data();
    void prices();
    void foreignTextStaysShort();
    void timeLeft_data();
    void timeLeft();
    void waitingRunsStandInTheirOrder();
    void droppingAsksForAPlace_data();
    void droppingAsksForAPlace();
};

void TestRunModel::aLifeInWords()
{
    QDateTime now = birth;
    RunModel model(nullptr, [&now] { return now; });
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.setEndpointTitles({ { EndpointId { u"house/drawing"_s }, u"Drawing"_s } });
    using Phase = RunProgress::Phase;
    QStringList lived;
    const auto look = [&](int second) {
        now = birth.addSecs(second);
        lived += rowText(model, 0);
    };

    RunRecord record = recordOf(1);
    model.runAdded(record);
    look(0);
    model.progressed(record.id, { .phase = Phase::Uploading, .bytesDone = 400, .bytesTotal = 1000 });
    look(1);
    record.state = RunState::Sending;
    model.runChanged(record);
    model.progressed(record.id, { .phase = Phase::Sending });
    look(2);
    record.state = RunState::Accepted;
    model.runChanged(record);
    model.progressed(record.id, { .phase = Phase::Queued, .queuePosition = 3 });
    look(3);
    model.progressed(record.id, { .phase = Phase::Queued, .queuePosition = 0 });
    look(4);
    model.progressed(record.id, { .phase = Phase::Waiting, .note = u"no connection, next try in 4 s"_s });
    look(5);
    model.progressed(record.id, { .phase = Phase::Running });
    look(65);
    record.state = RunState::Completed;
    record.images = picturesOf(2, 4);
    model.runChanged(record);
    model.progressed(record.id, { .phase = Phase::Fetching, .bytesDone = 5, .bytesTotal = 10 });
    look(66);
    record.state = RunState::Fetched;
    record.images = picturesOf(4, 4);
    model.runChanged(record);
    model.progressed(record.id, { .phase = Phase::Fetching });
    look(67);
    record.state = RunState::Done;
    record.endedAt = birth.addSecs(68);
    record.price->estimated = false;
    model.runChanged(record);
    look(500);

    const QStringList expected {
        u"Preparing|a plantain on a table||0 s|0 of 4|about $0.32|Drawing|Cancel"_s,
        u"Uploading|a plantain on a table|40 %|1 s|0 of 4|about $0.32|Drawing|Cancel"_s,
        u"Sending|a plantain on a table||2 s|0 of 4|about $0.32|Drawing|Cancel"_s,
        u"Queued|a plantain on a table|3 ahead|3 s|0 of 4|about $0.32|Drawing|Cancel"_s,
        u"Queued|a plantain on a table|next in line|4 s|0 of 4|about $0.32|Drawing|Cancel"_s,
        u"Waiting|a plantain on a table|no connection, next try in 4 s|5 s|0 of 4|about $0.32|Drawing|Cancel"_s,
        u"Running|a plantain on a table|no estimate yet|1:05|0 of 4|about $0.32|Drawing|Cancel"_s,
        u"Fetching|a plantain on a table|2 of 4|1:06|2 of 4|about $0.32|Drawing|"_s,
        u"Fetching|a plantain on a table|4 of 4|1:07|4|about $0.32|Drawing|"_s,
        u"Done|a plantain on a table||1:08|4|$0.32|Drawing|"_s,
    };
    QCOMPARE(lived, expected);
}

void TestRunModel::endsInWords_data()
{
    QTest::addColumn<RunState>("state");
    QTest::addColumn<std::optional<Error>>("error");
    QTest::addColumn<int>("there");
    QTest::addColumn<int>("all");
    QTest::addColumn<QString>("sentence");
    QTest::addColumn<QString>("actions");
    QTest::addColumn<RunTone>("tone");

    const Error refused { .kind = ErrorKind::Refused, .message = u"num_images is too large"_s, .httpStatus = 422 };
    QTest::newRow("done") << RunState::Done << std::optional<Error>() << 4 << 4 << u"Done"_s << QString() << RunTone::Good;
    QTest::newRow("one missing") << RunState::Done << std::optional<Error>() << 3 << 4 << u"Done, 1 of 4 missing"_s
                                 << QString() << RunTone::Attention;
    QTest::newRow("no images") << RunState::Done << std::optional<Error>() << 0 << 0
                               << u"Done, the result had no images"_s << QString() << RunTone::Attention;
    QTest::newRow("refused") << RunState::Refused << std::optional(refused) << 0 << 0
                             << u"Refused: The server did not accept the request. num_images is too large."_s
                             << u"Send again"_s << RunTone::Bad;
    // The model's own no is called what its tile is called (tst_gallerymodel).
    const Error unwanted { .kind = ErrorKind::Model, .type = u"content_policy_violation"_s };
    QTest::newRow("not drawn") << RunState::Failed << std::optional(unwanted) << 0 << 0
                               << u"Refused: "_s + errorText(unwanted, RunState::Failed).what << u"Send again"_s << RunTone::Bad;
    QTest::newRow("failed without a word") << RunState::Failed << std::optional<Error>() << 0 << 0 << u"Failed"_s
                                           << u"Send again"_s << RunTone::Bad;
    QTest::newRow("cancelled") << RunState::Cancelled << std::optional<Error>() << 0 << 0 << u"Cancelled"_s << QString()
                               << RunTone::Quiet;
    QTest::newRow("unknown") << RunState::Unknown << std::optional<Error>() << 0 << 0
                             << u"Unknown: may have been accepted and charged"_s << u"Look it up | Send again"_s
                             << RunTone::Attention;
}

void TestRunModel::endsInWords()
{
    QFETCH(RunState, state);
    QFETCH(std::optional<Error>, error);
    QFETCH(int, there);
    QFETCH(int, all);
    RunRecord record = recordOf(1, state);
    record.error = error;
    record.images = picturesOf(there, all);
    RunModel model;
    model.runAdded(record);
    QTEST(model.index(0, RunModel::StateColumn).data(RunSentenceRole).toString(), "sentence");
    QTEST(model.index(0, RunModel::StateColumn).data(Qt::AccessibleTextRole).toString(), "sentence");
    QTEST(model.index(0, RunModel::ActionColumn).data().toString(), "actions");
    QTEST(RunTone(model.index(0, 0).data(RunToneRole).toInt()), "tone");
    QVERIFY(!model.index(0, 0).data(RunOpenRole).toBool());
}

void TestRunModel::cancellingInWords()
{
    RunModel model;
    RunRecord record = recordOf(1, RunState::Accepted);
    record.cancel = CancelOutcome::Asked;
    model.runAdded(record);
    model.progressed(record.id, { .phase = RunProgress::Phase::Running });
    const auto sentence = [&model] { return model.index(0, 0).data(RunSentenceRole).toString(); };
    QCOMPARE(sentence(), u"Cancelling: Running, no estimate yet"_s);
    QCOMPARE(model.index(0, RunModel::ActionColumn).data().toString(), QString());
    record.cancel = CancelOutcome::TooLate;
    model.runChanged(record);
    QCOMPARE(sentence(), u"Running, no estimate yet (too late to cancel)"_s);
    record.state = RunState::Done;
    record.images = picturesOf(4, 4);
    model.runChanged(record);
    QCOMPARE(sentence(), u"Done, too late to cancel"_s);
}

/// What a person is told came of a Cancel: removed, asked to stop, too late, not known.
void TestRunModel::whatCameOfACancel()
{
    RunModel model;
    RunRecord record = recordOf(1, RunState::Accepted);
    const auto put = [&](RunState state, CancelOutcome cancel) {
        record.state = state;
        record.cancel = cancel;
        model.runChanged(record);
        return model.index(0, 0).data(RunSentenceRole).toString();
    };
    QCOMPARE(put(RunState::Accepted, CancelOutcome::Requested), u"Cancelling: asked to stop, may still be charged"_s);
    QCOMPARE(put(RunState::Accepted, CancelOutcome::NotKnown), u"Accepted, no news yet (not known whether cancelled)"_s);
    QCOMPARE(model.index(0, RunModel::ActionColumn).data().toString(), u"Cancel"_s); // it may be asked for again
    QCOMPARE(put(RunState::Cancelled, CancelOutcome::Requested), u"Cancelled, stopped by the server, may have been charged"_s);
    record.sentAt = record.createdAt;
    QCOMPARE(put(RunState::Cancelled, CancelOutcome::Removed), u"Cancelled, removed before it ran"_s);
    record.error = Error { .kind = ErrorKind::NotFound, .httpStatus = 404 };
    QCOMPARE(put(RunState::Failed, CancelOutcome::NotAsked), u"Failed: The server no longer knows the request."_s);
    QCOMPARE(model.index(0, RunModel::ActionColumn).data().toString(), u"Look again | Send again"_s);
}

void TestRunModel::newestFirst()
{
    RunModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    QSignalSpy inserted(&model, &QAbstractItemModel::rowsInserted);
    const auto summaries = [](std::initializer_list<int> sequences) {
        std::vector<RunSummary> runs;
        for (const int sequence : sequences)
            runs.push_back(summaryOf(recordOf(sequence, RunState::Done)));
        return runs;
    };
    model.addSummaries(summaries({ 30, 29, 28 }));
    QCOMPARE(order(model), u"30 29 28"_s);
    QCOMPARE(inserted.size(), 1);
    model.addSummaries(summaries({ 25, 27, 26 })); // an older page, in no order
    QCOMPARE(order(model), u"30 29 28 27 26 25"_s);
    QCOMPARE(inserted.size(), 2);
    model.runAdded(recordOf(32));
    QCOMPARE(order(model), u"32 30 29 28 27 26 25"_s);
    model.addSummaries(summaries({ 31, 30, 10, 31 })); // a gap, one that is there, one twice
    QCOMPARE(order(model), u"32 31 30 29 28 27 26 25 10"_s);
    for (const int sequence : { 32, 31, 28, 10 }) {
        const RunId id = recordOf(sequence).id;
        QCOMPARE(model.idAt(model.indexOf(id).row()), id);
    }
    QVERIFY(!model.indexOf(RunId { u"nobody"_s }).isValid());
    model.addSummaries({});
    QCOMPARE(model.rowCount(), 9);
}

// The page of the past is read while a run goes on: what is known already is newer than the page.
void TestRunModel::historyAndNewsMeet()
{
    RunModel model;
    RunRecord record = recordOf(5, RunState::Accepted);
    model.runChanged(record); // never heard of: added
    QCOMPARE(model.rowCount(), 1);
    model.addSummaries({ summaryOf(recordOf(5, RunState::Intent)), summaryOf(recordOf(4, RunState::Done)) });
    QCOMPARE(order(model), u"5 4"_s);
    QCOMPARE(RunState(model.index(0, 0).data(RunStateRole).toInt()), RunState::Accepted);
    model.runAdded(record); // told twice
    QCOMPARE(model.rowCount(), 2);
}

void TestRunModel::aChangeTouchesItsRowAlone()
{
    RunModel model;
    for (int sequence = 1; sequence <= 5; ++sequence)
        model.runAdded(recordOf(sequence, RunState::Accepted));
    QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
    model.progressed(recordOf(2).id, { .phase = RunProgress::Phase::Queued, .queuePosition = 1 });
    QCOMPARE(changed.size(), 1);
    QCOMPARE(changed[0][0].toModelIndex().row(), 3);
    QCOMPARE(changed[0][1].toModelIndex().row(), 3);
    model.progressed(recordOf(2).id, { .phase = RunProgress::Phase::Queued, .queuePosition = 1 }); // nothing new
    model.progressed(RunId { u"nobody"_s }, { .phase = RunProgress::Phase::Running });
    QCOMPARE(changed.size(), 1);
}

void TestRunModel::progressOfAnEndedRunIsDropped()
{
    RunModel model;
    RunRecord record = recordOf(1, RunState::Accepted);
    model.runAdded(record);
    model.progressed(record.id, { .phase = RunProgress::Phase::Running });
    record.state = RunState::Cancelled;
    model.runChanged(record);
    model.progressed(record.id, { .phase = RunProgress::Phase::Running }); // late
    QCOMPARE(model.index(0, 0).data(RunSentenceRole).toString(), u"Cancelled"_s);
    record.state = RunState::Accepted; // adopted again: what was known then does not count
    model.runChanged(record);
    QCOMPARE(model.index(0, 0).data(RunSentenceRole).toString(), u"Accepted, no news yet"_s);
}

void TestRunModel::progressIsTelemetry()
{
    RunModel model;
    RunRecord record = recordOf(1, RunState::Accepted);
    model.runAdded(record);
    model.progressed(record.id, { .phase = RunProgress::Phase::Queued, .queuePosition = 2 });
    record.requestId = u"abc"_s;
    model.runChanged(record); // a fact that says nothing of the position
    QCOMPARE(model.index(0, 0).data(RunSentenceRole).toString(), u"Queued, 2 ahead"_s);
}

void TestRunModel::timeRunsOnlyWhileSomethingIsOpen()
{
    QDateTime now = birth;
    RunModel model(nullptr, [&now] { return now; });
    const QList<QTimer *> timers = model.findChildren<QTimer *>();
    QCOMPARE(timers.size(), 1);
    model.addSummaries({ summaryOf(recordOf(1, RunState::Cancelled)), summaryOf(recordOf(3, RunState::Cancelled)) });
    QVERIFY(!timers[0]->isActive());
    RunRecord open = recordOf(2, RunState::Accepted);
    model.runAdded(open);
    QVERIFY(timers[0]->isActive());
    now = birth.addSecs(7);
    QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
    QVERIFY(changed.wait(30'000));
    QCOMPARE(changed.size(), 1);
    QCOMPARE(changed[0][0].toModelIndex(), model.index(1, RunModel::ProgressColumn)); // the time left is there
    QCOMPARE(changed[0][1].toModelIndex(), model.index(1, RunModel::ElapsedColumn));
    QCOMPARE(model.index(1, RunModel::ElapsedColumn).data().toString(), u"7 s"_s);
    open.state = RunState::Cancelled;
    open.endedAt = birth.addSecs(9);
    model.runChanged(open);
    QVERIFY(!timers[0]->isActive());
    now = birth.addSecs(100);
    QCOMPARE(model.index(1, RunModel::ElapsedColumn).data().toString(), u"9 s"_s);
}

void TestRunModel::openRunsAreCounted()
{
    RunModel model;
    QSignalSpy counts(&model, &RunModel::openRunsChanged);
    model.addSummaries({ summaryOf(recordOf(1, RunState::Done)), summaryOf(recordOf(2, RunState::Accepted)),
                         summaryOf(recordOf(3, RunState::Intent)) });
    QCOMPARE(model.openRuns(), 2);
    RunRecord record = recordOf(3, RunState::Unknown);
    model.runChanged(record);
    QCOMPARE(model.openRuns(), 1);
    record.state = RunState::Accepted;
    model.runChanged(record);
    model.runChanged(record);
    QCOMPARE(model.openRuns(), 2);
    QCOMPARE(counts.size(), 3);
    QCOMPARE(counts.last()[0].toInt(), 2);
}

void TestRunModel::fraction_data()
{
    using Phase = RunProgress::Phase;
    QTest::addColumn<RunState>("state");
    QTest::addColumn<std::optional<RunProgress>>("progress");
    QTest::addColumn<QVariant>("fraction");
    const auto bytes = [](Phase phase, qint64 done, qint64 all) {
        return std::optional(RunProgress { .phase = phase, .bytesDone = done, .bytesTotal = all });
    };
    QTest::newRow("upload") << RunState::Intent << bytes(Phase::Uploading, 1, 4) << QVariant(0.25);
    QTest::newRow("upload of more than said") << RunState::Intent << bytes(Phase::Uploading, 5, 4) << QVariant(1.0);
    QTest::newRow("queued") << RunState::Accepted << bytes(Phase::Queued, 0, 0) << QVariant();
    QTest::newRow("download") << RunState::Completed << bytes(Phase::Fetching, 3, 4) << QVariant(0.75);
    QTest::newRow("download of unknown size") << RunState::Completed << bytes(Phase::Fetching, 3, 0) << QVariant(0.5);
    QTest::newRow("nobody follows") << RunState::Completed << std::optional<RunProgress>() << QVariant(0.5);
    QTest::newRow("ended") << RunState::Done << std::optional<RunProgress>() << QVariant();
}

void TestRunModel::fraction()
{
    QFETCH(RunState, state);
    QFETCH(std::optional<RunProgress>, progress);
    RunModel model;
    RunRecord record = recordOf(1, state);
    if (state == RunState::Completed)
        record.images = picturesOf(1, 2);
    model.runAdded(record);
    if (progress)
        model.progressed(record.id, *progress);
    QTEST(model.index(0, 0).data(RunFractionRole), "fraction");
}

void TestRunModel::elapsed_data()
{
    QTest::addColumn<qint64>("seconds");
    QTest::addColumn<QString>("text");
    QTest::newRow("clock went back") << qint64(-5) << u"0 s"_s;
    QTest::newRow("second") << qint64(59) << u"59 s"_s;
    QTest::newRow("minute") << qint64(60) << u"1:00"_s;
    QTest::newRow("hour") << qint64(3600 + 2 * 60 + 3) << u"1:02:03"_s;
    QTest::newRow("day") << qint64(24 * 3600 * 3 + 4 * 3600 + 59) << u"3 d 4 h"_s;
}

void TestRunModel::elapsed()
{
    QFETCH(qint64, seconds);
    QTEST(elapsedText(seconds), "text");
}

void TestRunModel::prices_data()
{
    QTest::addColumn<std::optional<Price>>("price");
    QTest::addColumn<QString>("text");
    QTest::newRow("not known") << std::optional<Price>() << QString();
    QTest::newRow("estimate") << std::optional(Price { 0.08, u"USD"_s, true, {} }) << u"about $0.08"_s;
    QTest::newRow("charged") << std::optional(Price { 1.2, u"USD"_s, false, {} }) << u"$1.20"_s;
    QTest::newRow("less than a cent counts") << std::optional(Price { 0.039, u"USD"_s, false, {} }) << u"$0.039"_s;
    QTest::newRow("sum of thirds") << std::optional(Price { 0.1 + 0.2, u"USD"_s, false, {} }) << u"$0.30"_s;
    QTest::newRow("nothing") << std::optional(Price { 0, u"USD"_s, true, {} }) << u"$0.00"_s;
    QTest::newRow("elsewhere") << std::optional(Price { 2, u"EUR"_s, false, {} }) << u"2.00 EUR"_s;
}

void TestRunModel::prices()
{
    QFETCH(std::optional<Price>, price);
    QTEST(priceText(price), "text");
}

void TestRunModel::foreignTextStaysShort()
{
    RunModel model;
    RunRecord record = recordOf(1, RunState::Failed);
    record.input["prompt"] = std::string(60'000, 'x');
    record.error = Error { .kind = ErrorKind::Model, .message = QString(60'000, u'y') };
    model.runAdded(record);
    QVERIFY(model.index(0, RunModel::PromptColumn).data().toString().size() <= 300);
    QVERIFY(model.index(0, RunModel::ProgressColumn).data().toString().size() <= 300);
    QVERIFY(model.index(0, RunModel::PromptColumn).data(Qt::ToolTipRole).toString().size() <= 2001);
    QCOMPARE(model.index(0, RunModel::PromptColumn).data(RunPromptRole).toString().size(), 60'000);
}

void TestRunModel::timeLeft_data()
{
    QTest::addColumn<int>("elapsed");
    QTest::addColumn<QString>("text");
    QTest::newRow("begun") << 0 << u"about 10 s left"_s;
    QTest::newRow("before the median") << 8 << u"about 2 s left"_s;
    QTest::newRow("after the median") << 12 << u"usually within 8 s"_s;
    QTest::newRow("after nine of ten") << 21 << u"longer than usual"_s;
}

void TestRunModel::timeLeft()
{
    QFETCH(int, elapsed);
    QDateTime now = birth.addSecs(elapsed);
    RunModel model(nullptr, [&now] { return now; });
    const RunRecord record = recordOf(1, RunState::Accepted);
    model.runAdded(record);
    model.progressed(record.id, { .phase = RunProgress::Phase::Running, .runningSince = birth, .estimate = RunEstimate { 10, 20 } });
    QTEST(model.index(0, RunModel::ProgressColumn).data().toString(), "text");
}

void TestRunModel::waitingRunsStandInTheirOrder()
{
    RunModel model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    for (int sequence = 1; sequence <= 5; ++sequence)
        model.runAdded(recordOf(sequence, sequence == 3 ? RunState::Accepted : RunState::Intent));
    const auto id = [](int sequence) { return recordOf(sequence).id; };
    model.setWaiting({ id(2), id(4), id(5) }, false);
    QCOMPARE(order(model), u"5 4 3 2 1"_s);
    QCOMPARE(model.index(3, RunModel::ProgressColumn).data().toString(), u"next to be sent"_s);
    QCOMPARE(model.index(0, 0).data(RunSentenceRole).toString(), u"Not sent, 2 before it"_s);
    QCOMPARE(model.index(0, RunModel::ActionColumn).data().toString(), u"Remove"_s);

    const QPersistentModelIndex second = model.index(3, 0);
    model.setWaiting({ id(5), id(2), id(4) }, true); // 3 was sent and stays where it is
    QCOMPARE(order(model), u"4 2 3 5 1"_s);
    QCOMPARE(second.row(), 1);
    QCOMPARE(model.indexOf(id(5)).row(), 3);
    QCOMPARE(model.index(3, 0).data(RunSentenceRole).toString(), u"Not sent, paused, next to be sent"_s);
    model.runAdded(recordOf(6));
    QCOMPARE(order(model), u"6 4 2 3 5 1"_s);
    model.setWaiting({}, false);
    QCOMPARE(model.index(4, 0).data(RunSentenceRole).toString(), u"Preparing"_s);
    model.runChanged(recordOf(5, RunState::Done));
    QCOMPARE(order(model), u"6 4 2 3 5 1"_s);
}

void TestRunModel::droppingAsksForAPlace_data()
{
    QTest::addColumn<int>("from"); // rows, 4 to 0 from the bottom: 1 2 3 4 5, of which 1 is sent
    QTest::addColumn<int>("row");
    QTest::addColumn<bool>("onto");
    QTest::addColumn<int>("place"); // -1: nothing
    QTest::newRow("above the last one") << 3 << 0 << false << 3;
    QTest::newRow("between") << 3 << 2 << false << 1;
    QTest::newRow("to the end of the list") << 0 << 4 << false << 0;
    QTest::newRow("onto the next one") << 0 << 3 << true << 0;
    QTest::newRow("onto the last one") << 3 << 0 << true << 3;
    QTest::newRow("where it is") << 2 << 2 << false << -1;
    QTest::newRow("where it is, from below") << 2 << 3 << false << -1;
    QTest::newRow("onto one that was sent") << 0 << 4 << true << -1;
}

void TestRunModel::droppingAsksForAPlace()
{
    QFETCH(int, from);
    QFETCH(int, row);
    QFETCH(bool, onto);
    QFETCH(int, place);
    RunModel model;
    std::vector<RunId> waiting;
    for (int sequence = 1; sequence <= 5; ++sequence) {
        model.runAdded(recordOf(sequence, sequence == 1 ? RunState::Accepted : RunState::Intent));
        if (sequence > 1)
            waiting.push_back(recordOf(sequence).id);
    }
    model.setWaiting(waiting, false);
    QVERIFY(model.flags(model.index(from, 0)) & Qt::ItemIsDragEnabled);
    QVERIFY(!(model.flags(model.index(4, 0)) & Qt::ItemIsDragEnabled));
    const std::unique_ptr<QMimeData> data(model.mimeData({ model.index(from, 0) }));
    QSignalSpy wanted(&model, &RunModel::waitingMoveWanted);
    if (onto)
        model.dropMimeData(data.get(), Qt::MoveAction, -1, -1, model.index(row, 0));
    else
        model.dropMimeData(data.get(), Qt::MoveAction, row, 0, {});
    QCOMPARE(wanted.size(), place < 0 ? 0 : 1);
    if (place >= 0) {
        QCOMPARE(wanted[0][0].value<RunId>(), model.idAt(from));
        QCOMPARE(wanted[0][1].toInt(), place);
    }
    QCOMPARE(order(model), u"5 4 3 2 1"_s); // it is moved when the order has changed
}

QTEST_GUILESS_MAIN(TestRunModel)
#include "tst_runmodel.moc"
