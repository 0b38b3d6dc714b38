#include "incomingfile.h"
#include "librarytesting.h"
#include "picturename.h"

#include <QCryptographicHash>
#include <QRandomGenerator>
#include <QRegularExpression>

#include <sys/stat.h>

using namespace plantain;
using namespace plantain::testing;

class PicturesTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void slugs_data();
    void slugs();
    void extensions_data();
    void extensions();
    void contentTypes();
    void aPictureIsKeptAsItCame_data();
    void aPictureIsKeptAsItCame();
    void whatAKilledProcessKeptIsTaken();
    void namesAreTakenOnce();
    void hostileWordsStayInTheFolder();
    void aDroppedOneLeavesNothing();
    void afterTheLibrary();
    void beforeTheLibraryIsOpen();
    void aReferenceIsKeptOnce();
    void aDamagedReferenceIsReplaced();
    void whatIsNoReference_data();
    void whatIsNoReference();

private:
    std::optional<QTemporaryDir> m_folder;
    std::unique_ptr<Library> m_library;

private Q_SLOTS:
    void init()
    {
        m_folder.emplace();
        m_library = std::make_unique<Library>(m_folder->path());
        done(m_library->open());
    }
    void cleanup() { m_library.reset(); }
};

namespace {

QByteArray randomBytes(qsizetype size)
{
    QByteArray bytes(size, Qt::Uninitialized);
    for (char &byte : bytes)
        byte = char(QRandomGenerator::global()->generate());
    return bytes;
}

QString sha256(const QByteArray &bytes)
{
    return QString::fromLatin1(QCryptographicHash::hash(bytes, QCryptographicHash::Sha256).toHex());
}

} // namespace

void PicturesTest::initTestCase()
{
    qputenv("TZ", "Asia/Tokyo"); // not that of the records
}

void PicturesTest::slugs_data()
{
    QTest::addColumn<QString>("prompt");
    QTest::addColumn<QString>("slug");
    QTest::newRow("plain") << u"A red fox"_s << u"a-red-fox"_s;
    QTest::newRow("punctuation") << u"  \"Hello\", World -- 24/7!  "_s << u"hello-world-24-7"_s;
    QTest::newRow("apostrophe") << u"it's Tom's"_s << u"its-toms"_s;
    QTest::newRow("accents") << u"Crème brûlée à São Paulo, İstanbul"_s << u"creme-brulee-a-sao-paulo-istanbul"_s;
    QTest::newRow("empty") << u""_s << u"picture"_s;
    QTest::newRow("no letters of ours") << u"赤い狐 \U0001F98A"_s << u"picture"_s;
    QTest::newRow("mixed") << u"赤い fox 狐"_s << u"fox"_s;
    QTest::newRow("path") << u"../../etc/passwd"_s << u"etc-passwd"_s;
    QTest::newRow("option") << u"-rf /"_s << u"rf"_s;
    QTest::newRow("nul and newline") << u"a\0b\nc"_s << u"a-b-c"_s;
    QTest::newRow("bidi") << u"a\u202Egnp.exe"_s << u"a-gnp-exe"_s;
    QTest::newRow("wide digits") << u"Ａ１"_s << u"a1"_s;
    QTest::newRow("long, words whole") << u"word "_s.repeated(100) << u"word-word-word-word-word-word-word-word-word"_s;
    QTest::newRow("long, one word") << QString(60000, u'x') << QString(48, u'x');
    QTest::newRow("lone surrogate") << QString(QChar(0xd800)) + u"x"_s << u"x"_s;
}

void PicturesTest::slugs()
{
    QFETCH(QString, prompt);
    QFETCH(QString, slug);
    QCOMPARE(slugOf(prompt), slug);
    static const QRegularExpression safe(u"\\A[a-z0-9]([a-z0-9-]{0,46}[a-z0-9])?\\z"_s);
    QVERIFY(safe.match(slugOf(prompt)).hasMatch());
}

