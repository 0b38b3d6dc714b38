#include "searchquery.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace plantain;

class TestSearchQuery : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void words_data();
    void words();
    void fields();
    void whatIsNoFieldIsAWord();
    void places();
};

void TestSearchQuery::words_data()
{
    QTest::addColumn<QString>("typed");
    QTest::addColumn<QString>("match");
    const QString in = u"{prompt description} : "_s;
    QTest::newRow("nothing") << u"  "_s << QString();
    QTest::newRow("two") << u"red fox"_s << QString(in + u"\"red\"* AND "_s + in + u"\"fox\"*"_s);
    QTest::newRow("phrase") << u"\"red fox\""_s << QString(in + u"\"red fox\""_s);
    QTest::newRow("open phrase") << u"\"red fo"_s << QString(in + u"\"red fo\""_s);
    QTest::newRow("quotes and operators") << u"a\"b OR NEAR("_s << QString(in + u"\"a\"\"b\"* AND "_s + in + u"\"OR\"* AND "_s + in + u"\"NEAR(\"*"_s);
    QTest::newRow("signs alone") << u"- ... \"!\" *"_s << QString();
    QTest::newRow("reference") << u"reference:cat"_s << u"reference_names : \"cat\"*"_s;
}

void TestSearchQuery::words()
{
    QFETCH(QString, typed);
    QTEST(parseSearch(typed).match, "match");
}

void TestSearchQuery::fields()
{
    const SearchQuery query = parseSearch(u"fox endpoint:nano seed:42 after:2026-11-01 before:2026-12-01 rating:>=3 ratio:16:9 "
                                          "label:blue is:keep is:text in:\"My covers\" -dog 狐"_s);
    QCOMPARE(query.endpoint, u"nano"_s);
    QCOMPARE(query.seed, std::optional<qint64>(42));
    QCOMPARE(query.after, QDate(2026, 11, 1));
    QCOMPARE(query.before, QDate(2026, 12, 1));
    QCOMPARE(query.rating, 3);
    QCOMPARE(query.ratio, u"16:9"_s);
    QCOMPARE(query.label, std::optional(ColourLabel::Blue));
    QCOMPARE(query.flag, std::optional(Flag::Keep));
    QVERIFY(query.asksForText);
    QCOMPARE(query.collection, u"My covers"_s);
    QCOMPARE(query.without, u"{prompt description} : \"dog\"*"_s);
    QCOMPARE(query.contained, QStringList { u"狐"_s });
    QCOMPARE(query.words, (QStringList { u"fox"_s, u"狐"_s }));
    QVERIFY(query.asksLibrary());
    QVERIFY(!parseSearch(u"rating:0 is:reject"_s).asksLibrary());
    QCOMPARE(parseSearch(u"rating:0"_s).rating, -1);
    QCOMPARE(parseSearch(u"is:rejected label:none"_s).label, std::optional(ColourLabel::None));
}

void TestSearchQuery::whatIsNoFieldIsAWord()
{
    for (const QString &typed : { u"seed:many"_s, u"before:soon"_s, u"rating:9"_s, u"label:pink"_s, u"colour:red"_s, u"is:nice"_s }) {
        const SearchQuery query = parseSearch(typed);
        QCOMPARE(query.words, QStringList { typed });
        QVERIFY(!query.seed && !query.before.isValid() && !query.label && !query.flag);
    }
    QCOMPARE(parseSearch(u"seed:"_s).words, QStringList { u"seed:"_s });
}

void TestSearchQuery::places()
{
    using Places = std::vector<std::pair<qsizetype, qsizetype>>;
    QCOMPARE(placesOf({ u"fox"_s }, u"A Fox, a firefox and foxes"_s), (Places { { 2, 3 }, { 21, 3 } }));
    QCOMPARE(placesOf({ u"fox"_s, u"foxes"_s }, u"foxes"_s), (Places { { 0, 5 } }));
    QCOMPARE(placesOf({ u"狐"_s }, u"赤い狐"_s), (Places { { 2, 1 } }));
    QVERIFY(placesOf({ QString() }, u"abc"_s).empty());
}

QTEST_GUILESS_MAIN(TestSearchQuery)
#include "tst_searchquery.moc"
