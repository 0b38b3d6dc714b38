#pragma once

#include "filestore.h"

#include <QMap>

namespace plantain {

/// Uploads between initiation and their last byte (fal-protocol.md 7.1): the signed address is all the right one needs.
/// Thread-safe; finished files go to the FileStore.
class UploadStore final
{
public:
    explicit UploadStore(FileStore &files);

    struct Ticket
    {
        QByteArray uploadPath; ///< "/storage/uploads/<token>/<name>?sig=<...>", to PUT to
        QByteArray filePath; ///< "/files/b/<token>/<name>": where the file will be
    };
    Ticket begin(const QByteArray &fileName, bool inParts, std::optional<qint64> lifetimeSeconds = {});

    enum class Outcome { Stored, Unknown, BadSignature, BadPart, TooMany, DiskFull };
    /// A whole upload, or part `number` of one. `receive` fills the file at the path and says whether it came whole.
    Outcome put(const QByteArray &token, const QByteArray &signature, std::optional<int> part,
                const std::function<bool(const QString &path)> &receive, QByteArray &etag);
    struct Part
    {
        int number = 0;
        QByteArray etag;
    };
    Outcome complete(const QByteArray &token, const QByteArray &signature, const QList<Part> &parts);

private:
    struct StoredPart
    {
        QString path;
        QByteArray etag;
        qint64 bytes = 0;
    };
    struct Upload
    {
        QByteArray name, signature;
        std::optional<qint64> lifetime; ///< seconds, from when it is whole
        bool inParts = false;
        QMap<int, StoredPart> parts;
        bool finished = false;
    };
    std::optional<Outcome> refusal(const QByteArray &token, const QByteArray &signature) const;
    void adopt(const QByteArray &token, Upload &upload, const QString &path);
    void forgetOldest();
    void forgetParts(Upload &upload);

    FileStore &m_files;
    mutable std::mutex m_mutex;
    QHash<QByteArray, Upload> m_uploads;
    std::list<QByteArray> m_order;
    qint64 m_partBytes = 0; // of all parts that wait for their complete
};

} // namespace plantain
