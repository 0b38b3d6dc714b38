#include "worddiff.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace plantain;

namespace {

using Kind = DiffSpan::Kind;

/// "a [cat] {It sat.}": what changed in brackets, what moved in braces.
QString marked(const QString &text, const std::vector<DiffSpan> &spans)
{
    QString all;
    qsizetype at = 0;
    for (const DiffSpan &span : spans) {
        if (span.start != at || span.length <= 0)
            return u"spans do not cover the text"_s;
        at += span.length;
        const QString part = text.mid(span.start, span.length);
        all += span.kind == Kind::Same ? part : span.kind == Kind::Changed ? u'[' + part + u']' : u'{' + part + u'}';
    }
    return at == text.size() ? all : u"spans do not cover the text"_s;
}

} // namespace

class TestWordDiff : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void marks_data();
    void marks();
    void longTextsAreCovered();
};

void TestWordDiff::marks_data()
{
    QTest::addColumn<QString>("first");
    QTest::addColumn<QString>("second");
    QTest::addColumn<QString>("markedFirst");
    QTest::addColumn<QString>("markedSecond");
    const auto row = [](const char *name, const QString &first, const QString &second) {
        QString a = first, b = second;
        for (const QChar mark : u"[]{}"_s) {
            a.remove(mark);
            b.remove(mark);
        }
        QTest::newRow(name) << a << b << first << second;
    };
    row("equal", u"a cat on a mat"_s, u"a cat on a mat"_s);
    row("both empty", u""_s, u""_s);
    row("from nothing", u""_s, u"[a cat]"_s);
    row("one word", u"a [red] cat"_s, u"a [blue] cat"_s);
    row("two words are one change", u"a [red cat] sits"_s, u"a [blue dog] sits"_s);
    row("inserted", u"a cat"_s, u"a [large ]cat"_s);
    row("a part of a word is no change of its own", u"[catalogue]"_s, u"[cat]"_s);
    row("a sentence moved", u"One stays. {Two goes. }Three stays. Four stays."_s, u"One stays. Three stays. Four stays. {Two goes.}"_s);
    row("moved beside a change", u"The sky is grey. A [red] door stands open. Rain."_s,
        u"A [green] door stands open. The sky is grey. Rain."_s);
    row("lines without full stops", u"{a house\n}a tree\na river\n"_s, u"a tree\na river\n{a house\n}"_s);
    row("Chinese without spaces", u"一只[红]色的猫"_s, u"一只[蓝]色的猫"_s);
    row("a Chinese sentence moved", u"{天空是灰色的。}一只猫坐着。它在睡觉。"_s, u"一只猫坐着。它在睡觉。{天空是灰色的。}"_s);
    row("Japanese", u"[赤]い猫が座る"_s, u"[青]い猫が座る"_s);
    row("Hebrew", u"חתול [אדום] יושב"_s, u"חתול [כחול] יושב"_s);
    row("Arabic between Latin", u"a sign that says \"[مرحبا]\" in gold"_s, u"a sign that says \"[سلام]\" in gold"_s);
    row("outside the basic plane", u"a [🍌] and a 🐈"_s, u"a [🍋] and a 🐈"_s);
    row("a combined character is one", u"[e\u0301]"_s, u"[e]"_s);
}

void TestWordDiff::marks()
{
    QFETCH(QString, first);
    QFETCH(QString, second);
    const WordDiff diff = wordDiff(first, second);
    QTEST(marked(first, diff.first), "markedFirst");
    QTEST(marked(second, diff.second), "markedSecond");
}

void TestWordDiff::longTextsAreCovered()
{
    QString first, second;
    for (int word = 0; word < 20'000; ++word) {
        first += u"%1 "_s.arg(word * 7 % 1013);
        second += u"%1 "_s.arg(word * 11 % 1013);
    }
    const WordDiff diff = wordDiff(first, second);
    QVERIFY(!marked(first, diff.first).startsWith(u"spans"_s));
    QVERIFY(!marked(second, diff.second).startsWith(u"spans"_s));
}

QTEST_APPLESS_MAIN(TestWordDiff)
#include "tst_worddiff.moc"
