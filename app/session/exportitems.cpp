#include "exportitems.h"

#include "exportfile.h"
#include "picturename.h"
#include "safename.h"

#include <QFileInfo>
#include <QHash>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace plantain {

namespace {

/// What a person may hand on with the picture: no note, no addresses of the server.
QByteArray sidecarOf(const RunRecord &record, const ImageRecord &image)
{
    Json references = Json::array();
    for (const ReferenceRecord &reference : record.references) {
        references.push_back({ { "field", toJson(reference.field) },
                               { "name", toJson(reference.originalName) },
                               { "sha256", toJson(reference.sha256) } });
    }
    const Json json { { "run", toJson(record.id.text) },
                      { "endpoint", toJson(record.endpoint.text) },
                      { "request_id", toJson(record.requestId) },
                      { "created", toJson(record.createdAt.toUTC().toString(Qt::ISODateWithMs)) },
                      { "input", record.inputAsSent() },
                      { "references", references },
                      { "description", toJson(record.description) },
                      { "image",
                        { { "index", image.index },
                          { "sha256", toJson(image.sha256) },
                          { "content_type", toJson(image.contentType) },
                          { "width", image.size.width() },
                          { "height", image.size.height() } } } };
    return toPrettyBytes(json) + '\n';
}

/// Why a folder that is there, or the nearest one above it that is, takes nothing.
std::optional<Error> folderErrorOf(const QString &folder)
{
    QFileInfo info(folder);
    while (!info.exists() && !info.isRoot() && info.absolutePath() != info.absoluteFilePath())
        info = QFileInfo(info.absolutePath());
    if (info.isDir() && info.isWritable())
        return std::nullopt;
    return Error { .kind = ErrorKind::Disk, .type = info.isDir() ? u"readonly"_s : u"io"_s, .message = info.filePath() };
}

} // namespace

std::optional<ExportItem> exportItemOf(const RunRecord &record, int index, const QString &file)
{
    const auto image = std::find_if(record.images.begin(), record.images.end(),
                                    [index](const ImageRecord &each) { return each.index == index; });
    if (image == record.images.end() || image->file.isEmpty() || file.isEmpty())
        return std::nullopt;
    QString extension = extensionOf(image->contentType);
    if (extension == "bin"_L1)
        extension = safeExtension(QFileInfo(file).suffix());
    const Json input = record.inputAsSent();
    return ExportItem { .subject = { .run = record.id,
                                     .index = index,
                                     .endpoint = record.endpoint,
                                     .prompt = record.prompt(),
                                     .seed = integerAt(input, "seed"),
                                     .size = image->size,
                                     .time = record.createdAt,
                                     .extension = extension,
                                     .bytes = image->bytes },
                        .file = file,
                        .sidecar = sidecarOf(record, *image) };
}

std::vector<ExportName> exportNames(const std::vector<ExportItem> &items, int total, const ExportOptions &options,
                                    const std::function<qint64(const QString &name)> &lengthOf)
{
    std::vector<ExportName> names;
    QSet<QString> given;
    QHash<QString, int> nextNumbers; // so that a thousand of one name are not counted anew each time
    for (const ExportItem &item : items) {
        const QString stem = exportStem(options.names, item.subject, int(names.size()) + 1, total);
        int &number = nextNumbers[stem + u'.' + item.subject.extension];
        while (true) {
            const QString name = numberedName(stem, item.subject.extension, ++number);
            const qint64 length = lengthOf(name);
            const bool isThere = length >= 0 && length == item.subject.bytes;
            const bool sidecarInTheWay = options.sidecars && lengthOf(numberedName(stem, u"json"_s, number)) >= 0;
            if (given.contains(name) || (!isThere && (length >= 0 || sidecarInTheWay)))
                continue;
            given.insert(name);
            names.push_back({ name, isThere });
            break;
        }
    }
    return names;
}

ExportPreview previewExport(const std::vector<ExportItem> &items, int total, const ExportOptions &options)
{
    ExportPreview preview { .total = total };
    preview.folderError = folderErrorOf(options.folder);
    preview.names = exportNames(items, total, options, [&options](const QString &name) {
        const QFileInfo file(options.folder + u'/' + name);
        return file.exists() || file.isSymLink() ? file.size() : -1;
    });
    return preview;
}

ExportOutcome copyOut(const std::vector<ExportItem> &items, const ExportOptions &options,
                      const std::function<bool(int done)> &goesOn)
{
    ExportOutcome outcome { .folder = options.folder, .total = int(items.size()) };
    int done = 0;
    for (const ExportItem &item : items) {
        const auto exported
            = exportFile(item.file, options.folder, exportStem(options.names, item.subject, done + 1, outcome.total),
                         item.subject.extension, options.sidecars ? item.sidecar : QByteArray(),
                         [&goesOn, done] { return !goesOn(done); });
        if (!exported && exported.error().kind == ErrorKind::Cancelled) {
            outcome.cancelled = true;
            return outcome;
        }
        if (exported) {
            ++(exported->wasThere ? outcome.there : outcome.exported);
        } else {
            outcome.failed.append(item.file);
            if (!outcome.error)
                outcome.error = exported.error();
            if (exported.error().type == "full"_L1 || exported.error().type == "readonly"_L1)
                return outcome; // the others would fare no better
        }
        (void)goesOn(++done);
    }
    return outcome;
}

} // namespace plantain
