#include "exporter.h"
#include "workbench.h"

using namespace plantain;
using namespace Qt::StringLiterals;

namespace {

const EndpointId text { u"fal-ai/nano-banana-2"_s };

QByteArray bytesOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

QStringList namesIn(const QString &folder)
{
    return QDir(folder).entryList(QDir::Files | QDir::Hidden, QDir::Name);
}

struct Outcomes
{
    explicit Outcomes(Exporter &exporter)
        : m_exporter(exporter)
    {
        QObject::connect(&exporter, &Exporter::finished, &m_context, [this](const ExportOutcome &outcome) { m_last = outcome; });
        QObject::connect(&exporter, &Exporter::previewed, &m_context, [this](const ExportPreview &preview) { m_preview = preview; });
    }

    ExportOutcome of(const std::vector<PictureId> &pictures, const ExportOptions &options)
    {
        m_last.reset();
        m_exporter.start(pictures, options);
        return next();
    }
    ExportOutcome next()
    {
        if (!QTest::qWaitFor([this] { return m_last.has_value(); }, 60'000))
            qFatal("the export did not end");
        return *m_last;
    }
    ExportPreview previewOf(const std::vector<PictureId> &pictures, const ExportOptions &options)
    {
        m_preview.reset();
        m_exporter.preview(pictures, options);
        if (!QTest::qWaitFor([this] { return m_preview.has_value(); }, 60'000))
            qFatal("no preview came");
        return *m_preview;
    }

private:
    Exporter &m_exporter;
    QObject m_context;
    std::optional<ExportOutcome> m_last;
    std::optional<ExportPreview> m_preview;
};

QStringList namesOf(const ExportPreview &preview)
{
    QStringList names;
    for (const ExportName &name : preview.names)
        names << (name.isThere ? u"(%1)"_s.arg(name.name) : name.name);
    names.sort();
    return names;
}

ExportItem item(const QString &prompt, int index, qint64 bytes = 10)
{
    return { .subject = { .index = index, .prompt = prompt, .extension = u"png"_s, .bytes = bytes } };
}

} // namespace

class TestExporter : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void namesOfASelection()
    {
        const std::vector<ExportItem> items { item(u"fox"_s, 0), item(u"fox"_s, 1), item(u"den"_s, 0), item(u"fox"_s, 2) };
        const QHash<QString, qint64> there { { u"fox.png"_s, 11 }, { u"fox-3.png"_s, 10 }, { u"den.json"_s, 1 } };
        const auto lengthOf = [&there](const QString &name) { return there.value(name, -1); };
        ExportOptions options { .folder = {}, .names = u"{prompt}"_s };
        using Names = std::vector<ExportName>;
        const Names plain { { u"fox-2.png"_s }, { u"fox-3.png"_s, true }, { u"den.png"_s }, { u"fox-4.png"_s } };
        QVERIFY(exportNames(items, 4, options, lengthOf) == plain);
        options.sidecars = true;
        QCOMPARE(exportNames(items, 4, options, lengthOf)[2].name, u"den-2.png"_s);
        options.names = u"{number}"_s;
        QCOMPARE(exportNames(items, 12, options, lengthOf)[3].name, u"04.png"_s);
    }

    void copiesWhatThePreviewSays()
    {
        Workbench bench;
        Exporter exporter(*bench.library);
        Outcomes outcomes(exporter);
        Json input { { "prompt", "a red / fox" }, { "resolution", "0.5K" }, { "num_images", 3 }, { "output_format", "webp" } };
        const RunRecord run = bench.settled(bench.started(text, input).id);
        QCOMPARE(run.images.size(), 3u);
        const QString folder = bench.folder.filePath(u"out/deep"_s);
        const ExportOptions options { .folder = folder, .names = u"{prompt}_{size}"_s, .sidecars = true };
        const std::vector<PictureId> pictures { { run.id, 0 }, { run.id, 2 }, { run.id, 7 }, { { u"gone"_s }, 0 } };

        const ExportPreview preview = outcomes.previewOf(pictures, options);
        QVERIFY(!preview.folderError);
        QCOMPARE(preview.total, 2);
        QVERIFY(!QFile::exists(folder)); // looking makes nothing
        const ExportOutcome outcome = outcomes.of(pictures, options);
        QCOMPARE(outcome.exported, 2);
        QVERIFY(!outcome.error && !outcome.cancelled);
        const QString size = u"%1x%2"_s.arg(run.images[0].size.width()).arg(run.images[0].size.height());
        const QString stem = u"a-red-fox_"_s + size;
        QCOMPARE(namesIn(folder), (QStringList { stem + u"-2.json"_s, stem + u"-2.webp"_s, stem + u".json"_s, stem + u".webp"_s }));
        QCOMPARE(namesOf(preview), (QStringList { stem + u"-2.webp"_s, stem + u".webp"_s }));
        QCOMPARE(bytesOf(folder + u'/' + stem + u"-2.webp"_s), bytesOf(bench.library->absolute(run.images[2].file)));
        const auto json = parseJson(bytesOf(folder + u'/' + stem + u".json"_s));
        QVERIFY(json);
        QVERIFY((*json)["input"] == run.inputAsSent());
        QCOMPARE(stringAt((*json)["image"], "sha256"), run.images[0].sha256);

        // Once more: all is there.
        QCOMPARE(namesOf(outcomes.previewOf(pictures, options)),
                 (QStringList { u'(' + stem + u"-2.webp)"_s, u'(' + stem + u".webp)"_s }));
        const ExportOutcome again = outcomes.of(pictures, options);
        QCOMPARE(again.exported, 0);
        QCOMPARE(again.there, 2);
        QCOMPARE(namesIn(folder).size(), 4);
    }

    void cancelKeepsWhatIsThere()
    {
        Workbench bench;
        Exporter exporter(*bench.library);
        Outcomes outcomes(exporter);
        Json input { { "prompt", "fox" }, { "resolution", "0.5K" }, { "num_images", 4 } };
        const RunRecord run = bench.settled(bench.started(text, input).id);
        std::vector<PictureId> pictures;
        for (int i = 0; i < 400; ++i)
            pictures.push_back({ run.id, i % 4 });
        const QString folder = bench.folder.filePath(u"out"_s);
        connect(&exporter, &Exporter::progressed, this, [&exporter](int done) {
            if (done >= 2)
                exporter.cancel();
        });
        const ExportOutcome outcome = outcomes.of(pictures, { .folder = folder, .names = u"{number}"_s });
        QVERIFY(outcome.cancelled);
        QVERIFY(outcome.exported >= 2 && outcome.exported < 400);
        QCOMPARE(namesIn(folder).size(), outcome.exported);
        for (const QString &name : namesIn(folder))
            QVERIFY2(name.endsWith(u".png"_s) && QFileInfo(folder + u'/' + name).size() > 100, qPrintable(name));
        QVERIFY(!exporter.isRunning());
    }

    void saysWhatFailed()
    {
        Workbench bench;
        Exporter exporter(*bench.library);
        Outcomes outcomes(exporter);
        Json input { { "prompt", "fox" }, { "resolution", "0.5K" }, { "num_images", 2 } };
        const RunRecord run = bench.settled(bench.started(text, input).id);
        const std::vector<PictureId> pictures { { run.id, 0 }, { run.id, 1 } };
        QVERIFY(QFile::remove(bench.library->absolute(run.images[0].file)));
        const ExportOutcome outcome = outcomes.of(pictures, { .folder = bench.folder.filePath(u"out"_s) });
        QCOMPARE(outcome.exported, 1);
        QCOMPARE(outcome.failed.size(), 1);
        QCOMPARE(outcome.error->type, u"missing"_s);

        const QString file = bench.folder.filePath(u"file"_s);
        QFile made(file);
        QVERIFY(made.open(QIODevice::WriteOnly));
        QVERIFY(outcomes.previewOf(pictures, { .folder = file + u"/below"_s }).folderError);
        QCOMPARE(outcomes.of(pictures, { .folder = file + u"/below"_s }).failed.size(), 2);
    }

    void goesWhileItRuns()
    {
        Workbench bench;
        const RunRecord run = bench.settled(bench.started(text, { { "prompt", "fox" }, { "resolution", "0.5K" } }).id);
        auto exporter = std::make_unique<Exporter>(*bench.library);
        QSignalSpy progressed(exporter.get(), &Exporter::progressed);
        const QString folder = bench.folder.filePath(u"out"_s);
        exporter->start(std::vector<PictureId>(300, { run.id, 0 }), { .folder = folder, .names = u"{number}"_s });
        QTRY_VERIFY(progressed.size() > 0);
        exporter.reset();
        for (const QString &name : namesIn(folder))
            QVERIFY2(!name.startsWith(u'.'), qPrintable(name));
    }

    // A note that is written while the run goes its way, through all that the controller does with its own copy.
    void noteOfARunUnderWay()
    {
        Workbench bench(0.5);
        const RunId id = bench.started(text, { { "prompt", "fox" }, { "resolution", "0.5K" } }).id;
        QVERIFY(Workbench::wait(bench.library->setNote(id, u"plan"_s)));
        QTRY_VERIFY(bench.stored(id).state == RunState::Accepted);
        QVERIFY(Workbench::wait(bench.library->setNote(id, u"plan and verdict"_s)));
        const RunRecord run = bench.settled(id);
        QCOMPARE(run.state, RunState::Done);
        QCOMPARE(run.note, u"plan and verdict"_s);
    }
};

QTEST_MAIN(TestExporter)
#include "tst_exporter.moc"
