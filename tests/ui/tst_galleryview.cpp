#include "actions.h"
#include "gallerymodel.h"
#include "gallerypage.h"
#include "galleryview.h"
#include "theme.h"

#include <QAbstractItemModelTester>
#include <QCryptographicHash>
#include <QImage>
#include <QLabel>
#include <QPainter>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QWheelEvent>

using namespace Qt::StringLiterals;
using namespace plantain;

namespace {

constexpr int patience = 20000;

RunRecord runNamed(const QString &name, qint64 sequence, int images, RunState state)
{
    RunRecord record;
    record.id = { name };
    record.sequence = sequence;
    record.input = Json { { "prompt", name.toStdString() }, { "num_images", images } };
    record.state = state;
    return record;
}

QString nameAt(const QModelIndex &index)
{
    return index.data(GalleryRole::RunId).value<RunId>().text + u'#' + index.data(GalleryRole::ImageIndex).toString();
}

} // namespace

class TestGalleryView : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();
    void saysWhatToDoWhileEmpty();
    void fillsTheWidth();
    void isOperatedByKeyboard();
    void becomesAPictureInPlace();
    void keepsItsPlaceWhenRunsArrive();
    void showsTheNewestAtTheTop();
    void keepsItsPlaceWhenTilesGrow();
    void keepsTheCurrentRunWhenTilesGo();
    void ticksForVisibleRunningTilesOnly();
    void asksForVisibleThumbnailsOnly();
    void paintsThePicture();
    void paintsEveryState_data();
    void paintsEveryState();
    void zoomsByWheelAndButtons();
    void neverTakesTheFocusOrTheSelection();

private:
    RunRecord done(const QString &name, qint64 sequence, int images)
    {
        RunRecord record = runNamed(name, sequence, images, RunState::Done);
        for (int index = 0; index < images; ++index) {
            QImage image(600, 400, QImage::Format_RGB32);
            image.fill(QColor::fromHsv((int(sequence) * 37 + index * 90) % 360, 200, 220));
            const QString file = u"%1-%2.png"_s.arg(name).arg(index);
            if (!QFile::exists(m_folder->filePath(file)))
                image.save(m_folder->filePath(file));
            const QByteArray hash = QCryptographicHash::hash(file.toUtf8(), QCryptographicHash::Sha256).toHex();
            record.images.push_back({ .index = index, .file = file, .sha256 = QString::fromLatin1(hash),
                                      .contentType = u"image/png"_s, .size = image.size() });
        }
        return record;
    }
    void addRuns(int count)
    {
        for (int number = 1; number <= count; ++number)
            m_model->runAdded(runNamed(u"r%1"_s.arg(number), number, 2, RunState::Accepted));
    }
    GalleryView *view() const { return m_page->view(); }
    int topOf(const QModelIndex &index) const { return view()->visualRect(index).top(); }

    QModelIndex tile(int row) const { return view()->model()->index(row, 0); }

    QObject m_parent;
    Actions m_actions { &m_parent };
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<DecodePool> m_pool;
    std::unique_ptr<ThumbnailStore> m_thumbnails;
    std::unique_ptr<GalleryModel> m_model;
    std::unique_ptr<GalleryPage> m_page;
};

void TestGalleryView::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_pool = std::make_unique<DecodePool>(2);
    m_thumbnails = std::make_unique<ThumbnailStore>(m_folder->filePath(u"cache"_s), *m_pool);
    m_model = std::make_unique<GalleryModel>([this](const QString &file) { return m_folder->filePath(file); });
    new QAbstractItemModelTester(m_model.get(), QAbstractItemModelTester::FailureReportingMode::QtTest, m_model.get());
    m_page = std::make_unique<GalleryPage>(*m_model, *m_thumbnails, m_actions);
    m_page->resize(700, 500);
    m_page->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_page.get()));
}

void TestGalleryView::cleanup()
{
    m_page.reset();
    m_model.reset();
    m_thumbnails.reset();
    m_pool.reset();
}

void TestGalleryView::saysWhatToDoWhileEmpty()
{
    const auto *hint = view()->viewport()->findChild<QLabel *>();
    QVERIFY(hint);
    QVERIFY(hint->isVisible());
    QVERIFY(hint->text().contains(u"Generate"_s));
    addRuns(1);
    QVERIFY(!hint->isVisible());
}