void PicturesTest::extensions_data()
{
    QTest::addColumn<QString>("extension");
    QTest::addColumn<QString>("safe");
    QTest::newRow("png") << u"png"_s << u"png"_s;
    QTest::newRow("dot") << u".JPG"_s << u"jpg"_s;
    QTest::newRow("path") << u"/../x"_s << u"x"_s;
    QTest::newRow("nothing") << u""_s << u"bin"_s;
    QTest::newRow("nothing of use") << u"../"_s << u"bin"_s;
    QTest::newRow("long") << u"abcdefghij"_s << u"abcde"_s;
}

void PicturesTest::extensions()
{
    QFETCH(QString, extension);
    QFETCH(QString, safe);
    QCOMPARE(safeExtension(extension), safe);
}

void PicturesTest::contentTypes()
{
    QCOMPARE(extensionOf(u"image/png"_s), u"png"_s);
    QCOMPARE(extensionOf(u"IMAGE/JPEG; q=1"_s), u"jpg"_s);
    QCOMPARE(extensionOf(u"image/webp"_s), u"webp"_s);
    QCOMPARE(extensionOf(u"text/html"_s), u"bin"_s);
    QCOMPARE(extensionOf(u""_s), u"bin"_s);
}

void PicturesTest::aPictureIsKeptAsItCame_data()
{
    QTest::addColumn<int>("size");
    QTest::addColumn<int>("piece");
    QTest::newRow("empty") << 0 << 1;
    QTest::newRow("one byte") << 1 << 1;
    QTest::newRow("small pieces") << 100000 << 1000;
    QTest::newRow("many pieces") << 5000003 << 16384;
    QTest::newRow("in one") << 5000003 << 10000000;
}

// It kept the picture and ended before the run could say so: the next process brings the same one again.
void PicturesTest::whatAKilledProcessKeptIsTaken()
{
    const RunRecord record = sampleRecord();
    const auto keep = [&](const QByteArray &bytes) {
        auto incoming = m_library->incoming(record, 0);
        if (incoming->append(bytes))
            qFatal("not written");
        return done(incoming->keep(u"png"_s));
    };
    const QByteArray picture = randomBytes(200'000);
    const ImageRecord first = keep(picture);
    const ImageRecord again = keep(picture);
    QCOMPARE(again, first);
    QByteArray other = picture;
    other[150'000] = char(~other[150'000]);
    const ImageRecord different = keep(other);
    QVERIFY(different.file != first.file);
    QCOMPARE(readBytes(m_library->absolute(first.file)), picture);
    QCOMPARE(readBytes(m_library->absolute(different.file)), other);
    const QDir folder = QFileInfo(m_library->absolute(first.file)).dir();
    QCOMPARE(folder.entryList(QDir::Files | QDir::Hidden).filter(QFileInfo(first.file).completeBaseName()).size(), 2);
    QVERIFY(folder.entryList(QDir::Files | QDir::Hidden).filter(u".part"_s).isEmpty());
}

void PicturesTest::aPictureIsKeptAsItCame()
{
    QFETCH(int, size);
    QFETCH(int, piece);
    const QByteArray bytes = randomBytes(size);
    RunRecord record = sampleRecord(u"Red fox!"_s);
    record.id = { u"20261122T201503417-4f9a2c"_s };
    auto incoming = m_library->incoming(record, 1);
    for (int at = 0; at < size; at += piece)
        QVERIFY(!incoming->append(QByteArrayView(bytes).sliced(at, qMin(piece, size - at))));
    QCOMPARE(readBytes(incoming->temporaryPath()), bytes);
    const ImageRecord image = done(incoming->keep(u"png"_s));
    // The day is that of the person: it is tomorrow in Tokyo.
    QCOMPARE(image.file, u"images/2026/11/23/051503-417-red-fox-2.png"_s);
    QCOMPARE(image.index, 1);
    QCOMPARE(image.bytes, qint64(size));
    QCOMPARE(image.sha256, sha256(bytes));
    QCOMPARE(readBytes(m_library->absolute(image.file)), bytes);
    QVERIFY(incoming->append("more"));
    QVERIFY(!outcome(incoming->keep(u"png"_s)));
    incoming.reset();
    QCOMPARE(contentOf(m_folder->filePath(u"images/2026/11/23"_s)).size(), 1);
}

