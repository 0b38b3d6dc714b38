#include "keys.h"
#include "keytext.h"

#include <QSignalSpy>
#include <QTest>

using namespace plantain;
using namespace Qt::StringLiterals;

namespace {

/// A keyring that answers when the test says so.
struct SlowStore final : KeyStore
{
    explicit SlowStore(std::vector<QPromise<Result<QByteArray>>> &readers, QMap<QString, QByteArray> &keptKeys, bool &breaks)
        : reads(readers)
        , kept(keptKeys)
        , broken(breaks)
    {
    }
    QFuture<Result<QByteArray>> read(const QString &) override
    {
        reads.emplace_back();
        reads.back().start();
        return reads.back().future();
    }
    QFuture<Result<void>> write(const QString &server, const QByteArray &key) override
    {
        if (broken)
            return QtFuture::makeReadyFuture(Result<void>(failure({ .kind = ErrorKind::Keyring, .type = u"refused"_s })));
        kept.insert(server, key);
        return QtFuture::makeReadyFuture(Result<void>());
    }
    QFuture<Result<void>> remove(const QString &server) override
    {
        kept.remove(server);
        return QtFuture::makeReadyFuture(Result<void>());
    }
    std::vector<QPromise<Result<QByteArray>>> &reads;
    QMap<QString, QByteArray> &kept;
    bool &broken;
};

struct Fixture
{
    explicit Fixture(std::chrono::milliseconds patience = std::chrono::minutes(1))
        : keys(std::make_unique<SlowStore>(reads, kept, broken), patience)
    {
    }
    void answer(const Result<QByteArray> &key)
    {
        reads.back().addResult(key);
        reads.back().finish();
    }
    std::vector<QPromise<Result<QByteArray>>> reads;
    QMap<QString, QByteArray> kept;
    bool broken = false;
    Keys keys;
};

const QString fal = u"fal"_s;
const QString other = u"https://example.com"_s;

} // namespace

class TestKeys : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsTheStoreOnce()
    {
        Fixture f;
        QSignalSpy changed(&f.keys, &Keys::changed);
        const auto first = f.keys.load(fal);
        const auto second = f.keys.load(fal);
        QCOMPARE(f.reads.size(), 1u);
        QVERIFY(f.keys.isLoading(fal) && !f.keys.isLoading(other));
        f.answer(QByteArray("id:secret"));
        QTRY_VERIFY(first.isFinished() && second.isFinished());
        QVERIFY(!first.result());
        QCOMPARE(f.keys.key(fal), "id:secret");
        QCOMPARE(f.keys.origin(fal), Keys::Origin::Store);
        QVERIFY(f.keys.key(other).isEmpty());
        QCOMPARE(changed.size(), 1);
        QVERIFY(f.keys.load(fal).isFinished());
        QCOMPARE(f.reads.size(), 1u);
    }

    void theEnvironmentWins()
    {
        Fixture f;
        f.keys.setFromEnvironment(fal, "from:environment");
        QVERIFY(f.keys.load(fal).isFinished());
        QVERIFY(f.reads.empty());
        f.keys.keep(fal, "typed:key");
        f.keys.forget(fal);
        QCOMPARE(f.keys.key(fal), "from:environment");
        QVERIFY(f.kept.isEmpty());
    }

    void whatIsEnteredMeanwhileWins()
    {
        Fixture f;
        const auto loaded = f.keys.load(fal);
        f.keys.useForSession(fal, "typed:key");
        f.answer(QByteArray("old:key"));
        QTRY_VERIFY(loaded.isFinished());
        QCOMPARE(f.keys.key(fal), "typed:key");
        QCOMPARE(f.keys.origin(fal), Keys::Origin::Session);
    }

    void keepsAndForgets()
    {
        Fixture f;
        const auto kept = f.keys.keep(fal, "typed:key");
        QCOMPARE(f.keys.key(fal), "typed:key"); // at once
        QTRY_VERIFY(kept.isFinished());
        QVERIFY(!kept.result());
        QCOMPARE(f.keys.origin(fal), Keys::Origin::Store);
        QCOMPARE(f.kept.value(fal), "typed:key");
        f.keys.forget(fal);
        QVERIFY(f.keys.key(fal).isEmpty());
        QVERIFY(f.kept.isEmpty());
    }

    void aStoreThatRefusesLeavesTheSession()
    {
        Fixture f;
        f.broken = true;
        const auto kept = f.keys.keep(fal, "typed:key");
        QTRY_VERIFY(kept.isFinished());
        QCOMPARE(kept.result()->kind, ErrorKind::Keyring);
        QCOMPARE(f.keys.key(fal), "typed:key");
        QCOMPARE(f.keys.origin(fal), Keys::Origin::Session);
    }

    void aSilentStoreIsGivenUpAndMayStillAnswer()
    {
        Fixture f(std::chrono::milliseconds(20));
        const auto loaded = f.keys.load(fal);
        QTRY_VERIFY(loaded.isFinished());
        QCOMPARE(loaded.result()->type, u"silent"_s);
        QVERIFY(!f.keys.isLoading(fal));
        f.answer(QByteArray("late:key"));
        QTRY_COMPARE(f.keys.key(fal), "late:key");
    }

    void withoutAStore()
    {
        Keys keys;
        QVERIFY(keys.load(fal).isFinished());
        QCOMPARE(keys.load(fal).result()->type, u"missing"_s);
        const auto kept = keys.keep(fal, "typed:key");
        QVERIFY(kept.isFinished());
        QCOMPARE(kept.result()->type, u"missing"_s);
        QCOMPARE(keys.origin(fal), Keys::Origin::Session);
    }

    void keyFromText_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QByteArray>("key"); // empty: refused
        QTest::newRow("plain") << u"id:secret"_s << QByteArray("id:secret");
        QTest::newRow("spaces around") << u"  id:secret \n"_s << QByteArray("id:secret");
        QTest::newRow("as in a header") << u"Key id:secret"_s << QByteArray("id:secret");
        QTest::newRow("quoted") << u"\"id:secret\""_s << QByteArray("id:secret");
        QTest::newRow("quoted header") << u"'Key id:secret'"_s << QByteArray("id:secret");
        QTest::newRow("nothing") << u" \t"_s << QByteArray();
        QTest::newRow("two lines") << u"id:sec\r\nX-Evil: 1"_s << QByteArray();
        QTest::newRow("space inside") << u"id: secret"_s << QByteArray();
        QTest::newRow("letters of elsewhere") << u"id:s\u00e9cret"_s << QByteArray();
        QTest::newRow("control") << u"id:\u0007secret"_s << QByteArray();
        QTest::newRow("endless") << QString(10'000, u'k') << QByteArray();
    }
    void keyFromText()
    {
        QFETCH(QString, text);
        QFETCH(QByteArray, key);
        const Result<QByteArray> read = plantain::keyFromText(text);
        QCOMPARE(read.has_value(), !key.isEmpty());
        if (read)
            QCOMPARE(*read, key);
        else
            QVERIFY(!read.error().message.contains(u"secret"_s) && !read.error().message.contains(u"id:"_s));
    }
};

QTEST_MAIN(TestKeys)
#include "tst_keys.moc"
