#include "redaction.h"

#include <QTest>

using namespace plantain;
using namespace Qt::StringLiterals;

class TestRedaction : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void hidesEverySpelling_data();
    void hidesEverySpelling();
    void hidesHeaderValues_data();
    void hidesHeaderValues();
    void leavesTheRest();
    void bytes();
};

namespace {

const QByteArray key = "c0ffee00-1111-4222-8333-abcdefabcdef:0123456789abcdef0123456789abcdef";
const QByteArray secret = "0123456789abcdef0123456789abcdef";

} // namespace

void TestRedaction::hidesEverySpelling_data()
{
    QTest::addColumn<QByteArray>("spelling");
    QTest::newRow("key") << key;
    QTest::newRow("secret half") << secret;
    QTest::newRow("id half") << key.left(key.indexOf(':'));
    QTest::newRow("percent") << key.toPercentEncoding();
    QTest::newRow("base64") << key.toBase64();
    QTest::newRow("base64 of the secret") << secret.toBase64();
    QTest::newRow("base64url") << key.toBase64(QByteArray::Base64UrlEncoding);
    QTest::newRow("hex") << key.toHex();
    QTest::newRow("capital hex") << key.toHex().toUpper();
    QTest::newRow("base64 of a header") << ("Key " + key).toBase64();
    QTest::newRow("base64 in the middle") << ("ab" + key + "\n").toBase64();
}

void TestRedaction::hidesEverySpelling()
{
    QFETCH(QByteArray, spelling);
    const QString out = redacted(u"the key \""_s + QString::fromLatin1(spelling) + u"\" is wrong, ü"_s, key);
    QVERIFY2(!out.contains(QString::fromLatin1(spelling)), qPrintable(out));
    QVERIFY2(!out.contains(u"6789abcdef"_s), qPrintable(out));
    QVERIFY(out.startsWith(u"the key \""_s));
    QVERIFY(out.endsWith(u"is wrong, ü"_s));
    QVERIFY(out.contains(u"[key]"_s));
}

void TestRedaction::hidesHeaderValues_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("expected");
    QTest::newRow("header") << u"Authorization: Key abc:def\r\nHost: x"_s << u"Authorization: [key]\r\nHost: x"_s;
    QTest::newRow("lower case") << u"authorization:Bearer abc.def"_s << u"authorization:[key]"_s;
    QTest::newRow("no scheme") << u"Authorization: abcdef, more"_s << u"Authorization: [key], more"_s;
    QTest::newRow("JSON") << u"{\"authorization\": \"Key abc:def\", \"a\": 1}"_s << u"{\"authorization\": \"[key]\", \"a\": 1}"_s;
    QTest::newRow("proxy") << u"Proxy-Authorization: Basic YWJj"_s << u"Proxy-Authorization: [key]"_s;
    QTest::newRow("word alone") << u"Authorization failed"_s << u"Authorization failed"_s;
}

void TestRedaction::hidesHeaderValues()
{
    QFETCH(QString, text);
    QFETCH(QString, expected);
    QCOMPARE(redacted(text, {}), expected);
    QCOMPARE(redacted(text, key), expected);
}

void TestRedaction::leavesTheRest()
{
    const QString text = u"id: 764cabcf-b745-4b3e-ae38-1200304cf45b, key: value"_s;
    QCOMPARE(redacted(text, {}), text);
    QCOMPARE(redacted(text, "  "), text);
    QCOMPARE(redacted(text, key), text);
    // The halves of a short key are ordinary words.
    QCOMPARE(redacted(u"a plain box"_s, "a:box"), u"a plain box"_s);
    QCOMPARE(redacted(u"use a:box here"_s, "a:box"), u"use [key] here"_s);
}

void TestRedaction::bytes()
{
    const QByteArray raw = QByteArray("\xFF\x00 ", 3) + key + "\xFE";
    QCOMPARE(redactedBytes(raw, key), QByteArray("\xFF\x00 [key]\xFE", 9));
    QCOMPARE(redactedBytes(raw, {}), raw);
    QCOMPARE(redactedBytes("Authorization: x", key), "Authorization: x");
}

QTEST_APPLESS_MAIN(TestRedaction)
#include "tst_redaction.moc"
