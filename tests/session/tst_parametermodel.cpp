#include "endpointcatalog.h"
#include "parametermodel.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

#include <cmath>
#include <memory>

using namespace plantain;
using namespace Qt::StringLiterals;

namespace {

Json object(const char *text)
{
    return *parseJson(QByteArray(text));
}

/// The values a schema names for a parameter: every choice, both ends of a range, both booleans, shortest and longest text.
std::vector<Json> namedValues(const Parameter &parameter)
{
    std::vector<Json> values;
    const double step = parameter.multipleOf.value_or(1);
    const auto number = [&parameter](double value) {
        return parameter.kind == ParameterKind::Integer ? Json(static_cast<std::int64_t>(value)) : Json(value);
    };
    switch (parameter.kind) {
    case ParameterKind::Choice:
        return parameter.choices;
    case ParameterKind::Boolean:
        return { Json(false), Json(true) };
    case ParameterKind::Integer:
    case ParameterKind::Number:
        if (parameter.minimum)
            values.push_back(number(*parameter.minimum));
        if (parameter.maximum)
            values.push_back(number(*parameter.maximum));
        if (parameter.exclusiveMinimum)
            values.push_back(number(*parameter.exclusiveMinimum + step));
        if (values.empty())
            values = { Json(0), Json(1), Json(2147483647) };
        return values;
    case ParameterKind::Text:
    case ParameterKind::LongText:
        values.push_back(Json(std::string(static_cast<std::size_t>(std::max<qint64>(3, parameter.minLength.value_or(3))), 'a')));
        if (parameter.maxLength)
            values.push_back(Json(std::string(static_cast<std::size_t>(*parameter.maxLength), 'a')));
        return values;
    case ParameterKind::Url:
        return { Json("https://example.org/a.mp4") };
    case ParameterKind::UrlList:
        return { Json::array({ "https://example.org/a.png" }) };
    case ParameterKind::Json:
        break;
    }
    return {};
}

/// What the rest of the form gives: references, a prompt.
Json completed(const Endpoint &endpoint, Json input)
{
    if (endpoint.maxReferences > 0)
        input[endpoint.referencesField.toStdString()] = Json::array({ "https://example.org/reference.png" });
    if (endpoint.schema.find(u"prompt"_s) && !input.contains("prompt"))
        input["prompt"] = "a lemon on a plate";
    return input;
}

QString allOf(const std::vector<Error> &errors)
{
    QStringList texts;
    for (const Error &error : errors)
        texts.append(error.field + u": "_s + error.message);
    return texts.join(u'\n');
}

} // namespace

class ParameterModelTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void everyNamedValueIsValid_data();
    void everyNamedValueIsValid();
    void everyNamedValueCanBeTyped_data();
    void everyNamedValueCanBeTyped();
    void unsetIsNotSent_data();
    void unsetIsNotSent();
    void schemaOrder();
    void defaultSetOnPurposeIsSent();
    void outOfRangeIsKeptAndMarked();
    void textThatCannotBeReadIsKept();
    void unknownChoiceIsMarked();
    void toleranceStaysText();
    void tooLongPrompt();
    void switchKeepsSharedValues();
    void switchSetsAsideWhatDoesNotFit();
    void switchNeverTakesWordsAway();
    void errorsLandOnRows();
    void editClearsWhatWasSaid();
    void pastedInput();
    void pastedUnknownMayFitAnotherEndpoint();
    void notAnObject();
    void drawnSeed();
    void resetAllKeepsThePrompt();
    void draftHoldsEverything();
    void damagedDraft_data();
    void damagedDraft();
    void itemRoles();
    void unknownKindsAreShown();
    void noEndpoint();

private:
    void everyEndpoint();
    const Endpoint *endpoint(const QString &id) const;
    int row(const char *name) const { return m_model->rowOf(QString::fromUtf8(name)); }

    const EndpointCatalog m_catalog = EndpointCatalog::load({ u":/endpoints"_s }, u":/prices.json"_s);
    std::unique_ptr<ParameterModel> m_model;
    std::unique_ptr<QAbstractItemModelTester> m_tester;
};

