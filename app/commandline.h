#pragma once

#include "ids.h"
#include "result.h"

#include <QStringList>

namespace plantain {

/// What the program was asked to do, as a value (design.md 7).
struct CommandLine
{
    enum class Verb { Window, Generate, List, Resume, Sandbox, Help, Version };
    Verb verb = Verb::Window;
    QStringList files; ///< window: become references
    QString server; ///< "sandbox", "fal" or a URL; empty: not said
    QString library; ///< folder; empty: the default one

    // generate
    QString input; ///< a file, or "-"
    EndpointId endpoint; ///< empty: the first of the catalog
    QStringList references;
    QString out;
    int timeoutSeconds = 0; ///< 0: none

    // resume
    RunId lookUp; ///< this run alone: whether the server took it
    RunId sendAgain; ///< this run alone: a new one with its input

    // sandbox
    quint16 port = 0;
    double latencySeconds = 2;
    int concurrency = 2;
    QString pictures;
    QString ledger;

    QString text; ///< of --help and --version
};

/// Reads the arguments, the program's name first. The error's message is a whole sentence.
Result<CommandLine> parseCommandLine(const QStringList &arguments);

} // namespace plantain
