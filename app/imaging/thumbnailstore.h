#pragma once

#include "decodepool.h"

#include <QCache>
#include <QHash>
#include <QObject>
#include <QPixmap>

#include <vector>

template <class T>
class QFutureWatcher;

namespace plantain {

/// Longest side of a thumbnail, in device pixels.
enum class ThumbnailSize { Small = 256, Large = 512 };

/// The smallest that fills `devicePixels` without being enlarged, else the largest.
ThumbnailSize thumbnailSizeFor(int devicePixels);

struct ThumbnailRequest
{
    QString key; ///< SHA-256 of the file, lower-case hex
    QString path;
    ThumbnailSize size = ThumbnailSize::Small;

    bool operator==(const ThumbnailRequest &) const = default;
};

/// Thumbnails by content hash: in memory, then in a cache folder, then made in the decode pool. Answers at once with a
/// picture or none and says `ready` later. The cache is only a cache: what is damaged or missing there is made again,
/// what cannot be written is not an error. Lives on the GUI thread.
class ThumbnailStore final : public QObject
{
    Q_OBJECT
public:
    /// `pool` outlives the store. `memoryBytes` bounds the pictures kept in memory.
    ThumbnailStore(const QString &cacheFolder, DecodePool &pool, qint64 memoryBytes = 128 * 1024 * 1024,
                   QObject *parent = nullptr);
    ~ThumbnailStore() override;

    /// From memory, or a null pixmap: then it is asked for, behind what was asked before and until the next want().
    /// While one size is not there, the other is given in its place.
    QPixmap thumbnail(const QString &key, const QString &path, ThumbnailSize size);

    /// What a view shows, in the order it is wanted, in place of what that view wanted before. What waits and is wanted
    /// by no view is dropped; who asked last comes first. A view that is destroyed wants nothing.
    void want(const QObject *view, const std::vector<ThumbnailRequest> &requests);

    /// Why there is none, once that is known. Forgotten by forget().
    const Error *errorOf(const QString &key) const;
    void forget(const QString &key);

    int pending() const; ///< asked for and not there yet
    DecodePool &pool() const { return m_pool; } ///< others may share it

Q_SIGNALS:
    void ready(const QString &key);
    void failed(const QString &key, const plantain::Error &error);

private:
    struct Job;
    struct Wanted;
    using Made = Result<QImage>;

    static QString cacheKey(const QString &key, ThumbnailSize size);
    void enqueue(const ThumbnailRequest &request);
    void startNext();
    void finished(QFutureWatcher<Made> *watcher);
    bool isRunning(const ThumbnailRequest &request) const;
    bool isWanted(const ThumbnailRequest &request) const;
    void forgetView(const QObject *view);
    void planAnew();

    QString m_folder;
    DecodePool &m_pool;
    QCache<QString, QPixmap> m_memory; ///< cost in bytes
    std::vector<Wanted> m_wanted;
    std::vector<ThumbnailRequest> m_waiting;
    std::vector<Job> m_running;
    QHash<QString, Error> m_errors;
};

} // namespace plantain
