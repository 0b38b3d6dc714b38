#pragma once

#include <QObject>
#include <QPointer>

#include <optional>

class QCompleter;
class QStandardItemModel;

namespace plantain {

class NoteLabel;
class PromptEdit;
class ReferenceModel;

/// Lets a prompt speak of its references: "@" offers them with their pictures, "@2" the second, "@per" what is labelled a
/// person; what is chosen stands as plain words ("image 2"), marked as long as there is such a picture, and otherwise so
/// that one sees there is none.
class PromptMentions final : public QObject
{
    Q_OBJECT
public:
    /// A child of the edit; `references` outlives it.
    PromptMentions(PromptEdit &edit, const ReferenceModel &references);

    NoteLabel *note() const { return m_note; } ///< what is wrong with the mentions; to be laid out below the edit

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void mark();
    void offer();
    void fill(const QString &typed);
    void insert(const QString &words);
    std::optional<QString> typedMention() const; ///< what stands behind an "@" before the cursor

    PromptEdit &m_edit;
    const ReferenceModel &m_references;
    QStandardItemModel *m_offers;
    QCompleter *m_completer;
    QPointer<NoteLabel> m_note;
};

} // namespace plantain
