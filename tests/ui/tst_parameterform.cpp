#include "endpointcatalog.h"
#include "parameterform.h"
#include "parametermodel.h"

#include <QAbstractSpinBox>
#include <QAccessible>
#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QTest>
#include <QToolButton>
#include <QWheelEvent>

#include <memory>

using namespace plantain;
using namespace Qt::StringLiterals;

namespace {

/// As a screen reader asks; a combo box is named by the label that points to it.
QString nameOf(QWidget *widget)
{
    QAccessibleInterface *interface = QAccessible::queryAccessibleInterface(widget);
    if (!interface)
        return {};
    for (const auto &[other, relation] : interface->relations(QAccessible::Label)) {
        if (other && !other->text(QAccessible::Name).isEmpty())
            return other->text(QAccessible::Name);
    }
    return qobject_cast<QComboBox *>(widget) ? QString() : interface->text(QAccessible::Name);
}

void wheel(QWidget *widget, int delta)
{
    const QPointF centre(widget->rect().center());
    QWheelEvent event(centre, widget->mapToGlobal(centre), {}, { 0, delta }, Qt::NoButton, Qt::NoModifier,
                      Qt::NoScrollPhase, false);
    QCoreApplication::sendEvent(widget, &event);
}

bool isInput(const QWidget *widget)
{
    return qobject_cast<const QComboBox *>(widget) || qobject_cast<const QCheckBox *>(widget)
        || qobject_cast<const QAbstractSpinBox *>(widget) || qobject_cast<const QPlainTextEdit *>(widget)
        || (qobject_cast<const QLineEdit *>(widget) && !qobject_cast<const QAbstractSpinBox *>(widget->parentWidget()));
}

} // namespace

class ParameterFormTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void everyParameterHasAnEditor_data();
    void everyParameterHasAnEditor();
    void everyControlIsNamed_data();
    void everyControlIsNamed();
    void everyChoiceCanBePicked_data();
    void everyChoiceCanBePicked();
    void numbersAreTyped();
    void numbersAreStepped();
    void outOfRangeStaysAsTyped();
    void seedIsTypedAndDrawn();
    void drawnSeedCanBeKept();
    void boxIsChecked();
    void textIsTyped();
    void jsonIsTyped();
    void listIsTyped();
    void optionalChoiceCanBeUnset();
    void foreignValueStaysInTheBox();
    void modelChangesShow();
    void typingIsNotInterrupted();
    void resetButton();
    void changedIsBold();
    void wheelDoesNothingUnfocused();
    void errorIsShownAndGoes();
    void foreignTextIsPlain();
    void unknownKeysAreListed();
    void switchRebuilds();
    void tabGoesThroughTheForm();
    void fitsANarrowColumn_data();
    void fitsANarrowColumn();

private:
    void choose(const QString &id);
    void choose(const Endpoint *endpoint);
    template <class W>
    W *input(const QString &name) const
    {
        W *widget = qobject_cast<W *>(m_form->inputOf(name));
        if (!widget)
            qFatal("no such input: %s", qPrintable(name));
        return widget;
    }
    QByteArray sent() const { return toBytes(m_model->input()); }
    QString errorUnder(const QString &name) const;
    QToolButton *button(const QString &name) const;
    static void everyEndpoint(const EndpointCatalog &catalog);

    const EndpointCatalog m_catalog = EndpointCatalog::load({ u":/endpoints"_s }, u":/prices.json"_s);
    Endpoint m_odd;
    std::unique_ptr<ParameterModel> m_model;
    std::unique_ptr<ParameterForm> m_form;
};

