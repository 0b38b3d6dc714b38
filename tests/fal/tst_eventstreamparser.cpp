#include "eventstreamparser.h"

#include <QTest>

using namespace plantain;

Q_DECLARE_METATYPE(std::vector<plantain::StreamEvent>)

class TestEventStreamParser : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void stream_data();
    void stream();
    void lineLimit();
    void eventLimit();
    void brokenStaysBroken();
    void manySmallEvents();
};

namespace {

std::vector<StreamEvent> inPieces(const QByteArray &bytes, const std::vector<qsizetype> &cuts)
{
    EventStreamParser parser;
    std::vector<StreamEvent> events;
    qsizetype at = 0;
    const auto feed = [&](qsizetype end) {
        for (StreamEvent &event : parser.feed(QByteArrayView(bytes).sliced(at, end - at)))
            events.push_back(std::move(event));
        at = end;
    };
    for (const qsizetype cut : cuts)
        feed(cut);
    feed(bytes.size());
    return events;
}

} // namespace

void TestEventStreamParser::stream_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<std::vector<StreamEvent>>("events");
    using Events = std::vector<StreamEvent>;
    const auto data = [](const QByteArray &text) { return StreamEvent { {}, text, {} }; };

    QTest::newRow("nothing") << QByteArray() << Events {};
    QTest::newRow("one event") << QByteArray("data: a\n\n") << Events { data("a") };
    QTest::newRow("no final blank line") << QByteArray("data: a\n\ndata: b\n") << Events { data("a") };
    QTest::newRow("no final line end") << QByteArray("data: a\n\ndata: b") << Events { data("a") };
    QTest::newRow("CR") << QByteArray("data: a\r\rdata: b\r\r") << Events { data("a"), data("b") };
    QTest::newRow("CRLF") << QByteArray("data: a\r\n\r\ndata: b\r\n\r\n") << Events { data("a"), data("b") };
    QTest::newRow("mixed ends") << QByteArray("data: a\r\ndata: b\rdata: c\n\r\n\n\r") << Events { data("a\nb\nc") };
    QTest::newRow("LF CR is two ends") << QByteArray("data: a\n\rdata: b\n\n") << Events { data("a"), data("b") };
    QTest::newRow("byte order mark") << QByteArray("\xEF\xBB\xBF" "data: a\n\n") << Events { data("a") };
    QTest::newRow("two byte order marks") << QByteArray("\xEF\xBB\xBF\xEF\xBB\xBF" "data: a\n\ndata: b\n\n") << Events { data("b") };
    QTest::newRow("byte order mark later") << QByteArray("data: a\n\n\xEF\xBB\xBF" "data: b\n\ndata: c\n\n")
                                           << Events { data("a"), data("c") };
    QTest::newRow("several data lines") << QByteArray("data: a\ndata\ndata: c\n\n") << Events { data("a\n\nc") };
    QTest::newRow("data without colon") << QByteArray("data\n\n") << Events { data("") };
    QTest::newRow("empty data twice") << QByteArray("data\ndata\n\n") << Events { data("\n") };
    QTest::newRow("no space") << QByteArray("data:a\n\n") << Events { data("a") };
    QTest::newRow("one space goes") << QByteArray("data:  a \n\n") << Events { data(" a ") };
    QTest::newRow("tab stays") << QByteArray("data:\ta\n\n") << Events { data("\ta") };
    QTest::newRow("space before colon") << QByteArray("data : a\n\n") << Events {};
    QTest::newRow("space before name") << QByteArray(" data: a\n\n") << Events {};
    QTest::newRow("names are case sensitive") << QByteArray("Data: a\nDATA: b\n\n") << Events {};
    QTest::newRow("colon in value") << QByteArray("data: a:b: c\n\n") << Events { data("a:b: c") };
    QTest::newRow("comments") << QByteArray(": ping\n\n:\n: x\ndata: a\n: y\n\n") << Events { data("a") };
    QTest::newRow("only comments") << QByteArray(": ping\n\n: ping\n\n") << Events {};
    QTest::newRow("type") << QByteArray("event: foo\ndata: a\n\ndata: b\n\n") << Events { { "foo", "a", "" }, data("b") };
    QTest::newRow("type without data") << QByteArray("event: foo\n\ndata: a\n\n") << Events { data("a") };
    QTest::newRow("id lasts") << QByteArray("id: 1\ndata: a\n\ndata: b\n\nid\ndata: c\n\n")
                              << Events { { "", "a", "1" }, { "", "b", "1" }, data("c") };
    QTest::newRow("id with NUL") << QByteArrayLiteral("id: 1\ndata: a\n\nid: 2\0x\ndata: b\n\n")
                                 << Events { { "", "a", "1" }, { "", "b", "1" } };
    QTest::newRow("retry and rubbish") << QByteArray("retry: 10\nretry: x\nwhatever: 1\nnothing\ndata: a\n\n")
                                       << Events { data("a") };
    QTest::newRow("NUL in data") << QByteArray("data: a\0b\n\n", 11) << Events { data(QByteArray("a\0b", 3)) };
    QTest::newRow("UTF-8") << QByteArray("data: \xE2\x82\xAC \xF0\x9F\x8D\x8C\n\n") << Events { data("\xE2\x82\xAC \xF0\x9F\x8D\x8C") };
    QTest::newRow("not UTF-8") << QByteArray("data: \xFF\xC0\n\n") << Events { data("\xFF\xC0") };
    // After web-platform-tests, eventsource/format-*: each named for its file.
    const QByteArray nul(1, '\0'), comment(2048, 'x');
    QTest::newRow("bom") << QByteArray("\xEF\xBB\xBF" "data:1\n\n\xEF\xBB\xBF" "data:2\n\ndata:3\n\n") << Events { data("1"), data("3") };
    QTest::newRow("bom-2") << QByteArray("\xEF\xBB\xBF\xEF\xBB\xBF" "data:1\n\ndata:2\n\ndata:3\n\n") << Events { data("2"), data("3") };
    QTest::newRow("comments") << "data:1\r:" + nul + "\n:\r\ndata:2\n:" + comment + "\rdata:3\n:data:fail\r:" + comment + "\ndata:4\n\n"
                              << Events { data("1\n2\n3\n4") };
    QTest::newRow("data-before-final-empty-line") << QByteArray("retry:1000\ndata:test1\n\nid:test\ndata:test2") << Events { data("test1") };
    QTest::newRow("field-data") << QByteArray("data:\n\ndata\ndata\n\ndata:test\n\n") << Events { data(""), data("\n"), data("test") };
    QTest::newRow("field-event") << QByteArray("event:test\ndata:x\n\ndata:x\n\n") << Events { { "test", "x", "" }, data("x") };
    QTest::newRow("field-event-empty") << QByteArray("event: \ndata:data\n\n") << Events { data("data") };
    QTest::newRow("field-id") << QByteArray("id:\xE2\x80\xA6\ndata:hello\n\n") << Events { { "", "hello", "\xE2\x80\xA6" } };
    QTest::newRow("field-id-2") << QByteArray("data:a\nid:1\n\ndata:b\n\nid:\ndata:c\n\ndata:d\n\n")
                                << Events { { "", "a", "1" }, { "", "b", "1" }, data("c"), data("d") };
    QTest::newRow("field-id-null") << "id:" + nul + "1\ndata:a\n\nid:2" + nul + "\ndata:b\n\n" << Events { data("a"), data("b") };
    QTest::newRow("field-parsing") << "data:" + nul + "\ndata:  2\rData:1\ndata" + nul + ":2\ndata:1\r" + nul
            + "data:4\nda-ta:3\rdata_5\ndata:3\rdata:\r\n data:32\ndata:4\n\n"
                                   << Events { data(nul + "\n 2\n1\n3\n\n4") };
    QTest::newRow("field-retry-bogus") << QByteArray("retry:3000\nretry:1000x\ndata:x\n\n") << Events { data("x") };
    QTest::newRow("field-retry-empty") << QByteArray("retry\ndata:test\n\n") << Events { data("test") };
    QTest::newRow("field-unknown")
        << QByteArray("data:test\n data\ndata\nfoobar:xxx\njustsometext\n:thisisacommentyay\ndata:test\n\n")
        << Events { data("test\n\ntest") };
    QTest::newRow("leading-space") << QByteArray("data:\ttest\rdata: \ndata:test\n\n") << Events { data("\ttest\n\ntest") };
    QTest::newRow("newlines") << QByteArray("data:test\r\ndata\ndata:test\r\n\r") << Events { data("test\n\ntest") };
    QTest::newRow("null-character") << "data:" + nul + "\n\n\n\n" << Events { data(nul) };
    QTest::newRow("utf-8") << QByteArray("data:ok\xE2\x80\xA6\n\n") << Events { data("ok\xE2\x80\xA6") };
    QTest::newRow("as fal sends it")
        << QByteArray("data: {\"status\":\"IN_QUEUE\",\"queue_position\":1}\n\n: ping\n\ndata: {\"status\":\"COMPLETED\"}\n\n")
        << Events { data(R"({"status":"IN_QUEUE","queue_position":1})"), data(R"({"status":"COMPLETED"})") };
}

