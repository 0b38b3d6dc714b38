#pragma once

#include "endpoint.h"
#include "reference.h"
#include "uploadstates.h"

#include <QAbstractListModel>

#include <memory>

namespace plantain {

class ReferenceLook;
struct LookedAtReference;
struct ReferenceSource;

/// The reference pictures in the order they are sent, at most as many as the endpoint takes. They stay when an
/// endpoint without references is chosen, and are then not part of the request. Pictures are read in the background, so
/// that a row may get its size, or an error, a moment after it was added. What cannot be used keeps its row and says why
/// in it. GUI thread.
class ReferenceModel final : public QAbstractListModel
{
    Q_OBJECT
public:
    enum Role {
        FileRole = Qt::UserRole + 1, ///< QString
        UrlRole, ///< QUrl
        NameRole, ///< QString
        NumberRole, ///< int, from 1: what a prompt calls it
        SizeRole, ///< QSize; invalid when not known
        BytesRole, ///< qlonglong; invalid when not known
        ErrorRole, ///< plantain::Error; invalid when there is none
        ErrorTextRole, ///< QString
        AdviceTextRole, ///< QString: what may go wrong with it; empty when nothing
        IsDuplicateRole, ///< bool: an earlier row is the same picture
        DetailRole, ///< QString: "1024 x 768, 1.2 MB"
        PictureRole, ///< QImage, small; null when there is none yet
        PartRole, ///< int of ReferencePart
        FateTextRole, ///< QString: what will be done to it before it is sent
        ScaleOfferTextRole, ///< QString: what setScaledDown() would do; empty when there is nothing to do
        IsScaledDownRole, ///< bool
        MetadataOfferTextRole, ///< QString: what setMetadataKept() would do; empty when there is nothing to do
        IsMetadataKeptRole, ///< bool
        UploadShareRole, ///< double, 0 to 1: how much of it the server has; invalid when it was not needed there yet
        UploadTextRole, ///< QString: "uploading, 34 %"; empty when it was not needed there yet
    };
    Q_ENUM(Role)

    explicit ReferenceModel(QObject *parent = nullptr);
    ~ReferenceModel() override;

    /// Both live as long as they are chosen. Null: takes none. `sibling`: what can be chosen in its place; its limits count
    /// where the endpoint takes none.
    void setEndpoint(const Endpoint *endpoint, const Endpoint *sibling = nullptr);
    bool takesReferences() const { return !m_field.isEmpty(); }
    const Endpoint *endpoint() const { return m_endpoint; }
    const Endpoint *sibling() const { return m_sibling; }
    bool isOffered() const { return takesReferences() || m_limit > 0; } ///< pictures may be added
    QString field() const { return m_field; } ///< "image_urls"; empty when it takes none
    bool isRequired() const { return m_isRequired; } ///< the endpoint takes no input without one
    int limit() const { return m_limit; }
    bool isLimitKnown() const { return m_limit != referencesWithoutKnownLimit; } ///< somebody documents it
    QString limitSource() const { return m_limitSource; } ///< who says so

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QHash<int, QByteArray> roleNames() const override;
    Qt::ItemFlags flags(const QModelIndex &index) const override;
    bool removeRows(int row, int count, const QModelIndex &parent = {}) override;
    bool moveRows(const QModelIndex &sourceParent, int sourceRow, int count, const QModelIndex &destinationParent,
                  int destinationChild) override;

    /// Adds files, the pictures in folders, and http(s) addresses at the end, or before row `at`. Gives back one error
    /// for each that was not taken: over the limit, a folder without pictures, no address. `message` names it. A folder
    /// of many is not taken yet: folderQuestion().
    std::vector<Error> add(const QList<QUrl> &urls, int at = -1);
    std::vector<Error> addFiles(const QStringList &files, int at = -1);
    std::vector<Error> insert(std::vector<Reference> references, int at = -1); ///< as add()

    /// Pictures of folders that wait for a word how many are meant: more than there is room for, or many.
    struct FolderQuestion
    {
        QStringList folders;
        QStringList files; ///< in the order a person would count them
        QPersistentModelIndex before; ///< where they go; invalid: to the end
    };
    const std::optional<FolderQuestion> &folderQuestion() const { return m_folderQuestion; }
    int mostFromFolders() const; ///< how many of them there is room for now
    /// The answer: the first so many, none of them with 0. Gives back why the others were not taken.
    std::vector<Error> takeFromFolders(int count);

    std::optional<Error> replace(int row, const QUrl &url); ///< keeps place and part
    void setFetched(const QUrl &url, const QString &file); ///< the rows with this address become the file
    void setFetchError(const QUrl &url, const Error &error); ///< said on them
    void clear();
    void setPart(int row, ReferencePart part);
    /// Whether it is made smaller before it is sent. Only where the row offers it.
    void setScaledDown(int row, bool scaledDown);
    void setMetadataKept(int row, bool kept); ///< else it is left out. Only where the row offers it
    QString hint() const; ///< about all of them together: too many people. Empty when there is nothing to say

    const std::vector<Reference> &references() const { return m_references; }
    std::vector<ReferenceSource> sources() const; ///< for RunRequest; empty when the endpoint takes none
    /// What is wrong now, with field "image_urls/0": a file that is gone, more than the endpoint takes.
    std::vector<Error> problems() const;

    /// Puts each error on the row its field names ("image_urls/3"; "image_urls" alone is the list's own) and removes
    /// those of an earlier press; gives back the others.
    std::vector<Error> setErrors(const std::vector<Error> &errors);
    const std::optional<Error> &listError() const { return m_listError; } ///< "at least one picture is needed"

    /// How far files are on their way to the chosen server: first under which hash a file is known, then its state.
    void noteHash(const QString &file, const QString &sha256) { m_uploads.noteHash(file, sha256); }
    void setUploadState(const QString &sha256, const UploadState &state);
    void forgetUploads(); ///< another server is chosen

    Json draft() const; ///< for DraftStore
    void setDraft(const Json &draft); ///< what cannot be read is left out; files that are gone stay, marked

Q_SIGNALS:
    void referencesChanged(); ///< what would be sent may differ, or the limit
    void listErrorChanged();
    void folderQuestionChanged();

private:
    std::optional<Error> ownErrorOf(int row) const; ///< without what was said about it
    std::optional<Error> errorOf(int row) const;
    void takeLookedAt(const QString &file, const Result<LookedAtReference> &found);
    void takeScaled(const QString &file, const SmallerReference &smaller);
    void offerSmaller();
    int roomLeft() const;
    void ask(const QStringList &folders, const QStringList &files, int at);
    void setListError(const std::optional<Error> &error);
    void changed();

    const Endpoint *m_endpoint = nullptr;
    const Endpoint *m_sibling = nullptr;
    QString m_field;
    bool m_isRequired = false;
    int m_limit = 0;
    QString m_limitSource;
    std::optional<FileLimit> m_maxBytes;
    std::optional<FileLimit> m_advisedBytes;
    std::vector<Reference> m_references;
    UploadStates m_uploads;
    std::optional<Error> m_listError;
    std::optional<FolderQuestion> m_folderQuestion;
    std::unique_ptr<ReferenceLook> m_look;
};

} // namespace plantain
