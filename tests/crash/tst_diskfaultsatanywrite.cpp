#include "database.h"
#include "json.h"
#include "sidecars.h"
#include "workbench.h"

#include <QCryptographicHash>
#include <QDirIterator>
#include <QElapsedTimer>
#include <QProcess>
#include <QRandomGenerator>

#include <atomic>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>

using namespace plantain;
using namespace Qt::StringLiterals;

namespace {

/// One walk of `plantain generate` over a disk that fails at one call; see failat.cpp.
struct Walk
{
    int number = 0;
    long at = 0; ///< 0: at none
    QString fault; ///< as failat.cpp has it
    enum class Lasts { Once, UntilWell, ToTheEnd } lasts = Lasts::Once;

    QString folder;
    QString library() const { return folder + u"/library"_s; }
    QString name() const
    {
        return u"call %1, %2, %3"_s.arg(at).arg(fault, lasts == Lasts::Once ? u"once"_s
                                                   : lasts == Lasts::UntilWell ? u"until it is well"_s
                                                                               : u"to the end"_s);
    }

    // What came of it.
    QByteArray met; ///< the call that failed; empty when none did
    long calls = 0;
    bool wasHealed = false; ///< while it ran: there was something to go on with
    int status = -1;
    QByteArray said, lines;
    int resumeStatus = -1;
    QByteArray resumeSaid;
    QStringList faults; ///< what should not have happened
};

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

bool namesTheDisk(const QByteArray &words)
{
    return words.contains("disk of the library is full") || words.contains("The disk reported an error")
        || words.contains("folder is read-only") || words.contains("No space left") || words.contains("Input/output error")
        || words.contains("Read-only file system");
}

} // namespace

/// `plantain generate` where each call that writes to the library fails in its turn: with a full disk, a broken one, one
/// that became read-only; once, until the disk is well, and for as long as the program runs. Then `plantain resume` on a
/// disk that is well, and all is held against the sandbox's own ledger of submits.
///   PLANTAIN_DISK_STEP=1    every call with every fault; 5 unless said: every fifth, the faults in turn, the first call
///                           drawn from PLANTAIN_SEED
class TestDiskFaultsAtAnyWrite : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void nothingIsLostAndNothingPaidTwice();

private:
    int start(const Walk &walk, const QStringList &arguments, const QByteArray &input, QByteArray &lines, QByteArray &said,
              const std::function<void(QProcess &)> &meanwhile = {}) const;
    void generate(Walk &walk) const;
    void finish(Walk &walk);
    void check(Walk &walk);

    std::unique_ptr<Workbench> m_bench;
    QSet<QByteArray> m_bodies; ///< of all runs that ended in pictures
    int m_neverArrived = 0, m_refused = 0, m_healed = 0, m_lookedUp = 0;
};

void TestDiskFaultsAtAnyWrite::initTestCase()
{
    m_bench = std::make_unique<Workbench>(0, 4);
}

int TestDiskFaultsAtAnyWrite::start(const Walk &walk, const QStringList &arguments, const QByteArray &input, QByteArray &lines,
                                    QByteArray &said, const std::function<void(QProcess &)> &meanwhile) const
{
    QProcess process;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"FAL_KEY"_s, u"id:secret"_s);
    if (!input.isEmpty()) {
        environment.insert(u"LD_PRELOAD"_s, QStringLiteral(PLANTAIN_FAILAT));
        environment.insert(u"PLANTAIN_FAIL_BELOW"_s, walk.library());
        environment.insert(u"PLANTAIN_FAIL_AT"_s, QString::number(walk.at));
        environment.insert(u"PLANTAIN_FAIL_WITH"_s, walk.fault);
        environment.insert(u"PLANTAIN_FAIL_MET"_s, walk.folder + u"/met"_s);
        environment.insert(u"PLANTAIN_FAIL_COUNT"_s, walk.folder + u"/count"_s);
        if (walk.lasts != Walk::Lasts::Once)
            environment.insert(u"PLANTAIN_FAIL_UNTIL"_s, walk.folder + u"/well"_s);
    }
    process.setProcessEnvironment(environment);
    process.setStandardErrorFile(walk.folder + u"/said"_s);
    process.setStandardOutputFile(walk.folder + u"/lines"_s);
    process.start(QStringLiteral(PLANTAIN_PROGRAM),
                  arguments + QStringList { u"--server"_s, m_bench->used.queue.toString(), u"--library"_s, walk.library() });
    process.write(input);
    process.closeWriteChannel();
    if (meanwhile)
        meanwhile(process);
    const bool ended = process.state() == QProcess::NotRunning || process.waitForFinished(90'000);
    if (!ended) {
        process.kill();
        process.waitForFinished();
    }
    said = contentOf(walk.folder + u"/said"_s);
    lines = contentOf(walk.folder + u"/lines"_s);
    return ended && process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1;
}

