#include "actions.h"
#include "detailspanel.h"
#include "examples.h"
#include "gallerymodel.h"
#include "gallerypage.h"
#include "galleryview.h"
#include "mainwindow.h"
#include "parametermodel.h"
#include "picturecanvas.h"
#include "picturecentre.h"
#include "pictureinfobox.h"
#include "picturepreview.h"
#include "pictureviewer.h"
#include "runmodel.h"
#include "session.h"
#include "thumbnailstore.h"
#include "workbench.h"
#include "zoombox.h"

#include <QAction>
#include <QApplication>
#include <QDockWidget>
#include <QLineEdit>
#include <QMenuBar>

using namespace plantain;
using namespace Qt::StringLiterals;

namespace {

constexpr int patience = 60'000;

} // namespace

/// The viewer in the real window, over pictures of the sandbox.
class TestPictureViewer : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();
    void opensAndCloses_data();
    void opensAndCloses();
    void selectionKeepsStep();
    void everyStepHasItsKey();
    void lettersTypedInTheZoomAreNotKeys();
    void zoomIsKeptWhenAsked();
    void saysWhatIsWrongInPlace();
    void informationOverThePicture();
    void fullScreenAndBack();
    void opensFromTheDetails();
    void wantsNothingWhileHidden();

private:
    void generate(const QString &prompt)
    {
        session->parameters()->setText(session->parameters()->promptRow(), prompt);
        session->parameters()->setValue(session->parameters()->rowOf(u"resolution"_s), Json("0.5K"));
        session->parameters()->setValue(session->parameters()->rowOf(u"num_images"_s), Json(2));
        const int runs = session->runs()->rowCount();
        session->generate();
        QTRY_VERIFY_WITH_TIMEOUT(session->runs()->rowCount() == runs + 1 && session->runs()->openRuns() == 0, patience);
    }
    GalleryView *view() const { return window->findChild<GalleryView *>(); }
    PictureViewer *viewer() const { return window->findChild<PictureViewer *>(); }
    PictureCanvas *canvas() const { return viewer()->canvas(); }
    int row() const { return view()->currentIndex().row(); }
    const Actions &actions() const { return window->actionSet(); }
    void open(int at)
    {
        view()->setFocus();
        view()->setCurrentIndex(view()->model()->index(at, 0));
        QTest::keyClick(view(), Qt::Key_Return);
        QVERIFY(viewer()->isVisible());
        QTRY_VERIFY_WITH_TIMEOUT(canvas()->hasPicture(), patience);
    }
    void press(Qt::Key key) { QTest::keyClick(QApplication::focusWidget(), key); }

    std::unique_ptr<Workbench> bench;
    std::unique_ptr<ThumbnailStore> thumbnails;
    std::unique_ptr<Session> session;
    std::unique_ptr<MainWindow> window;
};

void TestPictureViewer::init()
{
    bench = std::make_unique<Workbench>();
    thumbnails = std::make_unique<ThumbnailStore>(bench->folder.filePath(u"thumbnails"_s), bench->pool);
    session = std::make_unique<Session>(bench->catalog, *bench->library, *bench->servers, bench->pool, std::vector<Example>(),
                                        bench->folder.filePath(u"draft.json"_s));
    window = std::make_unique<MainWindow>(*session, *thumbnails, bench->folder.filePath(u"settings.json"_s));
    window->resize(1280, 800);
    window->show();
    window->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(window.get()));
    session->begin(OpenReport());
    generate(u"a plantain"_s);
    generate(u"a \"second\" <b>plantain</b>"_s);
    QCOMPARE(session->gallery()->rowCount(), 4);
}

void TestPictureViewer::cleanup()
{
    window.reset();
    session.reset();
    thumbnails.reset();
    bench.reset();
}

void TestPictureViewer::opensAndCloses_data()
{
    QTest::addColumn<int>("key"); // 0: a double click
    QTest::newRow("Return") << int(Qt::Key_Return);
    QTest::newRow("Space") << int(Qt::Key_Space);
    QTest::newRow("double click") << 0;
}

void TestPictureViewer::opensAndCloses()
{
    QFETCH(int, key);
    view()->setFocus();
    view()->setCurrentIndex(view()->model()->index(1, 0));
    QTRY_VERIFY(window->actionSet().openPicture->isEnabled()); // a moment after the selection
    if (key) {
        QTest::keyClick(view(), Qt::Key(key));
    } else {
        const QPoint middle = view()->visualRect(view()->currentIndex()).center();
        QTest::mouseClick(view()->viewport(), Qt::LeftButton, {}, middle);
        QTest::mouseDClick(view()->viewport(), Qt::LeftButton, {}, middle);
    }
    QVERIFY(viewer()->isVisible());
    QVERIFY(!view()->isVisible());
    QCOMPARE(QApplication::focusWidget(), canvas());
    QTRY_VERIFY_WITH_TIMEOUT(canvas()->hasPicture(), patience);
    QVERIFY(canvas()->viewport().isFitted());
    press(Qt::Key_Escape);
    QVERIFY(!viewer()->isVisible());
    QCOMPARE(QApplication::focusWidget(), view());
    QCOMPARE(row(), 1);
}

