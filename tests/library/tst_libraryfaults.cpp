#include "incomingfile.h"
#include "librarytesting.h"
#include "sidecars.h"

#include <QProcess>
#include <QStandardPaths>

using namespace plantain;
using namespace plantain::testing;

namespace {

void say(const QByteArray &line)
{
    std::fwrite(line.constData(), 1, size_t(line.size()), stdout);
    std::fputc('\n', stdout);
    std::fflush(stdout);
}

template <class T>
bool isGood(const Result<T> &result, const char *step)
{
    if (!result)
        say(QByteArray("error ") + step + ' ' + describe(result.error()));
    return result.has_value();
}

/// In the child: one run from nothing to done, with a reference and a picture. Says each step that was acknowledged,
/// and stops at the first that failed.
int walk(const QString &folder, const QString &referenceFile)
{
    Library library(folder);
    if (!isGood(outcome(library.open()), "open"))
        return 0;
    say("open");
    const auto reference = outcome(library.adoptReference(referenceFile, u"image/png"_s, { 1, 1 }));
    if (!isGood(reference, "reference"))
        return 0;
    say("reference " + reference->file.toLatin1());
    RunRecord record = sampleRecord();
    for (const RunState state : wayTo(RunState::Done)) {
        if (state == RunState::Fetched) {
            auto incoming = library.incoming(record, 0);
            if (const auto error = incoming->append(QByteArray(20000, 'p')))
                return isGood(Result<int>(failure(*error)), "append");
            const auto kept = outcome(incoming->keep(u"png"_s));
            if (!isGood(kept, "picture"))
                return 0;
            say("picture " + kept->file.toLatin1());
            record.images = { *kept };
            record.state = state;
        } else if (state != RunState::Intent) {
            record = inState(record, state);
        }
        const auto stored = outcome(state == RunState::Intent ? library.add(record) : library.store(record));
        if (!isGood(stored, "store"))
            return 0;
        record = *stored;
        say("state " + record.id.text.toLatin1() + ' ' + wordOf(record.state).toLatin1());
    }
    return 0;
}

} // namespace

/// Lets system calls fail, or kills, at the n-th call.
class LibraryFaultsTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void nthCall_data();
    void nthCall();

private:
    QString m_strace;
};

void LibraryFaultsTest::initTestCase()
{
    m_strace = QStandardPaths::findExecutable(u"strace"_s);
    if (m_strace.isEmpty())
        QSKIP("strace is not installed");
    QProcess trial;
    trial.start(m_strace, { u"-f"_s, u"-o"_s, u"/dev/null"_s, u"true"_s });
    if (!trial.waitForFinished(patience) || trial.exitCode() != 0)
        QSKIP("strace may not trace here");
}

void LibraryFaultsTest::nthCall_data()
{
    QTest::addColumn<QString>("call");
    QTest::addColumn<QString>("fault");
    const QStringList calls { u"fsync"_s, u"fdatasync"_s, u"pwrite64"_s, u"write"_s, u"renameat2"_s, u"renameat"_s,
                              u"mkdirat"_s };
    const QList<QPair<QString, QStringList>> faults { { u"error=EIO"_s, calls },
                                                      { u"error=ENOSPC"_s, { u"pwrite64"_s, u"write"_s, u"mkdirat"_s } },
                                                      { u"signal=SIGKILL"_s, calls } };
    for (const auto &[fault, affected] : faults) {
        for (const QString &call : affected)
            QTest::newRow(qPrintable(call + u' ' + fault)) << call << fault;
    }
}

void LibraryFaultsTest::nthCall()
{
    QFETCH(QString, call);
    QFETCH(QString, fault);
    const bool isKilled = fault.startsWith(u"signal"_s);
    int met = 0;
    for (const int when : { 1, 2, 3, 4, 5, 6, 9, 16, 28 }) {
        const QTemporaryDir parent;
        const QString folder = parent.filePath(u"library"_s);
        writeBytes(parent.filePath(u"reference"_s), QByteArray(5000, 'r'));
        QProcess child;
        child.setProcessChannelMode(QProcess::ForwardedErrorChannel);
        child.start(m_strace,
                    { u"-f"_s, u"-qq"_s, u"-o"_s, parent.filePath(u"trace"_s), u"-e"_s, u"trace="_s + call, u"-e"_s,
                      u"inject=%1:%2:when=%3"_s.arg(call, fault).arg(when),
                      QCoreApplication::applicationFilePath(), u"--walk"_s, folder, parent.filePath(u"reference"_s) });
        QVERIFY(child.waitForFinished(patience));
        const bool wasMet = isKilled ? child.exitStatus() == QProcess::CrashExit || child.exitCode() != 0
                                     : readBytes(parent.filePath(u"trace"_s)).contains("(INJECTED)");
        met += wasMet;
        const QByteArray context = (call + u' ' + fault + u' ' + QString::number(when)).toUtf8();

        QMap<QByteArray, RunState> states;
        QStringList files;
        bool failed = false;
        for (const QByteArray &line : child.readAllStandardOutput().split('\n')) {
            const QList<QByteArray> words = line.split(' ');
            if (words[0] == "state")
                states[words[1]] = *runStateOf(QString::fromLatin1(words[2]));
            else if (words[0] == "picture" || words[0] == "reference")
                files.append(QString::fromLatin1(words[1]));
            else if (words[0] == "error")
                failed = true;
            if (words[0] == "error")
                QVERIFY2(words[2] == "disk", (context + ": " + line).constData());
        }
        QVERIFY2(wasMet || (!failed && states.value(states.isEmpty() ? "" : states.firstKey()) == RunState::Done),
                 context.constData());

        Library library(folder);
        const auto opened = outcome(library.open());
        QVERIFY2(opened, context.constData());
        QCOMPARE(opened->problems, QStringList());
        const auto order = wayTo(RunState::Done);
        for (auto said = states.begin(); said != states.end(); ++said) {
            auto run = outcome(library.run({ QString::fromLatin1(said.key()) }));
            QVERIFY2(run, context.constData());
            auto now = std::find(order.begin(), order.end(), run->state);
            const auto steps = now - std::find(order.begin(), order.end(), said.value());
            QVERIFY2(steps == 0 || steps == 1, context.constData());
            for (++now; now < order.end(); ++now)
                run = done(library.store(inState(*run, *now))); // it goes on
            const auto sidecar = Sidecars(LibraryFolder(folder)).read(Sidecars::pathOf(run->id));
            QVERIFY2(sidecar, context.constData());
            QVERIFY2(sidecar->record == *run, context.constData());
        }
        for (const QString &file : files)
            QVERIFY2(readBytes(library.absolute(file)).size() >= 5000, context.constData());
        if (isKilled || !wasMet)
            QVERIFY2(QStringList(contentOf(folder).keys()).filter(u".part"_s).isEmpty(), context.constData());
    }
    QVERIFY(met > 0); // else nothing was tried
}

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    if (arguments.value(1) == u"--walk"_s)
        return walk(arguments.value(2), arguments.value(3));
    LibraryFaultsTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_libraryfaults.moc"