void TestDiskFaultsAtAnyWrite::generate(Walk &walk) const
{
    QByteArray input;
    for (const int images : { 1, 2 })
        input += toBytes(Json { { "prompt", "disk " + std::to_string(walk.number) + (images == 1 ? " a" : " b") },
                                { "resolution", "0.5K" }, { "num_images", images } }) + '\n';
    QStringList arguments { u"generate"_s, u"--input"_s, u"-"_s };
    if (walk.lasts == Walk::Lasts::ToTheEnd)
        arguments << u"--timeout"_s << u"2"_s;
    walk.status = start(walk, arguments, input, walk.lines, walk.said, [&walk](QProcess &process) {
        if (walk.lasts != Walk::Lasts::UntilWell)
            return;
        while (!QFile::exists(walk.folder + u"/met"_s)) {
            if (process.waitForFinished(20))
                return;
        }
        if (!process.waitForFinished(400)) { // it waits for the disk, or is at its work all the same
            walk.wasHealed = true;
            QFile well(walk.folder + u"/well"_s);
            (void)well.open(QIODevice::WriteOnly);
        }
    });
    walk.met = contentOf(walk.folder + u"/met"_s).trimmed();
    walk.calls = contentOf(walk.folder + u"/count"_s).trimmed().toLong();
    if (walk.status < 0)
        walk.faults << u"it crashed or hung"_s;
    if ((walk.status != 0 || walk.wasHealed) && !namesTheDisk(walk.said + walk.lines))
        walk.faults << u"nobody was told of the disk"_s;
    QByteArray lines;
    walk.resumeStatus = start(walk, { u"resume"_s }, {}, lines, walk.resumeSaid);
    if (walk.resumeStatus < 0)
        walk.faults << u"resume crashed or hung"_s;
}