void ParameterFormTest::init()
{
    m_odd = {};
    m_odd.id = { u"someone/else"_s };
    m_odd.title = u"Else"_s;
    const auto parameter = [](const char *name, ParameterKind kind) {
        Parameter made;
        made.name = QString::fromUtf8(name);
        made.title = made.name.toUpper();
        made.kind = kind;
        return made;
    };
    m_odd.schema.parameters = { parameter("text", ParameterKind::Text), parameter("url", ParameterKind::Url),
                                parameter("long", ParameterKind::LongText), parameter("list", ParameterKind::UrlList),
                                parameter("json", ParameterKind::Json), parameter("real", ParameterKind::Number),
                                parameter("count", ParameterKind::Integer), parameter("maybe", ParameterKind::Boolean) };
    m_odd.schema.parameters[0].title = u"A & B <img src='file:///x'>"_s;
    m_odd.schema.parameters[0].description = u"<img src='file:///x'>"_s;
    m_odd.schema.parameters[5].minimum = 0;
    m_odd.schema.parameters[5].maximum = 1;
    m_odd.schema.validation = *parseJson(R"({"type":"object","properties":{
        "text":{"type":"string"},"url":{"type":"string"},"long":{"type":"string"},
        "list":{"type":"array","items":{"type":"string"}},"json":{"type":"object"},
        "real":{"type":"number","minimum":0,"maximum":1},"count":{"type":"integer"},"maybe":{"type":"boolean"}}})");
    m_model = std::make_unique<ParameterModel>();
    m_form = std::make_unique<ParameterForm>(*m_model);
    m_form->resize(400, 700);
    m_form->show();
    m_form->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(m_form.get()));
}

void ParameterFormTest::cleanup()
{
    m_form.reset();
    m_model.reset();
}

void ParameterFormTest::choose(const Endpoint *endpoint)
{
    m_model->setEndpoint(endpoint);
}

void ParameterFormTest::choose(const QString &id)
{
    const Endpoint *endpoint = m_catalog.find({ id });
    QVERIFY(endpoint);
    choose(endpoint);
}

QString ParameterFormTest::errorUnder(const QString &name) const
{
    const QString help = m_model->index(m_model->rowOf(name)).data(ParameterRoles::HelpRole).toString();
    const QString described = m_form->inputOf(name)->accessibleDescription();
    return described.startsWith(help) && !help.isEmpty() ? QString() : described;
}

QToolButton *ParameterFormTest::button(const QString &name) const
{
    for (QToolButton *each : m_form->findChildren<QToolButton *>()) {
        if (each->accessibleName() == name)
            return each;
    }
    qFatal("no button %s", qPrintable(name));
}

void ParameterFormTest::everyEndpoint(const EndpointCatalog &catalog)
{
    QTest::addColumn<QString>("id");
    for (const Endpoint &endpoint : catalog.endpoints())
        QTest::newRow(qPrintable(endpoint.id.text)) << endpoint.id.text;
}

void ParameterFormTest::everyParameterHasAnEditor_data()
{
    everyEndpoint(m_catalog);
}

void ParameterFormTest::everyParameterHasAnEditor()
{
    QFETCH(QString, id);
    choose(id);
    for (int row = 0; row < m_model->rowCount(); ++row) {
        const QString name = m_model->parameter(row).name;
        QCOMPARE(m_form->inputOf(name) == nullptr, name == u"prompt"_s);
        if (QWidget *widget = m_form->inputOf(name)) {
            QVERIFY2(widget->isVisible(), qPrintable(name));
            QVERIFY2(!widget->toolTip().isEmpty(), qPrintable(name));
        }
    }
}

void ParameterFormTest::everyControlIsNamed_data()
{
    everyEndpoint(m_catalog);
    QTest::newRow("odd") << u"odd"_s;
}

void ParameterFormTest::everyControlIsNamed()
{
    QFETCH(QString, id);
    if (id == u"odd"_s)
        choose(&m_odd);
    else
        choose(id);
    m_model->setDrawnSeed(5);
    int named = 0;
    for (QWidget *widget : m_form->findChildren<QWidget *>()) {
        const bool isButton = qobject_cast<QToolButton *>(widget) && !widget->objectName().startsWith(u"qt_"_s);
        if (!isInput(widget) && !isButton)
            continue;
        QVERIFY2(!nameOf(widget).isEmpty(), qPrintable(QString::fromLatin1(widget->metaObject()->className()) + u' ' + widget->objectName()));
        ++named;
    }
    QVERIFY(named > m_model->rowCount());
    for (int row = 0; row < m_model->rowCount(); ++row) {
        if (QWidget *widget = m_form->inputOf(m_model->parameter(row).name))
            QCOMPARE(nameOf(widget), m_model->parameter(row).title);
    }
}

