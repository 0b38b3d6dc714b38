#include "actions.h"
#include "comparepage.h"
#include "detailspanel.h"
#include "examples.h"
#include "gallerymodel.h"
#include "form.h"
#include "gallerypage.h"
#include "galleryview.h"
#include "lensbar.h"
#include "mainwindow.h"
#include "notelabel.h"
#include "parametermodel.h"
#include "picturecanvas.h"
#include "picturecentre.h"
#include "pictureviewer.h"
#include "picturethumbs.h"
#include "runmodel.h"
#include "sectionheading.h"
#include "selectabletext.h"
#include "session.h"
#include "shortcutsheet.h"
#include "thumbnailstore.h"
#include "whatdiffers.h"
#include "workbench.h"
#include "zoombox.h"

#include <QAccessible>
#include <QAction>
#include <QApplication>
#include <QLabel>
#include <QSlider>
#include <QTableWidget>
#include <QToolButton>

using namespace plantain;
using namespace Qt::StringLiterals;

namespace {

constexpr int patience = 60'000;

} // namespace

/// Comparing in the real window, over pictures of the sandbox, by keys alone.
class TestComparePage : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();
    void opensByOneKeyAndGoesBack();
    void onlyForTwoToNine();
    void panelsMakeRoomAndComeBack();
    void fullScreenGivesThePanelsBack();
    void zoomSurvivesStepping();
    void championByKeys();
    void panesCloseAndMoveByKeys();
    void everyLensHasItsKey();
    void flickerBeatsAndHolds();
    void differenceTellsItsNumber();
    void whatDiffersIsTold();
    void removedWordsOfManyPrompts();
    void whatDiffersIsRemembered();
    void lensesNameBothAndStepOn();
    void referencesBesideEachOther();
    void blindTellsNothing();
    void fromThePromptToThePickedOne();
    void brokenOnesAreSaid();
    void everyControlHasAName();
    void wantsNothingWhileHidden();
    void closesWhenTooLittleIsLeft();

private:
    void generate(const QString &prompt, const char *resolution, const char *ratio, int seed)
    {
        ParameterModel *form = session->parameters();
        form->setText(form->promptRow(), prompt);
        form->setValue(form->rowOf(u"resolution"_s), Json(resolution));
        form->setValue(form->rowOf(u"aspect_ratio"_s), Json(ratio));
        form->setValue(form->rowOf(u"num_images"_s), Json(2));
        form->setValue(form->rowOf(u"seed"_s), Json(seed));
        const int runs = session->runs()->rowCount();
        session->generate();
        QTRY_VERIFY_WITH_TIMEOUT(session->runs()->rowCount() == runs + 1 && session->runs()->openRuns() == 0, patience);
    }
    GalleryView *view() const { return window->findChild<GalleryView *>(); }
    ComparePage *page() const { return window->findChild<ComparePage *>(); }
    CompareBoard *board() const { return page()->board(); }
    const Actions &actions() const { return window->actionSet(); }
    void select(const QList<int> &rows)
    {
        view()->setFocus();
        view()->clearSelection();
        for (const int row : rows)
            view()->selectionModel()->select(view()->model()->index(row, 0), QItemSelectionModel::Select);
        view()->selectionModel()->setCurrentIndex(view()->model()->index(rows.first(), 0), QItemSelectionModel::NoUpdate);
    }
    void open(const QList<int> &rows)
    {
        select(rows);
        QTRY_VERIFY(actions().compare->open->isEnabled());
        QTest::keyClick(view(), Qt::Key_C);
        QVERIFY(page()->isVisible());
        QTRY_VERIFY_WITH_TIMEOUT(pictures->bytes() > 0 && pictures->pending() == 0, patience);
    }
    void press(Qt::Key key, Qt::KeyboardModifiers modifiers = {}) { QTest::keyClick(QApplication::focusWidget(), key, modifiers); }
    QList<int> shown() const
    {
        QList<int> rows;
        for (const QPersistentModelIndex &index : page()->set().shown())
            rows << index.row();
        return rows;
    }

    std::unique_ptr<Workbench> bench;
    std::unique_ptr<ThumbnailStore> thumbnails;
    std::unique_ptr<Session> session;
    std::unique_ptr<MainWindow> window;
    PictureStore *pictures = nullptr;
};

