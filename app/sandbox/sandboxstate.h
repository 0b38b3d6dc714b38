#pragma once

#include "sandboxrequest.h"

#include <QLockFile>

#include <memory>

namespace plantain {

/// What a sandbox took, in a folder, so that the next one goes on with it: the requests with their inputs, and how they
/// ended where they have. What has ended is forgotten after a day, what is open after a week. One sandbox at a time.
/// Thread-safe after load().
class SandboxState final
{
public:
    /// Null when the folder is empty, cannot be made, or belongs to a sandbox that runs: one without a memory does too.
    static std::unique_ptr<SandboxState> open(const QString &folder);

    struct Kept
    {
        QString id;
        SandboxJob job; ///< with its body; without the key, which is of one start
        qint64 sentAt = 0; ///< microseconds since 1970
        std::optional<SandboxOutcome> outcome; ///< none: has not ended
    };

    QString filesFolder() const; ///< for the uploads and pictures they name
    std::vector<Kept> load(); ///< oldest first; removes what is old or cannot be read
    void taken(const QString &id, const SandboxJob &job, qint64 sentAt);
    void ended(const Kept &kept);
    void forget(const QString &id);

private:
    SandboxState(const QString &folder, std::unique_ptr<QLockFile> lock);
    QString fileOf(const QString &id) const;

    const QString m_folder;
    const std::unique_ptr<QLockFile> m_lock;
};

} // namespace plantain
