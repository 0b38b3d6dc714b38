#pragma once

#include "endpoint.h"

namespace plantain {

/// All endpoints the program can call: the bundled documents, and those a person dropped into a folder.
/// A value, read once; documents are `<name>.json`, what they do not say stands in `<name>.overlay.json` beside them.
class EndpointCatalog
{
public:
    /// A document that could not be used: its file and why. The others are there all the same.
    struct Problem
    {
        QString file;
        Error error;
    };

    /// Later folders win over earlier ones for the same id (a refreshed document over the bundled one, whose overlay
    /// stays). `prices` is resources/prices.json.
    static EndpointCatalog load(const QStringList &folders, const QString &prices);

    const std::vector<Endpoint> &endpoints() const { return m_endpoints; }
    const std::vector<Problem> &problems() const { return m_problems; }
    const Endpoint *find(const EndpointId &id) const;

private:
    std::vector<Endpoint> m_endpoints;
    std::vector<Problem> m_problems;
};

} // namespace plantain
