#include "schema.h"

#include "inputvalidation.h"
#include "jsonfile.h"

#include <QTest>

using namespace Qt::StringLiterals;

namespace plantain {

namespace {

constexpr auto textTail = "prompt,num_images,seed,aspect_ratio,output_format,safety_tolerance,sync_mode";

/// A document around one input schema and further components.
Json documentAround(const QByteArray &input, const QByteArray &components = "{}")
{
    Json document = *parseJson(
        R"({"info":{"x-fal-metadata":{"endpointId":"me/model"}},"components":{"schemas":{}},"paths":{
            "/me/model/requests/{request_id}":{"get":{}},
            "/me/model":{"post":{"requestBody":{"content":{"application/json":{"schema":
                {"$ref":"#/components/schemas/AnyNameWhatever"}}}}}}}})");
    document["components"]["schemas"] = *parseJson(components);
    document["components"]["schemas"]["AnyNameWhatever"] = *parseJson(input);
    return document;
}

/// The one property `p` of an input schema.
Result<Parameter> parameterFrom(const QByteArray &property, const QByteArray &components = "{}")
{
    const Result<Schema> schema
        = parseInputSchema(documentAround(R"({"type":"object","properties":{"p":)" + property + "}}", components));
    if (!schema)
        return failure(schema.error());
    return schema->parameters.at(0);
}

QStringList namesOf(const Schema &schema)
{
    QStringList names;
    for (const Parameter &parameter : schema.parameters)
        names.append(parameter.name);
    return names;
}

QString listed(const std::vector<Json> &values)
{
    QStringList texts;
    for (const Json &value : values)
        texts.append(QString::fromUtf8(toBytes(value)));
    return texts.join(u' ');
}

} // namespace

class SchemaTest final : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void bundledOrder_data();
    void bundledOrder();
    void bundledFacts();
    void bundledDifferences();
    void kinds_data();
    void kinds();
    void readsConstraints();
    void readsOptionalSpellings_data();
    void readsOptionalSpellings();
    void mergesOneReference();
    void followsDeepReferences();
    void survivesCycles();
    void choosesThePath();
    void ordersAndTitles();
    void stripsVendorKeys();
    void refuses_data();
    void refuses();
    void stopsAtMultiplyingReferences();
    void stopsAtWhatReferencesCarry();
};

void SchemaTest::bundledOrder_data()
{
    QTest::addColumn<QString>("file");
    QTest::addColumn<QString>("names");
    const QString tail = QString::fromLatin1(textTail);
    QTest::newRow("nano-banana-2") << u"nano-banana-2"_s
                                   << tail
            + u",system_prompt,resolution,limit_generations,enable_web_search,thinking_level"_s;
    QTest::newRow("nano-banana-2-edit") << u"nano-banana-2-edit"_s
                                        << tail
            + u",system_prompt,image_urls,video_url,audio_url,pdf_url,resolution,limit_generations,enable_web_search,"
              "thinking_level"_s;
    QTest::newRow("nano-banana-pro") << u"nano-banana-pro"_s
                                     << tail + u",system_prompt,resolution,limit_generations,enable_web_search"_s;
    QTest::newRow("nano-banana-pro-edit")
        << u"nano-banana-pro-edit"_s
        << tail + u",system_prompt,image_urls,resolution,limit_generations,enable_web_search"_s;
    QTest::newRow("nano-banana") << u"nano-banana"_s << tail + u",limit_generations"_s;
    QTest::newRow("nano-banana-edit") << u"nano-banana-edit"_s << tail + u",image_urls,limit_generations"_s;
}

void SchemaTest::bundledOrder()
{
    QFETCH(QString, file);
    QFETCH(QString, names);
    const Result<Json> document = readJsonFile(u":/endpoints/%1.json"_s.arg(file));
    QVERIFY2(document, document ? "" : qPrintable(document.error().message));
    const Result<Schema> schema = parseInputSchema(*document);
    QVERIFY2(schema, schema ? "" : qPrintable(schema.error().message));
    QCOMPARE(namesOf(*schema), names.split(u','));
    QCOMPARE(schemaProblem(schema->validation), std::nullopt);
    QVERIFY(schema->find(u"prompt"_s)->required);
    for (const Parameter &parameter : schema->parameters) {
        QVERIFY2(parameter.kind != ParameterKind::Json, qPrintable(parameter.name));
        QVERIFY2(!parameter.title.isEmpty() && !parameter.description.isEmpty(), qPrintable(parameter.name));
        QVERIFY2(!parameter.defaultValue || parameter.choices.empty()
                || std::find(parameter.choices.begin(), parameter.choices.end(), *parameter.defaultValue)
                    != parameter.choices.end(),
            qPrintable(parameter.name));
    }
}

