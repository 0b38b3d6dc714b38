#include "sandboxprobe.h"

#include <QBuffer>
#include <QDir>
#include <QFile>
#include <QImage>
#include <QTemporaryDir>
#include <QTest>

using namespace plantain;
using namespace Qt::StringLiterals;

namespace {

const QByteArray app = "/fal-ai/nano-banana-2";

QByteArray resultTarget(const QByteArray &id)
{
    return app + "/requests/" + id;
}

Json seeded(const char *prompt)
{
    return { { "prompt", prompt }, { "seed", 42 }, { "resolution", "0.5K" }, { "aspect_ratio", "1:1" } };
}

QByteArray picture()
{
    QImage image(32, 20, QImage::Format_RGB32);
    image.fill(Qt::red);
    QByteArray bytes;
    QBuffer buffer(&bytes);
    image.save(&buffer, "PNG");
    return bytes;
}

} // namespace

/// What a sandbox took outlives it.
class tst_SandboxState : public QObject
{
    Q_OBJECT

private:
    QTemporaryDir m_folder;
    SandboxFixture m_fixture;

    QString state() const { return m_folder.filePath(QLatin1StringView(QTest::currentTestFunction())); }
    SandboxProbe start(double latency = 0, const QByteArray &token = {})
    {
        m_fixture.stop();
        return m_fixture.start({ .latencySeconds = latency, .token = token, .state = state() });
    }
    QStringList requests() const { return QDir(state() + u"/requests"_s).entryList(QDir::Files); }

private Q_SLOTS:
    void openRequestsGoOn();
    void picturesAreFoundAgain();
    void uploadsAreFoundAgain();
    void cancelledOnesAreForgotten();
    void oldAndBrokenOnesAreForgotten();
    void oneSandboxAtATime();
    void onlyTheOwnerReadsIt();
    void withoutAFolderNothingIsKept();
};

void tst_SandboxState::openRequestsGoOn()
{
    QByteArray id;
    {
        const SandboxProbe first = start(600, "id:first");
        id = SandboxProbe(first.port(), "id:first").submit(seeded("a lighthouse"));
        QVERIFY(SandboxProbe(first.port(), "id:first").waitForState(id, "IN_PROGRESS"));
    }
    const SandboxProbe second(start(0, "id:second").port(), "id:second");
    second.follow(id, false);
    const RawReply result = second.get(resultTarget(id));
    QCOMPARE(result.status, 200);
    const RawReply image = second.get(targetOf(result.json()["images"][0]["url"]));
    QCOMPARE(image.status, 200);
    // The picture that would have come.
    const RawReply same = second.complete(seeded("a lighthouse"));
    QCOMPARE(second.get(targetOf(same.json()["images"][0]["url"])).body, image.body);
    QCOMPARE(second.get("/fal-ai/nano-banana-2/requests/" + QByteArray("00000000-0000-4000-8000-000000000000")).status, 404);
}

void tst_SandboxState::picturesAreFoundAgain()
{
    const SandboxProbe first = start();
    const QByteArray id = first.submit(seeded("a lighthouse"));
    first.follow(id, false);
    const QByteArray target = targetOf(first.get(resultTarget(id)).json()["images"][0]["url"]);
    const QByteArray bytes = first.get(target).body;
    QVERIFY(!bytes.isEmpty());

    const SandboxProbe second = start();
    const RawReply result = second.get(resultTarget(id));
    QCOMPARE(result.status, 200);
    QVERIFY(stringAt(result.json()["images"][0], "url").startsWith(m_fixture.base()));
    QCOMPARE(targetOf(result.json()["images"][0]["url"]), target);
    QCOMPARE(second.get(target).body, bytes);
    QCOMPARE(second.get(target).header("content-type"), "image/png");
}

void tst_SandboxState::uploadsAreFoundAgain()
{
    const SandboxProbe first = start();
    const Json ticket = first.post("/storage/upload/initiate", { { "content_type", "image/png" }, { "file_name", "red.png" } }).json();
    QCOMPARE(first.put(targetOf(ticket["upload_url"]), picture()).status, 200);
    QCOMPARE(first.get(targetOf(ticket["file_url"])).status, 200);

    const SandboxProbe second = start();
    QCOMPARE(second.get(targetOf(ticket["file_url"])).body, picture());
    Json input = seeded("edit it");
    input["image_urls"] = Json::array({ ticket["file_url"] }); // with the port of the first
    QCOMPARE(second.complete(input, "fal-ai/nano-banana-2/edit").status, 200);
}

void tst_SandboxState::cancelledOnesAreForgotten()
{
    const SandboxProbe server = start(600);
    const QByteArray id = server.submit(seeded("a lighthouse"));
    QCOMPARE(requests().size(), 1);
    QVERIFY(server.waitForState(id, "IN_PROGRESS"));
    server.put(app + "/requests/" + id + "/cancel");
    server.follow(id, false);
    QVERIFY(requests().isEmpty());
}

void tst_SandboxState::oldAndBrokenOnesAreForgotten()
{
    {
        const SandboxProbe server = start();
        server.complete(seeded("a lighthouse"));
        QCOMPARE(requests().size(), 1);
    }
    m_fixture.stop();
    const QString folder = state() + u"/requests/"_s;
    QFile file(folder + requests().front());
    QVERIFY(file.open(QIODevice::ReadOnly));
    Json json = *parseJson(file.readAll());
    file.close();
    json["sentAt"] = json["sentAt"].get<qint64>() - 2 * 24 * 3600 * 1'000'000LL;
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(toBytes(json));
    file.close();
    for (const char *name : { "garbage.json", "11111111-1111-4111-8111-111111111111.json", "half.tmp" }) {
        QFile other(folder + QLatin1StringView(name));
        QVERIFY(other.open(QIODevice::WriteOnly));
        other.write("{\"endpoint\":");
    }
    QFile part(state() + u"/files/0123456789abcdef0123456789abcdef"_s);
    QVERIFY(part.open(QIODevice::WriteOnly));
    part.close();
    start();
    QVERIFY(requests().isEmpty());
    QVERIFY(!part.exists());
}

void tst_SandboxState::oneSandboxAtATime()
{
    const SandboxProbe first = start(600);
    const QByteArray id = first.submit(seeded("a lighthouse"));
    SandboxFixture other;
    const SandboxProbe second = other.start({ .latencySeconds = 0, .state = state() });
    QCOMPARE(second.get(resultTarget(id)).status, 404);
    QCOMPARE(second.complete(seeded("a harbour")).status, 200);
    QCOMPARE(requests().size(), 1); // of the first alone
}

void tst_SandboxState::onlyTheOwnerReadsIt()
{
    const SandboxProbe server = start();
    server.complete(seeded("a lighthouse"));
    constexpr auto others = QFile::ReadGroup | QFile::ReadOther | QFile::ExeGroup | QFile::ExeOther;
    QVERIFY(!(QFile::permissions(state()) & others));
    QVERIFY(!(QFile::permissions(state() + u"/requests/"_s + requests().front()) & others));
}

void tst_SandboxState::withoutAFolderNothingIsKept()
{
    const SandboxProbe first = m_fixture.start({ .latencySeconds = 0 });
    const QByteArray id = first.submit(seeded("a lighthouse"));
    first.follow(id, false);
    const SandboxProbe second = m_fixture.start({ .latencySeconds = 0 });
    QCOMPARE(second.get(resultTarget(id)).status, 404);
}

QTEST_MAIN(tst_SandboxState)
#include "tst_sandboxstate.moc"