const Endpoint *ParameterModelTest::endpoint(const QString &id) const
{
    const Endpoint *found = m_catalog.find({ id });
    if (!found)
        qFatal("no endpoint %s", qPrintable(id));
    return found;
}

void ParameterModelTest::init()
{
    m_model = std::make_unique<ParameterModel>();
    m_tester = std::make_unique<QAbstractItemModelTester>(m_model.get(),
                                                          QAbstractItemModelTester::FailureReportingMode::QtTest);
}

void ParameterModelTest::cleanup()
{
    m_tester.reset();
    m_model.reset();
}

void ParameterModelTest::everyEndpoint()
{
    QTest::addColumn<QString>("id");
    QVERIFY(m_catalog.endpoints().size() >= 6);
    for (const Endpoint &endpoint : m_catalog.endpoints())
        QTest::newRow(qPrintable(endpoint.id.text)) << endpoint.id.text;
}

void ParameterModelTest::everyNamedValueIsValid_data()
{
    everyEndpoint();
}

void ParameterModelTest::everyNamedValueIsValid()
{
    QFETCH(QString, id);
    const Endpoint *asked = endpoint(id);
    m_model->setEndpoint(asked);
    int tried = 0;
    for (int i = 0; i < m_model->rowCount(); ++i) {
        const Parameter &parameter = m_model->parameter(i);
        for (const Json &value : namedValues(parameter)) {
            m_model->setValue(i, value);
            ++tried;
            QVERIFY2(m_model->problems().empty(), qPrintable(allOf(m_model->problems())));
            const Json input = m_model->input();
            QCOMPARE(toBytes(input.at(parameter.name.toStdString())), toBytes(value));
            const auto errors = validateInput(*asked, completed(*asked, input));
            QVERIFY2(errors.empty(), qPrintable(allOf(errors)));
        }
    }
    QVERIFY2(tried > 25, qPrintable(QString::number(tried)));
}

void ParameterModelTest::everyNamedValueCanBeTyped_data()
{
    everyEndpoint();
}

void ParameterModelTest::everyNamedValueCanBeTyped()
{
    QFETCH(QString, id);
    m_model->setEndpoint(endpoint(id));
    for (int i = 0; i < m_model->rowCount(); ++i) {
        for (const Json &value : namedValues(m_model->parameter(i))) {
            m_model->setValue(i, value);
            const QString text = m_model->text(i);
            m_model->clear(i);
            QVERIFY(!m_model->value(i));
            QVERIFY(m_model->setData(m_model->index(i), text, Qt::EditRole));
            QVERIFY(m_model->value(i));
            QCOMPARE(toBytes(*m_model->value(i)), toBytes(value));
        }
    }
}

void ParameterModelTest::unsetIsNotSent_data()
{
    everyEndpoint();
}

void ParameterModelTest::unsetIsNotSent()
{
    QFETCH(QString, id);
    m_model->setEndpoint(endpoint(id));
    QVERIFY(m_model->rowCount() > 3);
    QVERIFY(m_model->input().empty());
    QVERIFY(m_model->problems().empty());
    for (int i = 0; i < m_model->rowCount(); ++i) {
        const auto values = namedValues(m_model->parameter(i));
        if (values.empty())
            continue;
        m_model->setValue(i, values.front());
        QCOMPARE(m_model->input().size(), 1u);
        m_model->clear(i);
        QVERIFY(m_model->input().empty());
    }
}

void ParameterModelTest::schemaOrder()
{
    m_model->setEndpoint(endpoint(u"fal-ai/nano-banana-2"_s));
    m_model->setValue(row("resolution"), Json("2K"));
    m_model->setValue(row("num_images"), Json(2));
    m_model->setValue(row("prompt"), Json("a lemon"));
    QCOMPARE(toBytes(m_model->input()), QByteArray(R"({"prompt":"a lemon","num_images":2,"resolution":"2K"})"));
}