void SchemaTest::bundledFacts()
{
    const Schema schema = *parseInputSchema(*readJsonFile(u":/endpoints/nano-banana-2-edit.json"_s));
    const Parameter &prompt = *schema.find(u"prompt"_s);
    QCOMPARE(prompt.kind, ParameterKind::LongText);
    QCOMPARE(prompt.minLength, 3);
    QCOMPARE(prompt.maxLength, 50'000);
    QVERIFY(!prompt.defaultValue && !prompt.nullable);
    const Parameter &count = *schema.find(u"num_images"_s);
    QCOMPARE(count.kind, ParameterKind::Integer);
    QCOMPARE(count.minimum, 1);
    QCOMPARE(count.maximum, 4);
    QVERIFY(count.defaultValue == Json(1));
    QCOMPARE(count.title, u"Number of Images"_s);
    const Parameter &seed = *schema.find(u"seed"_s);
    QCOMPARE(seed.kind, ParameterKind::Integer);
    QVERIFY(seed.nullable && !seed.defaultValue && !seed.minimum && !seed.maximum);
    const Parameter &ratio = *schema.find(u"aspect_ratio"_s);
    QCOMPARE(ratio.kind, ParameterKind::Choice);
    QVERIFY(ratio.nullable);
    QCOMPARE(listed(ratio.choices),
        uR"("auto" "21:9" "16:9" "3:2" "4:3" "5:4" "1:1" "4:5" "3:4" "2:3" "9:16" "4:1" "1:4" "8:1" "1:8")"_s);
    QVERIFY(ratio.defaultValue == Json("auto"));
    QCOMPARE(listed(schema.find(u"output_format"_s)->choices), uR"("jpeg" "png" "webp")"_s);
    QVERIFY(schema.find(u"output_format"_s)->defaultValue == Json("png"));
    const Parameter &tolerance = *schema.find(u"safety_tolerance"_s);
    QCOMPARE(tolerance.kind, ParameterKind::Choice);
    QCOMPARE(listed(tolerance.choices), uR"("1" "2" "3" "4" "5" "6")"_s);
    QVERIFY(tolerance.defaultValue == Json("4"));
    QCOMPARE(schema.find(u"sync_mode"_s)->kind, ParameterKind::Boolean);
    QVERIFY(schema.find(u"sync_mode"_s)->defaultValue == Json(false));
    QCOMPARE(schema.find(u"system_prompt"_s)->kind, ParameterKind::LongText);
    QCOMPARE(schema.find(u"system_prompt"_s)->maxLength, 50'000);
    QVERIFY(schema.find(u"system_prompt"_s)->defaultValue == Json(""));
    const Parameter &images = *schema.find(u"image_urls"_s);
    QCOMPARE(images.kind, ParameterKind::UrlList);
    QCOMPARE(images.uiField, u"image"_s);
    QVERIFY(!images.required && !images.minItems && !images.maxItems);
    for (const QString &medium : { u"video_url"_s, u"audio_url"_s, u"pdf_url"_s }) {
        QCOMPARE(schema.find(medium)->kind, ParameterKind::Url);
        QVERIFY(schema.find(medium)->nullable);
    }
    QCOMPARE(schema.find(u"pdf_url"_s)->uiField, u"file"_s);
    QCOMPARE(listed(schema.find(u"resolution"_s)->choices), uR"("0.5K" "1K" "2K" "4K")"_s);
    QVERIFY(schema.find(u"resolution"_s)->defaultValue == Json("1K"));
    QVERIFY(schema.find(u"limit_generations"_s)->defaultValue == Json(true));
    QVERIFY(schema.find(u"enable_web_search"_s)->defaultValue == Json(false));
    const Parameter &thinking = *schema.find(u"thinking_level"_s);
    QCOMPARE(listed(thinking.choices), uR"("minimal" "high")"_s);
    QVERIFY(thinking.nullable && !thinking.defaultValue);
    QCOMPARE(schema.find(u"enable_google_search"_s), nullptr);
}

void SchemaTest::bundledDifferences()
{
    const auto schemaOf
        = [](const QString &name) { return *parseInputSchema(*readJsonFile(u":/endpoints/%1.json"_s.arg(name))); };
    const QString ten = uR"("21:9" "16:9" "3:2" "4:3" "5:4" "1:1" "4:5" "3:4" "2:3" "9:16")"_s;
    const auto ratio = [&](const QString &name) { return *schemaOf(name).find(u"aspect_ratio"_s); };
    QCOMPARE(listed(ratio(u"nano-banana"_s).choices), ten);
    QVERIFY(ratio(u"nano-banana"_s).defaultValue == Json("1:1"));
    QCOMPARE(listed(ratio(u"nano-banana-edit"_s).choices), uR"("auto" )"_s + ten);
    QVERIFY(ratio(u"nano-banana-edit"_s).defaultValue == Json("auto"));
    QCOMPARE(listed(ratio(u"nano-banana-pro"_s).choices), uR"("auto" )"_s + ten);
    QVERIFY(ratio(u"nano-banana-pro"_s).defaultValue == Json("1:1"));
    QVERIFY(ratio(u"nano-banana-pro-edit"_s).defaultValue == Json("auto"));
    QCOMPARE(listed(schemaOf(u"nano-banana-pro"_s).find(u"resolution"_s)->choices), uR"("1K" "2K" "4K")"_s);
    QVERIFY(schemaOf(u"nano-banana-edit"_s).find(u"image_urls"_s)->required);
    QVERIFY(schemaOf(u"nano-banana-pro-edit"_s).find(u"image_urls"_s)->required);
}

void SchemaTest::kinds_data()
{
    QTest::addColumn<QByteArray>("property");
    QTest::addColumn<int>("kind");
    const auto row = [](const char *property, ParameterKind kind) {
        QTest::newRow(property) << QByteArray(property) << int(kind);
    };
    row(R"({"type":"string"})", ParameterKind::Text);
    row(R"({"type":"string","maxLength":50000})", ParameterKind::LongText);
    row(R"({"type":"string","ui":{"field":"textarea"}})", ParameterKind::LongText);
    row(R"({"type":"string","maxLength":50})", ParameterKind::Text);
    row(R"({"type":"string","ui":{"field":"image"}})", ParameterKind::Url);
    row(R"({"type":"string","_fal_ui_field":"audio"})", ParameterKind::Url);
    row(R"({"type":"string","format":"uri"})", ParameterKind::Url);
    row(R"({"type":"integer"})", ParameterKind::Integer);
    row(R"({"type":"number"})", ParameterKind::Number);
    row(R"({"type":"boolean"})", ParameterKind::Boolean);
    row(R"({"enum":["a","b"]})", ParameterKind::Choice);
    row(R"({"type":"integer","enum":[1,2]})", ParameterKind::Choice);
    row(R"({"const":"only"})", ParameterKind::Choice);
    row(R"({"enum":[{"a":1},{"a":2}]})", ParameterKind::Json);
    row(R"({"type":"array","items":{"type":"string","_fal_ui_field":"image"}})", ParameterKind::UrlList);
    row(R"({"type":"array","ui":{"field":"image"},"items":{"type":"string"}})", ParameterKind::UrlList);
    row(R"({"type":"array","items":{"type":"string","format":"uri"}})", ParameterKind::UrlList);
    row(R"({"type":"array","items":{"type":"string"}})", ParameterKind::Json);
    row(R"({"type":"array","items":{"type":"object"}})", ParameterKind::Json);
    row(R"({"type":"array"})", ParameterKind::Json);
    row(R"({"type":"object","properties":{"a":{"type":"string"}}})", ParameterKind::Json);
    row(R"({})", ParameterKind::Json);
    row(R"(true)", ParameterKind::Json);
    row(R"({"type":["string","integer"]})", ParameterKind::Json);
    row(R"({"type":"quaternion"})", ParameterKind::Json);
    row(R"({"anyOf":[{"type":"string"},{"type":"integer"}]})", ParameterKind::Json);
    row(R"({"allOf":[{"type":"string"},{"minLength":3}]})", ParameterKind::Json);
    row(R"({"oneOf":[{"type":"integer"},{"type":"null"}]})", ParameterKind::Integer);
}

void SchemaTest::kinds()
{
    QFETCH(QByteArray, property);
    const Result<Parameter> parameter = parameterFrom(property);
    QVERIFY2(parameter, parameter ? "" : qPrintable(parameter.error().message));
    QTEST(int(parameter->kind), "kind");
}

void SchemaTest::readsConstraints()
{
    const Parameter number = *parameterFrom(
        R"({"type":"number","exclusiveMinimum":0,"maximum":2.5,"multipleOf":0.5,"default":1,"examples":[1,2]})");
    QCOMPARE(number.exclusiveMinimum, 0);
    QCOMPARE(number.maximum, 2.5);
    QCOMPARE(number.multipleOf, 0.5);
    QVERIFY(!number.minimum && !number.exclusiveMaximum);
    QCOMPARE(listed(number.examples), u"1 2"_s);
    const Parameter old = *parameterFrom(R"({"type":"number","minimum":0,"exclusiveMinimum":true,"maximum":1,
                                             "exclusiveMaximum":false,"example":0.5})");
    QCOMPARE(old.exclusiveMinimum, 0);
    QCOMPARE(old.minimum, std::nullopt);
    QCOMPARE(old.maximum, 1);
    QCOMPARE(old.exclusiveMaximum, std::nullopt);
    QCOMPARE(listed(old.examples), u"0.5"_s);
    const Parameter list = *parameterFrom(
        R"({"type":"array","minItems":1,"maxItems":3,"items":{"type":"string","_fal_ui_field":"image"}})");
    QCOMPARE(list.minItems, 1);
    QCOMPARE(list.maxItems, 3);
    const Parameter nonsense = *parameterFrom(R"({"type":"string","minLength":-3,"maxLength":"many","minimum":null})");
    QVERIFY(!nonsense.minLength && !nonsense.maxLength && !nonsense.minimum);
}

void SchemaTest::readsOptionalSpellings_data()
{
    QTest::addColumn<QByteArray>("property");
    for (const char *property :
        { R"({"anyOf":[{"type":"string","enum":["a","b"]},{"type":"null"}],"title":"Outer","default":"a"})",
            R"({"oneOf":[{"type":"null"},{"type":"string","enum":["a","b"]}],"title":"Outer","default":"a"})",
            R"({"type":["string","null"],"enum":["a","b",null],"title":"Outer","default":"a"})",
            R"({"type":"string","enum":["a","b"],"nullable":true,"title":"Outer","default":"a"})",
            R"({"anyOf":[{"$ref":"#/components/schemas/Letters"},{"enum":[null]}],"title":"Outer","default":"a"})" }) {
        QTest::newRow(property) << QByteArray(property);
    }
}

void SchemaTest::readsOptionalSpellings()
{
    QFETCH(QByteArray, property);
    const QByteArray components = R"({"Letters":{"title":"Inner","type":"string","enum":["a","b"]}})";
    const Parameter parameter = *parameterFrom(property, components);
    QVERIFY(parameter.nullable);
    QCOMPARE(parameter.kind, ParameterKind::Choice);
    QCOMPARE(listed(parameter.choices), uR"("a" "b")"_s);
    QCOMPARE(parameter.title, u"Outer"_s);
    QVERIFY(parameter.defaultValue == Json("a"));
}

void SchemaTest::mergesOneReference()
{
    const QByteArray components = R"({"Level":{"title":"LevelEnum","description":"inner","type":"string",
                                              "enum":["low","high"],"default":"low"}})";
    for (const char *property :
        { R"({"allOf":[{"$ref":"#/components/schemas/Level"}],"description":"outer","default":"high"})",
            R"({"$ref":"#/components/schemas/Level","description":"outer","default":"high"})" }) {
        const Parameter parameter = *parameterFrom(property, components);
        QCOMPARE(parameter.kind, ParameterKind::Choice);
        QCOMPARE(parameter.description, u"outer"_s);
        QVERIFY(parameter.defaultValue == Json("high"));
        QCOMPARE(listed(parameter.choices), uR"("low" "high")"_s);
    }
    QVERIFY(!parameterFrom(R"({"type":"string","default":null})")->defaultValue);
}

