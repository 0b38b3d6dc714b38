#include "sandboxprobe.h"

#include <QCryptographicHash>
#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>

using namespace plantain;
using namespace Qt::StringLiterals;

namespace {

const QByteArray app = "/fal-ai/nano-banana-2";

} // namespace

/// How work is handed in (fal-protocol.md 2, 6): what is taken, what is refused, and what the ledger says of it.
class tst_SandboxSubmit : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void submitReply();
    void editUrlsHaveNoSubPath();
    void unknownEndpoints();
    void startTimeout();
    void queueLengthLimit();
    void synchronousRun();
    void synchronousRunOverTheLimit();
    void ledger();
    void submitsOnDemand_data();
    void submitsOnDemand();
    void submitDropped();

private:
    SandboxFixture m_fixture;
};

void tst_SandboxSubmit::submitReply()
{
    const SandboxProbe server = m_fixture.start();
    const RawReply reply = server.post(app, promptOnly("sandbox: slow=60"));
    QCOMPARE(reply.status, 200);
    QCOMPARE(reply.header("content-type"), QByteArray("application/json"));
    const Json body = reply.json();
    const QString id = stringAt(body, "request_id");
    QCOMPARE(id.size(), 36);
    QCOMPARE(reply.header("x-fal-request-id"), id.toLatin1());
    const QString base = m_fixture.base() + u"/fal-ai/nano-banana-2/requests/"_s + id;
    const Json expected { { "status", "IN_QUEUE" },
                          { "request_id", id.toStdString() },
                          { "response_url", base.toStdString() },
                          { "status_url", (base + u"/status"_s).toStdString() },
                          { "cancel_url", (base + u"/cancel"_s).toStdString() },
                          { "logs", nullptr },
                          { "metrics", Json::object() },
                          { "queue_position", 0 } };
    QCOMPARE(toBytes(body), toBytes(expected)); // order of the keys as captured from fal
}

void tst_SandboxSubmit::editUrlsHaveNoSubPath()
{
    const SandboxProbe server = m_fixture.start({ .latencySeconds = 0 });
    const RawReply reply = server.post("/fal-ai/nano-banana-2/edit", promptOnly("sandbox: http=500"));
    const QByteArray id = stringAt(reply.json(), "request_id").toLatin1();
    QCOMPARE(targetOf(reply.json()["status_url"]), app + "/requests/" + id + "/status");
    QCOMPARE(targetOf(reply.json()["response_url"]), app + "/requests/" + id);
    // The full path, as fal's OpenAPI documents have it, is served too.
    QCOMPARE(server.get("/fal-ai/nano-banana-2/edit/requests/" + id + "/status").header("x-fal-request-id"), id);
    QVERIFY(server.get("/fal-ai/nano-banana-2/edit/requests/" + id + "/status").status != 404);
    QCOMPARE(server.get("/fal-ai/nano-banana/requests/" + id + "/status").status, 404);
}

void tst_SandboxSubmit::unknownEndpoints()
{
    const SandboxProbe server = m_fixture.start({ .latencySeconds = 0 });
    const RawReply reply = server.post("/fal-ai/nobody-knows", promptOnly("a dog"));
    QCOMPARE(reply.status, 404);
    QCOMPARE(stringAt(reply.json(), "detail"), u"Application \"fal-ai/nobody-knows\" not found"_s);
    QCOMPARE(server.post("/run/fal-ai/nobody-knows", promptOnly("a dog")).status, 404);
    QCOMPARE(server.post("/single", promptOnly("a dog")).status, 404);
    // A path the application does not have is the runner's to refuse.
    const RawReply result = server.complete(promptOnly("a dog"), "fal-ai/nano-banana-2/nowhere");
    QCOMPARE(result.status, 404);
    QCOMPARE(stringAt(result.json(), "detail"), u"Path /nowhere not found"_s);
    QCOMPARE(result.header("x-fal-billable-units"), QByteArray("0"));
}

void tst_SandboxSubmit::startTimeout()
{
    const SandboxProbe server = m_fixture.start({ .concurrency = 1 });
    const QByteArray running = server.submit(promptOnly("sandbox: slow=60"));
    QVERIFY(server.waitForState(running, "IN_PROGRESS"));
    const RawReply reply = server.send("POST", app, toBytes(promptOnly("a dog")), { { "X-Fal-Request-Timeout", "0.2" } });
    const QByteArray id = stringAt(reply.json(), "request_id").toLatin1();
    QVERIFY(server.waitForState(id, "COMPLETED"));
    const RawReply result = server.get(app + "/requests/" + id);
    QCOMPARE(result.status, 504);
    QCOMPARE(result.header("x-fal-request-timeout-type"), QByteArray("user"));
    QCOMPARE(stringAt(result.json(), "error_type"), u"request_timeout"_s);
    QCOMPARE(stateIn(server.get(app + "/requests/" + running + "/status")), QByteArray("IN_PROGRESS"));
}

void tst_SandboxSubmit::queueLengthLimit()
{
    const SandboxProbe server = m_fixture.start({ .concurrency = 1 });
    const QByteArray running = server.submit(promptOnly("sandbox: slow=60"));
    QVERIFY(server.waitForState(running, "IN_PROGRESS"));
    for (int i = 0; i < 3; ++i)
        QVERIFY(!server.submit(promptOnly("sandbox: slow=60")).isEmpty());
    QCOMPARE(server.post(app + "?fal_max_queue_length=2", promptOnly("a dog")).status, 429);
    QCOMPARE(server.post(app + "?fal_max_queue_length=3", promptOnly("a dog")).status, 200);
}

