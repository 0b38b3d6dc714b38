#include "comparepage.h"
#include "filterbar.h"
#include "gallerymodel.h"
#include "galleryview.h"
#include "marking.h"
#include "picturecanvas.h"
#include "picturecentre.h"
#include "pictureviewer.h"
#include "searchfield.h"
#include "selectabletext.h"
#include "tournament.h"
#include "tournamentpage.h"
#include "windowtest.h"

#include <QAction>
#include <QComboBox>
#include <QLabel>
#include <QMenuBar>
#include <QPushButton>

using namespace plantain;
using namespace Qt::StringLiterals;

/// Choosing among pictures in the window, by the keyboard alone.
class TestCulling : public WindowTest
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();
    void keysMarkInTheGallery();
    void keysGoOnWhenTheyShall();
    void keysMarkInTheViewer();
    void undoBelongsToWhereTheKeyboardIs();
    void undoIsAboutTheLastOfMarksAndDeletions();
    void whatLiesInTheTrashIsNotMarked();
    void theBarCountsAndFilters();
    void findsWordsOfDescriptionsToo();
    void goesThroughInFullScreen();
    void fullScreenLeavesNothingBehind();
    void marksWhileComparing();
    void aTournamentIsHeldByKeys();

private:
    Marks marksAt(int row) const { return view().model()->index(row, 0).data(GalleryRole::Marks).value<Marks>(); }
    PictureCentre &centre() const { return *m_window->findChild<PictureCentre *>(); }
    void select(int row)
    {
        page().focusView();
        view().selectionModel()->setCurrentIndex(view().model()->index(row, 0), QItemSelectionModel::ClearAndSelect);
    }
    template <class Widget>
    Widget *named(const QString &name) const
    {
        for (Widget *widget : m_window->findChildren<Widget *>()) {
            if (widget->accessibleName() == name)
                return widget;
        }
        return nullptr;
    }
};

/// Four pictures of two runs are there.
void TestCulling::init()
{
    prepare();
    for (const char *prompt : { "a red fox", "a sign that says \"OPEN\"" }) {
        const RunRecord run = m_bench->started({ u"fal-ai/nano-banana-2"_s },
                                               Json { { "prompt", prompt }, { "num_images", 2 }, { "resolution", "0.5K" } });
        QCOMPARE(m_bench->settled(run.id).state, RunState::Done);
    }
    open();
    QTRY_COMPARE(view().model()->rowCount(), 4);
}

void TestCulling::cleanup()
{
    end();
}

void TestCulling::keysMarkInTheGallery()
{
    select(1);
    QTRY_VERIFY(actions().keep->isEnabled());
    QTest::keyClick(&view(), Qt::Key_4);
    QTRY_COMPARE(marksAt(1), (Marks { .rating = 4 }));
    QTest::keyClick(&view(), Qt::Key_P);
    QTest::keyClick(&view(), Qt::Key_7);
    QTRY_COMPARE(marksAt(1), (Marks { .rating = 4, .flag = Flag::Keep, .label = ColourLabel::Yellow }));
    QTest::keyClick(&view(), Qt::Key_7); // once more takes it off
    QTest::keyClick(&view(), Qt::Key_X);
    QTRY_COMPARE(marksAt(1), (Marks { .rating = 4, .flag = Flag::Reject }));
    QCOMPARE(view().currentIndex().row(), 1);
    view().selectAll();
    QTest::keyClick(&view(), Qt::Key_U);
    QTest::keyClick(&view(), Qt::Key_1);
    for (int row = 0; row < 4; ++row)
        QTRY_COMPARE(marksAt(row), (Marks { .rating = 1 }));
    QVERIFY(view().model()->index(0, 0).data(Qt::AccessibleTextRole).toString().endsWith(u"1 star."_s));
}

void TestCulling::keysGoOnWhenTheyShall()
{
    select(0);
    QTest::keyClick(&view(), Qt::Key_A);
    QVERIFY(actions().advance->isChecked());
    for (const Qt::Key key : { Qt::Key_P, Qt::Key_X, Qt::Key_5, Qt::Key_3, Qt::Key_2 })
        QTest::keyClick(&view(), key);
    QTRY_COMPARE(marksAt(3), (Marks { .rating = 2 })); // the last one stays current
    QCOMPARE(marksAt(0), (Marks { .flag = Flag::Keep }));
    QCOMPARE(marksAt(1), (Marks { .flag = Flag::Reject }));
    QCOMPARE(marksAt(2), (Marks { .rating = 5 }));
    QCOMPARE(view().currentIndex().row(), 3);
}

