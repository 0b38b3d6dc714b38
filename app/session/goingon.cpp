#include "goingon.h"

#include "input.h"
#include "reference.h"

#include <QCoreApplication>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace plantain {

namespace {

constexpr auto resolutionKey = "resolution", seedKey = "seed", countKey = "num_images";
constexpr qsizetype longestShown = 60;

QString tr(const char *text)
{
    return QCoreApplication::translate("GoingOn", text);
}

/// The references of a run in the order of its input; those that a list names by address only are among them.
std::vector<Reference> referencesOf(const RunRecord &record, const QString &field, const FileOf &fileOf)
{
    std::vector<Reference> references;
    const Json *list = arrayAt(record.input, field.toUtf8().constData());
    for (size_t at = 0; list && at < list->size(); ++at) {
        const auto kept = std::ranges::find_if(record.references, [&](const ReferenceRecord &reference) {
            return reference.field == field && reference.index == int(at);
        });
        Reference reference;
        if (kept != record.references.end() && !kept->file.isEmpty()) {
            reference.file = fileOf(kept->file);
            reference.name = kept->originalName;
            reference.keepsMetadata = kept->hasMetadata;
        } else {
            const QString written = toQString((*list)[at]);
            reference = referenceFromDraft({ { "url", toJson(written) } }).value_or(Reference());
        }
        if (kept != record.references.end())
            reference.part = referencePartOf(kept->part);
        references.push_back(std::move(reference));
    }
    return references;
}

/// A run's input with the files of single fields as the library's copies.
Json inputOf(const RunRecord &record, const FileOf &fileOf)
{
    Json input = record.input;
    for (const ReferenceRecord &kept : record.references) {
        if (kept.index < 0 && !kept.file.isEmpty())
            input[kept.field.toStdString()] = toJson(QUrl::fromLocalFile(fileOf(kept.file)).toString(QUrl::FullyEncoded));
    }
    return input;
}

Json withoutField(Json input, const QString &field)
{
    if (!field.isEmpty())
        input.erase(field.toStdString());
    return input;
}

QString textOf(const Json &value)
{
    if (value.is_null())
        return tr("not set");
    return (value.is_string() ? toQString(value) : QString::fromUtf8(toBytes(value))).simplified();
}

/// The part of a long text from a little before its difference to another.
QString shown(const QString &text, qsizetype differsAt)
{
    const qsizetype from = text.size() > longestShown ? std::max(differsAt - longestShown / 4, qsizetype(0)) : 0;
    const QString part = text.mid(from, longestShown);
    return (from > 0 ? u"…"_s : QString()) + part + (from + part.size() < text.size() ? u"…"_s : QString());
}

/// A list of pictures by what a person knows them by.
QString shownPictures(const Json &value)
{
    if (!value.is_array())
        return textOf(value);
    QStringList names;
    for (const Json &entry : value)
        names.append(QUrl(toQString(entry)).fileName());
    return names.join(u", "_s);
}

} // namespace

FormContent contentToRecall(const RunRecord &record, const Endpoint &endpoint, const FileOf &fileOf)
{
    FormContent content { .endpoint = endpoint.id, .input = withoutField(inputOf(record, fileOf), endpoint.referencesField) };
    for (const Reference &reference : referencesOf(record, endpoint.referencesField, fileOf))
        content.references.push_back(toDraft(reference));
    if (record.seedDrawn) {
        content.input.erase(seedKey);
        content.drawnSeed = integerAt(record.input, seedKey);
    }
    return content;
}

Json inputOfRun(const RunRecord &record, const Endpoint &endpoint, const FileOf &fileOf)
{
    Json input = inputOf(record, fileOf);
    const std::string field = endpoint.referencesField.toStdString();
    if (!input.contains(field))
        return input;
    input[field] = Json::array();
    for (const Reference &reference : referencesOf(record, endpoint.referencesField, fileOf)) {
        input[field].push_back(toJson(reference.address()));
    }
    return input;
}

