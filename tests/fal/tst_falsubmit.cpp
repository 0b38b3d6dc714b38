#include "falclient.h"
#include "fallimits.h"
#include "faultserver.h"
#include "testwait.h"

#include <QTest>

using namespace plantain;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using Fate = plantain::SubmitOutcome::Fate;

/// The submit over real connections: what left, how often, and what it is called. The server's record of POSTs is the
/// ledger that nothing here may exceed.
class TestFalSubmit : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void accepted();
    void script_data();
    void script();
    void eachOnAFreshConnection();
    void manyAtOnce();
    void notSent();
    void unsuitableEndpoint();
    void refusals_data();
    void refusals();
    void redirected_data();
    void redirected();
    void cancelled();
    void handleGone();
    void clientGone();
    void run();
    void runUnderScripts_data();
    void runUnderScripts();

private:
    struct Submitted
    {
        int times = 0;
        SubmitOutcome outcome;
    };
    CallHandle submit(Submitted &into, const EndpointId &endpoint = { u"fal-ai/nano-banana-2/edit"_s });

    std::unique_ptr<FaultServer> m_server;
    std::unique_ptr<FalClient> m_client;
    const QByteArray m_body = R"({"prompt":"a pot of banana jam","seed":7})";
    const QByteArray m_good = R"({"status":"IN_QUEUE","request_id":"764cabcf-b745-4b3e-ae38-1200304cf45b","queue_position":2})";
};

void TestFalSubmit::init()
{
    m_server = std::make_unique<FaultServer>();
    m_client = std::make_unique<FalClient>(Server::at(m_server->url()), [] { return QByteArray("id:word"); });
    FalLimits limits;
    limits.submit.deadline = limits.run.deadline = 700ms;
    limits.submit.replyBytes = limits.run.replyBytes = 500'000;
    m_client->setLimits(limits);
}

void TestFalSubmit::cleanup()
{
    m_client.reset();
    m_server.reset();
}

CallHandle TestFalSubmit::submit(Submitted &into, const EndpointId &endpoint)
{
    return m_client->submit(endpoint, m_body, [&into](const SubmitOutcome &outcome) {
        ++into.times;
        into.outcome = outcome;
    });
}

void TestFalSubmit::accepted()
{
    const QByteArray base = m_server->url(u"/fal-ai/nano-banana-2/requests/764cabcf"_s).toEncoded();
    m_server->on("POST", "/", { .body = R"({"request_id":"764cabcf-b745-4b3e-ae38-1200304cf45b","queue_position":3,"status_url":")"
            + base + R"(/status","response_url":")" + base + R"(","cancel_url":"https://evil.example/c"})" });
    m_client->setLimits({}); // the real ones
    Submitted submitted;
    const CallHandle call = submit(submitted);
    QCOMPARE(submitted.times, 0);
    WAIT_COMPARE(submitted.times, 1);
    QCOMPARE(submitted.outcome.fate, Fate::Accepted);
    QCOMPARE(submitted.outcome.requestId, u"764cabcf-b745-4b3e-ae38-1200304cf45b"_s);
    QCOMPARE(submitted.outcome.statusUrl.toEncoded(), base + "/status");
    QCOMPARE(submitted.outcome.responseUrl.toEncoded(), base);
    QVERIFY(submitted.outcome.cancelUrl.isEmpty());
    QCOMPARE(submitted.outcome.queuePosition, std::optional(3));
    const SeenRequest &seen = m_server->seen().front();
    QCOMPARE(seen.path, "/fal-ai/nano-banana-2/edit");
    QCOMPARE(seen.body, m_body);
    QCOMPARE(seen.header("authorization"), "Key id:word");
    QCOMPARE(seen.header("content-type"), "application/json");
    QCOMPARE(seen.header("accept"), "application/json");
    QCOMPARE(seen.header("content-length"), QByteArray::number(m_body.size()));
}

void TestFalSubmit::script_data()
{
    QTest::addColumn<FaultScript>("script");
    for (const auto &[name, script] : FaultServer::scripts())
        QTest::newRow(name) << script;
    QTest::newRow("nolen") << FaultScript::NoLength;
    QTest::newRow("truncated") << FaultScript::TruncatedBody;
}

void TestFalSubmit::script()
{
    QFETCH(FaultScript, script);
    m_server->on("POST", "/", { .body = m_good }, script);
    // Twice, because the second could find a connection of the first.
    for (int i = 1; i <= 2; ++i) {
        Submitted submitted;
        const CallHandle call = submit(submitted);
        WAIT_COMPARE(submitted.times, 1);
        QCOMPARE(submitted.outcome.fate, Fate::Unknown);
        QVERIFY(submitted.outcome.requestId.isEmpty());
        QVERIFY(submitted.outcome.error);
        QVERIFY2(submitted.outcome.error->kind == ErrorKind::NoAnswer || submitted.outcome.error->kind == ErrorKind::BadReply,
            qPrintable(wordOf(submitted.outcome.error->kind)));
        QCOMPARE(m_server->count("POST"), i);
    }
}