void TestComparePage::init()
{
    bench = std::make_unique<Workbench>();
    thumbnails = std::make_unique<ThumbnailStore>(bench->folder.filePath(u"thumbnails"_s), bench->pool);
    session = std::make_unique<Session>(bench->catalog, *bench->library, *bench->servers, bench->pool, std::vector<Example>(),
                                        bench->folder.filePath(u"draft.json"_s));
    window = std::make_unique<MainWindow>(*session, *thumbnails, bench->folder.filePath(u"settings.json"_s));
    pictures = window->findChild<PictureStore *>();
    window->resize(1280, 800);
    window->show();
    window->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(window.get()));
    session->begin(OpenReport());
    generate(u"a red plantain on a table"_s, "0.5K", "16:9", 1);
    generate(u"a green plantain on a table"_s, "1K", "1:1", 2);
    QCOMPARE(session->gallery()->rowCount(), 4); // the second run's first
}

void TestComparePage::cleanup()
{
    window.reset();
    session.reset();
    thumbnails.reset();
    bench.reset();
}

void TestComparePage::opensByOneKeyAndGoesBack()
{
    open({ 0, 2, 3 });
    QVERIFY(!view()->isVisible());
    QCOMPARE(QApplication::focusWidget(), board()->pane(0));
    QCOMPARE(shown(), (QList<int> { 0, 2, 3 }));
    press(Qt::Key_Tab);
    QCOMPARE(board()->active(), 1);
    press(Qt::Key_Escape);
    QVERIFY(view()->isVisible());
    QCOMPARE(QApplication::focusWidget(), view());
    QList<int> selected;
    for (const QModelIndex &index : view()->selectionModel()->selectedIndexes())
        selected << index.row();
    std::ranges::sort(selected);
    QCOMPARE(selected, (QList<int> { 0, 2, 3 }));
    QCOMPARE(view()->currentIndex().row(), 2); // the pane that was active
    // The sheet of shortcuts tells.
    ShortcutSheet sheet(actions());
    QVERIFY(!sheet.findChild<QTableWidget *>()->findItems(u"Compare (in its list)"_s, Qt::MatchExactly).isEmpty());
    sheet.setAttribute(Qt::WA_DeleteOnClose, false);
}

void TestComparePage::onlyForTwoToNine()
{
    select({ 0 });
    QTRY_VERIFY(actions().openPicture->isEnabled());
    QVERIFY(!actions().compare->open->isEnabled());
    select({ 0, 1 });
    QTRY_VERIFY(actions().compare->open->isEnabled());
}

void TestComparePage::panelsMakeRoomAndComeBack()
{
    actions().showForm->setChecked(false);
    open({ 0, 1 });
    QVERIFY(!actions().showDetails->isChecked());
    QVERIFY(page()->whatDiffers()->isVisible());
    press(Qt::Key_V);
    QVERIFY(!page()->whatDiffers()->isVisible());
    press(Qt::Key_V);
    press(Qt::Key_Escape);
    QVERIFY(actions().showDetails->isChecked());
    QVERIFY(!actions().showForm->isChecked()); // as it was
    QVERIFY(!actions().compare->loupe->isEnabled());
}

void TestComparePage::fullScreenGivesThePanelsBack()
{
    open({ 0, 1 });
    actions().fullScreen->trigger();
    QVERIFY(window->isFullScreen());
    press(Qt::Key_Escape);
    QVERIFY(!window->isFullScreen());
    QVERIFY(actions().showForm->isChecked() && actions().showDetails->isChecked());
    // And what is remembered is the layout without comparing.
    open({ 0, 1 });
    window->close();
    QVERIFY(actions().showForm->isChecked() && actions().showDetails->isChecked());
}

