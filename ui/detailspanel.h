#pragma once

#include "result.h"
#include "runrecord.h"

#include <QPersistentModelIndex>
#include <QScrollArea>

class QLabel;
class QPushButton;

namespace plantain {

class FactList;
class NoteLabel;
class PicturePreview;
class SectionHeading;
class SelectableText;
class Session;
class ThumbnailStore;

/// What the selected picture is: preview, the model's description, prompt, what was sent, and what became of it; of a
/// run without a picture the reason and the ways out.
class DetailsPanel final : public QScrollArea
{
    Q_OBJECT
public:
    /// `session` and `thumbnails` outlive the panel.
    DetailsPanel(Session &session, ThumbnailStore &thumbnails, QWidget *parent = nullptr);

    /// A row of the gallery model; an invalid index empties the panel. Follows the row as it changes.
    void setCurrent(const QModelIndex &index);

Q_SIGNALS:
    void openRequested(); ///< the preview was clicked: the picture itself is wanted

private:
    void build();
    void buildOutcome();
    void buildTexts();
    void tileChanged(const QModelIndex &from, const QModelIndex &to, const QList<int> &roles);
    void showTile();
    void showOutcome();
    void load();
    void take(const Result<RunRecord> &record);
    void openFolder();
    void copy(const QString &text);

    Session &m_session;
    QPersistentModelIndex m_current;
    RunId m_run;
    int m_request = 0; ///< answers to earlier ones are dropped

    QLabel *m_hint = nullptr;
    QWidget *m_content = nullptr;
    PicturePreview *m_preview = nullptr;
    SectionHeading *m_outcomeHeading = nullptr;
    NoteLabel *m_outcome = nullptr;
    QWidget *m_actions = nullptr;
    QPushButton *m_cancel = nullptr, *m_lookUp = nullptr, *m_sendAgain = nullptr;
    SelectableText *m_description = nullptr, *m_prompt = nullptr, *m_path = nullptr;
    FactList *m_parameters = nullptr, *m_facts = nullptr;
    QWidget *m_file = nullptr;
    NoteLabel *m_fileNote = nullptr;
};

} // namespace plantain