void ParameterModelTest::defaultSetOnPurposeIsSent()
{
    m_model->setEndpoint(endpoint(u"fal-ai/nano-banana-2"_s));
    const QModelIndex index = m_model->index(row("num_images"));
    m_model->setValue(index.row(), *m_model->parameter(index.row()).defaultValue);
    QVERIFY(index.data(ParameterRoles::IsSetRole).toBool());
    QVERIFY(!index.data(ParameterRoles::IsChangedRole).toBool());
    QCOMPARE(toBytes(m_model->input()), QByteArray(R"({"num_images":1})"));
}

void ParameterModelTest::outOfRangeIsKeptAndMarked()
{
    m_model->setEndpoint(endpoint(u"fal-ai/nano-banana-2"_s));
    const QModelIndex index = m_model->index(row("num_images"));
    QSignalSpy changed(m_model.get(), &ParameterModel::inputChanged);
    QSignalSpy data(m_model.get(), &QAbstractItemModel::dataChanged);
    m_model->setText(index.row(), u"9"_s);
    QCOMPARE(changed.count(), 1);
    QCOMPARE(data.count(), 1);
    QCOMPARE(index.data(ParameterRoles::ValueRole).toLongLong(), 9);
    const auto error = index.data(ParameterRoles::ErrorRole).value<Error>();
    QCOMPARE(error.kind, ErrorKind::InvalidInput);
    QCOMPARE(error.field, u"num_images"_s);
    QVERIFY(index.data(ParameterRoles::ErrorTextRole).toString().contains(u'4'));
    QCOMPARE(m_model->problems().size(), 1u);
    m_model->setText(index.row(), u"4"_s);
    QVERIFY(!index.data(ParameterRoles::ErrorRole).isValid());
    QVERIFY(index.data(ParameterRoles::ErrorTextRole).toString().isEmpty());
    QVERIFY(m_model->problems().empty());
}

void ParameterModelTest::textThatCannotBeReadIsKept()
{
    m_model->setEndpoint(endpoint(u"fal-ai/nano-banana-2"_s));
    const QModelIndex index = m_model->index(row("seed"));
    m_model->setText(index.row(), u"12x"_s);
    QCOMPARE(m_model->text(index.row()), u"12x"_s);
    QCOMPARE(index.data(Qt::EditRole).toString(), u"12x"_s);
    QVERIFY(index.data(ParameterRoles::IsSetRole).toBool());
    QVERIFY(index.data(ParameterRoles::IsChangedRole).toBool());
    QVERIFY(!m_model->value(index.row()));
    QVERIFY(m_model->input().empty());
    QCOMPARE(m_model->problems().size(), 1u);
    QCOMPARE(m_model->problems().front().field, u"seed"_s);
    m_model->setText(index.row(), u"12"_s);
    QVERIFY(m_model->problems().empty());
    QCOMPARE(toBytes(m_model->input()), QByteArray(R"({"seed":12})"));
}

void ParameterModelTest::unknownChoiceIsMarked()
{
    m_model->setEndpoint(endpoint(u"fal-ai/nano-banana-2"_s));
    QVERIFY(m_model->setInput(object(R"({"prompt":"a lemon","resolution":"9K"})")));
    QCOMPARE(m_model->problems().size(), 1u);
    QCOMPARE(m_model->problems().front().field, u"resolution"_s);
    QCOMPARE(m_model->text(row("resolution")), u"9K"_s);
}

void ParameterModelTest::toleranceStaysText()
{
    m_model->setEndpoint(endpoint(u"fal-ai/nano-banana-2"_s));
    const QModelIndex index = m_model->index(row("safety_tolerance"));
    QVERIFY(m_model->setData(index, u"6"_s, ParameterRoles::ValueRole));
    QCOMPARE(toBytes(m_model->input()), QByteArray(R"({"safety_tolerance":"6"})"));
    m_model->setValue(index.row(), Json(6));
    QCOMPARE(m_model->problems().size(), 1u);
}