void TestComparePage::zoomSurvivesStepping()
{
    open({ 0, 2 });
    press(Qt::Key_Z, Qt::ShiftModifier);
    QCOMPARE(board()->scale(), 1.0);
    QCOMPARE(window->findChild<PictureCentre *>()->comparing()->findChild<ZoomBox *>()->currentText(), u"100 %"_s);
    press(Qt::Key_Right);
    const QPointF middle = board()->viewports().toScene(0, board()->viewports().viewCentre(0));
    press(Qt::Key_PageDown);
    QCOMPARE(shown(), (QList<int> { 1, 2 }));
    QCOMPARE(board()->scale(), 1.0);
    QCOMPARE(board()->viewports().toScene(0, board()->viewports().viewCentre(0)), middle);
    press(Qt::Key_PageUp);
    QCOMPARE(shown(), (QList<int> { 0, 2 }));
    press(Qt::Key_F);
    QVERIFY(board()->viewports().isFitted());
}

void TestComparePage::championByKeys()
{
    open({ 0, 1, 2, 3 });
    press(Qt::Key_Tab);
    press(Qt::Key_M);
    QCOMPARE(shown(), (QList<int> { 1, 2 }));
    QVERIFY(actions().compare->champion->isChecked());
    QVERIFY(board()->pane(0)->accessibleName().contains(u"champion"_s));
    press(Qt::Key_PageDown);
    QCOMPARE(shown(), (QList<int> { 1, 3 }));
    press(Qt::Key_M); // the challenger is better
    QCOMPARE(shown(), (QList<int> { 3, 0 }));
    QVERIFY(actions().compare->champion->isChecked());
    press(Qt::Key_Tab, Qt::ShiftModifier);
    press(Qt::Key_M); // enough
    QCOMPARE(shown(), (QList<int> { 0, 1, 2, 3 }));
    QVERIFY(!actions().compare->champion->isChecked());
}

void TestComparePage::panesCloseAndMoveByKeys()
{
    open({ 0, 1, 2 });
    press(Qt::Key_Right, Qt::ControlModifier);
    QCOMPARE(shown(), (QList<int> { 1, 0, 2 }));
    QCOMPARE(board()->active(), 1);
    press(Qt::Key_Left, Qt::ControlModifier);
    QCOMPARE(shown(), (QList<int> { 0, 1, 2 }));
    press(Qt::Key_Backspace);
    QCOMPARE(shown(), (QList<int> { 1, 2 }));
    QCOMPARE(QApplication::focusWidget(), board()->pane(0));
    press(Qt::Key_Backspace);
    QCOMPARE(shown(), (QList<int> { 1, 2 }));
}

void TestComparePage::everyLensHasItsKey()
{
    open({ 0, 1 });
    QVERIFY(!page()->lensBar()->isVisible());
    const std::pair<Qt::KeyboardModifiers, Lens> swipes[] { { Qt::NoModifier, Lens::SwipeAcross }, { Qt::ShiftModifier, Lens::SwipeDown } };
    for (const auto &[modifiers, lens] : swipes) {
        press(Qt::Key_W, modifiers);
        QCOMPARE(board()->lens()->lens, lens);
        press(Qt::Key_Period);
        QCOMPARE(board()->lens()->share, 0.55);
        press(Qt::Key_Comma);
        QCOMPARE(board()->lens()->share, 0.5);
    }
    press(Qt::Key_O);
    QCOMPARE(board()->lens()->lens, Lens::Onion);
    auto *slider = page()->lensBar()->findChild<QSlider *>();
    slider->setValue(80);
    QCOMPARE(board()->lens()->share, 0.8);
    QCOMPARE(slider->accessibleName(), u"Opacity"_s);
    press(Qt::Key_S);
    QVERIFY(!board()->lens());
    QVERIFY(!page()->lensBar()->isVisible());
    QVERIFY(board()->pane(1)->isVisible());
    press(Qt::Key_O);
    QCOMPARE(board()->lens()->share, 0.8); // its own, kept
    QCOMPARE(QApplication::focusWidget(), board()->pane(0));
}

