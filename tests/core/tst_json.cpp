#include "json.h"
#include "testpaths.h"

#include <QDir>
#include <QTest>

using namespace Qt::StringLiterals;

namespace plantain {

class JsonTest final : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void accepts_data();
    void accepts();
    void refuses_data();
    void refuses();
    void saysWhere_data();
    void saysWhere();
    void stopsAtDepth();
    void stopsAtSize();
    void stopsAtKeys();
    void stopsAtKeysOfAllObjects();
    void stopsAtValues_data();
    void stopsAtValues();
    void keepsOrderAndDigits();
    void writesWhatIsNotUtf8();
    void readsLeniently();
    void suite_data();
    void suite();
};

void JsonTest::accepts_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QByteArray>("written");
    QTest::newRow("object") << "{\"b\": 1, \"a\": [true, null]}"_ba
                            << R"({"b":1,"a":[true,null]})"_ba;
    QTest::newRow("number") << "3.0"_ba
                            << "3.0"_ba;
    QTest::newRow("integer") << "-7"_ba
                             << "-7"_ba;
    QTest::newRow("string") << "\"x\\u0000y\""_ba
                            << "\"x\\u0000y\""_ba;
    QTest::newRow("null") << " null\n"_ba
                          << "null"_ba;
    QTest::newRow("byte order mark") << "\xEF\xBB\xBF[]"_ba
                                     << "[]"_ba;
    QTest::newRow("nested") << R"({"a":{"b":[[],{}],"c":1},"d":2})"_ba
                            << R"({"a":{"b":[[],{}],"c":1},"d":2})"_ba;
    QTest::newRow("key twice") << R"({"a":1,"b":2,"a":3})"_ba
                               << R"({"a":3,"b":2})"_ba;
    QTest::newRow("brackets in a string") << "\"" + "["_ba.repeated(1000) + "\""
                                          << "\"" + "["_ba.repeated(1000) + "\"";
}

void JsonTest::accepts()
{
    QFETCH(QByteArray, bytes);
    const Result<Json> json = parseJson(bytes);
    QVERIFY2(json, json ? "" : qPrintable(json.error().message));
    QTEST(toBytes(*json), "written");
    QCOMPARE(parseJson(toPrettyBytes(*json)), json);
}

void JsonTest::refuses_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("empty") << ""_ba;
    QTest::newRow("space") << " \n"_ba;
    QTest::newRow("html") << "<html><body>502 Bad Gateway</body></html>"_ba;
    QTest::newRow("cut") << R"({"a": [1, 2)"_ba;
    QTest::newRow("two values") << "{} {}"_ba;
    QTest::newRow("comment") << "{} // yes"_ba;
    QTest::newRow("trailing comma") << "[1,]"_ba;
    QTest::newRow("single quotes") << "{'a': 1}"_ba;
    QTest::newRow("NaN") << "NaN"_ba;
    QTest::newRow("bare NUL") << "\"a\0b\""_ba;
    QTest::newRow("broken UTF-8") << "\"\xC3\x28\""_ba;
    QTest::newRow("surrogate in UTF-8") << "\"\xED\xA0\x80\""_ba;
    QTest::newRow("lone surrogate") << R"("\ud800")"_ba;
    QTest::newRow("double out of range") << "1e999"_ba;
}

void JsonTest::refuses()
{
    QFETCH(QByteArray, bytes);
    const Result<Json> json = parseJson(bytes);
    QVERIFY(!json);
    QCOMPARE(json.error().kind, ErrorKind::BadReply);
    QVERIFY(!json.error().message.isEmpty());
}

void JsonTest::saysWhere_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("place");
    QTest::newRow("first") << "x"_ba << u"line 1, column 1:"_s;
    QTest::newRow("same line") << R"({"a" 1})"_ba << u"line 1, column 6:"_s;
    QTest::newRow("third line") << "{\n  \"a\": 1,\n  b: 2\n}"_ba << u"line 3, column 3:"_s;
}

void JsonTest::saysWhere()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QString, place);
    const Result<Json> json = parseJson(bytes);
    QVERIFY(!json);
    QVERIFY2(json.error().message.startsWith(place), qPrintable(json.error().message));
}

void JsonTest::stopsAtDepth()
{
    QVERIFY(parseJson("["_ba.repeated(64) + "]"_ba.repeated(64)));
    const Result<Json> deep = parseJson("["_ba.repeated(65) + "]"_ba.repeated(65));
    QVERIFY(!deep);
    QCOMPARE(deep.error().type, u"too_deep"_s);
    QCOMPARE(parseJson(R"({"a":)"_ba.repeated(65)).error().type, u"too_deep"_s);
    const JsonLimits large { .bytes = 64 * 1024 * 1024 };
    QCOMPARE(parseJson("["_ba.repeated(5'000'000), large).error().type, u"too_deep"_s);
    QCOMPARE(parseJson("[{\"a\":"_ba.repeated(2'000'000), large).error().type, u"too_deep"_s);
    QVERIFY(parseJson("[[1],[2],[3]]", { .depth = 2 }));
    QVERIFY(!parseJson("[[1],[[2]]]", { .depth = 2 }));
}

void JsonTest::stopsAtSize()
{
    const QByteArray text = '"' + QByteArray(98, 'x') + '"';
    QVERIFY(parseJson(text, { .bytes = 100 }));
    const Result<Json> tooBig = parseJson(text, { .bytes = 99 });
    QVERIFY(!tooBig);
    QCOMPARE(tooBig.error().type, u"too_big"_s);
}

