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

Json inputToRecall(const RunRecord &record, const Endpoint &endpoint, const std::function<QString(const QString &)> &fileOf)
{
    Json input = record.input;
    const std::string field = endpoint.referencesField.toStdString();
    if (input.contains(field) && input[field].is_array()) {
        Json &list = input[field];
        for (const ReferenceRecord &kept : record.references) {
            if (kept.field == endpoint.referencesField && !kept.file.isEmpty() && size_t(kept.index) < list.size())
                list[size_t(kept.index)] = addressOf(QUrl::fromLocalFile(fileOf(kept.file)));
        }
    }
    for (const ReferenceRecord &kept : record.references) {
        if (kept.index < 0 && !kept.file.isEmpty())
            input[kept.field.toStdString()] = addressOf(QUrl::fromLocalFile(fileOf(kept.file)));
    }
    if (record.seedDrawn)
        input.erase("seed");
    return input;
}

} // namespace plantain
