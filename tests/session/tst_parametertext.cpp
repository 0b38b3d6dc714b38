#include "parametertext.h"

#include <QTest>

using namespace plantain;
using namespace Qt::StringLiterals;

namespace {

Parameter ofKind(ParameterKind kind)
{
    Parameter parameter;
    parameter.name = u"field"_s;
    parameter.title = u"Field"_s;
    parameter.kind = kind;
    return parameter;
}

} // namespace

class ParameterTextTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void reads_data();
    void reads();
    void refuses_data();
    void refuses();
    void emptyTextOverridesADefault();
    void choicesKeepTheirType();
};

void ParameterTextTest::reads_data()
{
    QTest::addColumn<int>("kind");
    QTest::addColumn<QString>("text");
    QTest::addColumn<QByteArray>("json"); // empty: unset
    const auto row = [](const char *name, ParameterKind kind, const QString &text, const QByteArray &json) {
        QTest::newRow(name) << static_cast<int>(kind) << text << json;
    };
    row("text", ParameterKind::Text, u" a b "_s, R"(" a b ")");
    row("empty text", ParameterKind::LongText, QString(), "");
    row("spaces are text", ParameterKind::LongText, u"  "_s, R"("  ")");
    row("integer", ParameterKind::Integer, u"42"_s, "42");
    row("integer with spaces", ParameterKind::Integer, u" 42 "_s, "42");
    row("negative", ParameterKind::Integer, u"-7"_s, "-7");
    row("leading zeros", ParameterKind::Integer, u"007"_s, "7");
    row("largest signed", ParameterKind::Integer, u"9223372036854775807"_s, "9223372036854775807");
    row("largest unsigned", ParameterKind::Integer, u"18446744073709551615"_s, "18446744073709551615");
    row("empty integer", ParameterKind::Integer, u"  "_s, "");
    row("real", ParameterKind::Number, u"0.5"_s, "0.5");
    row("real with a comma", ParameterKind::Number, u"0,5"_s, "0.5");
    row("whole real", ParameterKind::Number, u"3"_s, "3");
    row("exponent", ParameterKind::Number, u"1e3"_s, "1000.0");
    row("true", ParameterKind::Boolean, u"True"_s, "true");
    row("false", ParameterKind::Boolean, u"false"_s, "false");
    row("address", ParameterKind::Url, u" https://example.org/a.png\n"_s, R"("https://example.org/a.png")");
    row("addresses", ParameterKind::UrlList, u"https://a/1\n\n  https://b/2 \n"_s, R"(["https://a/1","https://b/2"])");
    row("no addresses", ParameterKind::UrlList, u"\n \n"_s, "");
    row("json", ParameterKind::Json, u"{\"b\": [1, 2], \"a\": null}"_s, R"({"b":[1,2],"a":null})");
    row("json null", ParameterKind::Json, u"null"_s, "");
}

void ParameterTextTest::reads()
{
    QFETCH(int, kind);
    QFETCH(QString, text);
    QFETCH(QByteArray, json);
    const Parameter parameter = ofKind(static_cast<ParameterKind>(kind));
    const auto read = valueFromText(parameter, text);
    QVERIFY2(read, read ? "" : qPrintable(read.error().message));
    QCOMPARE(*read ? toBytes(**read) : QByteArray(), json);
    if (*read) {
        // What is shown is read back as the same.
        const auto again = valueFromText(parameter, textOfValue(parameter, **read));
        QVERIFY(again && *again);
        QCOMPARE(toBytes(**again), json);
    }
}

void ParameterTextTest::refuses_data()
{
    QTest::addColumn<int>("kind");
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("says");
    const auto row = [](const char *name, ParameterKind kind, const QString &text, const QString &says) {
        QTest::newRow(name) << static_cast<int>(kind) << text << says;
    };
    row("letters", ParameterKind::Integer, u"4x"_s, u"whole number"_s);
    row("fraction", ParameterKind::Integer, u"2.5"_s, u"whole number"_s);
    row("minus alone", ParameterKind::Integer, u"-"_s, u"whole number"_s);
    row("beyond 64 bits", ParameterKind::Integer, u"99999999999999999999999"_s, u"too large"_s);
    row("words", ParameterKind::Number, u"many"_s, u"not a number"_s);
    row("not a number", ParameterKind::Number, u"nan"_s, u"not a number"_s);
    row("infinite", ParameterKind::Number, u"inf"_s, u"not a number"_s);
    row("too large", ParameterKind::Number, u"1e999"_s, u"not a number"_s);
    row("perhaps", ParameterKind::Boolean, u"perhaps"_s, u"neither"_s);
    row("broken json", ParameterKind::Json, u"{\"a\": "_s, u"line 1"_s);
    row("deep json", ParameterKind::Json, QString(100, u'[') + QString(100, u']'), u"64"_s);
}

void ParameterTextTest::refuses()
{
    QFETCH(int, kind);
    QFETCH(QString, text);
    QFETCH(QString, says);
    const auto read = valueFromText(ofKind(static_cast<ParameterKind>(kind)), text);
    QVERIFY(!read);
    QCOMPARE(read.error().kind, ErrorKind::InvalidInput);
    QCOMPARE(read.error().field, u"field"_s);
    QVERIFY2(read.error().message.contains(says), qPrintable(read.error().message));
}

void ParameterTextTest::emptyTextOverridesADefault()
{
    Parameter parameter = ofKind(ParameterKind::Text);
    parameter.defaultValue = Json("sepia");
    const auto read = valueFromText(parameter, {});
    QVERIFY(read && *read);
    QCOMPARE(toBytes(**read), QByteArray(R"("")"));
    parameter.defaultValue = Json("");
    QVERIFY(!*valueFromText(parameter, {}));
    parameter.defaultValue = Json("sepia");
    parameter.minLength = 1; // "" could never be sent
    QVERIFY(!*valueFromText(parameter, {}));
}

void ParameterTextTest::choicesKeepTheirType()
{
    Parameter parameter = ofKind(ParameterKind::Choice);
    parameter.choices = { Json("4"), Json("auto") };
    QCOMPARE(toBytes(**valueFromText(parameter, u"4"_s)), QByteArray(R"("4")"));
    parameter.choices = { Json(4), Json(8) };
    QCOMPARE(toBytes(**valueFromText(parameter, u"8"_s)), QByteArray("8"));
    QCOMPARE(toBytes(**valueFromText(parameter, u"9"_s)), QByteArray(R"("9")")); // for validation to refuse
}

QTEST_GUILESS_MAIN(ParameterTextTest)
#include "tst_parametertext.moc"
