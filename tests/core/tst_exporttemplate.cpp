#include "exporttemplate.h"
#include "safename.h"

#include <QTest>

using namespace Qt::StringLiterals;

namespace plantain {

class ExportTemplateTest final : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void names_data();
    void names();
    void complaints_data();
    void complaints();
    void everyTokenHasAValue();
    void wordsOfAPrompt_data();
    void wordsOfAPrompt();
    void safe_data();
    void safe();
    void anythingIsSafe();
    void numbers();
};

namespace {

ExportSubject subject()
{
    return { .run = { u"20261122T081500123-4f9a2c"_s },
             .index = 1,
             .endpoint = { u"owner/model-2/edit"_s },
             .prompt = u"A red fox, in the \"snow\"!"_s,
             .seed = 42,
             .size = { 1376, 768 },
             .time = QDateTime({ 2026, 11, 22 }, { 8, 15, 0 }).toUTC(),
             .extension = u"png"_s };
}

} // namespace

void ExportTemplateTest::names_data()
{
    QTest::addColumn<QString>("names");
    QTest::addColumn<QString>("expected");
    QTest::newRow("usual") << u"{date}-{time}-{prompt}-{index}"_s << u"2026-11-22-081500-a-red-fox-in-the-snow-2"_s;
    QTest::newRow("all the rest") << u"{number} {seed} {size} {endpoint} {run}"_s
                                  << u"007 42 1376x768 model-2-edit 20261122T081500123-4f9a2c"_s;
    QTest::newRow("plain") << u"cover"_s << u"cover"_s;
    QTest::newRow("unknown stays") << u"{what}-{index}"_s << u"{what}-2"_s;
    QTest::newRow("open brace") << u"{index}-{seed"_s << u"2-{seed"_s;
    QTest::newRow("twice") << u"{index}{index}"_s << u"22"_s;
    QTest::newRow("slashes") << u"a/../{index}\\b"_s << u"a-..-2-b"_s;
    QTest::newRow("up and out") << u"../../{index}"_s << u"2"_s;
}

void ExportTemplateTest::names()
{
    QFETCH(QString, names);
    QFETCH(QString, expected);
    QCOMPARE(exportStem(names, subject(), 7, 120), expected);
}

void ExportTemplateTest::complaints_data()
{
    QTest::addColumn<QString>("names");
    QTest::addColumn<QString>("part");
    QTest::newRow("usual") << u"{date}-{time}-{prompt}-{index}"_s << QString();
    QTest::newRow("plain") << u"cover"_s << QString();
    QTest::newRow("empty") << u" "_s << u"no name"_s;
    QTest::newRow("unknown") << u"{what}"_s << u"{what}"_s;
    QTest::newRow("nothing in it") << u"{}"_s << u"{}"_s;
    QTest::newRow("open") << u"{date"_s << u"brace"_s;
    QTest::newRow("closed") << u"date}"_s << u"brace"_s;
    QTest::newRow("slash") << u"{date}/{index}"_s << u"slash"_s;
}

void ExportTemplateTest::complaints()
{
    QFETCH(QString, names);
    QFETCH(QString, part);
    const QString complaint = complaintAboutTemplate(names);
    QCOMPARE(complaint.isEmpty(), part.isEmpty());
    QVERIFY2(complaint.contains(part), qPrintable(complaint));
}

void ExportTemplateTest::everyTokenHasAValue()
{
    for (const QString &token : exportTokens()) {
        const QString braced = u'{' + token + u'}';
        QCOMPARE(complaintAboutTemplate(braced), QString());
        QVERIFY2(!exportStem(braced, subject(), 1, 1).contains(u'{'), qPrintable(token));
    }
    // What is not known takes its separator along.
    ExportSubject bare = subject();
    bare.seed.reset();
    bare.size = {};
    QCOMPARE(exportStem(u"{index}-{seed}_{size}"_s, bare, 1, 1), u"2"_s);
    QCOMPARE(exportStem(u"{seed}"_s, bare, 1, 1), u"picture"_s);
}