/// As a person who has every run of unknown fate looked up, once its own word has been heard that there are such.
void TestDiskFaultsAtAnyWrite::finish(Walk &walk)
{
    const auto openRuns = [this] { return Workbench::wait(m_bench->library->openRuns()).value_or(std::vector<RunRecord>()); };
    if (!openRuns().empty())
        walk.faults << u"resume left %1 runs open"_s.arg(openRuns().size());
    const auto all = Workbench::wait(m_bench->library->runs(0, 1000)).value_or(std::vector<RunRecord>());
    for (const RunRecord &run : all) {
        if (run.state != RunState::Unknown)
            continue;
        if (walk.lasts == Walk::Lasts::Once)
            walk.faults << u"a run of unknown fate, though the disk failed but once"_s;
        const auto found = Workbench::wait(m_bench->controller->lookUp(run.id));
        m_lookedUp += found && found->found;
        if (!found)
            walk.faults << u"it could not be looked up: "_s + found.error().message;
    }
    if (!QTest::qWaitFor([&] { return openRuns().empty(); }, 60'000))
        walk.faults << u"not all was finished"_s;
}

void TestDiskFaultsAtAnyWrite::check(Walk &walk)
{
    m_bench->controller.reset();
    m_bench->servers.reset();
    m_bench->library = std::make_unique<Library>(walk.library());
    m_bench->useServer(Server(m_bench->used));
    const auto opened = Workbench::wait(m_bench->library->open());
    if (!opened) {
        walk.faults << u"it cannot be opened: "_s + opened.error().message;
        return;
    }
    if (opened->rebuilt || !opened->problems.isEmpty())
        walk.faults << u"it was made again: "_s + opened->problems.join(u' ');
    finish(walk);

    const auto runs = Workbench::wait(m_bench->library->runs(0, 1000)).value_or(std::vector<RunRecord>());
    QSet<QString> files;
    const Sidecars sidecars { LibraryFolder(walk.library()) };
    for (const RunRecord &run : runs) {
        const auto sidecar = sidecars.read(Sidecars::pathOf(run.id));
        if (!sidecar || !(sidecar->record == run))
            walk.faults << u"the sidecar of %1 says something else"_s.arg(run.id.text);
        if (run.state == RunState::Unknown) {
            const QByteArray body = QCryptographicHash::hash(run.sent, QCryptographicHash::Sha256).toHex();
            const QList<QByteArray> taken = m_bench->ledger();
            if (std::any_of(taken.begin(), taken.end(), [&body](const QByteArray &line) { return line.contains(body); }))
                walk.faults << u"%1 was taken and is not found: %2"_s.arg(run.id.text, run.error ? run.error->message : QString());
            ++m_neverArrived;
            continue;
        }
        if (run.state != RunState::Done) {
            walk.faults << u"a run ended as %1: %2"_s.arg(wordOf(run.state), run.error ? run.error->message : QString());
            continue;
        }
        m_bodies.insert(QCryptographicHash::hash(run.sent, QCryptographicHash::Sha256).toHex());
        if (int(run.images.size()) != run.imagesAsked())
            walk.faults << u"%1 of %2 pictures"_s.arg(run.images.size()).arg(run.imagesAsked());
        for (const ImageRecord &image : run.images) {
            if (files.contains(image.file))
                walk.faults << u"listed twice: "_s + image.file;
            files.insert(image.file);
            const QByteArray hash = QCryptographicHash::hash(contentOf(m_bench->library->absolute(image.file)), QCryptographicHash::Sha256);
            if (QString::fromLatin1(hash.toHex()) != image.sha256)
                walk.faults << u"not as it came: "_s + image.file;
        }
    }
    m_refused += 2 - int(runs.size());
    m_bench->controller.reset();
    m_bench->servers.reset();
    m_bench->library.reset();

    QDirIterator found(walk.library(), QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
    while (found.hasNext()) {
        const QString path = found.next().mid(walk.library().size() + 1);
        if (path.endsWith(u".part"_s) || path.contains(u".damaged"_s) || (path.startsWith(u"images/"_s) && !files.contains(path)))
            walk.faults << u"left behind: "_s + path;
    }
    auto database = Database::open(walk.library() + u"/plantain.db"_s, Database::Mode::Durable);
    const auto whole = database ? database->value(u"PRAGMA integrity_check"_s) : Result<QVariant>(failure(database.error()));
    if (!whole || whole->toString() != u"ok"_s)
        walk.faults << u"integrity_check: "_s + (whole ? whole->toString() : whole.error().message);
}

void TestDiskFaultsAtAnyWrite::nothingIsLostAndNothingPaidTwice()
{
    const int step = std::max(1, qEnvironmentVariable("PLANTAIN_DISK_STEP", u"5"_s).toInt());
    const quint32 seed = qEnvironmentVariableIsSet("PLANTAIN_SEED") ? qEnvironmentVariable("PLANTAIN_SEED").toUInt()
                                                                    : QRandomGenerator::system()->generate();
    qInfo("seed %u, every call of %d", seed, step);
    m_bench->controller.reset();
    m_bench->servers.reset();
    m_bench->library.reset();
    int number = 0;
    const auto made = [&](long at, const QString &fault, Walk::Lasts lasts) {
        Walk walk;
        walk.number = ++number;
        walk.at = at;
        walk.fault = fault;
        walk.lasts = lasts;
        walk.folder = QFileInfo(m_bench->folder.path()).canonicalFilePath() + u"/%1"_s.arg(number);
        QDir().mkpath(walk.folder);
        return walk;
    };

    Walk well = made(0, u"EIO"_s, Walk::Lasts::Once);
    generate(well);
    QCOMPARE(well.status, 0);
    QVERIFY2(well.calls > 50, qPrintable(QString::number(well.calls)));

    // With a step below 5 each of its calls meets every fault; else the faults take turns.
    std::vector<Walk> walks { well };
    int turn = int(seed % 97);
    for (long at = 1 + long(seed % quint32(step)); at <= well.calls; at += step) {
        const std::vector<std::pair<QString, Walk::Lasts>> faults {
            { u"EIO"_s, Walk::Lasts::Once },         { u"ENOSPC"_s, Walk::Lasts::UntilWell }, { u"EROFS"_s, Walk::Lasts::ToTheEnd },
            { u"ENOSPC"_s, Walk::Lasts::Once },      { u"EIO"_s, Walk::Lasts::UntilWell },    { u"SHORT"_s, Walk::Lasts::ToTheEnd },
            { u"EROFS"_s, Walk::Lasts::UntilWell },  { u"SHORT"_s, Walk::Lasts::UntilWell },  { u"EIO"_s, Walk::Lasts::ToTheEnd },
            { u"SHORT"_s, Walk::Lasts::Once },       { u"EROFS"_s, Walk::Lasts::Once },
        };
        for (size_t which = 0; which < faults.size(); ++which) {
            if (step < 5 || which == size_t(turn) % faults.size())
                walks.push_back(made(at, faults[which].first, faults[which].second));
        }
        ++turn;
    }

    // Most of it is waiting. What is through is checked at once: the server's history is not endless.
    std::mutex mutex;
    std::condition_variable room, arrived;
    std::deque<size_t> through { 0 };
    std::atomic<size_t> nextWalk = 1;
    std::vector<std::thread> threads;
    for (int i = 0; i < (step < 5 ? 8 : 4); ++i) {
        threads.emplace_back([&] {
            for (size_t at = nextWalk++; at < walks.size(); at = nextWalk++) {
                generate(walks[at]);
                std::unique_lock guard(mutex);
                through.push_back(at);
                arrived.notify_one();
                room.wait(guard, [&through] { return through.size() < 8; });
            }
        });
    }
    int met = 0, faults = 0;
    for (size_t checked = 0; checked < walks.size();) {
        size_t at = 0;
        {
            std::unique_lock guard(mutex);
            arrived.wait(guard, [&through] { return !through.empty(); });
            at = through.front();
            through.pop_front();
            room.notify_all();
        }
        Walk &walk = walks[at];
        check(walk);
        ++checked;
        met += !walk.met.isEmpty();
        m_healed += walk.wasHealed;
        for (const QString &fault : std::as_const(walk.faults))
            qWarning("%s (%s): %s", qPrintable(walk.name()), walk.met.constData(), qPrintable(fault));
        if (!walk.faults.isEmpty() && faults++ < 20)
            qWarning("exit %d, resume %d, said:\n%s%s\nresume said:\n%s", walk.status, walk.resumeStatus, (walk.lines.left(1500) + '\n').constData(),
                     walk.said.left(2500).constData(), walk.resumeSaid.left(1500).constData());
        if (walk.faults.isEmpty())
            QDir(walk.folder).removeRecursively();
        walk.said.clear();
        walk.lines.clear();
    }
    for (std::thread &thread : threads)
        thread.join();

    QMap<QByteArray, int> submits;
    for (const QByteArray &line : m_bench->ledger())
        ++submits[stringAt(parseJson(line).value(), "input_sha256").toLatin1()];
    for (auto submit = submits.begin(); submit != submits.end(); ++submit) {
        QVERIFY2(submit.value() == 1, "a submit was taken twice");
        QVERIFY2(m_bodies.contains(submit.key()), "what was accepted has no pictures");
    }
    QCOMPARE(submits.size(), m_bodies.size());
    qInfo("%ld calls; %d walks, %d met their fault, %d healed while running; %d runs, %d submits, %d looked up, %d that never arrived, %d not stored and not sent",
          well.calls, int(walks.size()), met, m_healed, int(m_bodies.size()), int(submits.size()), m_lookedUp, m_neverArrived, m_refused);
    QCOMPARE(faults, 0);
    QVERIFY(met > int(walks.size()) / 2);
}

QTEST_MAIN(TestDiskFaultsAtAnyWrite)
#include "tst_diskfaultsatanywrite.moc"
