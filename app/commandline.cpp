#include "commandline.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>

using namespace Qt::StringLiterals;

namespace plantain {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("CommandLine", text);
}

Error wrong(const QString &message)
{
    return { .kind = ErrorKind::InvalidInput, .type = u"command_line"_s, .message = message };
}

QString absolute(const QString &path)
{
    return path.isEmpty() ? path : QDir::cleanPath(QFileInfo(path).absoluteFilePath());
}

QString helpText()
{
    return tr("Plantain, a playground for image models on fal.\n"
              "\n"
              "  plantain [FILES...]        open the window; FILES become references\n"
              "  plantain generate --input FILE|-   run one input, or one a line, without a window\n"
              "  plantain list              what the library holds, one JSON object a run\n"
              "  plantain resume            finish every open run of the library\n"
              "  plantain sandbox           the built-in fal-compatible server alone\n"
              "\n"
              "Everywhere but in sandbox:\n"
              "  --server sandbox|fal|URL   which server (default: sandbox)\n"
              "  --library DIR              which library\n"
              "\n"
              "generate and resume:\n"
              "  --timeout SECONDS          stop waiting; runs stay open for resume, exit status 3\n"
              "\n"
              "resume:\n"
              "  --look-up RUN              asks the server whether it took this run, and goes on with it if it did\n"
              "  --send-again RUN           a new run with the same input; it may cost a second time\n"
              "\n"
              "generate:\n"
              "  --input FILE|-             a JSON object, or one a line\n"
              "  --endpoint ID              which endpoint (default: the first one)\n"
              "  --reference FILE           a reference picture; may be repeated, in order\n"
              "  --out DIR                  copies the pictures there as well\n"
              "\n"
              "sandbox:\n"
              "  --port N                   where to listen on 127.0.0.1 (default: any free port)\n"
              "  --latency SECONDS          of a 1K run (default: 2)\n"
              "  --concurrency N            runs at once (default: 2)\n"
              "  --pictures DIR             serve these pictures instead of painting\n"
              "  --ledger FILE              one line for every submit taken\n"
              "\n"
              "The key is read from FAL_KEY, or FAL_KEY_ID and FAL_KEY_SECRET: of the server that --server names, else of\n"
              "fal. Where it is not set, the one that the desktop's keyring has for the server is used.\n"
              "generate and list print one JSON object a run. Exit status of generate: 0 every run ended in\n"
              "pictures, 1 one did not, 2 wrong command line, 3 a run is still open.\n");
}

struct Word
{
    QLatin1StringView word;
    CommandLine::Verb verb;
    QStringList options;
};

} // namespace

Result<CommandLine> parseCommandLine(const QStringList &arguments)
{
    using Verb = CommandLine::Verb;
    const QStringList everywhere { u"server"_s, u"library"_s };
    const std::vector<Word> verbs {
        { "generate"_L1, Verb::Generate,
          everywhere + QStringList { u"timeout"_s, u"input"_s, u"endpoint"_s, u"reference"_s, u"out"_s } },
        { "list"_L1, Verb::List, everywhere },
        { "resume"_L1, Verb::Resume, everywhere + QStringList { u"timeout"_s, u"look-up"_s, u"send-again"_s } },
        { "sandbox"_L1, Verb::Sandbox,
          { u"port"_s, u"latency"_s, u"concurrency"_s, u"pictures"_s, u"ledger"_s } },
    };

    CommandLine line;
    QStringList allowed = everywhere;
    QStringList rest = arguments;
    // The verb may stand behind options: `plantain --library DIR list`.
    for (const Word &word : verbs) {
        const qsizetype at = rest.indexOf(word.word, 1);
        const bool isValue = at > 1 && rest[at - 1].startsWith("--"_L1) && !rest[at - 1].contains(u'=');
        if (at < 1 || isValue)
            continue;
        line.verb = word.verb;
        allowed = word.options;
        rest.removeAt(at);
        break;
    }

    QCommandLineParser parser;
    parser.setSingleDashWordOptionMode(QCommandLineParser::ParseAsLongOptions);
    parser.addOptions({
        { { u"h"_s, u"help"_s }, {} },
        { { u"v"_s, u"version"_s }, {} },
    });
    for (const char *name : { "server", "library", "timeout", "input", "endpoint", "reference", "out", "port",
                              "latency", "concurrency", "pictures", "ledger", "look-up", "send-again" })
        parser.addOption({ QLatin1StringView(name), {}, u"value"_s });
    if (!parser.parse(rest))
        return failure(wrong(parser.errorText() + u'.'));

    if (parser.isSet(u"help"_s)) {
        line.verb = Verb::Help;
        line.text = helpText();
        return line;
    }
    if (parser.isSet(u"version"_s)) {
        line.verb = Verb::Version;
        line.text = u"plantain %1\n"_s.arg(QCoreApplication::applicationVersion());
        return line;
    }
    for (const QString &name : parser.optionNames()) {
        if (!allowed.contains(name))
            return failure(wrong(tr("--%1 does not belong here.").arg(name)));
    }

    line.server = parser.value(u"server"_s);
    line.library = absolute(parser.value(u"library"_s));
    line.endpoint = { parser.value(u"endpoint"_s) };
    line.out = absolute(parser.value(u"out"_s));
    line.pictures = absolute(parser.value(u"pictures"_s));
    line.ledger = absolute(parser.value(u"ledger"_s));
    for (const QString &file : parser.values(u"reference"_s))
        line.references << absolute(file);
    line.lookUp = { parser.value(u"look-up"_s) };
    line.sendAgain = { parser.value(u"send-again"_s) };
    if (!line.lookUp.isEmpty() && !line.sendAgain.isEmpty())
        return failure(wrong(tr("Either --look-up or --send-again.")));
    line.input = parser.value(u"input"_s);
    if (line.input != "-"_L1)
        line.input = absolute(line.input);

    const auto number = [&parser](const QString &name, auto &into, double least, double most) -> std::optional<Error> {
        if (!parser.isSet(name))
            return std::nullopt;
        bool ok = false;
        const double value = parser.value(name).toDouble(&ok);
        if (!ok || value < least || value > most)
            return wrong(tr("--%1 takes a number from %2 to %3.").arg(name).arg(least).arg(most));
        into = static_cast<std::remove_reference_t<decltype(into)>>(value);
        return std::nullopt;
    };
    for (const std::optional<Error> &error :
         { number(u"timeout"_s, line.timeoutSeconds, 1, 1'000'000), number(u"port"_s, line.port, 0, 65535),
           number(u"latency"_s, line.latencySeconds, 0, 3600), number(u"concurrency"_s, line.concurrency, 1, 64) }) {
        if (error)
            return failure(*error);
    }

    if (line.verb == Verb::Window) {
        for (const QString &file : parser.positionalArguments())
            line.files << absolute(file);
    } else if (!parser.positionalArguments().isEmpty()) {
        return failure(wrong(tr("\"%1\" is not understood.").arg(parser.positionalArguments().first())));
    }
    if (line.verb == Verb::Generate && parser.value(u"input"_s).isEmpty())
        return failure(wrong(tr("generate needs --input FILE, or --input - for standard input.")));
    return line;
}

} // namespace plantain
