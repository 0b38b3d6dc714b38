#pragma once

#include "error.h"

#include <QFrame>

class QAction;
class QLabel;
class QPushButton;
class QToolButton;

namespace plantain {

/// One line above the work, which a person can dismiss: a quiet remark, or what went wrong and concerns no field and no
/// run. Never takes the focus. Hidden while it has nothing to say.
class MessageStrip final : public QFrame
{
    Q_OBJECT
public:
    enum class Kind { Remark, Problem };

    explicit MessageStrip(Kind kind, QWidget *parent = nullptr);

    /// Replaces what it said. `wayOut`: offered by a button beside the text; outlives the strip.
    void say(const QString &text, QAction *wayOut = nullptr);
    void say(const Error &error, QAction *wayOut = nullptr); ///< worded by errorText
    void dismiss();
    QString text() const;

Q_SIGNALS:
    void dismissed(); ///< by the person

protected:
    void changeEvent(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    void colour();
    void showWayOut();

    Kind m_kind;
    QLabel *m_icon;
    QLabel *m_text;
    QPushButton *m_wayOut;
    QAction *m_action = nullptr;
    QToolButton *m_close;
    bool m_colouring = false;
};

} // namespace plantain
