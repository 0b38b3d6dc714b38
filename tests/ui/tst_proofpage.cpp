#include "form.h"
#include "gallerymodel.h"
#include "galleryview.h"
#include "marking.h"
#include "parametermodel.h"
#include "parameterroles.h"
#include "picturecanvas.h"
#include "picturecentre.h"
#include "proofpage.h"
#include "referencemodel.h"
#include "windowtest.h"

#include <QAccessible>
#include <QAction>
#include <QDirIterator>
#include <QLabel>
#include <QListWidget>
#include <QPushButton>

using namespace plantain;
using namespace Qt::StringLiterals;

/// Reading the texts of pictures in the window, by keys.
class TestProofPage : public WindowTest
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();
    void sweepsThroughARun();
    void onlyWhatShallHoldText();
    void outlivesThePageAndTheProgram();
    void outlivesTheIndex();
    void isTakenBackWhereItIsSeen();
    void wrongOnesFillAnEdit();
    void placesAreOfTheView();
    void everyControlHasAName();

private:
    ProofPage &proofs() const { return *m_window->findChild<PictureCentre *>()->proofs(); }
    PictureCanvas &canvas() const { return *proofs().findChild<PictureCanvas *>(); }
    QStringList texts() const
    {
        QStringList all;
        const auto *list = proofs().findChild<QListWidget *>();
        for (int row = 0; row < list->count(); ++row)
            all << list->item(row)->text();
        return all;
    }
    QString current() const { return proofs().findChild<QListWidget *>()->currentItem()->text(); }
    void press(Qt::Key key, Qt::KeyboardModifiers modifiers = {}) { QTest::keyClick(&proofs(), key, modifiers); }
    void begin(int row)
    {
        page().focusView();
        view().selectionModel()->setCurrentIndex(view().model()->index(row, 0), QItemSelectionModel::ClearAndSelect);
        QTRY_VERIFY(actions().proofread->isEnabled());
        QTest::keyClick(&view(), Qt::Key_Q);
        QVERIFY(proofs().isVisible());
        QTRY_COMPARE(QApplication::focusWidget(), &proofs());
    }
    Marks marksAt(int row) const { return view().model()->index(row, 0).data(GalleryRole::Marks).value<Marks>(); }
};

/// Rows 0 and 1: a sign with two texts, one of them twice; row 2: no text.
void TestProofPage::init()
{
    prepare();
    for (const char *prompt : { "a red fox", "a sign \"OPEN\", below it \"FRESH BREAD\", above it \"OPEN\"" }) {
        const RunRecord run = m_bench->started({ u"fal-ai/nano-banana-2"_s },
                                               Json { { "prompt", prompt }, { "num_images", prompt[2] == 'r' ? 1 : 2 }, { "resolution", "0.5K" } });
        QCOMPARE(m_bench->settled(run.id).state, RunState::Done);
    }
    open();
    QTRY_COMPARE(view().model()->rowCount(), 3);
}

void TestProofPage::cleanup()
{
    end();
}

void TestProofPage::sweepsThroughARun()
{
    begin(1);
    QVERIFY(!actions().showDetails->isChecked()); // their place is needed
    QCOMPARE(canvas().accessibleName(), u"Picture 1 of 2"_s); // the whole run, from its first
    QCOMPARE(texts(), (QStringList { u"“OPEN”: not read"_s, u"“FRESH BREAD”: not read"_s }));
    press(Qt::Key_R);
    QCOMPARE(texts().first(), u"“OPEN”: right"_s);
    QCOMPARE(current(), u"“FRESH BREAD”: not read"_s);
    press(Qt::Key_R); // all is right: on to the next
    QCOMPARE(canvas().accessibleName(), u"Picture 2 of 2"_s);
    press(Qt::Key_M);
    press(Qt::Key_W);
    QCOMPARE(texts(), (QStringList { u"“OPEN”: missing"_s, u"“FRESH BREAD”: wrong"_s }));
    QCOMPARE(canvas().accessibleName(), u"Picture 2 of 2"_s); // something is to be done about it
    press(Qt::Key_PageUp);
    QCOMPARE(texts(), (QStringList { u"“OPEN”: right"_s, u"“FRESH BREAD”: right"_s }));
    press(Qt::Key_Up);
    press(Qt::Key_W); // another answer takes the place of the first
    QCOMPARE(texts().first(), u"“OPEN”: wrong"_s);
    press(Qt::Key_Escape);
    QVERIFY(!proofs().isVisible());
    QVERIFY(actions().showDetails->isChecked());
    QTRY_COMPARE(QApplication::focusWidget(), &view());
}

void TestProofPage::onlyWhatShallHoldText()
{
    page().focusView();
    view().selectionModel()->setCurrentIndex(view().model()->index(2, 0), QItemSelectionModel::ClearAndSelect);
    QTest::keyClick(&view(), Qt::Key_Q);
    QVERIFY(!proofs().isVisible());
    view().selectAll();
    QTest::keyClick(&view(), Qt::Key_Q);
    QVERIFY(proofs().isVisible());
    QCOMPARE(canvas().accessibleName(), u"Picture 1 of 2"_s);
}

