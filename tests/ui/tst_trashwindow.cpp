#include "confirmbar.h"
#include "form.h"
#include "gallerymodel.h"
#include "galleryview.h"
#include "messagestrip.h"
#include "parametermodel.h"
#include "picturecentre.h"
#include "pictureviewer.h"
#include "spendtoday.h"
#include "trashstrip.h"
#include "windowtest.h"

#include <QAction>
#include <QComboBox>
#include <QPlainTextEdit>
#include <QPushButton>

using namespace plantain;
using namespace Qt::StringLiterals;

/// Deleting in the window: by key, with a way back by key, and the trash as a view of the gallery.
class TestTrashWindow : public WindowTest
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();
    void deletesAndTakesBackByKey();
    void severalAtOnce();
    void inTheFormUndoIsTheForms();
    void aRunThatGoesOnStays();
    void theTrashIsAView();
    void isEmptiedByTwoWords();
    void whatIsLookedAtAlone();
    void outlivesTheProgram();

private:
    void generate(int pictures, const QString &prompt = u"a cat"_s)
    {
        QVERIFY(m_session->form()->setInput(Json { { "prompt", prompt.toStdString() }, { "resolution", "0.5K" }, { "num_images", pictures } }));
        const int before = ready();
        actions().generate->trigger();
        QTRY_COMPARE_WITH_TIMEOUT(ready(), before + pictures, 60'000);
    }
    int ready() const
    {
        int count = 0;
        for (int row = 0; row < m_session->gallery()->rowCount(); ++row) {
            const QModelIndex tile = m_session->gallery()->index(row);
            count += TileState(tile.data(GalleryRole::State).toInt()) == TileState::Picture
                && tile.data(GalleryRole::RunStateWord).toString() == u"done"_s;
        }
        return count;
    }
    void pressDelete()
    {
        QTRY_VERIFY(actions().deletePictures->isEnabled());
        QTest::keyClick(m_window->focusWidget(), Qt::Key_Delete);
    }
    int shown() const { return view().model()->rowCount(); }
    int trashed() const { return m_session->gallery()->trashed(); }
    QPushButton *button(const QString &text) const
    {
        for (QPushButton *each : strip().findChildren<QPushButton *>()) {
            if (each->text() == text && each->isVisible())
                return each;
        }
        return nullptr;
    }
    TrashStrip &strip() const { return *m_window->findChild<TrashStrip *>(); }
};

void TestTrashWindow::init()
{
    prepare();
    // The trash is that of the home when both are on one volume.
    qputenv("HOME", QFile::encodeName(m_bench->folder.path()));
    qputenv("XDG_DATA_HOME", QFile::encodeName(m_bench->folder.filePath(u"data"_s)));
    QVERIFY(QDir().mkpath(m_bench->folder.filePath(u"data"_s)));
    open();
}

void TestTrashWindow::cleanup()
{
    end();
}

void TestTrashWindow::deletesAndTakesBackByKey()
{
    generate(2);
    const DaySpend spent = m_session->spend()->sum();
    page().focusView();
    QVERIFY(!strip().isVisible());
    const auto first = view().currentIndex().data(GalleryRole::File).toString();
    pressDelete();
    QTRY_COMPARE(shown(), 1);
    QCOMPARE(trashed(), 1);
    QVERIFY(strip().isVisible());
    QCOMPARE(strip().text(), u"1 picture is in the trash."_s);
    QVERIFY(view().currentIndex().data(GalleryRole::File).toString() != first);
    QVERIFY(QFile::exists(first)); // no file moves
    QVERIFY(m_session->spend()->sum() == spent); // it was paid for
    pressDelete();
    QTRY_COMPARE(shown(), 0);
    // As many steps back as there were.
    QTest::keyClick(&view(), Qt::Key_Z, Qt::ControlModifier);
    QTRY_COMPARE(shown(), 1);
    QTest::keyClick(&view(), Qt::Key_Z, Qt::ControlModifier);
    QTRY_COMPARE(shown(), 2);
    QTRY_VERIFY(!strip().isVisible());
    QVERIFY(!actions().undoDeletion->isEnabled());
}

void TestTrashWindow::severalAtOnce()
{
    generate(4);
    page().focusView();
    view().selectAll();
    pressDelete();
    QTRY_COMPARE(shown(), 0);
    QCOMPARE(strip().text(), u"4 pictures are in the trash."_s);
    QVERIFY(button(u"Undo"_s));
    button(u"Undo"_s)->click(); // all of them are one step
    QTRY_COMPARE(shown(), 4);
    QCOMPARE(trashed(), 0);
}

void TestTrashWindow::inTheFormUndoIsTheForms()
{
    generate(1);
    page().focusView();
    pressDelete();
    QTRY_COMPARE(trashed(), 1);
    actions().focusPrompt->trigger();
    QWidget *prompt = m_window->focusWidget();
    QTest::keyClicks(prompt, u" and a dog"_s);
    QTest::keyClick(prompt, Qt::Key_Z, Qt::ControlModifier);
    QTRY_VERIFY(!m_session->parameters()->text(m_session->parameters()->promptRow()).endsWith(u"dog"_s));
    QCOMPARE(trashed(), 1);
}

