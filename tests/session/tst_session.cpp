#include "examples.h"
#include "gallerymodel.h"
#include "parametermodel.h"
#include "referencemodel.h"
#include "runmodel.h"
#include "session.h"
#include "workbench.h"

#include <QImage>

using namespace Qt::StringLiterals;
using namespace plantain;

/// The verbs of a person that concern more than one model.
class TestSession : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();
    void recallsAnInputWithItsReferences();
    void recallsASeedThatWasGiven();
    void recallOfAStrangerSaysSo();

private:
    RunRecord sent()
    {
        QSignalSpy generated(m_session.get(), &Session::generated);
        m_session->generate();
        if (!QTest::qWaitFor([&] { return generated.size() == 1; }, 30'000))
            qFatal("not started");
        return m_bench->stored(generated.front().front().value<RunId>());
    }
    void recall(const RunId &id)
    {
        QSignalSpy recalled(m_session.get(), &Session::recalled);
        m_session->recall({ id, 0 });
        QTRY_COMPARE_WITH_TIMEOUT(recalled.size(), 1, 30'000);
    }
    QString picture(const QString &name, Qt::GlobalColor colour)
    {
        QImage image(64, 64, QImage::Format_RGB32);
        image.fill(colour);
        const QString file = m_bench->folder.filePath(name);
        image.save(file);
        return file;
    }
    ParameterModel &form() { return *m_session->parameters(); }

    std::unique_ptr<Workbench> m_bench;
    std::unique_ptr<Session> m_session;
};

void TestSession::init()
{
    m_bench = std::make_unique<Workbench>();
    m_session = std::make_unique<Session>(m_bench->catalog, *m_bench->library, *m_bench->servers, m_bench->pool,
                                          std::vector<Example>(), m_bench->folder.filePath(u"draft.json"_s));
    m_session->begin(OpenReport());
}

void TestSession::cleanup()
{
    m_session.reset();
    m_bench.reset();
}

void TestSession::recallsAnInputWithItsReferences()
{
    const EndpointId edit { u"fal-ai/nano-banana-2/edit"_s }, text { u"fal-ai/nano-banana-2"_s };
    m_session->chooseEndpoint(edit);
    QVERIFY(form().setInput(Json { { "prompt", "swap the colours" }, { "num_images", 2 }, { "resolution", "0.5K" },
                                   { "output_format", "jpeg" }, { "an_unknown_key", { 1, 2 } } }));
    const QString red = picture(u"red ü.png"_s, Qt::red), blue = picture(u"blue.png"_s, Qt::blue);
    m_session->addReferences({ blue, red, blue });
    const RunRecord run = sent();
    QVERIFY(run.seedDrawn);
    const Json before = form().input();

    m_session->chooseEndpoint(text);
    QVERIFY(form().setInput(Json { { "prompt", "something else" }, { "seed", 7 } }));
    m_session->references()->clear();
    QFile::remove(red); // the library has a copy
    recall(run.id);
    QCOMPARE(m_session->endpoint()->id, edit);
    QCOMPARE(toBytes(form().input()), toBytes(before));
    QVERIFY(!form().value(form().rowOf(u"seed"_s)));
    QCOMPARE(form().drawnSeed(), integerAt(run.input, "seed"));
    QCOMPARE(m_session->references()->rowCount(), 3);
    for (const Reference &reference : m_session->references()->references())
        QVERIFY2(reference.file.startsWith(m_bench->library->folder()) && QFile::exists(reference.file), qPrintable(reference.file));

    // The test of it: sent again, it is the same input but for the seed.
    const RunRecord again = sent();
    Json one = run.input, other = again.input;
    one.erase("seed");
    other.erase("seed");
    QCOMPARE(toBytes(other), toBytes(one));
    QVERIFY(again.references.size() == 3 && again.references[1].sha256 == run.references[1].sha256
            && again.references[0].sha256 == again.references[2].sha256);
}

void TestSession::recallsASeedThatWasGiven()
{
    m_session->chooseEndpoint({ u"fal-ai/nano-banana-2"_s });
    QVERIFY(form().setInput(Json { { "prompt", "a cat" }, { "resolution", "0.5K" }, { "seed", 42 } }));
    const RunRecord run = sent();
    QVERIFY(form().setInput(Json { { "prompt", "a dog" } }));
    recall(run.id);
    QCOMPARE(toBytes(form().input()), toBytes(run.input));
    QVERIFY(!form().drawnSeed());
    QCOMPARE(m_session->references()->rowCount(), 0);
}

void TestSession::recallOfAStrangerSaysSo()
{
    RunRecord record;
    record.id = newRunId();
    record.endpoint = { u"fal-ai/gone"_s };
    record.input = Json { { "prompt", "a cat" } };
    record.createdAt = QDateTime::currentDateTimeUtc();
    QVERIFY(m_bench->wait(m_bench->library->add(record)).has_value());
    QVERIFY(form().setInput(Json { { "prompt", "being written" } }));
    QSignalSpy said(m_session.get(), &Session::said);
    m_session->recall({ record.id, 0 });
    QTRY_COMPARE(said.size(), 1);
    QVERIFY(said.front().front().value<Error>().message.contains(u"fal-ai/gone"_s));
    m_session->recall({ { u"nobody"_s }, 0 });
    QTRY_COMPARE(said.size(), 2);
    QCOMPARE(form().text(form().promptRow()), u"being written"_s); // what is typed stays
}

QTEST_MAIN(TestSession)
#include "tst_session.moc"
