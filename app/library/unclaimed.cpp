#include "unclaimed.h"
#include "diskerror.h"
#include "systemtrash.h"

#include <QDateTime>
#include <QDir>
#include <QDirIterator>
#include <QFileInfo>
#include <QRegularExpression>

#include <algorithm>
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

Result<bool> isGivenToARun(Database &database, const QString &hash)
{
    return database.value(u"SELECT 1 FROM given WHERE sha256 = ? LIMIT 1"_s, { hash })
        .map([](const QVariant &found) { return found.isValid() && !found.isNull(); });
}

/// A mark whose copy no run in the database has.
struct Open
{
    QString mark, file, hash;
    bool isMentioned = false;
};

/// Which of them a file below runs/ that was written since then mentions, in one pass. What cannot be read may mention all.
void lookInSidecars(const LibraryFolder &folder, std::vector<Open> &open, const QDateTime &since)
{
    QDirIterator files(folder.pathOf(u"runs"_s), QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        QFile file(files.next());
        if (files.fileInfo().lastModified() < since)
            continue;
        const bool isRead = file.open(QIODevice::ReadOnly) && file.size() <= mostSidecarBytes;
        const QByteArray text = isRead ? file.readAll() : QByteArray();
        for (Open &each : open)
            each.isMentioned = each.isMentioned || !isRead || text.contains(each.hash.toUtf8());
    }
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
    std::vector<Open> open;
    QDateTime since = QDateTime::currentDateTimeUtc();
    static const QRegularExpression nameOfACopy(u"\\A([0-9a-f]{64})\\.[a-z0-9]+\\z"_s);
    for (const QString &mark : marks) {
        const QString name = mark.mid(markPrefix.size());
        const QString file = referencesFolder + u'/' + name;
        const QRegularExpressionMatch match = nameOfACopy.match(name);
        if (!match.hasMatch())
            continue; // none of ours
        const auto isKnown = isGivenToARun(database, match.captured(1));
        if (!isKnown)
            return;
        if (*isKnown)
            limits.adopted->unless(name, [&] { (void)folder.remove(referencesFolder + u'/' + mark); });
        else if (!limits.inUse.contains(folder.pathOf(file))) { // else it belongs to nobody yet, and is asked about again
            open.push_back({ mark, file, match.captured(1) });
            since = std::min(since, QFileInfo(references.filePath(mark)).lastModified().addSecs(-slackSeconds));
        }
    }
    if (!open.empty())
        lookInSidecars(folder, open, since);
    for (const Open &each : open) {
        limits.adopted->unless(each.mark.mid(markPrefix.size()), [&] {
            if (each.isMentioned || moveToSystemTrash(folder, each.file))
                (void)folder.remove(referencesFolder + u'/' + each.mark);
        });
    }
}

} // namespace plantain
