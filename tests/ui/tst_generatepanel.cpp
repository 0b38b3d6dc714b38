#include "examplesmenu.h"
#include "form.h"
#include "generatepanel.h"
#include "jsonpage.h"
#include "notelabel.h"
#include "parametermodel.h"
#include "promptedit.h"
#include "promptfield.h"
#include "prompthistory.h"
#include "promptlist.h"
#include "referencemodel.h"
#include "requestform.h"
#include "runmodel.h"
#include "windowtest.h"

#include <QAction>
#include <QClipboard>
#include <QGuiApplication>
#include <QLineEdit>
#include <QListView>
#include <QPlainTextEdit>
#include <QToolButton>

using namespace plantain;
using namespace Qt::StringLiterals;

/// The left column in the window it stands in: form and JSON, examples, earlier prompts, undo by keys.
class GeneratePanelTest final : public WindowTest
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void undoByKeys();
    void undoFromAnyField_data();
    void undoFromAnyField();
    void undoSaysWhat();
    void jsonShowsTheInput();
    void jsonGoesIntoTheForm();
    void unknownKeysAndAliasesAreNamed();
    void badJsonStays_data();
    void badJsonStays();
    void badJsonIsNotGenerated();
    void discardShowsTheForm();
    void undoInTheJson();
    void jsonIsCopied();
    void referencesByJson();
    void examplesFillTheForm();
    void earlierPromptsAreFound();

private:
    ParameterModel &parameters() const { return *m_session->parameters(); }
    QString prompt() const { return parameters().text(parameters().promptRow()); }
    GeneratePanel *panel() const { return m_window->findChild<GeneratePanel *>(); }
    QPlainTextEdit *json() const { return panel()->json()->edit(); }
    QPlainTextEdit *promptEdit() const { return panel()->form()->prompt()->edit(); }
    QString note() const;
    void write(const QString &text);
};

void GeneratePanelTest::init()
{
    prepare();
    open(loadExamples(u":/examples"_s).examples);
}

void GeneratePanelTest::cleanup()
{
    end();
}

/// What is said under the JSON.
QString GeneratePanelTest::note() const
{
    QStringList texts;
    for (const NoteLabel *label : panel()->json()->findChildren<NoteLabel *>()) {
        if (label->isVisible())
            texts.append(label->text());
    }
    return texts.join(u'\n');
}

void GeneratePanelTest::write(const QString &text)
{
    json()->selectAll();
    json()->insertPlainText(text);
}

void GeneratePanelTest::undoByKeys()
{
    const QString before = prompt();
    promptEdit()->setFocus();
    promptEdit()->moveCursor(QTextCursor::Start);
    QTest::keyClicks(promptEdit(), u"wow "_s);
    QCOMPARE(prompt(), u"wow "_s + before);
    QTRY_VERIFY(actions().undo->isEnabled());
    QTest::keyClick(promptEdit(), Qt::Key_Z, Qt::ControlModifier);
    QCOMPARE(prompt(), before);
    QCOMPARE(promptEdit()->toPlainText(), before);
    QCOMPARE(promptEdit()->textCursor().position(), 0); // where it was typed
    QVERIFY(promptEdit()->hasFocus());
    QTest::keyClick(promptEdit(), Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier);
    QCOMPARE(prompt(), u"wow "_s + before);
    QCOMPARE(promptEdit()->textCursor().position(), 4);
    QTest::keyClick(promptEdit(), Qt::Key_Z, Qt::ControlModifier);
    QTest::keyClick(promptEdit(), Qt::Key_Y, Qt::ControlModifier);
    QCOMPARE(prompt(), u"wow "_s + before);
}

void GeneratePanelTest::undoFromAnyField_data()
{
    QTest::addColumn<QString>("field");
    QTest::newRow("number") << u"num_images"_s;
    QTest::newRow("seed") << u"seed"_s;
    QTest::newRow("choice") << u"aspect_ratio"_s;
    QTest::newRow("long text") << u"system_prompt"_s;
}

void GeneratePanelTest::undoFromAnyField()
{
    QFETCH(QString, field);
    const QByteArray before = toBytes(m_session->form()->input());
    m_window->findChild<QToolButton *>(u"advanced"_s)->setChecked(true);
    parameters().setText(parameters().rowOf(u"resolution"_s), u"4K"_s);
    QTRY_VERIFY(m_session->form()->history().canUndo());
    QWidget *input = panel()->form()->findChild<QWidget *>(field);
    QVERIFY(input);
    input->setFocus();
    QTest::keyClick(input, Qt::Key_Z, Qt::ControlModifier);
    QCOMPARE(toBytes(m_session->form()->input()), before);
}

void GeneratePanelTest::undoSaysWhat()
{
    QVERIFY(!actions().undo->isEnabled());
    parameters().setText(parameters().rowOf(u"resolution"_s), u"4K"_s);
    QTRY_VERIFY(actions().undo->isEnabled());
    QCOMPARE(actions().undo->text(), u"&Undo change of Resolution"_s);
    QVERIFY(!actions().redo->isEnabled());
    actions().undo->trigger();
    QVERIFY(!actions().undo->isEnabled());
    QCOMPARE(actions().redo->text(), u"&Redo change of Resolution"_s);
}

