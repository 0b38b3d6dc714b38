#pragma once

#include "keycheck.h"
#include "uploadstore.h"

namespace plantain {

/// Uploads as fal's JavaScript client makes them, and the files themselves (fal-protocol.md 7.1). Called from the
/// connections' threads.
class StorageApi final
{
public:
    StorageApi(const KeyCheck &keys, FileStore &files);

    /// /storage/...; `path` without that first segment.
    ServerReply storage(const ServerRequest &request, const QList<QByteArray> &path);
    /// GET /files/b/<token>/<name>: to anyone who has the address.
    ServerReply file(const ServerRequest &request) const;

private:
    ServerReply initiate(const ServerRequest &request, bool inParts);
    ServerReply put(const ServerRequest &request, const QByteArray &token, std::optional<int> part);
    ServerReply complete(const ServerRequest &request, const QByteArray &token);

    const KeyCheck &m_keys;
    FileStore &m_files;
    UploadStore m_uploads;
};

} // namespace plantain
