#include "incomingfile.h"
#include "librarytesting.h"
#include "sidecars.h"

#include <QCryptographicHash>
#include <QProcess>
#include <QRandomGenerator>
#include <QSet>

using namespace plantain;
using namespace plantain::testing;

namespace {

constexpr int chains = 6;

void say(const QByteArray &line)
{
    std::fwrite(line.constData(), 1, size_t(line.size()), stdout);
    std::fputc('\n', stdout);
    std::fflush(stdout);
}

/// In the child: takes runs from intent to done without an end, several at once, and says what was acknowledged.
class Stream final : public QObject
{
public:
    explicit Stream(Library &library)
        : m_library(library)
    {
    }

    void begin()
    {
        m_library.add(sampleRecord()).then(this, [this](const Result<RunRecord> &added) { acknowledged(added); });
    }

private:
    void acknowledged(const Result<RunRecord> &result)
    {
        if (!result)
            qFatal("%s", describe(result.error()).constData());
        say("state " + result->id.text.toLatin1() + ' ' + wordOf(result->state).toLatin1());
        if (result->state == RunState::Done)
            return begin();
        if (result->state == RunState::Completed)
            return fetch(*result);
        const auto next = std::find(way.begin(), way.end(), result->state) + 1;
        step(inState(*result, *next));
    }

    void step(const RunRecord &record)
    {
        m_library.store(record).then(this, [this](const Result<RunRecord> &stored) { acknowledged(stored); });
    }

    void fetch(const RunRecord &record)
    {
        auto incoming = m_library.incoming(record, 0);
        QByteArray bytes(40000, 'p');
        bytes += record.id.text.toLatin1();
        if (const auto error = incoming->append(bytes))
            qFatal("%s", describe(*error).constData());
        incoming->keep(u"png"_s).then(this, [this, record](const Result<ImageRecord> &kept) {
            if (!kept)
                qFatal("%s", describe(kept.error()).constData());
            say("picture " + kept->file.toLatin1() + ' ' + kept->sha256.toLatin1());
            RunRecord fetched = record;
            fetched.state = RunState::Fetched;
            fetched.images = { *kept };
            step(fetched);
        });
    }

    const std::vector<RunState> way = wayTo(RunState::Done);
    Library &m_library;
};

int streamInto(const QString &folder)
{
    Library library(folder);
    Stream stream(library);
    library.open().then(&stream, [&](const Result<OpenReport> &opened) {
        if (!opened)
            qFatal("%s", describe(opened.error()).constData());
        for (int i = 0; i < chains; ++i)
            stream.begin();
    });
    return QCoreApplication::exec();
}

} // namespace

class LibraryKillTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatWasAcknowledgedIsThere();
};

