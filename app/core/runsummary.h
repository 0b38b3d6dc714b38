#pragma once

#include "runrecord.h"

namespace plantain {

/// What lists and tiles need of a run: small enough for a hundred thousand in memory.
struct RunSummary
{
    RunId id;
    qint64 sequence = 0;
    EndpointId endpoint;
    QString server;
    RunState state = RunState::Intent;
    QString prompt;
    int imagesAsked = 1;
    int imagesGiven = 0; ///< named by the result
    int imagesThere = 0; ///< of these, whose file is in the library
    std::vector<ImageRecord> images;
    std::optional<Error> error;
    CancelOutcome cancel = CancelOutcome::NotAsked;
    std::optional<Price> price;
    QDateTime createdAt, sentAt, endedAt; ///< invalid when not reached
    Deletion deletion = Deletion::None; ///< of a run that is not seen by its images
};

RunSummary summaryOf(const RunRecord &record);

/// What opening a library found and did.
struct OpenReport
{
    bool created = false;
    bool rebuilt = false; ///< the database was damaged or missing; the old one is kept aside
    int runs = 0;
    QString setAside; ///< where the damaged database went
    QStringList problems; ///< sidecars that could not be read
    std::optional<Error> onlyLooking; ///< why nothing can be stored: everything may be read, writes fail with this
};

} // namespace plantain
