#pragma once

#include "result.h"

#include <QByteArray>

#include <functional>

namespace plantain {

struct ExportedFile
{
    QString name; ///< in the folder
    bool wasThere = false; ///< the same bytes stood there already and were left
};

/// Copies a picture byte for byte into any folder as "stem.extension", or with a number appended: nothing there is ever
/// replaced. Written aside, synced and renamed, so that nothing half is seen; a folder that is missing is made. With
/// `sidecar` text, "stem.json" beside it says what it was made from. Any thread; blocks. `isCancelled` is polled.
/// Errors: Disk as the library's, Cancelled.
Result<ExportedFile> exportFile(const QString &source, const QString &folder, const QString &stem, const QString &extension,
                                const QByteArray &sidecar = {}, const std::function<bool()> &isCancelled = {});

} // namespace plantain