void TestGalleryView::fillsTheWidth()
{
    addRuns(10);
    for (const int width : { 300, 470, 700, 1100, 1101, 1102, 1103, 1104 }) {
        m_page->resize(width, 500);
        QTRY_COMPARE(view()->viewport()->width(), width - view()->verticalScrollBar()->width());
        const int columns = view()->columns();
        const QSize cell = view()->gridSize();
        QCOMPARE(columns, (view()->viewport()->width() - 1) / view()->tileSize());
        QVERIFY(cell.width() >= view()->tileSize());
        QVERIFY(view()->viewport()->width() - columns * cell.width() <= columns);
        QTRY_COMPARE(view()->visualRect(tile(columns - 1)), QRect(QPoint((columns - 1) * cell.width(), 0), cell));
        QTRY_COMPARE(view()->visualRect(tile(columns)), QRect(QPoint(0, cell.height()), cell));
    }
}

void TestGalleryView::isOperatedByKeyboard()
{
    addRuns(10);
    m_page->focusView();
    QSignalSpy current(m_page.get(), &GalleryPage::currentChanged);
    const int columns = view()->columns();
    QCOMPARE(columns, 3);
    QCOMPARE(view()->currentIndex().row(), 0);
    QTest::keyClick(view(), Qt::Key_Right);
    QCOMPARE(view()->currentIndex().row(), 1);
    QTest::keyClick(view(), Qt::Key_Down);
    QCOMPARE(view()->currentIndex().row(), 1 + columns);
    QTest::keyClick(view(), Qt::Key_Left, Qt::ShiftModifier);
    QCOMPARE(view()->selectionModel()->selectedRows().size(), 2);
    QTest::keyClick(view(), Qt::Key_End);
    QCOMPARE(view()->currentIndex().row(), 19);
    QVERIFY(view()->viewport()->rect().contains(view()->visualRect(view()->currentIndex()).center()));
    QTest::keyClick(view(), Qt::Key_Home);
    QCOMPARE(view()->currentIndex().row(), 0);
    QTest::keyClick(view(), Qt::Key_A, Qt::ControlModifier);
    QCOMPARE(view()->selectionModel()->selectedRows().size(), 20);
    QCOMPARE(current.size(), 5);
}

void TestGalleryView::becomesAPictureInPlace()
{
    addRuns(20);
    const int row = m_model->rowOf({ u"r10"_s }, 1);
    view()->setCurrentIndex(tile(row));
    view()->scrollTo(tile(row), QAbstractItemView::PositionAtCenter);
    const QPersistentModelIndex changed = tile(row);
    const int scrolled = view()->verticalScrollBar()->value();
    QVERIFY(scrolled > 0);

    RunProgress running;
    running.phase = RunProgress::Phase::Running;
    m_model->progressed({ u"r10"_s }, running);
    m_model->runChanged(done(u"r10"_s, 10, 2));
    QSignalSpy ready(m_thumbnails.get(), &ThumbnailStore::ready);
    QTRY_COMPARE_WITH_TIMEOUT(ready.size(), 2, patience);
    QCOMPARE(TileState(changed.data(GalleryRole::State).toInt()), TileState::Picture);
    QCOMPARE(view()->verticalScrollBar()->value(), scrolled);
    QCOMPARE(view()->currentIndex(), QModelIndex(changed));
    QCOMPARE(view()->selectionModel()->selectedRows().size(), 1);
}

void TestGalleryView::keepsItsPlaceWhenRunsArrive()
{
    addRuns(30);
    QTRY_VERIFY(view()->verticalScrollBar()->maximum() > 900);
    view()->verticalScrollBar()->setValue(700);
    const QPersistentModelIndex seen = tile(view()->visibleRows().first);
    const int top = topOf(seen);
    for (int number = 31; number < 38; ++number) {
        m_model->runAdded(runNamed(u"r%1"_s.arg(number), number, 3, RunState::Accepted));
        QTRY_COMPARE(topOf(seen), top);
    }
    QVERIFY(view()->verticalScrollBar()->value() > 700);
    // And when a run above ends with fewer tiles.
    m_model->runChanged(runNamed(u"r37"_s, 37, 3, RunState::Refused));
    QTRY_COMPARE(topOf(seen), top);
}

