#pragma once

#include "incomingfile.h"
#include "libraryfolder.h"

namespace plantain {

class FilePool;

/// A picture on its way into images/. Bytes go to the file as they come and are hashed from there on the file pool, so
/// that the hash is of what the file holds and the caller's thread does not pay for it.
class PictureFile final : public IncomingFile
{
public:
    /// The first append tells what went wrong here.
    PictureFile(const LibraryFolder &folder, std::shared_ptr<FilePool> pool, const RunRecord &record, int index);
    ~PictureFile() override;

    std::optional<Error> append(QByteArrayView bytes) override;
    QString temporaryPath() const override;
    QFuture<Result<ImageRecord>> keep(const QString &extension) override;

private:
    class Content;

    std::shared_ptr<FilePool> m_pool;
    std::shared_ptr<Content> m_content; ///< shared with the pool
    std::optional<Error> m_error;
    QString m_stem;
    int m_index = 0;
};

} // namespace plantain
