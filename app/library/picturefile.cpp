#include "picturefile.h"
#include "diskerror.h"
#include "durablefile.h"
#include "filepool.h"
#include "picturename.h"
#include "sha256.h"

#include <cerrno>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace plantain {

namespace {

constexpr qint64 hashedAtOnce = 256 * 1024;
constexpr int namesTried = 1000;

} // namespace

class PictureFile::Content
{
public:
    explicit Content(DurableFile file)
        : m_file(std::move(file))
        , m_path(m_file.temporaryPath())
    {
    }

    DurableFile &file() { return m_file; } ///< the writer's
    const QString &path() const { return m_path; }

    /// After a write. True when enough has come that it is time to hash, and nobody is asked to yet.
    bool written(qint64 size)
    {
        m_written = size;
        return size - m_hashed >= hashedAtOnce && !m_asked.exchange(true);
    }

    /// Hashes what is written so far; the pool.
    Result<void> hash()
    {
        const std::lock_guard guard(m_hashing);
        m_asked = false;
        QByteArray bytes(hashedAtOnce, Qt::Uninitialized);
        while (m_hashed < m_written) {
            const ssize_t got = ::pread(m_file.descriptor(), bytes.data(), size_t(qMin(hashedAtOnce, m_written - m_hashed)),
                                        off_t(m_hashed));
            if (got < 0 && errno == EINTR)
                continue;
            if (got <= 0)
                return failure(diskError(got < 0 ? errno : EIO, namePartOf(m_path)));
            m_hash.add(QByteArrayView(bytes.constData(), got));
            m_hashed += got;
        }
        return {};
    }

    Result<ImageRecord> keep(const QString &stem, const QString &extension, int index)
    {
        if (const auto hashed = hash(); !hashed)
            return failure(hashed.error());
        // The name is this run's own. What stands there already was kept by a process that ended before it could say so:
        // the same picture is taken as it is, never a second time under another name.
        for (int i = 1; i <= namesTried; ++i) {
            const QString name = i == 1 ? u"%1.%2"_s.arg(stem, extension) : u"%1-%2.%3"_s.arg(stem).arg(i).arg(extension);
            auto kept = m_file.keepAs(name);
            if (!kept && kept.error().type == u"exists"_s && m_file.holdsTheSameAs(name))
                kept = m_file.keepOther();
            if (kept) {
                return ImageRecord { .index = index,
                                     .file = m_file.relativeFolder() + u'/' + name,
                                     .sha256 = m_hash.hex(),
                                     .bytes = m_hashed };
            }
            if (kept.error().type != u"exists"_s)
                return failure(kept.error());
        }
        return failure(diskError(EEXIST, m_file.relativeFolder() + u'/' + stem));
    }

private:
    DurableFile m_file;
    const QString m_path;
    std::atomic<qint64> m_written = 0, m_hashed = 0;
    std::atomic<bool> m_asked = false;
    std::mutex m_hashing;
    Sha256 m_hash;
};

PictureFile::PictureFile(const LibraryFolder &folder, std::shared_ptr<FilePool> pool, const RunRecord &record, int index)
    : m_pool(std::move(pool))
    , m_stem(pictureStemOf(record, index))
    , m_index(index)
{
    auto file = DurableFile::create(folder, pictureFolderOf(record), record.id.text);
    if (file)
        m_content = std::make_shared<Content>(*std::move(file));
    else
        m_error = file.error();
}

PictureFile::~PictureFile() = default;

std::optional<Error> PictureFile::append(QByteArrayView bytes)
{
    if (m_error || !m_content)
        return m_error ? m_error : FilePool::stopped();
    DurableFile &file = m_content->file();
    if (const auto written = file.write(bytes); !written) {
        m_error = written.error();
        return m_error;
    }
    if (m_content->written(file.size()))
        m_pool->runDetached([content = m_content] { (void)content->hash(); }); // keep() meets the same error
    return std::nullopt;
}

QString PictureFile::temporaryPath() const
{
    return m_content ? m_content->path() : QString();
}

QFuture<Result<ImageRecord>> PictureFile::keep(const QString &extension)
{
    const std::optional<Error> error = m_error;
    return m_pool->run<ImageRecord>(
        [error, content = std::exchange(m_content, nullptr), stem = m_stem, extension = safeExtension(extension),
         index = m_index]() -> Result<ImageRecord> {
            if (error || !content)
                return failure(error.value_or(FilePool::stopped()));
            return content->keep(stem, extension, index);
        });
}

} // namespace plantain
