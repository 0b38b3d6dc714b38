#pragma once

#include "error.h"

#include <QFrame>

class QLabel;
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

    void say(const QString &text); ///< replaces what it said
    void say(const Error &error); ///< worded by errorText
    void dismiss();
    QString text() const;

Q_SIGNALS:
    void dismissed(); ///< by the person

protected:
    void changeEvent(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    void colour();

    Kind m_kind;
    QLabel *m_icon;
    QLabel *m_text;
    QToolButton *m_close;
    bool m_colouring = false;
};

} // namespace plantain