void TestGalleryView::showsTheNewestAtTheTop()
{
    addRuns(30);
    QCOMPARE(view()->verticalScrollBar()->value(), 0);
    m_model->runAdded(runNamed(u"new"_s, 99, 1, RunState::Accepted));
    QTRY_COMPARE(nameAt(view()->indexAt(QPoint(20, 20))), u"new#0"_s);
    QCOMPARE(view()->verticalScrollBar()->value(), 0);
}

void TestGalleryView::keepsItsPlaceWhenTilesGrow()
{
    addRuns(40);
    view()->setCurrentIndex(tile(40));
    view()->scrollTo(tile(40), QAbstractItemView::PositionAtCenter);
    const int top = topOf(tile(40));
    m_page->setTileSize(120);
    QTRY_COMPARE(topOf(tile(40)), top);
    m_page->setTileSize(300);
    QTRY_COMPARE(topOf(tile(40)), top);
}

void TestGalleryView::keepsTheCurrentRunWhenTilesGo()
{
    m_model->runAdded(runNamed(u"older"_s, 1, 2, RunState::Accepted));
    m_model->runAdded(runNamed(u"r"_s, 2, 4, RunState::Accepted));
    view()->setCurrentIndex(tile(m_model->rowOf({ u"r"_s }, 3)));
    m_model->runChanged(runNamed(u"r"_s, 2, 4, RunState::Refused));
    QCOMPARE(nameAt(view()->currentIndex()), u"r#0"_s);
    QVERIFY(view()->selectionModel()->isSelected(view()->currentIndex()));
}

void TestGalleryView::ticksForVisibleRunningTilesOnly()
{
    addRuns(30);
    QVERIFY(!view()->isTicking());
    RunProgress running;
    running.phase = RunProgress::Phase::Running;
    m_model->progressed({ u"r30"_s }, running);
    QTRY_VERIFY(view()->isTicking());
    view()->verticalScrollBar()->setValue(view()->verticalScrollBar()->maximum());
    QTRY_VERIFY(!view()->isTicking());
    view()->verticalScrollBar()->setValue(0);
    QTRY_VERIFY(view()->isTicking());
    m_page->hide();
    QTRY_VERIFY(!view()->isTicking());
    m_page->show();
    QTRY_VERIFY(view()->isTicking());
    m_model->runChanged(runNamed(u"r30"_s, 30, 2, RunState::Failed));
    QTRY_VERIFY(!view()->isTicking());
}

void TestGalleryView::asksForVisibleThumbnailsOnly()
{
    for (int number = 1; number <= 40; ++number)
        m_model->runAdded(done(u"r%1"_s.arg(number), number, 2));
    QSignalSpy ready(m_thumbnails.get(), &ThumbnailStore::ready);
    QTRY_VERIFY_WITH_TIMEOUT(ready.size() > 0 && m_thumbnails->pending() == 0, patience);
    const auto rows = view()->visibleRows();
    const int page = rows.last - rows.first + 1;
    QCOMPARE(rows.first, 0);
    QVERIFY(rows.last < 20);
    for (int row = 0; row < 2 * page; ++row)
        QVERIFY(!m_thumbnails->thumbnail(tile(row).data(GalleryRole::Sha256).toString(), {}, ThumbnailSize::Small).isNull());
    QVERIFY(ready.size() <= 2 * page);
}

void TestGalleryView::paintsThePicture()
{
    m_model->runAdded(done(u"r"_s, 1, 1));
    QSignalSpy ready(m_thumbnails.get(), &ThumbnailStore::ready);
    QVERIFY(ready.wait(patience));
    const QImage grabbed = view()->viewport()->grab().toImage();
    const QRect cell = view()->visualRect(tile(0));
    const QColor expected = QColor::fromHsv(37, 200, 220);
    const QColor seen = grabbed.pixelColor(cell.center() * grabbed.devicePixelRatio());
    QVERIFY(std::abs(seen.red() - expected.red()) < 8 && std::abs(seen.green() - expected.green()) < 8
            && std::abs(seen.blue() - expected.blue()) < 8);
    // 3:2 in a square: the surface shows above.
    QCOMPARE(grabbed.pixelColor(cell.center().x(), cell.top() + 12), coloursOf(view()->palette()).viewing);
}

