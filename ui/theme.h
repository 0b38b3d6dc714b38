#pragma once

#include "settings.h"

#include <QColor>
#include <QObject>
#include <QPalette>

class QApplication;

namespace plantain {

/// The 4 px grid.
namespace spacing {
inline constexpr int tight = 4; ///< inside a control
inline constexpr int related = 8; ///< between controls that belong together
inline constexpr int group = 16; ///< between groups
inline constexpr int page = 12; ///< margin of a panel
inline constexpr int control = 28; ///< least height of a control
inline constexpr int row = 32; ///< of a list whose rows hold controls
}

/// Colours beyond QPalette's roles. Text colours reach 4.5:1 on window, base and viewing surface.
struct ThemeColours
{
    QColor viewing; ///< surface that pictures lie on, neutral
    QColor border; ///< hairlines between surfaces
    QColor controlBorder; ///< outline of an input, at least 3:1
    QColor buttonBorder; ///< of a button, whose text tells it
    QColor muted; ///< text of second rank
    QColor good, attention, bad; ///< text and icons of a state
    QColor accent, onAccent; ///< primary action; text on it
    QColor focus; ///< ring around what has the keyboard
    QColor selection; ///< behind a selected row, under ordinary text
    QColor strip, badStrip; ///< background of a message strip, under ordinary text
};

QPalette paletteOf(bool dark);
bool isDark(const QPalette &palette);
/// Ours, light or dark as the palette is.
const ThemeColours &coloursOf(const QPalette &palette);
double contrastOf(const QColor &one, const QColor &other); ///< WCAG 2: 1 to 21

/// Marks the one primary action of a panel (a QPushButton).
inline constexpr auto primaryProperty = "plantainPrimary";

/// Dresses the program: style, palette, light or dark. One for the program's life; GUI thread.
class Theme final : public QObject
{
    Q_OBJECT
public:
    using Mode = Settings::Theme;

    /// Sets our style at once and the palette of `mode`; PLANTAIN_THEME=light|dark wins over it.
    Theme(QApplication &application, Mode mode, QObject *parent = nullptr);

    Mode mode() const { return m_mode; }
    void setMode(Mode mode);

private:
    void apply();

    QApplication &m_application;
    const bool m_systemDark;
    Mode m_mode;
};

} // namespace plantain
