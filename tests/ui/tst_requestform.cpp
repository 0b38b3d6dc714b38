#include "endpointcatalog.h"
#include "parameterform.h"
#include "parametermodel.h"
#include "promptedit.h"
#include "promptfield.h"
#include "prompthistory.h"
#include "referencelist.h"
#include "referencemodel.h"
#include "requestform.h"
#include "theme.h"

#include <QApplication>
#include <QClipboard>
#include <QMimeData>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>

#include <memory>

using namespace plantain;
using namespace Qt::StringLiterals;

class RequestFormTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void fitsTheColumn_data();
    void fitsTheColumn();
    void controlReturn();
    void errorComesIntoView();
    void errorInTheListComesIntoView();
    void picturesOnThePromptAreReferences();

private:
    void choose(const QString &id);
    void fill();

    const EndpointCatalog m_catalog = EndpointCatalog::load({ u":/endpoints"_s }, u":/prices.json"_s);
    PromptHistory m_prompts;
    std::unique_ptr<ParameterModel> m_parameters;
    std::unique_ptr<ReferenceModel> m_references;
    std::unique_ptr<RequestForm> m_form;
};

void RequestFormTest::init()
{
    m_parameters = std::make_unique<ParameterModel>();
    m_references = std::make_unique<ReferenceModel>();
    m_form = std::make_unique<RequestForm>(*m_parameters, *m_references, m_prompts);
}

void RequestFormTest::cleanup()
{
    m_form.reset();
    m_references.reset();
    m_parameters.reset();
}

void RequestFormTest::choose(const QString &id)
{
    const Endpoint *endpoint = m_catalog.find({ id });
    QVERIFY(endpoint);
    m_parameters->setEndpoint(endpoint);
    m_references->setEndpoint(endpoint);
}

/// A form with something of everything: set values, mistakes, references, a drawn seed.
void RequestFormTest::fill()
{
    QVERIFY(m_parameters->setInput(*parseJson(R"({
        "prompt": "An action shot of a black lab swimming in an inground suburban swimming pool, half above water.",
        "num_images": 9, "aspect_ratio": "16:9", "sync_mode": true, "negative": "blurry"})")));
    m_parameters->setDrawnSeed(1234567890);
    m_references->add({ QUrl(u"https://example.org/a-picture-with-a-rather-long-name-that-does-not-fit.png"_s),
                        QUrl(u"https://example.org/second.jpg"_s), QUrl(u"https://example.org/second.jpg"_s) });
    m_parameters->setErrors({ { .kind = ErrorKind::Refused, .message = u"See https://example.org/a/very/long/address/that/cannot/be/broken/between/words.html"_s, .field = u"prompt"_s } });
    m_references->setErrors({ { .kind = ErrorKind::Refused, .type = u"image_load_error"_s, .field = u"image_urls/1"_s } });
}

void RequestFormTest::fitsTheColumn_data()
{
    QTest::addColumn<bool>("dark");
    QTest::addColumn<int>("width");
    QTest::addColumn<bool>("filled");
    for (const bool dark : { false, true }) {
        for (const int width : { 320, 420 }) {
            for (const bool filled : { false, true }) {
                QTest::addRow("%s-%d-%s", dark ? "dark" : "light", width, filled ? "filled" : "fresh")
                    << dark << width << filled;
            }
        }
    }
}

void RequestFormTest::fitsTheColumn()
{
    QFETCH(bool, dark);
    QFETCH(int, width);
    QFETCH(bool, filled);
    const Theme theme(*qApp, dark ? Theme::Mode::Dark : Theme::Mode::Light);
    choose(filled ? u"fal-ai/nano-banana-2/edit"_s : u"fal-ai/nano-banana-2"_s);
    if (filled)
        fill();
    m_form->resize(width, 1000);
    m_form->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_form.get()));
    QTRY_VERIFY(m_form->widget()->width() <= m_form->viewport()->width());
    QVERIFY2(m_form->widget()->minimumSizeHint().width() <= m_form->viewport()->width(),
             qPrintable(QString::number(m_form->widget()->minimumSizeHint().width())));
    // For a look at it.
    if (const QString folder = qEnvironmentVariable("PLANTAIN_SCREENSHOTS"); !folder.isEmpty()) {
        m_form->resize(width, std::max(480, m_form->widget()->sizeHint().height()));
        QTRY_VERIFY(!m_form->verticalScrollBar()->isVisible() || m_form->height() >= 780);
        QVERIFY(m_form->grab().save(folder + u"/form-"_s + QString::fromUtf8(QTest::currentDataTag()) + u".png"_s));
    }
}

