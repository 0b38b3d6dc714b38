#include "gallerymodel.h"

#include <QAbstractItemModelTester>
#include <QRandomGenerator>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace plantain;

namespace {

constexpr auto sha = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

RunRecord runNamed(const QString &name, qint64 sequence, int images = 1, RunState state = RunState::Intent)
{
    RunRecord record;
    record.id = { name };
    record.sequence = sequence;
    record.input = Json { { "prompt", "a cat" }, { "num_images", images } };
    record.state = state;
    record.createdAt = QDateTime::fromMSecsSinceEpoch(sequence * 1000, Qt::UTC);
    return record;
}

ImageRecord image(int index, const QString &file)
{
    return { .index = index, .file = file, .sha256 = file.isEmpty() ? QString() : QString::fromLatin1(sha), .size = { 1024, 768 } };
}

RunProgress progress(RunProgress::Phase phase)
{
    RunProgress made;
    made.phase = phase;
    return made;
}

QString nameOf(TileState state)
{
    static const QStringList names { u"preparing"_s, u"uploading"_s, u"sending"_s,   u"queued"_s,  u"running"_s,
                                     u"fetching"_s,  u"waiting"_s,   u"PICTURE"_s,   u"missing"_s, u"file missing"_s, u"file changed"_s, u"empty"_s,
                                     u"refused"_s,   u"failed"_s,    u"cancelled"_s, u"unknown"_s };
    return names.at(int(state));
}

/// "run#image state [file] [status]" a row.
QString rowsOf(const GalleryModel &model)
{
    QStringList rows;
    for (int row = 0; row < model.rowCount(); ++row) {
        const QModelIndex index = model.index(row);
        QStringList parts { u"%1#%2"_s.arg(index.data(GalleryRole::RunId).value<RunId>().text)
                                .arg(index.data(GalleryRole::ImageIndex).toInt()),
                            nameOf(TileState(index.data(GalleryRole::State).toInt())) };
        if (const QString file = index.data(GalleryRole::File).toString(); !file.isEmpty())
            parts << file;
        if (const QString status = index.data(GalleryRole::Status).toString(); !status.isEmpty())
            parts << u'(' + status + u')';
        rows << parts.join(u' ');
    }
    return rows.join(u'\n');
}

/// What the model told its views: "+first-last", "-first-last", "~first-last".
class Log : public QObject
{
public:
    explicit Log(const QAbstractItemModel &model)
    {
        const auto note = [this](const QString &sign, int first, int last) {
            m_text << u"%1%2-%3"_s.arg(sign).arg(first).arg(last);
        };
        connect(&model, &QAbstractItemModel::rowsInserted, this,
                [note](const QModelIndex &, int first, int last) { note(u"+"_s, first, last); });
        connect(&model, &QAbstractItemModel::rowsRemoved, this,
                [note](const QModelIndex &, int first, int last) { note(u"-"_s, first, last); });
        connect(&model, &QAbstractItemModel::dataChanged, this,
                [note](const QModelIndex &from, const QModelIndex &to) { note(u"~"_s, from.row(), to.row()); });
        connect(&model, &QAbstractItemModel::modelReset, this, [this] { m_text << u"reset"_s; });
    }
    QString take() { return std::exchange(m_text, {}).join(u' '); }

private:
    QStringList m_text;
};

} // namespace

class TestGalleryModel : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void livesOfARun_data();
    void livesOfARun();
    void saysHowFarItIs_data();
    void saysHowFarItIs();
    void newestFirst();
    void pagesOfOlderRuns();
    void selectionSurvives();
    void saysWhy_data();
    void saysWhy();
    void speaksToScreenReaders();
    void ignoresStrangers();
    void keepsItsOrderAmongThousands();
    void findsTheRowsOfRuns();

private:
    static QString resolved(const QString &file) { return u"/lib/"_s + file; }
};

Q_DECLARE_METATYPE(std::vector<plantain::RunRecord>)

