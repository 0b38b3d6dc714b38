#include "inputlines.h"

#include <QCoreApplication>

#include <algorithm>

namespace plantain {

namespace {

Result<Json> objectOf(const QByteArray &text)
{
    Result<Json> json = parseJson(text);
    if (!json) {
        Error error = json.error();
        error.kind = ErrorKind::InvalidInput;
        return failure(error);
    }
    if (!json->is_object()) {
        return failure({ .kind = ErrorKind::InvalidInput,
                         .message = QCoreApplication::translate("InputLines", "An input must be a JSON object.") });
    }
    return json;
}

} // namespace

std::vector<InputLine> readInputs(const QByteArray &text)
{
    if (Result<Json> whole = objectOf(text))
        return { { 1, std::move(whole) } };

    std::vector<InputLine> lines;
    int number = 0;
    for (const QByteArray &line : text.split('\n')) {
        ++number;
        if (!line.trimmed().isEmpty())
            lines.push_back({ number, objectOf(line) });
    }
    // Nothing in it stands alone: it was meant as one object, and that is what the error should speak of.
    const bool none = std::none_of(lines.cbegin(), lines.cend(), [](const InputLine &line) { return line.input.has_value(); });
    const bool oneObject = !lines.empty() && !text.trimmed().contains("}\n");
    if (none && (lines.size() <= 1 || oneObject))
        return { { 1, objectOf(text) } };
    return lines;
}

} // namespace plantain
