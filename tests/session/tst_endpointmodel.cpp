#include "endpointmodel.h"

#include <QAbstractItemModelTester>
#include <QDir>
#include <QTemporaryDir>
#include <QTest>

using namespace plantain;
using namespace Qt::StringLiterals;

class EndpointModelTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void showsTheCatalog();
    void foreignTextIsNoMarkup();
    void emptyCatalog();
};

void EndpointModelTest::showsTheCatalog()
{
    const auto catalog = EndpointCatalog::load({ u":/endpoints"_s }, u":/prices.json"_s);
    EndpointModel model(catalog);
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    QCOMPARE(model.rowCount(), static_cast<int>(catalog.endpoints().size()));
    QVERIFY(model.rowCount() >= 6);
    QVERIFY(model.problems().empty());
    for (int row = 0; row < model.rowCount(); ++row) {
        const Endpoint *endpoint = model.endpoint(row);
        const QModelIndex index = model.index(row);
        QVERIFY(endpoint);
        QCOMPARE(index.data().toString(), endpoint->title);
        QCOMPARE(index.data(EndpointModel::IdRole).toString(), endpoint->id.text);
        QCOMPARE(index.data(EndpointModel::CategoryRole).toString(), endpoint->category);
        QCOMPARE(model.rowOf(endpoint->id), row);
    }
    QCOMPARE(model.rowOf({ u"nobody/knows-it"_s }), -1);
    QVERIFY(!model.endpoint(-1));
    QVERIFY(!model.endpoint(model.rowCount()));
}

void EndpointModelTest::foreignTextIsNoMarkup()
{
    QTemporaryDir folder;
    QFile source(u":/endpoints/nano-banana-2.json"_s);
    QVERIFY(source.open(QIODevice::ReadOnly));
    const auto document = parseJson(source.readAll());
    QVERIFY(document);
    Json changed = *document;
    changed["info"]["description"] = "<img src='file:///etc/hostname'>";
    changed["info"]["x-fal-metadata"]["about"] = "<img src='file:///etc/hostname'>";
    QFile target(folder.filePath(u"hostile.json"_s));
    QVERIFY(target.open(QIODevice::WriteOnly));
    target.write(toBytes(changed));
    target.close();
    const auto catalog = EndpointCatalog::load({ folder.path() }, u":/prices.json"_s);
    EndpointModel model(catalog);
    QCOMPARE(model.rowCount(), 1);
    QVERIFY(model.index(0).data(EndpointModel::DescriptionRole).toString().contains(u"<img"_s));
    QVERIFY(!model.index(0).data(Qt::ToolTipRole).toString().contains(u"<img"_s));
}

void EndpointModelTest::emptyCatalog()
{
    QTemporaryDir folder;
    QFile damaged(folder.filePath(u"damaged.json"_s));
    QVERIFY(damaged.open(QIODevice::WriteOnly));
    damaged.write("{\"openapi\": ");
    damaged.close();
    const auto catalog = EndpointCatalog::load({ folder.path() }, u":/prices.json"_s);
    EndpointModel model(catalog);
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    QCOMPARE(model.rowCount(), 0);
    QVERIFY(!model.problems().empty());
    QVERIFY(model.problems().front().file.contains(u"damaged.json"_s));
}

QTEST_GUILESS_MAIN(EndpointModelTest)
#include "tst_endpointmodel.moc"
