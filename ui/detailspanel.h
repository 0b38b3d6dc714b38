#pragma once

#include "imagesizes.h"
#include "result.h"
#include "runrecord.h"

#include <QPersistentModelIndex>
#include <QScrollArea>

class QAction;
class QLabel;
class QPushButton;

namespace plantain {

class FactList;
class LineagePath;
class MarkBox;
class NoteLabel;
class PicturePreview;
class SectionHeading;
class SelectableText;
class SendAgainQuestion;
class PictureThumbs;
class RunNote;
class Session;
class ThumbnailStore;

/// What the selected picture is: preview, the model's description, prompt, what was sent, and what became of it; of a
/// run without a picture the reason and the ways out. Of several: how many, and what they cost.
class DetailsPanel final : public QScrollArea
{
    Q_OBJECT
public:
    /// `session` and `thumbnails` outlive the panel.
    DetailsPanel(Session &session, ThumbnailStore &thumbnails, QWidget *parent = nullptr);

    void setMarkedWords(const QStringList &words); ///< what was looked for
    void addSummaryAction(QAction *action); ///< a button for what is done with several

    /// A row of the gallery model; an invalid index empties the panel. Follows the row as it changes.
    void setCurrent(const QModelIndex &index);
    /// Rows of the gallery model. Of several there is a summary instead of the current one.
    void setSelection(const QModelIndexList &tiles);

Q_SIGNALS:
    void chosen(const plantain::PictureId &picture); ///< another one, of its lineage
    void lineageRequested(); ///< all of it is wanted
    void openRequested(); ///< the preview was clicked: the picture itself is wanted

private:
    void build();
    void buildSummary();
    void refreshShown();
    void summarise(const QModelIndexList &tiles);
    void showReferences(const RunRecord &record);
    void buildOutcome();
    void buildTexts();
    void tileChanged(const QModelIndex &from, const QModelIndex &to, const QList<int> &roles);
    void showTile();
    void showOutcome();
    void load();
    void take(const Result<RunRecord> &record);
    void openFolder();
    void open(const QString &file);
    void copy(const QString &text);

    Session &m_session;
    ThumbnailStore &m_thumbnails;
    QPersistentModelIndex m_current;
    RunId m_run;
    RunState m_state = RunState::Unknown; ///< of the run, as it was read last
    SendAgainQuestion *m_question = nullptr;
    bool m_severalSelected = false;
    const ImageSizes m_sizes;
    int m_request = 0; ///< answers to earlier ones are dropped

    QLabel *m_hint = nullptr;
    QWidget *m_content = nullptr;
    PicturePreview *m_preview = nullptr;
    MarkBox *m_marks = nullptr;
    NoteLabel *m_deviations = nullptr; ///< how it is not as asked for
    SectionHeading *m_outcomeHeading = nullptr;
    NoteLabel *m_outcome = nullptr;
    QWidget *m_actions = nullptr;
    QPushButton *m_cancel = nullptr, *m_lookUp = nullptr, *m_sendAgain = nullptr, *m_fetchAgain = nullptr;
    SelectableText *m_description = nullptr, *m_prompt = nullptr, *m_path = nullptr;
    FactList *m_parameters = nullptr, *m_facts = nullptr;
    QWidget *m_summary = nullptr;
    SectionHeading *m_summaryHeading = nullptr, *m_referencesHeading = nullptr;
    FactList *m_summaryFacts = nullptr;
    PictureThumbs *m_references = nullptr;
    LineagePath *m_lineage = nullptr;
    RunNote *m_note = nullptr;
    QWidget *m_file = nullptr;
    NoteLabel *m_fileNote = nullptr;
};

} // namespace plantain
