#pragma once

#include "ids.h"
#include "json.h"

#include <QStringList>

namespace plantain {

/// An input that is worth trying, ready to be filled into the form.
struct Example
{
    QString id; ///< "dog-at-the-water-line"
    QString title;
    EndpointId endpoint;
    Json input;
    QStringList tags;
    QString builtFor; ///< the use it stands for
    QString note; ///< what to look at in the result; may be empty
};

struct Examples
{
    /// By the `order` in the files, then by file name; the first one is what a first start shows.
    std::vector<Example> examples;
    QStringList problems; ///< files that could not be used, and why
};

/// Reads every *.json of a folder (":/examples").
Examples loadExamples(const QString &folder);

} // namespace plantain
