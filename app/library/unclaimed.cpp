#include "unclaimed.h"
#include "diskerror.h"
#include "systemtrash.h"

#include <QDateTime>
#include <QDir>
#include <QDirIterator>
#include <QFileInfo>

#include <cerrno>
#include <fcntl.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace plantain {

namespace {

constexpr auto referencesFolder = "references"_L1;
constexpr auto markPrefix = ".unclaimed-"_L1;
constexpr qint64 slackSeconds = 60; ///< file times are coarse
constexpr qint64 mostSidecarBytes = 256LL * 1024 * 1024;

QByteArray markOf(const QString &name)
{
    return QFile::encodeName(markPrefix + name);
}

/// Wherever in a record it stands.
Result<bool> isInDatabase(Database &database, const QString &hash)
{
    return database.value(u"SELECT 1 FROM bodies WHERE instr(record, ?) > 0 LIMIT 1"_s, { hash })
        .map([](const QVariant &found) { return found.isValid() && !found.isNull(); });
}

/// Whether a file below runs/ that was written since then holds the text. What cannot be read may.
bool isInSidecars(const LibraryFolder &folder, const QByteArray &text, const QDateTime &since)
{
    QDirIterator files(folder.pathOf(u"runs"_s), QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        QFile file(files.next());
        if (files.fileInfo().lastModified() < since)
            continue;
        if (!file.open(QIODevice::ReadOnly) || file.size() > mostSidecarBytes || file.readAll().contains(text))
            return true;
    }
    return false;
}

} // namespace

void AdoptedHere::add(const QString &name)
{
    const std::lock_guard guard(m_mutex);
    m_names.insert(name);
}

void AdoptedHere::unless(const QString &name, const std::function<void()> &action)
{
    const std::lock_guard guard(m_mutex);
    if (!m_names.contains(name))
        action();
}

Result<void> markUnclaimed(const FileDescriptor &references, const QString &name)
{
    const FileDescriptor mark(::openat(references.number(), markOf(name).constData(),
                                       O_WRONLY | O_CREAT | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC, 0600));
    if (!mark.isOpen())
        return failure(diskError(errno, referencesFolder + u'/' + name));
    return {};
}

void claimReferences(const LibraryFolder &folder, const std::vector<ReferenceRecord> &references)
{
    const auto directory = folder.open(referencesFolder, LibraryFolder::Missing::Refuse);
    for (const ReferenceRecord &reference : references) {
        if (directory && !reference.file.isEmpty())
            ::unlinkat(directory->number(), markOf(namePartOf(reference.file)).constData(), 0);
    }
}

void sweepUnclaimed(const LibraryFolder &folder, Database &database, const SweepLimits &limits)
{
    const QDir references(folder.pathOf(referencesFolder));
    const QStringList marks
        = references.entryList({ markPrefix + u'*' }, QDir::Files | QDir::Hidden | QDir::NoSymLinks, QDir::NoSort);
    for (const QString &mark : marks) {
        const QString name = mark.mid(markPrefix.size());
        const QString file = referencesFolder + u'/' + name;
        const QString hash = name.section(u'.', 0, 0);
        const auto isKnown = isInDatabase(database, hash);
        if (!isKnown)
            return;
        const QDateTime since = QFileInfo(references.filePath(mark)).lastModified().addSecs(-slackSeconds);
        const bool isMentioned = *isKnown || isInSidecars(folder, hash.toUtf8(), since);
        if (!isMentioned && limits.inUse.contains(folder.pathOf(file)))
            continue; // belongs to nobody yet, and is asked about again
        limits.adopted->unless(name, [&] {
            if (isMentioned || moveToSystemTrash(folder, file))
                (void)folder.remove(referencesFolder + u'/' + mark);
        });
    }
}

} // namespace plantain
