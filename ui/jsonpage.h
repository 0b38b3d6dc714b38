#pragma once

#include <QTimer>
#include <QWidget>

class QPlainTextEdit;
class QToolButton;

namespace plantain {

class NoteLabel;
class Session;

/// The input as JSON, in place of the form: exactly what would be sent, formatted. What is written or pasted goes into
/// the form a moment later as one step of its history; what cannot be read stays here, with the reason, and changes
/// nothing.
class JsonPage final : public QWidget
{
    Q_OBJECT
public:
    explicit JsonPage(Session &session, QWidget *parent = nullptr); ///< `session` outlives it

    QPlainTextEdit *edit() const { return m_edit; }
    bool commit(); ///< takes at once what was written; false when it cannot be read

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
    void showEvent(QShowEvent *event) override;

private:
    void refresh(); ///< from the form, unless something is written here that is not in it
    void discard();
    void say(const QString &problem);
    void refreshNotes();

    Session &m_session;
    QPlainTextEdit *m_edit;
    QToolButton *m_discard;
    NoteLabel *m_problem;
    NoteLabel *m_notes;
    QTimer m_later; ///< while someone types, most states are not JSON
    QStringList m_warnings; ///< of what was taken last
    bool m_isPending = false; ///< written here and not in the form
    bool m_isChanging = false; ///< by us: text or form
};

} // namespace plantain