void TestTrashWindow::aRunThatGoesOnStays()
{
    cleanup();
    m_bench = std::make_unique<Workbench>(600);
    m_thumbnails = std::make_unique<ThumbnailStore>(m_bench->folder.filePath(u"thumbnails"_s), m_bench->pool);
    open();
    QVERIFY(m_session->form()->setInput(Json { { "prompt", "one that takes its time" }, { "resolution", "0.5K" } }));
    actions().generate->trigger();
    QTRY_COMPARE_WITH_TIMEOUT(shown(), 1, 30'000);
    page().focusView();
    pressDelete();
    auto *problem = m_window->findChild<MessageStrip *>(u"problem"_s);
    QTRY_VERIFY(problem->isVisible());
    QVERIFY2(problem->text().contains(u"still goes on"_s), qPrintable(problem->text()));
    QCOMPARE(shown(), 1);
    QCOMPARE(trashed(), 0);
}

void TestTrashWindow::theTrashIsAView()
{
    generate(3);
    page().focusView();
    pressDelete();
    QTRY_COMPARE(trashed(), 1);
    actions().showTrash->trigger();
    QTRY_COMPARE(shown(), 1);
    QVERIFY(strip().text().startsWith(u"The trash holds 1."_s));
    page().focusView();
    QTRY_VERIFY(actions().restorePictures->isEnabled());
    QVERIFY(!actions().deletePictures->isEnabled());
    QVERIFY(!actions().exportPictures->isEnabled());
    button(u"Restore"_s)->click();
    QTRY_COMPARE(shown(), 0);
    QCOMPARE(strip().text(), u"The trash is empty."_s);
    button(u"Back"_s)->click();
    QTRY_COMPARE(shown(), 3);
    QVERIFY(!strip().isVisible());
    QCOMPARE(m_window->focusWidget(), &view());
}

void TestTrashWindow::isEmptiedByTwoWords()
{
    generate(2);
    page().focusView();
    const QString file = view().currentIndex().data(GalleryRole::File).toString();
    pressDelete();
    QTRY_COMPARE(trashed(), 1);
    QTRY_VERIFY(actions().emptyTrash->isEnabled());
    actions().emptyTrash->trigger();
    auto *confirm = strip().findChild<ConfirmBar *>();
    QTRY_VERIFY(confirm->isVisible());
    QCOMPARE(trashed(), 1); // one word alone does nothing
    QVERIFY(button(u"Leave it"_s));
    button(u"Leave it"_s)->click();
    QVERIFY(!confirm->isVisible());
    actions().emptyTrash->trigger();
    button(u"Empty trash"_s)->click();
    QTRY_COMPARE(trashed(), 0);
    QTRY_VERIFY(!QFile::exists(file));
    QVERIFY(QFile::exists(m_bench->folder.filePath(u"data/Trash/files/"_s + QFileInfo(file).fileName())));
    QVERIFY(!actions().undoDeletion->isEnabled());
    page().leaveTrash();
    QTRY_COMPARE(shown(), 1);
    QTRY_COMPARE(strip().text(), u"1 went to the desktop's trash."_s);
}

/// In the viewer it is the picture one sees, whatever is selected behind it.
void TestTrashWindow::whatIsLookedAtAlone()
{
    generate(3);
    page().focusView();
    view().selectAll();
    auto *centre = m_window->findChild<PictureCentre *>();
    centre->openPicture();
    QTRY_VERIFY(centre->isViewing());
    const QString seen = view().currentIndex().data(GalleryRole::File).toString();
    pressDelete();
    QTRY_COMPARE(trashed(), 1);
    QTRY_COMPARE(shown(), 2);
    QVERIFY(view().currentIndex().data(GalleryRole::File).toString() != seen);
    QVERIFY(centre->isViewing());
    QTest::keyClick(m_window->focusWidget(), Qt::Key_Z, Qt::ControlModifier);
    QTRY_COMPARE(shown(), 3);
    for (int left = 2; left >= 0; --left) {
        pressDelete();
        QTRY_COMPARE(shown(), left);
    }
    QTRY_VERIFY(!centre->isViewing()); // there is nothing more to look at
}

void TestTrashWindow::outlivesTheProgram()
{
    generate(2);
    page().focusView();
    pressDelete();
    QTRY_COMPARE(trashed(), 1);
    close();
    m_bench->restart();
    open();
    QTRY_COMPARE_WITH_TIMEOUT(m_session->gallery()->rowCount(), 2, 30'000);
    QCOMPARE(shown(), 1);
    QVERIFY(!strip().isVisible()); // nothing was deleted now
    actions().showTrash->trigger();
    QTRY_COMPARE(shown(), 1);
    page().focusView();
    QTRY_VERIFY(actions().restorePictures->isEnabled());
    actions().restorePictures->trigger();
    QTRY_COMPARE(trashed(), 0);
}

QTEST_MAIN(TestTrashWindow)
#include "tst_trashwindow.moc"
