#pragma once

#include <QWidget>

class QComboBox;
class QMenu;
class QPushButton;

namespace plantain {

struct Actions;
class Session;

/// The line above the work: which endpoint, which server, which panels.
class TopBar final : public QWidget
{
    Q_OBJECT
public:
    /// All outlive the bar. `servers`: the menu of the selector.
    TopBar(Session &session, const Actions &actions, QMenu *servers, QWidget *parent = nullptr);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void showEndpoint();
    void showServer();

    Session &m_session;
    QComboBox *m_endpoints;
    QPushButton *m_server;
};

} // namespace plantain
