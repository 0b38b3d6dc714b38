#include "endpointdocument.h"
#include "fuzztarget.h"
#include "input.h"
#include "inputvalidation.h"

using namespace plantain;

/// A document of an endpoint; behind a NUL byte, if there is one, its overlay and the price; behind the next an input.
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const QList<QByteArray> parts = fuzz::copyOf(data, size).split('\0');
    const Result<Json> document = parseJson(parts[0]);
    if (!document)
        return 0;
    Result<Endpoint> endpoint = endpointOf(*document);
    if (!endpoint) {
        fuzz::require(endpoint.error().kind == ErrorKind::BadEndpoint, "a document is used or named as bad");
        return 0;
    }
    fuzz::require(!endpoint->id.text.contains(QLatin1StringView("..")), "an id stays below its server");
    if (parts.size() > 1) {
        if (const Result<Json> overlay = parseJson(parts[1]); overlay && overlay->is_object()) {
            applyOverlay(*endpoint, *overlay);
            endpoint->price = priceRuleOf(*endpoint, &*overlay, &*overlay);
            fuzz::require(!endpoint->price || endpoint->price->perImage >= 0, "no negative price");
        }
    }
    fuzz::require(endpoint->maxReferences >= 0 && endpoint->maxReferences <= referencesWithoutKnownLimit, "a number of references");
    Json input = defaultsOf(*endpoint);
    (void)validateInput(*endpoint, input);
    (void)drawSeed(*endpoint, input);
    if (parts.size() > 2) {
        if (const Result<Json> given = parseJson(parts[2])) {
            if (const Result<NormalisedInput> normal = normaliseInput(*endpoint, *given))
                (void)validateInput(*endpoint, normal->input);
            (void)validateInput(*endpoint, *given);
        }
    }
    return 0;
}
