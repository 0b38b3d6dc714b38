#pragma once

#include <QWidget>

class QComboBox;
class QLabel;

namespace plantain {

struct Actions;
class Session;

/// The line above the work: which endpoint, which server, which panels.
class TopBar final : public QWidget
{
    Q_OBJECT
public:
    /// `session` and `actions` outlive the bar.
    TopBar(Session &session, const Actions &actions, QWidget *parent = nullptr);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void showEndpoint();

    Session &m_session;
    QComboBox *m_endpoints;
};

QString serverText(const Session &session); ///< "Sandbox", "fal" or the address

} // namespace plantain
