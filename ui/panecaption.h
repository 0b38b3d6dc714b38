#pragma once

#include <QWidget>

class QLabel;
class QToolButton;

namespace plantain {

/// The line above a pane: what its picture is called, whether it is the champion, a button that closes the pane. It can be
/// dragged to another pane.
class PaneCaption final : public QWidget
{
    Q_OBJECT
public:
    explicit PaneCaption(QWidget *parent = nullptr);

    /// `letter` names it; of `what` some may be empty: plain text.
    void setText(const QString &letter, QStringList what);
    void setChampion(bool champion);
    void setActive(bool active);
    void setClosable(bool closable);

Q_SIGNALS:
    void closeRequested();
    void pressed();
    void dragged(QPoint globalPosition); ///< over there, and not let go of
    void dropped(QPoint globalPosition); ///< dragged to there

protected:
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void colour();
    bool isDrag(QPoint globalPosition) const;

    QLabel *m_champion, *m_letter, *m_text;
    QToolButton *m_close;
    QPoint m_pressedAt;
    bool m_active = false, m_colouring = false;
};

} // namespace plantain
