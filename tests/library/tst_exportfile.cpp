#include "exportfile.h"
#include "librarytesting.h"

#include <sys/stat.h>

using namespace plantain;
using namespace plantain::testing;

class ExportFileTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void copiesByteForByte();
    void neverReplaces();
    void leavesTheSamePicture();
    void sidecarsGoWithTheirPicture();
    void whatIsInTheWay();
    void cancelLeavesNothing();
    void whatFails();
};

namespace {

QStringList namesIn(const QString &folder)
{
    return QDir(folder).entryList(QDir::Files | QDir::Hidden | QDir::System, QDir::Name);
}

} // namespace

void ExportFileTest::copiesByteForByte()
{
    const QTemporaryDir home;
    const QByteArray bytes = QByteArray(3'000'000, 'a') + QByteArray("\0\xff end", 6);
    writeBytes(home.filePath(u"from"_s), bytes);
    const QString to = home.filePath(u"new/été 赤"_s);
    const auto exported = valueOf(exportFile(home.filePath(u"from"_s), to, u"fox"_s, u"png"_s));
    QCOMPARE(exported.name, u"fox.png"_s);
    QVERIFY(!exported.wasThere);
    QCOMPARE(readBytes(to + u"/fox.png"_s), bytes);
    QCOMPARE(namesIn(to), QStringList { u"fox.png"_s });
    // As any program's files, not as the library's.
    const mode_t mask = ::umask(0);
    ::umask(mask);
    struct stat status { };
    QCOMPARE(::stat(QFile::encodeName(to + u"/fox.png"_s).constData(), &status), 0);
    QCOMPARE(status.st_mode & 0777, 0666 & ~mask);
}

void ExportFileTest::neverReplaces()
{
    const QTemporaryDir home;
    writeBytes(home.filePath(u"from"_s), "new");
    writeBytes(home.filePath(u"fox.png"_s), "old");
    writeBytes(home.filePath(u"fox-2.png"_s), "older");
    QCOMPARE(valueOf(exportFile(home.filePath(u"from"_s), home.path(), u"fox"_s, u"png"_s)).name, u"fox-3.png"_s);
    QCOMPARE(readBytes(home.filePath(u"fox.png"_s)), "old");
    QCOMPARE(readBytes(home.filePath(u"fox-2.png"_s)), "older");
    QCOMPARE(readBytes(home.filePath(u"fox-3.png"_s)), "new");
}

void ExportFileTest::leavesTheSamePicture()
{
    const QTemporaryDir home;
    writeBytes(home.filePath(u"from"_s), "same");
    writeBytes(home.filePath(u"fox.png"_s), "sama");
    for (const bool there : { false, true }) {
        const auto exported = valueOf(exportFile(home.filePath(u"from"_s), home.path(), u"fox"_s, u"png"_s));
        QCOMPARE(exported.name, u"fox-2.png"_s);
        QCOMPARE(exported.wasThere, there);
    }
    QCOMPARE(namesIn(home.path()), (QStringList { u"fox-2.png"_s, u"fox.png"_s, u"from"_s }));
}

void ExportFileTest::sidecarsGoWithTheirPicture()
{
    const QTemporaryDir home;
    writeBytes(home.filePath(u"from"_s), "new");
    writeBytes(home.filePath(u"fox.json"_s), "somebody's");
    QCOMPARE(valueOf(exportFile(home.filePath(u"from"_s), home.path(), u"fox"_s, u"png"_s, "{}")).name, u"fox-2.png"_s);
    QCOMPARE(readBytes(home.filePath(u"fox.json"_s)), "somebody's");
    QCOMPARE(readBytes(home.filePath(u"fox-2.json"_s)), "{}");
    QVERIFY(!QFile::exists(home.filePath(u"fox.png"_s)));
    // A picture that is there gets the one that was not asked for before.
    valueOf(exportFile(home.filePath(u"from"_s), home.path(), u"den"_s, u"png"_s));
    QVERIFY(valueOf(exportFile(home.filePath(u"from"_s), home.path(), u"den"_s, u"png"_s, "{1}")).wasThere);
    QCOMPARE(readBytes(home.filePath(u"den.json"_s)), "{1}");
}

void ExportFileTest::whatIsInTheWay()
{
    const QTemporaryDir home;
    const QString to = home.filePath(u"to"_s);
    QVERIFY(QDir().mkpath(to + u"/fox.png"_s));
    QVERIFY(QFile::link(home.filePath(u"nowhere"_s), to + u"/fox-2.png"_s));
    QCOMPARE(::mkfifo(QFile::encodeName(to + u"/fox-3.png"_s).constData(), 0600), 0);
    writeBytes(home.filePath(u"from"_s), "new");
    QCOMPARE(valueOf(exportFile(home.filePath(u"from"_s), to, u"fox"_s, u"png"_s)).name, u"fox-4.png"_s);
    QVERIFY(!QFile::exists(home.filePath(u"nowhere"_s)));
}

void ExportFileTest::cancelLeavesNothing()
{
    const QTemporaryDir home;
    const QString to = home.filePath(u"to"_s);
    writeBytes(home.filePath(u"from"_s), QByteArray(5'000'000, 'a'));
    int asked = 0;
    const auto exported
        = exportFile(home.filePath(u"from"_s), to, u"fox"_s, u"png"_s, {}, [&asked] { return ++asked > 3; });
    QVERIFY(!exported);
    QCOMPARE(exported.error().kind, ErrorKind::Cancelled);
    QVERIFY(asked > 3);
    QCOMPARE(namesIn(to), QStringList());
}

void ExportFileTest::whatFails()
{
    const QTemporaryDir home;
    const QString to = home.filePath(u"to"_s);
    const auto missing = exportFile(home.filePath(u"nowhere"_s), to, u"fox"_s, u"png"_s);
    QVERIFY(!missing);
    QCOMPARE(missing.error().type, u"missing"_s);
    QCOMPARE(namesIn(to), QStringList());
    writeBytes(home.filePath(u"file"_s), "x");
    const auto noFolder = exportFile(home.filePath(u"file"_s), home.filePath(u"file/below"_s), u"fox"_s, u"png"_s);
    QVERIFY(!noFolder);
    QCOMPARE(noFolder.error().kind, ErrorKind::Disk);
    const auto folderAsFile = exportFile(home.path(), to, u"fox"_s, u"png"_s);
    QVERIFY(!folderAsFile);
    QCOMPARE(namesIn(to), QStringList());
}

QTEST_GUILESS_MAIN(ExportFileTest)
#include "tst_exportfile.moc"
