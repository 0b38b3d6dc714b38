#include "endpointcatalog.h"

#include "endpointdocument.h"
#include "jsonfile.h"

#include <QDir>

#include <algorithm>
#include <limits>

using namespace Qt::StringLiterals;

namespace plantain {

namespace {

constexpr auto overlaySuffix = ".overlay.json"_L1;

struct Overlay
{
    Json json;
    qint64 order() const { return integerAt(json, "order").value_or(std::numeric_limits<qint64>::max()); }
};

struct Reading
{
    QMap<EndpointId, Endpoint> endpoints;
    QMap<EndpointId, Overlay> overlays;
    std::vector<EndpointCatalog::Problem> problems;

    void folder(const QString &path);
    void problem(const QString &file, Error error)
    {
        error.kind = ErrorKind::BadEndpoint;
        problems.push_back({ .file = file, .error = std::move(error) });
    }
};

void Reading::folder(const QString &path)
{
    const QDir folder(path);
    const QStringList names = folder.entryList({ u"*.json"_s }, QDir::Files | QDir::Readable, QDir::Name);
    QMap<QString, EndpointId> here; // document -> what it describes
    for (const QString &name : names) {
        if (name.endsWith(overlaySuffix))
            continue;
        const QString file = folder.filePath(name);
        Result<Endpoint> endpoint = readJsonFile(file).and_then(endpointOf);
        if (!endpoint) {
            problem(file, endpoint.error());
            continue;
        }
        if (std::find(here.cbegin(), here.cend(), endpoint->id) != here.cend())
            problem(file, { .type = u"twice"_s, .message = u"another file describes %1 too"_s.arg(endpoint->id.text) });
        here.insert(name.chopped(5), endpoint->id);
        endpoints.insert(endpoint->id, *std::move(endpoint));
    }
    for (const QString &name : names) {
        if (!name.endsWith(overlaySuffix))
            continue;
        const QString file = folder.filePath(name);
        Result<Json> json = readJsonFile(file);
        if (!json || !json->is_object()) {
            problem(file, json ? Error { .type = u"overlay"_s, .message = u"it is no JSON object"_s } : json.error());
            continue;
        }
        const EndpointId beside = here.value(name.chopped(overlaySuffix.size()));
        const EndpointId id { stringAt(*json, "endpoint", beside.text) };
        if (id.isEmpty())
            problem(file, { .type = u"overlay"_s, .message = u"it belongs to no endpoint"_s });
        else
            overlays.insert(id, { *std::move(json) });
    }
}

} // namespace

EndpointCatalog EndpointCatalog::load(const QStringList &folders, const QString &prices)
{
    Reading reading;
    for (const QString &folder : folders)
        reading.folder(folder);
    Json amounts = Json::object();
    if (Result<Json> read = readJsonFile(prices); read && read->is_object())
        amounts = *std::move(read);
    else
        reading.problem(prices, read ? Error { .message = u"it is no JSON object"_s } : read.error());

    EndpointCatalog catalog;
    catalog.m_problems = std::move(reading.problems);
    for (const auto &[id, endpoint] : reading.endpoints.asKeyValueRange()) {
        const Json &overlay = reading.overlays.value(id).json;
        applyOverlay(endpoint, overlay);
        endpoint.price
            = priceRuleOf(endpoint, objectAt(overlay, "price"), objectAt(amounts, id.text.toUtf8().constData()));
        catalog.m_endpoints.push_back(endpoint);
    }
    // The map has them by id; those with a place of their own come first.
    std::stable_sort(
        catalog.m_endpoints.begin(), catalog.m_endpoints.end(), [&](const Endpoint &one, const Endpoint &other) {
            return reading.overlays.value(one.id).order() < reading.overlays.value(other.id).order();
        });
    return catalog;
}

const Endpoint *EndpointCatalog::find(const EndpointId &id) const
{
    const auto found = std::find_if(
        m_endpoints.begin(), m_endpoints.end(), [&](const Endpoint &endpoint) { return endpoint.id == id; });
    return found == m_endpoints.end() ? nullptr : &*found;
}

} // namespace plantain
