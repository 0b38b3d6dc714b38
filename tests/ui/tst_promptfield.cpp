#include "endpointcatalog.h"
#include "notelabel.h"
#include "parametermodel.h"
#include "promptedit.h"
#include "promptfield.h"
#include "prompthistory.h"

#include <QAccessible>
#include <QClipboard>
#include <QGuiApplication>
#include <QMimeData>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>

#include <memory>

using namespace plantain;
using namespace Qt::StringLiterals;

class PromptFieldTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void typingSetsThePrompt();
    void modelSetsTheText();
    void beginningIsNotAMistake();
    void tooShortIsSaidAfterwards();
    void tooLongIsSaidAtOnce();
    void countsCharacters();
    void controlReturnAsksForARun_data();
    void controlReturnAsksForARun();
    void tabMovesOn();
    void pasteIsPlain();
    void changesFromElsewhereKeepTheCursorNear();
    void stepsThroughEarlierPrompts();
    void growsWithItsText();
    void isNamed();
    void hiddenWithoutAPrompt();

private:
    QString note() const;
    QString count() const { return m_field->findChildren<NoteLabel *>().front()->text(); }

    const EndpointCatalog m_catalog = EndpointCatalog::load({ u":/endpoints"_s }, u":/prices.json"_s);
    PromptHistory m_history;
    std::unique_ptr<ParameterModel> m_model;
    std::unique_ptr<PromptField> m_field;
};

void PromptFieldTest::init()
{
    m_model = std::make_unique<ParameterModel>();
    m_field = std::make_unique<PromptField>(*m_model, m_history);
    const Endpoint *endpoint = m_catalog.find({ u"fal-ai/nano-banana-2"_s });
    QVERIFY(endpoint);
    m_model->setEndpoint(endpoint);
    m_field->resize(300, 200);
    m_field->show();
    m_field->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(m_field.get()));
    m_field->edit()->setFocus();
}

void PromptFieldTest::cleanup()
{
    m_field.reset();
    m_model.reset();
}

QString PromptFieldTest::note() const
{
    const NoteLabel *label = m_field->findChildren<NoteLabel *>().back();
    return label->isVisible() ? label->text() : QString();
}

void PromptFieldTest::typingSetsThePrompt()
{
    QTest::keyClicks(m_field->edit(), u"a lemon"_s);
    QTest::keyClick(m_field->edit(), Qt::Key_Return);
    QTest::keyClicks(m_field->edit(), u"on a plate"_s);
    QCOMPARE(toBytes(m_model->input()), QByteArray(R"({"prompt":"a lemon\non a plate"})"));
}

void PromptFieldTest::modelSetsTheText()
{
    QVERIFY(m_model->setInput(*parseJson(R"({"prompt":"a lemon\nor two"})")));
    QCOMPARE(m_field->edit()->toPlainText(), u"a lemon\nor two"_s);
    m_model->setText(m_model->promptRow(), u"a lime"_s);
    QCOMPARE(m_field->edit()->toPlainText(), u"a lime"_s);
}

void PromptFieldTest::beginningIsNotAMistake()
{
    QTest::keyClicks(m_field->edit(), u"ab"_s);
    QCOMPARE(m_model->problems().size(), 1u);
    QVERIFY(note().isEmpty());
    QTest::keyClicks(m_field->edit(), u"c"_s);
    QVERIFY(note().isEmpty());
    QVERIFY(m_model->problems().empty());
}

void PromptFieldTest::tooShortIsSaidAfterwards()
{
    QTest::keyClicks(m_field->edit(), u"ab"_s);
    m_field->edit()->clearFocus();
    QVERIFY(!note().isEmpty());
    m_field->edit()->setFocus();
    QTest::keyClicks(m_field->edit(), u"c"_s);
    QVERIFY(note().isEmpty());
    QTest::keyClick(m_field->edit(), Qt::Key_Backspace);
    QVERIFY(note().isEmpty());
    m_model->setErrors(m_model->problems()); // a press
    QVERIFY(!note().isEmpty());
}