void TestComparePage::flickerBeatsAndHolds()
{
    open({ 0, 1 });
    press(Qt::Key_B);
    QCOMPARE(board()->lens()->lens, Lens::Flicker);
    page()->lensBar()->findChild<QSlider *>()->setValue(20);
    const bool second = board()->lens()->second;
    QTRY_VERIFY(board()->lens()->second != second);
    QTRY_VERIFY(board()->lens()->second == second);
    press(Qt::Key_B);
    QVERIFY(page()->lensBar()->isHeld());
    press(Qt::Key_Comma);
    QVERIFY(!board()->lens()->second);
    press(Qt::Key_Period);
    QVERIFY(board()->lens()->second);
    press(Qt::Key_B);
    QVERIFY(!page()->lensBar()->isHeld());
    QTRY_VERIFY(!board()->lens()->second);
}

void TestComparePage::differenceTellsItsNumber()
{
    open({ 0, 2 }); // of other sizes and ratios
    press(Qt::Key_D);
    QTRY_VERIFY_WITH_TIMEOUT(page()->lensBar()->figures().contains(u"pixels differ"_s), patience);
    QVERIFY(page()->lensBar()->figures().contains(u"compared at"_s));
    QVERIFY(actions().compare->goToDifference->isEnabled());
    press(Qt::Key_D, Qt::ShiftModifier);
    press(Qt::Key_Period); // another gain
    QTRY_VERIFY_WITH_TIMEOUT(page()->lensBar()->figures().contains(u"pixels differ"_s), patience);
    press(Qt::Key_S);
    press(Qt::Key_Escape);
    // A copy of a picture is identical.
    const QString one = view()->model()->index(0, 0).data(GalleryRole::File).toString();
    const QString other = view()->model()->index(1, 0).data(GalleryRole::File).toString();
    QVERIFY(QFile::remove(other) && QFile::copy(one, other));
    pictures->forget(view()->model()->index(1, 0).data(GalleryRole::Sha256).toString());
    open({ 0, 1 });
    press(Qt::Key_D);
    QTRY_COMPARE_WITH_TIMEOUT(page()->lensBar()->figures(), u"Identical"_s, patience);
    QVERIFY(!actions().compare->goToDifference->isEnabled());
}

void TestComparePage::whatDiffersIsTold()
{
    open({ 0, 2 });
    const auto text = [this](const QString &name) {
        for (const SelectableText *shown : page()->whatDiffers()->findChildren<SelectableText *>()) {
            if (shown->accessibleName() == name && shown->isVisible())
                return shown->toPlainText();
        }
        return QString();
    };
    QTRY_COMPARE(text(u"resolution"_s), u"A: 1K\nB: 0.5K"_s);
    QCOMPARE(text(u"aspect_ratio"_s), u"A: 1:1\nB: 16:9"_s);
    QCOMPARE(text(u"Seed"_s), u"A: 2\nB: 1"_s);
    QVERIFY(text(u"num_images"_s).isEmpty()); // the same
    QCOMPARE(text(u"Prompt of A"_s), u"a green plantain on a table"_s);
    const auto shown = page()->whatDiffers()->findChildren<SelectableText *>();
    const auto after = std::ranges::find(shown, u"Prompt of B"_s, &QWidget::accessibleName);
    QCOMPARE((*after)->extraSelections().size(), 1);
    QCOMPARE((*after)->extraSelections().first().cursor.selectedText(), u"red"_s);
    QCOMPARE((*after)->accessibleDescription(), u"Only here: red."_s);
    press(Qt::Key_Escape);
    open({ 0, 1 });
    QTRY_VERIFY(text(u"resolution"_s).isEmpty());
    QVERIFY(text(u"Prompt of A"_s).isEmpty());
    QCOMPARE(text(u"Seed"_s), u"2"_s);
}

void TestComparePage::removedWordsOfManyPrompts()
{
    generate(u"a plantain on the table"_s, "0.5K", "1:1", 3);
    open({ 0, 2, 4 });
    const auto notes = [this] {
        QStringList all;
        for (const NoteLabel *note : page()->whatDiffers()->findChildren<NoteLabel *>()) {
            if (note->isVisible())
                all << note->text();
        }
        return all;
    };
    QTRY_VERIFY(notes().contains(u"Only in that of A: the"_s));
    QCOMPARE(notes().count(u"Only in that of A: the"_s), 2); // not in B, and not in C
    press(Qt::Key_Escape);
    open({ 2, 4 }); // of two it is marked in the first itself
    QTRY_VERIFY(!notes().join(u' ').contains(u"Only in that"_s));
}

