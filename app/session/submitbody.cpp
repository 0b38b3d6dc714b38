#include "submitbody.h"

namespace plantain {

QByteArray submitBody(const RunRecord &record)
{
    Json input = record.input;
    for (const ReferenceRecord &reference : record.references) {
        Json &list = input[reference.field.toStdString()];
        if (reference.index < 0)
            list = toJson(reference.url.toString(QUrl::FullyEncoded));
        else if (!reference.file.isEmpty() && list.is_array() && size_t(reference.index) < list.size())
            list[size_t(reference.index)] = toJson(reference.url.toString(QUrl::FullyEncoded));
    }
    return toBytes(input);
}

} // namespace plantain