void TestFalSubmit::eachOnAFreshConnection()
{
    m_server->on("POST", "/", { .body = m_good });
    for (int i = 1; i <= 3; ++i) {
        Submitted submitted;
        const CallHandle call = submit(submitted);
        WAIT_COMPARE(submitted.times, 1);
        QCOMPARE(submitted.outcome.fate, Fate::Accepted);
        QCOMPARE(m_server->connections(), i);
    }
}

void TestFalSubmit::manyAtOnce()
{
    // No submit may end another, nor wait for one that hangs.
    m_client->setLimits({});
    m_server->on("POST", "/", { .body = m_good });
    m_server->on("POST", "/a/slow", {}, FaultScript::Stall);
    std::vector<Submitted> hanging(8), submitted(12);
    std::vector<CallHandle> calls;
    for (Submitted &one : hanging)
        calls.push_back(submit(one, { u"a/slow"_s }));
    WAIT_COMPARE(m_server->count("POST", "/a/slow"), 8);
    for (Submitted &one : submitted)
        calls.push_back(submit(one));
    for (Submitted &one : submitted) {
        WAIT_COMPARE(one.times, 1);
        QCOMPARE(one.outcome.fate, Fate::Accepted);
    }
    QCOMPARE(m_server->count("POST"), 20);
    for (Submitted &one : hanging)
        QCOMPARE(one.times, 0);
}

void TestFalSubmit::notSent()
{
    m_server.reset();
    Submitted submitted;
    const CallHandle call = submit(submitted);
    WAIT_COMPARE(submitted.times, 1);
    QCOMPARE(submitted.outcome.fate, Fate::NotSent);
    QCOMPARE(submitted.outcome.error->kind, ErrorKind::NotSent);
    QCOMPARE(submitted.outcome.error->type, u"refused"_s);
}

void TestFalSubmit::unsuitableEndpoint()
{
    Submitted submitted;
    const CallHandle call = submit(submitted, { u"a/../../b"_s });
    QCOMPARE(submitted.times, 0);
    WAIT_COMPARE(submitted.times, 1);
    QCOMPARE(submitted.outcome.fate, Fate::Refused);
    QCOMPARE(submitted.outcome.error->kind, ErrorKind::BadEndpoint);
    QCOMPARE(m_server->connections(), 0);
}

void TestFalSubmit::refusals_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<Fate>("fate");
    QTest::addColumn<ErrorKind>("kind");
    QTest::newRow("wrong key") << 401 << QByteArray(R"({"detail":"invalid key credentials"})") << Fate::Refused << ErrorKind::BadKey;
    QTest::newRow("no balance") << 403 << QByteArray(R"({"detail":"User is locked."})") << Fate::Refused << ErrorKind::Locked;
    QTest::newRow("no app") << 404 << QByteArray(R"({"detail":"not found"})") << Fate::Refused << ErrorKind::NotFound;
    QTest::newRow("input") << 422 << QByteArray(R"({"detail":[{"loc":["body","prompt"],"msg":"m","type":"missing"}]})")
                           << Fate::Refused << ErrorKind::Model;
    QTest::newRow("many") << 429 << QByteArray() << Fate::NotTaken << ErrorKind::RateLimited;
    QTest::newRow("fault") << 500 << QByteArray("oops") << Fate::Unknown << ErrorKind::ServerFault;
    QTest::newRow("gateway") << 502 << QByteArray("<html><title>502</title>") << Fate::Unknown << ErrorKind::ServerFault;
    QTest::newRow("page") << 200 << QByteArray("<html><title>Hello</title>") << Fate::Unknown << ErrorKind::BadReply;
    QTest::newRow("bad id") << 200 << QByteArray(R"({"request_id":"../../x"})") << Fate::Unknown << ErrorKind::BadReply;
}

void TestFalSubmit::refusals()
{
    QFETCH(int, status);
    QFETCH(QByteArray, body);
    QFETCH(Fate, fate);
    QFETCH(ErrorKind, kind);
    m_server->on("POST", "/", { .status = status, .body = body, .headers = { { "Retry-After", "9" } } });
    Submitted submitted;
    const CallHandle call = submit(submitted);
    WAIT_COMPARE(submitted.times, 1);
    QCOMPARE(submitted.outcome.fate, fate);
    QCOMPARE(wordOf(submitted.outcome.error->kind), wordOf(kind));
    QCOMPARE(submitted.outcome.error->httpStatus, status);
    QCOMPARE(submitted.outcome.reply, body);
    QCOMPARE(submitted.outcome.error->retryAfterSeconds, kind == ErrorKind::BadReply ? 0 : 9);
    QCOMPARE(m_server->count("POST"), 1);
}

