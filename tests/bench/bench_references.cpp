// From the drop of reference pictures to the submit of the edit: the window, beside a script that does the same work with
// sha256sum, cp, sync and curl, as many at once. Each turn has a library and a window of its own; the sandbox is another
// process. Meanwhile the window's event loop is asked every millisecond how late it is. Prints JSON and judges nothing; it
// fails only when a contestant did not submit.
//   bench_references PROGRAM SCRIPT [--files 14] [--megabytes 10] [--rounds 5] [--json FILE] [--folder FOLDER]
#include "decodepool.h"
#include "endpointcatalog.h"
#include "examples.h"
#include "json.h"
#include "keys.h"
#include "library.h"
#include "mainwindow.h"
#include "measuring.h"
#include "parametermodel.h"
#include "servers.h"
#include "session.h"
#include "thumbnailstore.h"
#include "uploadrules.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QImage>
#include <QProcess>
#include <QRandomGenerator>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>

#include <algorithm>
#include <cmath>
#include <cstdio>

using namespace plantain;
using namespace Qt::StringLiterals;

namespace {

const EndpointId endpoint { u"fal-ai/nano-banana-2/edit"_s };
constexpr auto key = "bench:0123456789abcdef0123456789abcdef";
constexpr int patience = 300'000;
// Taken, and over at once: what the model does is no part of this.
const QString prompt = u"all of them in one picture\nsandbox: error=internal_error"_s;

/// Noise, which no packing makes smaller.
QStringList makePictures(const QTemporaryDir &folder, int count, int megabytes)
{
    QStringList files;
    const int side = int(std::sqrt(megabytes * 1e6 / 3));
    for (int number = 0; number < count; ++number) {
        QImage image(side, side, QImage::Format_RGB32);
        QRandomGenerator(quint32(number + 1)).fillRange(reinterpret_cast<quint32 *>(image.bits()), image.sizeInBytes() / 4);
        files.append(folder.filePath(u"picture-%1.png"_s.arg(number, 2, 10, QLatin1Char('0'))));
        if (!image.save(files.back(), "PNG", 100))
            qFatal("a picture cannot be written");
    }
    return files;
}

/// How late the event loop is, asked every millisecond.
class Lateness final : public QObject
{
public:
    Lateness()
    {
        m_clock.start();
        m_timer = startTimer(1, Qt::PreciseTimer);
    }
    double percentile(double share) const
    {
        std::vector<double> sorted = m_late;
        std::ranges::sort(sorted);
        return sorted.empty() ? 0 : sorted[size_t(share * double(sorted.size() - 1))];
    }

protected:
    void timerEvent(QTimerEvent *) override
    {
        m_late.push_back(std::max(0.0, double(m_clock.nsecsElapsed()) / 1e6 - 1));
        m_clock.start();
    }

private:
    QElapsedTimer m_clock;
    int m_timer = 0;
    std::vector<double> m_late;
};

struct Turn
{
    double seconds = 0, late99 = 0, lateMost = 0;
};

Turn windowTurn(const EndpointCatalog &catalog, const Server &server, const QStringList &files, const QString &where)
{
    const QTemporaryDir folder(where + u"/window-XXXXXX"_s);
    DecodePool pool;
    Library library(folder.filePath(u"library"_s));
    Keys keys;
    keys.useForSession(server.name, key);
    Servers servers(keys, [] { return Result<Servers::Local>(failure({ .kind = ErrorKind::NotSent })); });
    servers.setUploadRules(*UploadRules::load({ u":/uploads.json"_s }));
    if (!servers.choose(server.name))
        qFatal("not a server");
    ThumbnailStore thumbnails(folder.filePath(u"thumbnails"_s), pool);
    Session session(catalog, library, servers, pool, {}, folder.filePath(u"draft.json"_s));
    MainWindow window(session, thumbnails, folder.filePath(u"settings.json"_s));
    bool isOpen = false, isSubmitted = false, isOver = false;
    QObject::connect(&session, &Session::recovered, &window, [&] { isOpen = true; });
    QObject::connect(&session, &Session::settled, &window, [&] { isOver = true; });
    QObject::connect(&library, &Library::runChanged, &window,
                     [&](const RunRecord &run) { isSubmitted = isSubmitted || run.state == RunState::Accepted; });
    window.show();
    session.open();
    session.chooseEndpoint(endpoint);
    session.parameters()->setText(session.parameters()->promptRow(), prompt);
    if (!QTest::qWaitFor([&] { return isOpen || !session.blocked(); }, patience))
        qFatal("the library was not opened");
    if (!QTest::qWaitForWindowExposed(&window))
        qFatal("the window was not shown");

    Turn turn;
    const Lateness lateness;
    QElapsedTimer clock;
    clock.start();
    session.addReferences(files);
    session.generate();
    QEventLoop loop;
    QObject::connect(&library, &Library::runChanged, &loop, [&] {
        if (isSubmitted)
            loop.quit();
    });
    QTimer::singleShot(patience, &loop, &QEventLoop::quit);
    loop.exec();
    turn.seconds = double(clock.nsecsElapsed()) / 1e9;
    turn.late99 = lateness.percentile(0.99);
    turn.lateMost = lateness.percentile(1);
    if (!isSubmitted || !QTest::qWaitFor([&] { return isOver; }, patience))
        qFatal("the window did not submit");
    return turn;
}

double scriptTurn(const QString &script, const Server &server, const QStringList &files, const QString &where)
{
    const QTemporaryDir folder(where + u"/script-XXXXXX"_s);
    QProcess process;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"FAL_KEY"_s, QString::fromLatin1(key));
    process.setProcessEnvironment(environment);
    process.setProcessChannelMode(QProcess::ForwardedChannels);
    const int atOnce = UploadRules::load({ u":/uploads.json"_s })->filesAtOnce;
    QElapsedTimer clock;
    clock.start();
    process.start(u"bash"_s, QStringList { script, server.queue.toString(), endpoint.text, QString(prompt).replace(u'\n', u"\\n"_s),
                                           folder.path(), QString::number(atOnce) } + files);
    if (!process.waitForFinished(patience) || process.exitCode() != 0)
        qFatal("the script did not submit");
    return double(clock.nsecsElapsed()) / 1e9;
}

} // namespace

