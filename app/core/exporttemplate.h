#pragma once

#include "ids.h"

#include <QDateTime>
#include <QSize>
#include <QStringList>

#include <optional>
#include <vector>

namespace plantain {

/// What the name of an exported picture can be made of.
struct ExportSubject
{
    RunId run;
    int index = 0; ///< of the picture in its run, from 0
    EndpointId endpoint;
    QString prompt;
    std::optional<qint64> seed;
    QSize size; ///< pixels
    QDateTime time; ///< of the run, UTC; names have it in local time
    QString extension; ///< of the true format, "png"
    qint64 bytes = 0;
};

/// The words that stand in braces in a template: "date", "time", ... In the order a menu offers them.
QStringList exportTokens();

/// What is wrong with a template, as a sentence; empty when nothing is.
QString complaintAboutTemplate(const QString &names);

/// The file name of a picture, extension and collisions aside; always a safe one. `number` counts the export, from 1,
/// `count` is how many there are (for leading zeros). An empty value takes the separator before it along.
QString exportStem(const QString &names, const ExportSubject &subject, int number, int count);

/// The first words of a prompt in any script, joined by dashes: "a-red-fox". Empty when it has none.
QString promptWords(const QString &prompt);

} // namespace plantain
