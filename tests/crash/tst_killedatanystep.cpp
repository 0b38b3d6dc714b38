#include "json.h"
#include "jsonfile.h"
#include "workbench.h"

#include <QCryptographicHash>
#include <QDirIterator>
#include <QImage>
#include <QProcess>
#include <QRandomGenerator>

#include <csignal>

using namespace plantain;
using namespace Qt::StringLiterals;

/// `plantain generate` ended with SIGKILL at every call that makes something last or sends something, and at random
/// instants; then what a start finds goes on, and the end is held against the sandbox's own ledger of submits.
/// Text to picture, and an edit whose two references are uploaded, one of them in parts.
///   PLANTAIN_KILLS=1000   how many of each (100 unless said)      PLANTAIN_SEED=N   the random instants once more
class TestKilledAtAnyStep : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void nothingIsLostAndNothingPaidTwice_data();
    void nothingIsLostAndNothingPaidTwice();

private:
    /// The references of one start, new to the server.
    struct Pictures
    {
        QString small, large;
        QString largeHash;
    };
    Pictures makePictures();
    std::optional<PartsUpload> begunOf(const Pictures &pictures);
    void checkGoneOn(const Pictures &pictures, const PartsUpload &begun);
    struct Ended
    {
        bool byKill = false;
        QString how;
    };
    Ended start(const QStringList &arguments, const QByteArray &input, long killAt, int killAfter);
    void closeLibrary();
    void openLibrary();
    void finishEverything();
    QMap<QByteArray, int> submitsByBody() const;
    void check();

    std::unique_ptr<Workbench> m_bench;
    long m_steps = 0;
    int m_inputs = 0;
    QSet<RunId> m_notThere; ///< the server's history does not list them
    QByteArray inputs(const std::vector<int> &imagesOfEach);
};

void TestKilledAtAnyStep::initTestCase()
{
    m_bench = std::make_unique<Workbench>();
    // The desktop's trash is that of the home when both are on one volume.
    qputenv("HOME", QFile::encodeName(m_bench->folder.path()));
    qputenv("XDG_DATA_HOME", QFile::encodeName(m_bench->folder.filePath(u"data"_s)));
    // Parts that a test has time for, here and in the program.
    m_bench->uploadRules.partsAbove = 50'000;
    m_bench->uploadRules.partBytes = 20'000;
    m_bench->uploadRules.partsAtOnce = 2;
    const auto value = [](qint64 number) { return Json { { "value", number } }; };
    QVERIFY(QDir().mkpath(m_bench->folder.filePath(u"config/plantain"_s)));
    QVERIFY(writeJsonFile(m_bench->folder.filePath(u"config/plantain/uploads.json"_s),
                          { { "partsAboveBytes", value(m_bench->uploadRules.partsAbove) },
                            { "partBytes", value(m_bench->uploadRules.partBytes) },
                            { "partsAtOnce", value(m_bench->uploadRules.partsAtOnce) } }));
}

TestKilledAtAnyStep::Pictures TestKilledAtAnyStep::makePictures()
{
    const auto picture = [this](const QString &name, QSize size) {
        QImage image(size, QImage::Format_RGB32);
        QRandomGenerator::system()->fillRange(reinterpret_cast<quint32 *>(image.bits()), image.sizeInBytes() / 4);
        const QString path = m_bench->folder.filePath(name);
        if (!image.save(path))
            qFatal("a picture cannot be written");
        return path;
    };
    Pictures pictures { picture(u"small.png"_s, { 60, 60 }), picture(u"large.png"_s, { 200, 200 }), {} };
    QFile large(pictures.large);
    if (!large.open(QIODevice::ReadOnly))
        qFatal("a picture cannot be read");
    pictures.largeHash = QString::fromLatin1(QCryptographicHash::hash(large.readAll(), QCryptographicHash::Sha256).toHex());
    return pictures;
}

/// What of the large one the storage has confirmed, when it is not whole.
std::optional<PartsUpload> TestKilledAtAnyStep::begunOf(const Pictures &pictures)
{
    const auto known = Workbench::wait(m_bench->library->upload(m_bench->used.name, pictures.largeHash)).value();
    return known && known->begun && !known->begun->parts.empty() ? known->begun : std::nullopt;
}

/// The run that was found was given the address of the upload that had begun: the parts were not sent again.
void TestKilledAtAnyStep::checkGoneOn(const Pictures &pictures, const PartsUpload &begun)
{
    const auto known = Workbench::wait(m_bench->library->upload(m_bench->used.name, pictures.largeHash)).value();
    QVERIFY(known.has_value());
    QVERIFY(!known->begun);
    QCOMPARE(known->url, begun.file);
}

/// A run for each, with so many pictures; no two prompts are the same.
QByteArray TestKilledAtAnyStep::inputs(const std::vector<int> &imagesOfEach)
{
    QByteArray lines;
    for (const int images : imagesOfEach)
        lines += toBytes(Json { { "prompt", "killed " + std::to_string(++m_inputs) }, { "resolution", "0.5K" }, { "num_images", images } })
            + '\n';
    return lines;
}

