#include "runjson.h"

#include "errortext.h"

#include <QCoreApplication>
#include <QDir>

using namespace Qt::StringLiterals;

namespace plantain {

namespace {

Json orNull(const QString &text)
{
    return text.isEmpty() ? Json() : toJson(text);
}

Json errorJson(const Error &error, RunState state)
{
    return { { "type", toJson(error.type.isEmpty() ? wordOf(error.kind) : error.type) },
             { "message", toJson(errorText(error, state).sentence()) },
             { "field", orNull(error.field) } };
}

Json listOf(const QStringList &texts)
{
    Json list = Json::array();
    for (const QString &text : texts)
        list.push_back(toJson(text));
    return list;
}

} // namespace

Json runLine(const RunRecord &record, const QString &folder)
{
    Json images = Json::array();
    for (const ImageRecord &image : record.images) {
        if (image.file.isEmpty())
            continue;
        const bool isThere = image.deletion != Deletion::Emptied;
        images.push_back({ { "file", isThere ? toJson(QDir(folder).absoluteFilePath(image.file)) : Json() },
                           { "sha256", toJson(image.sha256) },
                           { "width", image.size.width() },
                           { "height", image.size.height() },
                           { "content_type", toJson(image.contentType) },
                           { "deleted", orNull(wordOf(image.deletion)) } });
    }
    return { { "run", toJson(record.id.text) },
             { "endpoint", toJson(record.endpoint.text) },
             { "state", toJson(wordOf(record.state)) },
             { "request_id", orNull(record.requestId) },
             { "input", record.inputAsSent() },
             { "images", images },
             { "description", toJson(record.description) },
             { "price", record.price ? Json(record.price->amount) : Json() },
             { "currency", record.price ? toJson(record.price->currency) : Json() },
             { "price_estimated", record.price ? Json(record.price->estimated) : Json() },
             { "error", record.error ? errorJson(*record.error, record.state) : Json() },
             { "warnings", listOf(record.warnings) },
             { "deleted", orNull(wordOf(record.deletion)) } };
}

Json openLine(const RunRecord &record, const QString &folder, const QString &waitsFor)
{
    Json line = runLine(record, folder);
    if (!record.error) {
        const QString message
            = QCoreApplication::translate("runLine", "Not at its end yet; plantain resume goes on with it.");
        line["error"] = { { "type", "still_open" },
                          { "message", toJson(waitsFor.isEmpty() ? message : waitsFor + u' ' + message) },
                          { "field", Json() } };
    }
    return line;
}

Json refusedLine(const EndpointId &endpoint, const Json &input, const std::vector<Error> &errors)
{
    Json all = Json::array();
    for (const Error &error : errors)
        all.push_back(errorJson(error, RunState::Intent));
    return { { "run", Json() },
             { "endpoint", toJson(endpoint.text) },
             { "state", "refused" },
             { "request_id", Json() },
             { "input", input },
             { "images", Json::array() },
             { "description", "" },
             { "price", Json() },
             { "error", all.empty() ? Json() : all.front() },
             { "errors", all } };
}

} // namespace plantain
