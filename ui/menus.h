#pragma once

class QMenu;
class QMenuBar;

namespace plantain {

struct Actions;

/// The menus of the window: every action has its place in one. `server` is the menu of servers.
void fillMenus(QMenuBar &bar, const Actions &actions, QMenu *server);

} // namespace plantain
