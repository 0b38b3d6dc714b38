#include "generatewords.h"

#include <QTest>

using namespace plantain;
using namespace Qt::StringLiterals;

class GenerateWordsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QLocale::setDefault(QLocale::c()); }
    void says_data();
    void says();
};

void GenerateWordsTest::says_data()
{
    QTest::addColumn<int>("images");
    QTest::addColumn<double>("amount"); // below 0: not known
    QTest::addColumn<QString>("currency");
    QTest::addColumn<bool>("sandbox");
    QTest::addColumn<QString>("text");
    QTest::newRow("four") << 4 << 0.32 << u"USD"_s << false << u"Generate 4   about $0.32"_s;
    QTest::newRow("tenths of a cent") << 1 << 0.039 << u"USD"_s << false << u"Generate 1   about $0.039"_s;
    QTest::newRow("another currency") << 1 << 0.5 << u"EUR"_s << false << u"Generate 1   about 0.50 EUR"_s;
    QTest::newRow("sandbox") << 4 << 0.0 << u"USD"_s << true << u"Generate 4   free in the sandbox"_s;
    QTest::newRow("no price") << 2 << -1.0 << QString() << false << u"Generate 2"_s;
    QTest::newRow("no count") << 0 << -1.0 << QString() << false << u"Generate"_s;
}

void GenerateWordsTest::says()
{
    QFETCH(int, images);
    QFETCH(double, amount);
    QFETCH(QString, currency);
    QFETCH(bool, sandbox);
    QFETCH(QString, text);
    std::optional<Price> price;
    if (amount >= 0)
        price = Price { .amount = amount, .currency = currency, .estimated = true, .formula = {} };
    QCOMPARE(generateText(images, price, sandbox), text);
}

QTEST_GUILESS_MAIN(GenerateWordsTest)
#include "tst_generatewords.moc"