void ExportTemplateTest::wordsOfAPrompt_data()
{
    QTest::addColumn<QString>("prompt");
    QTest::addColumn<QString>("expected");
    QTest::newRow("empty") << QString() << QString();
    QTest::newRow("signs alone") << u"?! -- \U0001F98A"_s << QString();
    QTest::newRow("words") << u"  The fox's DEN; 2 cubs "_s << u"the-foxs-den-2-cubs"_s;
    QTest::newRow("scripts") << u"赤い狐 лиса ثعلب"_s << u"赤い狐-лиса-ثعلب"_s;
    QTest::newRow("marks") << u"हिन्दी"_s << u"हिन्दी"_s;
    QTest::newRow("whole words") << u"word "_s.repeated(100) << u"word-"_s.repeated(16).chopped(1);
    QTest::newRow("one endless word") << QString(3000, u'w') << QString(80, u'w');
    QTest::newRow("three bytes each") << QString(3000, QChar(0x8d64)) << QString(26, QChar(0x8d64));
}

void ExportTemplateTest::wordsOfAPrompt()
{
    QFETCH(QString, prompt);
    QFETCH(QString, expected);
    QCOMPARE(promptWords(prompt), expected);
}

void ExportTemplateTest::safe_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char *name, const QString &text, const QString &expected) {
        QTest::newRow(name) << text << expected;
    };
    row("plain", u"fox"_s, u"fox"_s);
    row("empty", {}, u"picture"_s);
    row("dots", u"..."_s, u"picture"_s);
    row("hidden", u".bashrc"_s, u"bashrc"_s);
    row("option", u"-rf"_s, u"rf"_s);
    row("home", u"~root"_s, u"root"_s);
    row("path", u"/etc/passwd"_s, u"etc-passwd"_s);
    row("windows", u"C:\\a*b?\"<>|"_s, u"C--a-b-----"_s);
    row("device", u"CON"_s, u"_CON"_s);
    row("device with a name", u"nul.tar.gz"_s, u"_nul.tar.gz"_s);
    row("device with a digit", u"lpt\u00b9"_s, u"_lpt\u00b9"_s);
    row("no device", u"console"_s, u"console"_s);
    row("lines", u"a\nb\tc\r\n"_s, u"a b c"_s);
    row("nul", QString(u"a"_s + QChar(0) + u"b"_s), u"ab"_s);
    row("bidi", u"gpj\u202efox"_s, u"gpjfox"_s);
    row("half a pair", QString(u"a"_s + QChar(0xd83e)), u"a"_s);
    row("trailing", u"fox. . "_s, u"fox"_s);
    row("emoji", u"\U0001F98A"_s, u"\U0001F98A"_s);
    row("composed", u"e\u0301te"_s, u"\u00e9te"_s);
}

void ExportTemplateTest::safe()
{
    QFETCH(QString, text);
    QFETCH(QString, expected);
    QCOMPARE(safeFileStem(text, 100), expected);
}

void ExportTemplateTest::anythingIsSafe()
{
    QStringList texts { QString(5000, u'x'), QString(5000, QChar(0x8d64)), u"\U0001F469\U0001F3FD"_s.repeated(300),
                        u"a"_s + QString(5000, QChar(0x0301)), u"COM1"_s.repeated(200), QString(300, u'.') };
    for (int before = 0; before < 12; ++before) // Qt 6.4 sees a boundary within the pair of the fox
        texts << QString(before, u'x') + u"\u0915\u094d-\u2bae\U0001F98A"_s.repeated(40);
    for (char32_t c = 0; c < 0x11000; c += 1)
        texts << QString::fromUcs4(&c, 1) << u"x"_s + QString::fromUcs4(&c, 1);
    for (const QString &text : texts) {
        for (const int most : { 60, 200 }) {
            const QString stem = safeFileStem(text, most);
            QVERIFY(!stem.isEmpty());
            QVERIFY(stem.toUtf8().size() <= most);
            QVERIFY(QString::fromUtf8(stem.toUtf8()) == stem);
            QVERIFY(!stem.contains(u'/') && !stem.contains(QChar(0)) && !stem.contains(u'\n'));
            QVERIFY(!stem.startsWith(u'.') && !stem.startsWith(u'-') && !stem.endsWith(u'.') && !stem.endsWith(u' '));
            QCOMPARE(safeFileStem(stem, most), stem);
        }
    }
}

void ExportTemplateTest::numbers()
{
    QCOMPARE(numberedName(u"50%1 fox"_s, u"png"_s, 1), u"50%1 fox.png"_s);
    QCOMPARE(numberedName(u"50%1 fox"_s, u"png"_s, 2), u"50%1 fox-2.png"_s);
}

} // namespace plantain

QTEST_GUILESS_MAIN(plantain::ExportTemplateTest)
#include "tst_exporttemplate.moc"
