#include "referencemodel.h"

#include "parametertext.h"
#include "referencelook.h"
#include "referencetext.h"
#include "runcontroller.h"

#include <QFileInfo>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace plantain {

ReferenceModel::ReferenceModel(QObject *parent)
    : QAbstractListModel(parent)
    , m_look(std::make_unique<ReferenceLook>())
{
    connect(m_look.get(), &ReferenceLook::lookedAt, this, &ReferenceModel::takeLookedAt);
    connect(m_look.get(), &ReferenceLook::scaled, this, &ReferenceModel::takeScaled);
}

ReferenceModel::~ReferenceModel() = default;

void ReferenceModel::setEndpoint(const Endpoint *endpoint, const Endpoint *sibling)
{
    const bool takesSome = endpoint && endpoint->maxReferences > 0;
    const Endpoint *limits = takesSome ? endpoint : sibling && sibling->maxReferences > 0 ? sibling : nullptr;
    m_endpoint = endpoint;
    m_sibling = sibling;
    m_field = takesSome ? endpoint->referencesField : QString();
    const Parameter *parameter = takesSome ? endpoint->schema.find(m_field) : nullptr;
    m_isRequired = parameter && parameter->required;
    m_limit = limits ? limits->maxReferences : 0;
    m_limitSource = limits ? limits->maxReferencesSource : QString();
    m_maxBytes.reset();
    m_advisedBytes.reset();
    if (limits) {
        for (const FileLimit &limit : limits->fileLimits) {
            std::optional<FileLimit> &tightest = limit.advisory ? m_advisedBytes : m_maxBytes;
            if (limit.field == limits->referencesField && (!tightest || limit.bytes < tightest->bytes))
                tightest = limit;
        }
    }
    setListError({});
    for (Reference &reference : m_references)
        reference.said.reset();
    changed();
    offerSmaller();
}

int ReferenceModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_references.size());
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
        return invalidReference(u"too_many"_s,
                       withSource(tr("The endpoint takes no more pictures than %1.").arg(m_limit), m_limitSource));
    if (m_maxBytes && reference.bytesSent() > m_maxBytes->bytes)
        return invalidReference(u"file_too_large"_s, tooLargeText(reference.name, *m_maxBytes));
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
    case Qt::AccessibleTextRole:
        return accessibleText(reference, row + 1, errorOf(row));
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
        if (m_advisedBytes && reference.bytesSent() > m_advisedBytes->bytes)
            return tooLargeText(reference.name, *m_advisedBytes);
        return QString();
    case IsDuplicateRole:
        return std::any_of(m_references.begin(), m_references.begin() + row,
                           [&reference](const Reference &earlier) { return isSamePicture(earlier, reference); });
    case DetailRole:
        return detailText(reference);
    case PictureRole:
        return reference.picture;
    case PartRole:
        return static_cast<int>(reference.part);
    case FateTextRole:
        return fateText(reference);
    case ScaleOfferTextRole:
        return scaleOfferText(reference);
    case IsScaledDownRole:
        return reference.isScaledDown();
    case MetadataOfferTextRole:
        return metadataOfferText(reference);
    case IsMetadataKeptRole:
        return reference.keepsMetadata;
    case UploadShareRole: {
        const auto upload = m_uploads.of(reference.file);
        return upload ? QVariant(upload->share()) : QVariant();
    }
    case UploadTextRole: {
        const auto upload = m_uploads.of(reference.file);
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
                   { PictureRole, "picture" },
                   { PartRole, "part" },
                   { FateTextRole, "fateText" },
                   { ScaleOfferTextRole, "scaleOfferText" },
                   { IsScaledDownRole, "isScaledDown" },
                   { MetadataOfferTextRole, "metadataOfferText" },
                   { IsMetadataKeptRole, "isMetadataKept" },
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

void ReferenceModel::clear()
{
    removeRows(0, rowCount());
}

std::optional<Error> ReferenceModel::replace(int row, const QUrl &url)
{
    auto reference = referenceFromUrl(url);
    if (!reference)
        return reference.error();
    Reference &place = m_references[static_cast<std::size_t>(row)];
    reference->part = place.part;
    place = *std::move(reference);
    if (!place.error && !place.file.isEmpty())
        m_look->lookAt(place.file);
    changed();
    return std::nullopt;
}

void ReferenceModel::setFetched(const QUrl &url, const QString &file)
{
    for (Reference &reference : m_references) {
        if (reference.url != url)
            continue;
        Reference fetched = referenceFromFile(file);
        fetched.name = reference.name;
        fetched.part = reference.part;
        reference = std::move(fetched);
    }
    m_look->lookAt(file);
    changed();
}

void ReferenceModel::setFetchError(const QUrl &url, const Error &error)
{
    for (Reference &reference : m_references) {
        if (reference.url == url)
            reference.said = error;
    }
    changed();
}

void ReferenceModel::setPart(int row, ReferencePart part)
{
    m_references[static_cast<std::size_t>(row)].part = part;
    changed();
}

void ReferenceModel::setScaledDown(int row, bool scaledDown)
{
    Reference &reference = m_references[static_cast<std::size_t>(row)];
    reference.atMostBytes = scaledDown && reference.smaller ? reference.smaller->atMostBytes : 0;
    changed();
}

void ReferenceModel::setMetadataKept(int row, bool kept)
{
    m_references[static_cast<std::size_t>(row)].keepsMetadata = kept;
    changed();
}

QString ReferenceModel::hint() const
{
    const auto people = std::ranges::count(m_references, ReferencePart::Person, &Reference::part);
    return m_endpoint ? peopleHint(people, takesReferences() || !m_sibling ? *m_endpoint : *m_sibling) : QString();
}

void ReferenceModel::takeLookedAt(const QString &file, const Result<LookedAtReference> &found)
{
    bool isAnyWrong = false;
    for (int row = 0; row < rowCount(); ++row) {
        Reference &reference = m_references[static_cast<std::size_t>(row)];
        if (reference.file != file)
            continue;
        reference.error.reset();
        if (found) {
            reference.size = found->info.displaySize();
            reference.bytes = found->info.bytes;
            reference.picture = found->picture;
            reference.treatment = treatmentOf(found->info);
        } else {
            reference.error = found.error();
            isAnyWrong = true;
        }
        Q_EMIT dataChanged(index(row), index(row));
    }
    offerSmaller();
    if (isAnyWrong)
        Q_EMIT referencesChanged();
}

void ReferenceModel::takeScaled(const QString &file, const SmallerReference &smaller)
{
    for (int row = 0; row < rowCount(); ++row) {
        Reference &reference = m_references[static_cast<std::size_t>(row)];
        if (reference.file != file)
            continue;
        reference.smaller = smaller;
        Q_EMIT dataChanged(index(row), index(row));
    }
}

/// Found out only for what is too large: it costs a decoding and some encodings.
void ReferenceModel::offerSmaller()
{
    const std::optional<FileLimit> &limit = m_advisedBytes ? m_advisedBytes : m_maxBytes;
    for (const Reference &reference : m_references) {
        const qint64 most = reference.isScaledDown() ? reference.atMostBytes : limit ? limit->bytes : 0;
        const bool isKnown = reference.smaller && reference.smaller->atMostBytes == most;
        if (reference.treatment && !reference.error && most > 0 && reference.bytes > most && !isKnown)
            m_look->scale(reference.file, most);
    }
}

std::vector<ReferenceSource> ReferenceModel::sources() const
{
    std::vector<ReferenceSource> sources;
    if (!takesReferences())
        return sources;
    for (const Reference &reference : m_references)
        sources.push_back({ .field = m_field,
                            .file = reference.file,
                            .url = reference.url,
                            .written = reference.written,
                            .name = reference.name,
                            .part = wordOf(reference.part),
                            .atMostBytes = reference.atMostBytes,
                            .keepsMetadata = reference.keepsMetadata });
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

void ReferenceModel::setUploadState(const QString &sha256, const UploadState &state)
{
    m_uploads.set(sha256, state);
    for (int row = 0; row < rowCount(); ++row) {
        if (m_uploads.isOf(m_references[static_cast<std::size_t>(row)].file, sha256))
            Q_EMIT dataChanged(index(row), index(row), { UploadShareRole, UploadTextRole });
    }
}

void ReferenceModel::forgetUploads()
{
    m_uploads.forget();
    if (rowCount() > 0)
        Q_EMIT dataChanged(index(0), index(rowCount() - 1), { UploadShareRole, UploadTextRole });
}

Json ReferenceModel::draft() const
{
    Json draft = Json::array();
    for (const Reference &reference : m_references)
        draft.push_back(toDraft(reference));
    return draft;
}

void ReferenceModel::setDraft(const Json &draft)
{
    std::vector<Reference> references;
    for (const Json &entry : draft.is_array() ? draft : Json::array()) {
        auto reference = referenceFromDraft(entry);
        if (!reference)
            continue;
        // What is known of it is shown until it has been looked at again.
        const auto known = std::ranges::find_if(
            m_references, [&](const Reference &other) { return isSamePicture(other, *reference); });
        if (known != m_references.end() && !reference->error) {
            reference->size = known->size;
            reference->picture = known->picture;
            reference->treatment = known->treatment;
            reference->smaller = known->smaller;
        }
        references.push_back(*std::move(reference));
    }
    beginResetModel();
    m_references = std::move(references);
    endResetModel();
    for (const Reference &reference : m_references) {
        if (!reference.error && !reference.file.isEmpty())
            m_look->lookAt(reference.file);
    }
    changed();
}

} // namespace plantain
