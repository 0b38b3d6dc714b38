#include "uploadrules.h"

#include "jsonfile.h"

#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;

namespace plantain {

class UploadRulesTest final : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void bundledOnesSayWhoSaysSo();
    void laterFilesWin();
    void nonsenseIsBounded();
};

void UploadRulesTest::bundledOnesSayWhoSaysSo()
{
    const Result<Json> json = readJsonFile(u":/uploads.json"_s);
    QVERIFY(json.has_value());
    QCOMPARE(json->size(), size_t(7));
    for (const auto &[name, entry] : json->items()) {
        QVERIFY2(integerAt(entry, "value").has_value(), name.c_str());
        QVERIFY2(!stringAt(entry, "source").isEmpty(), name.c_str());
    }
    const Result<UploadRules> rules = UploadRules::load({ u":/uploads.json"_s });
    QVERIFY(rules.has_value());
    QCOMPARE(*rules, UploadRules()); // what holds without the file is the same
    QVERIFY(rules->margin < rules->lifetime);
}

void UploadRulesTest::laterFilesWin()
{
    const QTemporaryDir folder;
    QVERIFY(writeJsonFile(folder.filePath(u"own"_s), { { "partsAboveBytes", { { "value", 5000 } } } }));
    const Result<UploadRules> rules = UploadRules::load({ u":/uploads.json"_s, folder.filePath(u"none"_s), folder.filePath(u"own"_s) });
    QVERIFY(rules.has_value());
    UploadRules expected;
    expected.partsAbove = 5000;
    QCOMPARE(*rules, expected);
    QFile broken(folder.filePath(u"broken"_s));
    QVERIFY(broken.open(QIODevice::WriteOnly) && broken.write("{") == 1 && broken.flush());
    QVERIFY(!UploadRules::load({ broken.fileName() }));
    QCOMPARE(UploadRules::load({}).value(), UploadRules());
}

void UploadRulesTest::nonsenseIsBounded()
{
    const QTemporaryDir folder;
    const QString file = folder.filePath(u"own"_s);
    Json json = Json::object();
    for (const char *name : { "inlineBelowBytes", "partsAboveBytes", "partBytes", "filesAtOnce", "partsAtOnce", "lifetimeSeconds", "marginSeconds" })
        json[name] = { { "value", -1 } };
    QVERIFY(writeJsonFile(file, json));
    const UploadRules rules = UploadRules::load({ file }).value();
    QVERIFY(rules.inlineBelow >= 0 && rules.partsAbove > 0 && rules.partBytes > 0 && rules.filesAtOnce > 0 && rules.partsAtOnce > 0
            && rules.lifetime.count() > 0 && rules.margin.count() >= 0);
    QVERIFY(writeJsonFile(file, { { "partBytes", "many" }, { "filesAtOnce", { { "value", "many" } } } }));
    QCOMPARE(UploadRules::load({ file }).value(), UploadRules());
}

} // namespace plantain

QTEST_GUILESS_MAIN(plantain::UploadRulesTest)
#include "tst_uploadrules.moc"
