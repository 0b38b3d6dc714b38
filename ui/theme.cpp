#include "theme.h"

#include "plantainstyle.h"

#include <QApplication>

#include <cmath>

using namespace Qt::StringLiterals;

namespace plantain {

namespace {

constexpr QRgb accent = 0xfff2c230; // banana
constexpr QRgb onAccent = 0xff1d1a10;

struct Shades
{
    QRgb window, base, alternate, button, text, disabledText, light, midlight, mid, dark, shadow, link, inactiveSelection;
};

constexpr Shades darkShades {
    .window = 0xff2e2e2e, .base = 0xff232323, .alternate = 0xff292929, .button = 0xff3d3d3d, .text = 0xffe8e8e8,
    .disabledText = 0xff868686, .light = 0xff3a3a3a, .midlight = 0xff363636, .mid = 0xff3a3a3a, .dark = 0xff1f1f1f,
    .shadow = 0xff101010, .link = 0xff9cc3f0, .inactiveSelection = 0xff443e2c,
};

constexpr Shades lightShades {
    .window = 0xffeeeeee, .base = 0xffffffff, .alternate = 0xfff6f6f6, .button = 0xfffafafa, .text = 0xff1c1c1c,
    .disabledText = 0xff8a8a8a, .light = 0xffffffff, .midlight = 0xfff4f4f4, .mid = 0xffc8c8c8, .dark = 0xffa0a0a0,
    .shadow = 0xff707070, .link = 0xff1a4f8b, .inactiveSelection = 0xfff7e9b8,
};

ThemeColours darkColours()
{
    return { .viewing = QRgb(0xff262626), .border = QRgb(0xff444444), .controlBorder = QRgb(0xff7c7c7c), .buttonBorder = QRgb(0xff5c5c5c),
             .muted = QRgb(0xffb0b0b0), .good = QRgb(0xff86cf93), .attention = QRgb(0xfff0a868),
             .bad = QRgb(0xfff59389), .accent = accent, .onAccent = onAccent, .focus = accent,
             .selection = QRgb(0xff443e2c), .strip = QRgb(0xff383838), .badStrip = QRgb(0xff4a2e2b) };
}

ThemeColours lightColours()
{
    return { .viewing = QRgb(0xffd9d9d9), .border = QRgb(0xffcdcdcd), .controlBorder = QRgb(0xff868686), .buttonBorder = QRgb(0xffb8b8b8),
             .muted = QRgb(0xff555555), .good = QRgb(0xff1d622b), .attention = QRgb(0xff7d4300),
             .bad = QRgb(0xffa3211a), .accent = accent, .onAccent = onAccent, .focus = QRgb(0xff8a6500),
             .selection = QRgb(0xfff9e7a9), .strip = QRgb(0xfff8f8f8), .badStrip = QRgb(0xfff8dfdc) };
}

double luminanceOf(const QColor &colour)
{
    const auto linear = [](double channel) {
        return channel <= 0.04045 ? channel / 12.92 : std::pow((channel + 0.055) / 1.055, 2.4);
    };
    return 0.2126 * linear(colour.redF()) + 0.7152 * linear(colour.greenF()) + 0.0722 * linear(colour.blueF());
}

} // namespace

QPalette paletteOf(bool dark)
{
    const Shades &shades = dark ? darkShades : lightShades;
    const ThemeColours colours = dark ? darkColours() : lightColours();
    QPalette palette;
    palette.setColor(QPalette::Window, shades.window);
    palette.setColor(QPalette::WindowText, shades.text);
    palette.setColor(QPalette::Base, shades.base);
    palette.setColor(QPalette::AlternateBase, shades.alternate);
    palette.setColor(QPalette::Text, shades.text);
    palette.setColor(QPalette::PlaceholderText, colours.muted);
    palette.setColor(QPalette::Button, shades.button);
    palette.setColor(QPalette::ButtonText, shades.text);
    palette.setColor(QPalette::BrightText, colours.bad);
    palette.setColor(QPalette::ToolTipBase, shades.base);
    palette.setColor(QPalette::ToolTipText, shades.text);
    palette.setColor(QPalette::Light, shades.light);
    palette.setColor(QPalette::Midlight, shades.midlight);
    palette.setColor(QPalette::Mid, shades.mid);
    palette.setColor(QPalette::Dark, shades.dark);
    palette.setColor(QPalette::Shadow, shades.shadow);
    palette.setColor(QPalette::Link, shades.link);
    palette.setColor(QPalette::LinkVisited, shades.link);
    palette.setColor(QPalette::Highlight, colours.accent);
    palette.setColor(QPalette::HighlightedText, colours.onAccent);
    palette.setColor(QPalette::Inactive, QPalette::Highlight, shades.inactiveSelection);
    palette.setColor(QPalette::Inactive, QPalette::HighlightedText, shades.text);
    for (const QPalette::ColorRole role : { QPalette::WindowText, QPalette::Text, QPalette::ButtonText,
                                            QPalette::HighlightedText, QPalette::PlaceholderText })
        palette.setColor(QPalette::Disabled, role, shades.disabledText);
    palette.setColor(QPalette::Disabled, QPalette::Highlight, shades.mid);
    palette.setColor(QPalette::Disabled, QPalette::Base, shades.window);
    return palette;
}

bool isDark(const QPalette &palette)
{
    return luminanceOf(palette.color(QPalette::Window)) < luminanceOf(palette.color(QPalette::WindowText));
}

const ThemeColours &coloursOf(const QPalette &palette)
{
    static const ThemeColours dark = darkColours();
    static const ThemeColours light = lightColours();
    return isDark(palette) ? dark : light;
}

double contrastOf(const QColor &one, const QColor &other)
{
    const double first = luminanceOf(one) + 0.05;
    const double second = luminanceOf(other) + 0.05;
    return first > second ? first / second : second / first;
}

Theme::Theme(QApplication &application, Mode mode, QObject *parent)
    : QObject(parent)
    , m_application(application)
    , m_systemDark(isDark(QApplication::palette())) // the desktop's, as long as ours is not set
    , m_mode(mode)
{
    if (const QString forced = qEnvironmentVariable("PLANTAIN_THEME"); !forced.isEmpty())
        m_mode = forced == "dark"_L1 ? Mode::Dark : forced == "light"_L1 ? Mode::Light : Mode::System;
    m_application.setStyle(new PlantainStyle);
    apply();
}

void Theme::setMode(Mode mode)
{
    if (m_mode == mode)
        return;
    m_mode = mode;
    apply();
}

void Theme::apply()
{
    QApplication::setPalette(paletteOf(m_mode == Mode::Dark || (m_mode == Mode::System && m_systemDark)));
}

} // namespace plantain
