#include "runrecord.h"
#include "runsummary.h"

#include <QSet>
#include <QTest>

#include <array>

using namespace Qt::StringLiterals;

namespace plantain {

namespace {

constexpr std::array states { RunState::Intent, RunState::Sending, RunState::Accepted, RunState::Completed,
    RunState::Fetched, RunState::Done, RunState::Refused, RunState::Failed, RunState::Cancelled, RunState::Unknown };

QDateTime at(int second, int millisecond)
{
    return QDateTime(QDate(2026, 11, 22), QTime(8, 15, second, millisecond), Qt::UTC);
}

/// Every field differs from its default.
RunRecord fullRecord()
{
    RunRecord record;
    record.id.text = u"20261122T081500123-4f9a2c"_s;
    record.sequence = 4711;
    record.endpoint.text = u"fal-ai/nano-banana-2/edit"_s;
    record.server = u"fal"_s;
    record.input
        = *parseJson(R"({"prompt":"two 😀\nlines","num_images":3,"image_urls":["reference:ab"],"x":[1.5,null]})");
    record.sent = R"({"prompt":"two","num_images":3,"seed":7})";
    record.seedDrawn = true;
    record.warnings = { u"\"a\" was taken as b."_s, u"second"_s };
    record.references = { { .field = u"image_urls"_s,
                              .index = 1,
                              .sha256 = u"ab"_s,
                              .file = u"references/ab.png"_s,
                              .originalName = u"Grüße <b>.png"_s,
                              .part = u"a part nobody knows yet"_s,
                              .contentType = u"image/png"_s,
                              .hasMetadata = true,
                              .size = QSize(640, 480),
                              .bytes = 5'000'000'000,
                              .url = QUrl(u"https://v3.fal.media/files/a/b%20c.png?x=1%2B2"_s) },
        { .field = u"image_urls"_s, .index = 2, .url = QUrl(u"https://example.com/"_s) } };
    record.state = RunState::Failed;
    record.cancel = CancelOutcome::TooLate;
    record.requestId = u"764cabcf-b745-4b3e-ae38-1200304cf45b"_s;
    record.statusUrl = QUrl(u"https://queue.fal.run/fal-ai/nano-banana-2/requests/7/status"_s);
    record.responseUrl = QUrl(u"https://queue.fal.run/fal-ai/nano-banana-2/requests/7"_s);
    record.cancelUrl = QUrl(u"https://queue.fal.run/fal-ai/nano-banana-2/requests/7/cancel"_s);
    record.reply = "{\"images\": [ ],\n \"description\" : \"\xC3\xA9\"}";
    record.description = u"what it says"_s;
    record.images = { { .index = 0,
                          .sourceUrl = u"data:image/png"_s,
                          .file = u"images/2026/11/22/x-0.png"_s,
                          .sha256 = u"cd"_s,
                          .contentType = u"image/webp"_s,
                          .size = QSize(12288, 1536),
                          .bytes = 123,
                          .error = std::nullopt },
        { .index = 1,
            .sourceUrl = u"https://v3.fal.media/x.png"_s,
            .error = Error { .kind = ErrorKind::BadPicture, .type = u"truncated"_s } } };
    record.error = Error { .kind = ErrorKind::Model,
        .type = u"content_policy_violation"_s,
        .message = u"flagged"_s,
        .field = u"prompt"_s,
        .httpStatus = 422,
        .retryable = false,
        .retryAfterSeconds = 9 };
    record.price = Price { .amount = 0.365, .currency = u"USD"_s, .estimated = false, .formula = u"x"_s };
    record.note = u"my own"_s;
    record.createdAt = at(1, 1);
    record.sentAt = at(2, 20);
    record.acceptedAt = at(3, 300);
    record.startedAt = at(4, 4);
    record.completedAt = at(5, 50);
    record.endedAt = at(6, 600);
    record.inferenceSeconds = 4.25;
    return record;
}

} // namespace

class RunRecordTest final : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void wordsGoBothWays();
    void followsTheTable();
    void everyOpenStateCanEnd();
    void roundTrips();
    void roundTripsBytes_data();
    void roundTripsBytes();
    void leavesOutWhatIsNotThere();
    void takesWrongTypes();
    void doesNotTrustAnUnknownState();
    void refusesWhatIsNoRecord_data();
    void refusesWhatIsNoRecord();
    void readsTheInput();
    void summarises();
};

