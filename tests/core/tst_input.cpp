#include "input.h"

#include "endpointcatalog.h"
#include "inputwords.h"

#include <QSet>
#include <QTest>

using namespace Qt::StringLiterals;

namespace plantain {

namespace {

const EndpointCatalog &catalog()
{
    static const EndpointCatalog bundled = EndpointCatalog::load({ u":/endpoints"_s }, u":/prices.json"_s);
    return bundled;
}

const Endpoint &endpoint(const char *id)
{
    return *catalog().find({ QString::fromLatin1(id) });
}

Json withPrompt(const std::string &prompt)
{
    Json input = Json::object();
    input["prompt"] = prompt;
    return input;
}

std::string repeated(const char *text, int times)
{
    return QByteArray(text).repeated(times).toStdString();
}

/// "field: type: message" of each error.
QStringList told(const std::vector<Error> &errors)
{
    QStringList lines;
    for (const Error &error : errors)
        lines.append(error.field + u": "_s + error.type + u": "_s + error.message);
    return lines;
}

constexpr auto nb2 = "fal-ai/nano-banana-2";
constexpr auto edit = "fal-ai/nano-banana-2/edit";

} // namespace

class InputTest final : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void accepts_data();
    void accepts();
    void refuses_data();
    void refuses();
    void countsCharacters_data();
    void countsCharacters();
    void oneErrorAField();
    void everyEdgeOfEveryParameter();
    void foreignConstraints_data();
    void foreignConstraints();
    void foreignSchemas();
    void normalises_data();
    void normalises();
    void refusesToNormalise();
    void collectsDefaults();
    void drawsSeeds();
    void drawsWithinTheSchema();
};