void ParameterFormTest::everyChoiceCanBePicked_data()
{
    everyEndpoint(m_catalog);
}

void ParameterFormTest::everyChoiceCanBePicked()
{
    QFETCH(QString, id);
    choose(id);
    int picked = 0;
    for (int row = 0; row < m_model->rowCount(); ++row) {
        const Parameter &parameter = m_model->parameter(row);
        if (parameter.kind != ParameterKind::Choice)
            continue;
        auto *box = input<QComboBox>(parameter.name);
        if (parameter.defaultValue)
            QCOMPARE(box->currentText(), toQString(*parameter.defaultValue)); // shown, not sent
        box->setFocus();
        for (const Json &choice : parameter.choices) {
            const int index = box->findText(toQString(choice));
            QVERIFY(index >= 0);
            // From the keyboard, a step at a time.
            QTest::keyClick(box, Qt::Key_Home);
            while (box->currentIndex() < index)
                QTest::keyClick(box, Qt::Key_Down);
            if (index == 0) { // it stood there already: choose it in the list
                QTest::keyClick(box, Qt::Key_Down);
                QTest::keyClick(box, Qt::Key_Up);
            }
            QVERIFY(m_model->value(row));
            QCOMPARE(toBytes(*m_model->value(row)), toBytes(choice));
            ++picked;
        }
    }
    QVERIFY(picked > 10);
    QVERIFY(m_model->problems().empty());
}

void ParameterFormTest::numbersAreTyped()
{
    choose(u"fal-ai/nano-banana-2"_s);
    auto *box = input<QAbstractSpinBox>(u"num_images"_s);
    QCOMPARE(box->text(), QString());
    QCOMPARE(box->findChild<QLineEdit *>()->placeholderText(), u"1"_s);
    box->setFocus();
    QTest::keyClicks(box, u"3"_s);
    QCOMPARE(sent(), QByteArray(R"({"num_images":3})"));
    QTest::keyClick(box, Qt::Key_Backspace);
    QCOMPARE(sent(), QByteArray("{}"));
}

void ParameterFormTest::numbersAreStepped()
{
    choose(u"fal-ai/nano-banana-2"_s);
    auto *box = input<QAbstractSpinBox>(u"num_images"_s);
    box->setFocus();
    QTest::keyClick(box, Qt::Key_Up); // from the default
    QCOMPARE(sent(), QByteArray(R"({"num_images":2})"));
    for (int i = 0; i < 5; ++i)
        QTest::keyClick(box, Qt::Key_Up);
    QCOMPARE(sent(), QByteArray(R"({"num_images":4})"));
    QTest::keyClick(box, Qt::Key_PageDown);
    QCOMPARE(sent(), QByteArray(R"({"num_images":1})"));
    choose(&m_odd);
    auto *real = input<QAbstractSpinBox>(u"real"_s);
    real->setFocus();
    QTest::keyClick(real, Qt::Key_Up);
    QCOMPARE(sent(), QByteArray(R"({"real":0.05})"));
}

void ParameterFormTest::outOfRangeStaysAsTyped()
{
    choose(u"fal-ai/nano-banana-2"_s);
    auto *box = input<QAbstractSpinBox>(u"num_images"_s);
    box->setFocus();
    QTest::keyClicks(box, u"12"_s);
    QCOMPARE(box->text(), u"12"_s);
    QVERIFY(errorUnder(u"num_images"_s).contains(u'4'));
    QTest::keyClick(box, Qt::Key_Tab);
    QVERIFY(!box->hasFocus());
    QCOMPARE(box->text(), u"12"_s);
    QCOMPARE(m_model->problems().size(), 1u);
    box->setFocus();
    QTest::keyClick(box, Qt::Key_Down); // steps lead back into the range
    QCOMPARE(box->text(), u"4"_s);
    QVERIFY(errorUnder(u"num_images"_s).isEmpty());
    box->selectAll();
    QTest::keyClicks(box, u"two"_s);
    QCOMPARE(box->text(), u"two"_s);
    QVERIFY(errorUnder(u"num_images"_s).contains(u"two"_s));
}

