#include "endpointdocument.h"

#include "inputvalidation.h"

#include <QRegularExpression>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace plantain {

namespace {

tl::unexpected<Error> broken(const QString &message)
{
    return failure({ .kind = ErrorKind::BadEndpoint, .type = u"document"_s, .message = message });
}

/// The id stands in fal's metadata; a document without them has it as the path that is posted to.
QString idOf(const Json &document, const Json &metadata)
{
    if (const QString id = stringAt(metadata, "endpointId"); !id.isEmpty())
        return id;
    if (const Json *paths = objectAt(document, "paths")) {
        for (const auto &[path, operations] : paths->items()) {
            if (objectAt(operations, "post"))
                return QString::fromStdString(path).mid(1);
        }
    }
    return {};
}

// "fal-ai/nano-banana-2/edit" -> "Nano Banana 2 Edit"
QString titleFromId(const QString &id)
{
    QString text = id.section(u'/', 1);
    text.replace(QRegularExpression(u"[/_-]+"_s), u" "_s);
    bool start = true;
    for (QChar &letter : text) {
        if (start)
            letter = letter.toUpper();
        start = letter.isSpace();
    }
    return text.isEmpty() ? id : text;
}

const Parameter *referencesIn(const Schema &schema)
{
    const auto found = std::find_if(schema.parameters.begin(), schema.parameters.end(), [](const Parameter &parameter) {
        return parameter.kind == ParameterKind::UrlList
            && (parameter.uiField == u"image"_s || parameter.name == u"image_urls"_s);
    });
    return found == schema.parameters.end() ? nullptr : &*found;
}

void takeReferences(Endpoint &endpoint, const Parameter &parameter)
{
    endpoint.referencesField = parameter.name;
    endpoint.maxReferences = referencesWithoutKnownLimit;
    if (parameter.maxItems) {
        endpoint.maxReferences = int(std::min(*parameter.maxItems, qint64(referencesWithoutKnownLimit)));
        endpoint.maxReferencesSource = u"the endpoint's schema"_s;
    }
}

QMap<QString, QMap<QString, double>> tableAt(const Json &object, const char *key)
{
    QMap<QString, QMap<QString, double>> table;
    if (const Json *parameters = objectAt(object, key)) {
        for (const auto &[parameter, values] : parameters->items()) {
            if (!values.is_object())
                continue;
            for (const auto &[value, number] : values.items()) {
                if (number.is_number())
                    table[QString::fromStdString(parameter)][QString::fromStdString(value)] = number.get<double>();
            }
        }
    }
    return table;
}

} // namespace

Result<Endpoint> endpointOf(const Json &document)
{
    if (!document.is_object())
        return broken(u"it is no OpenAPI document"_s);
    const Json none = Json::object();
    const Json *info = objectAt(document, "info");
    const Json *metadata = info ? objectAt(*info, "x-fal-metadata") : nullptr;
    if (!info)
        info = &none;
    if (!metadata)
        metadata = &none;

    // It becomes part of an address.
    static const QRegularExpression safe(u"\\A[A-Za-z0-9_.-]+(/[A-Za-z0-9_.-]+)+\\z"_s);
    Endpoint endpoint;
    endpoint.id.text = idOf(document, *metadata);
    if (!safe.match(endpoint.id.text).hasMatch() || endpoint.id.text.contains(u".."_s))
        return broken(u"it names no endpoint id such as \"owner/model\""_s);
    Result<Schema> schema = parseInputSchema(document);
    if (!schema)
        return failure(schema.error());
    if (const std::optional<QString> problem = schemaProblem(schema->validation))
        return broken(*problem);
    endpoint.schema = *std::move(schema);

    const QString title = stringAt(*info, "title").simplified();
    endpoint.title = title.isEmpty() || title.startsWith(u"Queue OpenAPI"_s) ? titleFromId(endpoint.id.text) : title;
    endpoint.category = stringAt(*metadata, "category");
    endpoint.description = stringAt(*metadata, "about", stringAt(*info, "description"));
    endpoint.documentation = QUrl(stringAt(*metadata, "documentationUrl"));
    endpoint.playground = QUrl(stringAt(*metadata, "playgroundUrl"));
    if (const Parameter *references = referencesIn(endpoint.schema))
        takeReferences(endpoint, *references);
    return endpoint;
}

