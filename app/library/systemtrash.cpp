#include "systemtrash.h"

#include <QDir>
#include <QFile>
#include <QStandardPaths>

using namespace Qt::StringLiterals;

namespace plantain {

namespace {

/// Where there is none in the home, and none on the file's own disk, Qt 6.4 takes the working folder for the trash.
bool homeHasTrash()
{
    const QString trash = QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation) + u"/Trash"_s;
    return QDir(trash).exists()
        || (QDir().mkpath(trash) && QFile::setPermissions(trash, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner));
}

} // namespace

Result<void> moveToSystemTrash(const LibraryFolder &folder, const QString &relative)
{
    const QString parent = folderPartOf(relative);
    if (const auto there = folder.open({}, LibraryFolder::Missing::Refuse); !there)
        return failure(there.error());
    if (!folder.exists(relative))
        return {};
    // Also refuses a way that leads through a symbolic link.
    if (const auto opened = folder.open(parent, LibraryFolder::Missing::Refuse); !opened)
        return failure(opened.error());
    QFile file(folder.pathOf(relative));
    if (!homeHasTrash())
        return failure({ .kind = ErrorKind::Disk, .type = u"notrash"_s, .message = relative });
    if (!file.moveToTrash())
        return failure({ .kind = ErrorKind::Disk, .type = u"notrash"_s, .message = u"%1: %2"_s.arg(relative, file.errorString()) });
    return folder.sync(parent);
}

} // namespace plantain
