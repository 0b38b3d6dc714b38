#include "form.h"
#include "parametermodel.h"
#include "referencemodel.h"
#include "session.h"
#include "workbench.h"

using namespace plantain;
using namespace Qt::StringLiterals;

namespace {

const EndpointId text { u"fal-ai/nano-banana-2"_s };
const EndpointId edit { u"fal-ai/nano-banana-2/edit"_s };

Draft draft(const Json &values, const EndpointId &endpoint = text)
{
    return { .endpoint = endpoint, .parameters = { { "values", values } }, .references = Json::array() };
}

Draft prompt(const char *words)
{
    return draft({ { "prompt", words } });
}

} // namespace

/// Steps from drafts, then the form of a session over a real library.
class FormHistoryTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void typingIsOneStep();
    void aPauseBeginsAStep();
    void deletingIsAStepOfItsOwn();
    void elsewhereIsAStepOfItsOwn();
    void aPasteIsAStep();
    void longTypingIsDivided();
    void stepsNameThemselves_data();
    void stepsNameThemselves();
    void aNewStepEndsRedo();
    void startIsNoStep();
    void wholeFormComesBack();
    void inputReplacesTheForm();
    void badInputChangesNothing_data();
    void badInputChangesNothing();
    void exampleIsOneStep();

private:
    std::unique_ptr<Session> session(const std::vector<Example> &examples = {})
    {
        return std::make_unique<Session>(m_bench.catalog, *m_bench.library, *m_bench.servers, m_bench.pool, examples,
                                         m_bench.folder.filePath(u"draft-%1.json"_s.arg(++m_drafts)));
    }

    Workbench m_bench;
    int m_drafts = 0;
};

