#include "referencemodel.h"

#include "referencelook.h"
#include "referencetext.h"

#include <QFileInfo>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace plantain {

namespace {

constexpr qsizetype mostUnasked = 8; ///< a folder with more pictures asks how many are meant

} // namespace

std::vector<Error> ReferenceModel::insert(std::vector<Reference> references, int at)
{
    std::vector<Error> refused;
    const std::size_t room = isOffered() ? static_cast<std::size_t>(roomLeft()) : references.size();
    // What cannot be used takes no place from what can.
    for (std::size_t i = references.size(); i-- > 0 && references.size() > room;) {
        if (!references[i].error)
            continue;
        refused.push_back(*references[i].error);
        references.erase(references.begin() + static_cast<std::ptrdiff_t>(i));
    }
    for (std::size_t i = room; i < references.size(); ++i) {
        refused.push_back(invalidReference(
            u"too_many"_s, withSource(tr("%1 was not added: %2 is the limit.").arg(references[i].name, QString::number(m_limit)), m_limitSource)));
    }
    references.resize(std::min(room, references.size()));
    if (references.empty())
        return refused;
    const int row = at < 0 || at > rowCount() ? rowCount() : at;
    beginInsertRows({}, row, row + static_cast<int>(references.size()) - 1);
    m_references.insert(m_references.begin() + row, references.begin(), references.end());
    endInsertRows();
    for (const Reference &reference : references) {
        if (!reference.error && !reference.file.isEmpty())
            m_look->lookAt(reference.file);
    }
    changed();
    return refused;
}

std::vector<Error> ReferenceModel::add(const QList<QUrl> &urls, int at)
{
    std::vector<Reference> references;
    std::vector<Error> refused;
    QStringList folders, asked;
    for (const QUrl &url : urls) {
        const QFileInfo folder(url.isLocalFile() ? url.toLocalFile() : QString());
        if (folder.isDir()) {
            const QStringList files = picturesInFolder(folder.filePath());
            if (files.isEmpty())
                refused.push_back(invalidReference(u"folder"_s, tr("The folder %1 holds no pictures.").arg(folder.fileName())));
            if (files.size() > mostUnasked || (isOffered() && files.size() > roomLeft() - qsizetype(references.size()))) {
                folders.append(folder.absoluteFilePath());
                asked += files;
            } else {
                std::ranges::transform(files, std::back_inserter(references), referenceFromFile);
            }
        } else if (auto reference = referenceFromUrl(url)) {
            references.push_back(std::move(*reference));
        } else {
            refused.push_back(reference.error());
        }
    }
    const qsizetype before = rowCount();
    const auto over = insert(std::move(references), at);
    refused.insert(refused.end(), over.begin(), over.end());
    if (!asked.isEmpty()) {
        const qsizetype next = at < 0 ? -1 : at + rowCount() - before;
        ask(folders, asked, int(next));
    }
    return refused;
}

std::vector<Error> ReferenceModel::addFiles(const QStringList &files, int at)
{
    QList<QUrl> urls;
    for (const QString &file : files)
        urls.append(QUrl::fromLocalFile(QFileInfo(file).absoluteFilePath()));
    return add(urls, at);
}

int ReferenceModel::roomLeft() const
{
    return std::max(0, m_limit - rowCount());
}

void ReferenceModel::ask(const QStringList &folders, const QStringList &files, int at)
{
    if (!m_folderQuestion) {
        m_folderQuestion.emplace();
        m_folderQuestion->before = at < 0 ? QPersistentModelIndex() : QPersistentModelIndex(index(at));
    }
    m_folderQuestion->folders += folders; // one question for all that wait
    m_folderQuestion->files += files;
    m_folderQuestion->files.removeDuplicates();
    Q_EMIT folderQuestionChanged();
}

int ReferenceModel::mostFromFolders() const
{
    const qsizetype waiting = m_folderQuestion ? m_folderQuestion->files.size() : 0;
    return int(isOffered() ? std::min<qsizetype>(roomLeft(), waiting) : waiting);
}

std::vector<Error> ReferenceModel::takeFromFolders(int count)
{
    if (!m_folderQuestion)
        return {};
    const qsizetype take = std::clamp(count, 0, mostFromFolders());
    const bool isFull = isOffered() && take == roomLeft();
    const FolderQuestion asked = *std::exchange(m_folderQuestion, std::nullopt);
    std::vector<Reference> references;
    std::ranges::transform(asked.files.first(take), std::back_inserter(references), referenceFromFile);
    auto refused = insert(std::move(references), asked.before.isValid() ? asked.before.row() : -1);
    const qsizetype left = asked.files.size() - take;
    if (left > 0 && take > 0 && isFull) { // else it was the person's own word
        const QString sentence = tr("Pictures of %1 that were not added: %2. %3 is the limit.");
        refused.push_back(invalidReference(
            u"too_many"_s, withSource(sentence.arg(folderNames(asked.folders), QString::number(left), QString::number(m_limit)), m_limitSource)));
    }
    Q_EMIT folderQuestionChanged();
    return refused;
}

} // namespace plantain
