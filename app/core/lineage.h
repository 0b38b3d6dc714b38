#pragma once

#include "runorigin.h"
#include "runrecord.h"

namespace plantain {

/// That a run was made from a picture.
struct LineageLink
{
    size_t parent = 0; ///< place in Lineage::runs, before that of the run itself
    int image = 0; ///< ImageRecord::index there
    OriginStep step = OriginStep::Reference;

    bool operator==(const LineageLink &) const = default;
};

struct LineageRun
{
    RunRecord record; ///< without the bytes that were sent and received
    std::vector<LineageLink> parents; ///< the one it goes on from first, then the pictures it was given
};

/// The runs that hang together by which picture came from which. A value, found by records alone: what a person said
/// (RunRecord::origin), and the content of the files that runs were given.
struct Lineage
{
    std::vector<LineageRun> runs; ///< oldest first, so that a parent comes before its children
    bool isWhole = true; ///< false: there are more than were looked at

    std::optional<size_t> placeOf(const RunId &id) const;
    std::vector<size_t> childrenOf(size_t place) const; ///< that go on from it before all; oldest first
    std::vector<size_t> pathTo(size_t place) const; ///< by the first link of each, the beginning first, `place` last
    std::vector<size_t> ancestorsOf(size_t place) const; ///< by all links, itself included; oldest first
};

/// Of these runs, in order of sequence, those that hang together with `focus`.
Lineage lineageOf(std::vector<RunRecord> runs, const RunId &focus);

/// What runs cost, a price for each currency; none where not one is known.
std::vector<Price> sumOf(const Lineage &lineage, const std::vector<size_t> &places);

} // namespace plantain
