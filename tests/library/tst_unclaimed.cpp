#include "librarytesting.h"

#include <QDir>
#include <QTemporaryDir>

using namespace plantain;
using namespace plantain::testing;
using namespace Qt::StringLiterals;

/// Copies of references that were made for a run which never came to be.
class UnclaimedTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_outside = std::make_unique<QTemporaryDir>();
        qputenv("HOME", QFile::encodeName(m_outside->path())); // the trash is that of the home when both are on one volume
        qputenv("XDG_DATA_HOME", QFile::encodeName(m_outside->filePath(u"data"_s)));
        m_folder = std::make_unique<QTemporaryDir>();
        open(std::nullopt);
    }

    void aRunClaimsItsOwn()
    {
        const ReferenceRecord reference = adopt();
        QVERIFY(QFile::exists(mark(reference)));
        add(reference);
        QTRY_VERIFY_WITH_TIMEOUT(!QFile::exists(mark(reference)), 30'000);
        open(QStringList());
        QVERIFY(QFile::exists(path(reference)));
        // There already, and another's: nothing to mark.
        adopt();
        QVERIFY(!QFile::exists(mark(reference)));
    }

    void whatNobodyClaimedGoesToTheTrash()
    {
        const ReferenceRecord reference = adopt();
        open(std::nullopt); // of a program that knows no form
        QVERIFY(QFile::exists(path(reference)));
        open(QStringList { path(reference) });
        QVERIFY(QFile::exists(path(reference)) && QFile::exists(mark(reference)));
        open(QStringList());
        QVERIFY(!QFile::exists(path(reference)) && !QFile::exists(mark(reference)));
        QFile gone(m_outside->filePath(u"data/Trash/files/"_s) + reference.file.section(u'/', -1));
        QVERIFY(gone.open(QIODevice::ReadOnly));
        QCOMPARE(gone.readAll(), QByteArray("content"));
        QCOMPARE(adopt().file, reference.file); // and may come again
        QVERIFY(QFile::exists(path(reference)));
    }

    void whatIsMentionedStays_data()
    {
        QTest::addColumn<QString>("by");
        for (const char *by : { "a run", "a sidecar", "a broken sidecar" })
            QTest::newRow(by) << QString::fromLatin1(by);
    }

    void whatIsMentionedStays()
    {
        QFETCH(QString, by);
        const ReferenceRecord reference = adopt();
        if (by == u"a run"_s) {
            add(reference);
            QTRY_VERIFY_WITH_TIMEOUT(!QFile::exists(mark(reference)), 30'000);
            m_library.reset();
            QFile again(mark(reference)); // as if it had been ended before the mark went
            QVERIFY(again.open(QIODevice::WriteOnly));
        } else {
            m_library.reset();
            const RunId id = newRunId();
            QVERIFY(QDir().mkpath(m_folder->filePath(u"runs/undated"_s)));
            QFile sidecar(m_folder->filePath(u"runs/undated/strange.json"_s));
            QVERIFY(sidecar.open(QIODevice::WriteOnly));
            sidecar.write(by == u"a sidecar"_s ? "{\"of_another_kind\":\"" : "{\"cut off \":\"");
            sidecar.write(reference.sha256.toLatin1() + (by == u"a sidecar"_s ? "\"}" : ""));
        }
        open(QStringList());
        QVERIFY(QFile::exists(path(reference)));
        QVERIFY(!QDir(m_outside->filePath(u"data/Trash/files"_s)).exists() || QDir(m_outside->filePath(u"data/Trash/files"_s)).isEmpty());
        if (by == u"a run"_s)
            QVERIFY(!QFile::exists(mark(reference)));
    }

    void whatIsAdoptedWhileItOpensStays()
    {
        const ReferenceRecord reference = adopt();
        for (int round = 0; round < 30; ++round) {
            m_library.reset();
            m_library = std::make_unique<Library>(m_folder->path());
            const auto opened = m_library->open(QStringList());
            const auto again = m_library->adoptReference(QByteArray("content"), u"image/png"_s, {});
            done(opened);
            QCOMPARE(done(again).file, reference.file);
            QVERIFY(QFile::exists(path(reference)));
        }
    }

    void whereThereIsNoTrashItStays()
    {
        const ReferenceRecord reference = adopt();
        QFile noFolder(m_outside->filePath(u"data"_s));
        QVERIFY(noFolder.open(QIODevice::WriteOnly));
        open(QStringList());
        QVERIFY(QFile::exists(path(reference)) && QFile::exists(mark(reference)));
    }

private:
    void open(const std::optional<QStringList> &inUse)
    {
        m_library.reset();
        m_library = std::make_unique<Library>(m_folder->path());
        done(m_library->open(inUse));
    }
    ReferenceRecord adopt() { return done(m_library->adoptReference(QByteArray("content"), u"image/png"_s, {})); }
    void add(const ReferenceRecord &reference)
    {
        RunRecord run = sampleRecord();
        run.id = newRunId();
        run.references = { reference };
        run.references.front().field = u"image_urls"_s;
        done(m_library->add(run));
    }
    QString path(const ReferenceRecord &reference) const { return m_folder->filePath(reference.file); }
    QString mark(const ReferenceRecord &reference) const
    {
        return m_folder->filePath(u"references/.unclaimed-"_s + reference.file.section(u'/', -1));
    }

    std::unique_ptr<QTemporaryDir> m_outside, m_folder;
    std::unique_ptr<Library> m_library;
};

QTEST_GUILESS_MAIN(UnclaimedTest)
#include "tst_unclaimed.moc"
