#pragma once

#include <QWidget>

class QPushButton;
class QToolButton;

namespace plantain {

class JsonPage;
class RequestForm;
class Session;

/// The left column of the window: the request as a form or as JSON, and below it, always in view, the button that sends it and says what
/// that costs.
class GeneratePanel final : public QWidget
{
    Q_OBJECT
public:
    explicit GeneratePanel(Session &session, QWidget *parent = nullptr);

    void focusPrompt(); ///< or the JSON, while that is shown
    void showJson(bool json);
    void generate(); ///< unless the JSON in view cannot be read
    RequestForm *form() const { return m_form; }
    JsonPage *json() const { return m_json; }

Q_SIGNALS:
    void jsonShown(bool json);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QWidget *makeHead();
    void refreshButton();

    Session &m_session;
    RequestForm *m_form;
    JsonPage *m_json;
    QToolButton *m_asForm;
    QToolButton *m_asJson;
    QPushButton *m_generate;
};

} // namespace plantain
