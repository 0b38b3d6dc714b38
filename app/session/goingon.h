#pragma once

#include "endpoint.h"
#include "runcontroller.h"

#include <functional>

namespace plantain {

/// What a form holds, as a whole.
struct FormContent
{
    EndpointId endpoint;
    Json input = Json::object(); ///< without the reference pictures
    Json references = Json::array(); ///< as of ReferenceModel::draft()
    std::optional<qint64> drawnSeed; ///< to be shown as drawn
};

/// Absolute path of a file in the library.
using FileOf = std::function<QString(const QString &relative)>;

/// A picture of a run, to go on from.
struct PictureOfRun
{
    QString file; ///< absolute
    QString name; ///< for people
};

/// All of a run's input, references as the library's copies under the names they came with. A seed that was drawn is
/// shown, not set.
FormContent contentToRecall(const RunRecord &record, const Endpoint &endpoint, const FileOf &fileOf);

/// A run's whole input, references as file: addresses of the library's copies: as the form shows it, for comparison.
Json inputOfRun(const RunRecord &record, const Endpoint &endpoint, const FileOf &fileOf);

/// The name of the next larger picture of an endpoint after that of this input ("2K" after "1K"); empty when there is none.
QString nextResolution(const Endpoint &endpoint, const Json &input);

/// The run again, larger: the same prompt, parameters, references and seed.
FormContent contentLarger(const RunRecord &record, const Endpoint &endpoint, const FileOf &fileOf);

/// One picture of the run drawn anew, larger: given to the edit endpoint as the only reference, with the run's prompt and
/// those parameters that both endpoints have.
FormContent contentRedrawn(const RunRecord &record, const Endpoint &endpoint, const Endpoint &edit, const PictureOfRun &picture);

/// The same input with another seed, to be sent as it is.
RunRequest requestVaried(const RunRecord &record, const FileOf &fileOf);

/// Every difference between two inputs, one line each: "Resolution: 1K → 4K". `endpoint` titles the parameters; may be null.
QStringList differencesOf(const Json &before, const Json &after, const Endpoint *endpoint);

} // namespace plantain
