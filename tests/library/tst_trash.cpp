#include "incomingfile.h"
#include "librarytesting.h"
#include "sidecars.h"

#include <QScopeGuard>

using namespace plantain;
using namespace plantain::testing;

/// Deleting: a mark first, files only when the trash is emptied.
class TrashTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void isAMarkAlone();
    void stayThroughWhatElseHappens();
    void comesBackFromSidecars();
    void leavesOpenRunsAlone_data();
    void leavesOpenRunsAlone();
    void isEmptiedIntoTheDesktops();
    void goesOnWhereItWasInterrupted();
    void isKeptWhereTheDesktopHasNone();
    void aPictureFetchedAnewIsThere();

private:
    RunRecord addPictures(int count);
    QString path(const QString &relative) const { return m_folder->filePath(u"library/"_s + relative); }
    QStringList inDesktopsTrash() const;

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Library> m_library;
};

void TrashTest::init()
{
    m_library.reset();
    m_folder = std::make_unique<QTemporaryDir>();
    // The trash is that of the home when both are on one volume.
    qputenv("HOME", QFile::encodeName(m_folder->path()));
    qputenv("XDG_DATA_HOME", QFile::encodeName(m_folder->filePath(u"data"_s)));
    QVERIFY(QDir().mkpath(m_folder->filePath(u"data"_s)));
    m_library = std::make_unique<Library>(path({}));
    done(m_library->open());
}

RunRecord TrashTest::addPictures(int count)
{
    RunRecord run = addInState(*m_library, RunState::Completed);
    run.images.clear();
    for (int index = 0; index < count; ++index) {
        auto incoming = m_library->incoming(run, index);
        if (incoming->append("picture " + QByteArray::number(index) + ' ' + run.id.text.toLatin1()))
            qFatal("not written");
        run.images.push_back(done(incoming->keep(u"png"_s)));
        run.images.back().index = index;
    }
    run.state = RunState::Fetched;
    done(m_library->store(run));
    run.state = RunState::Done;
    return done(m_library->store(run));
}

QStringList TrashTest::inDesktopsTrash() const
{
    return QDir(m_folder->filePath(u"data/Trash/files"_s)).entryList(QDir::Files);
}

void TrashTest::isAMarkAlone()
{
    RunRecord run = addPictures(3);
    int told = 0;
    connect(m_library.get(), &Library::runChanged, this, [&told] { ++told; });
    const DeletionChange change = done(m_library->setTrashed({ { run.id, 0 }, { run.id, 2 }, { run.id, 7 } }, true));
    QCOMPARE(change.changed, (std::vector<PictureId> { { run.id, 0 }, { run.id, 2 } }));
    QCOMPARE(told, 1);
    run.images[0].deletion = run.images[2].deletion = Deletion::Trashed;
    QVERIFY(done(m_library->run(run.id)) == run);
    QVERIFY(valueOf(Sidecars(LibraryFolder(path({}).chopped(1))).read(Sidecars::pathOf(run.id))).record == run);
    for (const ImageRecord &image : run.images)
        QVERIFY(QFile::exists(path(image.file)));
    // Once is enough, and back is back.
    QVERIFY(done(m_library->setTrashed({ { run.id, 0 } }, true)).changed.empty());
    QCOMPARE(done(m_library->setTrashed({ { run.id, 0 }, { run.id, 1 }, { run.id, 2 } }, false)).changed.size(), size_t(2));
    run.images[0].deletion = run.images[2].deletion = Deletion::None;
    QVERIFY(done(m_library->run(run.id)) == run);
}

void TrashTest::stayThroughWhatElseHappens()
{
    const RunRecord before = addPictures(2);
    done(m_library->setTrashed({ { before.id, 1 } }, true));
    done(m_library->setNote(before.id, u"a note"_s));
    const RunRecord stored = done(m_library->store(before)); // by one who has it from before
    QVERIFY(stored.images[0].deletion == Deletion::None);
    QVERIFY(stored.images[1].deletion == Deletion::Trashed);
    const RunRecord failed = addInState(*m_library, RunState::Failed);
    done(m_library->setTrashed({ { failed.id, 0 } }, true));
    QVERIFY(done(m_library->store(failed)).deletion == Deletion::Trashed);
}

void TrashTest::comesBackFromSidecars()
{
    const RunRecord run = addPictures(2), failed = addInState(*m_library, RunState::Failed);
    done(m_library->setTrashed({ { run.id, 1 }, { failed.id, 0 } }, true));
    const RunRecord marked = done(m_library->run(run.id)), markedFailed = done(m_library->run(failed.id));
    m_library.reset();
    for (const auto &suffix : { u""_s, u"-wal"_s, u"-shm"_s })
        QFile::remove(path(u"plantain.db"_s + suffix));
    m_library = std::make_unique<Library>(path({}));
    QVERIFY(done(m_library->open()).rebuilt);
    QVERIFY(done(m_library->run(run.id)) == marked);
    QVERIFY(done(m_library->run(failed.id)) == markedFailed);
    QCOMPARE(done(m_library->emptyTrash()), 2); // it is found there
}

