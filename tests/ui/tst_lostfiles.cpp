#include "detailspanel.h"
#include "exporter.h"
#include "exportstrip.h"
#include "form.h"
#include "gallerydelegate.h"
#include "gallerymodel.h"
#include "galleryview.h"
#include "messagestrip.h"
#include "parametermodel.h"
#include "windowtest.h"

#include <QAction>
#include <QPushButton>

using namespace plantain;
using namespace Qt::StringLiterals;

/// Pictures whose files went or changed behind our back: said where they are seen, with a way out, and nothing else breaks.
class TestLostFiles : public WindowTest
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();
    void saidAtStart_data();
    void saidAtStart();
    void saidWhenLookedAt();
    void fetchedAgain();
    void noLongerOnTheServer();
    void exportNamesThem();
    void mayBeDeleted();

private:
    void reopen()
    {
        close();
        m_bench->restart();
        open();
        QTRY_COMPARE_WITH_TIMEOUT(m_session->gallery()->rowCount(), 2, 30'000);
    }
    QModelIndex tile(int row) const { return view().model()->index(row, 0); }
    TileState stateAt(int row) const { return TileState(tile(row).data(GalleryRole::State).toInt()); }
    QString fileAt(int row) const { return tile(row).data(GalleryRole::File).toString(); }
    static bool write(const QString &path, const QByteArray &bytes)
    {
        QFile file(path);
        return file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size();
    }
    static QByteArray read(const QString &path)
    {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
    QPushButton *fetchAgain() const
    {
        for (QPushButton *button : m_window->findChild<DetailsPanel *>()->findChildren<QPushButton *>()) {
            if (button->text() == u"Fetch again"_s)
                return button;
        }
        return nullptr;
    }
};

void TestLostFiles::init()
{
    start();
    QVERIFY(m_session->form()->setInput(Json { { "prompt", "a cat" }, { "resolution", "0.5K" }, { "num_images", 2 } }));
    QSignalSpy settled(m_session.get(), &Session::settled);
    m_session->generate();
    QTRY_COMPARE_WITH_TIMEOUT(settled.count(), 1, 60'000);
    QTRY_COMPARE(stateAt(1), TileState::Picture);
}

void TestLostFiles::cleanup()
{
    end();
}

void TestLostFiles::saidAtStart_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<TileState>("state");
    QTest::newRow("gone") << QByteArray() << TileState::FileMissing;
    QTest::newRow("another length") << QByteArray("not a picture") << TileState::FileChanged;
}

void TestLostFiles::saidAtStart()
{
    QFETCH(QByteArray, content);
    QFETCH(TileState, state);
    const QString file = fileAt(0);
    QVERIFY(content.isEmpty() ? QFile::remove(file) : write(file, content));
    reopen();
    QTRY_COMPARE_WITH_TIMEOUT(stateAt(0), state, 30'000);
    QCOMPARE(stateAt(1), TileState::Picture);
    QVERIFY(tile(0).data(GalleryRole::Sentence).toString().contains(u"file"_s));
    QVERIFY(tile(0).data(Qt::AccessibleTextRole).toString().contains(u"file"_s));
    QCOMPARE(view().delegate()->wayOutOf(tile(0)), TileAction::FetchAgain);
    // A person who puts it back is believed.
    QVERIFY(write(file, QByteArray(int(Workbench::wait(m_bench->library->run(tile(0).data(GalleryRole::RunId).value<RunId>()))->images[0].bytes), 'x')));
    view().setCurrentIndex(tile(0));
    QTRY_COMPARE_WITH_TIMEOUT(stateAt(0), TileState::FileChanged, 30'000); // but by its content
}

void TestLostFiles::saidWhenLookedAt()
{
    QByteArray bytes = read(fileAt(1));
    bytes[bytes.size() / 2] = char(bytes[bytes.size() / 2] ^ 1);
    QVERIFY(write(fileAt(1), bytes)); // of the same length
    QCOMPARE(stateAt(1), TileState::Picture);
    view().setCurrentIndex(tile(1));
    QTRY_COMPARE_WITH_TIMEOUT(stateAt(1), TileState::FileChanged, 30'000);
    QTRY_VERIFY(fetchAgain() && fetchAgain()->isVisible());
    bytes[bytes.size() / 2] = char(bytes[bytes.size() / 2] ^ 1);
    QVERIFY(write(fileAt(1), bytes));
    view().setCurrentIndex(tile(0));
    view().setCurrentIndex(tile(1));
    QTRY_COMPARE_WITH_TIMEOUT(stateAt(1), TileState::Picture, 30'000);
    QTRY_VERIFY(!fetchAgain()->isVisible());
}

void TestLostFiles::fetchedAgain()
{
    const QString file = fileAt(0);
    const QByteArray bytes = read(file);
    QVERIFY(QFile::remove(file));
    view().setCurrentIndex(tile(0));
    QTRY_COMPARE_WITH_TIMEOUT(stateAt(0), TileState::FileMissing, 30'000);
    const qsizetype submits = m_bench->ledger().size();
    QTRY_VERIFY(fetchAgain()->isVisible());
    fetchAgain()->click();
    fetchAgain()->click(); // once is enough
    QTRY_COMPARE_WITH_TIMEOUT(stateAt(0), TileState::Picture, 60'000);
    QCOMPARE(read(fileAt(0)), bytes);
    QCOMPARE(m_bench->ledger().size(), submits); // nothing was asked for anew
    reopen();
    QCOMPARE(stateAt(0), TileState::Picture);
    QCOMPARE(read(fileAt(0)), bytes);
}

void TestLostFiles::noLongerOnTheServer()
{
    QVERIFY(QFile::remove(fileAt(0)));
    view().setCurrentIndex(tile(0));
    QTRY_COMPARE_WITH_TIMEOUT(stateAt(0), TileState::FileMissing, 30'000);
    m_bench->sandbox.reset();
    const auto restarted = Sandbox::start({ .latencySeconds = 0 }, m_bench->catalog);
    QTRY_VERIFY(fetchAgain()->isVisible());
    fetchAgain()->click();
    auto *problem = m_window->findChild<MessageStrip *>(u"problem"_s);
    QTRY_VERIFY_WITH_TIMEOUT(problem->isVisible(), 60'000);
    QVERIFY2(problem->text().contains(u"could not be fetched"_s), qPrintable(problem->text()));
    QCOMPARE(stateAt(0), TileState::FileMissing);
}

void TestLostFiles::exportNamesThem()
{
    QVERIFY(QFile::remove(fileAt(0)));
    view().setCurrentIndex(tile(0));
    QTRY_COMPARE_WITH_TIMEOUT(stateAt(0), TileState::FileMissing, 30'000);
    const RunId run = tile(0).data(GalleryRole::RunId).value<RunId>();
    QSignalSpy exported(m_session->exporter(), &Exporter::finished);
    m_session->exporter()->start({ { run, 0 }, { run, 1 } }, { .folder = m_bench->folder.filePath(u"out"_s) });
    QTRY_COMPARE_WITH_TIMEOUT(exported.count(), 1, 30'000);
    QCOMPARE(QDir(m_bench->folder.filePath(u"out"_s)).entryList(QDir::Files).size(), 1);
    const QString text = m_window->findChild<ExportStrip *>()->text();
    QVERIFY2(text.contains(QFileInfo(fileAt(0)).fileName()), qPrintable(text));
}

void TestLostFiles::mayBeDeleted()
{
    QVERIFY(QFile::remove(fileAt(0)));
    view().setFocus();
    view().setCurrentIndex(tile(0));
    QTRY_COMPARE_WITH_TIMEOUT(stateAt(0), TileState::FileMissing, 30'000);
    QTRY_VERIFY(m_window->actionSet().deletePictures->isEnabled());
    QTest::keyClick(&view(), Qt::Key_Delete);
    QTRY_COMPARE(view().model()->rowCount(), 1);
    QCOMPARE(stateAt(0), TileState::Picture);
}

QTEST_MAIN(TestLostFiles)
#include "tst_lostfiles.moc"
