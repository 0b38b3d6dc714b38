#pragma once

#include "result.h"
#include "runrecord.h"

#include <QHash>
#include <QTimer>
#include <QWidget>

namespace plantain {

class NoteLabel;
class PlainTextEdit;
class Session;

/// A person's own note on a run: saved as one types, and kept here as long as it could not be.
class RunNote final : public QWidget
{
    Q_OBJECT
public:
    /// `session` outlives the field.
    explicit RunNote(Session &session, QWidget *parent = nullptr);
    ~RunNote() override; ///< hands over what is not stored yet

    /// `stored` may be older than what is typed here; then that stays. An empty id: nothing to write on.
    void showRun(const RunId &run, const QString &stored);
    const RunId &run() const { return m_run; }

private:
    void typed();
    void save();
    void saved(const RunId &run, const QString &note, const Result<RunRecord> &result);

    Session &m_session;
    PlainTextEdit *m_edit;
    NoteLabel *m_error;
    RunId m_run;
    QHash<RunId, QString> m_unsaved;
    QTimer m_timer;
    bool m_showing = false;
};

} // namespace plantain
