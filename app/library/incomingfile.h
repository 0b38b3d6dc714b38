#pragma once

#include "runrecord.h"

#include <QByteArrayView>
#include <QFuture>

#include <memory>

namespace plantain {

/// A picture being written: to a temporary name in its folder, hashed on the way. Dropping it removes the temporary.
/// Usable from any one thread at a time.
class IncomingFile
{
public:
    virtual ~IncomingFile() = default;
    virtual std::optional<Error> append(QByteArrayView bytes) = 0;
    /// The file so far, for decoding it before it is kept.
    virtual QString temporaryPath() const = 0;
    /// Syncs, renames to its final name with this extension, syncs the folder: the relative path and hash.
    /// An existing file is never overwritten. Done on the library's file pool.
    virtual QFuture<Result<ImageRecord>> keep(const QString &extension) = 0;
};

} // namespace plantain