void TestComparePage::whatDiffersIsRemembered()
{
    open({ 0, 2 });
    QVERIFY(page()->whatDiffers()->isVisible());
    press(Qt::Key_V);
    QVERIFY(!page()->whatDiffers()->isVisible());
    window->close();
    window = std::make_unique<MainWindow>(*session, *thumbnails, bench->folder.filePath(u"settings.json"_s));
    pictures = window->findChild<PictureStore *>();
    window->show();
    window->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(window.get()));
    open({ 0, 2 });
    QVERIFY(!page()->whatDiffers()->isVisible());
    press(Qt::Key_V);
    QVERIFY(page()->whatDiffers()->isVisible());
}

void TestComparePage::lensesNameBothAndStepOn()
{
    open({ 0, 1, 2 });
    press(Qt::Key_W);
    const QAccessibleInterface *pane = QAccessible::queryAccessibleInterface(board()->pane(0));
    QCOMPARE(pane->role(), QAccessible::Graphic);
    QCOMPARE(pane->text(QAccessible::Name), u"Picture A and B, swipe across"_s);
    press(Qt::Key_PageDown);
    QCOMPARE(pane->text(QAccessible::Name), u"Picture A and C, swipe across"_s);
    press(Qt::Key_PageDown);
    QCOMPARE(pane->text(QAccessible::Name), u"Picture A and B, swipe across"_s);
    press(Qt::Key_S);
    QVERIFY(pane->text(QAccessible::Name).startsWith(u"Picture A, 1024"_s));
}

void TestComparePage::blindTellsNothing()
{
    open({ 0, 2 });
    press(Qt::Key_H);
    QCOMPARE(board()->pane(0)->accessibleName(), u"Picture A"_s);
    const auto told = [this] {
        QStringList all;
        for (const QLabel *label : page()->findChildren<QLabel *>()) {
            if (label->isVisible())
                all << label->text();
        }
        for (const SelectableText *shown : page()->whatDiffers()->findChildren<SelectableText *>()) {
            if (shown->isVisible())
                all << shown->toPlainText();
        }
        return all.join(u'\n');
    };
    QVERIFY2(!told().contains(u"plantain on"_s) && !told().contains(u"1024"_s), qPrintable(told()));
    const int current = view()->currentIndex().row();
    press(Qt::Key_Tab);
    QCOMPARE(view()->currentIndex().row(), current); // the details, where shown, do not tell either
    press(Qt::Key_H);
    QTRY_VERIFY(told().contains(u"plantain"_s));
    QVERIFY(board()->pane(0)->accessibleName().contains(u"a green plantain"_s));
}

void TestComparePage::referencesBesideEachOther()
{
    QImage image(40, 30, QImage::Format_RGB32);
    image.fill(Qt::red);
    const QString file = bench->folder.filePath(u"one.png"_s);
    QVERIFY(image.save(file));
    session->form()->chooseEndpoint(session->form()->editEndpointOf(session->endpoint()->id)->id);
    session->addReferences({ file });
    generate(u"a green plantain on a table"_s, "1K", "1:1", 2);
    open({ 0, 2 });
    const auto headings = [this] {
        QStringList all;
        for (const SectionHeading *heading : page()->whatDiffers()->findChildren<SectionHeading *>()) {
            if (heading->isVisible())
                all << heading->title();
        }
        return all;
    };
    QTRY_VERIFY(headings().contains(u"References of A"_s) && headings().contains(u"No references of B"_s));
    int thumbs = 0;
    for (const PictureThumbs *shown : page()->whatDiffers()->findChildren<PictureThumbs *>())
        thumbs += shown->isVisible();
    QCOMPARE(thumbs, 1);
    press(Qt::Key_Escape);
    open({ 0, 1 }); // of the same run
    QTRY_VERIFY(!headings().contains(u"References of A"_s));
}