void TestFalSubmit::redirected_data()
{
    QTest::addColumn<int>("status");
    for (const int status : { 301, 302, 303, 307, 308 })
        QTest::addRow("%d", status) << status;
}

void TestFalSubmit::redirected()
{
    QFETCH(int, status);
    FaultServer second;
    m_server->on("POST", "/", { .status = status, .headers = { { "Location", second.url(u"/x"_s).toEncoded() } } });
    Submitted submitted;
    const CallHandle call = submit(submitted);
    WAIT_COMPARE(submitted.times, 1);
    QCOMPARE(submitted.outcome.fate, Fate::Unknown);
    QCOMPARE(submitted.outcome.error->type, u"redirect"_s);
    QCOMPARE(second.connections(), 0);
    QCOMPARE(m_server->count("POST"), 1);
}

void TestFalSubmit::cancelled()
{
    m_server->on("POST", "/", {}, FaultScript::Stall);
    Submitted submitted;
    const CallHandle call = submit(submitted);
    WAIT_COMPARE(m_server->count("POST"), 1);
    call->cancel();
    QCOMPARE(submitted.times, 1);
    QCOMPARE(submitted.outcome.fate, Fate::Unknown);
    QCOMPARE(submitted.outcome.error->kind, ErrorKind::Cancelled);
    call->cancel();
    QCOMPARE(submitted.times, 1);

    Submitted atOnce;
    const CallHandle early = submit(atOnce);
    early->cancel();
    QCOMPARE(atOnce.times, 1);
    QCOMPARE(atOnce.outcome.fate, Fate::NotSent);
}

void TestFalSubmit::handleGone()
{
    m_server->on("POST", "/", {}, FaultScript::Stall);
    Submitted submitted;
    CallHandle call = submit(submitted);
    WAIT_COMPARE(m_server->count("POST"), 1);
    call.reset();
    WAIT_COMPARE(m_server->open(), 0);
    QCOMPARE(submitted.times, 0);

    // Inside its own handler.
    m_server->clear();
    m_server->on("POST", "/", { .body = m_good });
    int times = 0;
    CallHandle own;
    own = m_client->submit({ u"a/b"_s }, m_body, [&own, &times, kept = QByteArray(100, 'x')](const SubmitOutcome &) {
        own.reset();
        times += int(kept.size()) / 100;
    });
    WAIT_COMPARE(times, 1);
}

void TestFalSubmit::clientGone()
{
    m_server->on("POST", "/", {}, FaultScript::Stall);
    Submitted submitted;
    const CallHandle call = submit(submitted);
    WAIT_COMPARE(m_server->count("POST"), 1);
    m_client.reset();
    WAIT_COMPARE(m_server->open(), 0);
    call->cancel();
    QCOMPARE(submitted.times, 0);
}

void TestFalSubmit::run()
{
    const QByteArray result = R"({"images":[{"url":"u"}],"description":"kept  byte for byte"})";
    m_server->on("POST", "/run/fal-ai/nano-banana-2",
        { .body = result, .headers = { { "x-fal-request-id", "764cabcf-b745" }, { "X-Fal-Billable-Units", "2" } } });
    SyncOutcome outcome;
    int times = 0;
    const CallHandle call = m_client->run({ u"fal-ai/nano-banana-2"_s }, m_body, [&](const SyncOutcome &value) {
        outcome = value;
        ++times;
    });
    WAIT_COMPARE(times, 1);
    QCOMPARE(outcome.fate, Fate::Accepted);
    QCOMPARE(outcome.requestId, u"764cabcf-b745"_s);
    QCOMPARE(outcome.result.reply, result);
    QCOMPARE(outcome.result.billableUnits, std::optional(2.0));
    QVERIFY(!outcome.result.error);
    QCOMPARE(m_server->seen().front().header("authorization"), "Key id:word");
}

void TestFalSubmit::runUnderScripts_data()
{
    script_data();
}

void TestFalSubmit::runUnderScripts()
{
    QFETCH(FaultScript, script);
    m_server->on("POST", "/", { .body = R"({"images":[{"url":"https://example.com/x.png"}]})" }, script);
    std::optional<SyncOutcome> outcome;
    const CallHandle call = m_client->run({ u"a/b"_s }, m_body, [&](const SyncOutcome &value) { outcome = value; });
    WAIT_FOR(outcome.has_value());
    QVERIFY(outcome->result.error);
    QVERIFY(!outcome->result.finalWord);
    QVERIFY(outcome->fate == Fate::Unknown || outcome->fate == Fate::Accepted); // accepted, and the result is a torso
    QCOMPARE(m_server->count("POST"), 1);
}

QTEST_GUILESS_MAIN(TestFalSubmit)
#include "tst_falsubmit.moc"