void RequestFormTest::controlReturn()
{
    choose(u"fal-ai/nano-banana-2"_s);
    m_form->show();
    m_form->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(m_form.get()));
    QSignalSpy asked(m_form.get(), &RequestForm::generateRequested);
    m_form->focusPrompt();
    QVERIFY(m_form->prompt()->edit()->hasFocus());
    QTest::keyClick(m_form->prompt()->edit(), Qt::Key_Return, Qt::ControlModifier);
    QCOMPARE(asked.count(), 1);
}

void RequestFormTest::errorComesIntoView()
{
    choose(u"fal-ai/nano-banana-2"_s);
    m_form->resize(320, 260);
    m_form->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_form.get()));
    QCOMPARE(m_form->verticalScrollBar()->value(), 0);
    m_parameters->setErrors({ { .kind = ErrorKind::Refused, .message = u"no"_s, .field = u"thinking_level"_s } });
    QWidget *input = m_form->parameters()->inputOf(u"thinking_level"_s);
    const auto isInView = [this](QWidget *widget) {
        return m_form->viewport()->rect().contains(widget->mapTo(m_form->viewport(), QPoint(0, widget->height())));
    };
    QTRY_VERIFY(isInView(input));
    QVERIFY(!input->hasFocus()); // the focus is the person's
    m_parameters->setErrors({ { .kind = ErrorKind::Refused, .message = u"no"_s, .field = u"prompt"_s } });
    QTRY_VERIFY(isInView(m_form->prompt()->edit()));
}

void RequestFormTest::errorInTheListComesIntoView()
{
    choose(u"fal-ai/nano-banana-2/edit"_s);
    m_form->resize(320, 200);
    m_form->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_form.get()));
    m_form->verticalScrollBar()->setValue(m_form->verticalScrollBar()->maximum());
    m_references->setErrors({ { .kind = ErrorKind::InvalidInput, .message = u"few"_s, .field = u"image_urls"_s } });
    QTRY_VERIFY(m_form->verticalScrollBar()->value() < m_form->verticalScrollBar()->maximum());
}

void RequestFormTest::picturesOnThePromptAreReferences()
{
    choose(u"fal-ai/nano-banana-2/edit"_s);
    const auto paste = [this](auto fill) {
        auto *data = new QMimeData;
        fill(*data);
        QGuiApplication::clipboard()->setMimeData(data);
        m_form->prompt()->edit()->paste();
    };
    paste([](QMimeData &data) { data.setUrls({ QUrl(u"https://example.org/a.png"_s) }); });
    QCOMPARE(m_references->rowCount(), 1);
    QSignalSpy given(m_form->references(), &ReferenceList::pictureGiven);
    paste([](QMimeData &data) { data.setData(u"image/png"_s, "png"); });
    QCOMPARE(given.size(), 1);
    QCOMPARE(m_form->prompt()->edit()->text(), QString());
    paste([](QMimeData &data) { data.setText(u"https://example.org/b.png"_s); }); // text is text
    QCOMPARE(m_form->prompt()->edit()->text(), u"https://example.org/b.png"_s);
    QCOMPARE(m_references->rowCount(), 1);
}

QTEST_MAIN(RequestFormTest)
#include "tst_requestform.moc"
