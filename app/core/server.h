#pragma once

#include "ids.h"
#include "result.h"

#include <QUrl>

namespace plantain {

/// Which server is spoken to, and where its parts lie. fal spreads them over hosts; any other server has
/// everything below one base (design.md 7).
struct Server
{
    QString name; ///< "sandbox", "fal", or the base URL as given: what a run records
    // Bases without a final slash; what stands behind is appended to their path.
    QUrl queue; ///< POST <queue>/<endpoint id>
    QUrl sync; ///< POST <sync>/<endpoint id>
    QUrl storage; ///< POST <storage>/upload/initiate (fal: https://rest.fal.ai/storage)
    QUrl platform; ///< GET <platform>/models/requests/... (fal: https://api.fal.ai/v1)
    bool isFal = false;
    bool isSandbox = false;

    bool operator==(const Server &) const = default;

    static Server fal();
    /// Everything below `base`; `sandbox` marks the built-in one.
    static Server at(const QUrl &base, bool sandbox = false);
    /// "fal" or an http(s) URL; plain http is refused unless loopback. "sandbox" is the composition root's to start.
    static Result<Server> parse(const QString &text);
};

bool isLoopback(const QUrl &url);
bool sameOrigin(const QUrl &one, const QUrl &other); ///< scheme, host, port; never with a user name in either

/// "fal-ai/nano-banana-2/edit" -> "fal-ai/nano-banana-2": requests live below owner/alias (fal-protocol.md 2).
QString queueAppOf(const EndpointId &endpoint);

} // namespace plantain