int main(int argc, char **argv)
{
    QApplication application(argc, argv);
    const QStringList arguments = application.arguments();
    const auto option = [&arguments](const QString &name, const QString &otherwise) { return optionOf(arguments, name, otherwise); };
    const int count = option(u"--files"_s, u"14"_s).toInt(), rounds = option(u"--rounds"_s, u"5"_s).toInt();
    const int megabytes = option(u"--megabytes"_s, u"10"_s).toInt();
    if (arguments.size() < 3)
        qFatal("bench_references PROGRAM SCRIPT [options]");

    const QTemporaryDir work(option(u"--folder"_s, QDir::tempPath()) + u"/references-XXXXXX"_s);
    const QStringList files = makePictures(work, count, megabytes);
    const EndpointCatalog catalog = EndpointCatalog::load({ u":/endpoints"_s }, u":/prices.json"_s);
    QProcess sandbox;
    sandbox.setReadChannel(QProcess::StandardOutput);
    sandbox.start(arguments.at(1), { u"sandbox"_s, u"--latency"_s, u"0"_s });
    if (!sandbox.waitForReadyRead(patience))
        qFatal("the sandbox did not start");
    const Server server = Server::at(QUrl(QString::fromLatin1(sandbox.readLine().trimmed().split(' ').last())));

    std::vector<double> ours, script, late99, lateMost;
    for (int round = 0; round <= rounds; ++round) { // the first one warms caches and is thrown away
        Turn turn;
        double byHand = 0;
        for (const bool isWindow : { round % 2 == 0, round % 2 != 0 }) {
            if (isWindow)
                turn = windowTurn(catalog, server, files, work.path());
            else
                byHand = scriptTurn(arguments.at(2), server, files, work.path());
        }
        if (round == 0)
            continue;
        ours.push_back(turn.seconds);
        late99.push_back(turn.late99);
        lateMost.push_back(turn.lateMost);
        script.push_back(byHand);
    }
    sandbox.terminate();
    sandbox.waitForFinished();

    const Json figures { { "benchmark", "references" }, { "files", count }, { "megabytes", megabytes }, { "rounds", rounds },
                         { "seconds", { { "plantain", median(ours) }, { "script", median(script) } } },
                         { "plantain_to_script", median(ours) / median(script) },
                         { "event_loop_late_ms", { { "p99", median(late99) }, { "most", *std::ranges::max_element(lateMost) } } } };
    const QByteArray text = toPrettyBytes(figures) + '\n';
    std::fputs(text.constData(), stdout);
    if (const QString name = option(u"--json"_s, {}); !name.isEmpty()) {
        QFile out(name);
        if (!out.open(QIODevice::WriteOnly) || out.write(text) != text.size())
            return 1;
    }
    return 0;
}