void ParameterModelTest::tooLongPrompt()
{
    m_model->setEndpoint(endpoint(u"fal-ai/nano-banana-2"_s));
    const QString tooLong(60'000, u'a');
    m_model->setText(m_model->promptRow(), tooLong);
    QCOMPARE(m_model->problems().size(), 1u);
    QCOMPARE(m_model->problems().front().field, u"prompt"_s);
    QCOMPARE(m_model->text(m_model->promptRow()), tooLong);
}

void ParameterModelTest::switchKeepsSharedValues()
{
    m_model->setEndpoint(endpoint(u"fal-ai/nano-banana-2"_s));
    QVERIFY(m_model->setInput(object(R"({"prompt":"a lemon","num_images":3,"seed":5,"aspect_ratio":"16:9","sync_mode":true})")));
    m_model->setEndpoint(endpoint(u"fal-ai/nano-banana-2/edit"_s));
    QCOMPARE(toBytes(m_model->input()),
             QByteArray(R"({"prompt":"a lemon","num_images":3,"seed":5,"aspect_ratio":"16:9","sync_mode":true})"));
    QVERIFY(m_model->problems().empty());
}

void ParameterModelTest::switchSetsAsideWhatDoesNotFit()
{
    m_model->setEndpoint(endpoint(u"fal-ai/nano-banana-2"_s));
    QVERIFY(m_model->setInput(object(R"({"prompt":"a lemon","aspect_ratio":"8:1","resolution":"4K","num_images":2})")));
    m_model->setEndpoint(endpoint(u"fal-ai/nano-banana"_s));
    QCOMPARE(toBytes(m_model->input()), QByteArray(R"({"prompt":"a lemon","num_images":2})"));
    QVERIFY(m_model->problems().empty());
    m_model->setEndpoint(endpoint(u"fal-ai/nano-banana-2"_s));
    QCOMPARE(toBytes(m_model->input()),
             QByteArray(R"({"prompt":"a lemon","num_images":2,"aspect_ratio":"8:1","resolution":"4K"})"));
    // Chosen anew in between: that counts.
    m_model->setEndpoint(endpoint(u"fal-ai/nano-banana"_s));
    m_model->setValue(row("aspect_ratio"), Json("3:2"));
    m_model->setEndpoint(endpoint(u"fal-ai/nano-banana-2"_s));
    QCOMPARE(m_model->text(row("aspect_ratio")), u"3:2"_s);
}

void ParameterModelTest::switchNeverTakesWordsAway()
{
    m_model->setEndpoint(endpoint(u"fal-ai/nano-banana-2"_s));
    m_model->setText(m_model->promptRow(), u"ab"_s); // too short everywhere
    m_model->setText(row("num_images"), u"9"_s);
    m_model->setText(row("seed"), u"x"_s);
    m_model->setEndpoint(endpoint(u"fal-ai/nano-banana"_s));
    QCOMPARE(m_model->text(m_model->promptRow()), u"ab"_s);
    QCOMPARE(m_model->text(row("num_images")), u"9"_s);
    QCOMPARE(m_model->text(row("seed")), u"x"_s);
    QCOMPARE(m_model->problems().size(), 3u);
}

void ParameterModelTest::errorsLandOnRows()
{
    m_model->setEndpoint(endpoint(u"fal-ai/nano-banana-2/edit"_s));
    QSignalSpy shown(m_model.get(), &ParameterModel::errorShown);
    const Error prompt { .kind = ErrorKind::Refused, .type = u"content_policy_violation"_s, .message = u"no"_s, .field = u"prompt"_s };
    const Error deep { .kind = ErrorKind::Refused, .message = u"bad"_s, .field = u"video_url/0/x"_s };
    const Error reference { .kind = ErrorKind::Refused, .message = u"bad"_s, .field = u"image_urls/2"_s };
    const Error nowhere { .kind = ErrorKind::BadKey, .message = u"key"_s };
    const auto left = m_model->setErrors({ nowhere, deep, prompt, reference });
    QCOMPARE(left, (std::vector<Error> { nowhere, reference }));
    QCOMPARE(m_model->index(row("prompt")).data(ParameterRoles::ErrorRole).value<Error>(), prompt);
    QCOMPARE(m_model->index(row("video_url")).data(ParameterRoles::ErrorRole).value<Error>(), deep);
    QCOMPARE(shown.count(), 1);
    QCOMPARE(shown.front().front().toInt(), row("prompt"));
    // What was said is no reason not to try again.
    QVERIFY(m_model->problems().empty());
    QVERIFY(m_model->setErrors({}).empty());
    QVERIFY(!m_model->index(row("prompt")).data(ParameterRoles::ErrorRole).isValid());
    QCOMPARE(shown.count(), 1);
}

void ParameterModelTest::editClearsWhatWasSaid()
{
    m_model->setEndpoint(endpoint(u"fal-ai/nano-banana-2"_s));
    m_model->setText(m_model->promptRow(), u"a lemon"_s);
    m_model->setErrors({ { .kind = ErrorKind::Refused, .message = u"no"_s, .field = u"prompt"_s },
                         { .kind = ErrorKind::Refused, .message = u"no"_s, .field = u"seed"_s } });
    m_model->setText(m_model->promptRow(), u"a lemon"_s); // no change
    QVERIFY(m_model->index(m_model->promptRow()).data(ParameterRoles::ErrorRole).isValid());
    m_model->setText(m_model->promptRow(), u"a lime"_s);
    QVERIFY(!m_model->index(m_model->promptRow()).data(ParameterRoles::ErrorRole).isValid());
    QVERIFY(m_model->index(row("seed")).data(ParameterRoles::ErrorRole).isValid());
}

void ParameterModelTest::pastedInput()
{
    m_model->setEndpoint(endpoint(u"fal-ai/nano-banana-2/edit"_s));
    m_model->setValue(row("num_images"), Json(4));
    QSignalSpy unknown(m_model.get(), &ParameterModel::unknownChanged);
    const auto warnings = m_model->setInput(object(
        R"({"style":{"a":[1]},"prompt":"a lemon","enable_google_search":true,"seed":null,"image_urls":["https://a/b.png"],"resolution":"2K"})"));
    QVERIFY(warnings);
    QCOMPARE(warnings->size(), 2);
    QVERIFY(warnings->join(u'\n').contains(u"enable_google_search"_s));
    QVERIFY(warnings->join(u'\n').contains(u"style"_s));
    const Json input = m_model->input();
    QCOMPARE(toBytes(input.back()), QByteArray(R"({"a":[1]})"));
    QVERIFY(!input.contains("image_urls"));
    QVERIFY(!input.contains("num_images"));
    QVERIFY(!input.contains("seed"));
    QVERIFY(m_model->value(row("enable_web_search")) == Json(true));
    QVERIFY(unknown.count() >= 1);
    m_model->removeUnknown(u"style"_s);
    QVERIFY(!m_model->input().contains("style"));
}

void ParameterModelTest::pastedUnknownMayFitAnotherEndpoint()
{
    m_model->setEndpoint(endpoint(u"fal-ai/nano-banana"_s));
    QVERIFY(m_model->setInput(object(R"({"prompt":"a lemon","resolution":"2K","other":1})")));
    QCOMPARE(m_model->unknown().size(), 2u);
    m_model->setEndpoint(endpoint(u"fal-ai/nano-banana-2"_s));
    QCOMPARE(m_model->text(row("resolution")), u"2K"_s);
    QCOMPARE(toBytes(m_model->unknown()), QByteArray(R"({"other":1})"));
}

void ParameterModelTest::notAnObject()
{
    m_model->setEndpoint(endpoint(u"fal-ai/nano-banana-2"_s));
    m_model->setText(m_model->promptRow(), u"a lemon"_s);
    QVERIFY(!m_model->setInput(Json::array({ 1, 2 })));
    QCOMPARE(m_model->text(m_model->promptRow()), u"a lemon"_s);
}

void ParameterModelTest::drawnSeed()
{
    m_model->setEndpoint(endpoint(u"fal-ai/nano-banana-2"_s));
    const QModelIndex seed = m_model->index(row("seed"));
    QVERIFY(!seed.data(ParameterRoles::DrawnSeedRole).isValid());
    QSignalSpy changed(m_model.get(), &ParameterModel::inputChanged);
    m_model->setDrawnSeed(1234567);
    QCOMPARE(seed.data(ParameterRoles::DrawnSeedRole).toLongLong(), 1234567);
    QVERIFY(seed.data(ParameterRoles::PlaceholderRole).toString().contains(u"1234567"_s));
    QVERIFY(m_model->input().empty());
    QCOMPARE(changed.count(), 0);
    QVERIFY(!m_model->index(row("num_images")).data(ParameterRoles::DrawnSeedRole).isValid());
    m_model->setText(seed.row(), u"7"_s);
    QVERIFY(!seed.data(ParameterRoles::DrawnSeedRole).isValid());
}

void ParameterModelTest::resetAllKeepsThePrompt()
{
    m_model->setEndpoint(endpoint(u"fal-ai/nano-banana-2"_s));
    QVERIFY(!m_model->isAnythingSet());
    QVERIFY(m_model->setInput(object(R"({"prompt":"a lemon","num_images":3,"other":1})")));
    m_model->setText(row("seed"), u"x"_s);
    QVERIFY(m_model->isAnythingSet());
    m_model->resetAll();
    QCOMPARE(toBytes(m_model->input()), QByteArray(R"({"prompt":"a lemon"})"));
    QVERIFY(m_model->problems().empty());
    QVERIFY(!m_model->isAnythingSet());
}

void ParameterModelTest::draftHoldsEverything()
{
    const Endpoint *first = endpoint(u"fal-ai/nano-banana-2"_s);
    const Endpoint *second = endpoint(u"fal-ai/nano-banana"_s);
    m_model->setEndpoint(first);
    QVERIFY(m_model->setInput(object(R"({"prompt":"ab","aspect_ratio":"8:1","num_images":9,"other":[1]})")));
    m_model->setText(row("seed"), u"12x"_s);
    m_model->setEndpoint(second);
    const auto draft = parseJson(toBytes(m_model->draft()));
    QVERIFY(draft);

    ParameterModel again;
    again.setEndpoint(second);
    again.setDraft(*draft);
    QCOMPARE(toBytes(again.input()), toBytes(m_model->input()));
    QCOMPARE(again.text(again.rowOf(u"seed"_s)), u"12x"_s);
    QCOMPARE(again.text(again.promptRow()), u"ab"_s);
    QCOMPARE(again.problems(), m_model->problems());
    again.setEndpoint(first);
    QCOMPARE(again.text(again.rowOf(u"aspect_ratio"_s)), u"8:1"_s);
}

void ParameterModelTest::damagedDraft_data()
{
    QTest::addColumn<QByteArray>("draft");
    QTest::newRow("null") << QByteArray("null");
    QTest::newRow("list") << QByteArray("[1]");
    QTest::newRow("other types") << QByteArray(R"({"values":[],"typed":3,"unknown":"x","aside":null})");
    QTest::newRow("typed is no text") << QByteArray(R"({"values":{},"typed":{"seed":{"a":1}}})");
}

void ParameterModelTest::damagedDraft()
{
    QFETCH(QByteArray, draft);
    m_model->setEndpoint(endpoint(u"fal-ai/nano-banana-2"_s));
    m_model->setText(row("seed"), u"3"_s);
    m_model->setDraft(*parseJson(draft));
    QVERIFY(m_model->input().empty());
    QVERIFY(m_model->problems().empty());
}

void ParameterModelTest::itemRoles()
{
    m_model->setEndpoint(endpoint(u"fal-ai/nano-banana-2"_s));
    const QModelIndex images = m_model->index(row("num_images"));
    QCOMPARE(images.data(ParameterRoles::NameRole).toString(), u"num_images"_s);
    QVERIFY(!images.data(ParameterRoles::TitleRole).toString().isEmpty());
    QCOMPARE(images.data(ParameterRoles::KindRole).toInt(), static_cast<int>(ParameterKind::Integer));
    QCOMPARE(images.data(ParameterRoles::DefaultRole).toLongLong(), 1);
    QVERIFY(!images.data(ParameterRoles::ValueRole).isValid());
    QCOMPARE(images.data(ParameterRoles::MinimumRole).toDouble(), 1.0);
    QCOMPARE(images.data(ParameterRoles::MaximumRole).toDouble(), 4.0);
    QCOMPARE(images.data(ParameterRoles::StepRole).toDouble(), 1.0);
    QCOMPARE(images.data(ParameterRoles::PlaceholderRole).toString(), u"1"_s);
    QVERIFY(!images.data(ParameterRoles::HelpRole).toString().isEmpty());
    const QModelIndex prompt = m_model->index(m_model->promptRow());
    QVERIFY(prompt.data(ParameterRoles::RequiredRole).toBool());
    QCOMPARE(prompt.data(ParameterRoles::MinimumLengthRole).toLongLong(), 3);
    QCOMPARE(prompt.data(ParameterRoles::MaximumLengthRole).toLongLong(), 50000);
    const QModelIndex resolution = m_model->index(row("resolution"));
    QCOMPARE(resolution.data(ParameterRoles::ChoiceLabelsRole).toStringList(), (QStringList { u"0.5K"_s, u"1K"_s, u"2K"_s, u"4K"_s }));
    QCOMPARE(resolution.data(ParameterRoles::ChoicesRole).toList().size(), 4);
    const QModelIndex sync = m_model->index(row("sync_mode"));
    QVERIFY(sync.data(ParameterRoles::WarningRole).toString().isEmpty());
    QVERIFY(m_model->setData(sync, true, ParameterRoles::ValueRole));
    QVERIFY(!sync.data(ParameterRoles::WarningRole).toString().isEmpty());
    QVERIFY(m_model->setData(sync, QVariant(), ParameterRoles::ValueRole));
    QVERIFY(m_model->input().empty());
    QVERIFY(!m_model->setData(sync, QVariant(), Qt::CheckStateRole));
    QCOMPARE(m_model->roleNames().value(ParameterRoles::ErrorTextRole), QByteArray("errorText"));
}

void ParameterModelTest::unknownKindsAreShown()
{
    Endpoint made;
    made.id = { u"someone/else"_s };
    made.title = u"Else"_s;
    Parameter odd;
    odd.name = u"odd"_s;
    odd.title = u"Odd"_s;
    odd.kind = ParameterKind::Json;
    made.schema.parameters = { odd };
    made.schema.validation = object(R"({"type":"object","properties":{"odd":{"type":"object"}}})");
    m_model->setEndpoint(&made);
    QCOMPARE(m_model->rowCount(), 1);
    m_model->setText(0, u"{\"a\": "_s);
    QCOMPARE(m_model->problems().size(), 1u);
    m_model->setText(0, u"[1]"_s);
    QCOMPARE(m_model->problems().size(), 1u); // not an object
    m_model->setText(0, u"{\"a\": 1}"_s);
    QVERIFY2(m_model->problems().empty(), qPrintable(allOf(m_model->problems())));
    QCOMPARE(toBytes(m_model->input()), QByteArray(R"({"odd":{"a":1}})"));
    QCOMPARE(m_model->promptRow(), -1);
    m_model->setEndpoint(nullptr); // before `made` ends
}

void ParameterModelTest::noEndpoint()
{
    QCOMPARE(m_model->rowCount(), 0);
    QVERIFY(m_model->input().empty());
    QVERIFY(!m_model->setInput(Json::object()));
    const std::vector<Error> errors { { .kind = ErrorKind::InvalidInput, .field = u"prompt"_s } };
    QCOMPARE(m_model->setErrors(errors), errors);
    // A draft that waits for its endpoint.
    m_model->setDraft(object(R"({"values":{"prompt":"a lemon"}})"));
    m_model->setEndpoint(endpoint(u"fal-ai/nano-banana-2"_s));
    QCOMPARE(m_model->text(m_model->promptRow()), u"a lemon"_s);
}

QTEST_GUILESS_MAIN(ParameterModelTest)
#include "tst_parametermodel.moc"
