#include "durablefile.h"
#include "librarytesting.h"

#include <sys/stat.h>

using namespace plantain;
using namespace plantain::testing;

class DurableFileTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void keepsWhatWasWritten();
    void neverOverwrites_data();
    void neverOverwrites();
    void replacesItsOwnOlderVersion();
    void aLinkAtTheNameIsReplacedNotFollowed();
    void aLinkAsFolderIsRefused_data();
    void aLinkAsFolderIsRefused();
    void droppingLeavesNothing();
    void leftoversAreInNobodysWay();
    void foldersThatLeadOutAreRefused_data();
    void foldersThatLeadOutAreRefused();
    void nothingIsWrittenWhereTheLibraryIsGone();
    void readsPlainFilesOnly();

private:
    DurableFile create(const QString &relativeFolder) { return valueOf(DurableFile::create(*m_library, relativeFolder)); }

    std::optional<QTemporaryDir> m_temporary;
    std::optional<LibraryFolder> m_library;
};

void DurableFileTest::init()
{
    m_temporary.emplace();
    m_library.emplace(m_temporary->path());
    writeBytes(m_temporary->filePath(u"library.json"_s), "{}");
}

void DurableFileTest::keepsWhatWasWritten()
{
    QString temporary;
    {
        DurableFile file = create(u"a/b/c"_s);
        temporary = file.temporaryPath();
        QVERIFY(file.write("one "));
        QCOMPARE(readBytes(temporary), QByteArray("one "));
        QVERIFY(file.write("two"));
        QCOMPARE(file.size(), qint64(7));
        QVERIFY(file.keepAs(u"kept.txt"_s));
    }
    QVERIFY(!QFileInfo::exists(temporary));
    const QString kept = m_temporary->filePath(u"a/b/c/kept.txt"_s);
    QCOMPARE(readBytes(kept), QByteArray("one two"));
    struct stat status { };
    QCOMPARE(::stat(qPrintable(kept), &status), 0);
    QCOMPARE(status.st_mode & 0777, mode_t(0600));
    QCOMPARE(::stat(qPrintable(m_temporary->filePath(u"a/b"_s)), &status), 0);
    QCOMPARE(status.st_mode & 0777, mode_t(0700));
}

void DurableFileTest::neverOverwrites_data()
{
    QTest::addColumn<QString>("what");
    QTest::newRow("file") << u"file"_s;
    QTest::newRow("folder") << u"folder"_s;
    QTest::newRow("link to a file") << u"link"_s;
    QTest::newRow("link to nothing") << u"dangling"_s;
}

void DurableFileTest::neverOverwrites()
{
    QFETCH(QString, what);
    const QString target = m_temporary->filePath(u"target"_s);
    const QString name = m_temporary->filePath(u"taken"_s);
    writeBytes(target, "outside");
    if (what == u"file"_s)
        writeBytes(name, "there before");
    else if (what == u"folder"_s)
        QVERIFY(QDir().mkdir(name));
    else
        QVERIFY(QFile::link(what == u"link"_s ? target : m_temporary->filePath(u"nothing"_s), name));
    const auto before = contentOf(m_temporary->path());
    {
        DurableFile file = create({});
        QVERIFY(file.write("new"));
        const auto kept = file.keepAs(u"taken"_s);
        QVERIFY(!kept);
        QCOMPARE(kept.error().kind, ErrorKind::Disk);
        QCOMPARE(kept.error().type, u"exists"_s);
        QVERIFY(kept.error().message.startsWith(u"taken"_s));
    }
    QCOMPARE(contentOf(m_temporary->path()), before);

    // The same content under a name that is free.
    DurableFile file = create({});
    QVERIFY(file.write("new"));
    QVERIFY(!file.keepAs(u"taken"_s));
    QVERIFY(file.keepAs(u"free"_s));
    QCOMPARE(readBytes(m_temporary->filePath(u"free"_s)), QByteArray("new"));
}

void DurableFileTest::replacesItsOwnOlderVersion()
{
    QVERIFY(replaceFile(*m_library, u"x/y.json"_s, "long older version"));
    QVERIFY(replaceFile(*m_library, u"x/y.json"_s, "new"));
    QCOMPARE(readBytes(m_temporary->filePath(u"x/y.json"_s)), QByteArray("new"));
    QCOMPARE(contentOf(m_temporary->filePath(u"x"_s)).size(), 1);
}

void DurableFileTest::aLinkAtTheNameIsReplacedNotFollowed()
{
    const QTemporaryDir outside;
    writeBytes(outside.filePath(u"precious"_s), "precious");
    QVERIFY(QDir().mkdir(m_temporary->filePath(u"x"_s)));
    QVERIFY(QFile::link(outside.filePath(u"precious"_s), m_temporary->filePath(u"x/y.json"_s)));
    QVERIFY(replaceFile(*m_library, u"x/y.json"_s, "new"));
    QCOMPARE(readBytes(outside.filePath(u"precious"_s)), QByteArray("precious"));
    QVERIFY(!QFileInfo(m_temporary->filePath(u"x/y.json"_s)).isSymLink());
    QCOMPARE(readBytes(m_temporary->filePath(u"x/y.json"_s)), QByteArray("new"));
}

