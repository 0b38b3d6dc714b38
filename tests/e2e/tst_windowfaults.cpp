#include "examples.h"
#include "gallerymodel.h"
#include "logmodel.h"
#include "mainwindow.h"
#include "messagestrip.h"
#include "parametermodel.h"
#include "promptedit.h"
#include "runmodel.h"
#include "session.h"
#include "thumbnailstore.h"
#include "workbench.h"

#include <QDir>
#include <QPushButton>
#include <QScopeGuard>

#include <sys/mount.h>

using namespace plantain;
using namespace Qt::StringLiterals;

namespace {

/// The window as the program builds it, over a library on a disk that a test can fill.
struct Program
{
    explicit Program(const QString &libraryFolder, const QStringList &endpointFolders = { u":/endpoints"_s })
        : catalog(EndpointCatalog::load(endpointFolders, u":/prices.json"_s))
        , library(libraryFolder)
        , sandbox(std::move(*Sandbox::start({ .latencySeconds = 0 }, catalog)))
        , servers(keys, [this] { return Servers::Local { Server::at(sandbox->base(), true), testKey() }; })
        , thumbnails(folder.filePath(u"thumbnails"_s), pool)
        , session(catalog, library, servers, pool, {}, folder.filePath(u"draft.json"_s))
        , window(session, thumbnails, folder.filePath(u"settings.json"_s))
        , opened(Workbench::wait(library.open()))
    {
        window.show();
        if (opened)
            session.begin(*opened);
    }

    void prompt(const QString &text)
    {
        session.parameters()->setText(session.parameters()->promptRow(), text);
        session.parameters()->setValue(session.parameters()->rowOf(u"resolution"_s), Json("0.5K"));
    }

    QString promptShown() const { return window.findChild<PromptEdit *>()->text(); }
    MessageStrip *strip() const { return window.findChild<MessageStrip *>(u"problem"_s); }

    QTemporaryDir folder;
    EndpointCatalog catalog;
    DecodePool pool { 2 };
    Library library;
    std::unique_ptr<Sandbox> sandbox;
    Keys keys;
    Servers servers;
    ThumbnailStore thumbnails;
    Session session;
    MainWindow window;
    Result<OpenReport> opened;
};

} // namespace

/// What the window says when the disk or a document is at fault: in place, with the draft kept, and it goes on.
class TestWindowFaults : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aFullDisk();
    void aReadOnlyDisk();
    void aReadOnlyLibraryIsLookedAt();
    void aNewerLibrary();
    void aLibraryThatComesBack();
    void aDamagedEndpointDocument();

private:
    QTemporaryDir m_disk;
    bool mount(unsigned long flags, const QByteArray &options)
    {
        return ::mount("none", qPrintable(m_disk.path()), "tmpfs", flags, options.constData()) == 0;
    }
};

