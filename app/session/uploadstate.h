#pragma once

#include <QMetaType>
#include <QString>

namespace plantain {

/// A file and how far it is on its way to a server. Telemetry.
struct UploadState
{
    enum class Phase { Waiting, Sending, Stored, Refused };
    Phase phase = Phase::Waiting;
    qint64 sent = 0, total = 0; ///< bytes

    double share() const { return total > 0 ? double(sent) / double(total) : 0; }
    bool operator==(const UploadState &) const = default;
};

QString textOf(const UploadState &state); ///< "uploading, 34 %"

} // namespace plantain

Q_DECLARE_METATYPE(plantain::UploadState)