void TestProofPage::outlivesThePageAndTheProgram()
{
    begin(0);
    press(Qt::Key_W);
    press(Qt::Key_R);
    const QStringList read { u"“OPEN”: wrong"_s, u"“FRESH BREAD”: right"_s };
    QCOMPARE(texts(), read);
    press(Qt::Key_Escape);
    QTRY_COMPARE(marksAt(0).readings.size(), 2);
    QVERIFY(view().model()->index(0, 0).data(Qt::AccessibleTextRole).toString().contains(u"1 text wrong"_s));
    begin(0);
    QCOMPARE(texts(), read);
    close();
    open();
    QTRY_COMPARE(view().model()->rowCount(), 3);
    begin(0);
    QCOMPARE(texts(), read);
    QVERIFY(proofs().editPrompt().contains(u"OPEN"_s));
}

void TestProofPage::outlivesTheIndex()
{
    begin(0);
    press(Qt::Key_M);
    QTRY_COMPARE(marksAt(0).readings.size(), 1);

    // What the files of the runs say, and no index beside them.
    const QTemporaryDir folder;
    const QDir from(m_bench->library->folder());
    QDirIterator files(from.filePath(u"runs"_s), QDir::Files, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        const QString to = folder.filePath(from.relativeFilePath(files.next()));
        QVERIFY(QFileInfo(to).dir().mkpath(u"."_s) && QFile::copy(files.filePath(), to));
    }
    Library again(folder.path());
    QVERIFY(Workbench::wait(again.open())->rebuilt);
    const auto runs = *Workbench::wait(again.runs(0, 10));
    const QList<TextReading> expected { { u"OPEN"_s, Reading::Missing } };
    QCOMPARE(runs.size(), size_t(2));
    QCOMPARE(runs.back().images.front().marks.readings, expected);
}

void TestProofPage::isTakenBackWhereItIsSeen()
{
    begin(0);
    press(Qt::Key_R);
    press(Qt::Key_R);
    QCOMPARE(canvas().accessibleName(), u"Picture 2 of 2"_s);
    press(Qt::Key_Z, Qt::ControlModifier);
    QCOMPARE(canvas().accessibleName(), u"Picture 1 of 2"_s);
    QCOMPARE(current(), u"“FRESH BREAD”: not read"_s);
    press(Qt::Key_Z, Qt::ControlModifier);
    QCOMPARE(current(), u"“OPEN”: not read"_s);
    press(Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier);
    QCOMPARE(current(), u"“OPEN”: right"_s);
    QTRY_COMPARE(marksAt(0).readings, (QList<TextReading> { { u"OPEN"_s, Reading::Right } }));
    QVERIFY(actions().undoMark->text().contains(u"OPEN"_s));
}

void TestProofPage::wrongOnesFillAnEdit()
{
    begin(0);
    auto *edit = [this]() -> QPushButton * {
        for (auto *button : proofs().findChildren<QPushButton *>()) {
            if (button->text() == u"Edit this picture"_s)
                return button;
        }
        return nullptr;
    }();
    QVERIFY(edit && !edit->isEnabled());
    press(Qt::Key_W);
    press(Qt::Key_M);
    QVERIFY(edit->isEnabled());
    press(Qt::Key_E);
    QCOMPARE(m_session->endpoint()->id.text, u"fal-ai/nano-banana-2/edit"_s);
    const ParameterModel &form = *m_session->parameters();
    const QString prompt = form.index(form.promptRow()).data(ParameterRoles::ValueRole).toString();
    const QString expected = u"Correct the text that should read \"OPEN\": it must read exactly \"OPEN\", letter by letter. "
                             "Add the missing text: it must read exactly \"FRESH BREAD\". Keep everything else as it is."_s;
    QCOMPARE(proofs().editPrompt(), expected);
    QCOMPARE(prompt, expected);
    QTRY_COMPARE(m_session->references()->rowCount(), 1);
}

void TestProofPage::placesAreOfTheView()
{
    begin(0);
    QTRY_VERIFY(canvas().hasPicture());
    press(Qt::Key_Z);
    QVERIFY(!canvas().viewport().look().fitted);
    canvas().setLook({ .fitted = false, .scale = 4, .centre = { 0.9, 0.1 } });
    press(Qt::Key_W);
    QVERIFY2(proofs().editPrompt().startsWith(u"Correct the text in the upper right that"_s), qPrintable(proofs().editPrompt()));
    QTRY_COMPARE(readingOf(marksAt(0), u"OPEN"_s).place, Ninth::UpperRight);
    canvas().fit();
    press(Qt::Key_W);
    QVERIFY(proofs().editPrompt().contains(u"Correct the text that should read \"FRESH"_s));
}

void TestProofPage::everyControlHasAName()
{
    begin(0);
    int seen = 0;
    for (QWidget *widget : proofs().findChildren<QWidget *>()) {
        const QAccessibleInterface *interface = QAccessible::queryAccessibleInterface(widget);
        const bool isPicture = qobject_cast<PictureCanvas *>(widget);
        if (!widget->isVisible() || (widget->focusPolicy() == Qt::NoFocus && !isPicture))
            continue;
        ++seen;
        QVERIFY2(interface && !interface->text(QAccessible::Name).isEmpty(), widget->metaObject()->className());
        if (isPicture)
            QCOMPARE(interface->role(), QAccessible::Graphic);
    }
    QVERIFY(seen >= 9);
}

QTEST_MAIN(TestProofPage)
#include "tst_proofpage.moc"