void TestGalleryModel::livesOfARun_data()
{
    QTest::addColumn<std::vector<RunRecord>>("lives");
    QTest::addColumn<QString>("expected"); // of each stage: what was told, then the rows
    const auto stage = [](RunState state, std::vector<ImageRecord> images = {}, int asked = 2) {
        RunRecord record = runNamed(u"r"_s, 1, asked, state);
        record.images = std::move(images);
        return record;
    };
    const ImageRecord first = image(0, u"a.png"_s), second = image(1, u"b.png"_s), third = image(2, u"c.png"_s);
    ImageRecord damaged = image(1, {});
    damaged.error = Error { .kind = ErrorKind::BadPicture, .type = u"truncated"_s, .message = u"It is cut off."_s };

    QTest::newRow("all as asked")
        << std::vector { stage(RunState::Intent), stage(RunState::Sending), stage(RunState::Accepted),
                         stage(RunState::Completed), stage(RunState::Completed, { image(0, {}), image(1, {}) }),
                         stage(RunState::Completed, { first, image(1, {}) }), stage(RunState::Fetched, { first, second }),
                         stage(RunState::Done, { first, second }) }
        << u"+0-1\nr#0 preparing (Preparing)\nr#1 preparing (Preparing)\n\n"
           "~0-1\nr#0 sending (Sending)\nr#1 sending (Sending)\n\n"
           "~0-1\nr#0 queued (Accepted, no news yet)\nr#1 queued (Accepted, no news yet)\n\n"
           "~0-1\nr#0 fetching (Fetching)\nr#1 fetching (Fetching)\n\n"
           "~0-1\nr#0 fetching (Fetching)\nr#1 fetching (Fetching)\n\n"
           "~0-1\nr#0 PICTURE /lib/a.png\nr#1 fetching (Fetching)\n\n"
           "~0-1\nr#0 PICTURE /lib/a.png\nr#1 PICTURE /lib/b.png\n\n"
           "~0-1\nr#0 PICTURE /lib/a.png\nr#1 PICTURE /lib/b.png"_s;
    QTest::newRow("more than asked")
        << std::vector { stage(RunState::Accepted), stage(RunState::Completed, { image(0, {}), image(1, {}), image(2, {}) }),
                         stage(RunState::Done, { first, second, third }) }
        << u"+0-1\nr#0 queued (Accepted, no news yet)\nr#1 queued (Accepted, no news yet)\n\n"
           "+2-2 ~0-1\nr#0 fetching (Fetching)\nr#1 fetching (Fetching)\nr#2 fetching (Fetching)\n\n"
           "~0-2\nr#0 PICTURE /lib/a.png\nr#1 PICTURE /lib/b.png\nr#2 PICTURE /lib/c.png"_s;
    QTest::newRow("fewer than asked") << std::vector { stage(RunState::Accepted), stage(RunState::Done, { first }) }
                                      << u"+0-1\nr#0 queued (Accepted, no news yet)\nr#1 queued (Accepted, no news yet)\n\n"
                                         "-1-1 ~0-0\nr#0 PICTURE /lib/a.png"_s;
    QTest::newRow("none at all") << std::vector { stage(RunState::Accepted), stage(RunState::Done) }
                                 << u"+0-1\nr#0 queued (Accepted, no news yet)\nr#1 queued (Accepted, no news yet)\n\n"
                                    "-1-1 ~0-0\nr#0 empty (No picture)"_s;
    QTest::newRow("one damaged") << std::vector { stage(RunState::Done, { first, damaged }) }
                                 << u"+0-1\nr#0 PICTURE /lib/a.png\nr#1 missing (Not there)"_s;
    QTest::newRow("failed after a picture") << std::vector { stage(RunState::Failed, { first, image(1, {}) }) }
                                            << u"+0-1\nr#0 PICTURE /lib/a.png\nr#1 failed (Failed)"_s;
    QTest::newRow("failed without a picture") << std::vector { stage(RunState::Failed, { image(0, {}), damaged }) }
                                              << u"+0-0\nr#0 failed (Failed)"_s;
    QTest::newRow("refused") << std::vector { stage(RunState::Sending), stage(RunState::Refused) }
                             << u"+0-1\nr#0 sending (Sending)\nr#1 sending (Sending)\n\n"
                                "-1-1 ~0-0\nr#0 refused (Refused)"_s;
    QTest::newRow("unknown, then found") << std::vector { stage(RunState::Unknown), stage(RunState::Accepted) }
                                         << u"+0-0\nr#0 unknown (Unknown)\n\n"
                                            "+1-1 ~0-0\nr#0 queued (Accepted, no news yet)\nr#1 queued (Accepted, no news yet)"_s;
    QTest::newRow("cancelled") << std::vector { stage(RunState::Cancelled) } << u"+0-0\nr#0 cancelled (Cancelled)"_s;
    QTest::newRow("nothing new") << std::vector { stage(RunState::Accepted, {}, 1), stage(RunState::Accepted, {}, 1) }
                                 << u"+0-0\nr#0 queued (Accepted, no news yet)\n\n\nr#0 queued (Accepted, no news yet)"_s;
    QTest::newRow("absurd number") << std::vector { stage(RunState::Refused, {}, 2'000'000'000) }
                                   << u"+0-0\nr#0 refused (Refused)"_s;
    RunRecord cancelling = stage(RunState::Accepted, {}, 1);
    cancelling.cancel = CancelOutcome::Requested;
    QTest::newRow("cancel asked") << std::vector { stage(RunState::Accepted, {}, 1), cancelling }
                                  << u"+0-0\nr#0 queued (Accepted, no news yet)\n\n~0-0\nr#0 queued (Cancelling)"_s;
}

void TestGalleryModel::livesOfARun()
{
    QFETCH(std::vector<RunRecord>, lives);
    QFETCH(QString, expected);
    GalleryModel model(&TestGalleryModel::resolved);
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    Log log(model);
    QStringList stages;
    for (const RunRecord &record : lives) {
        if (stages.isEmpty())
            model.runAdded(record);
        else
            model.runChanged(record);
        stages << log.take() + u'\n' + rowsOf(model);
    }
    QCOMPARE(stages.join(u"\n\n"_s), expected);
}

void TestGalleryModel::saysHowFarItIs_data()
{
    using Phase = RunProgress::Phase;
    QTest::addColumn<RunState>("state");
    QTest::addColumn<RunProgress>("progress");
    QTest::addColumn<QString>("expected");

    RunProgress uploading = progress(Phase::Uploading);
    uploading.bytesDone = 500;
    uploading.bytesTotal = 1000;
    RunProgress queued = progress(Phase::Queued);
    queued.queuePosition = 3;
    RunProgress next = progress(Phase::Queued);
    next.queuePosition = 0;
    RunProgress fetching = progress(Phase::Fetching);
    fetching.bytesDone = 4'200'000'000;
    fetching.bytesTotal = 10'000'000'000;
    RunProgress waiting = progress(Phase::Waiting);
    waiting.note = u"no connection, next try in 4 s"_s;

    RunProgress preparing = progress(Phase::Preparing);
    preparing.note = u"reading references"_s;
    QTest::newRow("preparing") << RunState::Intent << preparing << u"preparing (Preparing)"_s;
    QTest::newRow("uploading") << RunState::Intent << uploading << u"uploading (Uploading 50\u00a0%)"_s;
    QTest::newRow("sending") << RunState::Sending << progress(Phase::Sending) << u"sending (Sending)"_s;
    QTest::newRow("queued") << RunState::Accepted << queued << u"queued (Queued, 3 ahead)"_s;
    QTest::newRow("next") << RunState::Accepted << next << u"queued (Queued, next in line)"_s;
    QTest::newRow("somewhere in the queue") << RunState::Accepted << progress(Phase::Queued) << u"queued (Queued)"_s;
    QTest::newRow("running") << RunState::Accepted << progress(Phase::Running) << u"running (Running)"_s;
    QTest::newRow("fetching") << RunState::Completed << fetching << u"fetching (Fetching 42\u00a0%)"_s;
    QTest::newRow("waiting") << RunState::Accepted << waiting << u"waiting (Waiting: no connection, next try in 4 s)"_s;
    QTest::newRow("waiting to fetch") << RunState::Completed << waiting
                                      << u"waiting (Waiting: no connection, next try in 4 s)"_s;
}

void TestGalleryModel::saysHowFarItIs()
{
    QFETCH(RunState, state);
    QFETCH(RunProgress, progress);
    QFETCH(QString, expected);
    GalleryModel model(&TestGalleryModel::resolved);
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.runAdded(runNamed(u"other"_s, 2));
    model.runAdded(runNamed(u"r"_s, 1, 1, state));
    Log log(model);
    model.progressed({ u"r"_s }, progress);
    QCOMPARE(log.take(), u"~1-1"_s);
    QCOMPARE(rowsOf(model), u"other#0 preparing (Preparing)\nr#0 "_s + expected);
    QCOMPARE(model.index(1).data(GalleryRole::Progress).value<RunProgress>(), progress);
    model.progressed({ u"r"_s }, progress);
    QCOMPARE(log.take(), QString());

    RunRecord ended = runNamed(u"r"_s, 1, 1, RunState::Cancelled);
    model.runChanged(ended);
    log.take();
    model.progressed({ u"r"_s }, progress); // late news about an ended run
    QCOMPARE(log.take(), QString());
    QCOMPARE(model.index(1).data(GalleryRole::Progress).value<RunProgress>(), RunProgress());
}

void TestGalleryModel::newestFirst()
{
    GalleryModel model(&TestGalleryModel::resolved);
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    Log log(model);
    model.runAdded(runNamed(u"one"_s, 1));
    model.runAdded(runNamed(u"three"_s, 3, 2));
    model.runAdded(runNamed(u"two"_s, 2)); // commits may be told out of order
    QCOMPARE(log.take(), u"+0-0 +0-1 +2-2"_s);
    QCOMPARE(rowsOf(model), u"three#0 preparing (Preparing)\nthree#1 preparing (Preparing)\n"
                            "two#0 preparing (Preparing)\none#0 preparing (Preparing)"_s);
    QCOMPARE(model.rowOf({ u"three"_s }, 1), 1);
    QCOMPARE(model.rowOf({ u"three"_s }, 7), 0);
    QCOMPARE(model.rowOf({ u"one"_s }), 3);
    QCOMPARE(model.rowOf({ u"none"_s }), -1);
    QCOMPARE(model.rowsOf({ u"three"_s }), 2);
    QCOMPARE(model.rowsOf({ u"none"_s }), 0);
}

void TestGalleryModel::pagesOfOlderRuns()
{
    GalleryModel model(&TestGalleryModel::resolved);
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    Log log(model);
    model.runAdded(runNamed(u"e"_s, 5)); // pressed before the pages were read
    const auto page = [](const QList<std::pair<QString, int>> &runs) {
        std::vector<RunSummary> summaries;
        for (const auto &[name, sequence] : runs) {
            RunRecord record = runNamed(name, sequence, 1, RunState::Done);
            record.images = { image(0, name + u".png"_s) };
            summaries.push_back(summaryOf(record));
        }
        return summaries;
    };
    model.addSummaries(page({ { u"f"_s, 6 }, { u"e"_s, 5 }, { u"d"_s, 4 }, { u"c"_s, 3 } }));
    QCOMPARE(log.take(), u"+0-0 +0-0 +2-3"_s);
    model.addSummaries(page({ { u"b"_s, 2 }, { u"a"_s, 1 } }));
    QCOMPARE(log.take(), u"+4-5"_s);
    model.addSummaries(page({ { u"b"_s, 2 } }));
    model.addSummaries({});
    QCOMPARE(log.take(), QString());
    QCOMPARE(rowsOf(model), u"f#0 PICTURE /lib/f.png\ne#0 preparing (Preparing)\nd#0 PICTURE /lib/d.png\n"
                            "c#0 PICTURE /lib/c.png\nb#0 PICTURE /lib/b.png\na#0 PICTURE /lib/a.png"_s);
}

void TestGalleryModel::selectionSurvives()
{
    GalleryModel model(&TestGalleryModel::resolved);
    model.runAdded(runNamed(u"old"_s, 1, 4));
    const QPersistentModelIndex first = model.index(0), second = model.index(1), fourth = model.index(3);
    model.runAdded(runNamed(u"new"_s, 2, 4));
    QCOMPARE(first.row(), 4);
    RunRecord record = runNamed(u"old"_s, 1, 4, RunState::Done);
    record.images = { image(0, u"a.png"_s), image(1, u"b.png"_s) };
    model.runChanged(record);
    QCOMPARE(first.data(GalleryRole::File).toString(), u"/lib/a.png"_s);
    QCOMPARE(second.data(GalleryRole::File).toString(), u"/lib/b.png"_s);
    QVERIFY(!fourth.isValid());
}

void TestGalleryModel::saysWhy_data()
{
    QTest::addColumn<RunState>("state");
    QTest::addColumn<std::optional<Error>>("error");
    QTest::addColumn<bool>("hasNext");
    const auto because = [](ErrorKind kind, const QString &type = {}) {
        return std::optional(Error { .kind = kind, .type = type, .message = u"canary"_s });
    };
    QTest::newRow("refused") << RunState::Refused << because(ErrorKind::Refused) << true;
    QTest::newRow("policy") << RunState::Failed << because(ErrorKind::Model, u"content_policy_violation"_s) << true;
    QTest::newRow("unknown") << RunState::Unknown << because(ErrorKind::NoAnswer) << true;
    QTest::newRow("unknown without an error") << RunState::Unknown << std::optional<Error>() << true;
    QTest::newRow("failed without an error") << RunState::Failed << std::optional<Error>() << false;
    QTest::newRow("refused without an error") << RunState::Refused << std::optional<Error>() << false;
    QTest::newRow("cancelled") << RunState::Cancelled << std::optional<Error>() << false;
    QTest::newRow("empty") << RunState::Done << std::optional<Error>() << true;
}

void TestGalleryModel::saysWhy()
{
    QFETCH(RunState, state);
    QFETCH(std::optional<Error>, error);
    QFETCH(bool, hasNext);
    GalleryModel model(&TestGalleryModel::resolved);
    RunRecord record = runNamed(u"r"_s, 1, 1, state);
    record.error = error;
    model.runAdded(record);
    const QModelIndex index = model.index(0);
    QVERIFY(!index.data(GalleryRole::What).toString().isEmpty());
    QVERIFY(index.data(GalleryRole::Sentence).toString().startsWith(index.data(GalleryRole::What).toString()));
    QCOMPARE(!index.data(GalleryRole::Next).toString().isEmpty(), hasNext);
    QCOMPARE(index.data(GalleryRole::Error).isValid(), error.has_value());
    if (error) {
        QCOMPARE(index.data(GalleryRole::Error).value<Error>(), *error);
        QVERIFY(index.data(GalleryRole::Sentence).toString().contains(u"canary"_s));
    }
    QVERIFY(!index.data(Qt::ToolTipRole).isValid()); // Qt would take foreign text for markup
}

void TestGalleryModel::speaksToScreenReaders()
{
    GalleryModel model(&TestGalleryModel::resolved);
    RunRecord record = runNamed(u"r"_s, 1, 2, RunState::Completed);
    record.images = { image(0, u"a.png"_s), image(1, {}) };
    model.runAdded(record);
    RunRecord refused = runNamed(u"no"_s, 2, 1, RunState::Refused);
    refused.error = Error { .kind = ErrorKind::Refused, .message = u"num_images is too large"_s };
    model.runAdded(refused);
    QStringList spoken;
    for (int row = 0; row < model.rowCount(); ++row)
        spoken << model.index(row).data(Qt::AccessibleTextRole).toString();
    QCOMPARE(spoken.join(u'\n'),
             u"a cat. Refused: The server did not accept the request. num_images is too large.\n"
             "a cat. Picture 1 of 2, 1024 by 768 pixels, done.\n"
             "a cat. Fetching."_s);

    RunRecord wordy = runNamed(u"long"_s, 3);
    wordy.input["prompt"] = std::string(60'000, 'x');
    model.runAdded(wordy);
    QVERIFY(model.index(0).data(GalleryRole::Prompt).toString().size() < 500);
}

void TestGalleryModel::ignoresStrangers()
{
    GalleryModel model(&TestGalleryModel::resolved);
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    Log log(model);
    model.progressed({ u"nobody"_s }, progress(RunProgress::Phase::Running));
    QCOMPARE(log.take(), QString());
    model.runChanged(runNamed(u"new"_s, 1)); // told before it was added: taken all the same
    model.runAdded(runNamed(u"new"_s, 1));
    QCOMPARE(rowsOf(model), u"new#0 preparing (Preparing)"_s);
}

void TestGalleryModel::keepsItsOrderAmongThousands()
{
    GalleryModel model(&TestGalleryModel::resolved);
    constexpr int runs = 25'000, page = 1000;
    for (int newest = runs; newest > 0; newest -= page) {
        std::vector<RunSummary> summaries;
        for (int sequence = newest; sequence > newest - page; --sequence) {
            RunSummary summary;
            summary.id = { QString::number(sequence) };
            summary.sequence = sequence;
            summary.state = RunState::Done;
            summary.images.assign(4, image(0, u"a.png"_s));
            summaries.push_back(summary);
        }
        model.addSummaries(summaries);
    }
    QCOMPARE(model.rowCount(), 4 * runs);
    for (const int sequence : { runs, runs / 2, 1 }) {
        const int row = model.rowOf({ QString::number(sequence) });
        QCOMPARE(row, 4 * (runs - sequence));
        QCOMPARE(model.index(row + 3).data(GalleryRole::RunId).value<RunId>().text, QString::number(sequence));
    }
    QCOMPARE(model.index(0).data(GalleryRole::Sha256).toString(), QString::fromLatin1(sha));
}

void TestGalleryModel::findsTheRowsOfRuns()
{
    GalleryModel model(&TestGalleryModel::resolved);
    QRandomGenerator random(3);
    std::vector<RunSummary> summaries;
    for (int sequence = 1; sequence <= 300; sequence += 1 + random.bounded(4)) {
        RunSummary summary;
        summary.id = { QString::number(sequence) };
        summary.sequence = sequence;
        summary.state = RunState::Done;
        summary.images.assign(size_t(1 + random.bounded(3)), image(0, u"a.png"_s));
        summaries.push_back(summary);
    }
    QCOMPARE(model.rowsOfSequences({ 1 }), std::vector<int>());
    model.addSummaries(summaries);
    for (const int oneOf : { 1, 2, 7, 50, 400 }) {
        std::vector<qint64> sought; // some of which there are
        std::vector<int> expected;
        for (qint64 sequence = 0; sequence < 310; ++sequence) {
            if (random.bounded(oneOf) == 0)
                sought.push_back(sequence);
        }
        for (int row = 0; row < model.rowCount(); ++row) {
            if (std::ranges::binary_search(sought, model.factsAt(row).sequence))
                expected.push_back(row);
        }
        QCOMPARE(model.rowsOfSequences(sought), expected);
    }
}

QTEST_GUILESS_MAIN(TestGalleryModel)
#include "tst_gallerymodel.moc"
