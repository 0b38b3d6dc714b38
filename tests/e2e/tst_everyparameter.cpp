#include "imagesizes.h"
#include "input.h"
#include "parametermodel.h"
#include "parametervalues.h"
#include "workbench.h"

#include <QImage>

using namespace plantain;
using namespace Qt::StringLiterals;

namespace {

/// The values of a parameter that a schema makes worth sending: every choice, both ends of every range.
std::vector<Json> valuesOf(const Parameter &parameter)
{
    if (parameter.kind != ParameterKind::Text && parameter.kind != ParameterKind::LongText)
        return choicesAndEnds(parameter); // references go with every edit
    std::vector<Json> values { std::string(size_t(std::max<qint64>(1, parameter.minLength.value_or(1))), 'x') };
    if (parameter.maxLength)
        values.push_back(std::string(size_t(*parameter.maxLength), 'y'));
    return values;
}

QString pictureFile(const QTemporaryDir &folder)
{
    QImage image(320, 200, QImage::Format_RGB32);
    image.fill(Qt::darkCyan);
    const QString path = folder.filePath(u"reference.png"_s);
    image.save(path);
    return path;
}

} // namespace

/// Every choice and range end of every parameter of every bundled endpoint, from the form's model through input, wire
/// and sandbox into the library. Generated from the schema documents: a new endpoint is in it by itself.
class TestEveryParameter : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void arrivesInTheLibrary_data()
    {
        QTest::addColumn<QString>("endpoint");
        const EndpointCatalog catalog = EndpointCatalog::load({ u":/endpoints"_s }, u":/prices.json"_s);
        for (const Endpoint &endpoint : catalog.endpoints())
            QTest::newRow(qPrintable(endpoint.id.text)) << endpoint.id.text;
    }

    void arrivesInTheLibrary()
    {
        QFETCH(QString, endpoint);
        Workbench bench(0, 4);
        const Endpoint *chosen = bench.catalog.find({ endpoint });
        QVERIFY(chosen);
        std::vector<ReferenceSource> references;
        if (!chosen->referencesField.isEmpty())
            references.push_back({ chosen->referencesField, pictureFile(bench.folder), {} });

        struct Case
        {
            QString name;
            Json value;
            RunId run;
        };
        std::vector<Case> cases;
        for (const Parameter &parameter : chosen->schema.parameters) {
            for (const Json &value : valuesOf(parameter)) {
                ParameterModel form;
                form.setEndpoint(chosen);
                form.setValue(form.promptRow(), "a lighthouse in the evening");
                if (const int row = form.rowOf(u"resolution"_s);
                    row >= 0 && form.parameter(row).choices.front() == Json("0.5K"))
                    form.setValue(row, "0.5K"); // small pictures unless the size itself is the case
                form.setValue(form.rowOf(parameter.name), value);
                QVERIFY2(form.problems().empty(), qPrintable(parameter.name));
                QVERIFY(form.input().at(parameter.name.toStdString()) == value);
                const RunRecord run = bench.started({ endpoint }, form.input(), references);
                cases.push_back({ parameter.name, value, run.id });
            }
        }
        QVERIFY(cases.size() > 10);
        const Result<ImageSizes> sizes = ImageSizes::load(u":/imagesizes.json"_s);
        QVERIFY(sizes.has_value());

        for (const Case &one : cases) {
            const RunRecord run = bench.settled(one.run);
            const QByteArray what = one.name.toUtf8() + " = " + toBytes(one.value).left(40);
            QVERIFY2(run.state == RunState::Done, (what + ": " + toBytes(toJson(run)).left(2000)).constData());
            const Json sent = run.inputAsSent();
            QVERIFY2(sent.at(one.name.toStdString()) == one.value, what.constData());
            QVERIFY2(run.images.size() == size_t(integerAt(sent, "num_images").value_or(1)), what.constData());
            const QString format = stringAt(sent, "output_format", u"png"_s);
            for (const ImageRecord &image : run.images) {
                QVERIFY2(image.contentType == u"image/"_s + format, what.constData());
                const QSize size = sizes->find(stringAt(sent, "aspect_ratio"), stringAt(sent, "resolution", u"1K"_s));
                if (!size.isEmpty()) // "auto" is the model's own choice
                    QCOMPARE(image.size, size);
            }
        }
        QCOMPARE(bench.ledger().size(), qsizetype(cases.size()));
    }
};

QTEST_MAIN(TestEveryParameter)
#include "tst_everyparameter.moc"
