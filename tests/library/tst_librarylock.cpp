#include "librarylock.h"
#include "librarytesting.h"

#include <QProcess>

using namespace plantain;
using namespace plantain::testing;

class LibraryLockTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void oneHolderInOneProcess();
    void anotherProcessIsNamed();
    void twentyAtOnce();
    void aKilledHolderLeavesNoLock();
    void tellsWhoClosedInOrder();
    void aLinkIsNotFollowed();
};

namespace {

/// This program as another process that opens the library, says so, and ends when its input is closed.
int holdLibrary(const QString &folder)
{
    Library library(folder);
    const auto opened = outcome(library.open());
    std::puts(opened ? "open" : qPrintable(wordOf(opened.error().kind)));
    std::fflush(stdout);
    if (opened)
        (void)std::getchar();
    return 0;
}

void start(QProcess &process, const QString &folder)
{
    process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    process.start(QCoreApplication::applicationFilePath(), { u"--hold"_s, folder });
    QVERIFY(process.waitForStarted());
}

QByteArray line(QProcess &process)
{
    while (!process.canReadLine()) {
        if (!process.waitForReadyRead(patience))
            return "nothing";
    }
    return process.readLine().trimmed();
}

} // namespace

void LibraryLockTest::oneHolderInOneProcess()
{
    const QTemporaryDir folder;
    auto first = std::make_unique<Library>(folder.path());
    done(first->open());
    {
        Library second(folder.path());
        auto opened = second.open();
        auto added = second.add(sampleRecord());
        const auto result = outcome(opened);
        QVERIFY(!result);
        QCOMPARE(result.error().kind, ErrorKind::LibraryInUse);
        QCOMPARE(outcome(added).error().kind, ErrorKind::LibraryInUse);
    }
    QVERIFY(outcome(first->add(sampleRecord()))); // the second's end took nothing away
    Library third(folder.path());
    QCOMPARE(outcome(third.open()).error().kind, ErrorKind::LibraryInUse);
    first.reset();
    QCOMPARE(done(third.open()).runs, 1); // asked again
}

void LibraryLockTest::anotherProcessIsNamed()
{
    const QTemporaryDir folder;
    QProcess holder;
    start(holder, folder.path());
    QCOMPARE(line(holder), QByteArray("open"));
    const auto before = contentOf(folder.path());
    Library library(folder.path());
    const auto opened = outcome(library.open());
    QVERIFY(!opened);
    QCOMPARE(opened.error().kind, ErrorKind::LibraryInUse);
    QVERIFY2(opened.error().message.contains(QString::number(holder.processId())), describe(opened.error()).constData());
    QVERIFY2(opened.error().message.contains(u"tst_librarylock"_s), describe(opened.error()).constData());
    QCOMPARE(contentOf(folder.path()), before);
    holder.closeWriteChannel();
    QVERIFY(holder.waitForFinished(patience));
    done(library.open());
}

void LibraryLockTest::twentyAtOnce()
{
    const QTemporaryDir folder;
    std::vector<std::unique_ptr<QProcess>> processes;
    for (int i = 0; i < 20; ++i) {
        processes.push_back(std::make_unique<QProcess>());
        start(*processes.back(), folder.path());
    }
    QMap<QByteArray, int> answers;
    for (const auto &process : processes)
        ++answers[line(*process)];
    QCOMPARE(answers, (QMap<QByteArray, int> { { "open", 1 }, { "library_in_use", 19 } }));
    for (const auto &process : processes) {
        process->closeWriteChannel();
        QVERIFY(process->waitForFinished(patience));
    }
}

void LibraryLockTest::aKilledHolderLeavesNoLock()
{
    const QTemporaryDir folder;
    QProcess holder;
    start(holder, folder.path());
    QCOMPARE(line(holder), QByteArray("open"));
    holder.kill();
    QVERIFY(holder.waitForFinished(patience));
    Library library(folder.path());
    done(library.open());
}

void LibraryLockTest::tellsWhoClosedInOrder()
{
    const QTemporaryDir folder;
    const LibraryFolder library(folder.path());
    using enum LibraryLock::LastEnd;
    {
        auto lock = valueOf(LibraryLock::take(library));
        QCOMPARE(lock.lastEnd(), Died); // nobody was here before
        QVERIFY(!lock.lastBegin().isValid());
        lock.release();
    }
    QVERIFY(readBytes(folder.filePath(u"plantain.lock"_s)).isEmpty());
    QCOMPARE(valueOf(LibraryLock::take(library)).lastEnd(), InOrder); // and ends without a word
    {
        auto lock = valueOf(LibraryLock::take(library));
        QCOMPARE(lock.lastEnd(), Died);
        QVERIFY(lock.lastBegin().isValid());
        lock.noteDamage();
    }
    auto lock = valueOf(LibraryLock::take(library));
    QCOMPARE(lock.lastEnd(), SawDamage);
    lock.release();
    QCOMPARE(valueOf(LibraryLock::take(library)).lastEnd(), InOrder);
}

void LibraryLockTest::aLinkIsNotFollowed()
{
    const QTemporaryDir folder;
    const QTemporaryDir outside;
    writeBytes(outside.filePath(u"precious"_s), "precious");
    QVERIFY(QFile::link(outside.filePath(u"precious"_s), folder.filePath(u"plantain.lock"_s)));
    const auto lock = LibraryLock::take(LibraryFolder(folder.path()));
    QVERIFY(!lock);
    QCOMPARE(lock.error().kind, ErrorKind::Disk);
    QCOMPARE(readBytes(outside.filePath(u"precious"_s)), QByteArray("precious"));
}

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    if (arguments.value(1) == u"--hold"_s)
        return holdLibrary(arguments.value(2));
    LibraryLockTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_librarylock.moc"