void TestCulling::keysMarkInTheViewer()
{
    select(0);
    centre().openPicture();
    PictureCanvas *canvas = centre().viewer()->canvas();
    QTRY_COMPARE(QApplication::focusWidget(), canvas);
    actions().advance->setChecked(true);
    QTest::keyClick(canvas, Qt::Key_5);
    QTRY_COMPARE(marksAt(0), (Marks { .rating = 5 }));
    QCOMPARE(view().currentIndex().row(), 1);
    actions().advance->setChecked(false);
    QTest::keyClick(canvas, Qt::Key_X);
    QTRY_COMPARE(marksAt(1), (Marks { .flag = Flag::Reject }));
    QTest::keyClick(canvas, Qt::Key_Z, Qt::ControlModifier);
    QTRY_COMPARE(marksAt(1), Marks());

    // It is the picture one sees, whatever is selected behind it.
    QTest::keyClick(canvas, Qt::Key_Escape);
    view().selectAll();
    view().selectionModel()->setCurrentIndex(view().model()->index(2, 0), QItemSelectionModel::NoUpdate);
    centre().openPicture();
    QTest::keyClick(canvas, Qt::Key_4);
    QTRY_COMPARE(marksAt(2), (Marks { .rating = 4 }));
    QCOMPARE(marksAt(1), Marks());
    QCOMPARE(marksAt(3), Marks());
}

void TestCulling::undoBelongsToWhereTheKeyboardIs()
{
    select(0);
    QTest::keyClick(&view(), Qt::Key_3);
    QTest::keyClick(&view(), Qt::Key_P);
    QTRY_COMPARE(marksAt(0), (Marks { .rating = 3, .flag = Flag::Keep }));
    QTest::keyClick(&view(), Qt::Key_Z, Qt::ControlModifier);
    QTRY_COMPARE(marksAt(0), (Marks { .rating = 3 }));
    QVERIFY(actions().undoMark->text().contains(u"3 stars"_s));
    QTest::keyClick(&view(), Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier);
    QTRY_COMPARE(marksAt(0), (Marks { .rating = 3, .flag = Flag::Keep }));
    actions().undoMark->trigger();
    actions().undoMark->trigger();
    QTRY_COMPARE(marksAt(0), Marks());
    QVERIFY(!actions().undoMark->isEnabled());
}

void TestCulling::undoIsAboutTheLastOfMarksAndDeletions()
{
    const auto undo = [this] { QTest::keyClick(&view(), Qt::Key_Z, Qt::ControlModifier); };
    select(1);
    QTest::keyClick(&view(), Qt::Key_3);
    QTRY_COMPARE(marksAt(1).rating, 3);
    select(0);
    QTest::keyClick(&view(), Qt::Key_Delete);
    QTRY_COMPARE(view().model()->rowCount(), 3);
    QTRY_VERIFY(actions().undoDeletion->isEnabled());
    select(2);
    QTest::keyClick(&view(), Qt::Key_P);
    QTRY_COMPARE(marksAt(2).flag, Flag::Keep);
    undo();
    QTRY_COMPARE(marksAt(2).flag, Flag::None);
    QCOMPARE(view().model()->rowCount(), 3);
    undo();
    QTRY_COMPARE(view().model()->rowCount(), 4);
    QCOMPARE(marksAt(1).rating, 3);
    QTRY_VERIFY(!actions().undoDeletion->isEnabled());
    undo();
    QTRY_COMPARE(marksAt(1).rating, 0);
}

void TestCulling::whatLiesInTheTrashIsNotMarked()
{
    select(0);
    QTest::keyClick(&view(), Qt::Key_3);
    QTRY_COMPARE(marksAt(0).rating, 3);
    actions().showFilters->setChecked(true);
    auto *rating = named<QComboBox>(u"Rating"_s);
    QTRY_COMPARE(rating->itemText(3), u"3 stars or more (1)"_s);
    QTest::keyClick(&view(), Qt::Key_Delete);
    QTRY_COMPARE(view().model()->rowCount(), 3);
    QTRY_COMPARE(rating->itemText(3), u"3 stars or more (0)"_s);
    page().showTrash();
    QTRY_COMPARE(view().model()->rowCount(), 1);
    select(0);
    QTRY_VERIFY(!actions().keep->isEnabled());
    QVERIFY(!actions().tournament->isEnabled());
    QTest::keyClick(&view(), Qt::Key_5);
    QVERIFY(!actions().undoMark->text().contains(u"5 stars"_s));
}