void ParameterFormTest::seedIsTypedAndDrawn()
{
    choose(u"fal-ai/nano-banana-2"_s);
    auto *line = input<QLineEdit>(u"seed"_s);
    line->setFocus();
    QTest::keyClicks(line, u"9007199254740993"_s); // no double holds it
    QCOMPARE(sent(), QByteArray(R"({"seed":9007199254740993})"));
    line->clear();
    QTest::mouseClick(button(u"Draw a seed"_s), Qt::LeftButton);
    bool ok = false;
    const qlonglong drawn = line->text().toLongLong(&ok);
    QVERIFY(ok && drawn >= 0 && drawn <= 2147483647);
    QCOMPARE(sent(), "{\"seed\":" + QByteArray::number(drawn) + "}");
}

void ParameterFormTest::drawnSeedCanBeKept()
{
    choose(u"fal-ai/nano-banana-2"_s);
    auto *line = input<QLineEdit>(u"seed"_s);
    QToolButton *keep = button(u"Keep the drawn seed"_s);
    QVERIFY(!keep->isVisible());
    m_model->setDrawnSeed(4711);
    QVERIFY(keep->isVisible());
    QVERIFY(line->placeholderText().contains(u"4711"_s));
    QCOMPARE(sent(), QByteArray("{}"));
    QTest::mouseClick(keep, Qt::LeftButton);
    QCOMPARE(sent(), QByteArray(R"({"seed":4711})"));
    QCOMPARE(line->text(), u"4711"_s);
    QVERIFY(!keep->isVisible());
}

void ParameterFormTest::boxIsChecked()
{
    choose(u"fal-ai/nano-banana-2"_s);
    auto *box = input<QCheckBox>(u"limit_generations"_s);
    QVERIFY(box->isChecked()); // the default
    box->setFocus();
    QTest::keyClick(box, Qt::Key_Space);
    QCOMPARE(sent(), QByteArray(R"({"limit_generations":false})"));
    QTest::keyClick(box, Qt::Key_Space);
    QCOMPARE(sent(), QByteArray(R"({"limit_generations":true})"));
    choose(&m_odd);
    auto *maybe = input<QCheckBox>(u"maybe"_s);
    QCOMPARE(maybe->checkState(), Qt::PartiallyChecked);
    maybe->setFocus();
    QTest::keyClick(maybe, Qt::Key_Space);
    QCOMPARE(sent(), QByteArray(R"({"maybe":true})"));
    QTest::keyClick(maybe, Qt::Key_Space);
    QCOMPARE(sent(), QByteArray(R"({"maybe":false})"));
}

void ParameterFormTest::textIsTyped()
{
    choose(&m_odd);
    auto *text = input<QLineEdit>(u"text"_s);
    text->setFocus();
    QTest::keyClicks(text, u"two words"_s);
    auto *longText = input<QPlainTextEdit>(u"long"_s);
    longText->setFocus();
    QTest::keyClicks(longText, u"one"_s);
    QTest::keyClick(longText, Qt::Key_Return);
    QTest::keyClicks(longText, u"two"_s);
    QCOMPARE(sent(), QByteArray(R"({"text":"two words","long":"one\ntwo"})"));
    QTest::keyClick(longText, Qt::Key_Tab);
    QVERIFY(!longText->hasFocus());
    QCOMPARE(longText->toPlainText(), u"one\ntwo"_s);
}

void ParameterFormTest::jsonIsTyped()
{
    choose(&m_odd);
    auto *edit = input<QPlainTextEdit>(u"json"_s);
    edit->setFocus();
    QTest::keyClicks(edit, u"{\"a\": [1, 2]"_s);
    QVERIFY(!errorUnder(u"json"_s).isEmpty());
    QCOMPARE(sent(), QByteArray("{}"));
    QCOMPARE(edit->toPlainText(), u"{\"a\": [1, 2]"_s);
    QTest::keyClicks(edit, u"}"_s);
    QVERIFY2(errorUnder(u"json"_s).isEmpty(), qPrintable(errorUnder(u"json"_s)));
    QCOMPARE(sent(), QByteArray(R"({"json":{"a":[1,2]}})"));
}

