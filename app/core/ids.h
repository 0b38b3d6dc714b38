#pragma once

#include <QHash>
#include <QMetaType>
#include <QString>

#include <compare>

namespace plantain {

/// Text that names one kind of thing; ids of different kinds do not mix.
template <class Tag>
struct Id
{
    QString text;

    bool isEmpty() const { return text.isEmpty(); }
    bool operator==(const Id &) const = default;
    bool operator<(const Id &other) const { return text < other.text; }
};

template <class Tag>
size_t qHash(const Id<Tag> &id, size_t seed = 0)
{
    return qHash(id.text, seed);
}

/// One submission and everything that becomes of it. Ours, made before anything is sent:
/// "20261122T081500123-4f9a2c", UTC milliseconds and random hex, so it sorts by time and can name a file. The
/// milliseconds are no other's of the same process.
using RunId = Id<struct RunIdTag>;
RunId newRunId();

/// fal's name of a model: "fal-ai/nano-banana-2/edit".
using EndpointId = Id<struct EndpointIdTag>;

} // namespace plantain

Q_DECLARE_METATYPE(plantain::RunId)
Q_DECLARE_METATYPE(plantain::EndpointId)
