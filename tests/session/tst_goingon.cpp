#include "endpointcatalog.h"
#include "everykind.h"
#include "examples.h"
#include "form.h"
#include "goingon.h"
#include "parametervalues.h"
#include "runmodel.h"
#include "session.h"
#include "workbench.h"

#include <QImage>

using namespace plantain;
using namespace Qt::StringLiterals;

namespace {

std::vector<Json> parsed(const std::vector<const char *> &texts)
{
    std::vector<Json> values;
    for (const char *text : texts)
        values.push_back(*parseJson(text));
    return values;
}

/// What is worth recalling of a parameter: every choice, both ends of a range, text and JSON that are hard to keep.
std::vector<Json> valuesOf(const Parameter &parameter)
{
    switch (parameter.kind) {
    case ParameterKind::Text:
    case ParameterKind::LongText:
        return { "a \"quoted\" \\ line\nand another\t\xF0\x9F\x8D\x8B", std::string(size_t(parameter.maxLength.value_or(3000)), 'y') };
    case ParameterKind::Url:
        return { "https://example.org/a%20b.mp4?x=1&y=%C3%BC", "HTTPS://Example.org/%7Ea/%41 b.mp4" };
    case ParameterKind::Json:
        if (parameter.name == u"shapes"_s)
            return parameter.choices;
        if (parameter.name == u"layers"_s || parameter.name == u"weights"_s)
            return parsed({ "[]", parameter.name == u"weights"_s ? "[0.1, -3, 1e-7, 12345678901234567890]" : R"([{"z":null,"a":[{}]},{}])" });
        if (parameter.name == u"size"_s)
            return parsed({ R"("wide")", R"({"width":1024,"height":768})" });
        if (parameter.name == u"anything"_s)
            return parsed({ "0", "1.50", "false", R"("")", R"("a\nb")", "[[],[null]]" });
        return parsed({ "{}", R"({"z":1,"a":{"deep":[true,null,"\u0000\ud83c\udf4b"]},"image_urls":["x"],"seed":1})" });
    case ParameterKind::UrlList:
        return parsed({ R"(["https://example.org/a.png","https://example.org/a.png","HTTPS://Example.org/%7Ea b.png"])" });
    default:
        return choicesAndEnds(parameter);
    }
}

const EndpointId text { u"fal-ai/nano-banana-2"_s };
const EndpointId edit { u"fal-ai/nano-banana-2/edit"_s };

} // namespace

/// From what a run made back into the form, and on from there.
class GoingOnTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void everyParameterComesBack_data();
    void everyParameterComesBack();
    void whatOthersWroteComesBack_data();
    void whatOthersWroteComesBack();
    void whatIsSentIsTreated();
    void metadataIsKeptByAWord();
    void namesAndLabelsComeBack();
    void recallCanBeUndone();
    void editTakesThePicture();
    void variesTheSeedAlone();
    void promotesLarger();
    void promotesByEdit();
    void largestIsSaid();
    void differencesAreFound_data();
    void differencesAreFound();
    void picturesWithoutAFile();
    void addressesAreFetchedWhenAsked();

private:
    ParameterModel &form() { return *m_session->parameters(); }
    RunRecord sent()
    {
        QSignalSpy generated(m_session.get(), &Session::generated);
        QSignalSpy refused(m_session.get(), &Session::refused);
        m_session->generate();
        if (!QTest::qWaitFor([&] { return generated.size() + refused.size() == 1; }, 30'000) || generated.empty()) {
            QStringList why;
            for (int row = 0; row < form().rowCount(); ++row)
                why.append(form().index(row).data(ParameterRoles::ErrorTextRole).toString());
            qFatal("not started: %s", qPrintable(why.join(u' ').simplified()));
        }
        return m_bench->stored(generated.front().front().value<RunId>());
    }
    RunRecord made() { return m_bench->settled(sent().id); }
    /// Does what ends with the form filled in.
    template <class Do>
    void fills(Do verb)
    {
        QSignalSpy recalled(m_session.get(), &Session::recalled);
        verb();
        QTRY_COMPARE_WITH_TIMEOUT(recalled.size(), 1, 30'000);
    }
    QString picture(const QString &name, Qt::GlobalColor colour)
    {
        QImage image(64, 64, QImage::Format_RGB32);
        image.fill(colour);
        image.setText(u"Note"_s, u"which the copy does not have"_s);
        const QString file = m_bench->folder.filePath(name);
        image.save(file);
        return file;
    }
    /// "Resolution: 0.5K → 1K" without the titles.
    QStringList differences() { return m_session->form()->differencesFromOrigin(); }

    std::unique_ptr<Workbench> m_bench;
    std::unique_ptr<Session> m_session;
};

void GoingOnTest::init()
{
    m_bench = std::make_unique<Workbench>();
    const QString folder = m_bench->folder.filePath(u"endpoints"_s);
    QVERIFY(QDir().mkpath(folder));
    for (const auto &[name, bytes] : { std::pair { u"/every.json"_s, documentOfEveryKind() }, std::pair { u"/every.overlay.json"_s, overlayOfEveryKind() } }) {
        QFile file(folder + name);
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size());
    }
    m_bench->catalog = EndpointCatalog::load({ u":/endpoints"_s, folder }, u":/prices.json"_s);
    QVERIFY(m_bench->catalog.problems().empty());
    m_session = std::make_unique<Session>(m_bench->catalog, *m_bench->library, *m_bench->servers, m_bench->pool,
                                          std::vector<Example>(), m_bench->folder.filePath(u"form/draft.json"_s));
    m_session->begin(OpenReport());
}

void GoingOnTest::cleanup()
{
    m_session.reset();
    m_bench.reset();
}

void GoingOnTest::everyParameterComesBack_data()
{
    QTest::addColumn<QString>("endpoint");
    const EndpointCatalog catalog = EndpointCatalog::load({ u":/endpoints"_s }, u":/prices.json"_s);
    for (const Endpoint &endpoint : catalog.endpoints())
        QTest::newRow(qPrintable(endpoint.id.text)) << endpoint.id.text;
    QTest::newRow("every kind") << u"test/every-kind"_s;
}

void GoingOnTest::everyParameterComesBack()
{
    QFETCH(QString, endpoint);
    m_session->setSendingPaused(true); // what is stored counts; nothing need be drawn
    const Endpoint *chosen = m_bench->catalog.find({ endpoint });
    const EndpointId other = chosen->sibling ? *chosen->sibling : text;
    const QStringList files { picture(u"red ü.png"_s, Qt::red), picture(u"blue.png"_s, Qt::blue) };
    int cases = 0;
    for (const Parameter &parameter : chosen->schema.parameters) {
        for (const Json &value : valuesOf(parameter)) {
            const bool isReferences = parameter.name == chosen->referencesField;
            m_session->chooseEndpoint(chosen->id);
            QVERIFY(form().setInput(Json { { "prompt", "a lighthouse" }, { "nothing", nullptr }, { "an_unknown_key", { 1, "two" } } }));
            if (!isReferences)
                form().setValue(form().rowOf(parameter.name), value);
            m_session->references()->clear();
            for (size_t at = 0; isReferences && at < value.size(); ++at)
                QVERIFY(m_session->references()->add({ QUrl(toQString(value[at])) }).empty());
            if (m_session->references()->takesReferences() && !isReferences) {
                m_session->addReferences({ files[1], files[0], files[1] });
                QVERIFY(m_session->references()->add({ QUrl(u"https://example.org/c%20d.png"_s) }, 1).empty());
            }
            const RunRecord run = sent();
            QVERIFY2(isReferences || run.input.at(parameter.name.toStdString()) == value, qPrintable(parameter.name));

            m_session->references()->clear();
            m_session->chooseEndpoint(other);
            QVERIFY(form().setInput(Json { { "prompt", "something else" }, { "seed", 7 } }));
            fills([&] { m_session->recall({ run.id, 0 }); });
            const RunRecord again = sent();
            Json before = run.input, after = again.input;
            if (run.seedDrawn) {
                before.erase("seed");
                after.erase("seed");
            }
            QCOMPARE(again.endpoint, run.endpoint);
            QCOMPARE(toBytes(after), toBytes(before)); // the references' hashes are in it
            QCOMPARE(again.seedDrawn, run.seedDrawn);
            QCOMPARE(again.references.size(), run.references.size());
            for (size_t at = 0; at < run.references.size(); ++at) {
                QCOMPARE(again.references[at].sha256, run.references[at].sha256);
                QCOMPARE(again.references[at].originalName, run.references[at].originalName);
            }
            ++cases;
        }
    }
    QVERIFY(cases > 10);
}

void GoingOnTest::whatOthersWroteComesBack_data()
{
    QTest::addColumn<QByteArray>("input");
    QTest::newRow("odd addresses") << QByteArray(R"({"image_urls":["HTTPS://Example.org/%7Ea/%41 b.png?x=a+b","https://example.org","https://example.org/\u00fc.png"]})");
    QTest::newRow("inside the input") << QByteArray(R"({"image_urls":["data:image/png;base64,iVBORw0KGgo=","https://example.org/a.png"]})");
    QTest::newRow("none") << QByteArray(R"({"image_urls":[],"video_url":"https://youtu.be/abc"})");
}

/// An input from the command line is as its writer wrote it.
void GoingOnTest::whatOthersWroteComesBack()
{
    QFETCH(QByteArray, input);
    m_session->setSendingPaused(true);
    m_bench->controller->setPaused(true);
    Json whole = *parseJson(input);
    whole["prompt"] = "a lighthouse";
    whole["seed"] = 4;
    const RunRecord run = m_bench->started(edit, whole);
    fills([&] { m_session->recall({ run.id, 0 }); });
    QVERIFY(differences().isEmpty());
    QCOMPARE(toBytes(sent().input), toBytes(run.input));
    QCOMPARE(toBytes(m_bench->stored(run.id).input), toBytes(run.input));
}

/// What the slot says is what the library keeps and the server gets.
void GoingOnTest::whatIsSentIsTreated()
{
    m_session->chooseEndpoint(edit);
    QVERIFY(form().setInput(Json { { "prompt", "a lighthouse" }, { "resolution", "0.5K" } }));
    QImage noise(300, 200, QImage::Format_RGB32);
    quint32 random = 1;
    for (int y = 0; y < noise.height(); ++y) {
        for (int x = 0; x < noise.width(); ++x) {
            random = random * 1664525 + 1013904223;
            noise.setPixel(x, y, random >> 8);
        }
    }
    const QString large = m_bench->folder.filePath(u"large.png"_s);
    QVERIFY(noise.save(large) && QFileInfo(large).size() > 100'000);
    m_session->references()->setDraft(Json::array({ { { "file", toJson(picture(u"red.png"_s, Qt::red)) } },
                                                    { { "file", toJson(large) }, { "atMostBytes", 60'000 } } }));
    const RunRecord run = made();
    QCOMPARE(run.state, RunState::Done); // the server could read them
    QFile red(m_session->fileOf(run.references[0])), smaller(m_session->fileOf(run.references[1]));
    QVERIFY(red.open(QIODevice::ReadOnly) && smaller.open(QIODevice::ReadOnly));
    QVERIFY(!red.readAll().contains("which the copy does not have"));
    QVERIFY(smaller.size() <= 60'000 && smaller.size() == run.references[1].bytes);
    const QImage scaled = QImage::fromData(smaller.readAll());
    QCOMPARE(scaled.size(), run.references[1].size);
    QCOMPARE(run.references[1].originalName, u"large.png"_s);
    QVERIFY(QFileInfo(large).size() > 100'000); // the original is left alone
}

void GoingOnTest::metadataIsKeptByAWord()
{
    m_session->setSendingPaused(true);
    m_session->chooseEndpoint(edit);
    QVERIFY(form().setInput(Json { { "prompt", "a lighthouse" } }));
    ReferenceModel &references = *m_session->references();
    m_session->addReferences({ picture(u"red.png"_s, Qt::red), picture(u"blue.png"_s, Qt::blue) });
    const auto text = [&](int role) { return references.index(1).data(role).toString(); };
    QTRY_VERIFY_WITH_TIMEOUT(!text(ReferenceModel::MetadataOfferTextRole).isEmpty(), 30'000);
    QCOMPARE(text(ReferenceModel::FateTextRole), u"without its metadata"_s);
    references.setMetadataKept(1, true);
    QCOMPARE(text(ReferenceModel::FateTextRole), u"sent with its metadata"_s);
    const Json draft = references.draft();
    references.clear();
    references.setDraft(draft); // as after a start
    const RunRecord run = sent();
    QVERIFY(!run.references[0].hasMetadata && run.references[1].hasMetadata);
    QFile red(m_session->fileOf(run.references[0])), blue(m_session->fileOf(run.references[1]));
    QVERIFY(red.open(QIODevice::ReadOnly) && blue.open(QIODevice::ReadOnly));
    QVERIFY(!red.readAll().contains("which the copy does not have"));
    QVERIFY(blue.readAll().contains("which the copy does not have"));
    references.clear();
    fills([&] { m_session->recall({ run.id, 0 }); });
    const RunRecord again = sent();
    QCOMPARE(again.references[1].sha256, run.references[1].sha256);
    QCOMPARE(again.references[0].sha256, run.references[0].sha256);
}

void GoingOnTest::namesAndLabelsComeBack()
{
    m_session->setSendingPaused(true);
    m_session->chooseEndpoint(edit);
    QVERIFY(form().setInput(Json { { "prompt", "a lighthouse" } }));
    m_session->addReferences({ picture(u"my cat.png"_s, Qt::red), picture(u"blue.png"_s, Qt::blue) });
    QVERIFY(m_session->references()->add({ QUrl(u"https://example.org/c.png"_s) }).empty());
    m_session->references()->setPart(0, ReferencePart::Person);
    m_session->references()->setPart(2, ReferencePart::Style);
    const RunRecord run = sent();
    QCOMPARE(run.references.front().originalName, u"my cat.png"_s);
    m_session->references()->clear();
    fills([&] { m_session->recall({ run.id, 0 }); });
    QCOMPARE(m_session->references()->references().front().name, u"my cat.png"_s);
    QVERIFY(m_session->references()->references().front().file.startsWith(m_bench->library->folder()));
    // From the sidecar as from the index.
    QVERIFY(runRecordFromJson(toJson(run)) == m_bench->stored(run.id));
    const std::vector<ReferencePart> parts { ReferencePart::Person, ReferencePart::None, ReferencePart::Style };
    for (size_t at = 0; at < parts.size(); ++at)
        QCOMPARE(m_session->references()->references()[at].part, parts[at]);
    QCOMPARE(toBytes(m_session->references()->draft()).count("\"part\""), 2);
    QSignalSpy generated(m_session.get(), &Session::generated);
    m_session->vary({ run.id, 0 });
    QTRY_COMPARE_WITH_TIMEOUT(generated.size(), 1, 30'000);
    QCOMPARE(m_bench->stored(generated.front().front().value<RunId>()).references[2].part, u"style"_s);
    QCOMPARE(differences(), QStringList { u"Seed: %1 → not set"_s.arg(*integerAt(run.input, "seed")) });
}

void GoingOnTest::recallCanBeUndone()
{
    m_session->setSendingPaused(true);
    m_session->chooseEndpoint(text);
    QVERIFY(form().setInput(Json { { "prompt", "a lighthouse" }, { "seed", 4 } }));
    const RunRecord run = sent();
    m_session->chooseEndpoint(edit);
    QVERIFY(form().setInput(Json { { "prompt", "being written" } }));
    m_session->addReferences({ picture(u"red.png"_s, Qt::red) });
    QTRY_VERIFY(m_session->form()->history().canUndo());
    const QByteArray before = toBytes(m_session->form()->input());
    fills([&] { m_session->recall({ run.id, 0 }); });
    QCOMPARE(toBytes(m_session->form()->input()), toBytes(run.input));
    QVERIFY(m_session->form()->hasOrigin() && differences().isEmpty());
    m_session->form()->undo();
    QCOMPARE(m_session->endpoint()->id, edit);
    QCOMPARE(toBytes(m_session->form()->input()), before);
    QVERIFY(!m_session->form()->hasOrigin());
}

void GoingOnTest::editTakesThePicture()
{
    m_session->chooseEndpoint(text);
    QVERIFY(form().setInput(Json { { "prompt", "a lighthouse" }, { "resolution", "0.5K" }, { "num_images", 2 }, { "output_format", "jpeg" } }));
    const RunRecord run = made();
    QCOMPARE(run.state, RunState::Done);
    fills([&] { m_session->editPicture({ run.id, 1 }); });
    QCOMPARE(m_session->endpoint()->id, edit);
    const auto &references = m_session->references()->references();
    QCOMPARE(references.size(), 1u);
    QCOMPARE(references.front().file, m_session->fileOf(run.images[1]));
    QCOMPARE(form().text(form().promptRow()), QString());
    QCOMPARE(stringAt(form().input(), "output_format"), u"jpeg"_s); // shared values carry over
    QTRY_COMPARE(m_session->form()->history().undoName(), u"editing of a picture"_s);
    m_session->form()->undo();
    QCOMPARE(m_session->endpoint()->id, text);
    QCOMPARE(form().text(form().promptRow()), u"a lighthouse"_s);
    // An edit of an edit stays at its endpoint.
    fills([&] { m_session->editPicture({ run.id, 0 }); });
    QVERIFY(form().setInput(Json { { "prompt", "at night" }, { "resolution", "0.5K" } }));
    const RunRecord next = made();
    fills([&] { m_session->editPicture({ next.id, 0 }); });
    QCOMPARE(m_session->endpoint()->id, edit);
    QCOMPARE(m_session->references()->references().front().file, m_session->fileOf(next.images[0]));
}

void GoingOnTest::variesTheSeedAlone()
{
    m_session->setSendingPaused(true);
    m_session->chooseEndpoint(edit);
    QVERIFY(form().setInput(Json { { "prompt", "a lighthouse" }, { "seed", 4 } }));
    m_session->addReferences({ picture(u"red.png"_s, Qt::red), picture(u"blue.png"_s, Qt::blue) });
    QVERIFY(m_session->references()->add({ QUrl(u"https://example.org/c.png"_s) }, 1).empty());
    const RunRecord run = sent();
    QVERIFY(form().setInput(Json { { "prompt", "being written" } }));
    QSignalSpy generated(m_session.get(), &Session::generated);
    m_session->vary({ run.id, 0 });
    QTRY_COMPARE_WITH_TIMEOUT(generated.size(), 1, 30'000);
    const RunRecord varied = m_bench->stored(generated.front().front().value<RunId>());
    QVERIFY(varied.seedDrawn && varied.input.at("seed") != run.input.at("seed"));
    Json before = run.input, after = varied.input;
    before.erase("seed");
    after.erase("seed");
    QCOMPARE(toBytes(after), toBytes(before));
    QCOMPARE(varied.references.size(), 3u);
    QCOMPARE(varied.references[0].originalName, u"red.png"_s);
    QCOMPARE(form().text(form().promptRow()), u"being written"_s); // the form is left alone
}

void GoingOnTest::promotesLarger()
{
    m_session->setSendingPaused(true);
    m_session->chooseEndpoint(text);
    QVERIFY(form().setInput(Json { { "prompt", "a lighthouse" }, { "resolution", "1K" }, { "num_images", 4 } }));
    const RunRecord run = sent();
    QVERIFY(run.seedDrawn);
    fills([&] { m_session->promote({ run.id, 0 }); });
    QCOMPARE(differences(), QStringList { u"Resolution: 1K → 2K"_s }); // the same seed, and all else
    form().setValue(form().rowOf(u"num_images"_s), 1);
    QCOMPARE(differences().size(), 2); // as the form stands
    const RunRecord larger = sent();
    QCOMPARE(integerAt(larger.input, "seed"), integerAt(run.input, "seed"));
    QVERIFY(!m_session->form()->hasOrigin()); // sent: nothing to compare any more
}

void GoingOnTest::promotesByEdit()
{
    m_session->chooseEndpoint(text);
    QVERIFY(form().setInput(Json { { "prompt", "a lighthouse" }, { "resolution", "0.5K" }, { "num_images", 2 } }));
    const RunRecord run = made();
    QCOMPARE(run.state, RunState::Done);
    fills([&] { m_session->promoteByEdit({ run.id, 0 }); });
    QCOMPARE(m_session->endpoint()->id, edit);
    QCOMPARE(stringAt(form().input(), "prompt"), u"a lighthouse"_s);
    QCOMPARE(stringAt(form().input(), "resolution"), u"1K"_s);
    QCOMPARE(m_session->references()->references().front().file, m_session->fileOf(run.images[0]));
    const QString all = differences().join(u'\n');
    for (const QString &part : { u"Nano Banana 2 → Nano Banana 2 Edit"_s, u"0.5K → 1K"_s, u"not set → "_s + QFileInfo(m_session->fileOf(run.images[0])).fileName(),
                                 u"2 → not set"_s })
        QVERIFY2(all.contains(part), qPrintable(all));
}

void GoingOnTest::largestIsSaid()
{
    m_session->setSendingPaused(true);
    m_session->chooseEndpoint(text);
    QVERIFY(form().setInput(Json { { "prompt", "a lighthouse" }, { "resolution", "4K" } }));
    const RunRecord run = sent();
    QVERIFY(form().setInput(Json { { "prompt", "being written" } }));
    QSignalSpy said(m_session.get(), &Session::said);
    m_session->promote({ run.id, 0 });
    QTRY_COMPARE_WITH_TIMEOUT(said.size(), 1, 30'000);
    QCOMPARE(form().text(form().promptRow()), u"being written"_s);
}

void GoingOnTest::differencesAreFound_data()
{
    QTest::addColumn<QByteArray>("before");
    QTest::addColumn<QByteArray>("after");
    QTest::addColumn<QStringList>("lines");
    const QByteArray words = QByteArray("word ").repeated(40);
    QTest::newRow("none") << QByteArray(R"({"prompt":"a"})") << QByteArray(R"({"prompt":"a"})") << QStringList();
    QTest::newRow("changed") << QByteArray(R"({"num_images":1,"seed":4})") << QByteArray(R"({"num_images":2,"seed":4})")
                             << QStringList { u"num_images: 1 → 2"_s };
    QTest::newRow("set and unset") << QByteArray(R"({"a":true})") << QByteArray(R"({"b":[1]})")
                                   << QStringList { u"a: true → not set"_s, u"b: not set → [1]"_s };
    QTest::newRow("behind many words") << "{\"prompt\":\"" + words + "dog\"}" << "{\"prompt\":\"" + words + "cat\"}"
                                       << QStringList { u"prompt: …word word word dog → …word word word cat"_s };
}

void GoingOnTest::differencesAreFound()
{
    QFETCH(QByteArray, before);
    QFETCH(QByteArray, after);
    QFETCH(QStringList, lines);
    QCOMPARE(differencesOf(*parseJson(before), *parseJson(after), nullptr), lines);
}

void GoingOnTest::picturesWithoutAFile()
{
    m_session->chooseEndpoint(edit);
    QFile red(picture(u"red.png"_s, Qt::red));
    QVERIFY(red.open(QIODevice::ReadOnly));
    const QByteArray bytes = red.readAll();
    m_session->form()->addPicture(bytes);
    QTRY_COMPARE_WITH_TIMEOUT(m_session->references()->rowCount(), 1, 30'000);
    const QString file = m_session->references()->references().front().file;
    QFile kept(file);
    QVERIFY(kept.open(QIODevice::ReadOnly));
    QCOMPARE(kept.readAll(), bytes);
    QSignalSpy said(m_session.get(), &Session::said);
    m_session->form()->addPicture("GIF89a");
    QTRY_COMPARE_WITH_TIMEOUT(said.size(), 1, 30'000);
    QCOMPARE(m_session->references()->rowCount(), 1);
    // It stays as long as the form refers to it.
    const QString draft = m_bench->folder.filePath(u"form/draft.json"_s);
    m_session.reset();
    {
        Form again(m_bench->catalog, {}, draft);
        again.begin();
        QCOMPARE(again.references()->rowCount(), 1);
        QCOMPARE(again.references()->references().front().name, u"pasted picture"_s);
        again.references()->clear();
    }
    QVERIFY(QFile::exists(file));
    Form last(m_bench->catalog, {}, draft);
    last.begin();
    QTRY_VERIFY_WITH_TIMEOUT(!QFile::exists(file), 30'000);
}

void GoingOnTest::addressesAreFetchedWhenAsked()
{
    m_session->chooseEndpoint(text);
    QVERIFY(form().setInput(Json { { "prompt", "a lighthouse" }, { "resolution", "0.5K" } }));
    const RunRecord run = made();
    const QUrl there(run.images.front().sourceUrl), forbidden(u"http://10.0.0.1/a.png"_s);
    m_session->chooseEndpoint(edit);
    QVERIFY(m_session->references()->add({ there, forbidden }).empty());
    const auto row = [this](int at) { return m_session->references()->references()[size_t(at)]; };
    QCOMPARE(row(0).url, there); // nothing is fetched by itself
    m_session->fetchReference(there);
    QTRY_VERIFY_WITH_TIMEOUT(!row(0).file.isEmpty(), 30'000);
    QVERIFY(row(0).url.isEmpty());
    QFile fetched(row(0).file), original(m_session->fileOf(run.images.front()));
    QVERIFY(fetched.open(QIODevice::ReadOnly) && original.open(QIODevice::ReadOnly));
    QCOMPARE(fetched.readAll(), original.readAll());
    m_session->fetchReference(forbidden);
    QTRY_VERIFY_WITH_TIMEOUT(row(1).said.has_value(), 30'000);
    QCOMPARE(row(1).url, forbidden); // a sentence on the slot
    QTRY_COMPARE(m_session->form()->history().undoName(), u"fetching of a reference"_s);
}

QTEST_MAIN(GoingOnTest)
#include "tst_goingon.moc"