void GeneratePanelTest::jsonShowsTheInput()
{
    promptEdit()->setFocus();
    QTest::keyClick(m_window.get(), Qt::Key_J, Qt::ControlModifier);
    QVERIFY(json()->isVisible() && json()->hasFocus());
    QVERIFY(!panel()->form()->isVisible());
    QCOMPARE(json()->toPlainText(), QString::fromUtf8(toPrettyBytes(m_session->form()->input())));
    QVERIFY(!json()->toPlainText().contains(u"seed"_s)); // unset is not sent
    parameters().setText(parameters().rowOf(u"num_images"_s), u"3"_s);
    QVERIFY(json()->toPlainText().contains(u"\"num_images\": 3"_s));
    QTest::keyClick(m_window.get(), Qt::Key_J, Qt::ControlModifier);
    QVERIFY(!json()->isVisible() && promptEdit()->hasFocus());
}

void GeneratePanelTest::jsonGoesIntoTheForm()
{
    const QByteArray before = toBytes(m_session->form()->input());
    actions().showJson->setChecked(true);
    json()->setFocus();
    write(u"{\"prompt\": \"a pear\",\n\"seed\": 9007199254740993}"_s);
    QTRY_COMPARE(prompt(), u"a pear"_s);
    QCOMPARE(toBytes(m_session->form()->input()), QByteArray(R"({"prompt":"a pear","seed":9007199254740993})"));
    QVERIFY(json()->toPlainText().startsWith(u"{\"prompt\""_s)); // not rewritten under the hands
    QCOMPARE(promptEdit()->toPlainText(), u"a pear"_s);
    actions().showJson->setChecked(false);
    QTRY_COMPARE(m_session->form()->history().undoName(), u"editing of the JSON"_s);
    actions().undo->trigger();
    QCOMPARE(toBytes(m_session->form()->input()), before);
}

void GeneratePanelTest::unknownKeysAndAliasesAreNamed()
{
    actions().showJson->setChecked(true);
    write(u"{\"prompt\":\"a pear\",\"enable_google_search\":true,\"mood\":\"calm\",\"num_images\":9}"_s);
    QVERIFY(panel()->json()->commit());
    QVERIFY2(note().contains(u"enable_google_search"_s) && note().contains(u"mood"_s), qPrintable(note()));
    QVERIFY2(note().contains(u"num_images: "_s), qPrintable(note())); // what the form marks is said here too
    QCOMPARE(toBytes(m_session->form()->input()), QByteArray(R"({"prompt":"a pear","num_images":9,"enable_web_search":true,"mood":"calm"})"));
}

void GeneratePanelTest::badJsonStays_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("says");
    QTest::newRow("cut") << u"{\n  \"prompt\": \"a pe"_s << u"line 2"_s;
    QTest::newRow("comma") << u"{\"prompt\": \"a\",}"_s << u"column"_s;
    QTest::newRow("list") << u"[1]"_s << u"object"_s;
    QTest::newRow("empty") << QString() << u"Not taken"_s;
}

void GeneratePanelTest::badJsonStays()
{
    QFETCH(QString, text);
    QFETCH(QString, says);
    const QByteArray before = toBytes(m_session->form()->input());
    actions().showJson->setChecked(true);
    write(text);
    QTRY_VERIFY2(note().contains(says), qPrintable(note()));
    QCOMPARE(toBytes(m_session->form()->input()), before);
    parameters().setText(parameters().rowOf(u"num_images"_s), u"3"_s); // elsewhere
    QCOMPARE(json()->toPlainText(), text);
    actions().showJson->setChecked(false);
    actions().showJson->setChecked(true);
    QCOMPARE(json()->toPlainText(), text);
    write(u"{\"prompt\":\"mended\"}"_s);
    QTRY_COMPARE(prompt(), u"mended"_s);
    QVERIFY(note().isEmpty());
}

void GeneratePanelTest::badJsonIsNotGenerated()
{
    actions().showJson->setChecked(true);
    write(u"{\"prompt\": \"half a"_s);
    actions().generate->trigger();
    QVERIFY(!note().isEmpty());
    write(u"{\"prompt\": \"a whole pear\"}"_s);
    actions().generate->trigger(); // without a moment to wait: what is in view is sent
    QTRY_COMPARE(m_session->runs()->rowCount(), 1);
    QTRY_COMPARE(m_session->prompts()->rowCount(), 1);
    QCOMPARE(m_session->prompts()->prompt(0), u"a whole pear"_s);
}

void GeneratePanelTest::discardShowsTheForm()
{
    actions().showJson->setChecked(true);
    write(u"{"_s);
    QVERIFY(!panel()->json()->commit());
    for (QToolButton *button : panel()->json()->findChildren<QToolButton *>()) {
        if (button->accessibleName().startsWith(u"Back"_s))
            QTest::mouseClick(button, Qt::LeftButton);
    }
    QCOMPARE(json()->toPlainText(), QString::fromUtf8(toPrettyBytes(m_session->form()->input())));
    QVERIFY(note().isEmpty());
}