void TrashTest::leavesOpenRunsAlone_data()
{
    QTest::addColumn<int>("state");
    for (const RunState state : allStates())
        QTest::newRow(qPrintable(wordOf(state))) << int(state);
}

void TrashTest::leavesOpenRunsAlone()
{
    QFETCH(int, state);
    const RunRecord run = addInState(*m_library, RunState(state));
    const RunRecord other = addPictures(1);
    const DeletionChange change = done(m_library->setTrashed({ { run.id, 0 }, { other.id, 0 } }, true));
    const bool deletable = isFinal(RunState(state)) && RunState(state) != RunState::Unknown;
    QCOMPARE(change.stillOpen, deletable ? 0 : 1);
    QCOMPARE(change.changed.size(), size_t(deletable ? 2 : 1));
    QVERIFY(deletable || done(m_library->run(run.id)) == run);
}

void TrashTest::isEmptiedIntoTheDesktops()
{
    const RunRecord run = addPictures(3), failed = addInState(*m_library, RunState::Failed);
    done(m_library->setTrashed({ { run.id, 0 }, { run.id, 1 }, { failed.id, 0 } }, true));
    QVERIFY(QFile::remove(path(run.images[1].file))); // by another hand
    QCOMPARE(done(m_library->emptyTrash()), 3);
    const RunRecord left = done(m_library->run(run.id));
    QVERIFY(left.images[0].deletion == Deletion::Emptied && left.images[1].deletion == Deletion::Emptied);
    QVERIFY(left.images[2].deletion == Deletion::None);
    QCOMPARE(left.price, run.price);
    QCOMPARE(inDesktopsTrash(), QStringList { QFileInfo(run.images[0].file).fileName() });
    QVERIFY(!QFile::exists(path(run.images[0].file)));
    QVERIFY(QFile::exists(path(run.images[2].file)));
    // The desktop knows where it came from.
    QVERIFY(readBytes(m_folder->filePath(u"data/Trash/info/"_s + inDesktopsTrash().front() + u".trashinfo"_s))
                .contains(QFile::encodeName(run.images[0].file)));
    QCOMPARE(done(m_library->emptyTrash()), 0);
    QVERIFY(done(m_library->setTrashed({ { run.id, 0 } }, false)).changed.empty()); // gone is gone
}

void TrashTest::goesOnWhereItWasInterrupted()
{
    const RunRecord run = addPictures(250); // more than a portion
    std::vector<PictureId> all;
    for (const ImageRecord &image : run.images)
        all.push_back({ run.id, image.index });
    done(m_library->setTrashed(all, true));
    const auto emptying = m_library->emptyTrash();
    m_library.reset(); // the program is closed meanwhile
    QVERIFY(emptying.isFinished() || emptying.isCanceled() || emptying.resultCount() == 0);
    m_library = std::make_unique<Library>(path({}));
    QVERIFY(!done(m_library->open()).rebuilt);
    done(m_library->emptyTrash());
    const RunRecord left = done(m_library->run(run.id));
    QVERIFY(std::all_of(left.images.begin(), left.images.end(),
                        [](const ImageRecord &image) { return image.deletion == Deletion::Emptied; }));
    QCOMPARE(inDesktopsTrash().size(), 250);
}

void TrashTest::isKeptWhereTheDesktopHasNone()
{
    writeBytes(m_folder->filePath(u"data/Trash"_s), "a file in its place");
    const QString before = QDir::currentPath();
    const auto back = qScopeGuard([before] { QDir::setCurrent(before); });
    QVERIFY(QDir::setCurrent(m_folder->path()));
    const RunRecord run = addPictures(2);
    done(m_library->setTrashed({ { run.id, 0 }, { run.id, 1 } }, true));
    const auto emptied = outcome(m_library->emptyTrash());
    QVERIFY(!emptied);
    QCOMPARE(emptied.error().type, u"notrash"_s);
    for (const ImageRecord &image : done(m_library->run(run.id)).images) {
        QVERIFY(image.deletion == Deletion::Trashed);
        QVERIFY(QFile::exists(path(image.file)));
    }
    QVERIFY(!QFile::exists(m_folder->filePath(u"files"_s))); // nor in the working folder
    QVERIFY(QFile::remove(m_folder->filePath(u"data/Trash"_s)));
    QCOMPARE(done(m_library->emptyTrash()), 2);
}

void TrashTest::aPictureFetchedAnewIsThere()
{
    RunRecord run = addPictures(2);
    done(m_library->setTrashed({ { run.id, 0 } }, true));
    QCOMPARE(done(m_library->emptyTrash()), 1);
    QVERIFY(done(m_library->store(run)).images[0].deletion == Deletion::Emptied); // an old copy of it
    run.images[0].file = u"images/2026/11/22/another.png"_s;
    QVERIFY(done(m_library->store(run)).images[0].deletion == Deletion::None);
}

QTEST_GUILESS_MAIN(TrashTest)
#include "tst_trash.moc"