void TestPictureViewer::selectionKeepsStep()
{
    open(1);
    press(Qt::Key_Right);
    QCOMPARE(row(), 2);
    QCOMPARE(view()->selectionModel()->selectedIndexes(), QModelIndexList { view()->model()->index(2, 0) });
    QTRY_VERIFY_WITH_TIMEOUT(canvas()->hasPicture(), patience);
    // The other way round: what is chosen in the list of runs is what is seen.
    window->findChild<GalleryPage *>()->showRun(session->runs()->idAt(0));
    QCOMPARE(row(), 0);
    QTRY_VERIFY_WITH_TIMEOUT(canvas()->hasPicture(), patience);
    press(Qt::Key_Left);
    QCOMPARE(row(), 0);
    QVERIFY(!actions().previousPicture->isEnabled());
    press(Qt::Key_Escape);
    QCOMPARE(row(), 0);
    // A new run comes in while one looks: the same picture stays.
    open(2);
    const QString file = view()->currentIndex().data(GalleryRole::File).toString();
    generate(u"one more"_s);
    QCOMPARE(view()->currentIndex().data(GalleryRole::File).toString(), file);
    QVERIFY(viewer()->isVisible());
    press(Qt::Key_Home);
    QCOMPARE(row(), 0);
}

void TestPictureViewer::everyStepHasItsKey()
{
    open(0);
    const std::initializer_list<std::pair<Qt::Key, int>> steps {
        { Qt::Key_PageDown, 1 }, { Qt::Key_BracketRight, 2 }, { Qt::Key_PageUp, 1 }, { Qt::Key_BracketLeft, 0 },
        { Qt::Key_End, 3 },      { Qt::Key_PageDown, 3 },     { Qt::Key_Home, 0 },
    };
    for (const auto &[key, expected] : steps) {
        press(key);
        QCOMPARE(row(), expected);
    }
    QTRY_VERIFY_WITH_TIMEOUT(canvas()->hasPicture(), patience);
    QTest::keyClick(canvas(), Qt::Key_Z, Qt::ShiftModifier);
    QCOMPARE(canvas()->viewport().scale(), 1.0);
    press(Qt::Key_Plus);
    QCOMPARE(canvas()->viewport().scale(), 1.25);
    press(Qt::Key_Minus);
    press(Qt::Key_F);
    QVERIFY(canvas()->viewport().isFitted());
    for (int step = 0; step < 5; ++step)
        press(Qt::Key_Plus);
    press(Qt::Key_Right); // larger than the view: moves the picture
    QCOMPARE(row(), 0);
    press(Qt::Key_BracketRight);
    QCOMPARE(row(), 1);
    for (const QAction *action : actions().ofViewer())
        QVERIFY2(!action->shortcuts().isEmpty(), qPrintable(action->objectName()));
}

void TestPictureViewer::lettersTypedInTheZoomAreNotKeys()
{
    open(0);
    auto *box = viewer()->findChild<ZoomBox *>();
    box->lineEdit()->setFocus();
    box->lineEdit()->selectAll();
    QTest::keyClicks(box->lineEdit(), u"250"_s);
    press(Qt::Key_Return);
    QCOMPARE(canvas()->viewport().scale(), 2.5);
    QCOMPARE(box->currentText(), u"250 %"_s);
    QCOMPARE(QApplication::focusWidget(), canvas());
    box->lineEdit()->setFocus();
    box->lineEdit()->selectAll();
    QTest::keyClicks(box->lineEdit(), u"fit"_s);
    QVERIFY(!actions().pictureInfo->isChecked());
    press(Qt::Key_Return);
    QVERIFY(canvas()->viewport().isFitted());
}

void TestPictureViewer::zoomIsKeptWhenAsked()
{
    open(0);
    canvas()->setLook({ false, 2, { 0.4, 0.6 } });
    press(Qt::Key_PageDown);
    QVERIFY(canvas()->viewport().isFitted());
    press(Qt::Key_K);
    canvas()->setLook({ false, 3, { 0.4, 0.6 } });
    const auto look = canvas()->viewport().look();
    press(Qt::Key_PageUp);
    QCOMPARE(canvas()->viewport().look(), look);
    QTRY_VERIFY_WITH_TIMEOUT(canvas()->hasPicture(), patience);
    QCOMPARE(canvas()->viewport().look(), look);
}

