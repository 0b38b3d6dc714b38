#pragma once

#include "runsummary.h"

#include <QObject>
#include <QTimer>

#include <vector>

class QWidget;

namespace plantain {

class RunModel;

/// What is said of runs that have ended: one or several.
struct RunNotice
{
    QString title; ///< "4 pictures are there", "3 runs ended: 2 done, 1 failed"
    QString body; ///< prompts and reasons, plain foreign text
};
RunNotice noticeOf(const std::vector<RunSummary> &ended);

/// Tells when runs end while the window is not in sight. Ends that follow each other quickly are told together; what a
/// person cancelled is not told. Says what is to be shown, shows nothing itself.
class RunNotices final : public QObject
{
    Q_OBJECT
public:
    /// `runs` and `window` outlive it.
    RunNotices(const RunModel &runs, const QWidget &window, QObject *parent = nullptr);

    void setEnabled(bool enabled);

public Q_SLOTS:
    void ended(const plantain::RunId &id);

Q_SIGNALS:
    void told(const QString &title, const QString &body);

private:
    void tell();

    const RunModel &m_runs;
    const QWidget &m_window;
    std::vector<RunId> m_ended;
    QTimer m_together;
    bool m_enabled = true;
};

} // namespace plantain