void RunRecordTest::wordsGoBothWays()
{
    QSet<QString> words;
    for (const RunState state : states) {
        words.insert(wordOf(state));
        QCOMPARE(runStateOf(wordOf(state)), state);
    }
    QCOMPARE(words.size(), qsizetype(states.size()));
    QCOMPARE(runStateOf(u"Intent"_s), std::nullopt);
    for (const auto outcome : { CancelOutcome::NotAsked, CancelOutcome::Asked, CancelOutcome::Removed,
             CancelOutcome::Requested, CancelOutcome::TooLate, CancelOutcome::NotKnown })
        QCOMPARE(cancelOutcomeOf(wordOf(outcome)), outcome);
    QCOMPARE(cancelOutcomeOf(QString()), std::nullopt);
}

void RunRecordTest::followsTheTable()
{
    // One line a state, in the order of `states`: what may come after it ("." is no).
    const std::array<const char *, 10> table {
        // ISACFDrfcu
        "IS....rfc.", // intent
        "ISA...r.cu", // sending
        "..AC...fc.", // accepted
        "...CF..f..", // completed
        "....FD....", // fetched
        ".....D....", // done
        "......r...", // refused
        "..A....f..", // failed
        "........c.", // cancelled
        "..A.....cu", // unknown
    };
    for (size_t from = 0; from < states.size(); ++from) {
        for (size_t to = 0; to < states.size(); ++to) {
            QVERIFY2(mayFollow(states[from], states[to]) == (table[from][to] != '.'),
                qPrintable(wordOf(states[from]) + u" -> "_s + wordOf(states[to])));
        }
    }
}

void RunRecordTest::everyOpenStateCanEnd()
{
    for (const RunState state : states) {
        bool goesOn = false;
        for (const RunState next : states)
            goesOn = goesOn || (next != state && mayFollow(state, next));
        QVERIFY2(isFinal(state) || goesOn, qPrintable(wordOf(state)));
    }
    QVERIFY(!isFinal(RunState::Intent) && !isFinal(RunState::Fetched));
    QVERIFY(isFinal(RunState::Unknown) && isFinal(RunState::Done) && isFinal(RunState::Failed));
}

void RunRecordTest::roundTrips()
{
    const RunRecord record = fullRecord();
    const QByteArray bytes = toPrettyBytes(toJson(record));
    QVERIFY(bytes.contains("\"state\": \"failed\""));
    QVERIFY(bytes.contains("\"created_at\": \"2026-11-22T08:15:01.001Z\""));
    const Result<RunRecord> read = runRecordFromJson(*parseJson(bytes));
    QVERIFY(read);
    QCOMPARE(toPrettyBytes(toJson(*read)), bytes);
    QVERIFY(*read == record);
    QCOMPARE(read->createdAt.timeSpec(), Qt::UTC);

    for (const RunState state : states) {
        RunRecord other = record;
        other.state = state;
        QVERIFY(*runRecordFromJson(toJson(other)) == other);
    }
    RunRecord bare;
    bare.id.text = u"r1"_s;
    QVERIFY(*runRecordFromJson(toJson(bare)) == bare);
}

void RunRecordTest::roundTripsBytes_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<bool>("readable");
    QTest::newRow("json") << "{ \"a\":1 }\r\n"_ba << true;
    QTest::newRow("emoji") << "\xF0\x9F\x98\x80"_ba << true;
    QTest::newRow("NUL inside") << "a\0b"_ba << true;
    QTest::newRow("byte order mark") << "\xEF\xBB\xBF{}"_ba << false;
    QTest::newRow("latin 1") << "caf\xE9"_ba << false;
    QTest::newRow("surrogate") << "\xED\xA0\x80"_ba << false;
    QTest::newRow("every byte") << [] {
        QByteArray all;
        for (int byte = 0; byte < 256; ++byte)
            all.append(char(byte));
        return all;
    }() << false;
}

void RunRecordTest::roundTripsBytes()
{
    QFETCH(QByteArray, bytes);
    RunRecord record;
    record.id.text = u"r1"_s;
    record.sent = bytes;
    record.reply = bytes;
    const Json json = *parseJson(toPrettyBytes(toJson(record)));
    QTEST(json["reply"].is_string(), "readable");
    const Result<RunRecord> read = runRecordFromJson(json);
    QCOMPARE(read->sent, bytes);
    QCOMPARE(read->reply, bytes);
}

void RunRecordTest::leavesOutWhatIsNotThere()
{
    RunRecord record;
    record.id.text = u"r1"_s;
    QCOMPARE(toBytes(toJson(record)), R"({"run":"r1","state":"intent"})"_ba);
}

