#include "sidecars.h"
#include "diskerror.h"

#include <QDirIterator>
#include <QFile>

#include <algorithm>
#include <dirent.h>

using namespace Qt::StringLiterals;

namespace plantain {

namespace {

// With sync_mode a reply holds its pictures as text.
constexpr qint64 largestSidecar = 1024 * 1024 * 1024;
constexpr JsonLimits sidecarJson { .bytes = largestSidecar, .depth = 80 };

bool isDigits(QStringView text)
{
    return std::all_of(text.begin(), text.end(), [](QChar c) { return c >= u'0' && c <= u'9'; });
}

/// A folder and those below it in which names came or went since.
QStringList foldersBelow(const LibraryFolder &folder, const QString &top, const QDateTime &since)
{
    QStringList found;
    const qsizetype rootLength = folder.pathOf({}).size();
    const auto add = [&](const QFileInfo &info) {
        if (!since.isValid() || info.lastModified() >= since)
            found.append(info.filePath().mid(rootLength));
    };
    const QFileInfo topInfo(folder.pathOf(top));
    if (!topInfo.isDir() || topInfo.isSymLink())
        return {};
    add(topInfo);
    QDirIterator folders(folder.pathOf(top), QDir::Dirs | QDir::NoDotAndDotDot | QDir::NoSymLinks,
                         QDirIterator::Subdirectories);
    while (folders.hasNext()) {
        folders.next();
        add(folders.fileInfo());
    }
    return found;
}

/// By their names alone: a month may hold a hundred thousand, and a look at each would take its time.
QStringList namesIn(const LibraryFolder &folder, const QString &relative, const QString &suffix)
{
    QStringList names;
    auto descriptor = folder.open(relative, LibraryFolder::Missing::Refuse);
    if (!descriptor)
        return names;
    DIR *entries = ::fdopendir(::dup(descriptor->number()));
    if (!entries)
        return names;
    while (const dirent *entry = ::readdir(entries)) {
        const QString name = QFile::decodeName(entry->d_name);
        if (entry->d_type != DT_DIR && entry->d_type != DT_LNK && name.endsWith(suffix))
            names.append(name);
    }
    ::closedir(entries);
    return names;
}

} // namespace

QString Sidecars::pathOf(const RunId &id)
{
    const QStringView text(id.text);
    const bool isDated = text.size() > 9 && text[8] == u'T' && isDigits(text.first(8));
    const QString folder = isDated ? u"runs/%1/%2"_s.arg(text.first(4), text.sliced(4, 2)) : u"runs/undated"_s;
    return folder + u'/' + id.text + u".json"_s;
}

Result<DurableFile> Sidecars::prepare(const RunRecord &record, qint64 revision) const
{
    Json json = toJson(record);
    json["revision"] = revision;
    auto file = DurableFile::create(m_folder, folderPartOf(pathOf(record.id)), record.id.text);
    if (!file)
        return file;
    if (const auto written = file->write(toPrettyBytes(json) + '\n'); !written)
        return failure(written.error());
    if (const auto synced = file->sync(); !synced)
        return failure(synced.error());
    return file;
}

QSet<RunId> Sidecars::publish(std::vector<DurableFile> prepared) const
{
    QHash<QString, QSet<RunId>> renamed;
    QSet<RunId> failed;
    for (DurableFile &file : prepared) {
        const RunId id { DurableFile::tagOfTemporary(namePartOf(file.temporaryPath())).value_or(QString()) };
        if (const auto replaced = file.replace(id.text + u".json"_s, DurableFile::FolderSync::Later); !replaced) {
            qWarning("A sidecar was not renamed: %s", qPrintable(replaced.error().message));
            file.abandon();
            failed.insert(id);
        } else {
            renamed[file.relativeFolder()].insert(id);
        }
    }
    for (auto folder = renamed.constBegin(); folder != renamed.constEnd(); ++folder) {
        if (!m_folder.sync(folder.key()))
            failed.unite(folder.value());
    }
    return failed;
}

Result<void> Sidecars::write(const RunRecord &record, qint64 revision) const
{
    auto file = prepare(record, revision);
    if (!file)
        return failure(file.error());
    return file->replace(record.id.text + u".json"_s);
}

Result<StoredRun> Sidecars::read(const QString &relative) const
{
    const auto bytes = m_folder.read(relative, largestSidecar);
    if (!bytes)
        return failure(bytes.error());
    const auto json = parseJson(*bytes, sidecarJson);
    if (!json)
        return failure(json.error());
    auto record = runRecordFromJson(*json);
    if (!record)
        return failure(record.error());
    if (pathOf(record->id) != relative)
        return failure({ .kind = ErrorKind::Disk, .type = u"io"_s, .message = u"its name is not that of its run"_s });
    return StoredRun { *std::move(record), integerAt(*json, "revision").value_or(0) };
}

std::vector<std::pair<QString, RunId>> Sidecars::list(const QDateTime &since) const
{
    std::vector<std::pair<QString, RunId>> found;
    for (const QString &folder : foldersBelow(m_folder, u"runs"_s, since)) {
        for (const QString &name : namesIn(m_folder, folder, u".json"_s))
            found.emplace_back(folder + u'/' + name, RunId { name.chopped(5) });
    }
    std::sort(found.begin(), found.end(), [](const auto &one, const auto &other) { return one.first < other.first; });
    return found;
}

std::vector<RunId> removeLeftovers(const LibraryFolder &folder, const QDateTime &since)
{
    std::vector<RunId> runs;
    for (const QString &top : { u""_s, u"images"_s, u"references"_s, u"runs"_s }) {
        for (const QString &below : top.isEmpty() ? QStringList { top } : foldersBelow(folder, top, since)) {
            for (const QString &name : namesIn(folder, below, u".part"_s)) {
                const auto tag = DurableFile::tagOfTemporary(name);
                if (!tag)
                    continue;
                if (!folder.remove(below.isEmpty() ? name : below + u'/' + name))
                    qWarning("A leftover file could not be removed: %s", qPrintable(name));
                if (top == u"runs"_s)
                    runs.push_back({ *tag });
            }
        }
    }
    return runs;
}

} // namespace plantain
