#include "directives.h"
#include "inputpictures.h"
#include "lettering.h"
#include "quotedtext.h"

#include <QBuffer>
#include <QTest>
#include <QtEndian>

using namespace plantain;
using namespace Qt::StringLiterals;

/// What the sandbox reads out of prompts and pictures, without a server.
class tst_SandboxWords : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void quoted_data();
    void quoted();
    void directives();
    void directiveLinesAreTakenOut();
    void badDirectives_data();
    void badDirectives();
    void letteringFits_data();
    void letteringFits();
    void pngIsStripped();
    void pngWithALyingLength();
    void dataUris_data();
    void dataUris();
};

void tst_SandboxWords::quoted_data()
{
    QTest::addColumn<QString>("prompt");
    QTest::addColumn<QStringList>("strings");
    QTest::newRow("none") << u"a dog"_s << QStringList();
    QTest::newRow("single") << u"Coffee shop with 'OPEN' neon sign"_s << QStringList { u"OPEN"_s };
    QTest::newRow("double") << u"a sign that says \"Fresh bread\"."_s << QStringList { u"Fresh bread"_s };
    QTest::newRow("curly") << u"\u201cSUMMER SALE\u201d and \u2018now\u2019"_s << QStringList { u"SUMMER SALE"_s, u"now"_s };
    QTest::newRow("low and angled") << u"\u201eGuten Tag\u201c, \u00abbonjour\u00bb"_s << QStringList { u"Guten Tag"_s, u"bonjour"_s };
    QTest::newRow("corner") << u"\u300c\u5e97\u300d"_s << QStringList { u"\u5e97"_s };
    QTest::newRow("apostrophes") << u"the dogs head holding a ball in it's mouth, and it's paws"_s << QStringList();
    QTest::newRow("apostrophe inside") << u"a sign: 'It's open'"_s << QStringList { u"It's open"_s };
    QTest::newRow("curly apostrophe") << u"\u2018It\u2019s open\u2019 here"_s << QStringList { u"It\u2019s open"_s };
    QTest::newRow("plural possessive") << u"the dogs' head and the 'SALE' sign"_s << QStringList { u"SALE"_s };
    QTest::newRow("several") << u"'A', 'B' and 'C'"_s << QStringList { u"A"_s, u"B"_s, u"C"_s };
    QTest::newRow("inside another") << u"\"sign reading 'SALE'\""_s << QStringList { u"sign reading 'SALE'"_s };
    QTest::newRow("open") << u"a \"never closed sign"_s << QStringList();
    QTest::newRow("empty") << u"'' and \"\" and \" \""_s << QStringList();
    QTest::newRow("line break") << u"\"two\nlines\""_s << QStringList { u"two lines"_s };
    QTest::newRow("mark at the end") << u"a dog '"_s << QStringList();
}

void tst_SandboxWords::quoted()
{
    QFETCH(QString, prompt);
    QFETCH(QStringList, strings);
    QCOMPARE(quotedStrings(prompt), strings);
}

void tst_SandboxWords::directives()
{
    const Directives all = directivesOf(u"a dog\n  Sandbox: images=6 slow=1.5  duplicate blank size=20x30\nmore\nsandbox: "
                                        "error=image_too_small http=503 html=502 logs=5 truncated drop missing nologs requeue "
                                        "nocancel type=gif description=long submit=429 result=gone"_s);
    Directives expected;
    expected.images = 6;
    expected.slow = 1.5;
    expected.width = 20;
    expected.height = 30;
    expected.http = 503;
    expected.html = 502;
    expected.logs = 5;
    expected.error = u"image_too_small"_s;
    expected.type = u"gif"_s;
    expected.description = u"long"_s;
    expected.submit = u"429"_s;
    expected.result = u"gone"_s;
    expected.duplicate = expected.blank = expected.truncated = expected.drop = expected.missing = true;
    expected.noLogs = expected.requeue = expected.noCancel = true;
    QVERIFY(all == expected);
    QVERIFY(directivesOf(u"the sandbox: images=6 is no line of its own"_s) == Directives());
}

void tst_SandboxWords::directiveLinesAreTakenOut()
{
    QCOMPARE(promptWithoutDirectives(u"a dog\nsandbox: images=2\nin the rain"_s), u"a dog\nin the rain"_s);
    QCOMPARE(promptWithoutDirectives(u"SANDBOX:blank"_s), QString());
    QCOMPARE(promptWithoutDirectives(u"in a sandbox: a dog"_s), u"in a sandbox: a dog"_s);
}