void TestWindowFaults::aFullDisk()
{
    if (!mount(0, "size=1m,mode=0700"))
        QSKIP("a small file system cannot be mounted here");
    const auto unmount = qScopeGuard([this] { ::umount2(qPrintable(m_disk.path()), MNT_DETACH); });
    Program program(m_disk.filePath(u"library"_s));
    QVERIFY(program.opened);
    QFile filler(m_disk.filePath(u"filler"_s));
    QVERIFY(filler.open(QIODevice::WriteOnly | QIODevice::Unbuffered));
    while (filler.write(QByteArray(4096, 'x')) == 4096) { }

    program.prompt(u"written when there was no room"_s);
    program.session.generate();
    QTRY_VERIFY_WITH_TIMEOUT(program.strip()->isVisible(), 30'000);
    QVERIFY2(program.strip()->text().contains(u"full"_s), qPrintable(program.strip()->text()));
    QCOMPARE(program.promptShown(), u"written when there was no room"_s);
    QCOMPARE(program.session.runs()->rowCount(), 0); // nothing was sent, and nothing pretends it was

    filler.resize(0);
    QVERIFY(mount(MS_REMOUNT, "size=64m,mode=0700"));
    program.session.generate();
    QTRY_COMPARE_WITH_TIMEOUT(program.session.runs()->rowCount(), 1, 30'000);
    QTRY_COMPARE_WITH_TIMEOUT(program.session.runs()->openRuns(), 0, 60'000);
    QCOMPARE(program.session.gallery()->index(0).data(GalleryRole::State).toInt(), int(TileState::Picture));
}

void TestWindowFaults::aReadOnlyDisk()
{
    if (!mount(0, "size=1m,mode=0700") || !mount(MS_REMOUNT | MS_RDONLY, "size=1m"))
        QSKIP("a small file system cannot be mounted here");
    const auto unmount = qScopeGuard([this] { ::umount2(qPrintable(m_disk.path()), MNT_DETACH); });
    Program program(m_disk.filePath(u"library"_s));
    QVERIFY(!program.opened);
    program.prompt(u"written where nothing can be kept"_s);
    program.session.generate();
    QTRY_VERIFY_WITH_TIMEOUT(program.strip()->isVisible(), 30'000);
    QVERIFY2(program.strip()->text().contains(u"read-only"_s), qPrintable(program.strip()->text()));
    QCOMPARE(program.promptShown(), u"written where nothing can be kept"_s);
}

void TestWindowFaults::aReadOnlyLibraryIsLookedAt()
{
    if (!mount(0, "size=24m,mode=0700"))
        QSKIP("a small file system cannot be mounted here");
    const auto unmount = qScopeGuard([this] { ::umount2(qPrintable(m_disk.path()), MNT_DETACH); });
    {
        Program program(m_disk.filePath(u"library"_s));
        program.prompt(u"made while there was leave to"_s);
        program.session.generate();
        QTRY_COMPARE_WITH_TIMEOUT(program.session.runs()->rowCount(), 1, 30'000);
        QTRY_COMPARE_WITH_TIMEOUT(program.session.runs()->openRuns(), 0, 60'000);
    }
    QVERIFY(mount(MS_REMOUNT | MS_RDONLY, "size=24m,mode=0700"));
    Program program(m_disk.filePath(u"library"_s));
    QVERIFY(program.opened);
    QTRY_COMPARE(program.session.gallery()->rowCount(), 1); // it can be looked at
    QCOMPARE(program.session.gallery()->index(0).data(GalleryRole::State).toInt(), int(TileState::Picture));
    QVERIFY2(program.strip()->text().contains(u"read-only"_s), qPrintable(program.strip()->text()));
    auto *generate = program.window.findChild<QPushButton *>(u"generate"_s);
    QVERIFY(!generate->isEnabled());
    QVERIFY(generate->toolTip().contains(u"read-only"_s));

    QVERIFY(mount(MS_REMOUNT, "size=24m,mode=0700"));
    QTRY_VERIFY_WITH_TIMEOUT(generate->isEnabled(), 20'000); // by itself
    QVERIFY(!program.strip()->isVisible());
    QCOMPARE(program.session.gallery()->rowCount(), 1);
    program.prompt(u"made when there was leave again"_s);
    program.session.generate();
    QTRY_COMPARE_WITH_TIMEOUT(program.session.runs()->rowCount(), 2, 30'000);
    QTRY_COMPARE_WITH_TIMEOUT(program.session.runs()->openRuns(), 0, 60'000);
}

void TestWindowFaults::aNewerLibrary()
{
    const QTemporaryDir folder;
    const QByteArray identity = R"({"library": "00000000-0000-4000-8000-000000000000", "version": 99})";
    QFile file(folder.filePath(u"library.json"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(identity);
    file.close();
    Program program(folder.path());
    QVERIFY(!program.opened);
    program.session.open();
    QTRY_VERIFY(program.strip()->isVisible());
    QVERIFY2(program.strip()->text().contains(u"newer version"_s), qPrintable(program.strip()->text()));
    QVERIFY(!program.window.findChild<QPushButton *>(u"generate"_s)->isEnabled());
    // The way to another one stands beside it.
    const auto buttons = program.strip()->findChildren<QPushButton *>();
    QVERIFY(std::any_of(buttons.begin(), buttons.end(),
                        [](const QPushButton *button) { return button->isVisible() && button->text().contains(u"another library"_s); }));
    QCOMPARE(QDir(folder.path()).entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot), QStringList { u"library.json"_s });
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll(), identity);
}

void TestWindowFaults::aLibraryThatComesBack()
{
    const QTemporaryDir parent;
    const QString folder = parent.filePath(u"library"_s), elsewhere = parent.filePath(u"elsewhere"_s);
    Program program(folder);
    QVERIFY(program.opened);
    QVERIFY(QDir().rename(folder, elsewhere));
    program.prompt(u"asked for while the drive was away"_s);
    program.session.generate();
    QTRY_VERIFY_WITH_TIMEOUT(program.strip()->isVisible(), 30'000);
    QVERIFY2(program.strip()->text().contains(u"not where it was"_s), qPrintable(program.strip()->text()));
    QCOMPARE(program.session.runs()->rowCount(), 0);
    QVERIFY(QDir().rename(elsewhere, folder));
    program.session.generate();
    QTRY_COMPARE_WITH_TIMEOUT(program.session.runs()->rowCount(), 1, 30'000);
    QTRY_COMPARE_WITH_TIMEOUT(program.session.runs()->openRuns(), 0, 60'000);
    QTRY_VERIFY(!program.strip()->isVisible());
}

void TestWindowFaults::aDamagedEndpointDocument()
{
    const QTemporaryDir endpoints;
    QFile file(endpoints.filePath(u"broken.json"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("{ \"openapi\": \"3.0.4\", \"paths\": ");
    file.close();
    const QTemporaryDir library;
    Program program(library.path(), { u":/endpoints"_s, endpoints.path() });
    bool isSaid = false;
    for (int row = 0; row < program.session.log()->rowCount(); ++row)
        isSaid = isSaid || program.session.log()->index(row, LogModel::TextColumn).data().toString().contains(u"broken.json"_s);
    QVERIFY(isSaid);
    QVERIFY(program.session.endpoint()); // the others are there
    program.prompt(u"a plantain all the same"_s);
    program.session.generate();
    QTRY_COMPARE_WITH_TIMEOUT(program.session.runs()->rowCount(), 1, 30'000);
    QTRY_COMPARE_WITH_TIMEOUT(program.session.runs()->openRuns(), 0, 60'000);
}

QTEST_MAIN(TestWindowFaults)
#include "tst_windowfaults.moc"
