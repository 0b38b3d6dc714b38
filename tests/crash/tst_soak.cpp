#include "database.h"
#include "examples.h"
#include "gallerymodel.h"
#include "json.h"
#include "logmodel.h"
#include "mainwindow.h"
#include "parametermodel.h"
#include "runmodel.h"
#include "session.h"
#include "thumbnailstore.h"
#include "workbench.h"

#include <QCryptographicHash>
#include <QDir>
#include <QElapsedTimer>
#include <QTimer>

#include <algorithm>

using namespace plantain;
using namespace Qt::StringLiterals;

namespace {

/// What the process holds at one moment.
struct Held
{
    qint64 residentKilobytes = 0;
    int descriptors = 0, threads = 0;
};

Held held()
{
    Held now;
    QFile status(u"/proc/self/status"_s);
    if (status.open(QIODevice::ReadOnly)) {
        for (const QByteArray &line : status.readAll().split('\n')) {
            if (line.startsWith("VmRSS:"))
                now.residentKilobytes = line.mid(6).simplified().split(' ').first().toLongLong();
        }
    }
    const auto count = [](const QString &folder) {
        return int(QDir(folder).entryList(QDir::AllEntries | QDir::System | QDir::NoDotAndDotDot).size());
    };
    now.descriptors = count(u"/proc/self/fd"_s);
    now.threads = count(u"/proc/self/task"_s);
    return now;
}

template <class T>
T median(std::vector<Held> samples, T Held::*figure)
{
    std::sort(samples.begin(), samples.end(), [figure](const Held &one, const Held &other) { return one.*figure < other.*figure; });
    return samples.empty() ? T() : samples[samples.size() / 2].*figure;
}

} // namespace

/// Run after run in one process, in a window that is never closed: all that the program has, and the sandbox beside it.
///   PLANTAIN_SOAK_RUNS=5000   how many; 150 unless said. From 1,000 on the memory is judged: below it is still warming up.
class TestSoak : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void holdsNoMoreAtTheEnd();
};

void TestSoak::holdsNoMoreAtTheEnd()
{
    constexpr int underWayAtOnce = 6;
    constexpr int judgedFrom = 1000;
    const int total = std::max(50, qEnvironmentVariable("PLANTAIN_SOAK_RUNS", u"150"_s).toInt());
    // What the sandbox and the log hold at most they hold early, so that what grows after that is seen.
    constexpr qint64 sandboxKeeps = 4 * 1024 * 1024;
    Workbench bench(0, 4, sandboxKeeps);
    bench.controller.reset();
    auto session = std::make_unique<Session>(bench.catalog, *bench.library, *bench.servers, bench.pool, std::vector<Example>(),
                                             bench.folder.filePath(u"draft.json"_s));
    ThumbnailStore thumbnails(bench.folder.filePath(u"thumbnails"_s), bench.pool);
    auto window = std::make_unique<MainWindow>(*session, thumbnails, bench.folder.filePath(u"settings.json"_s));
    window->resize(1280, 800);
    window->show();
    session->begin({});
    for (int line = 0; line < session->log()->limit(); ++line)
        session->log()->append({ .time = QDateTime::currentDateTimeUtc(), .run = { u"earlier"_s }, .text = u"a line from before %1"_s.arg(line) });
    int started = 0, ended = 0, refused = 0, spoken = 0;
    std::vector<std::vector<Held>> fifths(5);
    QEventLoop loop;
    const auto startOne = [&] {
        if (started == total)
            return;
        ++started;
        ParameterModel &form = *session->parameters();
        form.setText(form.promptRow(), u"soak %1"_s.arg(started));
        form.setValue(form.rowOf(u"resolution"_s), Json("0.5K"));
        form.setValue(form.rowOf(u"num_images"_s), Json(1 + started % 2));
        session->generate();
    };
    connect(session.get(), &Session::refused, this, [&] { ++refused; });
    connect(session.get(), &Session::said, this, [&](const Error &error) {
        ++spoken;
        qWarning("%s", qPrintable(error.message));
    });
    QElapsedTimer sinceOne;
    sinceOne.start();
    connect(session.get(), &Session::settled, this, [&] {
        ++ended;
        sinceOne.start();
        if (ended % 5 == 0)
            fifths[size_t(std::min(4, (ended - 1) * 5 / total))].push_back(held());
        startOne();
        if (ended == total)
            loop.quit();
    });
    // No run may be waited for in vain.
    QTimer watch;
    connect(&watch, &QTimer::timeout, this, [&] {
        if (refused > 0 || sinceOne.elapsed() > 60'000)
            loop.quit();
    });
    watch.start(1000);
    QElapsedTimer clock;
    clock.start();
    for (int i = 0; i < underWayAtOnce; ++i)
        startOne();
    if (ended < total)
        loop.exec();
    const double seconds = double(clock.elapsed()) / 1000;
    QCOMPARE(refused, 0);
    QCOMPARE(spoken, 0);
    QCOMPARE(ended, total);
    QCOMPARE(session->runs()->openRuns(), 0);

    for (size_t fifth = 0; fifth < fifths.size(); ++fifth) {
        qInfo("fifth %d: %.1f MB, %d descriptors, %d threads", int(fifth) + 1,
              double(median(fifths[fifth], &Held::residentKilobytes)) / 1024, median(fifths[fifth], &Held::descriptors),
              median(fifths[fifth], &Held::threads));
    }
    qInfo("%d runs in %.0f s, %d tiles, %d log lines", total, seconds, session->gallery()->rowCount(), session->log()->rowCount());
    QVERIFY(median(fifths[4], &Held::descriptors) <= median(fifths[1], &Held::descriptors) + underWayAtOnce);
    QVERIFY(median(fifths[4], &Held::threads) <= median(fifths[1], &Held::threads) + underWayAtOnce);

    // Every run has its pictures, and was sent once.
    QSet<QByteArray> bodies;
    int pictures = 0;
    const auto runs = Workbench::wait(bench.library->runs(0, total + 1));
    QVERIFY(runs);
    QCOMPARE(int(runs->size()), total);
    for (const RunRecord &run : *runs) {
        QVERIFY2(run.state == RunState::Done, qPrintable(wordOf(run.state)));
        bodies.insert(QCryptographicHash::hash(run.sent, QCryptographicHash::Sha256).toHex());
        for (const ImageRecord &image : run.images) {
            ++pictures;
            QFile file(bench.library->absolute(image.file));
            QVERIFY(file.open(QIODevice::ReadOnly));
            QCOMPARE(file.size(), image.bytes);
        }
    }
    QCOMPARE(pictures, session->gallery()->rowCount());
    const QList<QByteArray> ledger = bench.ledger();
    QCOMPARE(int(ledger.size()), total);
    for (const QByteArray &line : ledger)
        QVERIFY(bodies.remove(stringAt(parseJson(line).value(), "input_sha256").toLatin1()));

    const QString folder = bench.library->folder();
    window.reset();
    session.reset();
    bench.servers.reset();
    bench.library.reset();
    auto database = Database::open(folder + u"/plantain.db"_s, Database::Mode::Durable);
    QVERIFY(database);
    QCOMPARE(database->value(u"PRAGMA integrity_check"_s).value().toString(), u"ok"_s);

    if (total >= judgedFrom) {
        const qint64 second = median(fifths[1], &Held::residentKilobytes);
        const qint64 last = median(fifths[4], &Held::residentKilobytes);
        QVERIFY2(last <= second + second / 20, qPrintable(u"%1 kB, and at the end %2 kB"_s.arg(second).arg(last)));
    }
}

QTEST_MAIN(TestSoak)
#include "tst_soak.moc"
