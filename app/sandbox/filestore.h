#pragma once

#include "result.h"

#include <QDateTime>
#include <QHash>
#include <QTemporaryDir>

#include <list>
#include <memory>
#include <mutex>

namespace plantain {

/// Name of what is stored for this sandbox's own use; not found again by the next.
inline constexpr auto keptName = "kept";

/// What is wrong with a file on purpose, when it is fetched.
enum class FileFault { None, Dropped, Missing };

struct StoredFile
{
    QString path; ///< on disk
    QByteArray name; ///< last part of its URL, safe characters only
    QByteArray contentType;
    qint64 bytes = 0;
    FileFault fault = FileFault::None;
    QDateTime expires; ///< UTC, when it is no longer served; invalid: it is until it is dropped
};

/// The sandbox's files: uploads, pictures, long inputs and results, in a temporary folder that goes with it, or in one
/// that stays. Over its cap the oldest files are dropped, as fal's expire. Thread-safe.
class FileStore final
{
public:
    /// `folder`: where the files stay, and those of the sandbox before are found again, but for what is a week old or
    /// beyond a quarter of the cap; empty: a temporary one.
    explicit FileStore(qint64 maxBytes, const QString &folder = {});

    /// Stores bytes; gives the URL path below the base: "/files/b/<token>/<name>". Error: Disk.
    Result<QByteArray> add(const QByteArray &bytes, StoredFile file);
    /// Takes a file of the temporary folder over, under a token that was promised before.
    void adopt(const QString &path, StoredFile file, const QByteArray &token);
    /// Serves a file that lies elsewhere and stays there.
    QByteArray share(StoredFile file);

    std::optional<StoredFile> find(const QByteArray &token) const;
    /// The file that a URL path of ours names.
    std::optional<StoredFile> findByUrlPath(const QByteArray &path) const;

    bool isUsable() const { return m_stays || m_temporary->isValid(); }
    QString newPath(); ///< a name in the temporary folder that nothing has yet
    qint64 bytes() const;

private:
    QByteArray insert(StoredFile file, bool ours, const QByteArray &token);
    void drop(const QByteArray &token);
    void findAgain();

    struct Entry
    {
        StoredFile file;
        bool ours = true;
    };

    const qint64 m_maxBytes;
    const std::unique_ptr<QTemporaryDir> m_temporary; // null when the folder stays
    const QString m_folder;
    const bool m_stays;
    mutable std::mutex m_mutex;
    QHash<QByteArray, Entry> m_entries; // by token
    std::list<QByteArray> m_order; // oldest first
    qint64 m_bytes = 0;
};

/// 128 random bits as hex: what makes a URL of ours impossible to guess.
QByteArray randomToken();

/// A name that is safe in a URL and a header: letters, digits, dot, dash, underscore; at most 100.
QByteArray safeFileName(const QByteArray &name);

/// Media type found from the first bytes; "application/octet-stream" when not known.
QByteArray sniffedType(QByteArrayView start);

} // namespace plantain
