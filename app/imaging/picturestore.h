#pragma once

#include "decodepool.h"
#include "picturelevels.h"

#include <QHash>
#include <QObject>

#include <memory>
#include <vector>

template <class T>
class QFutureWatcher;

namespace plantain {

using SharedPicture = std::shared_ptr<const PictureLevels>;

struct PictureRequest
{
    QString key; ///< SHA-256 of the file, or anything else that stands for its content
    QString path;
    bool ahead = false; ///< not shown yet: decoded when nothing that is shown waits

    bool operator==(const PictureRequest &) const = default;
};

/// Whole pictures for looking at: decoded in the pool, kept up to a number of bytes, shared by all views. What is wanted
/// no more stops being decoded. Lives on the GUI thread, which it never holds up.
class PictureStore final : public QObject
{
    Q_OBJECT
public:
    /// `pool` outlives the store. `memoryBytes` is exceeded only by what is shown at this moment.
    explicit PictureStore(DecodePool &pool, qint64 memoryBytes = 384 * 1024 * 1024, QObject *parent = nullptr);
    ~PictureStore() override;

    SharedPicture picture(const QString &key); ///< null when it is not there (yet)

    /// What a view shows, and then what it may show next, in place of what it wanted before. A view that is destroyed
    /// wants nothing.
    void want(const QObject *view, const std::vector<PictureRequest> &requests);

    /// Why there is none, once that is known. Tried again after forget().
    const Error *errorOf(const QString &key) const;
    void forget(const QString &key);

    qint64 bytes() const; ///< kept now
    int pending() const { return int(m_waiting.size() + m_running.size()); }

Q_SIGNALS:
    void ready(const QString &key);
    void failed(const QString &key, const plantain::Error &error);

private:
    using Loaded = Result<SharedPicture>;
    struct Kept
    {
        QString key;
        SharedPicture picture;
    };
    struct Wanted
    {
        const QObject *view = nullptr;
        std::vector<PictureRequest> requests;
    };
    struct Job
    {
        PictureRequest request;
        QFutureWatcher<Loaded> *watcher = nullptr; ///< a child of the store
    };

    void planAnew();
    void startNext();
    void finished(QFutureWatcher<Loaded> *watcher);
    void keep(const QString &key, SharedPicture picture);
    bool isRunning(const QString &key) const;
    bool isShown(const QString &key) const;

    DecodePool &m_pool;
    const qint64 m_limit;
    std::vector<Kept> m_kept; ///< the one used last comes first; a handful
    std::vector<Wanted> m_wanted; ///< who asked last comes first
    std::vector<PictureRequest> m_waiting; ///< what is shown before what is ahead
    std::vector<Job> m_running;
    QHash<QString, Error> m_errors;
};

} // namespace plantain
