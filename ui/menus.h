#pragma once

class QMenu;
class QMenuBar;

namespace plantain {

struct Actions;

/// The menus of the window: every action has its place in one. `server` is the menu of servers.
void fillMenus(QMenuBar &bar, const Actions &actions, QMenu *server);

/// What a person says of pictures, into a menu.
void fillMarks(QMenu &menu, const Actions &actions);

} // namespace plantain