void RunRecordTest::takesWrongTypes()
{
    const Json whole = toJson(fullRecord());
    const std::array wrong { Json(), Json(true), Json(-1), Json(1e300), Json("\xC3\x28"), Json("x"),
        Json::array({ 1, "x" }), Json { { "a", 1 } }, Json::array({ Json::object(), Json::array() }) };
    int tried = 0;
    for (const auto &[key, value] : whole.items()) {
        for (const Json &other : wrong) {
            Json json = whole;
            json[key] = other;
            const Result<RunRecord> read = runRecordFromJson(json);
            QVERIFY(read || key == "run");
            ++tried;
        }
    }
    // The same one level down, in the lists and objects.
    for (const char *list : { "images", "references" }) {
        for (const auto &[key, value] : whole[list][0].items()) {
            for (const Json &other : wrong) {
                Json json = whole;
                json[list][0][key] = other;
                QVERIFY(runRecordFromJson(json));
                ++tried;
            }
        }
    }
    for (const char *object : { "error", "price" }) {
        for (const auto &[key, value] : whole[object].items()) {
            for (const Json &other : wrong) {
                Json json = whole;
                json[object][key] = other;
                QVERIFY(runRecordFromJson(json));
                ++tried;
            }
        }
    }
    QVERIFY(tried > 400);
}

void RunRecordTest::doesNotTrustAnUnknownState()
{
    for (const char *json : { R"({"run":"r1"})", R"({"run":"r1","state":"dreaming"})", R"({"run":"r1","state":0})" }) {
        const Result<RunRecord> read = runRecordFromJson(*parseJson(json));
        QVERIFY(read);
        QCOMPARE(read->state, RunState::Unknown);
    }
}

void RunRecordTest::refusesWhatIsNoRecord_data()
{
    QTest::addColumn<QByteArray>("json");
    for (const char *json : { "null", "[]", "3", "\"run\"", "{}", R"({"run":""})", R"({"run":7})",
             R"({"run":"../../etc"})", R"({"run":"a/b"})", R"({"run":"a\u0000b"})", R"({"run":".."})" }) {
        QTest::newRow(json) << QByteArray(json);
    }
}

void RunRecordTest::refusesWhatIsNoRecord()
{
    QFETCH(QByteArray, json);
    QVERIFY(!runRecordFromJson(*parseJson(json)));
}

void RunRecordTest::readsTheInput()
{
    RunRecord record;
    QCOMPARE(record.prompt(), QString());
    QCOMPARE(record.imagesAsked(), 1);
    record.input = *parseJson(R"({"prompt":"p","num_images":4})");
    QCOMPARE(record.prompt(), u"p"_s);
    QCOMPARE(record.imagesAsked(), 4);
    QVERIFY(record.inputAsSent() == record.input);
    record.sent = R"({"prompt":"p","num_images":4,"seed":5})";
    QCOMPARE(integerAt(record.inputAsSent(), "seed"), 5);
    record.sent = "{\"prompt\":\"" + QByteArray(6 * 1024 * 1024, 'x') + "\"}";
    QCOMPARE(stringAt(record.inputAsSent(), "prompt").size(), qsizetype(6 * 1024 * 1024));
    record.sent = "not json";
    QVERIFY(record.inputAsSent() == record.input);
    record.input["num_images"] = -5;
    QCOMPARE(record.imagesAsked(), 1);
}

void RunRecordTest::summarises()
{
    const RunRecord record = fullRecord();
    const RunSummary summary = summaryOf(record);
    QCOMPARE(summary.id, record.id);
    QCOMPARE(summary.sequence, record.sequence);
    QCOMPARE(summary.endpoint, record.endpoint);
    QCOMPARE(summary.server, record.server);
    QCOMPARE(summary.state, record.state);
    QCOMPARE(summary.prompt, record.prompt());
    QCOMPARE(summary.imagesAsked, 3);
    QVERIFY(summary.images == record.images);
    QCOMPARE(summary.error, record.error);
    QCOMPARE(summary.cancel, record.cancel);
    QCOMPARE(summary.price, record.price);
    QCOMPARE(summary.createdAt, record.createdAt);
    QCOMPARE(summary.endedAt, record.endedAt);
}

} // namespace plantain

QTEST_GUILESS_MAIN(plantain::RunRecordTest)
#include "tst_runrecord.moc"
