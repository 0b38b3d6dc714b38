#pragma once

#include <QWidget>

class QAction;
class QHBoxLayout;
class QLabel;

namespace plantain {

/// The title of a panel with the panel's own controls in the same line; a dock is dragged by it.
class DockTitle final : public QWidget
{
    Q_OBJECT
public:
    explicit DockTitle(const QString &title, QWidget *parent = nullptr);

    void addWidget(QWidget *widget, int stretch = 0); ///< from left to right, after the title
    void addTool(QAction *action); ///< as a tool button with the action's icon
    void addTextAction(QAction *action); ///< as a button that says what it does
    void setSummary(const QString &text); ///< quiet words beside the title

protected:
    void paintEvent(QPaintEvent *event) override;
    void changeEvent(QEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;

private:
    void colour();

    QHBoxLayout *m_layout;
    QLabel *m_summary;
    bool m_colouring = false;
};

} // namespace plantain
