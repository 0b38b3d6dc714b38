#include "lineage.h"

#include <QHash>

#include <algorithm>

namespace plantain {

namespace {

/// Which picture a file is, by its content.
class PicturesByContent
{
public:
    explicit PicturesByContent(const std::vector<RunRecord> &runs)
    {
        for (size_t place = 0; place < runs.size(); ++place) {
            for (const ImageRecord &image : runs[place].images) {
                if (!image.sha256.isEmpty() && !m_pictures.contains(image.sha256))
                    m_pictures.insert(image.sha256, { place, image.index });
            }
            for (const ReferenceRecord &reference : runs[place].references) {
                if (!reference.givenSha256.isEmpty())
                    m_given.insert(reference.sha256, reference.givenSha256);
            }
        }
    }

    /// The first picture that is this file, or that the file was made from, among the runs before `before`.
    std::optional<LineageLink> find(const ReferenceRecord &reference, size_t before) const
    {
        for (const QString &hash : { reference.givenSha256, reference.sha256, m_given.value(reference.sha256) }) {
            const auto found = hash.isEmpty() ? m_pictures.end() : m_pictures.find(hash);
            if (found != m_pictures.end() && found->parent < before)
                return *found;
        }
        return std::nullopt;
    }

private:
    QHash<QString, LineageLink> m_pictures;
    QHash<QString, QString> m_given; ///< a treated file, and what it was made from
};

std::vector<LineageLink> linksOf(const RunRecord &record, size_t place, const PicturesByContent &pictures,
                                 const QHash<RunId, size_t> &places)
{
    std::vector<LineageLink> links;
    const auto add = [&links](const LineageLink &link) {
        const auto isSame = [&link](const LineageLink &other) { return other.parent == link.parent && other.image == link.image; };
        if (std::ranges::none_of(links, isSame))
            links.push_back(link);
    };
    std::vector<LineageLink> given;
    for (const ReferenceRecord &reference : record.references) {
        if (const auto link = pictures.find(reference, place))
            given.push_back(*link);
    }
    if (record.origin) {
        const auto parent = places.constFind(record.origin->picture.run);
        const LineageLink link { parent == places.constEnd() ? place : *parent, record.origin->picture.index, record.origin->step };
        // What was to be edited may have been taken away again, or be another picture of the same content.
        const bool isGiven = std::ranges::any_of(given, [&](const LineageLink &other) {
            return other.parent == link.parent && other.image == link.image;
        });
        if (link.parent < place && (link.step != OriginStep::Edit || isGiven))
            add(link);
        else if (link.step == OriginStep::Edit && !given.empty())
            add({ given.front().parent, given.front().image, OriginStep::Edit });
    }
    for (const LineageLink &link : given)
        add(link);
    return links;
}

} // namespace

std::optional<size_t> Lineage::placeOf(const RunId &id) const
{
    const auto found = std::ranges::find_if(runs, [&](const LineageRun &run) { return run.record.id == id; });
    return found == runs.end() ? std::nullopt : std::optional(size_t(found - runs.begin()));
}

std::vector<size_t> Lineage::childrenOf(size_t place) const
{
    std::vector<size_t> children;
    for (size_t child = place + 1; child < runs.size(); ++child) {
        if (!runs[child].parents.empty() && runs[child].parents.front().parent == place)
            children.push_back(child);
    }
    return children;
}

std::vector<size_t> Lineage::pathTo(size_t place) const
{
    std::vector<size_t> path { place };
    while (!runs[path.back()].parents.empty())
        path.push_back(runs[path.back()].parents.front().parent);
    std::ranges::reverse(path);
    return path;
}

std::vector<size_t> Lineage::ancestorsOf(size_t place) const
{
    std::vector<bool> isOne(runs.size());
    isOne[place] = true;
    std::vector<size_t> ancestors;
    for (size_t at = place + 1; at-- > 0;) {
        if (!isOne[at])
            continue;
        ancestors.push_back(at);
        for (const LineageLink &link : runs[at].parents)
            isOne[link.parent] = true;
    }
    std::ranges::reverse(ancestors);
    return ancestors;
}

Lineage lineageOf(std::vector<RunRecord> records, const RunId &focus)
{
    const PicturesByContent pictures(records);
    QHash<RunId, size_t> places;
    for (size_t place = 0; place < records.size(); ++place)
        places.insert(records[place].id, place);
    std::vector<std::vector<LineageLink>> links;
    std::vector<std::vector<size_t>> neighbours(records.size());
    for (size_t place = 0; place < records.size(); ++place) {
        links.push_back(linksOf(records[place], place, pictures, places));
        for (const LineageLink &link : links.back()) {
            neighbours[place].push_back(link.parent);
            neighbours[link.parent].push_back(place);
        }
    }
    std::vector<bool> belongs(records.size());
    std::vector<size_t> next;
    if (const auto at = places.constFind(focus); at != places.constEnd())
        next.push_back(*at);
    while (!next.empty()) {
        const size_t place = next.back();
        next.pop_back();
        if (belongs[place])
            continue;
        belongs[place] = true;
        next.insert(next.end(), neighbours[place].begin(), neighbours[place].end());
    }
    Lineage lineage;
    std::vector<size_t> newPlaces(records.size());
    for (size_t place = 0; place < records.size(); ++place) {
        if (!belongs[place])
            continue;
        newPlaces[place] = lineage.runs.size();
        for (LineageLink &link : links[place])
            link.parent = newPlaces[link.parent];
        lineage.runs.push_back({ std::move(records[place]), std::move(links[place]) });
    }
    return lineage;
}

std::vector<Price> sumOf(const Lineage &lineage, const std::vector<size_t> &places)
{
    std::vector<Price> sums;
    for (const size_t place : places) {
        const std::optional<Price> &price = lineage.runs[place].record.price;
        if (!price)
            continue;
        const auto found = std::ranges::find(sums, price->currency, &Price::currency);
        Price &sum = found == sums.end() ? sums.emplace_back(Price { .amount = 0, .currency = price->currency, .estimated = false }) : *found;
        sum.amount += price->amount;
        sum.estimated = sum.estimated || price->estimated;
    }
    return sums;
}

} // namespace plantain