void TestKilledAtAnyStep::closeLibrary()
{
    m_bench->controller.reset();
    m_bench->servers.reset();
    m_bench->library.reset();
}

void TestKilledAtAnyStep::openLibrary()
{
    m_bench->library = std::make_unique<Library>(m_bench->folder.filePath(u"library"_s));
    m_bench->useServer(Server(m_bench->used));
    QVERIFY(Workbench::wait(m_bench->library->open(QStringList())).has_value()); // as the window does
}

/// `killAt`: a step of killat.cpp, 0: none. `killAfter`: milliseconds, 0: not.
TestKilledAtAnyStep::Ended TestKilledAtAnyStep::start(const QStringList &arguments, const QByteArray &input, long killAt, int killAfter)
{
    QProcess process;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"FAL_KEY"_s, u"id:secret"_s);
    environment.insert(u"XDG_CONFIG_HOME"_s, m_bench->folder.filePath(u"config"_s));
    environment.insert(u"LD_PRELOAD"_s, QStringLiteral(PLANTAIN_KILLAT));
    environment.insert(u"PLANTAIN_KILL_AT"_s, QString::number(killAt));
    environment.insert(u"PLANTAIN_KILL_COUNT"_s, m_bench->folder.filePath(u"steps"_s));
    process.setProcessEnvironment(environment);
    process.setStandardErrorFile(m_bench->folder.filePath(u"said"_s));
    process.setStandardOutputFile(QProcess::nullDevice());
    process.start(QStringLiteral(PLANTAIN_PROGRAM),
                  arguments + QStringList { u"--server"_s, m_bench->used.queue.toString(), u"--library"_s, m_bench->folder.filePath(u"library"_s) });
    process.write(input);
    process.closeWriteChannel();
    if (killAfter > 0 && !process.waitForFinished(killAfter))
        process.kill();
    process.waitForFinished(60'000);
    return { process.exitStatus() == QProcess::CrashExit && process.exitCode() == SIGKILL,
             u"exit %1"_s.arg(process.exitCode()) };
}

