#pragma once

#include "filedescriptor.h"
#include "libraryfolder.h"

#include <QByteArrayView>

namespace plantain {

/// A file on its way into the library: the one place of the program that writes files there. Written to a temporary
/// name in its own folder (mode 0600, never through a symbolic link), synced, renamed, the folder synced. QSaveFile
/// would not do: it calls a failed sync a success and never syncs the folder (reliability.md A14).
/// Dropping it removes the temporary. Errors are of kind Disk. Usable from any one thread at a time.
class DurableFile
{
public:
    /// `tag` is put into the temporary name.
    static Result<DurableFile> create(const LibraryFolder &folder, const QString &relativeFolder, const QString &tag = {});
    DurableFile(DurableFile &&other) noexcept;
    DurableFile &operator=(DurableFile &&) = delete;
    ~DurableFile();

    Result<void> write(QByteArrayView bytes);
    /// After a failed sync nothing is known of the content: drop it and write again under a new name.
    Result<void> sync();

    /// Syncs and renames to `name`. "exists" when the name is taken; the file may then be kept under another one.
    Result<void> keepAs(const QString &name);
    /// Whether the file of that name beside this one has the same bytes. False when it cannot be read.
    bool holdsTheSameAs(const QString &name) const;
    /// What stands there already is kept in place of this one, which goes; syncs the folder.
    Result<void> keepOther() const { return m_folder.sync(m_relativeFolder); }
    /// Syncs and renames over an older version. `Later`: the caller syncs the folder (LibraryFolder::sync).
    enum class FolderSync { Now, Later };
    Result<void> replace(const QString &name, FolderSync folderSync = FolderSync::Now);

    /// Lets the temporary stand when this is dropped, as a mark for the next start; see LibraryFolder::noteLeftover.
    void abandon();

    QString temporaryPath() const;
    const QString &relativeFolder() const { return m_relativeFolder; }
    int descriptor() const { return m_file.number(); }
    qint64 size() const { return m_size; }

    /// Temporary names: ".plantain-<tag>-<16 hex digits>.part". The tag, when it is one.
    static std::optional<QString> tagOfTemporary(const QString &name);

private:
    DurableFile(const LibraryFolder &folder, const QString &relativeFolder);
    QString relativeOf(const QString &name) const;

    LibraryFolder m_folder;
    QString m_relativeFolder;
    QByteArray m_temporary; ///< empty once renamed
    FileDescriptor m_directory, m_file;
    qint64 m_size = 0;
    bool m_synced = false;
};

/// Writes a whole file over its own older version.
Result<void> replaceFile(const LibraryFolder &folder, const QString &relative, const QByteArray &bytes);

} // namespace plantain
