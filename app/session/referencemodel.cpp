#include "referencemodel.h"

#include "decodepool.h"
#include "parametertext.h"
#include "runcontroller.h"
#include "whenfinished.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QLocale>
#include <QUrl>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace plantain {

namespace {

Error invalid(const QString &type, const QString &message)
{
    return { .kind = ErrorKind::InvalidInput, .type = type, .message = message };
}

QString withSource(const QString &sentence, const QString &source)
{
    return source.isEmpty() ? sentence : sentence + u" ("_s + source + u')';
}

QString largerThan(const QString &name, const FileLimit &limit)
{
    return withSource(QCoreApplication::translate("ReferenceModel", "%1 is larger than %2.")
                          .arg(name, QLocale().formattedDataSize(limit.bytes, 0, QLocale::DataSizeTraditionalFormat)),
                      limit.source);
}

bool isSamePicture(const Reference &one, const Reference &other)
{
    return one.file == other.file && one.url == other.url;
}

} // namespace

ReferenceModel::ReferenceModel(QObject *parent)
    : QAbstractListModel(parent)
    , m_pool(std::make_unique<DecodePool>(1))
{
}

ReferenceModel::~ReferenceModel() = default;

void ReferenceModel::setEndpoint(const Endpoint *endpoint)
{
    const bool takesSome = endpoint && endpoint->maxReferences > 0;
    m_field = takesSome ? endpoint->referencesField : QString();
    const Parameter *parameter = takesSome ? endpoint->schema.find(m_field) : nullptr;
    m_isRequired = parameter && parameter->required;
    m_limit = takesSome ? endpoint->maxReferences : 0;
    m_limitSource = takesSome ? endpoint->maxReferencesSource : QString();
    m_maxBytes.reset();
    m_advisedBytes.reset();
    if (takesSome) {
        for (const FileLimit &limit : endpoint->fileLimits) {
            std::optional<FileLimit> &tightest = limit.advisory ? m_advisedBytes : m_maxBytes;
            if (limit.field == m_field && (!tightest || limit.bytes < tightest->bytes))
                tightest = limit;
        }
    }
    setListError({});
    for (Reference &reference : m_references)
        reference.said.reset();
    changed();
}

int ReferenceModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_references.size());
}

QString ReferenceModel::detailOf(const Reference &reference) const
{
    QStringList parts;
    if (!reference.size.isEmpty())
        parts.append(tr("%1 × %2").arg(reference.size.width()).arg(reference.size.height()));
    if (reference.bytes > 0)
        parts.append(QLocale().formattedDataSize(reference.bytes, 1, QLocale::DataSizeTraditionalFormat));
    if (!reference.url.isEmpty())
        parts.append(reference.url.host());
    return parts.join(u", "_s);
}

std::optional<Error> ReferenceModel::errorOf(int row) const
{
    const auto &said = m_references[static_cast<std::size_t>(row)].said;
    return said ? said : ownErrorOf(row);
}

std::optional<Error> ReferenceModel::ownErrorOf(int row) const
{
    const Reference &reference = m_references[static_cast<std::size_t>(row)];
    if (reference.error)
        return reference.error;
    if (takesReferences() && row >= m_limit)
        return invalid(u"too_many"_s,
                       withSource(tr("The endpoint takes at most %n picture(s).", nullptr, m_limit), m_limitSource));
    if (m_maxBytes && reference.bytes > m_maxBytes->bytes)
        return invalid(u"file_too_large"_s, largerThan(reference.name, *m_maxBytes));
    return std::nullopt;
}

