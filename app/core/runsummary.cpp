#include "runsummary.h"

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
        .images = record.images,
        .error = record.error,
        .cancel = record.cancel,
        .price = record.price,
        .createdAt = record.createdAt,
        .sentAt = record.sentAt,
        .endedAt = record.endedAt };
}

} // namespace plantain