void SchemaTest::followsDeepReferences()
{
    const QByteArray components
        = R"({"A":{"$ref":"#/components/schemas/B"},"B":{"allOf":[{"$ref":"#/components/schemas/a~1b"}]},
                                      "a/b":{"type":"array","items":{"$ref":"#/components/schemas/Url"}},
                                      "Url":{"type":"string","_fal_ui_field":"image"}})";
    QCOMPARE(parameterFrom(R"({"$ref":"#/components/schemas/A"})", components)->kind, ParameterKind::UrlList);
    const Json document
        = documentAround(R"({"type":"object","properties":{"p":{"$ref":"#/components/schemas/A"}}})", components);
    const Schema schema = *parseInputSchema(document);
    QCOMPARE(toBytes(schema.validation),
        R"({"type":"object","properties":{"p":{"type":"array","items":{"type":"string"}}}})"_ba);
}

void SchemaTest::survivesCycles()
{
    const QByteArray components
        = R"({"Tree":{"type":"object","properties":{"children":{"type":"array","items":{"$ref":"#/components/schemas/Tree"}}}},
              "Loop":{"$ref":"#/components/schemas/Loop"},
              "Ping":{"allOf":[{"$ref":"#/components/schemas/Pong"}]},"Pong":{"anyOf":[{"$ref":"#/components/schemas/Ping"}]}})";
    for (const char *name : { "Tree", "Loop", "Ping" }) {
        const QByteArray property = R"({"$ref":"#/components/schemas/)"_ba + name + R"("})";
        const Result<Parameter> parameter = parameterFrom(property, components);
        QVERIFY2(parameter, name);
        QCOMPARE(parameter->kind, ParameterKind::Json);
    }
    const Schema schema = *parseInputSchema(
        documentAround(R"({"type":"object","properties":{"p":{"$ref":"#/components/schemas/Tree"}}})", components));
    QCOMPARE(schemaProblem(schema.validation), std::nullopt);
}

void SchemaTest::choosesThePath()
{
    Json document = documentAround(R"({"type":"object","properties":{"right":{"type":"string"}}})",
        R"({"Other":{"type":"object","properties":{"wrong":{"type":"string"}}}})");
    Json paths = Json::object();
    paths["/me/other"] = document["paths"]["/me/model"];
    paths["/me/other"]["post"]["requestBody"]["content"]["application/json"]["schema"]["$ref"]
        = "#/components/schemas/Other";
    paths["/me/model"] = document["paths"]["/me/model"];
    document["paths"] = paths;
    QVERIFY(parseInputSchema(document)->find(u"right"_s));
    document["info"].clear();
    QVERIFY(parseInputSchema(document)->find(u"wrong"_s));
}

void SchemaTest::ordersAndTitles()
{
    const Schema schema = *parseInputSchema(documentAround(
        R"({"type":"object","required":["b",7],"x-fal-order-properties":["c","gone","a","c",3],
            "properties":{"a":{},"b":{"title":" B  b "},"c":{},"long_name_here":{"title":""}}})"));
    QCOMPARE(namesOf(schema), (QStringList { u"c"_s, u"a"_s, u"b"_s, u"long_name_here"_s }));
    QVERIFY(schema.find(u"b"_s)->required && !schema.find(u"a"_s)->required);
    QCOMPARE(schema.find(u"b"_s)->title, u"B b"_s);
    QCOMPARE(schema.find(u"long_name_here"_s)->title, u"Long name here"_s);
    QCOMPARE(schema.find(u"gone"_s), nullptr);
}

void SchemaTest::stripsVendorKeys()
{
    const Schema schema = *parseInputSchema(documentAround(
        R"({"type":"object","title":"T","x-fal-order-properties":["p"],"required":["p"],"properties":{"p":{
            "title":"P","description":"d","default":"x","examples":["x"],"ui":{"field":"image"},"format":"uri","pattern":"(",
            "type":"string","minLength":1,"maxLength":9,"multipleOf":0,"nullable":true,"x-fal":{"a":1}}}})"));
    QCOMPARE(toBytes(schema.validation),
        R"({"type":"object","required":["p"],"properties":{"p":{"anyOf":[{"type":"string","minLength":1,"maxLength":9},)"
        R"({"type":"null"}]}}})"_ba);
}

