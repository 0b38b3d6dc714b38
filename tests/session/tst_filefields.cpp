#include "goingon.h"
#include "workbench.h"

using namespace plantain;
using namespace Qt::StringLiterals;

namespace {

const EndpointId edit { u"fal-ai/nano-banana-2/edit"_s };

/// Begins as a video does, and is large enough to be uploaded.
QByteArray video(qsizetype bytes = 9000)
{
    return (QByteArray("\0\0\0\x20", 4) + "ftypisom").leftJustified(bytes, 'v');
}

Json addressOf(const QString &file)
{
    return toJson(QUrl::fromLocalFile(file).toString(QUrl::FullyEncoded));
}

} // namespace

/// Fields that are one address and are given a file: video_url, audio_url, pdf_url.
class TestFileFields : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aFileIsUploaded()
    {
        Workbench bench;
        const QString file = write(bench, u"my clip.mp4"_s, video());
        const Json input { { "prompt", "a still of it" }, { "resolution", "0.5K" }, { "video_url", addressOf(file) } };
        const RunRecord run = bench.settled(bench.started(edit, input).id);
        QCOMPARE(run.state, RunState::Done);
        QCOMPARE(run.references.size(), size_t(1));
        const ReferenceRecord &reference = run.references.front();
        QCOMPARE(reference.field, u"video_url"_s);
        QCOMPARE(reference.index, -1);
        QCOMPARE(reference.contentType, u"video/mp4"_s);
        QCOMPARE(reference.originalName, u"my clip.mp4"_s);
        QVERIFY(reference.file.endsWith(u".mp4"_s));
        QCOMPARE(stringAt(run.input, "video_url"), u"reference:"_s + reference.sha256);
        QCOMPARE(stringAt(run.inputAsSent(), "video_url"), reference.url.toString());
        QVERIFY(reference.url.scheme() == "http"_L1);

        // With the original gone: the same file, already there.
        QVERIFY(QFile::remove(file));
        const StartResult again = Workbench::wait(bench.controller->sendAgain(run.id));
        QVERIFY(again.has_value());
        const RunRecord second = bench.settled(again->id);
        QCOMPARE(second.state, RunState::Done);
        QCOMPARE(second.references.front().url, reference.url);
        QVERIFY(second.input.at("video_url") == run.input.at("video_url"));

        const FileOf fileOf = [&](const QString &name) { return bench.library->absolute(name); };
        const Endpoint &endpoint = *bench.catalog.find(edit);
        for (const Json &recalled : { contentToRecall(run, endpoint, fileOf).input, requestVaried(run, fileOf).input, inputOfRun(run, endpoint, fileOf) })
            QCOMPARE(toQString(recalled.at("video_url")), toQString(addressOf(bench.library->absolute(reference.file))));
    }

    void besidePictures()
    {
        Workbench bench;
        const QString pdf = write(bench, u"a.pdf"_s, QByteArray("%PDF-1.4\n").leftJustified(5000, 'p'));
        const QString sound = write(bench, u"a.mp3"_s, QByteArray("ID3\4").leftJustified(5000, 's'));
        const Json input { { "prompt", "all of it" }, { "resolution", "0.5K" }, { "audio_url", addressOf(sound) }, { "pdf_url", addressOf(pdf) },
                           { "video_url", "https://youtu.be/abc" } };
        const RunRecord run = bench.settled(bench.started(edit, input).id);
        QCOMPARE(run.state, RunState::Done);
        QCOMPARE(run.references.size(), size_t(2)); // what is an address stays one
        QCOMPARE(stringAt(run.inputAsSent(), "video_url"), u"https://youtu.be/abc"_s);
        for (const ReferenceRecord &reference : run.references)
            QCOMPARE(stringAt(run.inputAsSent(), reference.field.toUtf8().constData()), reference.url.toString());
    }

    void whatIsNotTakenIsSaid_data()
    {
        QTest::addColumn<QString>("field");
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("said");
        QTest::newRow("text") << u"video_url"_s << QByteArray("-----BEGIN OPENSSH PRIVATE KEY-----") << u"video/mp4"_s;
        QTest::newRow("a sound for a video") << u"video_url"_s << QByteArray("ID3\4 and so on") << u"video/mp4"_s;
        QTest::newRow("a video for a document") << u"pdf_url"_s << video() << u"application/pdf"_s;
        QTest::newRow("empty") << u"audio_url"_s << QByteArray() << u"empty"_s;
        QTest::newRow("too large") << u"video_url"_s << video(15'000'001) << u"14 MB"_s;
        QTest::newRow("not there") << u"audio_url"_s << QByteArray("-") << QString();
    }

    void whatIsNotTakenIsSaid()
    {
        QFETCH(QString, field);
        QFETCH(QByteArray, bytes);
        QFETCH(QString, said);
        Workbench bench;
        const QString file = write(bench, u"given"_s, bytes);
        if (said.isEmpty())
            QFile::remove(file);
        Json input { { "prompt", "whatever it is" } };
        input[field.toStdString()] = addressOf(file);
        const StartResult result = Workbench::wait(bench.controller->start({ edit, input, {} }));
        QVERIFY(!result);
        QCOMPARE(result.error().front().field, field);
        QVERIFY2(result.error().front().message.contains(u"given"_s), qPrintable(result.error().front().message));
        QVERIFY2(result.error().front().message.contains(said), qPrintable(result.error().front().message));
        QVERIFY(bench.ledger().isEmpty());
        QCOMPARE(Workbench::wait(bench.library->runs(0, 10))->size(), size_t(0));
    }

private:
    static QString write(const Workbench &bench, const QString &name, const QByteArray &bytes)
    {
        QFile file(bench.folder.filePath(name));
        if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
            qFatal("a file cannot be written");
        return file.fileName();
    }
};

QTEST_MAIN(TestFileFields)
#include "tst_filefields.moc"
