#pragma once

#include <QWidget>

class QPushButton;

namespace plantain {

class RequestForm;
class Session;

/// The left column of the window: the request, and below it, always in view, the button that sends it and says what
/// that costs.
class GeneratePanel final : public QWidget
{
    Q_OBJECT
public:
    explicit GeneratePanel(Session &session, QWidget *parent = nullptr);

    void focusPrompt();
    RequestForm *form() const { return m_form; }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void refreshButton();

    Session &m_session;
    RequestForm *m_form;
    QPushButton *m_generate;
};

} // namespace plantain