void tst_SandboxSubmit::synchronousRun()
{
    const SandboxProbe server = m_fixture.start({ .latencySeconds = 0 });
    const RawReply reply = server.post("/run" + app, promptOnly("sandbox: images=0"));
    QCOMPARE(reply.status, 200);
    QVERIFY(arrayAt(reply.json(), "images"));
    QCOMPARE(reply.header("x-fal-request-id").size(), 36);
    const RawReply bad = server.post("/run" + app, Json::object());
    QCOMPARE(bad.status, 422);
    QCOMPARE(stringAt(bad.json()["detail"][0], "type"), u"missing"_s);
    QCOMPARE(server.post("/run" + app + "/stream", promptOnly("a dog")).status, 404);
}

void tst_SandboxSubmit::synchronousRunOverTheLimit()
{
    const SandboxProbe server = m_fixture.start({ .concurrency = 2 });
    for (int i = 0; i < 2; ++i)
        server.submit(promptOnly("sandbox: slow=60"));
    const RawReply reply = server.post("/run" + app, promptOnly("a dog"));
    QCOMPARE(reply.status, 429);
    QCOMPARE(reply.header("x-fal-needs-retry"), QByteArray("1"));
    QCOMPARE(stringAt(reply.json(), "error_type"), u"concurrent_requests_limit"_s);
    // The queue takes what comes.
    QVERIFY(!server.submit(promptOnly("a dog")).isEmpty());
}

void tst_SandboxSubmit::ledger()
{
    QTemporaryDir folder;
    const QString path = folder.filePath(u"ledger"_s);
    const SandboxProbe server = m_fixture.start({ .latencySeconds = 0, .ledger = path });
    const QByteArray body = R"({"prompt":"sandbox: images=0"})";
    const QByteArray id = stringAt(server.send("POST", app, body).json(), "request_id").toLatin1();
    server.post("/run" + app, promptOnly("sandbox: images=0"));
    server.post(app, promptOnly("sandbox: submit=429")); // not taken
    server.send("POST", app, "{}", { { "Authorization", "" } }); // not taken
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QList<QByteArray> lines = file.readAll().trimmed().split('\n');
    QCOMPARE(lines.size(), 2);
    const Json first = parseJson(lines.at(0)).value();
    QCOMPARE(stringAt(first, "request_id").toLatin1(), id);
    QCOMPARE(stringAt(first, "endpoint_id"), u"fal-ai/nano-banana-2"_s);
    QCOMPARE(stringAt(first, "input_sha256").toLatin1(), QCryptographicHash::hash(body, QCryptographicHash::Sha256).toHex());
    QCOMPARE(stringAt(parseJson(lines.at(1)).value(), "kind"), u"run"_s);
}

void tst_SandboxSubmit::submitsOnDemand_data()
{
    QTest::addColumn<int>("status");
    for (const int status : { 400, 401, 402, 403, 404, 422, 429, 500, 502, 503, 504 })
        QTest::addRow("%d", status) << status;
}

void tst_SandboxSubmit::submitsOnDemand()
{
    QFETCH(int, status);
    QTemporaryDir folder;
    const QString path = folder.filePath(u"ledger"_s);
    const SandboxProbe server = m_fixture.start({ .latencySeconds = 0, .ledger = path });
    const Json input { { "prompt", "a dog\nsandbox: submit=" + std::to_string(status) } };
    for (const QByteArray &target : { app, "/run" + app }) {
        const RawReply reply = server.post(target, input);
        QCOMPARE(reply.status, status);
        QVERIFY(reply.json().contains("detail"));
        QVERIFY(!reply.json().contains("request_id"));
    }
    QCOMPARE(QFileInfo(path).size(), 0);
    const RawReply page = server.post(app, promptOnly("sandbox: submit=html"));
    QCOMPARE(page.status, 200);
    QCOMPARE(page.header("content-type"), QByteArray("text/html"));
    QVERIFY(page.json().is_null());
    QCOMPARE(QFileInfo(path).size(), 0);
}

void tst_SandboxSubmit::submitDropped()
{
    QTemporaryDir folder;
    const QString path = folder.filePath(u"ledger"_s);
    const SandboxProbe server = m_fixture.start({ .latencySeconds = 0, .ledger = path });
    QCOMPARE(server.post(app, promptOnly("sandbox: submit=drop images=0")).status, 0);
    const auto lines = [&path] {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? file.readAll().count('\n') : -1;
    };
    QCOMPARE(lines(), 1); // taken all the same
    const RawReply noId = server.post(app, promptOnly("sandbox: submit=noid images=0"));
    QCOMPARE(noId.status, 200);
    QVERIFY(!noId.json().contains("request_id"));
    QCOMPARE(lines(), 2);
    const Json items = server.get("/v1/models/requests/by-endpoint?endpoint_id=fal-ai/nano-banana-2").json()["items"];
    QCOMPARE(items.size(), size_t(2));
}

QTEST_MAIN(tst_SandboxSubmit)
#include "tst_sandboxsubmit.moc"