void TestEventStreamParser::stream()
{
    QFETCH(QByteArray, bytes);
    QFETCH(std::vector<StreamEvent>, events);
    QVERIFY(inPieces(bytes, {}) == events);
    const qsizetype stride = 1 + bytes.size() / 200; // long ones: every cut, and some of the pairs
    for (qsizetype first = 0; first <= bytes.size(); ++first) {
        QVERIFY2(inPieces(bytes, { first }) == events, qPrintable(QString::number(first)));
        for (qsizetype second = first; first % stride == 0 && second <= bytes.size(); second += stride)
            QVERIFY2(inPieces(bytes, { first, second }) == events, qPrintable(QString::number(second)));
    }
    std::vector<qsizetype> everywhere;
    for (qsizetype i = 1; i < bytes.size(); ++i)
        everywhere.push_back(i);
    QVERIFY(inPieces(bytes, everywhere) == events);
}

void TestEventStreamParser::lineLimit()
{
    const qsizetype limit = EventStreamParser::Limits().line;
    QCOMPARE(limit, 1024 * 1024);
    for (const QByteArray &start : { QByteArray("data: "), QByteArray(": "), QByteArray("x") }) {
        EventStreamParser fits;
        QVERIFY(fits.feed("data: before\n\n").size() == 1);
        fits.feed(start + QByteArray(limit - start.size(), 'x') + "\n\n");
        QVERIFY(!fits.isBroken());
        EventStreamParser breaks;
        QVERIFY(breaks.feed(start + QByteArray(limit - start.size() + 1, 'x')).empty());
        QVERIFY(breaks.isBroken());
    }
    EventStreamParser byPieces;
    for (int i = 0; i < 1100 && !byPieces.isBroken(); ++i)
        byPieces.feed(QByteArray(1024, 'x'));
    QVERIFY(byPieces.isBroken());
}

