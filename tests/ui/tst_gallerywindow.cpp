#include "gallerymodel.h"
#include "galleryview.h"
#include "parametermodel.h"
#include "offerstrip.h"
#include "originnote.h"
#include "referencemodel.h"
#include "windowtest.h"

#include <QAction>
#include <QPushButton>
#include <QLineEdit>

using namespace plantain;
using namespace Qt::StringLiterals;

/// The gallery in the window: what its tiles ask for is done, and how a person likes it is remembered.
class TestGalleryWindow : public WindowTest
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();
    void orderAndFollowAreRemembered();
    void fillsTheFormFromATile();
    void cancelsFromATile();
    void usesPicturesAsReferences();
    void goesOnFromAPicture();

private:
    void generate(const QString &prompt)
    {
        QVERIFY(form().setInput(Json { { "prompt", prompt.toStdString() }, { "resolution", "0.5K" } }));
        const int tiles = m_session->gallery()->rowCount();
        actions().generate->trigger();
        QTRY_VERIFY_WITH_TIMEOUT(m_session->gallery()->rowCount() > tiles, 30'000);
    }
    TileState stateAt(int row) const { return TileState(view().model()->index(row, 0).data(GalleryRole::State).toInt()); }
    ParameterModel &form() const { return *m_session->parameters(); }
    QString promptInForm() const { return form().text(form().promptRow()); }
};

void TestGalleryWindow::init()
{
    start(0);
}

void TestGalleryWindow::cleanup()
{
    end();
}

void TestGalleryWindow::orderAndFollowAreRemembered()
{
    QCOMPARE(page().sort(), GallerySort::Newest);
    QVERIFY(actions().followNewest->isChecked());
    page().setSort(GallerySort::Largest);
    actions().followNewest->trigger();
    QTest::keyClicks(page().findChild<QLineEdit *>(), u"a word"_s);
    QVERIFY(m_window->close());
    close();
    open();
    QCOMPARE(page().sort(), GallerySort::Largest);
    QVERIFY(!actions().followNewest->isChecked());
    QVERIFY(page().findChild<QLineEdit *>()->text().isEmpty()); // a filter that one forgot would hide pictures
}

void TestGalleryWindow::fillsTheFormFromATile()
{
    generate(u"the first one"_s);
    QTRY_COMPARE_WITH_TIMEOUT(stateAt(0), TileState::Picture, 60'000);
    generate(u"sandbox: error=content_policy_violation\nthe second one"_s);
    QTRY_COMPARE_WITH_TIMEOUT(stateAt(0), TileState::Refused, 60'000);
    QVERIFY(form().setInput(Json { { "prompt", "being written" } }));
    page().focusView();
    QTest::keyClick(&view(), Qt::Key_Return); // the way out of a refusal
    QTRY_VERIFY(promptInForm().endsWith(u"the second one"_s));
    QCOMPARE(m_session->gallery()->rowCount(), 2); // and nothing was sent
    QTest::keyClick(&view(), Qt::Key_Right);
    QTRY_VERIFY(actions().copyPicture->isEnabled());
    QTest::keyClick(m_window.get(), Qt::Key_I, Qt::ControlModifier | Qt::ShiftModifier);
    QTRY_COMPARE(promptInForm(), u"the first one"_s);
    QCOMPARE(form().text(form().rowOf(u"resolution"_s)), u"0.5K"_s);
}

void TestGalleryWindow::cancelsFromATile()
{
    cleanup();
    start(600);
    generate(u"one that takes its time"_s);
    page().focusView();
    QTRY_VERIFY_WITH_TIMEOUT(actions().cancelPicture->isEnabled(), 30'000);
    actions().cancelPicture->trigger();
    QTRY_COMPARE_WITH_TIMEOUT(stateAt(0), TileState::Cancelled, 60'000);
    QTRY_VERIFY(!actions().cancelPicture->isEnabled());
}

void TestGalleryWindow::usesPicturesAsReferences()
{
    generate(u"to be edited"_s);
    QTRY_COMPARE_WITH_TIMEOUT(stateAt(0), TileState::Picture, 60'000);
    QVERIFY(!m_session->references()->takesReferences());
    page().focusView();
    QTRY_VERIFY(actions().useAsReference->isEnabled());
    QTest::keyClick(m_window.get(), Qt::Key_R, Qt::ControlModifier | Qt::ShiftModifier);
    QCOMPARE(m_session->references()->rowCount(), 1);
    QVERIFY(!m_session->references()->takesReferences()); // nothing is switched unasked
    auto *offer = m_window->findChild<OfferStrip *>(u"siblingOffer"_s);
    QVERIFY(offer && offer->isVisible());
    QTest::mouseClick(offer->button(), Qt::LeftButton);
    QVERIFY(m_session->references()->takesReferences());
    QCOMPARE(m_session->references()->references().front().file, view().currentIndex().data(GalleryRole::File).toString());
    QCOMPARE(promptInForm(), u"to be edited"_s);
}

void TestGalleryWindow::goesOnFromAPicture()
{
    QVERIFY(!actions().editPicture->isEnabled());
    generate(u"to go on from"_s);
    QTRY_COMPARE_WITH_TIMEOUT(stateAt(0), TileState::Picture, 60'000);
    page().focusView();
    QTRY_VERIFY(actions().editPicture->isEnabled());
    auto *origin = m_window->findChild<OriginNote *>();
    QVERIFY(origin && origin->text().isEmpty());

    QTest::keyClick(m_window.get(), Qt::Key_U, Qt::ControlModifier | Qt::ShiftModifier);
    QTRY_VERIFY_WITH_TIMEOUT(!origin->text().isEmpty(), 30'000);
    QVERIFY2(origin->text().contains(u"0.5K → 1K"_s), qPrintable(origin->text())); // shown before anything is sent
    QCOMPARE(view().model()->rowCount(), 1);

    QTest::keyClick(m_window.get(), Qt::Key_V, Qt::ControlModifier | Qt::ShiftModifier);
    QTRY_COMPARE_WITH_TIMEOUT(view().model()->rowCount(), 2, 30'000);
    QTRY_COMPARE_WITH_TIMEOUT(stateAt(0), TileState::Picture, 60'000);

    actions().openPicture->trigger(); // the viewer has the same
    QTest::keyClick(m_window.get(), Qt::Key_M, Qt::ControlModifier | Qt::ShiftModifier);
    QTRY_VERIFY_WITH_TIMEOUT(m_session->references()->takesReferences(), 30'000);
    QCOMPARE(m_session->references()->references().front().file, view().currentIndex().data(GalleryRole::File).toString());
    QCOMPARE(promptInForm(), QString());
    QVERIFY(origin->text().isEmpty());
}

QTEST_MAIN(TestGalleryWindow)
#include "tst_gallerywindow.moc"
