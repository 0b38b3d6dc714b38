#include "forminput.h"

#include "input.h"
#include "parametermodel.h"
#include "referencemodel.h"
#include "runcontroller.h"

namespace plantain {

namespace {

Json addressOf(const QUrl &url)
{
    return toJson(url.toString(QUrl::FullyEncoded));
}

} // namespace

Json inputOfForm(const Endpoint *endpoint, const ParameterModel &parameters, const ReferenceModel &references)
{
    Json input = parameters.input();
    Json addresses = Json::array();
    for (const ReferenceSource &source : references.sources())
        addresses.push_back(addressOf(source.file.isEmpty() ? source.url : QUrl::fromLocalFile(source.file)));
    if (!addresses.empty())
        input[references.field().toStdString()] = std::move(addresses);
    if (!endpoint)
        return input;
    const auto ordered = normaliseInput(*endpoint, input);
    return ordered ? ordered->input : input;
}

} // namespace plantain