void DurableFileTest::aLinkAsFolderIsRefused_data()
{
    QTest::addColumn<QString>("link");
    QTest::newRow("first") << u"images"_s;
    QTest::newRow("in between") << u"images/2026"_s;
    QTest::newRow("last") << u"images/2026/11"_s;
}

void DurableFileTest::aLinkAsFolderIsRefused()
{
    QFETCH(QString, link);
    const QTemporaryDir outside;
    QVERIFY(QDir(m_temporary->path()).mkpath(folderPartOf(u"./"_s + link)));
    QVERIFY(QFile::link(outside.path(), m_temporary->filePath(link)));
    const auto file = DurableFile::create(*m_library, u"images/2026/11"_s);
    QVERIFY(!file);
    QCOMPARE(file.error().kind, ErrorKind::Disk);
    QCOMPARE(contentOf(outside.path()).size(), 0);
}

void DurableFileTest::droppingLeavesNothing()
{
    const auto before = contentOf(m_temporary->path());
    {
        DurableFile file = create({});
        QVERIFY(file.write("half of it"));
        DurableFile moved(std::move(file));
        QVERIFY(moved.write(" and more"));
        QCOMPARE(contentOf(m_temporary->path()).size(), before.size() + 1);
    }
    QCOMPARE(contentOf(m_temporary->path()), before);
}

void DurableFileTest::leftoversAreInNobodysWay()
{
    writeBytes(m_temporary->filePath(u".plantain-x-0123456789abcdef.part"_s), "left behind");
    DurableFile one = create({});
    DurableFile other = create({});
    QVERIFY(one.temporaryPath() != other.temporaryPath());
    QVERIFY(one.write("1"));
    QVERIFY(other.write("2"));
    QVERIFY(one.keepAs(u"one"_s));
    QVERIFY(other.keepAs(u"two"_s));
    QCOMPARE(readBytes(m_temporary->filePath(u".plantain-x-0123456789abcdef.part"_s)), QByteArray("left behind"));
    QCOMPARE(DurableFile::tagOfTemporary(u".plantain-a-b-0123456789abcdef.part"_s), std::optional(u"a-b"_s));
    QCOMPARE(DurableFile::tagOfTemporary(u".plantain--0123456789abcdef.part"_s), std::optional(u""_s));
    QCOMPARE(DurableFile::tagOfTemporary(u"my.part"_s), std::nullopt);
}

void DurableFileTest::foldersThatLeadOutAreRefused_data()
{
    QTest::addColumn<QString>("folder");
    for (const QString &folder : { u".."_s, u"../x"_s, u"images/../.."_s, u"images/./x"_s, u"/tmp"_s, u"images//x"_s, u"a\0b"_s })
        QTest::newRow(qPrintable(folder)) << folder;
}

void DurableFileTest::foldersThatLeadOutAreRefused()
{
    QFETCH(QString, folder);
    const auto file = DurableFile::create(*m_library, folder);
    QVERIFY(!file);
    QCOMPARE(file.error().kind, ErrorKind::Disk);
}

void DurableFileTest::nothingIsWrittenWhereTheLibraryIsGone()
{
    // As when its disk was unmounted and the empty mount point is left.
    QVERIFY(QFile::remove(m_temporary->filePath(u"library.json"_s)));
    const auto file = DurableFile::create(*m_library, u"images/2026"_s);
    QVERIFY(!file);
    QCOMPARE(file.error().type, u"missing"_s);
    QCOMPARE(contentOf(m_temporary->path()).size(), 0);
    writeBytes(m_temporary->filePath(u"library.json"_s), "{}");
    QVERIFY(DurableFile::create(*m_library, u"images/2026"_s));
}

void DurableFileTest::readsPlainFilesOnly()
{
    QVERIFY(replaceFile(*m_library, u"x/small"_s, "1234567890"));
    QCOMPARE(valueOf(m_library->read(u"x/small"_s, 10)), QByteArray("1234567890"));
    QVERIFY(!m_library->read(u"x/small"_s, 9));
    QVERIFY(!m_library->read(u"x"_s, 100));
    QCOMPARE(m_library->read(u"x/none"_s, 100).error().type, u"missing"_s);
    QCOMPARE(::mkfifo(qPrintable(m_temporary->filePath(u"x/fifo"_s)), 0600), 0);
    QVERIFY(!m_library->read(u"x/fifo"_s, 100)); // and does not wait for a writer
    QVERIFY(QFile::link(m_temporary->filePath(u"x/small"_s), m_temporary->filePath(u"x/link"_s)));
    QVERIFY(!m_library->read(u"x/link"_s, 100));
}

QTEST_GUILESS_MAIN(DurableFileTest)
#include "tst_durablefile.moc"
