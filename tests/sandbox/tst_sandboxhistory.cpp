#include "sandboxprobe.h"

#include <QDateTime>
#include <QTest>

using namespace plantain;
using namespace Qt::StringLiterals;

namespace {

const QByteArray app = "/fal-ai/nano-banana-2";

} // namespace

/// The part of the Platform API that finds a lost run again (fal-protocol.md 9.2).
class tst_SandboxHistory : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void history();
    void historyPages();
    void historyWithoutPayloads();
    void pricing();

private:
    SandboxFixture m_fixture;
};

void tst_SandboxHistory::history()
{
    const SandboxProbe server = m_fixture.start({ .latencySeconds = 0, .concurrency = 1 });
    const QByteArray target = "/v1/models/requests/by-endpoint?endpoint_id=fal-ai%2Fnano-banana-2";
    const Json input { { "prompt", "sandbox: images=0" }, { "seed", 41 }, { "unknown", true } };
    const QByteArray first = server.submit(input);
    server.follow(first, false);
    const QByteArray failed = server.submit(promptOnly("sandbox: error=content_policy_violation"));
    server.follow(failed, false);
    const QByteArray sync = server.submit({ { "prompt", "sandbox: size=8x8" }, { "sync_mode", true } });
    server.follow(sync, false);
    const QByteArray other = server.submit(promptOnly("sandbox: images=0"), "fal-ai/nano-banana-2/edit");
    server.follow(other, false);
    const QByteArray open = server.submit(promptOnly("sandbox: slow=60"));
    QVERIFY(server.waitForState(open, "IN_PROGRESS"));

    const Json page = server.get(target + "&expand=payloads").json();
    QVERIFY(page["has_more"] == Json(false));
    QVERIFY(page["next_cursor"].is_null());
    const Json &items = page["items"];
    QCOMPARE(items.size(), size_t(4));
    const QByteArray expected[] = { open, sync, failed, first }; // newest first, of this endpoint alone
    for (size_t i = 0; i < 4; ++i)
        QCOMPARE(stringAt(items[i], "request_id").toLatin1(), expected[i]);
    const Json &entry = items[3];
    QCOMPARE(stringAt(entry, "endpoint_id"), u"fal-ai/nano-banana-2"_s);
    QCOMPARE(toBytes(entry["json_input"]), toBytes(input)); // as sent
    QVERIFY(arrayAt(entry["json_output"], "images"));
    QCOMPARE(integerAt(entry, "status_code"), 200);
    for (const char *time : { "sent_at", "started_at", "ended_at" })
        QVERIFY(QDateTime::fromString(stringAt(entry, time), Qt::ISODateWithMs).isValid());
    QCOMPARE(integerAt(items[2], "status_code"), 422);
    QVERIFY(items[1]["json_output"].is_null()); // sync_mode keeps no output
    QVERIFY(items[0]["ended_at"].is_null());
    QVERIFY(items[0]["status_code"].is_null());
    QCOMPARE(stringAt(items[0]["json_input"], "prompt"), u"sandbox: slow=60"_s);

    QVERIFY(!server.get(target).json()["items"][0].contains("json_input"));
    QVERIFY(server.get(target + "&start=2999-01-01T00:00:00.000Z").json()["items"].empty());
    QCOMPARE(server.get(target + "&start=yesterday").status, 422);
    QCOMPARE(server.get("/v1/models/requests/by-endpoint").status, 422);
    QVERIFY(SandboxProbe(server.port(), "another:key").get(target).json()["items"].empty());
    const RawReply stranger = SandboxProbe(server.port(), "").get(target);
    QCOMPARE(stranger.status, 401);
    QCOMPARE(stringAt(stranger.json()["error"], "type"), u"authorization_error"_s);
}

void tst_SandboxHistory::historyPages()
{
    const SandboxProbe server = m_fixture.start({ .latencySeconds = 0 });
    QList<QByteArray> ids;
    for (int i = 0; i < 7; ++i)
        ids.prepend(server.submit(promptOnly("sandbox: images=0")));
    const QByteArray target = "/v1/models/requests/by-endpoint?endpoint_id=fal-ai/nano-banana-2&limit=3";
    QList<QByteArray> seen;
    QByteArray cursor;
    for (int page = 0; page < 3; ++page) {
        const Json reply = server.get(target + (cursor.isEmpty() ? "" : "&cursor=" + cursor)).json();
        for (const Json &item : reply["items"])
            seen.append(stringAt(item, "request_id").toLatin1());
        QVERIFY(reply["has_more"] == Json(page < 2));
        cursor = stringAt(reply, "next_cursor").toLatin1();
    }
    QCOMPARE(seen, ids);
}

void tst_SandboxHistory::historyWithoutPayloads()
{
    const SandboxProbe server = m_fixture.start({ .latencySeconds = 0 });
    const RawReply reply = server.send("POST", app, R"({"prompt":"sandbox: images=0"})", { { "X-Fal-Store-IO", "0" } });
    server.follow(stringAt(reply.json(), "request_id").toLatin1(), false);
    const Json item
        = server.get("/v1/models/requests/by-endpoint?endpoint_id=fal-ai/nano-banana-2&expand=payloads").json()["items"][0];
    QVERIFY(item["json_input"].is_null());
    QVERIFY(item["json_output"].is_null());
}

void tst_SandboxHistory::pricing()
{
    const SandboxProbe server = m_fixture.start();
    const Json prices
        = server.get("/v1/models/pricing?endpoint_id=fal-ai/nano-banana-2&endpoint_id=fal-ai/nano-banana").json()["prices"];
    QCOMPARE(prices.size(), size_t(2));
    QCOMPARE(stringAt(prices[1], "endpoint_id"), u"fal-ai/nano-banana"_s);
    QCOMPARE(numberAt(prices[0], "unit_price"), 0.0);
}

QTEST_MAIN(tst_SandboxHistory)
#include "tst_sandboxhistory.moc"