void ParameterFormTest::listIsTyped()
{
    choose(&m_odd);
    auto *edit = input<QPlainTextEdit>(u"list"_s);
    edit->setFocus();
    QTest::keyClicks(edit, u"ftp:one"_s);
    QTest::keyClick(edit, Qt::Key_Return);
    QTest::keyClicks(edit, u"ftp:two"_s);
    QCOMPARE(sent(), QByteArray(R"({"list":["ftp:one","ftp:two"]})"));
}

void ParameterFormTest::optionalChoiceCanBeUnset()
{
    choose(u"fal-ai/nano-banana-2"_s);
    auto *box = input<QComboBox>(u"thinking_level"_s);
    QCOMPARE(box->currentText(), u"not set"_s);
    box->setFocus();
    QTest::keyClick(box, Qt::Key_Down);
    QCOMPARE(sent(), QByteArray(R"({"thinking_level":"minimal"})"));
    QTest::keyClick(box, Qt::Key_Up);
    QCOMPARE(sent(), QByteArray("{}"));
}

void ParameterFormTest::foreignValueStaysInTheBox()
{
    choose(u"fal-ai/nano-banana-2"_s);
    QVERIFY(m_model->setInput(*parseJson(R"({"resolution":"9K"})")));
    auto *box = input<QComboBox>(u"resolution"_s);
    QCOMPARE(box->currentText(), u"9K"_s);
    QVERIFY(!errorUnder(u"resolution"_s).isEmpty());
    const int entries = box->count();
    box->setFocus();
    QTest::keyClick(box, Qt::Key_Home);
    QCOMPARE(sent(), QByteArray(R"({"resolution":"0.5K"})"));
    QCOMPARE(box->count(), entries - 1);
    QVERIFY(errorUnder(u"resolution"_s).isEmpty());
}

void ParameterFormTest::modelChangesShow()
{
    choose(u"fal-ai/nano-banana-2"_s);
    const auto pasted = parseJson(R"({"num_images":2,"seed":11,"aspect_ratio":"8:1","safety_tolerance":"1",
        "sync_mode":true,"system_prompt":"be\nbrief"})");
    QVERIFY(pasted && m_model->setInput(*pasted));
    QCOMPARE(input<QAbstractSpinBox>(u"num_images"_s)->text(), u"2"_s);
    QCOMPARE(input<QLineEdit>(u"seed"_s)->text(), u"11"_s);
    QCOMPARE(input<QComboBox>(u"aspect_ratio"_s)->currentText(), u"8:1"_s);
    QCOMPARE(input<QComboBox>(u"safety_tolerance"_s)->currentText(), u"1"_s);
    QVERIFY(input<QCheckBox>(u"sync_mode"_s)->isChecked());
    QCOMPARE(input<QPlainTextEdit>(u"system_prompt"_s)->toPlainText(), u"be\nbrief"_s);
    m_model->resetAll();
    QCOMPARE(input<QAbstractSpinBox>(u"num_images"_s)->text(), QString());
    QCOMPARE(input<QLineEdit>(u"seed"_s)->text(), QString());
    QCOMPARE(input<QComboBox>(u"aspect_ratio"_s)->currentText(), u"auto"_s);
    QVERIFY(!input<QCheckBox>(u"sync_mode"_s)->isChecked());
    QCOMPARE(input<QPlainTextEdit>(u"system_prompt"_s)->toPlainText(), QString());
    QCOMPARE(sent(), QByteArray("{}")); // showing sets nothing
}

void ParameterFormTest::typingIsNotInterrupted()
{
    choose(u"fal-ai/nano-banana-2"_s);
    auto *line = input<QLineEdit>(u"seed"_s);
    line->setFocus();
    QTest::keyClicks(line, u" 007"_s);
    QCOMPARE(line->text(), u" 007"_s);
    QCOMPARE(sent(), QByteArray(R"({"seed":7})"));
    QTest::keyClick(line, Qt::Key_Tab);
    QCOMPARE(line->text(), u"7"_s);
    choose(&m_odd);
    auto *edit = input<QPlainTextEdit>(u"json"_s);
    edit->setFocus();
    QTest::keyClicks(edit, u"{\"a\":1}"_s);
    QTest::keyClick(edit, Qt::Key_Left);
    QTest::keyClicks(edit, u",\"b\":2"_s);
    QCOMPARE(sent(), QByteArray(R"({"json":{"a":1,"b":2}})"));
    QCOMPARE(edit->toPlainText(), u"{\"a\":1,\"b\":2}"_s); // as typed, and no second history beside the form's
    QVERIFY(!edit->isUndoRedoEnabled());
    QCOMPARE(edit->textCursor().position(), 12);
}

