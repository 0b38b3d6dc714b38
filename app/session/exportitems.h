#pragma once

#include "exportoptions.h"
#include "exporttemplate.h"
#include "pictureid.h"
#include "runrecord.h"

#include <functional>

namespace plantain {

/// One picture on its way out.
struct ExportItem
{
    ExportSubject subject;
    QString file; ///< absolute
    QByteArray sidecar; ///< JSON: what it was made from
};

/// Nothing when the run has no such picture. `file` is the absolute path.
std::optional<ExportItem> exportItemOf(const RunRecord &record, int index, const QString &file);

/// A name a picture will get.
struct ExportName
{
    QString name;
    bool isThere = false; ///< a file of this name and length is there: it is left if it is the same

    bool operator==(const ExportName &) const = default;
};

struct ExportPreview
{
    std::vector<ExportName> names; ///< of the first pictures
    int total = 0; ///< pictures there will be
    std::optional<Error> folderError; ///< why nothing can go there
};

/// The names the items would get now. `lengthOf` tells the length of a file in the folder, -1 when there is none.
std::vector<ExportName> exportNames(const std::vector<ExportItem> &items, int total, const ExportOptions &options,
                                    const std::function<qint64(const QString &name)> &lengthOf);

/// Looks at the folder. Blocks; for a pool.
ExportPreview previewExport(const std::vector<ExportItem> &items, int total, const ExportOptions &options);

/// What came of an export.
struct ExportOutcome
{
    QString folder;
    int total = 0, exported = 0;
    int there = 0; ///< were there already, the same, and were left
    bool cancelled = false;
    QStringList failed; ///< files that could not be copied
    std::optional<Error> error; ///< of the first of them
};

/// Copies. `goesOn` is told how many are done and polled; false ends it. Blocks; for a pool.
ExportOutcome copyOut(const std::vector<ExportItem> &items, const ExportOptions &options,
                      const std::function<bool(int done)> &goesOn);

} // namespace plantain