void PromptFieldTest::tooLongIsSaidAtOnce()
{
    m_field->edit()->setPlainText(QString(50'001, u'a'));
    QVERIFY(note().contains(u"50"_s));
    QTest::keyClick(m_field->edit(), Qt::Key_Delete);
    QVERIFY(note().isEmpty());
    QVERIFY(m_model->problems().empty());
}

void PromptFieldTest::countsCharacters()
{
    m_field->edit()->setPlainText(u"🍋 é"_s); // one, two, three
    QCOMPARE(m_field->edit()->characters(), 3);
    QVERIFY2(count().startsWith(u"3 /"_s), qPrintable(count()));
}

void PromptFieldTest::controlReturnAsksForARun_data()
{
    QTest::addColumn<int>("key");
    QTest::addColumn<int>("modifiers");
    QTest::addColumn<int>("runs");
    QTest::newRow("ctrl return") << static_cast<int>(Qt::Key_Return) << static_cast<int>(Qt::ControlModifier) << 1;
    QTest::newRow("ctrl enter") << static_cast<int>(Qt::Key_Enter)
                                << static_cast<int>(Qt::ControlModifier | Qt::KeypadModifier) << 1;
    QTest::newRow("return") << static_cast<int>(Qt::Key_Return) << static_cast<int>(Qt::NoModifier) << 0;
}

void PromptFieldTest::controlReturnAsksForARun()
{
    QFETCH(int, key);
    QFETCH(int, modifiers);
    QFETCH(int, runs);
    QSignalSpy asked(m_field.get(), &PromptField::generateRequested);
    QTest::keyClicks(m_field->edit(), u"abc"_s);
    QTest::keyClick(m_field->edit(), static_cast<Qt::Key>(key), Qt::KeyboardModifiers(modifiers));
    QCOMPARE(asked.count(), runs);
    QCOMPARE(m_field->edit()->toPlainText(), runs ? u"abc"_s : u"abc\n"_s);
}

void PromptFieldTest::tabMovesOn()
{
    auto *next = new PlainTextEdit(1, 1, m_field.get());
    next->show();
    QTest::keyClicks(m_field->edit(), u"abc"_s);
    QTest::keyClick(m_field->edit(), Qt::Key_Tab);
    QVERIFY(!m_field->edit()->hasFocus());
    QCOMPARE(m_field->edit()->toPlainText(), u"abc"_s);
}

void PromptFieldTest::pasteIsPlain()
{
    auto *data = new QMimeData;
    data->setHtml(u"<b>a</b> <img src='file:///x'> lemon"_s);
    data->setText(u"a lemon"_s);
    QGuiApplication::clipboard()->setMimeData(data);
    m_field->edit()->paste();
    QCOMPARE(m_field->edit()->toPlainText(), u"a lemon"_s);
    m_field->edit()->selectAll();
    m_field->edit()->cut();
    data = new QMimeData;
    data->setHtml(u"<b>only markup</b>"_s);
    QGuiApplication::clipboard()->setMimeData(data);
    m_field->edit()->paste();
    QVERIFY(!m_field->edit()->toPlainText().contains(u'<'));
}

void PromptFieldTest::changesFromElsewhereKeepTheCursorNear()
{
    m_model->setText(m_model->promptRow(), u"a lemon on a plate"_s);
    m_model->setText(m_model->promptRow(), u"a ripe lemon on a plate"_s);
    QCOMPARE(m_field->edit()->textCursor().position(), 7); // behind what came
    m_model->setText(m_model->promptRow(), u"a lemon on a plate"_s); // as undo does
    QCOMPARE(m_field->edit()->textCursor().position(), 2);
    QVERIFY(!m_field->edit()->isUndoRedoEnabled()); // the form has one history
    m_model->setText(m_model->promptRow(), u"😀"_s);
    m_model->setText(m_model->promptRow(), u"😁"_s); // differs in its second half
    QCOMPARE(m_field->edit()->toPlainText(), u"😁"_s);
}

void PromptFieldTest::stepsThroughEarlierPrompts()
{
    const auto run = [](const char *prompt) {
        RunSummary made;
        made.prompt = QString::fromUtf8(prompt);
        return made;
    };
    m_history.addSummaries({ run("newest"), run("middle"), run("newest"), run("oldest") });
    QCOMPARE(m_history.rowCount(), 3);
    const auto up = [this] { QTest::keyClick(m_field->edit(), Qt::Key_Up, Qt::AltModifier); };
    const auto down = [this] { QTest::keyClick(m_field->edit(), Qt::Key_Down, Qt::AltModifier); };
    const auto text = [this] { return m_model->text(m_model->promptRow()); };
    QTest::keyClicks(m_field->edit(), u"mine"_s);
    down();
    QCOMPARE(text(), u"mine"_s);
    up();
    QCOMPARE(text(), u"newest"_s);
    QCOMPARE(m_field->edit()->toPlainText(), u"newest"_s);
    up();
    up();
    up();
    QCOMPARE(text(), u"oldest"_s); // the end
    down();
    down();
    down();
    QCOMPARE(text(), u"mine"_s);
    up();
    QTest::keyClicks(m_field->edit(), u"!"_s); // goes on from here
    down();
    QCOMPARE(text(), u"newest!"_s);
    up();
    down();
    QCOMPARE(text(), u"newest!"_s);
    m_model->setText(m_model->promptRow(), u"newest"_s); // as after a run
    up();
    QCOMPARE(text(), u"middle"_s);
    down();
    QCOMPARE(text(), u"newest"_s);
}

void PromptFieldTest::growsWithItsText()
{
    const int least = m_field->edit()->sizeHint().height();
    m_field->edit()->setPlainText(u"1\n2\n3"_s);
    QCOMPARE(m_field->edit()->sizeHint().height(), least);
    m_field->edit()->setPlainText(u"1\n2\n3\n4\n5\n6\n7\n8"_s);
    const int eight = m_field->edit()->sizeHint().height();
    QVERIFY(eight > least);
    QTRY_COMPARE(m_field->edit()->height(), eight);
    QCOMPARE(m_field->edit()->verticalScrollBar()->maximum(), 0);
    m_field->edit()->setPlainText(QString(3000, u'\n'));
    const int most = m_field->edit()->sizeHint().height();
    QVERIFY(most > eight);
    QVERIFY(most < 3 * eight);
}

void PromptFieldTest::isNamed()
{
    QAccessibleInterface *interface = QAccessible::queryAccessibleInterface(m_field->edit());
    QVERIFY(interface);
    QCOMPARE(interface->text(QAccessible::Name), m_model->parameter(m_model->promptRow()).title);
}

void PromptFieldTest::hiddenWithoutAPrompt()
{
    QVERIFY(m_field->isVisible());
    m_model->setEndpoint(nullptr);
    QVERIFY(m_field->isHidden());
}

QTEST_MAIN(PromptFieldTest)
#include "tst_promptfield.moc"