void InputTest::accepts_data()
{
    QTest::addColumn<QByteArray>("id");
    QTest::addColumn<QByteArray>("input");
    const auto row = [](const char *id, const char *input) {
        QTest::addRow("%s %.60s", id, input) << QByteArray(id) << QByteArray(input);
    };
    row(nb2, R"({"prompt":"abc"})");
    row(nb2,
        R"({"prompt":"abc","num_images":4,"seed":-1,"aspect_ratio":"8:1","resolution":"0.5K","output_format":"webp"})");
    row(nb2, R"({"prompt":"abc","seed":null,"aspect_ratio":null,"thinking_level":null})");
    row(nb2, R"({"prompt":"abc","seed":9223372036854775807,"safety_tolerance":"6","thinking_level":"high"})");
    row(nb2, R"({"prompt":"abc","unknown":{"x":[1]},"system_prompt":""})");
    row(edit, R"({"prompt":"abc","image_urls":["reference:00ff"]})");
    row(edit, R"({"prompt":"abc","image_urls":["data:image/png;base64,AAAA","https://example.com/a.png"]})");
    row(edit, R"({"prompt":"abc","video_url":"https://example.com/a.mp4"})");
    row(edit, R"({"prompt":"abc","image_urls":[],"pdf_url":"https://example.com/a.pdf"})");
    row("fal-ai/nano-banana/edit", R"({"prompt":"abc","image_urls":["reference:00ff"]})");
    row("fal-ai/nano-banana", R"({"prompt":"abc","aspect_ratio":"9:16"})");
}

void InputTest::accepts()
{
    QFETCH(QByteArray, id);
    QFETCH(QByteArray, input);
    QCOMPARE(told(validateInput(endpoint(id.constData()), *parseJson(input))), QStringList());
}

void InputTest::refuses_data()
{
    QTest::addColumn<QByteArray>("id");
    QTest::addColumn<Json>("input");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char *name, const char *id, const Json &input, const QString &expected) {
        QTest::newRow(name) << QByteArray(id) << input << expected;
    };
    const auto json = [](const char *text) { return *parseJson(text); };

    row("no prompt", nb2, json("{}"), u"prompt: missing: Prompt is missing."_s);
    row("null prompt", nb2, json(R"({"prompt":null})"), u"prompt: missing: Prompt is empty."_s);
    row("empty prompt", nb2, withPrompt(""), u"prompt: missing: Prompt is empty."_s);
    row("spaces", nb2, withPrompt("     "), u"prompt: missing: Prompt is empty."_s);
    row("spaces of all kinds", nb2, withPrompt(" \t\r\n\xC2\xA0\xE3\x80\x80"), u"prompt: missing: Prompt is empty."_s);
    row("one character", nb2, withPrompt("a"),
        u"prompt: string_too_short: Prompt is too short: 1 character, at least 3."_s);
    row("two characters", nb2, withPrompt("ab"),
        u"prompt: string_too_short: Prompt is too short: 2 characters, at least 3."_s);
    row("two emoji", nb2, withPrompt("\xF0\x9F\x98\x80\xF0\x9F\x98\x80"),
        u"prompt: string_too_short: Prompt is too short: 2 characters, at least 3."_s);
    row("60 000 characters", nb2, withPrompt(std::string(60'000, 'x')),
        u"prompt: string_too_long: Prompt is too long: 60000 characters, at most 50000."_s);
    row("50 001 emoji", nb2, withPrompt(repeated("\xF0\x9F\x98\x80", 50'001)),
        u"prompt: string_too_long: Prompt is too long: 50001 characters, at most 50000."_s);
    row("prompt is a number", nb2, json(R"({"prompt":12345})"),
        u"prompt: string_type: Prompt must be text, not 12345."_s);
    row("prompt is a list", nb2, json(R"({"prompt":["abc"]})"),
        uR"(prompt: string_type: Prompt must be text, not ["abc"].)"_s);

    const auto also = [&](const char *member) { return *parseJson(R"({"prompt":"abc",)"_ba + member + "}"); };
    row("0 images", nb2, also(R"("num_images":0)"),
        u"num_images: greater_than_equal: Number of Images must be from 1 to 4, not 0."_s);
    row("5 images", nb2, also(R"("num_images":5)"),
        u"num_images: less_than_equal: Number of Images must be from 1 to 4, not 5."_s);
    row("2.5 images", nb2, also(R"("num_images":2.5)"),
        u"num_images: int_type: Number of Images must be a whole number, not 2.5."_s);
    row("3.0 images", nb2, also(R"("num_images":3.0)"),
        u"num_images: int_type: Number of Images must be a whole number, not 3.0."_s);
    row("images as text", nb2, also(R"("num_images":"2")"),
        uR"(num_images: int_type: Number of Images must be a whole number, not "2".)"_s);
    row("true images", nb2, also(R"("num_images":true)"),
        u"num_images: int_type: Number of Images must be a whole number, not true."_s);
    row("no number of images", nb2, also(R"("num_images":null)"), u"num_images: missing: Number of Images is empty."_s);
    row("seed of 20 digits", nb2, also(R"("seed":99999999999999999999)"),
        uR"(seed: int_type: Seed must be a whole number, not "99999999999999999999".)"_s);
    row("seed as text", nb2, also(R"("seed":"7")"), uR"(seed: int_type: Seed must be a whole number, not "7".)"_s);
    row("seed with a fraction", nb2, also(R"("seed":1e3)"),
        u"seed: int_type: Seed must be a whole number, not 1000.0."_s);
    row("unknown ratio", nb2, also(R"("aspect_ratio":"7:5")"),
        uR"(aspect_ratio: literal_error: Aspect Ratio: "7:5" is not one of auto, 21:9, 16:9, 3:2, 4:3, 5:4, 1:1, 4:5, 3:4, 2:3, 9:16, 4:1, 1:4, 8:1, 1:8.)"_s);
    row("unknown format", nb2, also(R"("output_format":"gif")"),
        uR"(output_format: literal_error: Output Format: "gif" is not one of jpeg, png, webp.)"_s);
    row("format in capitals", nb2, also(R"("output_format":"PNG")"),
        uR"(output_format: literal_error: Output Format: "PNG" is not one of jpeg, png, webp.)"_s);
    row("resolution of another model", "fal-ai/nano-banana-pro", also(R"("resolution":"0.5K")"),
        uR"(resolution: literal_error: Resolution: "0.5K" is not one of 1K, 2K, 4K.)"_s);
    row("tolerance as a number", nb2, also(R"("safety_tolerance":4)"),
        uR"(safety_tolerance: literal_error: Safety Tolerance must be given as text: "4" in quotes.)"_s);
    row("tolerance out of range", nb2, also(R"("safety_tolerance":"7")"),
        uR"(safety_tolerance: literal_error: Safety Tolerance: "7" is not one of 1, 2, 3, 4, 5, 6.)"_s);
    row("thinking", nb2, also(R"("thinking_level":"medium")"),
        uR"(thinking_level: literal_error: Thinking Level: "medium" is not one of minimal, high.)"_s);
    row("boolean as text", nb2, also(R"("sync_mode":"true")"),
        uR"(sync_mode: bool_type: Sync Mode must be true or false, not "true".)"_s);
    row("boolean as number", nb2, also(R"("enable_web_search":1)"),
        u"enable_web_search: bool_type: Enable Web Search must be true or false, not 1."_s);

    const QString medium
        = u": Nothing to work on: at least one of Image URLs, Video URL, Audio URL, PDF URL is needed."_s;
    row("edit of nothing", edit, withPrompt("abc"), u"image_urls: missing"_s + medium);
    row("edit of an empty list", edit, also(R"("image_urls":[])"), u"image_urls: missing"_s + medium);
    row("edit of empty addresses", edit, also(R"("image_urls":[],"video_url":" ","audio_url":null)"),
        u"image_urls: missing"_s + medium);
    row("first edit of nothing", "fal-ai/nano-banana/edit", withPrompt("abc"),
        u"image_urls: missing: Nothing to work on: at least one of Image URLs is needed."_s);
    row("references as text", edit, also(R"("image_urls":"https://example.com/a.png")"),
        uR"(image_urls: list_type: Image URLs must be a list of addresses, not "https://example.com/a.png".)"_s);
    row("a reference that is none", edit, also(R"("image_urls":["reference:00",7])"),
        u"image_urls/1: string_type: Image URLs: entry 2 is no address."_s);
    Json many = withPrompt("abc");
    for (int i = 0; i < 15; ++i)
        many["image_urls"].push_back("reference:00");
    row("15 references", edit, many,
        u"image_urls/14: sequence_too_long: 15 reference pictures, at most 14 are taken "
        "(fal's API reference of Nano Banana 2: up to 14 reference images for editing)."_s);
    row("video as a number", edit, also(R"("video_url":3,"image_urls":["reference:00"])"),
        u"video_url: string_type: Video URL must be text, not 3."_s);
    row("not an object", nb2, json("[]"), u": dict_type: An input is a JSON object."_s);
    row("nothing", nb2, Json(), u": dict_type: An input is a JSON object."_s);
}

void InputTest::refuses()
{
    QFETCH(QByteArray, id);
    QFETCH(Json, input);
    QFETCH(QString, expected);
    const std::vector<Error> errors = validateInput(endpoint(id.constData()), input);
    QCOMPARE(told(errors).join(u'\n'), expected);
    for (const Error &error : errors)
        QCOMPARE(error.kind, ErrorKind::InvalidInput);
}

void InputTest::countsCharacters_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<int>("characters");
    QTest::newRow("ascii") << "abc"_ba << 3;
    QTest::newRow("umlaut") << "\xC3\xBC"_ba << 1;
    QTest::newRow("euro") << "\xE2\x82\xAC"_ba << 1;
    QTest::newRow("emoji") << "\xF0\x9F\x98\x80"_ba << 1;
    QTest::newRow("family of three and two joiners") << u"👨‍👩‍👧"_s.toUtf8() << 5;
    QTest::newRow("combining") << "e\xCC\x81"_ba << 2;
}

void InputTest::countsCharacters()
{
    // The library that validates and the words we make of it must count alike: a schema that allows just this many
    // takes the text, one less does not, and says the number we counted.
    QFETCH(QByteArray, text);
    QFETCH(int, characters);
    QCOMPARE(charactersIn(Json(text.toStdString())), characters);
    Endpoint counting;
    counting.schema.parameters.push_back({ .name = u"p"_s, .title = u"P"_s, .kind = ParameterKind::Text });
    Json input = Json::object();
    input["p"] = text.toStdString();
    for (const int most : { characters, characters - 1 }) {
        counting.schema.parameters[0].maxLength = most;
        counting.schema.validation = *parseJson(R"({"type":"object","properties":{"p":{"type":"string"}}})");
        counting.schema.validation["properties"]["p"]["maxLength"] = most;
        QCOMPARE(validateInput(counting, input).size(), size_t(most < characters));
    }
    counting.schema.validation["properties"]["p"]["maxLength"] = 0;
    counting.schema.parameters[0].maxLength = 0;
    QVERIFY(validateInput(counting, input).front().message.contains(QString::number(characters)));
}

void InputTest::oneErrorAField()
{
    const Json input = *parseJson(
        R"({"thinking_level":1,"num_images":9,"prompt":"","image_urls":[1,"x",null],"seed":"x","nested":{"a":1}})");
    const std::vector<Error> errors = validateInput(endpoint(edit), input);
    QStringList fields;
    for (const Error &error : errors) {
        fields.append(error.field);
        QVERIFY(!error.message.isEmpty() && !error.type.isEmpty());
    }
    QCOMPARE(fields,
        (QStringList {
            u"prompt"_s, u"num_images"_s, u"seed"_s, u"image_urls/0"_s, u"image_urls/2"_s, u"thinking_level"_s }));
}

void InputTest::everyEdgeOfEveryParameter()
{
    // From the documents, so a refreshed one is covered: every choice and range end is taken, what lies beyond is not.
    int taken = 0;
    int refused = 0;
    for (const Endpoint &model : catalog().endpoints()) {
        Json base = withPrompt("a prompt");
        if (!model.requireAnyOf.isEmpty())
            base["image_urls"] = Json::array({ "reference:00" });
        const auto check = [&](const Parameter &parameter, const Json &value, bool good) {
            Json input = base;
            input[parameter.name.toStdString()] = value;
            const std::vector<Error> errors = validateInput(model, input);
            const QString what = model.id.text + u' ' + parameter.name + u" = "_s + toQString(value).left(30);
            QVERIFY2(errors.empty() == good, qPrintable(what));
            QVERIFY2(good || errors.front().field == parameter.name, qPrintable(what));
            ++(good ? taken : refused);
        };
        for (const Parameter &parameter : model.schema.parameters) {
            for (const Json &choice : parameter.choices)
                check(parameter, choice, true);
            if (parameter.defaultValue)
                check(parameter, *parameter.defaultValue, true);
            if (parameter.nullable)
                check(parameter, Json(), true);
            if (parameter.minimum) {
                check(parameter, qint64(*parameter.minimum), true);
                check(parameter, qint64(*parameter.minimum) - 1, false);
            }
            if (parameter.maximum) {
                check(parameter, qint64(*parameter.maximum), true);
                check(parameter, qint64(*parameter.maximum) + 1, false);
            }
            if (parameter.minLength) {
                check(parameter, std::string(size_t(*parameter.minLength), 'x'), true);
                check(parameter, std::string(size_t(*parameter.minLength) - 1, 'x'), false);
            }
            if (parameter.maxLength) {
                check(parameter, std::string(size_t(*parameter.maxLength), 'x'), true);
                check(parameter, std::string(size_t(*parameter.maxLength) + 1, 'x'), false);
            }
            if (parameter.kind == ParameterKind::Boolean) {
                check(parameter, true, true);
                check(parameter, false, true);
                check(parameter, 0, false);
            }
            if (parameter.kind == ParameterKind::Choice)
                check(parameter, "no such choice", false);
        }
    }
    QVERIFY(taken > 250);
    QVERIFY(refused > 60);
}

void InputTest::foreignConstraints_data()
{
    QTest::addColumn<QByteArray>("schema");
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<QString>("message");
    const auto row = [](const char *schema, const char *value, const QString &message) {
        QTest::addRow("%s %s", schema, value) << QByteArray(schema) << QByteArray(value) << message;
    };
    row(R"({"type":"number","exclusiveMinimum":0})", "0", u"P must be more than 0, not 0."_s);
    row(R"({"type":"number","exclusiveMinimum":0})", "0.001", QString());
    row(R"({"type":"number","minimum":1,"exclusiveMaximum":2})", "2.0", u"P must be less than 2, not 2.0."_s);
    row(R"({"type":"number","minimum":0.5})", "0.25", u"P must be at least 0.5, not 0.25."_s);
    row(R"({"type":"integer","maximum":9007199254740993})", "9007199254740994",
        u"P must be at most 9.00719925474099e+15, not 9007199254740994."_s);
    row(R"({"type":"integer","multipleOf":8})", "12", u"P must be a multiple of 8, not 12."_s);
    row(R"({"type":"integer","multipleOf":8})", "16", QString());
    row(R"({"type":"number"})", "true", u"P must be a number, not true."_s);
    row(R"({"type":"number"})", "3", QString());
    row(R"({"type":"array","minItems":2,"items":{"type":"string","format":"uri"}})", R"(["a"])",
        u"P: 1 given, at least 2."_s);
    row(R"({"type":"array","maxItems":1})", R"([1,2])", u"P: 2 given, at most 1."_s);
    row(R"({"type":"array","maxItems":1,"items":{"type":"string","_fal_ui_field":"image"}})", R"(["a","b"])",
        u"P: 2 given, at most 1."_s);
    row(R"({"enum":[1,2]})", "3", u"P: 3 is not one of 1, 2."_s);
    row(R"({"const":"a"})", R"("b")", uR"(P: "b" is not one of a.)"_s);
    row(R"({"anyOf":[{"enum":["a"]},{"type":"null"}]})", R"("b")", uR"(P: "b" is not one of a.)"_s);
    row(R"({"type":"string"})", R"("")", QString());
}

void InputTest::foreignConstraints()
{
    QFETCH(QByteArray, schema);
    QFETCH(QByteArray, value);
    QFETCH(QString, message);
    Json document = *parseJson(
        R"({"paths":{"/me/model":{"post":{"requestBody":{"content":{"application/json":{"schema":{}}}}}}}})");
    Json &input = document["paths"]["/me/model"]["post"]["requestBody"]["content"]["application/json"]["schema"];
    input["properties"]["p"] = *parseJson(schema);
    Endpoint foreign;
    foreign.schema = *parseInputSchema(document);
    Json given = Json::object();
    given["p"] = *parseJson(value);
    const std::vector<Error> errors = validateInput(foreign, given);
    QCOMPARE(errors.size(), size_t(message.isEmpty() ? 0 : 1));
    if (!errors.empty()) {
        QCOMPARE(errors.front().message, message);
        QCOMPARE(errors.front().field, u"p"_s);
    }
}

void InputTest::foreignSchemas()
{
    // Shapes without an editor of their own are still checked, and say where.
    Endpoint foreign;
    foreign.schema.validation = *parseJson(
        R"({"type":"object","additionalProperties":false,"properties":{"o":{"type":"object","required":["a"],
            "properties":{"a":{"type":"array","items":{"type":"integer"}}}},"two":{"anyOf":[{"type":"string"},{"type":"integer"}]}}})");
    foreign.schema.parameters = { { .name = u"o"_s, .title = u"O"_s }, { .name = u"two"_s, .title = u"Two"_s } };
    const auto fieldsOf = [&](const char *input) {
        QStringList fields;
        for (const Error &error : validateInput(foreign, *parseJson(input)))
            fields.append(error.message.isEmpty() ? u"(no words)"_s : error.field);
        return fields;
    };
    QCOMPARE(fieldsOf(R"({"o":{"a":[1,2]},"two":3})"), QStringList());
    QCOMPARE(fieldsOf(R"({"o":{"a":[1,"x"]}})"), QStringList { u"o/a/1"_s });
    QCOMPARE(fieldsOf(R"({"o":{}})"), QStringList { u"o"_s });
    QCOMPARE(fieldsOf(R"({"two":[]})"), QStringList { u"two"_s });
    QCOMPARE(fieldsOf(R"({"other":1})"), QStringList { QString() });
    foreign.schema.validation = *parseJson(R"({"type":"object","properties":{"o":{"type":"quaternion"}}})");
    QCOMPARE(fieldsOf(R"({"o":1})"), QStringList { QString() }); // a schema nobody can use lets nothing through
}

void InputTest::normalises_data()
{
    QTest::addColumn<QByteArray>("given");
    QTest::addColumn<QByteArray>("normal");
    QTest::addColumn<QStringList>("warnings");
    const auto row = [](const char *name, const char *given, const char *normal, const QStringList &warnings) {
        QTest::newRow(name) << QByteArray(given) << QByteArray(normal) << warnings;
    };
    row("as it is", R"({"prompt":"p"})", R"({"prompt":"p"})", {});
    row("in order", R"({"seed":1,"num_images":2,"prompt":"p"})", R"({"prompt":"p","num_images":2,"seed":1})", {});
    row("nulls", R"({"prompt":"p","seed":null,"sync_mode":null})", R"({"prompt":"p"})", {});
    row("null of what is needed", R"({"prompt":null})", R"({"prompt":null})", {});
    row("alias", R"({"prompt":"p","enable_google_search":true})", R"({"prompt":"p","enable_web_search":true})",
        { uR"("enable_google_search" was taken as enable_web_search.)"_s });
    row("alias beside its name", R"({"enable_google_search":true,"enable_web_search":false,"prompt":"p"})",
        R"({"prompt":"p","enable_web_search":false})",
        { uR"("enable_google_search" was left out: it means enable_web_search, which is given too.)"_s });
    row("unknown", R"({"zeta":{"a":[1]},"prompt":"p","alpha":null})", R"({"prompt":"p","zeta":{"a":[1]},"alpha":null})",
        { uR"("zeta" is not known to Nano Banana 2; it is sent as it is.)"_s,
            uR"("alpha" is not known to Nano Banana 2; it is sent as it is.)"_s });
    row("wrong types stay", R"({"prompt":3,"num_images":"x"})", R"({"prompt":3,"num_images":"x"})", {});
    row("a percent sign", R"({"prompt":"p","%1 %2":1})", R"({"prompt":"p","%1 %2":1})",
        { uR"("%1 %2" is not known to Nano Banana 2; it is sent as it is.)"_s });
}

void InputTest::normalises()
{
    QFETCH(QByteArray, given);
    const Result<NormalisedInput> result = normaliseInput(endpoint(nb2), *parseJson(given));
    QVERIFY(result);
    QTEST(toBytes(result->input), "normal");
    QTEST(result->warnings, "warnings");
    // Doing it twice changes nothing.
    QCOMPARE(toBytes(normaliseInput(endpoint(nb2), result->input)->input), toBytes(result->input));
}

void InputTest::refusesToNormalise()
{
    for (const char *json : { "[]", "null", "\"prompt\"", "3" })
        QCOMPARE(normaliseInput(endpoint(nb2), *parseJson(json)).error().kind, ErrorKind::InvalidInput);
}

void InputTest::collectsDefaults()
{
    QCOMPARE(toBytes(defaultsOf(endpoint(nb2))),
        R"({"num_images":1,"aspect_ratio":"auto","output_format":"png","safety_tolerance":"4","sync_mode":false,)"
        R"("system_prompt":"","resolution":"1K","limit_generations":true,"enable_web_search":false})"_ba);
    Json input = defaultsOf(endpoint(nb2));
    input["prompt"] = "abc";
    QVERIFY(validateInput(endpoint(nb2), input).empty());
}

void InputTest::drawsSeeds()
{
    QSet<qint64> seeds;
    for (int i = 0; i < 100; ++i) {
        Json input = withPrompt("abc");
        if (i % 2)
            input["seed"] = nullptr;
        QVERIFY(drawSeed(endpoint(nb2), input));
        const std::optional<qint64> seed = integerAt(input, "seed");
        QVERIFY(seed && *seed >= 0 && *seed <= 0x7fffffff);
        seeds.insert(*seed);
    }
    QVERIFY(seeds.size() > 95);
    QVERIFY(std::any_of(seeds.begin(), seeds.end(), [](qint64 seed) { return seed > 0x3fffffff; }));

    for (const char *given : { R"({"prompt":"abc","seed":0})", R"({"prompt":"abc","seed":"wrong"})", "[]" }) {
        Json input = *parseJson(given);
        QVERIFY(!drawSeed(endpoint(nb2), input));
        QCOMPARE(toBytes(input), QByteArray(given));
    }
    Endpoint seedless;
    Json input = withPrompt("abc");
    QVERIFY(!drawSeed(seedless, input));
    QVERIFY(!input.contains("seed"));
}

void InputTest::drawsWithinTheSchema()
{
    Endpoint narrow;
    narrow.schema.parameters.push_back(
        { .name = u"seed"_s, .kind = ParameterKind::Integer, .minimum = 10, .maximum = 12 });
    QSet<qint64> seeds;
    for (int i = 0; i < 200; ++i) {
        Json input = Json::object();
        QVERIFY(drawSeed(narrow, input));
        seeds.insert(*integerAt(input, "seed"));
    }
    QCOMPARE(seeds, (QSet<qint64> { 10, 11, 12 }));
}

} // namespace plantain

QTEST_GUILESS_MAIN(plantain::InputTest)
#include "tst_input.moc"
