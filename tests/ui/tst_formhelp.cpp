#include "calmcombobox.h"
#include "choicedelegate.h"
#include "endpointcatalog.h"
#include "parameterform.h"
#include "parametermodel.h"

#include <QCheckBox>
#include <QLabel>
#include <QLineEdit>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>

using namespace plantain;
using namespace Qt::StringLiterals;

/// What the form tells beyond the schema: what is rarely needed, what must be there, what choices are.
class FormHelpTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();

    void rareOnesAreFolded();
    void choicesSayWhatTheyAre();
    void requiredIsMarked();

private:
    void choose(const Endpoint *endpoint)
    {
        QVERIFY(endpoint);
        m_model->setEndpoint(endpoint);
    }
    void choose(const QString &id) { choose(m_catalog.find({ id })); }
    template <class W>
    W *input(const QString &name) const
    {
        W *widget = qobject_cast<W *>(m_form->inputOf(name));
        if (!widget)
            qFatal("no such input: %s", qPrintable(name));
        return widget;
    }

    const EndpointCatalog m_catalog = EndpointCatalog::load({ u":/endpoints"_s }, u":/prices.json"_s);
    Endpoint m_odd;
    std::unique_ptr<ParameterModel> m_model;
    std::unique_ptr<ParameterForm> m_form;
};

void FormHelpTest::init()
{
    m_form.reset();
    m_odd = {};
    m_odd.id = { u"someone/else"_s };
    m_odd.schema.parameters = { { .name = u"text"_s, .title = u"Text"_s, .kind = ParameterKind::Text, .required = true },
                                { .name = u"url"_s, .title = u"Address"_s, .kind = ParameterKind::Url } };
    m_odd.schema.validation = *parseJson(R"({"type":"object","properties":{"text":{"type":"string"},"url":{"type":"string"}}})");
    m_model = std::make_unique<ParameterModel>();
    m_model->setGuide(*FormGuide::load(u":/formguide.json"_s, u":/imagesizes.json"_s));
    m_form = std::make_unique<ParameterForm>(*m_model);
    m_form->resize(400, 700);
    m_form->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_form.get()));
}

void FormHelpTest::rareOnesAreFolded()
{
    choose(u"fal-ai/nano-banana-2"_s);
    auto *fold = m_form->findChild<QToolButton *>(u"advanced"_s);
    QVERIFY(fold && fold->isVisible());
    QVERIFY(input<QComboBox>(u"resolution"_s)->isVisible());
    auto *box = input<QCheckBox>(u"sync_mode"_s);
    QVERIFY(!box->isVisible());
    const QString unchanged = fold->text();
    m_model->setValue(m_model->rowOf(u"sync_mode"_s), Json(true));
    QVERIFY(!box->isVisible()); // what somebody folded stays so,
    QVERIFY2(fold->text().contains(u'1'), qPrintable(fold->text())); // but not without a trace
    m_model->setValue(m_model->rowOf(u"sync_mode"_s), Json(false)); // the default
    QCOMPARE(fold->text(), unchanged);
    QTest::keyClick(fold, Qt::Key_Space);
    QVERIFY(box->isVisible());
    QTest::keyClick(fold, Qt::Key_Space);
    QVERIFY(!box->isVisible());
    QSignalSpy shown(m_form.get(), &ParameterForm::shownAt);
    m_model->setErrors({ { .kind = ErrorKind::Refused, .message = u"no"_s, .field = u"safety_tolerance"_s } });
    QVERIFY(input<QComboBox>(u"safety_tolerance"_s)->isVisible()); // a mistake opens it
    QCOMPARE(shown.count(), 1);
    choose(u"fal-ai/nano-banana"_s);
    QVERIFY(input<QCheckBox>(u"sync_mode"_s)->isVisible()); // as it was left
    choose(&m_odd);
    QVERIFY(!fold->isVisible()); // nothing rare in it
}

void FormHelpTest::choicesSayWhatTheyAre()
{
    choose(u"fal-ai/nano-banana-2"_s);
    auto *ratio = input<CalmComboBox>(u"aspect_ratio"_s);
    auto *resolution = input<CalmComboBox>(u"resolution"_s);
    auto *format = input<CalmComboBox>(u"output_format"_s);
    const auto note = [](QComboBox *box, const QString &value) {
        return box->itemData(box->findText(value), ChoiceDelegate::NoteRole).toString();
    };
    const auto shape = [&](const QString &value) {
        return ratio->itemIcon(ratio->findText(value)).pixmap(16).toImage();
    };
    QVERIFY(!shape(u"16:9"_s).isNull());
    QVERIFY(shape(u"16:9"_s) != shape(u"9:16"_s));
    QVERIFY(shape(u"auto"_s) != shape(u"1:1"_s)); // an open shape
    QVERIFY(resolution->itemIcon(0).isNull());
    QCOMPARE(resolution->remark(), QString()); // the model decides the ratio
    m_model->setText(m_model->rowOf(u"aspect_ratio"_s), u"1:1"_s);
    QCOMPARE(resolution->remark(), u"1024 × 1024"_s);
    QVERIFY(note(resolution, u"4K"_s).startsWith(u"4096 × 4096 · "_s));
    m_model->setText(m_model->rowOf(u"resolution"_s), u"2K"_s);
    QCOMPARE(resolution->remark(), u"2048 × 2048"_s);
    m_model->setText(m_model->rowOf(u"aspect_ratio"_s), u"21:9"_s);
    QVERIFY(!resolution->remark().isEmpty() && resolution->remark() != u"2048 × 2048"_s);
    for (int i = 0; i < format->count(); ++i)
        QVERIFY(!note(format, format->itemText(i)).isEmpty());
    QVERIFY(note(format, u"png"_s).contains(u"lettering"_s));
}

void FormHelpTest::requiredIsMarked()
{
    choose(&m_odd);
    QVERIFY(input<QLineEdit>(u"text"_s)->toolTip().contains(u"Required"_s));
    QCOMPARE(input<QLineEdit>(u"text"_s)->accessibleName(), u"Text"_s); // without the mark
    const QList<QLabel *> labels = m_form->findChildren<QLabel *>();
    QVERIFY(std::any_of(labels.begin(), labels.end(), [](const QLabel *label) { return label->text() == u"Text *"_s; }));
    QVERIFY(!input<QLineEdit>(u"url"_s)->toolTip().contains(u"Required"_s));
}

QTEST_MAIN(FormHelpTest)
#include "tst_formhelp.moc"
