#pragma once

#include "keys.h"

#include <QDialog>

class QCheckBox;
class QLabel;
class QLineEdit;
class QPushButton;

namespace plantain {

class NoteLabel;
class Session;

/// The key of one server: enter, look at, test, keep, forget. What is typed is in this page alone until it is saved; it
/// can be copied from nowhere in it, and no screen reader is told it. Does not block the window.
class KeyPage final : public QDialog
{
    Q_OBJECT
public:
    /// `session` outlives the page. `server`: "fal" or a base URL.
    KeyPage(Session &session, const QString &server, QWidget *parent = nullptr);

    const QString &server() const { return m_server; }

Q_SIGNALS:
    void serverWanted(const QString &server); ///< the person wants new runs to go there

protected:
    bool event(QEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void grow();
    QLayout *buildEntry();
    QLayout *buildButtons();
    std::optional<QByteArray> typedKey(); ///< says what is wrong with it
    void test();
    void save();
    void forget();
    void showState();
    void showTyped();
    void sayStored(const QString &good, const Keys::Done &done);

    Session &m_session;
    Keys &m_keys;
    const QString m_server;
    QLineEdit *m_key;
    QCheckBox *m_show;
    QCheckBox *m_keep;
    class ShownKey *m_shown;
    NoteLabel *m_state;
    NoteLabel *m_answer;
    QPushButton *m_use;
    QPushButton *m_test, *m_save, *m_forget;
    std::optional<Error> m_keyring; ///< why it cannot be used
    int m_trial = 0; ///< the latest; answers of earlier ones are about another key
};

} // namespace plantain