void FormHistoryTest::typingIsOneStep()
{
    FormHistory history(m_bench.catalog, 60'000);
    history.begin(prompt("a"));
    for (const char *words : { "ab", "abc", "abc d" })
        history.take(prompt(words));
    QCOMPARE(history.undoName(), u"typing in Prompt"_s);
    QCOMPARE(history.undo(), prompt("a"));
    QVERIFY(!history.canUndo());
    QCOMPARE(history.redo(), prompt("abc d"));
    history.take(prompt("abc de")); // after a redo nothing is joined to
    QCOMPARE(history.undo(), prompt("abc d"));
}

void FormHistoryTest::aPauseBeginsAStep()
{
    FormHistory history(m_bench.catalog, 0);
    history.begin(prompt("a"));
    history.take(prompt("ab"));
    history.take(prompt("abc"));
    QCOMPARE(history.undo(), prompt("ab"));
}

void FormHistoryTest::deletingIsAStepOfItsOwn()
{
    FormHistory history(m_bench.catalog, 60'000);
    history.begin(prompt("a"));
    for (const char *words : { "ab", "abc", "ab", "a", "" })
        history.take(prompt(words));
    QCOMPARE(history.undo(), prompt("abc"));
    QCOMPARE(history.undo(), prompt("a"));
}

void FormHistoryTest::elsewhereIsAStepOfItsOwn()
{
    FormHistory history(m_bench.catalog, 60'000);
    history.begin(prompt("one two"));
    history.take(prompt("one two!"));
    history.take(prompt("xone two!"));
    QCOMPARE(history.undo(), prompt("one two!"));
    QCOMPARE(history.undo(), prompt("one two"));
}

void FormHistoryTest::aPasteIsAStep()
{
    FormHistory history(m_bench.catalog, 60'000);
    history.begin(prompt("a"));
    history.take(prompt("ab"));
    history.take(prompt("ab and a good deal more"));
    history.take(prompt("ab and a good deal more!"));
    QCOMPARE(history.undoName(), u"typing in Prompt"_s);
    QCOMPARE(history.undo(), prompt("ab and a good deal more"));
    QCOMPARE(history.undoName(), u"change of Prompt"_s);
    QCOMPARE(history.undo(), prompt("ab"));
}

void FormHistoryTest::longTypingIsDivided()
{
    FormHistory history(m_bench.catalog, 60'000);
    history.begin(prompt(""));
    const QString words = u"a sentence that goes on and on for longer than anyone would want to lose at one stroke"_s;
    for (int i = 1; i <= words.size(); ++i)
        history.take(draft({ { "prompt", toJson(words.left(i)) } }));
    const QString kept = stringAt(history.undo().parameters["values"], "prompt");
    QVERIFY2(kept.size() > 30 && kept.size() < words.size(), qPrintable(kept));
    QVERIFY(kept.endsWith(u' '));
}

void FormHistoryTest::stepsNameThemselves_data()
{
    QTest::addColumn<Draft>("from");
    QTest::addColumn<Draft>("to");
    QTest::addColumn<QString>("name");
    const auto with = [](Draft made, const Json &references) {
        made.references = references;
        return made;
    };
    const Json one = Json::array({ { { "url", "https://a.org/1" } } });
    const Json two = Json::array({ { { "url", "https://a.org/1" } }, { { "url", "https://a.org/2" } } });
    const Json turned = Json::array({ two[1], two[0] });
    QTest::newRow("choice") << draft({}) << draft({ { "resolution", "2K" } }) << u"change of Resolution"_s;
    QTest::newRow("reset") << draft({ { "resolution", "2K" } }) << draft({}) << u"reset of Resolution"_s;
    QTest::newRow("reset all") << draft({ { "prompt", "x" }, { "resolution", "2K" }, { "num_images", 2 } })
                               << draft({ { "prompt", "x" } }) << u"reset of all"_s;
    QTest::newRow("several") << draft({}) << draft({ { "resolution", "2K" }, { "num_images", 2 } }) << u"several changes"_s;
    QTest::newRow("endpoint") << draft({}) << draft({}, edit) << u"choice of endpoint"_s;
    QTest::newRow("added") << draft({}, edit) << with(draft({}, edit), one) << u"adding of references"_s;
    QTest::newRow("removed") << with(draft({}, edit), two) << with(draft({}, edit), one) << u"removing of references"_s;
    QTest::newRow("moved") << with(draft({}, edit), two) << with(draft({}, edit), turned) << u"order of references"_s;
}

void FormHistoryTest::stepsNameThemselves()
{
    QFETCH(Draft, from);
    QFETCH(Draft, to);
    QFETCH(QString, name);
    FormHistory history(m_bench.catalog);
    history.begin(from);
    history.take(to);
    QCOMPARE(history.undoName(), name);
    QCOMPARE(history.undo(), from);
    QCOMPARE(history.redoName(), name);
    QCOMPARE(history.redo(), to);
}

void FormHistoryTest::aNewStepEndsRedo()
{
    FormHistory history(m_bench.catalog, 0);
    history.begin(prompt("a"));
    history.take(prompt("ab"));
    history.undo();
    history.take(prompt("ac"));
    QVERIFY(!history.canRedo());
    QCOMPARE(history.undo(), prompt("a"));
}

void FormHistoryTest::startIsNoStep()
{
    const auto made = session({ { .id = u"x"_s, .title = u"X"_s, .endpoint = text, .input = { { "prompt", "xyz" } } } });
    QSignalSpy changed(&made->form()->history(), &FormHistory::changed);
    made->form()->undo();
    QCOMPARE(stringAt(made->form()->input(), "prompt"), u"xyz"_s);
    QVERIFY(!made->form()->history().canUndo());
    QVERIFY(!made->form()->history().canRedo());
}

void FormHistoryTest::wholeFormComesBack()
{
    const auto made = session();
    ParameterModel &parameters = *made->parameters();
    QList<Json> inputs;
    QList<EndpointId> endpoints;
    const auto step = [&](const auto &change) {
        inputs.append(made->form()->input());
        endpoints.append(made->endpoint()->id);
        const QString before = made->form()->history().undoName();
        change();
        QSignalSpy changed(&made->form()->history(), &FormHistory::changed);
        QTRY_COMPARE(changed.count(), 1);
    };
    step([&] { parameters.setText(parameters.promptRow(), u"a cat in the rain"_s); });
    step([&] { parameters.setText(parameters.rowOf(u"num_images"_s), u"3"_s); });
    step([&] { made->chooseEndpoint(edit); });
    step([&] { made->references()->add({ QUrl(u"https://a.org/1.png"_s), QUrl(u"https://a.org/2.png"_s) }); });
    step([&] { made->references()->removeRows(0, 1); });
    step([&] { parameters.setText(parameters.rowOf(u"num_images"_s), u"4x"_s); });
    step([&] { parameters.resetAll(); });
    inputs.append(made->form()->input());
    endpoints.append(made->endpoint()->id);
    const Json last = parameters.draft();
    for (qsizetype i = inputs.size() - 2; i >= 0; --i) {
        made->form()->undo();
        QCOMPARE(toBytes(made->form()->input()), toBytes(inputs[i]));
        QCOMPARE(made->endpoint()->id, endpoints[i]);
        if (i == inputs.size() - 2)
            QCOMPARE(parameters.text(parameters.rowOf(u"num_images"_s)), u"4x"_s); // what cannot be read came back too
    }
    QVERIFY(!made->form()->history().canUndo());
    while (made->form()->history().canRedo())
        made->form()->redo();
    QCOMPARE(toBytes(parameters.draft()), toBytes(last));
    QCOMPARE(made->references()->rowCount(), 1);
}

void FormHistoryTest::inputReplacesTheForm()
{
    const auto made = session();
    made->chooseEndpoint(edit);
    made->references()->add({ QUrl(u"https://a.org/old.png"_s) });
    const QByteArray before = toBytes(made->form()->input());
    const auto warnings = made->form()->setInput(*parseJson(R"({"mood":"calm","image_urls":["https://a.org/1.png","file:///nowhere/x.png"],
        "enable_google_search":true,"prompt":"a dog"})"));
    QVERIFY(warnings);
    QCOMPARE(warnings->size(), 2); // the alias and the unknown key
    QCOMPARE(toBytes(made->form()->input()), QByteArray(R"({"prompt":"a dog","image_urls":["https://a.org/1.png","file:///nowhere/x.png"],"enable_web_search":true,"mood":"calm"})"));
    QCOMPARE(made->references()->rowCount(), 2);
    QVERIFY(made->references()->index(1).data(ReferenceModel::ErrorRole).isValid()); // kept and marked
    made->form()->undo();
    QCOMPARE(toBytes(made->form()->input()), before);
    made->form()->redo();
    QVERIFY(made->form()->setInput(*parseJson(R"({"prompt":"a dog"})")));
    QCOMPARE(made->references()->rowCount(), 0);
}

void FormHistoryTest::badInputChangesNothing_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::newRow("no object") << QByteArray("[1]");
    QTest::newRow("no list") << QByteArray(R"({"prompt":"x","image_urls":"https://a.org/1.png"})");
    QTest::newRow("no address") << QByteArray(R"({"prompt":"x","image_urls":["https://a.org/1.png",7]})");
    QTest::newRow("no web address") << QByteArray(R"({"prompt":"x","image_urls":["ftp://a.org/1.png"]})");
}

void FormHistoryTest::badInputChangesNothing()
{
    QFETCH(QByteArray, json);
    const auto made = session();
    made->chooseEndpoint(edit);
    QVERIFY(made->form()->setInput(*parseJson(R"({"prompt":"a dog","image_urls":["https://a.org/1.png"],"seed":3})")));
    const QByteArray before = toBytes(made->form()->input());
    const auto taken = made->form()->setInput(*parseJson(json));
    QVERIFY(!taken);
    QVERIFY(!taken.error().message.isEmpty());
    QCOMPARE(toBytes(made->form()->input()), before);
}

void FormHistoryTest::exampleIsOneStep()
{
    const std::vector<Example> examples { { .id = u"x"_s, .title = u"Coast"_s, .endpoint = edit,
                                            .input = { { "prompt", "drive" }, { "image_urls", { "https://a.org/1.png" } } } },
                                          { .id = u"y"_s, .title = u"Gone"_s, .endpoint = { u"no/where"_s }, .input = Json::object() } };
    const auto made = session(examples);
    QCOMPARE(made->form()->examples().size(), 1u); // only what can be called
    made->chooseEndpoint(text);
    made->parameters()->setText(made->parameters()->promptRow(), u"my own words"_s);
    made->parameters()->setText(made->parameters()->rowOf(u"seed"_s), u"7"_s);
    const QByteArray before = toBytes(made->form()->input());
    made->form()->useExample(made->form()->examples().front());
    QCOMPARE(made->endpoint()->id, edit);
    QCOMPARE(stringAt(made->form()->input(), "prompt"), u"drive"_s);
    QTRY_COMPARE(made->form()->history().undoName(), u"example “Coast”"_s);
    made->form()->undo();
    QCOMPARE(made->endpoint()->id, text);
    QCOMPARE(toBytes(made->form()->input()), before);
}

QTEST_MAIN(FormHistoryTest)
#include "tst_formhistory.moc"
