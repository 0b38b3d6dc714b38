#include "commandline.h"
#include "generatecommand.h"
#include "handover.h"
#include "keychainstore.h"
#include "keysource.h"
#include "listcommand.h"
#include "mainwindow.h"
#include "resumecommand.h"
#include "sandboxcommand.h"
#include "settings.h"
#include "unixsignals.h"
#include "windowprogram.h"

#include <QApplication>

#include <cstdio>

using namespace plantain;

namespace {

int fail(const Error &error, int status)
{
    std::fprintf(stderr, "plantain: %s\n", error.message.toUtf8().constData());
    return status;
}

Result<std::unique_ptr<Engine>> engineFor(const CommandLine &line, const Paths &paths, const QByteArray &key)
{
    return Engine::make({ .paths = paths,
                          .server = line.server,
                          .library = line.library,
                          .key = key,
                          .keyStore = std::make_unique<KeychainStore>() });
}

Result<std::unique_ptr<Command>> commandFor(const CommandLine &line, const Paths &paths)
{
    using Made = std::unique_ptr<Command>;
    const QByteArray key = takeKeyFromEnvironment(); // whoever needs it
    if (line.verb == CommandLine::Verb::Sandbox)
        return Made(std::make_unique<SandboxCommand>(line, paths));
    if (line.verb == CommandLine::Verb::List)
        return Made(std::make_unique<ListCommand>(line.library.isEmpty() ? paths.library : line.library));
    auto engine = engineFor(line, paths, key);
    if (!engine)
        return failure(engine.error());
    if (line.verb == CommandLine::Verb::Generate)
        return Made(std::make_unique<GenerateCommand>(line, std::move(*engine)));
    return Made(std::make_unique<ResumeCommand>(line, std::move(*engine)));
}

int runCommand(QCoreApplication &app, const CommandLine &line, const Paths &paths)
{
    auto command = commandFor(line, paths);
    if (!command)
        return fail(command.error(), Command::Bad);
    UnixSignals signals_;
    QObject::connect(&signals_, &UnixSignals::raised, command->get(), &Command::interrupt);
    QObject::connect(command->get(), &Command::finished, &app, &QCoreApplication::exit, Qt::QueuedConnection);
    QMetaObject::invokeMethod(command->get(), &Command::start, Qt::QueuedConnection);
    return app.exec();
}

/// The server of the command line, else the one that was chosen last.
CommandLine withServer(CommandLine line, const Paths &paths)
{
    if (line.server.isEmpty()) {
        const QString last = loadSettings(paths.settings).value_or(Settings()).server;
        line.server = Server::parse(last) ? last : QString();
    }
    return line;
}

/// Where a window has the library open already, it is that one's turn.
bool isHandedOver(QApplication &app, const QString &library, const QStringList &files)
{
    bool isTaken = false;
    Handover handover(library, files);
    QObject::connect(&handover, &Handover::finished, &app, [&isTaken](bool taken) {
        isTaken = taken;
        QCoreApplication::exit();
    }, Qt::QueuedConnection);
    handover.start();
    app.exec();
    return isTaken;
}

int runWindow(QApplication &app, const CommandLine &given, const Paths &paths)
{
    CommandLine line = withServer(given, paths);
    const QByteArray key = takeKeyFromEnvironment();
    UnixSignals signals_;
    while (true) {
        if (isHandedOver(app, line.library.isEmpty() ? paths.library : line.library, line.files))
            return Command::Good;
        auto engine = engineFor(line, paths, key);
        if (!engine)
            return fail(engine.error(), Command::Bad);
        WindowProgram program(std::move(*engine), line, paths);
        QObject::connect(&signals_, &UnixSignals::raised, &program, &WindowProgram::close);
        program.start();
        const int status = app.exec();
        if (program.nextLibrary().isEmpty())
            return status;
        line.library = program.nextLibrary();
        line.files.clear();
    }
}

bool paintsHere(const CommandLine &line)
{
    return line.verb == CommandLine::Verb::Sandbox
        || line.verb == CommandLine::Verb::Resume // whose runs may be the sandbox's
        || (line.verb == CommandLine::Verb::Generate
            && (line.server.isEmpty() || line.server == QLatin1StringView("sandbox")));
}

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication::setApplicationName(QStringLiteral("plantain"));
    QCoreApplication::setApplicationVersion(QStringLiteral(PLANTAIN_VERSION));

    const QStringList arguments = [&] {
        QStringList list;
        for (int i = 0; i < argc; ++i)
            list << QString::fromLocal8Bit(argv[i]);
        return list;
    }();
    const Result<CommandLine> line = parseCommandLine(arguments);
    if (!line)
        return fail(line.error(), Command::WrongCommandLine);
    if (!line->text.isEmpty()) {
        std::fputs(line->text.toUtf8().constData(), stdout);
        return Command::Good;
    }

    const Paths paths = Paths::standard();
    if (line->verb == CommandLine::Verb::Window) {
        QApplication app(argc, argv);
        return runWindow(app, *line, paths);
    }
    if (paintsHere(*line)) {
        qputenv("QT_QPA_PLATFORM", "offscreen"); // the painter needs fonts, not a display
        QGuiApplication app(argc, argv);
        return runCommand(app, *line, paths);
    }
    QCoreApplication app(argc, argv);
    return runCommand(app, *line, paths);
}