QVariant ReferenceModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const int row = index.row();
    const Reference &reference = m_references[static_cast<std::size_t>(row)];
    switch (role) {
    case Qt::DisplayRole:
    case NameRole:
        return reference.name;
    case Qt::AccessibleTextRole: {
        QStringList parts { tr("%1: %2").arg(row + 1).arg(reference.name), detailOf(reference) };
        if (const auto error = errorOf(row))
            parts.append(sentenceAtField(*error));
        parts.removeAll(QString());
        return parts.join(u", "_s);
    }
    case FileRole:
        return reference.file;
    case UrlRole:
        return reference.url;
    case NumberRole:
        return row + 1;
    case SizeRole:
        return reference.size.isEmpty() ? QVariant() : QVariant(reference.size);
    case BytesRole:
        return reference.bytes > 0 ? QVariant(static_cast<qlonglong>(reference.bytes)) : QVariant();
    case ErrorRole: {
        const auto error = errorOf(row);
        return error ? QVariant::fromValue(*error) : QVariant();
    }
    case ErrorTextRole: {
        const auto error = errorOf(row);
        return error ? sentenceAtField(*error) : QString();
    }
    case AdviceTextRole:
        if (m_advisedBytes && reference.bytes > m_advisedBytes->bytes)
            return largerThan(reference.name, *m_advisedBytes);
        return QString();
    case IsDuplicateRole:
        return std::any_of(m_references.begin(), m_references.begin() + row,
                           [&reference](const Reference &earlier) { return isSamePicture(earlier, reference); });
    case DetailRole:
        return detailOf(reference);
    case UploadShareRole: {
        const auto upload = uploadOf(reference);
        return upload ? QVariant(upload->share()) : QVariant();
    }
    case UploadTextRole: {
        const auto upload = uploadOf(reference);
        return upload ? textOf(*upload) : QString();
    }
    default:
        return {};
    }
}

QHash<int, QByteArray> ReferenceModel::roleNames() const
{
    auto names = QAbstractListModel::roleNames();
    names.insert({ { FileRole, "file" },
                   { UrlRole, "url" },
                   { NameRole, "name" },
                   { NumberRole, "number" },
                   { SizeRole, "size" },
                   { BytesRole, "bytes" },
                   { ErrorRole, "error" },
                   { ErrorTextRole, "errorText" },
                   { AdviceTextRole, "adviceText" },
                   { IsDuplicateRole, "isDuplicate" },
                   { DetailRole, "detail" },
                   { UploadShareRole, "uploadShare" },
                   { UploadTextRole, "uploadText" } });
    return names;
}

Qt::ItemFlags ReferenceModel::flags(const QModelIndex &index) const
{
    // Between rows only: a row itself takes no drop.
    return index.isValid() ? QAbstractListModel::flags(index) | Qt::ItemIsDragEnabled : Qt::ItemIsDropEnabled;
}

bool ReferenceModel::removeRows(int row, int count, const QModelIndex &parent)
{
    if (parent.isValid() || row < 0 || count <= 0 || row + count > rowCount())
        return false;
    beginRemoveRows({}, row, row + count - 1);
    m_references.erase(m_references.begin() + row, m_references.begin() + row + count);
    endRemoveRows();
    changed();
    return true;
}

bool ReferenceModel::moveRows(const QModelIndex &sourceParent, int sourceRow, int count,
                              const QModelIndex &destinationParent, int destinationChild)
{
    if (sourceParent.isValid() || destinationParent.isValid() || sourceRow < 0 || count <= 0
        || sourceRow + count > rowCount() || destinationChild < 0 || destinationChild > rowCount())
        return false;
    if (!beginMoveRows({}, sourceRow, sourceRow + count - 1, {}, destinationChild))
        return false;
    const auto first = m_references.begin();
    if (destinationChild < sourceRow)
        std::rotate(first + destinationChild, first + sourceRow, first + sourceRow + count);
    else
        std::rotate(first + sourceRow, first + sourceRow + count, first + destinationChild);
    endMoveRows();
    changed();
    return true;
}

Result<Reference> ReferenceModel::fromFile(const QString &file) const
{
    const QFileInfo info(file);
    const QString name = info.fileName().isEmpty() ? file : info.fileName();
    const auto refused = [&name](const QString &type, const QString &why) { return failure(invalid(type, why.arg(name))); };
    if (info.isDir())
        return refused(u"folder"_s, tr("%1 is a folder; add the pictures in it."));
    if (!info.exists())
        return refused(u"missing"_s, tr("%1 is not there."));
    // Pipes and devices are never opened: reading one may never end.
    if (!info.isFile())
        return refused(u"not_a_file"_s, tr("%1 is not an ordinary file."));
    if (!info.isReadable())
        return refused(u"unreadable"_s, tr("%1 may not be read; check its permissions."));
    if (info.size() == 0)
        return refused(u"empty"_s, tr("%1 is empty."));
    if (m_maxBytes && info.size() > m_maxBytes->bytes)
        return failure(invalid(u"file_too_large"_s, largerThan(name, *m_maxBytes)));
    return Reference { .file = info.absoluteFilePath(), .url = {}, .name = name, .size = {}, .bytes = info.size(),
                       .error = {}, .said = {} };
}

