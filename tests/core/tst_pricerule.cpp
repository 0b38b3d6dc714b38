#include "pricerule.h"

#include "endpointcatalog.h"
#include "input.h"

#include <QTest>

using namespace Qt::StringLiterals;

namespace plantain {

class PriceRuleTest final : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void prices_data();
    void prices();
    void formulas_data();
    void formulas();
    void countsUnits();
    void takesNonsense();
};

namespace {

const Endpoint &endpoint(const QByteArray &id)
{
    static const EndpointCatalog catalog = EndpointCatalog::load({ u":/endpoints"_s }, u":/prices.json"_s);
    return *catalog.find({ QString::fromLatin1(id) });
}

} // namespace

void PriceRuleTest::prices_data()
{
    // fal-protocol.md 9.1
    QTest::addColumn<QByteArray>("id");
    QTest::addColumn<QByteArray>("input");
    QTest::addColumn<double>("amount");
    const auto row = [](const char *id, const char *input, double amount) {
        QTest::addRow("%s %s", id, input) << QByteArray(id) << QByteArray(input) << amount;
    };
    for (const char *id : { "fal-ai/nano-banana-2", "fal-ai/nano-banana-2/edit" }) {
        row(id, "{}", 0.08);
        row(id, R"({"resolution":"1K"})", 0.08);
        row(id, R"({"resolution":"0.5K"})", 0.06);
        row(id, R"({"resolution":"2K"})", 0.12);
        row(id, R"({"resolution":"4K"})", 0.16);
        row(id, R"({"enable_web_search":true})", 0.095);
        row(id, R"({"enable_web_search":false})", 0.08);
        row(id, R"({"thinking_level":"high"})", 0.082);
        row(id, R"({"thinking_level":"minimal"})", 0.08);
        row(id, R"({"thinking_level":null})", 0.08);
        row(id, R"({"num_images":4})", 0.32);
        row(id, R"({"num_images":4,"resolution":"4K","enable_web_search":true,"thinking_level":"high"})", 4 * 0.177);
    }
    for (const char *id : { "fal-ai/nano-banana", "fal-ai/nano-banana/edit" }) {
        row(id, "{}", 0.039);
        row(id, R"({"num_images":3,"resolution":"4K"})", 0.117);
    }
    for (const char *id : { "fal-ai/nano-banana-pro", "fal-ai/nano-banana-pro/edit" }) {
        row(id, "{}", 0.15);
        row(id, R"({"resolution":"2K"})", 0.15);
        row(id, R"({"resolution":"4K"})", 0.30);
        row(id, R"({"resolution":"4K","num_images":2,"enable_web_search":true})", 0.63);
    }
}

void PriceRuleTest::prices()
{
    QFETCH(QByteArray, id);
    QFETCH(QByteArray, input);
    QFETCH(double, amount);
    const Endpoint &model = endpoint(id);
    const Price price = priceOf(*model.price, *parseJson(input), defaultsOf(model));
    QCOMPARE(price.amount, amount);
    QCOMPARE(price.currency, u"USD"_s);
    QVERIFY(price.estimated);
}

void PriceRuleTest::formulas_data()
{
    QTest::addColumn<QByteArray>("input");
    QTest::addColumn<QString>("formula");
    QTest::newRow("one") << "{}"_ba << u"$0.08 = $0.08"_s;
    QTest::newRow("four at 2K") << R"({"num_images":4,"resolution":"2K"})"_ba << u"4 x $0.08 x 1.5 (2K) = $0.48"_s;
    QTest::newRow("extras") << R"({"num_images":2,"enable_web_search":true,"thinking_level":"high"})"_ba
                            << u"2 x ($0.08 + $0.015 (enable_web_search) + $0.002 (thinking_level high)) = $0.194"_s;
}

void PriceRuleTest::formulas()
{
    QFETCH(QByteArray, input);
    const Endpoint &model = endpoint("fal-ai/nano-banana-2");
    QTEST(priceOf(*model.price, *parseJson(input), defaultsOf(model)).formula, "formula");
}

void PriceRuleTest::countsUnits()
{
    const Price price = priceOfUnits(*endpoint("fal-ai/nano-banana-2").price, 1.025);
    QCOMPARE(price.amount, 0.082);
    QVERIFY(!price.estimated);
    QCOMPARE(price.formula, u"1.025 units x $0.08 = $0.082"_s);
    QCOMPARE(priceOfUnits(*endpoint("fal-ai/nano-banana-2").price, 0).amount, 0.0);
}

void PriceRuleTest::takesNonsense()
{
    const Endpoint &model = endpoint("fal-ai/nano-banana-2");
    const Json defaults = defaultsOf(model);
    for (const char *input : { "[]", "null", R"({"num_images":"x","resolution":7})", R"({"num_images":2.5})",
             R"({"resolution":{"a":1}})" }) {
        QCOMPARE(priceOf(*model.price, *parseJson(input), defaults).amount, 0.08);
    }
    QCOMPARE(priceOf(*model.price, *parseJson(R"({"num_images":-3})"), defaults).amount, 0.0);
    PriceRule foreign;
    foreign.perImage = 2;
    foreign.currency = u"EUR"_s;
    QCOMPARE(priceOf(foreign, *parseJson(R"({"num_images":3})"), Json::object()).formula, u"EUR 2.00 = EUR 2.00"_s);
}

} // namespace plantain

QTEST_GUILESS_MAIN(plantain::PriceRuleTest)
#include "tst_pricerule.moc"
