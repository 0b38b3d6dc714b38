#pragma once

#include "givenpictures.h"
#include "plaintextedit.h"

namespace plantain {

/// Where the prompt is written. Has no undo of its own: the form has one history. Ctrl+Return asks for a run where no action
/// of the window takes that key. Pictures that are pasted or dropped here are for the references.
class PromptEdit final : public PlainTextEdit
{
    Q_OBJECT
public:
    explicit PromptEdit(QWidget *parent = nullptr);

    qsizetype characters() const; ///< code points, as a schema counts

Q_SIGNALS:
    void generateRequested();
    void earlierRequested(); ///< Alt+Up: the prompt before this one
    void laterRequested(); ///< Alt+Down
    void given(const plantain::GivenPictures &pictures);

protected:
    void keyPressEvent(QKeyEvent *event) override;
    bool canInsertFromMimeData(const QMimeData *source) const override;
    void insertFromMimeData(const QMimeData *source) override;
};

} // namespace plantain