Result<Reference> ReferenceModel::fromUrl(const QUrl &url) const
{
    if (url.isLocalFile())
        return fromFile(url.toLocalFile());
    const bool isWeb = url.scheme() == "http"_L1 || url.scheme() == "https"_L1;
    if (!url.isValid() || !isWeb || url.host().isEmpty())
        return failure(invalid(u"url"_s, tr("%1 is neither a file nor a web address.").arg(url.toDisplayString().left(80))));
    const QString name = url.fileName().isEmpty() ? url.host() : url.fileName();
    return Reference { .file = {}, .url = url, .name = name, .size = {}, .bytes = 0, .error = {}, .said = {} };
}

std::vector<Error> ReferenceModel::insert(std::vector<Reference> references, int at)
{
    std::vector<Error> refused;
    const std::size_t room
        = takesReferences() ? static_cast<std::size_t>(std::max(0, m_limit - rowCount())) : references.size();
    for (std::size_t i = room; i < references.size(); ++i) {
        refused.push_back(
            invalid(u"too_many"_s,
                    withSource(tr("%1 was not added: %2 is the limit.").arg(references[i].name).arg(m_limit), m_limitSource)));
    }
    references.resize(std::min(room, references.size()));
    if (references.empty())
        return refused;
    const int row = at < 0 || at > rowCount() ? rowCount() : at;
    beginInsertRows({}, row, row + static_cast<int>(references.size()) - 1);
    m_references.insert(m_references.begin() + row, references.begin(), references.end());
    endInsertRows();
    for (const Reference &reference : references)
        inspect(reference.file);
    changed();
    return refused;
}

std::vector<Error> ReferenceModel::add(const QList<QUrl> &urls, int at)
{
    std::vector<Reference> references;
    std::vector<Error> refused;
    for (const QUrl &url : urls) {
        if (auto reference = fromUrl(url))
            references.push_back(std::move(*reference));
        else
            refused.push_back(reference.error());
    }
    const auto over = insert(std::move(references), at);
    refused.insert(refused.end(), over.begin(), over.end());
    return refused;
}

std::vector<Error> ReferenceModel::addFiles(const QStringList &files, int at)
{
    QList<QUrl> urls;
    for (const QString &file : files)
        urls.append(QUrl::fromLocalFile(QFileInfo(file).absoluteFilePath()));
    return add(urls, at);
}

void ReferenceModel::clear()
{
    removeRows(0, rowCount());
}

void ReferenceModel::inspect(const QString &file)
{
    if (file.isEmpty())
        return;
    const auto inspected = m_pool->run<Result<PictureInfo>>(
        [file](QPromise<Result<PictureInfo>> &promise) { promise.addResult(inspectPictureFile(file)); });
    whenFinished(inspected, this, [this, file](const Result<PictureInfo> &found) { takeInspected(file, found); });
}

void ReferenceModel::takeInspected(const QString &file, const Result<PictureInfo> &found)
{
    bool isAnyWrong = false;
    for (int row = 0; row < rowCount(); ++row) {
        Reference &reference = m_references[static_cast<std::size_t>(row)];
        if (reference.file != file)
            continue;
        reference.error.reset();
        if (found) {
            reference.size = found->displaySize();
            reference.bytes = found->bytes;
        } else {
            reference.error = found.error();
            isAnyWrong = true;
        }
        Q_EMIT dataChanged(index(row), index(row));
    }
    if (isAnyWrong)
        Q_EMIT referencesChanged();
}

std::vector<ReferenceSource> ReferenceModel::sources() const
{
    std::vector<ReferenceSource> sources;
    if (!takesReferences())
        return sources;
    for (const Reference &reference : m_references)
        sources.push_back({ .field = m_field, .file = reference.file, .url = reference.url });
    return sources;
}

std::vector<Error> ReferenceModel::problems() const
{
    std::vector<Error> problems;
    for (int row = 0; takesReferences() && row < rowCount(); ++row) {
        if (auto error = ownErrorOf(row)) {
            error->field = m_field + u'/' + QString::number(row);
            problems.push_back(*error);
        }
    }
    return problems;
}