QString nextResolution(const Endpoint &endpoint, const Json &input)
{
    const Parameter *parameter = endpoint.schema.find(QLatin1StringView(resolutionKey));
    if (!parameter)
        return {};
    const Json now = input.contains(resolutionKey) ? input.at(resolutionKey) : parameter->defaultValue.value_or(Json());
    const auto found = std::ranges::find(parameter->choices, now);
    if (found == parameter->choices.end() || found + 1 == parameter->choices.end())
        return {};
    return toQString(*(found + 1));
}

FormContent contentLarger(const RunRecord &record, const Endpoint &endpoint, const FileOf &fileOf)
{
    FormContent content = contentToRecall(record, endpoint, fileOf);
    content.input = withoutField(inputOf(record, fileOf), endpoint.referencesField); // the seed as well: it makes the picture
    content.drawnSeed.reset();
    content.input[resolutionKey] = toJson(nextResolution(endpoint, record.input));
    return content;
}

FormContent contentRedrawn(const RunRecord &record, const Endpoint &endpoint, const Endpoint &edit, const PictureOfRun &picture)
{
    FormContent content { .endpoint = edit.id };
    Json input = withoutField(record.input, endpoint.referencesField);
    for (const ReferenceRecord &kept : record.references) {
        if (kept.index < 0)
            input.erase(kept.field.toStdString()); // the picture was made of it
    }
    for (const auto &[key, value] : input.items()) {
        if (key != seedKey && key != countKey && edit.schema.find(QString::fromStdString(key)))
            content.input[key] = value;
    }
    if (const QString larger = nextResolution(edit, record.input); !larger.isEmpty())
        content.input[resolutionKey] = toJson(larger);
    Reference reference;
    reference.file = picture.file;
    reference.name = picture.name;
    content.references.push_back(toDraft(reference));
    return content;
}

RunRequest requestVaried(const RunRecord &record, const FileOf &fileOf)
{
    RunRequest request { .endpoint = record.endpoint, .input = inputOf(record, fileOf), .references = {} };
    request.input.erase(seedKey);
    // The controller puts them behind what the list names by address, in the same order.
    for (auto kept = record.references.rbegin(); kept != record.references.rend(); ++kept) {
        if (kept->index < 0)
            continue;
        Json &list = request.input[kept->field.toStdString()];
        QString written;
        if (list.is_array() && size_t(kept->index) < list.size()) {
            written = toQString(list[size_t(kept->index)]);
            list.erase(size_t(kept->index));
        }
        request.references.insert(request.references.begin(),
                                  { .field = kept->field,
                                    .file = kept->file.isEmpty() ? QString() : fileOf(kept->file),
                                    .url = kept->file.isEmpty() ? kept->url : QUrl(),
                                    .written = kept->file.isEmpty() ? written : QString(),
                                    .name = kept->originalName,
                                    .part = kept->part,
                                    .keepsMetadata = kept->hasMetadata });
    }
    return request;
}

QStringList differencesOf(const Json &before, const Json &after, const Endpoint *endpoint)
{
    QStringList keys;
    for (const Json *input : { &before, &after }) {
        for (const auto &entry : input->items()) {
            if (const QString key = QString::fromStdString(entry.key()); !keys.contains(key))
                keys.append(key);
        }
    }
    QStringList lines;
    for (const QString &key : std::as_const(keys)) {
        const Json was = before.value(key.toStdString(), Json());
        const Json is = after.value(key.toStdString(), Json());
        if (was == is)
            continue;
        const Parameter *parameter = endpoint ? endpoint->schema.find(key) : nullptr;
        const bool isPictures = endpoint && key == endpoint->referencesField;
        const QString from = isPictures ? shownPictures(was) : textOf(was), to = isPictures ? shownPictures(is) : textOf(is);
        const auto differsAt = std::ranges::mismatch(from, to).in1 - from.begin();
        lines.append(tr("%1: %2 → %3").arg(parameter ? parameter->title : key, shown(from, differsAt), shown(to, differsAt)));
    }
    return lines;
}

} // namespace plantain