void ParameterFormTest::resetButton()
{
    choose(u"fal-ai/nano-banana-2"_s);
    const QString title = m_model->parameter(m_model->rowOf(u"num_images"_s)).title;
    QToolButton *reset = button(u"Reset "_s + title);
    QVERIFY(!reset->isVisible());
    const int width = input<QAbstractSpinBox>(u"num_images"_s)->width();
    m_model->setValue(m_model->rowOf(u"num_images"_s), Json(3));
    QVERIFY(reset->isVisible());
    QCOMPARE(input<QAbstractSpinBox>(u"num_images"_s)->width(), width); // nothing moves
    QTest::mouseClick(reset, Qt::LeftButton);
    QCOMPARE(sent(), QByteArray("{}"));
    QVERIFY(!reset->isVisible());
    QVERIFY(m_form->isAncestorOf(m_form->focusWidget()));
    QToolButton *all = button(u"Reset all parameters"_s);
    QVERIFY(!all->isEnabled());
    m_model->setValue(m_model->rowOf(u"num_images"_s), Json(3));
    QVERIFY(all->isEnabled());
    QTest::mouseClick(all, Qt::LeftButton);
    QCOMPARE(sent(), QByteArray("{}"));
    QVERIFY(!all->isEnabled());
}

void ParameterFormTest::changedIsBold()
{
    choose(u"fal-ai/nano-banana-2"_s);
    QWidget *box = input<QComboBox>(u"resolution"_s);
    QLabel *label = nullptr;
    for (QLabel *each : m_form->findChildren<QLabel *>()) {
        if (each->buddy() == box)
            label = each;
    }
    QVERIFY(label);
    QVERIFY(!label->font().bold());
    m_model->setValue(m_model->rowOf(u"resolution"_s), Json("1K")); // the default, on purpose
    QVERIFY(!label->font().bold());
    m_model->setValue(m_model->rowOf(u"resolution"_s), Json("4K"));
    QVERIFY(label->font().bold());
    m_model->clear(m_model->rowOf(u"resolution"_s));
    QVERIFY(!label->font().bold());
}

void ParameterFormTest::wheelDoesNothingUnfocused()
{
    choose(u"fal-ai/nano-banana-2"_s);
    auto *combo = input<QComboBox>(u"aspect_ratio"_s);
    auto *spin = input<QAbstractSpinBox>(u"num_images"_s);
    input<QLineEdit>(u"seed"_s)->setFocus();
    for (int delta : { -120, -120, 120 }) {
        wheel(combo, delta);
        wheel(spin, delta);
        wheel(spin->findChild<QLineEdit *>(), delta);
    }
    QCOMPARE(sent(), QByteArray("{}"));
    QVERIFY(!combo->hasFocus());
    QVERIFY(!spin->hasFocus());
    spin->setFocus();
    wheel(spin, 120);
    QCOMPARE(sent(), QByteArray(R"({"num_images":2})"));
}

void ParameterFormTest::errorIsShownAndGoes()
{
    choose(u"fal-ai/nano-banana-2"_s);
    m_model->setErrors({ { .kind = ErrorKind::Refused, .message = u"The server says no"_s, .field = u"seed"_s } });
    const auto isShown = [this] {
        for (const QLabel *label : m_form->findChildren<QLabel *>()) {
            if (label->isVisible() && label->text().contains(u"The server says no"_s))
                return true;
        }
        return false;
    };
    QVERIFY(isShown());
    QVERIFY(errorUnder(u"seed"_s).contains(u"The server says no"_s));
    auto *line = input<QLineEdit>(u"seed"_s);
    line->setFocus();
    QTest::keyClicks(line, u"1"_s);
    QVERIFY(!isShown());
}