void TestEventStreamParser::eventLimit()
{
    EventStreamParser parser({ .line = 100, .event = 250 });
    const QByteArray line = "data: " + QByteArray(80, 'x') + '\n';
    QVERIFY(parser.feed(line + line + line).empty());
    QVERIFY(!parser.isBroken());
    QCOMPARE(parser.feed("\n").size(), size_t(1));
    QVERIFY(parser.feed(line + line + line + line + "\n").empty());
    QVERIFY(parser.isBroken());
    EventStreamParser empties({ .line = 100, .event = 250 });
    for (int i = 0; i < 300; ++i)
        empties.feed("data\n");
    QVERIFY(empties.isBroken());
}

void TestEventStreamParser::brokenStaysBroken()
{
    EventStreamParser parser({ .line = 10, .event = 100 });
    QCOMPARE(parser.feed("data: a\n\ndata: much too long\n\ndata: b\n\n").size(), size_t(1));
    QVERIFY(parser.isBroken());
    QVERIFY(parser.feed("\n\ndata: c\n\n").empty());
}

void TestEventStreamParser::manySmallEvents()
{
    QByteArray bytes;
    for (int i = 0; i < 100'000; ++i)
        bytes += "data: " + QByteArray::number(i) + "\n\n";
    EventStreamParser parser;
    const std::vector<StreamEvent> events = parser.feed(bytes);
    QCOMPARE(events.size(), size_t(100'000));
    QCOMPARE(events.back().data, "99999");
}

QTEST_APPLESS_MAIN(TestEventStreamParser)
#include "tst_eventstreamparser.moc"