void LibraryKillTest::whatWasAcknowledgedIsThere()
{
    const quint32 seed = qEnvironmentVariableIsSet("PLANTAIN_SEED") ? qEnvironmentVariable("PLANTAIN_SEED").toUInt()
                                                                    : QRandomGenerator::system()->generate();
    qInfo("seed %u (PLANTAIN_SEED repeats it)", seed);
    QRandomGenerator random(seed);
    const QTemporaryDir folder;
    QMap<QByteArray, RunState> states;
    QMap<QByteArray, QByteArray> pictures;
    constexpr int rounds = 12;
    int leftovers = 0;
    for (int round = 0; round < rounds; ++round) {
        QProcess child;
        child.setProcessChannelMode(QProcess::ForwardedErrorChannel);
        child.start(QCoreApplication::applicationFilePath(), { u"--stream"_s, folder.path() });
        QVERIFY(child.waitForStarted());
        const int lines = random.bounded(5, 120);
        int seen = 0;
        const auto read = [&] {
            while (child.canReadLine()) {
                const QList<QByteArray> words = child.readLine().trimmed().split(' ');
                QCOMPARE(words.size(), 3);
                ++seen;
                if (words[0] == "state")
                    states[words[1]] = *runStateOf(QString::fromLatin1(words[2]));
                else
                    pictures[words[1]] = words[2];
            }
        };
        while (seen < lines) {
            QVERIFY(child.waitForReadyRead(patience));
            read();
        }
        child.kill();
        QVERIFY(child.waitForFinished(patience));
        read(); // what it had said before the end
        leftovers += QStringList(contentOf(folder.path()).keys()).filter(u".part"_s).size();

        std::vector<RunRecord> runs;
        {
            Library library(folder.path());
            const OpenReport report = done(library.open());
            QVERIFY(!report.rebuilt);
            QCOMPARE(report.problems, QStringList());
            runs = done(library.runs(0, 1000000));
            const Sidecars sidecars { LibraryFolder(folder.path()) };
            const auto order = wayTo(RunState::Done);
            QMap<QByteArray, const RunRecord *> byId;
            for (const RunRecord &run : runs)
                byId[run.id.text.toLatin1()] = &run;
            QCOMPARE(qsizetype(byId.size()), qsizetype(runs.size()));
            for (auto said = states.begin(); said != states.end(); ++said) {
                const RunRecord *run = byId.value(said.key());
                QVERIFY2(run, said.key().constData());
                // As said, or one step on whose word did not come through.
                const auto now = std::find(order.begin(), order.end(), run->state) - order.begin();
                const auto then = std::find(order.begin(), order.end(), said.value()) - order.begin();
                QVERIFY2(now == then || now == then + 1, said.key().constData());
                const auto sidecar = sidecars.read(Sidecars::pathOf(run->id));
                QVERIFY2(sidecar, said.key().constData());
                if (run->state == RunState::Done)
                    QVERIFY(sidecar->record == *run);
                said.value() = run->state;
            }
            for (auto picture = pictures.begin(); picture != pictures.end(); ++picture) {
                const QByteArray bytes = readBytes(library.absolute(QString::fromLatin1(picture.key())));
                QCOMPARE(QCryptographicHash::hash(bytes, QCryptographicHash::Sha256).toHex(), picture.value());
            }
            for (const RunRecord &run : runs) {
                if (run.state == RunState::Fetched || run.state == RunState::Done)
                    QVERIFY(QFileInfo::exists(library.absolute(run.images.at(0).file)));
            }
            QVERIFY(QStringList(contentOf(folder.path()).keys()).filter(u".part"_s).isEmpty());
        }
        {
            auto database = valueOf(Database::open(folder.filePath(u"plantain.db"_s), Database::Mode::Durable));
            QCOMPARE(valueOf(database.value(u"PRAGMA integrity_check"_s)).toString(), u"ok"_s);
        }

        // And were the database lost as well: the same runs, none before its submit.
        if (round % 4 == 3) {
            QVERIFY(QFile::remove(folder.filePath(u"plantain.db"_s)));
            Library library(folder.path());
            const OpenReport report = done(library.open());
            QVERIFY(report.rebuilt);
            const auto rebuilt = done(library.runs(0, 1000000));
            QCOMPARE(rebuilt.size(), runs.size());
            for (size_t i = 0; i < runs.size(); ++i) {
                QCOMPARE(rebuilt[i].id, runs[i].id);
                if (runs[i].state != RunState::Fetched || rebuilt[i].state != RunState::Completed)
                    QCOMPARE(rebuilt[i].state, runs[i].state);
                states[rebuilt[i].id.text.toLatin1()] = rebuilt[i].state;
            }
        }
    }
    QVERIFY(states.size() > rounds);
    QVERIFY(pictures.size() > rounds);
    qInfo("%d runs, %d pictures, %d temporary files left by the killed", int(states.size()), int(pictures.size()), leftovers);
}

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    if (arguments.value(1) == u"--stream"_s)
        return streamInto(arguments.value(2));
    LibraryKillTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_librarykill.moc"