std::vector<Error> ReferenceModel::setErrors(const std::vector<Error> &errors)
{
    std::vector<std::optional<Error>> said(m_references.size());
    std::optional<Error> list;
    std::vector<Error> others;
    for (const Error &error : errors) {
        if (!takesReferences() || error.field.section(u'/', 0, 0) != m_field) {
            others.push_back(error);
            continue;
        }
        bool isRow = false;
        const int row = error.field.section(u'/', 1, 1).toInt(&isRow);
        if (isRow && row >= 0 && row < rowCount())
            said[static_cast<std::size_t>(row)] = error;
        else if (!list)
            list = error;
    }
    for (int row = 0; row < rowCount(); ++row) {
        Reference &reference = m_references[static_cast<std::size_t>(row)];
        if (reference.said == said[static_cast<std::size_t>(row)])
            continue;
        reference.said = said[static_cast<std::size_t>(row)];
        Q_EMIT dataChanged(index(row), index(row), { ErrorRole, ErrorTextRole, Qt::AccessibleTextRole });
    }
    setListError(list);
    return others;
}

void ReferenceModel::setListError(const std::optional<Error> &error)
{
    if (m_listError == error)
        return;
    m_listError = error;
    Q_EMIT listErrorChanged();
}

void ReferenceModel::changed()
{
    setListError({});
    // Numbers, duplicates and what is over the limit depend on the place.
    if (rowCount() > 0)
        Q_EMIT dataChanged(index(0), index(rowCount() - 1));
    Q_EMIT referencesChanged();
}

void ReferenceModel::noteHash(const QString &file, const QString &sha256)
{
    m_hashes.insert(file, sha256);
}

void ReferenceModel::setUploadState(const QString &sha256, const UploadState &state)
{
    m_uploads.insert(sha256, state);
    for (int row = 0; row < rowCount(); ++row) {
        const QString &file = m_references[static_cast<std::size_t>(row)].file;
        if (!file.isEmpty() && m_hashes.value(file) == sha256)
            Q_EMIT dataChanged(index(row), index(row), { UploadShareRole, UploadTextRole });
    }
}

void ReferenceModel::forgetUploads()
{
    m_uploads.clear();
    if (rowCount() > 0)
        Q_EMIT dataChanged(index(0), index(rowCount() - 1), { UploadShareRole, UploadTextRole });
}

std::optional<UploadState> ReferenceModel::uploadOf(const Reference &reference) const
{
    const auto found = m_uploads.constFind(m_hashes.value(reference.file));
    return reference.file.isEmpty() || found == m_uploads.cend() ? std::nullopt : std::optional(*found);
}

Json ReferenceModel::draft() const
{
    Json draft = Json::array();
    for (const Reference &reference : m_references) {
        if (reference.file.isEmpty())
            draft.push_back({ { "url", toJson(reference.url.toString(QUrl::FullyEncoded)) } });
        else
            draft.push_back({ { "file", toJson(reference.file) } });
    }
    return draft;
}

Result<Json> ReferenceModel::draftFrom(const Json &addresses) const
{
    if (!addresses.is_array())
        return failure(invalid(u"list_type"_s, tr("\"%1\" must be a list of addresses.").arg(m_field)));
    Json draft = Json::array();
    for (const Json &address : addresses) {
        const QUrl url = address.is_string() ? QUrl(toQString(address)) : QUrl();
        if (url.isLocalFile())
            draft.push_back({ { "file", toJson(url.toLocalFile()) } });
        else if (const auto reference = fromUrl(url))
            draft.push_back({ { "url", toJson(url.toString(QUrl::FullyEncoded)) } });
        else
            return failure(invalid(u"url"_s, tr("%1 is neither a file: nor a web address.").arg(toQString(address).left(80))));
    }
    return draft;
}

void ReferenceModel::setDraft(const Json &draft)
{
    std::vector<Reference> references;
    for (const Json &entry : draft.is_array() ? draft : Json::array()) {
        const QString file = stringAt(entry, "file");
        const QUrl url = file.isEmpty() ? QUrl(stringAt(entry, "url")) : QUrl::fromLocalFile(file);
        if (url.isEmpty() || (!url.isLocalFile() && !fromUrl(url)))
            continue;
        if (auto reference = fromUrl(url))
            references.push_back(std::move(*reference));
        else
            references.push_back({ .file = file, .url = {}, .name = QFileInfo(file).fileName(), .size = {}, .bytes = 0,
                                   .error = reference.error(), .said = {} });
    }
    beginResetModel();
    m_references = std::move(references);
    endResetModel();
    for (const Reference &reference : m_references) {
        if (!reference.error)
            inspect(reference.file);
    }
    changed();
}

} // namespace plantain