void ParameterFormTest::foreignTextIsPlain()
{
    choose(&m_odd);
    m_model->setErrors({ { .kind = ErrorKind::Refused, .message = u"<img src='file:///x'>"_s, .field = u"url"_s } });
    QVERIFY(m_model->setInput(*parseJson(R"({"<b>key</b>":"<img src='file:///x'>"})")));
    int foreign = 0;
    for (const QLabel *label : m_form->findChildren<QLabel *>()) {
        if (!label->text().contains(u'<'))
            continue;
        ++foreign;
        QCOMPARE(label->textFormat(), Qt::PlainText);
    }
    QVERIFY(foreign >= 2);
    for (QWidget *widget : m_form->findChildren<QWidget *>()) {
        QVERIFY(!widget->toolTip().contains(u"<img"_s));
        // Read out, not shown: without markup of ours.
        if (QAccessibleInterface *interface = QAccessible::queryAccessibleInterface(widget))
            QVERIFY(!interface->text(QAccessible::Description).contains(u"<qt>"_s));
    }
}

void ParameterFormTest::unknownKeysAreListed()
{
    choose(u"fal-ai/nano-banana-2"_s);
    QVERIFY(m_model->setInput(*parseJson(R"({"style":"oil","strange":[1]})")));
    QTest::mouseClick(button(u"Remove style"_s), Qt::LeftButton);
    QCOMPARE(sent(), QByteArray(R"({"strange":[1]})"));
    QTest::mouseClick(button(u"Remove strange"_s), Qt::LeftButton);
    QCOMPARE(sent(), QByteArray("{}"));
}

void ParameterFormTest::switchRebuilds()
{
    choose(u"fal-ai/nano-banana-2"_s);
    m_model->setValue(m_model->rowOf(u"num_images"_s), Json(3));
    QVERIFY(m_form->inputOf(u"thinking_level"_s));
    input<QLineEdit>(u"seed"_s)->setFocus();
    choose(u"fal-ai/nano-banana"_s);
    QVERIFY(!m_form->inputOf(u"thinking_level"_s));
    QCOMPARE(input<QAbstractSpinBox>(u"num_images"_s)->text(), u"3"_s);
    // Another input for the same endpoint leaves the editors where they are.
    auto *line = input<QLineEdit>(u"seed"_s);
    line->setFocus();
    QVERIFY(m_model->setInput(*parseJson(R"({"seed":3})")));
    QCOMPARE(m_form->inputOf(u"seed"_s), line);
    QVERIFY(line->hasFocus());
    choose(static_cast<const Endpoint *>(nullptr));
    QVERIFY(!m_form->inputOf(u"seed"_s));
}

void ParameterFormTest::tabGoesThroughTheForm()
{
    choose(u"fal-ai/nano-banana-2"_s);
    QStringList visited;
    QWidget *first = nullptr;
    for (int row = 0; row < m_model->rowCount() && !first; ++row)
        first = m_form->inputOf(m_model->parameter(row).name);
    first->setFocus();
    for (int i = 0; i < 60 && m_form->focusWidget(); ++i) {
        const QString name = m_form->focusWidget()->objectName();
        if (!name.isEmpty() && !visited.contains(name))
            visited.append(name);
        QTest::keyClick(m_form->focusWidget(), Qt::Key_Tab);
    }
    QStringList expected;
    for (int row = 0; row < m_model->rowCount(); ++row) {
        if (row != m_model->promptRow())
            expected.append(m_model->parameter(row).name);
    }
    QCOMPARE(visited, expected);
}

void ParameterFormTest::fitsANarrowColumn_data()
{
    everyEndpoint(m_catalog);
    QTest::newRow("odd") << u"odd"_s;
}

void ParameterFormTest::fitsANarrowColumn()
{
    QFETCH(QString, id);
    if (id == u"odd"_s)
        choose(&m_odd);
    else
        choose(id);
    m_model->setErrors({ { .kind = ErrorKind::Refused, .message = QString(40, u'w') + u" and more words about it"_s, .field = u"seed"_s } });
    // 300 less margins and a scroll bar.
    const int width = 300 - 2 * 12 - 14;
    QVERIFY2(m_form->minimumSizeHint().width() <= width, qPrintable(QString::number(m_form->minimumSizeHint().width())));
}

QTEST_MAIN(ParameterFormTest)
#include "tst_parameterform.moc"
