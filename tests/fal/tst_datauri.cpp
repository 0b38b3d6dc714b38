#include "datauri.h"

#include <QRandomGenerator>
#include <QTest>

using namespace plantain;
using namespace Qt::StringLiterals;

class TestDataUri : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void decodes_data();
    void decodes();
    void refuses_data();
    void refuses();
    void inPieces();
    void sizeLimit();
};

namespace {

Result<QByteArray> whole(const QString &text, qsizetype piece = 1'000'000)
{
    Result<DataUri> uri = DataUri::open(text, 10'000'000);
    if (!uri)
        return failure(uri.error());
    QByteArray out;
    while (!uri->atEnd()) {
        const Result<QByteArray> bytes = uri->next(piece);
        if (!bytes)
            return failure(bytes.error());
        out += *bytes;
    }
    return out.size() == uri->size() ? Result<QByteArray>(out) : failure({ .type = u"size"_s });
}

} // namespace

void TestDataUri::decodes_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("none") << u"data:image/png;base64,"_s << QByteArray();
    QTest::newRow("one") << u"data:image/png;base64,TQ=="_s << QByteArray("M");
    QTest::newRow("two") << u"data:image/png;base64,TWE="_s << QByteArray("Ma");
    QTest::newRow("three") << u"data:image/png;base64,TWFu"_s << QByteArray("Man");
    QTest::newRow("all digits") << u"data:image/png;base64,+/+/AAAA"_s << QByteArray("\xfb\xff\xbf\0\0\0", 6);
    QTest::newRow("no type") << u"data:;base64,TWFu"_s << QByteArray("Man");
    QTest::newRow("parameters") << u"data:image/png;charset;x=y;base64,TWFu"_s << QByteArray("Man");
    QTest::newRow("upper case") << u"DATA:IMAGE/PNG;BASE64,TWFu"_s << QByteArray("Man");
}

void TestDataUri::decodes()
{
    QFETCH(QString, text);
    QFETCH(QByteArray, bytes);
    QVERIFY(DataUri::isDataUri(text));
    const Result<QByteArray> out = whole(text);
    QVERIFY(out);
    QCOMPARE(*out, bytes);
    const QString type = DataUri::open(text, 100)->mediaType();
    QCOMPARE(type, text.startsWith(u"data:;"_s) ? QString() : u"image/png"_s);
}

void TestDataUri::refuses_data()
{
    QTest::addColumn<QString>("text");
    for (const char *text : { "data:", "data:image/png", "data:image/png;base64", "data:,plain", "data:image/png,TWFu",
             "data:image/png;base64,T", "data:image/png;base64,TW", "data:image/png;base64,TWE", "data:image/png;base64,TWFuT",
             "data:image/png;base64,T===", "data:image/png;base64,====", "data:image/png;base64,TQ=a", "data:image/png;base64,TQ==TWFu",
             "data:image/png;base64,TR==", "data:image/png;base64,TWF=", "data:image/png;base64,TW u", "data:image/png;base64,TWF\n",
             "data:image/png;base64,TW-_", "data:image/png;base64,TW%2B", "https://example.com/,TWFu", "" })
        QTest::newRow(text) << QString::fromLatin1(text);
    QTest::newRow("endless head") << u"data:"_s + QString(100'000, u'x') + u";base64,TWFu"_s;
    QTest::newRow("beyond ASCII") << u"data:image/png;base64,TWF\u0175"_s;
}

void TestDataUri::refuses()
{
    QFETCH(QString, text);
    const Result<QByteArray> out = whole(text);
    QVERIFY(!out);
    QCOMPARE(out.error().kind, ErrorKind::BadPicture);
    QCOMPARE(out.error().type, u"data_uri"_s);
}

void TestDataUri::inPieces()
{
    QByteArray bytes(10'000, '\0');
    QRandomGenerator random(7);
    for (char &byte : bytes)
        byte = char(random.bounded(256));
    for (int size = 9'990; size <= 10'000; ++size) {
        const QByteArray part = bytes.left(size);
        const QString text = u"data:image/webp;base64,"_s + QString::fromLatin1(part.toBase64());
        for (const qsizetype piece : { 1, 2, 3, 4, 100, 9'999, 20'000 }) {
            const Result<QByteArray> out = whole(text, piece);
            QVERIFY(out);
            QVERIFY(*out == part);
        }
    }
}

void TestDataUri::sizeLimit()
{
    const QString text = u"data:image/png;base64,"_s + QString::fromLatin1(QByteArray(1000, 'x').toBase64());
    QVERIFY(DataUri::open(text, 1000));
    const Result<DataUri> tooLarge = DataUri::open(text, 999);
    QVERIFY(!tooLarge);
    QCOMPARE(tooLarge.error().type, u"too_large"_s);
}

QTEST_APPLESS_MAIN(TestDataUri)
#include "tst_datauri.moc"
