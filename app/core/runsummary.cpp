#include "runsummary.h"

#include <algorithm>

namespace plantain {

RunSummary summaryOf(const RunRecord &record)
{
    return { .id = record.id,
        .sequence = record.sequence,
        .endpoint = record.endpoint,
        .server = record.server,
        .state = record.state,
        .prompt = record.prompt(),
        .imagesAsked = record.imagesAsked(),
        .imagesGiven = int(record.images.size()),
        .imagesThere = int(std::ranges::count_if(record.images, [](const ImageRecord &image) { return !image.file.isEmpty(); })),
        .images = record.images,
        .error = record.error,
        .cancel = record.cancel,
        .price = record.price,
        .createdAt = record.createdAt,
        .sentAt = record.sentAt,
        .endedAt = record.endedAt,
        .deletion = record.deletion };
}

} // namespace plantain
