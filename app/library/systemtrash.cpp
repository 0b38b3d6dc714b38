#include "systemtrash.h"

#include <QFile>

using namespace Qt::StringLiterals;

namespace plantain {

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
    if (!file.moveToTrash())
        return failure({ .kind = ErrorKind::Disk, .type = u"notrash"_s, .message = u"%1: %2"_s.arg(relative, file.errorString()) });
    return folder.sync(parent);
}

} // namespace plantain
