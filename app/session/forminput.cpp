#include "forminput.h"

#include "input.h"
#include "parametermodel.h"
#include "referencemodel.h"

namespace plantain {

Json inputOfForm(const Endpoint *endpoint, const ParameterModel &parameters, const ReferenceModel &references)
{
    Json input = parameters.input();
    Json addresses = Json::array();
    for (const Reference &reference : references.takesReferences() ? references.references() : std::vector<Reference>())
        addresses.push_back(toJson(reference.address()));
    if (!addresses.empty())
        input[references.field().toStdString()] = std::move(addresses);
    if (!endpoint)
        return input;
    const auto ordered = normaliseInput(*endpoint, input);
    return ordered ? ordered->input : input;
}

} // namespace plantain