/// As a start does, and a person who has every run of unknown fate looked up.
void TestKilledAtAnyStep::finishEverything()
{
    const auto openRuns = [this] { return Workbench::wait(m_bench->library->openRuns()).value_or(std::vector<RunRecord>()); };
    Workbench::wait(m_bench->controller->resumeAll());
    QTRY_VERIFY_WITH_TIMEOUT(openRuns().empty(), 60'000);
    const auto all = Workbench::wait(m_bench->library->runs(0, 1'000'000));
    QVERIFY(all);
    for (const RunRecord &run : *all) {
        if (run.state != RunState::Unknown || m_notThere.contains(run.id))
            continue;
        const auto found = Workbench::wait(m_bench->controller->lookUp(run.id));
        if (found && !found->found)
            m_notThere.insert(run.id); // nothing that was not taken is taken later
    }
    QTRY_VERIFY_WITH_TIMEOUT(openRuns().empty(), 60'000);
}

QMap<QByteArray, int> TestKilledAtAnyStep::submitsByBody() const
{
    QMap<QByteArray, int> submits;
    for (const QByteArray &line : m_bench->ledger())
        ++submits[stringAt(parseJson(line).value(), "input_sha256").toLatin1()];
    return submits;
}

void TestKilledAtAnyStep::check()
{
    const QMap<QByteArray, int> submits = submitsByBody();
    for (auto submit = submits.begin(); submit != submits.end(); ++submit)
        QVERIFY2(submit.value() == 1, "a submit was taken twice");
    const auto runs = Workbench::wait(m_bench->library->runs(0, 1'000'000));
    QVERIFY(runs);
    QSet<QByteArray> withPictures;
    QSet<QString> files;
    for (const RunRecord &run : *runs) {
        const QByteArray body = QCryptographicHash::hash(run.sent, QCryptographicHash::Sha256).toHex();
        for (const ReferenceRecord &reference : run.references)
            files.insert(reference.file);
        if (!submits.contains(body)) {
            QVERIFY2(run.state == RunState::Unknown, qPrintable(wordOf(run.state))); // it never arrived
            continue;
        }
        QVERIFY2(run.state == RunState::Done, qPrintable(run.id.text + u' ' + wordOf(run.state)));
        QVERIFY(!withPictures.contains(body));
        withPictures.insert(body);
        QCOMPARE(int(run.images.size()), run.imagesAsked());
        for (const ReferenceRecord &reference : run.references) {
            QFile file(m_bench->library->absolute(reference.file));
            QVERIFY(file.open(QIODevice::ReadOnly));
            QCOMPARE(QString::fromLatin1(QCryptographicHash::hash(file.readAll(), QCryptographicHash::Sha256).toHex()), reference.sha256);
        }
        for (const ImageRecord &image : run.images) {
            QVERIFY2(!files.contains(image.file), "a picture is listed twice");
            files.insert(image.file);
            QFile file(m_bench->library->absolute(image.file));
            QVERIFY(file.open(QIODevice::ReadOnly));
            QCOMPARE(QString::fromLatin1(QCryptographicHash::hash(file.readAll(), QCryptographicHash::Sha256).toHex()), image.sha256);
        }
    }
    QCOMPARE(withPictures.size(), submits.size()); // every accepted run has its pictures

    const QString folder = m_bench->folder.filePath(u"library"_s);
    QDirIterator found(folder, QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
    while (found.hasNext()) {
        const QString path = found.next().mid(folder.size() + 1);
        QVERIFY2(!path.endsWith(u".part"_s), qPrintable(path));
        const bool isKept = path.startsWith(u"images/"_s) || path.startsWith(u"references/"_s);
        QVERIFY2(!isKept || files.contains(path), qPrintable(u"an orphan: "_s + path));
    }
}

void TestKilledAtAnyStep::nothingIsLostAndNothingPaidTwice_data()
{
    QTest::addColumn<bool>("isEdit");
    QTest::newRow("text to picture") << false;
    QTest::newRow("edit") << true;
}

void TestKilledAtAnyStep::nothingIsLostAndNothingPaidTwice()
{
    QFETCH(bool, isEdit);
    const int kills = qEnvironmentVariable("PLANTAIN_KILLS", u"100"_s).toInt();
    const quint32 seed = qEnvironmentVariableIsSet("PLANTAIN_SEED") ? qEnvironmentVariable("PLANTAIN_SEED").toUInt()
                                                                    : QRandomGenerator::system()->generate();
    qInfo("seed %u", seed);
    QRandomGenerator random(seed);
    QStringList generate { u"generate"_s, u"--input"_s, u"-"_s };
    if (isEdit) {
        const Pictures pictures = makePictures();
        generate += { u"--endpoint"_s, u"fal-ai/nano-banana-2/edit"_s, u"--reference"_s, pictures.small, u"--reference"_s, pictures.large };
    }
    const std::vector<int> images = isEdit ? std::vector { 1 } : std::vector { 1, 2 };
    const QStringList resume { u"resume"_s };

    closeLibrary();
    QElapsedTimer clock;
    clock.start();
    QVERIFY(!start(generate, inputs(images), 0, 0).byKill);
    const int whole = std::max(50, int(clock.elapsed()));
    QFile count(m_bench->folder.filePath(u"steps"_s));
    QVERIFY(count.open(QIODevice::ReadOnly));
    m_steps = 2 * count.readAll().trimmed().toLong();
    QVERIFY(m_steps > 50);

    int atSteps = 0, atInstants = 0, resumesKilled = 0, goneOnByPart = 0;
    for (int round = 0; atSteps + atInstants + resumesKilled < kills; ++round) {
        // Steps spread evenly over the whole way; every third kill comes at an instant that no step names.
        const bool atInstant = round % 3 == 2;
        const long step = 1 + (long(round) * m_steps / std::max(1, kills) + random.bounded(3)) % m_steps;
        const Pictures pictures = isEdit ? makePictures() : Pictures();
        const Ended ended = atInstant ? start(generate, inputs(images), 0, 1 + random.bounded(whole))
                                      : start(generate, inputs(images), step, 0);
        atInstants += ended.byKill && atInstant;
        atSteps += ended.byKill && !atInstant;
        if (round % 2) // and what goes on is killed too
            resumesKilled += start(resume, {}, 1 + random.bounded(int(m_steps / 2)), 0).byKill;
        openLibrary();
        const std::optional<PartsUpload> begun = isEdit ? begunOf(pictures) : std::nullopt;
        finishEverything();
        if (begun)
            checkGoneOn(pictures, *begun);
        goneOnByPart += begun.has_value();
        if (round % 10 == 9)
            check();
        closeLibrary();
        if (QTest::currentTestFailed())
            return;
    }
    openLibrary();
    check();
    const auto runs = Workbench::wait(m_bench->library->runs(0, 1'000'000)).value_or(std::vector<RunRecord>());
    const auto lost = std::count_if(runs.begin(), runs.end(), [](const RunRecord &run) { return run.state == RunState::Unknown; });
    qInfo("%d kills at %ld steps, %d at random instants, %d of a resume; %d runs, %d submits, %d that never arrived", atSteps, m_steps,
          atInstants, resumesKilled, int(runs.size()), int(submitsByBody().size()), int(lost));
    QVERIFY(atSteps > 0 && atInstants > 0);
    if (isEdit) {
        qInfo("%d uploads went on by part", goneOnByPart);
        QVERIFY(goneOnByPart > 0 || kills < 50); // a few kills may miss the upload
    }
}

QTEST_MAIN(TestKilledAtAnyStep)
#include "tst_killedatanystep.moc"