void GeneratePanelTest::undoInTheJson()
{
    const QString before = prompt();
    parameters().setText(parameters().promptRow(), u"a plum"_s);
    QTRY_VERIFY(m_session->form()->history().canUndo());
    actions().showJson->setChecked(true);
    json()->setFocus();
    const QString shown = json()->toPlainText();
    write(u"{"_s);
    QTest::keyClick(json(), Qt::Key_Z, Qt::ControlModifier);
    QCOMPARE(json()->toPlainText(), shown); // its own letters first
    QVERIFY(panel()->json()->commit());
    QCOMPARE(prompt(), u"a plum"_s);
    actions().focusGallery->trigger(); // leaving ends the editing
    json()->setFocus();
    QTest::keyClick(json(), Qt::Key_Z, Qt::ControlModifier);
    QTRY_COMPARE(prompt(), before); // then the form's steps
    QVERIFY(json()->toPlainText().contains(before.left(20)));
}

void GeneratePanelTest::jsonIsCopied()
{
    actions().showJson->setChecked(true);
    QToolButton *copy = nullptr;
    for (QToolButton *button : panel()->json()->findChildren<QToolButton *>()) {
        if (button->accessibleName() == u"Copy the JSON"_s)
            copy = button;
    }
    QVERIFY(copy);
    QTest::mouseClick(copy, Qt::LeftButton);
    QCOMPARE(QGuiApplication::clipboard()->text(), json()->toPlainText());
}

void GeneratePanelTest::referencesByJson()
{
    m_session->chooseEndpoint({ u"fal-ai/nano-banana-2/edit"_s });
    actions().showJson->setChecked(true);
    write(u"{\"prompt\":\"turn\",\"image_urls\":[\"https://a.org/1.png\",\"https://a.org/2.png\"]}"_s);
    QVERIFY(panel()->json()->commit());
    QCOMPARE(m_session->references()->rowCount(), 2);
    m_session->references()->removeRows(0, 1);
    QVERIFY(!json()->toPlainText().contains(u"1.png"_s));
    QVERIFY(json()->toPlainText().contains(u"2.png"_s));
}

void GeneratePanelTest::examplesFillTheForm()
{
    auto *button = panel()->findChild<QToolButton *>(u"examples"_s);
    QVERIFY(button && button->isVisible());
    int entries = 0, groups = 0;
    QAction *coast = nullptr;
    auto *menu = panel()->findChild<ExamplesMenu *>();
    QTest::mouseClick(button, Qt::LeftButton);
    QVERIFY(menu->isVisible());
    menu->close();
    for (QAction *action : menu->actions()) {
        groups += action->isSeparator();
        entries += !action->isSeparator();
        if (action->text() == u"A drive along the coast"_s)
            coast = action;
    }
    QCOMPARE(entries, 20);
    QCOMPARE(groups, 5);
    QVERIFY(coast);
    parameters().setText(parameters().promptRow(), u"mine, all mine"_s);
    coast->trigger();
    QCOMPARE(m_session->endpoint()->id.text, u"fal-ai/nano-banana-2/edit"_s);
    QCOMPARE(m_session->references()->rowCount(), 2);
    actions().undo->trigger();
    QCOMPARE(promptEdit()->toPlainText(), u"mine, all mine"_s);
    QCOMPARE(m_session->endpoint()->id.text, u"fal-ai/nano-banana-2"_s);
}

void GeneratePanelTest::earlierPromptsAreFound()
{
    std::vector<RunSummary> page(5000);
    for (std::size_t i = 0; i < page.size(); ++i)
        page[i].prompt = u"prompt number %1 "_s.arg(i) + QString(800, u'x') + (i == 4321 ? u" with a Heron at dawn"_s : QString());
    m_session->prompts()->addSummaries(page);
    actions().earlierPrompts->trigger();
    auto *list = m_window->findChild<PromptList *>();
    QVERIFY(list && list->isVisible() && !list->isModal());
    actions().earlierPrompts->trigger(); // it is there already
    QCOMPARE(m_window->findChildren<PromptList *>().size(), 1);
    auto *search = list->findChild<QLineEdit *>();
    auto *view = list->findChild<QListView *>();
    QCOMPARE(view->model()->rowCount(), 5000);
    QTest::keyClicks(search, u"dawn heron"_s);
    QCOMPARE(view->model()->rowCount(), 1);
    QTest::keyClick(search, Qt::Key_Return);
    QCOMPARE(prompt(), page[4321].prompt); // all of it
    QTRY_VERIFY(!m_window->findChild<PromptList *>());
    actions().undo->trigger();
    QVERIFY(prompt() != page[4321].prompt);
}

QTEST_MAIN(GeneratePanelTest)
#include "tst_generatepanel.moc"