void JsonTest::stopsAtKeys()
{
    QByteArray bytes = "{";
    for (int i = 0; i < 200'000; ++i)
        bytes += "\"" + QByteArray::number(i) + "\":0,";
    bytes += "\"last\":0}";
    const Result<Json> json = parseJson(bytes);
    QVERIFY(!json);
    QCOMPARE(json.error().type, u"too_big"_s);
}

void JsonTest::stopsAtKeysOfAllObjects()
{
    // Each object is within the limit; all of them took seconds, and in the 320 MB a result may have, minutes.
    QByteArray object = "{";
    for (int i = 0; i < 4000; ++i)
        object += "\"" + QByteArray::number(i) + "\":0,";
    object += "\"last\":0}";
    QVERIFY(parseJson("[" + object + "," + object + "]"));
    const Result<Json> many = parseJson("[" + (object + ",").repeated(100) + "0]");
    QVERIFY(!many);
    QCOMPARE(many.error().type, u"too_big"_s);
}

void JsonTest::stopsAtValues_data()
{
    QTest::addColumn<QByteArray>("value");
    for (const char *value : { "0", "[]", "{}", "\"\"", "null", "{\"\":0}", "1.5" })
        QTest::newRow(value) << QByteArray(value);
}

void JsonTest::stopsAtValues()
{
    QFETCH(QByteArray, value);
    const JsonLimits large { .bytes = 320 * 1024 * 1024 };
    const qsizetype most = JsonLimits().values;
    QCOMPARE(most, 1'000'000);
    // With what holds them: the list, and in one row an object around each.
    const qsizetype inner = value.contains(':') ? 2 : 1;
    QVERIFY(parseJson("[" + (value + ",").repeated(most / inner - 2) + "0]", large));
    const Result<Json> more = parseJson("[" + (value + ",").repeated(most / inner) + "0]", large);
    QVERIFY(!more);
    QCOMPARE(more.error().kind, ErrorKind::BadReply);
    QCOMPARE(more.error().type, u"too_big"_s);
    // The rest is not read: a long one costs no more.
    QCOMPARE(parseJson("[" + (value + ",").repeated(8 * most), large).error().type, u"too_big"_s);
}

void JsonTest::keepsOrderAndDigits()
{
    const Result<Json> json
        = parseJson(R"({"z":18446744073709551615,"a":18446744073709551616,"m":9223372036854775807})");
    QVERIFY(json);
    QCOMPARE(json->begin().key(), "z");
    QCOMPARE((*json)["z"].get<quint64>(), std::numeric_limits<quint64>::max());
    QCOMPARE(stringAt(*json, "a"), u"18446744073709551616"_s);
    QCOMPARE(integerAt(*json, "m"), std::numeric_limits<qint64>::max());
    QCOMPARE(integerAt(*json, "z"), std::nullopt);
}

void JsonTest::writesWhatIsNotUtf8()
{
    Json json = Json::object();
    json["a"] = std::string("\xC3\x28");
    QVERIFY(QString::fromUtf8(toBytes(json)).contains(QChar::ReplacementCharacter));
    QVERIFY(!toPrettyBytes(json).isEmpty());
    QVERIFY(!toQString(json).isEmpty());
}

void JsonTest::readsLeniently()
{
    const Json json = *parseJson(R"({"s":"x","i":3,"d":3.0,"t":true,"o":{},"a":[],"n":null})");
    const Json none = *parseJson("[1]");
    for (const char *key : { "s", "i", "d", "t", "o", "a", "n", "missing" }) {
        const bool isString = QByteArrayView(key) == "s";
        QCOMPARE(stringAt(json, key, u"-"_s), isString ? u"x"_s : u"-"_s);
        QCOMPARE(integerAt(json, key).has_value(), QByteArrayView(key) == "i");
        QCOMPARE(numberAt(json, key).has_value(), QByteArrayView(key) == "i" || QByteArrayView(key) == "d");
        QCOMPARE(boolAt(json, key).has_value(), QByteArrayView(key) == "t");
        QCOMPARE(objectAt(json, key) != nullptr, QByteArrayView(key) == "o");
        QCOMPARE(arrayAt(json, key) != nullptr, QByteArrayView(key) == "a");
        QCOMPARE(stringAt(none, key, u"-"_s), u"-"_s);
        QVERIFY(!integerAt(none, key) && !objectAt(none, key) && !objectAt(Json(), key));
    }
    QCOMPARE(toQString(json), u"{\"s\":\"x\",\"i\":3,\"d\":3.0,\"t\":true,\"o\":{},\"a\":[],\"n\":null}"_s);
    const QString text = u"😀 \u202E <img src=x>"_s;
    QCOMPARE(toQString(toJson(text)), text);
}

void JsonTest::suite_data()
{
    QTest::addColumn<QString>("path");
    const std::optional<QString> material = materialFolder();
    if (!material)
        QSKIP("PLANTAIN_MATERIAL names no folder with the JSON suite");
    const QDir folder(*material + u"/json/test_parsing"_s);
    const QStringList names = folder.entryList({ u"*.json"_s }, QDir::Files);
    QVERIFY2(names.size() > 300, "the JSON suite is not whole");
    for (const QString &name : names)
        QTest::newRow(qPrintable(name)) << folder.filePath(name);
}

void JsonTest::suite()
{
    QFETCH(QString, path);
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QByteArray bytes = file.readAll();
    const Result<Json> json = parseJson(bytes);
    const QString name = QFileInfo(path).fileName();
    if (name.startsWith(u"y_"))
        QVERIFY2(json, json ? "" : qPrintable(json.error().message));
    if (name.startsWith(u"n_"))
        QVERIFY(!json);
    if (json)
        QCOMPARE(parseJson(toBytes(*json)), json);
    else
        QVERIFY(!json.error().message.isEmpty());
}

} // namespace plantain

QTEST_GUILESS_MAIN(plantain::JsonTest)
#include "tst_json.moc"