// Without a pointer: four variations, compared, one crowned, and that one in the viewer.
void TestComparePage::fromThePromptToThePickedOne()
{
    session->parameters()->setValue(session->parameters()->rowOf(u"num_images"_s), Json(4));
    QTest::keyClick(window.get(), Qt::Key_L, Qt::ControlModifier);
    QTest::keyClicks(QApplication::focusWidget(), u"of four "_s);
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return, Qt::ControlModifier);
    QTRY_COMPARE_WITH_TIMEOUT(session->gallery()->rowCount(), 8, patience);
    QTRY_COMPARE_WITH_TIMEOUT(session->runs()->openRuns(), 0, patience);
    QTest::keyClick(window.get(), Qt::Key_G, Qt::ControlModifier);
    press(Qt::Key_Home);
    for (int more = 0; more < 3; ++more)
        press(Qt::Key_Right, Qt::ShiftModifier);
    QTRY_VERIFY(actions().compare->open->isEnabled());
    press(Qt::Key_C);
    QCOMPARE(shown(), (QList<int> { 0, 1, 2, 3 }));
    press(Qt::Key_Tab);
    press(Qt::Key_Tab);
    press(Qt::Key_M);
    press(Qt::Key_PageDown);
    press(Qt::Key_Escape);
    QCOMPARE(view()->currentIndex().row(), 2);
    press(Qt::Key_Return);
    auto *viewer = window->findChild<PictureViewer *>();
    QVERIFY(viewer->isVisible());
    QTRY_VERIFY_WITH_TIMEOUT(viewer->canvas()->hasPicture(), patience);
    QCOMPARE(view()->currentIndex().row(), 2);
    // Or straight from the pane.
    press(Qt::Key_Escape);
    open({ 4, 5 });
    press(Qt::Key_Tab);
    press(Qt::Key_Return);
    QVERIFY(viewer->isVisible());
    QCOMPARE(view()->currentIndex().row(), 5);
}

void TestComparePage::brokenOnesAreSaid()
{
    const QString file = view()->model()->index(1, 0).data(GalleryRole::File).toString();
    QFile broken(file);
    QVERIFY(broken.open(QIODevice::WriteOnly | QIODevice::Truncate) && broken.write("no picture") > 0);
    broken.close();
    open({ 0, 1 });
    QTRY_VERIFY_WITH_TIMEOUT(pictures->errorOf(view()->model()->index(1, 0).data(GalleryRole::Sha256).toString()), patience);
    press(Qt::Key_D);
    QTRY_COMPARE(page()->lensBar()->figures(), u"One of the two could not be opened."_s);
}

void TestComparePage::everyControlHasAName()
{
    open({ 0, 1, 2 });
    for (const Qt::Key lens : { Qt::Key_S, Qt::Key_W, Qt::Key_B, Qt::Key_D }) {
        press(lens);
        for (QWidget *widget : page()->findChildren<QWidget *>()) {
            if (!widget->isVisible() || widget->focusPolicy() == Qt::NoFocus)
                continue;
            const QAccessibleInterface *interface = QAccessible::queryAccessibleInterface(widget);
            QVERIFY2(interface && !interface->text(QAccessible::Name).isEmpty(),
                     qPrintable(u"%1 has no name"_s.arg(QString::fromLatin1(widget->metaObject()->className()))));
        }
    }
}

void TestComparePage::wantsNothingWhileHidden()
{
    open({ 0, 1 });
    press(Qt::Key_Escape);
    for (QAction *action : actions().compare->ofPage())
        QVERIFY2(!action->isEnabled(), qPrintable(action->objectName()));
    // The viewer still has the keys that both have.
    QTest::keyClick(view(), Qt::Key_Return);
    QVERIFY(actions().zoomIn->isEnabled());
    press(Qt::Key_Escape);
    QVERIFY(view()->isVisible());
}

void TestComparePage::closesWhenTooLittleIsLeft()
{
    open({ 0, 2 });
    window->findChild<GalleryPage *>()->showRun(session->runs()->idAt(0)); // changes nothing here
    QVERIFY(page()->isVisible());
    auto *filter = window->findChild<GalleryFilter *>();
    filter->setFilter({ .text = u"green"_s, .group = TileGroup::Failed });
    QTRY_VERIFY(!page()->isVisible());
    QVERIFY(view()->isVisible());
}

QTEST_MAIN(TestComparePage)
#include "tst_comparepage.moc"