void TestGalleryView::paintsEveryState_data()
{
    QTest::addColumn<int>("width");
    QTest::newRow("small tiles") << GalleryView::leastTile;
    QTest::newRow("usual tiles") << GalleryView::usualTile;
    QTest::newRow("large tiles") << GalleryView::mostTile;
}

void TestGalleryView::paintsEveryState()
{
    QFETCH(int, width);
    m_page->setTileSize(width);
    m_page->resize(1100, 900);
    const QString cruel = u"<img src='/etc/hostname'> "_s + QString(3000, u'w') + QChar(0x202e) + QString(200, QChar(0x1f4a9 & 0xffff));
    int sequence = 0;
    for (const RunState state : { RunState::Intent, RunState::Sending, RunState::Accepted, RunState::Completed,
                                  RunState::Done, RunState::Refused, RunState::Failed, RunState::Cancelled,
                                  RunState::Unknown }) {
        ++sequence;
        RunRecord record = runNamed(u"r%1"_s.arg(sequence), sequence, 1, state);
        record.input["prompt"] = cruel.toStdString();
        if (state == RunState::Refused || state == RunState::Failed)
            record.error = Error { .kind = ErrorKind::Refused, .message = cruel };
        m_model->runAdded(record);
    }
    RunProgress running;
    running.phase = RunProgress::Phase::Running;
    running.runningSince = QDateTime::currentDateTimeUtc().addSecs(-75);
    m_model->progressed({ u"r3"_s }, running);
    RunProgress fetching;
    fetching.phase = RunProgress::Phase::Fetching;
    fetching.bytesDone = 7;
    fetching.bytesTotal = 5; // more than promised
    m_model->progressed({ u"r4"_s }, fetching);
    QCOMPARE(view()->visualRect(tile(0)).topLeft(), QPoint(0, 0)); // lays out what is pending
    const QImage grabbed = view()->viewport()->grab().toImage();
    const QColor surface = coloursOf(view()->palette()).viewing;
    for (int row = 0; row <= view()->visibleRows().last; ++row) {
        const QRect cell = view()->visualRect(tile(row));
        // Nothing is painted outside of a tile.
        QCOMPARE(grabbed.pixelColor(cell.topLeft() + QPoint(2, 2)), surface);
        QVERIFY(grabbed.pixelColor(cell.center().x(), cell.top() + 14) != surface);
    }
}

void TestGalleryView::zoomsByWheelAndButtons()
{
    addRuns(3);
    QSignalSpy changed(m_page.get(), &GalleryPage::tileSizeChanged);
    QWheelEvent wheel(QPointF(50, 50), view()->viewport()->mapToGlobal(QPointF(50, 50)), {}, { 0, 120 }, Qt::NoButton,
                      Qt::ControlModifier, Qt::NoScrollPhase, false);
    QApplication::sendEvent(view()->viewport(), &wheel);
    QCOMPARE(m_page->tileSize(), GalleryView::usualTile + 16);
    QCOMPARE(changed.size(), 1);
    m_page->setTileSize(100000);
    QCOMPARE(m_page->tileSize(), GalleryView::mostTile);
    m_page->setTileSize(-5);
    QCOMPARE(m_page->tileSize(), GalleryView::leastTile);
}

void TestGalleryView::neverTakesTheFocusOrTheSelection()
{
    QSignalSpy current(m_page.get(), &GalleryPage::currentChanged);
    addRuns(3);
    m_model->runChanged(done(u"r2"_s, 2, 2));
    m_model->runChanged(runNamed(u"r3"_s, 3, 2, RunState::Failed));
    QTRY_VERIFY(m_thumbnails->pending() == 0);
    QVERIFY(!view()->currentIndex().isValid());
    QVERIFY(!view()->selectionModel()->hasSelection());
    QCOMPARE(current.size(), 0);
    m_page->showRun({ u"r1"_s }); // that is a person's word
    QCOMPARE(nameAt(view()->currentIndex()), u"r1#0"_s);
}

QTEST_MAIN(TestGalleryView)
#include "tst_galleryview.moc"