void PicturesTest::namesAreTakenOnce()
{
    const RunRecord record = sampleRecord(u"fox"_s);
    std::vector<QFuture<Result<ImageRecord>>> kept;
    std::vector<QByteArray> contents;
    for (int i = 0; i < 12; ++i) {
        contents.push_back(randomBytes(300000));
        auto incoming = m_library->incoming(record, 0);
        QVERIFY(!incoming->append(contents.back()));
        kept.push_back(incoming->keep(u"png"_s));
    }
    QSet<QString> names;
    for (size_t i = 0; i < kept.size(); ++i) {
        const ImageRecord image = done(kept[i]);
        names.insert(image.file);
        QCOMPARE(image.sha256, sha256(contents[i]));
        QCOMPARE(readBytes(m_library->absolute(image.file)), contents[i]);
    }
    QCOMPARE(names.size(), qsizetype(kept.size()));
}

void PicturesTest::hostileWordsStayInTheFolder()
{
    RunRecord record = sampleRecord(u"../../../../tmp/x\0/y"_s);
    record.id.text = u"../../escape/../../x"_s; // the id is in the temporary's name
    auto incoming = m_library->incoming(record, 0);
    const bool isRefused = incoming->append("x").has_value();
    const auto kept = outcome(incoming->keep(u"../../sh"_s));
    QCOMPARE(kept.has_value(), !isRefused);
    if (kept)
        QVERIFY(m_library->absolute(kept->file).startsWith(m_folder->path() + u"/images/"_s));
    QVERIFY(!QFileInfo::exists(m_folder->path() + u"/../escape"_s));
}

void PicturesTest::aDroppedOneLeavesNothing()
{
    const RunRecord record = sampleRecord();
    auto other = m_library->incoming(record, 1); // makes the folder
    QVERIFY(!other->append("x"));
    done(other->keep(u"png"_s));
    const auto before = contentOf(m_folder->path());
    {
        auto incoming = m_library->incoming(record, 0);
        QVERIFY(!incoming->append(randomBytes(2000000))); // hashing begins
        QCOMPARE(contentOf(m_folder->path()).size(), before.size() + 1);
    }
    // The pool may hold it for a moment longer.
    QTRY_COMPARE_WITH_TIMEOUT(contentOf(m_folder->path()), before, patience);
}

void PicturesTest::afterTheLibrary()
{
    const RunRecord record = sampleRecord();
    auto kept = m_library->incoming(record, 0);
    QVERIFY(!kept->append(randomBytes(1000000)));
    auto late = m_library->incoming(record, 1);
    QVERIFY(!late->append("x"));
    auto future = kept->keep(u"png"_s);
    m_library.reset();
    QVERIFY(future.isFinished());
    QVERIFY(future.result());
    const auto result = outcome(late->keep(u"png"_s));
    QVERIFY(!result);
    QCOMPARE(result.error().kind, ErrorKind::Cancelled);
    late.reset();
    QCOMPARE(contentOf(QFileInfo(m_folder->filePath(future.result()->file)).path()).size(), 1);
}

void PicturesTest::beforeTheLibraryIsOpen()
{
    const QTemporaryDir folder;
    Library library(folder.path());
    auto incoming = library.incoming(sampleRecord(), 0);
    const auto error = incoming->append("x");
    QVERIFY(error);
    QCOMPARE(error->kind, ErrorKind::Disk);
    QCOMPARE(incoming->temporaryPath(), QString());
    QVERIFY(!outcome(incoming->keep(u"png"_s)));
    QCOMPARE(contentOf(folder.path()).size(), 0);
}