void SchemaTest::refuses_data()
{
    QTest::addColumn<QByteArray>("document");
    const auto around = [](const char *input) { return toBytes(documentAround(input)); };
    QTest::newRow("empty") << "{}"_ba;
    QTest::newRow("list") << "[]"_ba;
    QTest::newRow("no paths") << R"({"info":{"title":"x"}})"_ba;
    QTest::newRow("paths is a list") << R"({"paths":[]})"_ba;
    QTest::newRow("no body") << R"({"paths":{"/a/b":{"post":{}}}})"_ba;
    QTest::newRow("no properties") << around(R"({"type":"object"})");
    QTest::newRow("properties is a list") << around(R"({"type":"object","properties":[]})");
    QTest::newRow("input is text") << around(R"("nothing")");
    QTest::newRow("property is a number") << around(R"({"properties":{"p":42}})");
    QTest::newRow("reference to nothing") << around(R"({"properties":{"p":{"$ref":"#/components/schemas/Nope"}}})");
    QTest::newRow("reference outside") << around(R"({"properties":{"p":{"$ref":"https://example.com/x.json"}}})");
    QTest::newRow("reference broken") << around(R"({"properties":{"p":{"$ref":"#/components/~3"}}})");
}

void SchemaTest::refuses()
{
    QFETCH(QByteArray, document);
    const Result<Schema> schema = parseInputSchema(*parseJson(document));
    QVERIFY(!schema);
    QCOMPARE(schema.error().kind, ErrorKind::BadEndpoint);
    QVERIFY(!schema.error().message.isEmpty());
}

void SchemaTest::stopsAtWhatReferencesCarry()
{
    // A default of half a megabyte that thousands of parameters refer to would be gigabytes, and so would a list in a list.
    const QByteArray longText = '"' + QByteArray(500'000, 'x') + '"';
    const QByteArray longList = "[[" + QByteArray("1,").repeated(100'000) + "1]]";
    const QByteArray nested = R"({"a":[)" + QByteArray("[],").repeated(100'000) + "[]]}";
    for (const QByteArray &carried : { longText, longList, nested }) {
        QByteArray properties;
        for (int i = 0; i < 4000; ++i)
            properties += "\"p" + QByteArray::number(i) + R"(":{"$ref":"#/components/schemas/B"},)";
        const Result<Schema> schema = parseInputSchema(documentAround(
            R"({"type":"object","properties":{)" + properties + R"("last":{"type":"string"}}})",
            R"({"B":{"type":"string","default":)" + carried + "}}"));
        QVERIFY(!schema);
        QCOMPARE(schema.error().kind, ErrorKind::BadEndpoint);
    }
    // Once it may be there.
    QVERIFY(parameterFrom(R"({"type":"string","default":)" + longText + "}"));
}

void SchemaTest::stopsAtMultiplyingReferences()
{
    Json components = Json::object();
    for (int level = 0; level < 40; ++level) {
        const std::string next = "#/components/schemas/L" + std::to_string(level + 1);
        Json properties = Json::object();
        properties["a"]["$ref"] = next;
        properties["b"]["$ref"] = next;
        components["L" + std::to_string(level)]["properties"] = properties;
    }
    components["L40"]["type"] = "string";
    const Result<Parameter> parameter = parameterFrom(R"({"$ref":"#/components/schemas/L0"})", toBytes(components));
    QVERIFY(!parameter);
    QCOMPARE(parameter.error().kind, ErrorKind::BadEndpoint);
}

} // namespace plantain

QTEST_GUILESS_MAIN(plantain::SchemaTest)
#include "tst_schema.moc"