void TestCulling::theBarCountsAndFilters()
{
    actions().showFilters->setChecked(true);
    auto *rating = named<QComboBox>(u"Rating"_s);
    QVERIFY(rating && rating->isVisible());
    select(2);
    QTest::keyClick(&view(), Qt::Key_3);
    QTRY_COMPARE(rating->itemText(3), u"3 stars or more (1)"_s);
    QTRY_COMPARE(rating->itemText(6), u"Not rated (3)"_s);
    rating->setCurrentIndex(2);
    QTRY_COMPARE(view().model()->rowCount(), 1);
    page().clearFilter();
    QTRY_COMPARE(view().model()->rowCount(), 4);
    QCOMPARE(rating->currentIndex(), 0);
    page().searchField()->setText(u"rating:3"_s);
    QTRY_COMPARE(view().model()->rowCount(), 1);
    page().searchField()->setText(u"is:text"_s);
    QTRY_COMPARE(view().model()->rowCount(), 2);
}

void TestCulling::findsWordsOfDescriptionsToo()
{
    page().searchField()->setText(u"red fo"_s);
    QTRY_COMPARE(view().model()->rowCount(), 2);
    QCOMPARE(page().soughtWords(), (QStringList { u"red"_s, u"fo"_s }));
    select(0);
    auto *prompt = named<SelectableText>(u"Prompt"_s);
    QTRY_COMPARE(prompt->toPlainText(), u"a red fox"_s);
    QTRY_COMPARE(prompt->extraSelections().size(), 2);
    page().searchField()->setText(u"zebra"_s);
    QTRY_COMPARE(view().model()->rowCount(), 0);
    // One that comes later is found as well.
    m_bench->started({ u"fal-ai/nano-banana-2"_s }, Json { { "prompt", "a zebra" }, { "resolution", "0.5K" } });
    QTRY_COMPARE(view().model()->rowCount(), 1);
    page().searchField()->clear();
    QTRY_COMPARE(view().model()->rowCount(), 5);
}

void TestCulling::goesThroughInFullScreen()
{
    const auto pictureShown = [this] { return centre().viewer()->canvas()->accessibleName(); };
    select(0);
    QTest::keyClick(&view(), Qt::Key_F11, Qt::ShiftModifier);
    PictureCanvas *canvas = centre().viewer()->canvas();
    QTRY_VERIFY(m_window->isFullScreen());
    QTRY_COMPARE(QApplication::focusWidget(), canvas);
    QVERIFY(!m_window->menuBar()->isVisible());
    QVERIFY(pictureShown().contains(u"Picture 1 of 2"_s));
    QTest::keyClick(canvas, Qt::Key_P);
    QCOMPARE(view().currentIndex().row(), 1);
    QVERIFY(pictureShown().contains(u"Picture 2 of 2"_s));
    QTest::keyClick(canvas, Qt::Key_X);
    QTest::keyClick(canvas, Qt::Key_4);
    QTest::keyClick(canvas, Qt::Key_7);
    QCOMPARE(view().currentIndex().row(), 3); // the last one stays
    QTRY_COMPARE(marksAt(3), (Marks { .label = ColourLabel::Yellow }));
    QTest::keyClick(canvas, Qt::Key_Z, Qt::ControlModifier); // and it is taken back there
    QTRY_COMPARE(marksAt(3), Marks());
    QTRY_COMPARE(marksAt(2), (Marks { .rating = 4 }));
    QCOMPARE(marksAt(0), (Marks { .flag = Flag::Keep }));
    QCOMPARE(marksAt(1), (Marks { .flag = Flag::Reject }));
    QTest::keyClick(canvas, Qt::Key_Left);
    QVERIFY2(pictureShown().contains(u"4 stars"_s), qPrintable(pictureShown()));
    QTest::keyClick(canvas, Qt::Key_Escape);
    QTRY_VERIFY(!m_window->isFullScreen());
    QVERIFY(m_window->menuBar()->isVisible());
    QVERIFY(!centre().isViewing());
    QCOMPARE(view().currentIndex().row(), 2);
    QTRY_COMPARE(QApplication::focusWidget(), &view());
}

void TestCulling::fullScreenLeavesNothingBehind()
{
    for (const bool advances : { false, true }) {
        actions().advance->setChecked(advances);
        select(0);
        QTest::keyClick(&view(), Qt::Key_F11, Qt::ShiftModifier);
        PictureCanvas *canvas = centre().viewer()->canvas();
        QTRY_COMPARE(QApplication::focusWidget(), canvas);
        QTest::keyClick(canvas, Qt::Key_F11, Qt::ShiftModifier); // once more changes nothing
        QVERIFY(actions().advance->isChecked());
        QTest::keyClick(canvas, Qt::Key_Escape);
        QTRY_VERIFY(!m_window->isFullScreen());
        QCOMPARE(actions().advance->isChecked(), advances);
    }
    actions().advance->setChecked(false);
    select(0);
    QTest::keyClick(&view(), Qt::Key_F11, Qt::ShiftModifier);
    QTRY_VERIFY(m_window->isFullScreen());
    close(); // the program is ended there
    open();
    QVERIFY(!actions().advance->isChecked());
}