void TestPictureViewer::saysWhatIsWrongInPlace()
{
    const auto fileAt = [this](int at) { return session->gallery()->index(at).data(GalleryRole::File).toString(); };
    QFile broken(fileAt(1));
    QVERIFY(broken.open(QIODevice::ReadWrite));
    QVERIFY(broken.resize(broken.size() / 2));
    broken.close();
    QVERIFY(QFile::rename(fileAt(3), fileAt(3) + u".away"_s));
    open(0);
    press(Qt::Key_Right);
    QTRY_VERIFY_WITH_TIMEOUT(viewer()->message().contains(u"cut off"_s), patience);
    QVERIFY(!viewer()->message().contains(u"Nothing was sent"_s));
    press(Qt::Key_Right);
    QTRY_VERIFY_WITH_TIMEOUT(canvas()->hasPicture(), patience);
    QCOMPARE(viewer()->message(), QString());
    press(Qt::Key_Right);
    QTRY_VERIFY_WITH_TIMEOUT(viewer()->message().contains(u"not there any more"_s), patience);
    QVERIFY(QFile::rename(fileAt(3) + u".away"_s, fileAt(3)));
    press(Qt::Key_Left);
    press(Qt::Key_Right); // tried again
    QTRY_VERIFY_WITH_TIMEOUT(canvas()->hasPicture(), patience);
    QCOMPARE(viewer()->message(), QString());
}

void TestPictureViewer::informationOverThePicture()
{
    open(0);
    auto *info = viewer()->findChild<PictureInfoBox *>();
    QVERIFY(!info->isVisible());
    press(Qt::Key_I);
    QVERIFY(info->isVisible());
    const QSize size = session->gallery()->index(0).data(GalleryRole::PixelSize).toSize();
    QVERIFY(info->text().contains(u"a \"second\" <b>plantain</b>"_s));
    QVERIFY2(info->text().contains(u"%1 × %2"_s.arg(size.width()).arg(size.height())), qPrintable(info->text()));
    QVERIFY(info->text().contains(u"PNG"_s));
    QTRY_VERIFY_WITH_TIMEOUT(info->text().contains(u"seed "_s), patience);
    canvas()->zoomTo(0.5);
    QVERIFY(info->text().contains(u"50 %"_s));
    QVERIFY(canvas()->rect().contains(info->geometry())); // on the picture, not on the controls above it
    press(Qt::Key_I);
    QVERIFY(!info->isVisible());
}

void TestPictureViewer::fullScreenAndBack()
{
    open(0);
    actions().showLog->setChecked(false);
    press(Qt::Key_F11);
    QVERIFY(window->isFullScreen());
    QVERIFY(!window->menuBar()->isVisible());
    QVERIFY(!window->findChild<DetailsPanel *>()->isVisible());
    QVERIFY(!window->findChild<QDockWidget *>(u"runs"_s)->isVisible());
    QCOMPARE(QApplication::focusWidget(), canvas());
    press(Qt::Key_PageDown);
    QCOMPARE(row(), 1);
    press(Qt::Key_F11);
    QVERIFY(!window->isFullScreen());
    QVERIFY(viewer()->isVisible());
    QVERIFY(window->menuBar()->isVisible());
    QVERIFY(window->findChild<DetailsPanel *>()->isVisible());
    QVERIFY(window->findChild<QDockWidget *>(u"runs"_s)->isVisible());
    QVERIFY(!window->findChild<QDockWidget *>(u"log"_s)->isVisible());
    press(Qt::Key_F11);
    press(Qt::Key_Escape); // one key leads back to the gallery
    QVERIFY(!window->isFullScreen());
    QVERIFY(view()->isVisible());
}

void TestPictureViewer::opensFromTheDetails()
{
    view()->setCurrentIndex(view()->model()->index(2, 0));
    auto *preview = window->findChild<PicturePreview *>();
    QTRY_VERIFY(preview->isVisible());
    QTest::mouseClick(preview, Qt::LeftButton);
    QVERIFY(viewer()->isVisible());
    QCOMPARE(QApplication::focusWidget(), canvas());
    press(Qt::Key_Escape);
    preview->setFocus();
    press(Qt::Key_Return);
    QVERIFY(viewer()->isVisible());
    QCOMPARE(row(), 2);
}

void TestPictureViewer::wantsNothingWhileHidden()
{
    open(1);
    auto *store = window->findChild<PictureStore *>();
    QTRY_COMPARE_WITH_TIMEOUT(store->pending(), 0, patience); // the neighbours have come
    for (const int at : { 0, 1, 2 })
        QVERIFY(store->picture(session->gallery()->index(at).data(GalleryRole::Sha256).toString()));
    press(Qt::Key_Escape);
    view()->setCurrentIndex(view()->model()->index(3, 0));
    QCOMPARE(store->pending(), 0);
    QVERIFY(!actions().nextPicture->isEnabled());
}

QTEST_MAIN(TestPictureViewer)
#include "tst_pictureviewer.moc"
