#include "incomingfile.h"
#include "library.h"

#include <QDir>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

using namespace plantain;
using namespace Qt::StringLiterals;

namespace {

constexpr int pictures = 3;

template <class T>
T wait(QFuture<Result<T>> future)
{
    if (!QTest::qWaitFor([&] { return future.isFinished(); }, 60'000) || !future.result())
        qFatal("a future of the library failed");
    return *future.result();
}

/// A finished run of some pictures, of which all but the last are in the trash.
RunId prepare(Library &library)
{
    RunRecord run;
    run.id = newRunId();
    run.endpoint = { u"fal-ai/nano-banana-2"_s };
    run.input = Json { { "prompt", "deleted" } };
    run = wait(library.add(run));
    for (const RunState state : { RunState::Sending, RunState::Accepted, RunState::Completed }) {
        run.state = state;
        run = wait(library.store(run));
    }
    for (int index = 0; index < pictures; ++index) {
        auto incoming = library.incoming(run, index);
        if (incoming->append("picture " + QByteArray::number(index)))
            qFatal("not written");
        run.images.push_back(wait(incoming->keep(u"png"_s)));
        run.images.back().index = index;
    }
    for (const RunState state : { RunState::Fetched, RunState::Done }) {
        run.state = state;
        run = wait(library.store(run));
    }
    return run.id;
}

std::vector<PictureId> toDelete(const RunId &run)
{
    std::vector<PictureId> some;
    for (int index = 0; index < pictures - 1; ++index)
        some.push_back({ run, index });
    return some;
}

/// In the child: deletes and empties.
int deleteAndEmpty(const QString &folder, const QString &run)
{
    Library library(folder);
    wait(library.open());
    wait(library.setTrashed(toDelete({ run }), true));
    wait(library.emptyTrash());
    return 0;
}

} // namespace

/// The program killed at every call that makes something last while pictures are deleted and the trash is emptied: each
/// picture is in its place or in the desktop's trash, once, and what was begun is ended by the next one.
class TestEmptyingKilled : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void nothingIsLostAndNothingListedTwice();
};

void TestEmptyingKilled::nothingIsLostAndNothingListedTwice()
{
    int kills = 0;
    for (int step = 1;; ++step) {
        const QTemporaryDir folder;
        const QString libraryFolder = folder.filePath(u"library"_s);
        const QDir trash(folder.filePath(u"data/Trash/files"_s));
        QVERIFY(QDir().mkpath(folder.filePath(u"data"_s)));
        // The trash is that of the home when both are on one volume.
        qputenv("HOME", QFile::encodeName(folder.path()));
        qputenv("XDG_DATA_HOME", QFile::encodeName(folder.filePath(u"data"_s)));
        RunId id;
        {
            Library library(libraryFolder);
            wait(library.open());
            id = prepare(library);
        }
        QProcess child;
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(u"LD_PRELOAD"_s, QStringLiteral(PLANTAIN_KILLAT));
        environment.insert(u"PLANTAIN_KILL_AT"_s, QString::number(step));
        child.setProcessEnvironment(environment);
        child.start(QCoreApplication::applicationFilePath(), { u"--empty"_s, libraryFolder, id.text });
        QVERIFY(child.waitForFinished(60'000));
        const bool wasKilled = child.exitStatus() == QProcess::CrashExit;
        kills += wasKilled;

        Library library(libraryFolder);
        const OpenReport report = wait(library.open());
        QVERIFY(!report.rebuilt && report.problems.isEmpty());
        RunRecord run = wait(library.run(id));
        QCOMPARE(run.images.size(), size_t(pictures));
        QCOMPARE(run.images.back().deletion, Deletion::None);
        for (const ImageRecord &image : run.images) {
            const bool isHere = QFile::exists(library.absolute(image.file));
            const bool isThere = trash.exists(QFileInfo(image.file).fileName());
            QVERIFY2(isHere != isThere, qPrintable(QString::number(step)));
            QVERIFY(image.deletion != Deletion::Emptied || isThere);
            QVERIFY(image.deletion != Deletion::None || isHere);
        }
        // The next one ends it.
        wait(library.setTrashed(toDelete(id), true));
        wait(library.emptyTrash());
        run = wait(library.run(id));
        for (int index = 0; index < pictures; ++index)
            QCOMPARE(run.images[size_t(index)].deletion, index + 1 < pictures ? Deletion::Emptied : Deletion::None);
        QCOMPARE(trash.entryList(QDir::Files).size(), pictures - 1);
        QVERIFY(QFile::exists(library.absolute(run.images.back().file)));
        if (!wasKilled) {
            QCOMPARE(child.exitCode(), 0);
            break;
        }
    }
    qInfo("killed %d times", kills);
    QVERIFY(kills > 20);
}

int main(int argc, char **argv)
{
    QCoreApplication app(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    if (arguments.value(1) == u"--empty"_s)
        return deleteAndEmpty(arguments.value(2), arguments.value(3));
    TestEmptyingKilled test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_emptyingkilled.moc"
