#pragma once

#include <QFrame>

class QLabel;
class QPushButton;

namespace plantain {

/// A question in place, for what may cost money: the explicit word is one button, leaving it the other. Never takes the
/// focus by itself; Escape in it leaves. Hidden while nothing is asked.
class ConfirmBar final : public QFrame
{
    Q_OBJECT
public:
    explicit ConfirmBar(QWidget *parent = nullptr);

    void ask(const QString &question, const QString &yes); ///< replaces what was asked
    void leave();

Q_SIGNALS:
    void confirmed();

protected:
    void changeEvent(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    void colour();

    QLabel *m_question;
    QPushButton *m_yes, *m_no;
    bool m_colouring = false;
};

} // namespace plantain
