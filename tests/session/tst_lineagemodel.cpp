#include "endpointcatalog.h"
#include "examples.h"
#include "form.h"
#include "lineagemodel.h"
#include "lineagetext.h"
#include "runroles.h"
#include "session.h"
#include "workbench.h"

#include <QAbstractItemModelTester>

using namespace plantain;
using namespace Qt::StringLiterals;

/// A family of pictures as a person makes it, and as a tree with words.
class LineageModelTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void goingOnMakesAFamily();
    void exportedPicturesAreKnownAgain();
    void anOriginLastsAsLongAsSomethingIsLeft();
    void aRunWithoutAPictureIsNoOrigin();
    void changesInWords_data();
    void changesInWords();
    void rowsOfRunsWithoutPictures();

private:
    RunRecord made()
    {
        QSignalSpy generated(m_session.get(), &Session::generated);
        m_session->generate();
        return last(generated);
    }
    RunRecord last(QSignalSpy &generated)
    {
        if (!QTest::qWaitFor([&] { return generated.size() == 1; }, 30'000))
            qFatal("not started");
        return m_bench->settled(generated.front().front().value<RunId>());
    }
    template <class Do>
    void fills(Do verb)
    {
        QSignalSpy recalled(m_session.get(), &Session::recalled);
        verb();
        QTRY_COMPARE_WITH_TIMEOUT(recalled.size(), 1, 30'000);
    }
    void fill(const Json &input) { QVERIFY(m_session->parameters()->setInput(input)); }
    Lineage lineage(const RunId &id) { return Workbench::wait(m_session->lineage(id)).value(); }

    std::unique_ptr<Workbench> m_bench;
    std::unique_ptr<Session> m_session;
};

void LineageModelTest::init()
{
    m_bench = std::make_unique<Workbench>();
    m_session = std::make_unique<Session>(m_bench->catalog, *m_bench->library, *m_bench->servers, m_bench->pool,
                                          std::vector<Example>(), m_bench->folder.filePath(u"form/draft.json"_s));
    m_session->begin(OpenReport());
    m_session->chooseEndpoint({ u"fal-ai/nano-banana-2"_s });
}

void LineageModelTest::cleanup()
{
    m_session.reset();
    m_bench.reset();
}

void LineageModelTest::goingOnMakesAFamily()
{
    fill({ { "prompt", "a red fox" }, { "num_images", 2 }, { "resolution", "0.5K" }, { "seed", 1 } });
    const RunRecord first = made();
    fills([&] { m_session->editPicture({ first.id, 1 }); });
    fill({ { "prompt", "in snow" }, { "resolution", "0.5K" } });
    const RunRecord edited = made();
    const RunRecord editedAgain = made(); // another press
    QSignalSpy generated(m_session.get(), &Session::generated);
    m_session->vary({ first.id, 0 });
    const RunRecord varied = last(generated);
    fills([&] { m_session->promote({ edited.id, 0 }); });
    const RunRecord larger = made();
    fills([&] { m_session->promoteByEdit({ varied.id, 1 }); });
    const RunRecord redrawn = made();
    fills([&] { m_session->recall({ first.id, 1 }); });
    m_session->parameters()->setText(m_session->parameters()->promptRow(), u"a white fox"_s);
    const RunRecord recalled = made();

    const Lineage family = lineage(redrawn.id);
    QCOMPARE(family.runs.size(), size_t(7));
    const auto firstLink = [&](const RunRecord &run) { return family.runs[*family.placeOf(run.id)].parents.front(); };
    QCOMPARE(firstLink(edited), (LineageLink { 0, 1, OriginStep::Edit }));
    QCOMPARE(firstLink(editedAgain), (LineageLink { 0, 1, OriginStep::Edit }));
    QCOMPARE(firstLink(varied), (LineageLink { 0, 0, OriginStep::Vary }));
    QCOMPARE(firstLink(larger), (LineageLink { 1, 0, OriginStep::Promote }));
    QCOMPARE(firstLink(redrawn), (LineageLink { 3, 1, OriginStep::Promote }));
    QCOMPARE(firstLink(recalled), (LineageLink { 0, 1, OriginStep::Recall }));

    const std::unique_ptr<LineageModel> model = m_session->lineageModel();
    const QAbstractItemModelTester tester(model.get(), QAbstractItemModelTester::FailureReportingMode::QtTest);
    model->setLineage(family);
    QCOMPARE(model->rowCount(), 2); // the two pictures of the first run
    const QModelIndex one = model->index(0, 0), two = model->index(1, 0);
    QCOMPARE(model->indexOf({ first.id, 1 }), two);
    QVERIFY(two.data(LineageRole::IsSibling).toBool() && !one.data(LineageRole::IsSibling).toBool());
    QCOMPARE(one.data(LineageRole::Step).toString(), u"The beginning"_s);
    QCOMPARE(one.data(LineageRole::Changes).toStringList(), QStringList { u"a red fox"_s });
    QVERIFY(QFile::exists(one.data(LineageRole::File).toString()));
    QCOMPARE(model->indexOf({ edited.id, 0 }).parent(), two);
    QCOMPARE(model->indexOf({ varied.id, 1 }).parent(), one);
    QCOMPARE(model->indexOf({ redrawn.id, 0 }).parent(), model->indexOf({ varied.id, 1 }));
    QCOMPARE(model->indexOf({ { u"nobody"_s }, 0 }), QModelIndex());

    const QModelIndex edit = model->indexOf({ edited.id, 0 });
    QCOMPARE(edit.data(LineageRole::Step).toString(), u"Edit of picture 2"_s);
    const QStringList changes = edit.data(LineageRole::Changes).toStringList();
    QVERIFY2(changes.contains(u"Prompt anew: in snow"_s), qPrintable(changes.join(u'\n')));
    QVERIFY2(changes.filter(u"References: +"_s).size() == 1, qPrintable(changes.join(u'\n')));
    const QModelIndex white = model->indexOf({ recalled.id, 0 });
    QCOMPARE(white.data(LineageRole::Changes).toStringList(), QStringList { u"Prompt: −“red” +“white”"_s });
    QVERIFY(white.data(Qt::AccessibleTextRole).toString().startsWith(u"Picture 1 of 2. From the input of picture 2. Prompt: −“red”"_s));
    Price both = *first.price;
    both.amount += recalled.price->amount;
    QVERIFY(both.amount > 0);
    QCOMPARE(white.data(LineageRole::Money).toString(), u"%1, %2 with all that led here"_s.arg(priceText(recalled.price), priceText(both)));
}

// It leaves the library, loses its metadata on the way back in, and is still known.
void LineageModelTest::exportedPicturesAreKnownAgain()
{
    fill({ { "prompt", "a red fox" }, { "resolution", "0.5K" } });
    const RunRecord first = made();
    const QString copy = m_bench->folder.filePath(u"from elsewhere.png"_s);
    QVERIFY(QFile::copy(m_session->fileOf(first.images.front()), copy));
    m_session->chooseEndpoint({ u"fal-ai/nano-banana-2/edit"_s });
    m_session->addReferences({ copy });
    fill({ { "prompt", "in snow" }, { "resolution", "0.5K" } });
    const RunRecord second = made();
    QCOMPARE(lineage(first.id).runs.size(), size_t(2));
    QCOMPARE(lineage(second.id).runs[1].parents.front(), (LineageLink { 0, 0, OriginStep::Reference }));
}

void LineageModelTest::anOriginLastsAsLongAsSomethingIsLeft()
{
    fill({ { "prompt", "a red fox" }, { "resolution", "0.5K" } });
    const RunRecord first = made();
    const Form &form = *m_session->form();
    QVERIFY(!form.goesOnFrom());
    fills([&] { m_session->recall({ first.id, 0 }); });
    const RunOrigin recalled { OriginStep::Recall, { first.id, 0 } };
    QCOMPARE(form.goesOnFrom(), std::optional(recalled));
    ParameterModel &parameters = *m_session->parameters();
    parameters.setText(parameters.promptRow(), u"a white fox"_s);
    QCOMPARE(form.goesOnFrom(), std::optional(recalled));
    QTRY_VERIFY(form.history().canUndo());

    // It is kept between starts.
    m_session.reset();
    m_session = std::make_unique<Session>(m_bench->catalog, *m_bench->library, *m_bench->servers, m_bench->pool,
                                          std::vector<Example>(), m_bench->folder.filePath(u"form/draft.json"_s));
    m_session->begin(OpenReport());
    QCOMPARE(m_session->form()->goesOnFrom(), std::optional(recalled));

    m_session->parameters()->clear(m_session->parameters()->promptRow());
    QVERIFY(!m_session->form()->goesOnFrom());
    QTRY_VERIFY(m_session->form()->history().canUndo());
    m_session->form()->undo();
    QCOMPARE(m_session->form()->goesOnFrom(), std::optional(recalled));

    fills([&] { m_session->editPicture({ first.id, 0 }); });
    QCOMPARE(m_session->form()->goesOnFrom(), std::optional(RunOrigin { OriginStep::Edit, { first.id, 0 } }));
    m_session->references()->clear();
    QVERIFY(!m_session->form()->goesOnFrom());
}

void LineageModelTest::aRunWithoutAPictureIsNoOrigin()
{
    fill({ { "prompt", "a red fox" }, { "resolution", "0.5K" } });
    const RunRecord first = made();
    fills([&] { m_session->recall({ first.id, 0 }); });
    m_session->parameters()->setText(m_session->parameters()->promptRow(), u"sandbox: error=content_policy_violation"_s);
    const RunRecord refused = made();
    QVERIFY(refused.images.empty());
    fills([&] { m_session->recall({ refused.id, 0 }); });
    QCOMPARE(m_session->form()->goesOnFrom(), std::optional(RunOrigin { OriginStep::Recall, { first.id, 0 } }));
}

void LineageModelTest::changesInWords_data()
{
    QTest::addColumn<Json>("before");
    QTest::addColumn<Json>("after");
    QTest::addColumn<QStringList>("lines");
    const Json fox { { "prompt", "a red fox in the snow" }, { "resolution", "1K" } };
    const auto row = [&fox](const char *name, const Json &change, const QStringList &lines) {
        Json after = fox;
        after.update(change);
        QTest::newRow(name) << fox << after << lines;
    };
    row("nothing", Json::object(), {});
    row("a word", { { "prompt", "a red fox in the rain" } }, { u"Prompt: −“snow” +“rain”"_s });
    row("added", { { "prompt", "a red fox in the snow at dusk" } }, { u"Prompt: +“at dusk”"_s });
    row("anew", { { "prompt", "LOGO" } }, { u"Prompt anew: LOGO"_s });
    row("a parameter", { { "resolution", "4K" } }, { u"Resolution: 1K → 4K"_s });
}

void LineageModelTest::changesInWords()
{
    QFETCH(Json, before);
    QFETCH(Json, after);
    QFETCH(QStringList, lines);
    RunRecord one, other;
    one.endpoint = other.endpoint = { u"fal-ai/nano-banana-2"_s };
    one.input = before;
    other.input = after;
    QCOMPARE(lineageChanges(one, other, m_bench->catalog), lines);
}

void LineageModelTest::rowsOfRunsWithoutPictures()
{
    RunRecord first, refused;
    first.id = { u"a"_s };
    first.state = RunState::Done;
    first.images = { { .index = 0, .file = u"a.png"_s, .sha256 = u"a0"_s } };
    refused.id = { u"b"_s };
    refused.state = RunState::Failed;
    refused.error = Error { .kind = ErrorKind::Model, .type = u"content_policy_violation"_s };
    refused.origin = RunOrigin { OriginStep::Vary, { first.id, 7 } }; // a picture that there is not
    const std::unique_ptr<LineageModel> model = m_session->lineageModel();
    const QAbstractItemModelTester tester(model.get(), QAbstractItemModelTester::FailureReportingMode::QtTest);
    model->setLineage(lineageOf({ first, refused }, first.id));
    const QModelIndex child = model->index(0, 0, model->index(0, 0));
    QVERIFY(child.isValid());
    QCOMPARE(child.data(LineageRole::File).toString(), QString());
    QVERIFY(!child.data(LineageRole::State).toString().isEmpty());
    QCOMPARE(model->indexOf({ refused.id, 0 }), child);
    model->setLineage({});
    QCOMPARE(model->rowCount(), 0);
}

QTEST_MAIN(LineageModelTest)
#include "tst_lineagemodel.moc"
