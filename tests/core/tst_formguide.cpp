#include "formguide.h"

#include "endpointcatalog.h"

#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;

namespace plantain {

class FormGuideTest final : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void speaksOfWhatThereIs();
    void knowsPixels();
    void refusesDamage();
};

/// A name that no bundled endpoint has would be a slip of the pen.
void FormGuideTest::speaksOfWhatThereIs()
{
    const FormGuide guide = *FormGuide::load(u":/formguide.json"_s, u":/imagesizes.json"_s);
    const EndpointCatalog catalog = EndpointCatalog::load({ u":/endpoints"_s }, u":/prices.json"_s);
    const auto isThere = [&](const QString &name, const QString &value) {
        for (const Endpoint &endpoint : catalog.endpoints()) {
            const Parameter *parameter = endpoint.schema.find(name);
            if (parameter && (value.isNull() || std::count(parameter->choices.begin(), parameter->choices.end(), toJson(value))))
                return true;
        }
        return false;
    };
    QVERIFY(!guide.advanced.isEmpty());
    for (const QString &name : guide.advanced)
        QVERIFY2(isThere(name, {}), qPrintable(name));
    for (auto parameter = guide.choices.begin(); parameter != guide.choices.end(); ++parameter) {
        for (auto note = parameter->begin(); note != parameter->end(); ++note) {
            QVERIFY2(isThere(parameter.key(), note.key()), qPrintable(parameter.key() + u' ' + note.key()));
            QVERIFY(!note->isEmpty());
        }
    }
}

void FormGuideTest::knowsPixels()
{
    const FormGuide guide = *FormGuide::load(u":/formguide.json"_s, u":/imagesizes.json"_s);
    Parameter resolution;
    resolution.name = u"resolution"_s;
    resolution.choices = { Json("1K"), Json("2K"), Json("9K") };
    QCOMPARE(guide.pixelsOf(resolution, u"1:1"_s), QStringList({ u"1024 × 1024"_s, u"2048 × 2048"_s, QString() }));
    QCOMPARE(guide.pixelsOf(resolution, u"auto"_s), QStringList({ QString(), QString(), QString() }));
    resolution.name = u"quality"_s;
    QCOMPARE(guide.pixelsOf(resolution, u"1:1"_s), QStringList({ QString(), QString(), QString() }));
    QCOMPARE(guide.notesOf(resolution).size(), 3);
}

void FormGuideTest::refusesDamage()
{
    const QTemporaryDir folder;
    QFile file(folder.filePath(u"guide.json"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(R"({"advanced":7,"choices":{"a":"b","c":{"d":"e"}},"size":[]})");
    file.close();
    const auto guide = FormGuide::load(file.fileName(), u":/imagesizes.json"_s);
    QVERIFY(guide);
    QVERIFY(guide->advanced.isEmpty());
    QCOMPARE(guide->choices.value(u"c"_s).value(u"d"_s), u"e"_s);
    QVERIFY(!FormGuide::load(u":/missing.json"_s, u":/imagesizes.json"_s));
    QVERIFY(!FormGuide::load(u":/formguide.json"_s, u":/missing.json"_s));
}

} // namespace plantain

QTEST_GUILESS_MAIN(plantain::FormGuideTest)
#include "tst_formguide.moc"
