#pragma once

#include "ids.h"

#include <QObject>
#include <QPointer>
#include <QStringList>

#include <optional>

class QAction;
class QActionGroup;
class QMainWindow;
class QMenu;

namespace plantain {

struct Actions;
class KeyPage;
class MessageStrip;
class Session;
struct Settings;

/// Which server new runs go to, and its key: the menu of servers, the pages it opens, and the strip that says what the
/// choice means.
class ServerChoice final : public QObject
{
    Q_OBJECT
public:
    /// All outlive this; `settings` is changed when a person chooses. The pages are children of `window`.
    ServerChoice(Session &session, Settings &settings, const Actions &actions, MessageStrip &remark, QMainWindow *window);

    QMenu *menu() const { return m_menu; }
    void choose(const QString &server);
    void openKeyPage();
    void openKeyPageOfRun(const RunId &id); ///< of the server it went to

Q_SIGNALS:
    void settingsChanged();

private:
    void fillMenu();
    void openAddressSheet();
    void openKeyPageOf(const QString &server);
    void show();
    void sayWhatItMeans();

    Session &m_session;
    Settings &m_settings;
    const Actions &m_actions;
    MessageStrip &m_remark;
    QMainWindow *m_window;
    QMenu *m_menu;
    QActionGroup *m_group;
    QPointer<KeyPage> m_keyPage;
    std::optional<QString> m_said; ///< what the strip said last, so that it is not said again to one who dismissed it
};

/// "Sandbox", "fal" or the address.
QString serverText(const QString &server);

} // namespace plantain