void applyOverlay(Endpoint &endpoint, const Json &overlay)
{
    const auto known = [&](const QString &name) { return endpoint.schema.find(name) != nullptr; };
    endpoint.title = stringAt(overlay, "title", endpoint.title);
    endpoint.category = stringAt(overlay, "category", endpoint.category);
    if (const Json *references = objectAt(overlay, "references")) {
        if (const Parameter *parameter = endpoint.schema.find(stringAt(*references, "field")))
            takeReferences(endpoint, *parameter);
        if (const qint64 most = integerAt(*references, "max").value_or(0); most > 0 && endpoint.maxReferences > 0) {
            endpoint.maxReferences = int(std::min(most, qint64(referencesWithoutKnownLimit)));
            endpoint.maxReferencesSource = stringAt(*references, "source");
        }
        if (const Json *people = objectAt(*references, "people")) {
            endpoint.consistentPeople = int(std::clamp(integerAt(*people, "max").value_or(0), qint64(0), qint64(1000)));
            endpoint.consistentPeopleSource = stringAt(*people, "source");
        }
    }
    if (const Json *fields = arrayAt(overlay, "requireAnyOf")) {
        for (const Json &field : *fields) {
            if (field.is_string() && known(toQString(field)))
                endpoint.requireAnyOf.append(toQString(field));
        }
    }
    if (const QString sibling = stringAt(overlay, "sibling"); !sibling.isEmpty())
        endpoint.sibling = EndpointId { sibling };
    if (const Json *limits = arrayAt(overlay, "fileLimits")) {
        for (const Json &limit : *limits) {
            const qint64 bytes = integerAt(limit, "bytes").value_or(0);
            if (bytes > 0 && known(stringAt(limit, "field"))) {
                endpoint.fileLimits.push_back({ .field = stringAt(limit, "field"),
                    .bytes = bytes,
                    .source = stringAt(limit, "source"),
                    .advisory = boolAt(limit, "advisory").value_or(false) });
            }
        }
    }
    if (const Json *fields = objectAt(overlay, "fileTypes")) {
        for (const auto &[field, entry] : fields->items()) {
            const Json *types = arrayAt(entry, "types");
            if (!types || !known(QString::fromStdString(field)))
                continue;
            FileTypes &taken = endpoint.fileTypes[QString::fromStdString(field)];
            taken.source = stringAt(entry, "source");
            for (const Json &type : *types)
                taken.types.append(toQString(type));
        }
    }
    if (const Json *aliases = objectAt(overlay, "aliases")) {
        for (const auto &[alias, name] : aliases->items()) {
            if (name.is_string() && known(toQString(name)) && !known(QString::fromStdString(alias)))
                endpoint.aliases[QString::fromStdString(alias)] = toQString(name);
        }
    }
    if (const Json *warnings = objectAt(overlay, "warnings")) {
        for (const auto &[name, warning] : warnings->items()) {
            if (warning.is_string() && known(QString::fromStdString(name)))
                endpoint.warnings[QString::fromStdString(name)] = toQString(warning);
        }
    }
}

std::optional<PriceRule> priceRuleOf(const Endpoint &endpoint, const Json *shape, const Json *amount)
{
    const Json none = Json::object();
    if (!shape)
        shape = &none;
    if (!amount)
        amount = shape; // an endpoint of a person's own may say its price in its overlay
    const std::optional<double> perImage = numberAt(*amount, "amount");
    const QString currency = stringAt(*amount, "currency");
    if (!perImage || *perImage < 0 || currency.isEmpty())
        return std::nullopt;
    const QString usual = endpoint.schema.find(u"num_images"_s) ? u"num_images"_s : QString();
    return PriceRule { .perImage = *perImage,
        .countParameter = stringAt(*shape, "countParameter", usual),
        .currency = currency,
        .factors = tableAt(*shape, "factors"),
        .surcharges = tableAt(*shape, "surcharges"),
        .asOf = QDate::fromString(stringAt(*amount, "date"), Qt::ISODate),
        .source = stringAt(*amount, "source") };
}

} // namespace plantain