void TestCulling::marksWhileComparing()
{
    ComparePage *comparing = centre().comparing();
    const auto press = [](Qt::Key key) { QTest::keyClick(QApplication::focusWidget(), key); };
    select(0);
    view().selectAll();
    QTRY_VERIFY(actions().compare->open->isEnabled());
    QTest::keyClick(&view(), Qt::Key_C);
    QTRY_VERIFY(comparing->isVisible());
    actions().advance->setChecked(true); // there is no next one to go on to
    press(Qt::Key_Tab);
    press(Qt::Key_4);
    press(Qt::Key_P);
    QTRY_COMPARE(marksAt(1), (Marks { .rating = 4, .flag = Flag::Keep }));
    QCOMPARE(comparing->board()->active(), 1);
    QTRY_VERIFY(comparing->board()->pane(1)->accessibleName().endsWith(u"Keeper, 4 stars."_s));
    for (const int other : { 0, 2, 3 })
        QCOMPARE(marksAt(other), Marks());
    press(Qt::Key_H); // blind: it is still that pane
    press(Qt::Key_Tab);
    press(Qt::Key_X);
    QTRY_COMPARE(marksAt(2), (Marks { .flag = Flag::Reject }));
    QTRY_COMPARE(comparing->board()->pane(2)->accessibleName(), u"Picture C. Rejected."_s);
    press(Qt::Key_W); // two are seen: a mark would be about neither
    QVERIFY(!actions().reject->isEnabled());
    press(Qt::Key_3);
    press(Qt::Key_S);
    QVERIFY(actions().reject->isEnabled());
    QCOMPARE(marksAt(2), (Marks { .flag = Flag::Reject }));
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Z, Qt::ControlModifier);
    QTRY_COMPARE(marksAt(2), Marks());
    press(Qt::Key_W);
    QVERIFY(!actions().reject->isEnabled());
    press(Qt::Key_Escape); // out of the lens
    QVERIFY(actions().reject->isEnabled());
    press(Qt::Key_1); // of all that are selected again
    for (int row = 0; row < 4; ++row)
        QTRY_COMPARE(marksAt(row).rating, 1);
}

void TestCulling::aTournamentIsHeldByKeys()
{
    page().focusView();
    view().selectAll();
    QTRY_VERIFY(actions().tournament->isEnabled());
    QTest::keyClick(&view(), Qt::Key_T);
    TournamentPage *tournament = centre().tournament();
    QTRY_VERIFY(tournament->tournament() && tournament->tournament()->isReady());
    QTRY_COMPARE(QApplication::focusWidget(), tournament);
    const auto votes = [this] {
        size_t count = 0;
        const auto runs = *Workbench::wait(m_bench->library->runs(0, 10));
        for (const RunRecord &run : runs)
            count += run.votes.size();
        return count;
    };
    QVERIFY(!actions().deletePictures->isEnabled()); // it would be of a tile that is not seen
    const auto first = *tournament->tournament()->question();
    QTest::keyClick(tournament, Qt::Key_Right);
    QCOMPARE(tournament->tournament()->ranking().answers(), 1);
    QCOMPARE(votes(), size_t(1));
    QTest::keyClick(tournament, Qt::Key_Backspace);
    QCOMPARE(*tournament->tournament()->question(), first);
    QCOMPARE(votes(), size_t(0));
    QTest::keyClick(tournament, Qt::Key_Up); // skipped
    QVERIFY(*tournament->tournament()->question() != first);
    QTest::keyClick(tournament, Qt::Key_Backspace);
    QCOMPARE(*tournament->tournament()->question(), first);
    // The picture of the lowest place is always the better one.
    for (int answers = 0; answers < 20 && !tournament->showsResult(); ++answers) {
        const auto question = *tournament->tournament()->question();
        QTest::keyClick(tournament, question.first < question.second ? Qt::Key_Left : Qt::Key_Right);
    }
    QVERIFY(tournament->showsResult());
    QCOMPARE(tournament->tournament()->ranking().standings().front().item, 0);
    const int answers = tournament->tournament()->ranking().answers();
    QCOMPARE(votes(), size_t(answers));
    for (const QPushButton *button : tournament->findChildren<QPushButton *>())
        QVERIFY(!button->text().isEmpty());
    QTest::keyClick(tournament, Qt::Key_Escape);
    QVERIFY(!centre().isViewing());
    QVERIFY(actions().deletePictures->isEnabled());

    QTest::keyClick(&view(), Qt::Key_T); // what was said holds
    QTRY_VERIFY(tournament->showsResult());
    QCOMPARE(tournament->tournament()->ranking().answers(), answers);
}

QTEST_MAIN(TestCulling)
#include "tst_culling.moc"
