#pragma once

#include <QString>

namespace plantain {

class MainWindow;

/// Asks for another library's folder without blocking; the window says when one was chosen.
void askForLibrary(MainWindow &window, const QString &current);

} // namespace plantain
