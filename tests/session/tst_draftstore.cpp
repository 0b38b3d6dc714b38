#include "draftstore.h"

#include <QDir>
#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace plantain;
using namespace Qt::StringLiterals;

namespace {

Draft example(const char *prompt = "a lemon “é” 🍋")
{
    return { .endpoint = { u"fal-ai/x"_s },
             .parameters = { { "values", { { "prompt", prompt }, { "num_images", 3 } } } },
             .references = Json::array({ { { "file", "/a/b.png" } } }) };
}

} // namespace

class DraftStoreTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();

    void noneYet();
    void keepsAndLoads();
    void savesByItself();
    void lastOneWins();
    void damagedIsSetAside_data();
    void damagedIsSetAside();
    void secondDamagedDoesNotReplaceTheFirst();
    void cannotBeWritten();
    void leavesNothingBehind();

private:
    QString file() const { return m_folder->filePath(u"state/draft.json"_s); }

    std::unique_ptr<QTemporaryDir> m_folder;
};

void DraftStoreTest::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    QVERIFY(m_folder->isValid());
}

void DraftStoreTest::noneYet()
{
    DraftStore store(file());
    const auto draft = store.load();
    QVERIFY(draft);
    QVERIFY(!*draft);
}

void DraftStoreTest::keepsAndLoads()
{
    {
        DraftStore store(file());
        store.keep(example());
    } // written by the destructor
    DraftStore store(file());
    const auto draft = store.load();
    QVERIFY(draft && *draft);
    QVERIFY(**draft == example());
}

void DraftStoreTest::savesByItself()
{
    DraftStore store(file());
    store.keep(example());
    QVERIFY(!QFile::exists(file()));
    QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(file()), 30'000);
    DraftStore other(file());
    const auto draft = other.load();
    QVERIFY(draft && *draft);
    QVERIFY(**draft == example());
}

void DraftStoreTest::lastOneWins()
{
    DraftStore store(file());
    for (int i = 0; i < 50; ++i)
        store.keep(example(QByteArray::number(i).constData()));
    QVERIFY(store.flush());
    store.keep(example("the last"));
    QVERIFY(store.flush());
    const auto draft = store.load();
    QVERIFY(draft && *draft);
    QVERIFY(**draft == example("the last"));
}

void DraftStoreTest::damagedIsSetAside_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("cut") << QByteArray("{\"version\": 1, \"parameters\": {");
    QTest::newRow("zeros") << QByteArray(4096, '\0');
    QTest::newRow("another file") << QByteArray("{\"name\": \"x\"}");
    QTest::newRow("a list") << QByteArray("[]");
    QTest::newRow("deep") << QByteArray(100'000, '[');
    QTest::newRow("huge") << QByteArray(8 * 1024 * 1024, ' ');
}

void DraftStoreTest::damagedIsSetAside()
{
    QFETCH(QByteArray, content);
    QVERIFY(QDir().mkpath(m_folder->filePath(u"state"_s)));
    QFile damaged(file());
    QVERIFY(damaged.open(QIODevice::WriteOnly));
    damaged.write(content);
    damaged.close();

    DraftStore store(file());
    const auto draft = store.load();
    QVERIFY(!draft);
    QCOMPARE(draft.error().kind, ErrorKind::Disk);
    QVERIFY(!QFile::exists(file()));
    QFile aside(file() + u".damaged"_s);
    QVERIFY2(draft.error().message.contains(aside.fileName()), qPrintable(draft.error().message));
    QVERIFY(aside.open(QIODevice::ReadOnly));
    QCOMPARE(aside.readAll(), content);
    const auto again = store.load();
    QVERIFY(again && !*again);
    store.keep(example());
    QVERIFY(store.flush());
}

void DraftStoreTest::secondDamagedDoesNotReplaceTheFirst()
{
    QVERIFY(QDir().mkpath(m_folder->filePath(u"state"_s)));
    for (int i = 0; i < 3; ++i) {
        QFile damaged(file());
        QVERIFY(damaged.open(QIODevice::WriteOnly));
        damaged.write("x");
        damaged.close();
        QVERIFY(!DraftStore(file()).load());
    }
    QCOMPARE(QDir(m_folder->filePath(u"state"_s)).entryList(QDir::Files).size(), 3);
}

void DraftStoreTest::cannotBeWritten()
{
    // A file where its folder should be.
    QFile inTheWay(m_folder->filePath(u"state"_s));
    QVERIFY(inTheWay.open(QIODevice::WriteOnly));
    inTheWay.close();
    DraftStore store(file());
    QSignalSpy failed(&store, &DraftStore::failed);
    store.keep(example());
    QVERIFY(failed.wait(30'000));
    QCOMPARE(failed.front().front().value<Error>().kind, ErrorKind::Disk);
    const auto written = store.flush();
    QVERIFY(!written);
    // Once it can be written, nothing was lost.
    QVERIFY(QFile::remove(m_folder->filePath(u"state"_s)));
    QVERIFY(store.flush());
    const auto draft = store.load();
    QVERIFY(draft && *draft);
    QVERIFY(**draft == example());
}

void DraftStoreTest::leavesNothingBehind()
{
    {
        DraftStore store(file());
        for (int i = 0; i < 5; ++i) {
            store.keep(example(QByteArray::number(i).constData()));
            QVERIFY(store.flush());
        }
    }
    QCOMPARE(QDir(m_folder->filePath(u"state"_s)).entryList(QDir::Files | QDir::Hidden),
             QStringList { u"draft.json"_s });
}

QTEST_GUILESS_MAIN(DraftStoreTest)
#include "tst_draftstore.moc"