void PicturesTest::aReferenceIsKeptOnce()
{
    const QTemporaryDir outside;
    const QByteArray bytes = randomBytes(3000000);
    writeBytes(outside.filePath(u"my fox.PNG"_s), bytes);
    writeBytes(outside.filePath(u"copy"_s), bytes);
    const ReferenceRecord first
        = done(m_library->adoptReference(outside.filePath(u"my fox.PNG"_s), u"image/png"_s, { 10, 20 }));
    QCOMPARE(first.sha256, sha256(bytes));
    QCOMPARE(first.file, u"references/%1.png"_s.arg(first.sha256));
    QCOMPARE(first.originalName, u"my fox.PNG"_s);
    QCOMPARE(first.contentType, u"image/png"_s);
    QCOMPARE(first.size, QSize(10, 20));
    QCOMPARE(first.bytes, bytes.size());
    QCOMPARE(readBytes(m_library->absolute(first.file)), bytes);
    const QDateTime written = QFileInfo(m_library->absolute(first.file)).lastModified();

    // A link outside of the library may be followed for reading.
    QVERIFY(QFile::link(outside.filePath(u"copy"_s), outside.filePath(u"link"_s)));
    const ReferenceRecord second = done(m_library->adoptReference(outside.filePath(u"link"_s), u"image/png"_s, {}));
    QCOMPARE(second.file, first.file);
    QCOMPARE(QFileInfo(m_library->absolute(first.file)).lastModified(), written);
    QCOMPARE(QDir(m_folder->filePath(u"references"_s)).entryList(QDir::Files).size(), 1); // and a hidden mark
    QCOMPARE(readBytes(outside.filePath(u"my fox.PNG"_s)), bytes);
}

void PicturesTest::aDamagedReferenceIsReplaced()
{
    const QTemporaryDir outside;
    writeBytes(outside.filePath(u"a"_s), "content");
    writeBytes(outside.filePath(u"precious"_s), "precious");
    const auto adopt = [&] { return done(m_library->adoptReference(outside.filePath(u"a"_s), u"image/webp"_s, {})); };
    const QString path = m_library->absolute(adopt().file);
    writeBytes(path, "cont");
    adopt();
    QCOMPARE(readBytes(path), QByteArray("content"));
    QVERIFY(QFile::remove(path));
    QVERIFY(QFile::link(outside.filePath(u"precious"_s), path));
    adopt();
    QVERIFY(!QFileInfo(path).isSymLink());
    QCOMPARE(readBytes(path), QByteArray("content"));
    QCOMPARE(readBytes(outside.filePath(u"precious"_s)), QByteArray("precious"));
}

void PicturesTest::whatIsNoReference_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("type");
    QTest::newRow("missing") << u"none"_s << u"missing"_s;
    QTest::newRow("folder") << u"folder"_s << u"io"_s;
    QTest::newRow("fifo") << u"fifo"_s << u"io"_s;
    QTest::newRow("device") << u"/dev/zero"_s << u"io"_s;
    QTest::newRow("link to nothing") << u"dangling"_s << u"missing"_s;
}

void PicturesTest::whatIsNoReference()
{
    QFETCH(QString, name);
    QFETCH(QString, type);
    const QTemporaryDir outside;
    QVERIFY(QDir().mkdir(outside.filePath(u"folder"_s)));
    QCOMPARE(::mkfifo(qPrintable(outside.filePath(u"fifo"_s)), 0600), 0);
    QVERIFY(QFile::link(outside.filePath(u"none"_s), outside.filePath(u"dangling"_s)));
    const auto adopted = outcome(m_library->adoptReference(QDir(outside.path()).filePath(name), u"image/png"_s, {}));
    QVERIFY(!adopted);
    QCOMPARE(adopted.error().kind, ErrorKind::Disk);
    QCOMPARE(adopted.error().type, type);
    QCOMPARE(contentOf(m_folder->filePath(u"references"_s)).size(), 0);
}

QTEST_GUILESS_MAIN(PicturesTest)
#include "tst_pictures.moc"