void tst_SandboxWords::badDirectives_data()
{
    QTest::addColumn<QString>("word");
    for (const char *word : { "images=21", "images=-1", "images=x", "imges=2", "slow=-1", "slow=nan", "slow=inf", "http=99",
                              "size=0x5", "size=5", "size=12288x12288", "size=1x2x3", "logs=9999999", "duplicated", "=", "images=" })
        QTest::newRow(word) << QString::fromLatin1(word);
}

void tst_SandboxWords::badDirectives()
{
    QFETCH(QString, word);
    const Directives found = directivesOf(u"sandbox: "_s + word);
    QCOMPARE(found.unknown, QStringList { word });
    QVERIFY(!found.images && !found.slow && !found.http && !found.logs && !found.width && !found.height);
}

void tst_SandboxWords::letteringFits_data()
{
    QTest::addColumn<QStringList>("strings");
    QTest::addColumn<QSizeF>("space");
    const QStringList one { u"OPEN"_s };
    const QStringList heart { u"SUPERIOR VENA CAVA"_s, u"RIGHT ATRIUM"_s, u"TRICUSPID VALVE"_s, u"PULMONARY ARTERY"_s };
    const QStringList longWord { QString(u'W').repeated(200) };
    for (const QSizeF &space : { QSizeF(900, 700), QSizeF(150, 1200), QSizeF(1400, 120), QSizeF(60, 60) }) {
        const QByteArray name = QByteArray::number(space.width()) + 'x' + QByteArray::number(space.height());
        QTest::newRow(("one " + name).constData()) << one << space;
        QTest::newRow(("heart " + name).constData()) << heart << space;
        QTest::newRow(("long " + name).constData()) << longWord << space;
    }
}

void tst_SandboxWords::letteringFits()
{
    QFETCH(QStringList, strings);
    QFETCH(QSizeF, space);
    const Lettering lettering = fitLettering(strings, space, 300);
    QVERIFY(lettering.size.width() <= space.width() + 1);
    QVERIFY(lettering.size.height() <= space.height() + 1);
    QCOMPARE(lettering.tops.size(), size_t(lettering.lines.size()));
    if (space == QSizeF(900, 700) && strings.size() == 1 && strings.first().size() < 10) {
        QCOMPARE(lettering.lines, strings);
        QVERIFY(lettering.font.pixelSize() > 150); // as large as may be
    }
}

void tst_SandboxWords::pngIsStripped()
{
    QImage image(6, 5, QImage::Format_RGB32);
    image.fill(Qt::red);
    image.setText(u"Comment"_s, QString(u'x').repeated(500));
    QByteArray bytes;
    QBuffer buffer(&bytes);
    QVERIFY(image.save(&buffer, "PNG"));
    QVERIFY(bytes.contains("tEXt") || bytes.contains("zTXt"));
    const QByteArray clean = strippedPng(bytes);
    QVERIFY(!clean.contains("tEXt") && !clean.contains("zTXt"));
    QCOMPARE(QImage::fromData(clean).pixel(0, 0), image.pixel(0, 0));
    QVERIFY(QImage::fromData(clean).text().isEmpty());
    for (qsizetype cut = 0; cut < bytes.size(); ++cut)
        strippedPng(bytes.first(cut)); // must not read beyond
}

void tst_SandboxWords::pngWithALyingLength()
{
    // 57 bytes whose text chunk claims a gigabyte (reliability.md A3).
    QByteArray bytes("\x89PNG\r\n\x1a\n", 8);
    bytes += QByteArray::fromHex("0000000d49484452000000080000000808020000004b6d29dc");
    bytes += QByteArray::fromHex("400000007a545874") + "abc";
    QVERIFY(strippedPng(bytes).isEmpty());
}

void tst_SandboxWords::dataUris_data()
{
    QTest::addColumn<QString>("url");
    QTest::addColumn<bool>("good");
    QTest::newRow("plain") << u"data:image/png;base64,AAAA"_s << true;
    QTest::newRow("with a parameter") << u"data:image/png;name=x;base64,AAAA"_s << true;
    QTest::newRow("not base64") << u"data:image/png,AAAA"_s << false;
    QTest::newRow("bad letters") << u"data:image/png;base64,A@AA"_s << false;
    QTest::newRow("no comma") << u"data:image/png;base64"_s << false;
    QTest::newRow("no data") << u"http://x/data:;base64,AAAA"_s << false;
}

void tst_SandboxWords::dataUris()
{
    QFETCH(QString, url);
    QFETCH(bool, good);
    QCOMPARE(dataUriPayload(url).has_value(), good);
}

QTEST_MAIN(tst_SandboxWords)
#include "tst_sandboxwords.moc"
