#pragma once

#include <QFrame>

class QLabel;
class QProgressBar;
class QPushButton;
class QToolButton;

namespace plantain {

class Exporter;
struct ExportOutcome;

/// How far an export is, with a way to end it; then what came of it, with a way to its folder. Never takes the focus.
class ExportStrip final : public QFrame
{
    Q_OBJECT
public:
    /// `exporter` outlives the strip.
    explicit ExportStrip(Exporter &exporter, QWidget *parent = nullptr);

    QString text() const;

protected:
    void changeEvent(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    void started(int total);
    void finished(const ExportOutcome &outcome);
    void colour();

    Exporter &m_exporter;
    QLabel *m_icon, *m_text;
    QProgressBar *m_progress;
    QPushButton *m_cancel, *m_open;
    QToolButton *m_close;
    QString m_folder;
    bool m_bad = false, m_colouring = false;
};

/// "12 pictures exported to /a/folder.", and what else is to say.
QString exportSentence(const ExportOutcome &outcome);

} // namespace plantain
