#include "icons.h"
#include "plaintext.h"
#include "theme.h"

#include <QApplication>
#include <QDirIterator>
#include <QFile>
#include <QImage>
#include <QPushButton>
#include <QRegularExpression>
#include <QTest>
#include <QXmlStreamReader>

using namespace plantain;
using namespace Qt::StringLiterals;

class TestTheme : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void contrastFormula();
    void textIsReadable_data();
    void textIsReadable();
    void outlinesAreSeen_data();
    void outlinesAreSeen();
    void viewingSurfaceIsNeutral();
    void modes();
    void primaryButtonIsTheAccent_data();
    void primaryButtonIsTheAccent();
    void focusIsSeen_data();
    void focusIsSeen();
    void everyIconDraws_data();
    void everyIconDraws();
    void iconsFollowThePalette();
    void iconsAreSharp();
    void toolTipsArePlain();
};

void TestTheme::contrastFormula()
{
    QCOMPARE(contrastOf(Qt::black, Qt::white), 21.0);
    QCOMPARE(contrastOf(Qt::white, Qt::black), 21.0);
    QCOMPARE(contrastOf(Qt::red, Qt::red), 1.0);
    QVERIFY(qAbs(contrastOf(QColor(0x77, 0x77, 0x77), Qt::white) - 4.48) < 0.01); // the known grey that just fails
}

void TestTheme::textIsReadable_data()
{
    QTest::addColumn<QColor>("text");
    QTest::addColumn<QColor>("ground");
    for (const bool dark : { false, true }) {
        const QPalette palette = paletteOf(dark);
        const ThemeColours &colours = coloursOf(palette);
        const auto role = [&palette](QPalette::ColorRole r) { return palette.color(QPalette::Active, r); };
        const QList<std::pair<const char *, QColor>> grounds {
            { "window", role(QPalette::Window) }, { "base", role(QPalette::Base) },
            { "alternate", role(QPalette::AlternateBase) }, { "selection", colours.selection },
            { "viewing", colours.viewing }, { "strip", colours.strip }, { "bad strip", colours.badStrip },
        };
        const QList<std::pair<const char *, QColor>> texts {
            { "text", role(QPalette::Text) }, { "window text", role(QPalette::WindowText) },
            { "muted", colours.muted }, { "good", colours.good }, { "attention", colours.attention },
            { "bad", colours.bad }, { "placeholder", role(QPalette::PlaceholderText) }, { "link", role(QPalette::Link) },
        };
        const char *name = dark ? "dark" : "light";
        for (const auto &[groundName, ground] : grounds) {
            for (const auto &[textName, text] : texts)
                QTest::addRow("%s: %s on %s", name, textName, groundName) << text << ground;
        }
        QTest::addRow("%s: button", name) << role(QPalette::ButtonText) << role(QPalette::Button);
        QTest::addRow("%s: tool tip", name) << role(QPalette::ToolTipText) << role(QPalette::ToolTipBase);
        QTest::addRow("%s: highlight", name) << role(QPalette::HighlightedText) << role(QPalette::Highlight);
        QTest::addRow("%s: highlight of an inactive window", name)
            << palette.color(QPalette::Inactive, QPalette::HighlightedText)
            << palette.color(QPalette::Inactive, QPalette::Highlight);
        QTest::addRow("%s: primary action", name) << colours.onAccent << colours.accent;
    }
}

void TestTheme::textIsReadable()
{
    QFETCH(QColor, text);
    QFETCH(QColor, ground);
    const double contrast = contrastOf(text, ground);
    QVERIFY2(contrast >= 4.5, qPrintable(u"%1 on %2: %3"_s.arg(text.name(), ground.name()).arg(contrast)));
}

void TestTheme::outlinesAreSeen_data()
{
    QTest::addColumn<QColor>("line");
    QTest::addColumn<QColor>("ground");
    for (const bool dark : { false, true }) {
        const QPalette palette = paletteOf(dark);
        const char *name = dark ? "dark" : "light";
        for (const QPalette::ColorRole ground : { QPalette::Window, QPalette::Base, QPalette::Button }) {
            QTest::addRow("%s: focus on %d", name, int(ground)) << coloursOf(palette).focus << palette.color(ground);
            if (ground != QPalette::Button)
                QTest::addRow("%s: control on %d", name, int(ground))
                    << coloursOf(palette).controlBorder << palette.color(ground);
        }
        QTest::addRow("%s: focus on the viewing surface", name) << coloursOf(palette).focus << coloursOf(palette).viewing;
    }
}

void TestTheme::outlinesAreSeen()
{
    QFETCH(QColor, line);
    QFETCH(QColor, ground);
    const double contrast = contrastOf(line, ground);
    QVERIFY2(contrast >= 3, qPrintable(u"%1 on %2: %3"_s.arg(line.name(), ground.name()).arg(contrast)));
}

void TestTheme::viewingSurfaceIsNeutral()
{
    for (const bool dark : { false, true }) {
        const QPalette palette = paletteOf(dark);
        QCOMPARE(isDark(palette), dark);
        for (const QColor &colour : { coloursOf(palette).viewing, palette.color(QPalette::Window),
                                      palette.color(QPalette::Base), palette.color(QPalette::Button) }) {
            QCOMPARE(colour.red(), colour.green());
            QCOMPARE(colour.green(), colour.blue());
        }
    }
    QCOMPARE(coloursOf(paletteOf(true)).viewing, QColor(0x26, 0x26, 0x26));
    QCOMPARE(coloursOf(paletteOf(false)).viewing, QColor(0xd9, 0xd9, 0xd9));
}

void TestTheme::modes()
{
    qunsetenv("PLANTAIN_THEME");
    Theme theme(*qApp, Theme::Mode::Dark);
    QVERIFY(isDark(QApplication::palette()));
    theme.setMode(Theme::Mode::Light);
    QVERIFY(!isDark(QApplication::palette()));
    qputenv("PLANTAIN_THEME", "dark");
    const Theme forced(*qApp, Theme::Mode::Light);
    QCOMPARE(forced.mode(), Theme::Mode::Dark);
    QVERIFY(isDark(QApplication::palette()));
    qunsetenv("PLANTAIN_THEME");
}

void TestTheme::primaryButtonIsTheAccent_data()
{
    QTest::addColumn<bool>("dark");
    QTest::newRow("light") << false;
    QTest::newRow("dark") << true;
}

void TestTheme::primaryButtonIsTheAccent()
{
    QFETCH(bool, dark);
    const Theme theme(*qApp, dark ? Theme::Mode::Dark : Theme::Mode::Light);
    QPushButton button(u"Generate"_s);
    button.setProperty(primaryProperty, true);
    button.resize(200, 36);
    const auto ground = [&button] { return button.grab().toImage().pixelColor(20, 18); };
    QCOMPARE(ground(), coloursOf(button.palette()).accent);
    button.setEnabled(false);
    QVERIFY(ground() != coloursOf(button.palette()).accent);
    QPushButton plain(u"Other"_s);
    plain.resize(200, 36);
    QCOMPARE(plain.grab().toImage().pixelColor(20, 18), plain.palette().color(QPalette::Button));
}

void TestTheme::focusIsSeen_data()
{
    primaryButtonIsTheAccent_data();
}

void TestTheme::focusIsSeen()
{
    QFETCH(bool, dark);
    const Theme theme(*qApp, dark ? Theme::Mode::Dark : Theme::Mode::Light);
    QWidget window;
    QPushButton first(u"First"_s, &window);
    QPushButton second(u"Second"_s, &window);
    first.setGeometry(10, 10, 120, 32);
    second.setGeometry(10, 60, 120, 32);
    window.resize(200, 120);
    window.show();
    window.activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(&window));
    first.setFocus(Qt::TabFocusReason);
    QTest::keyClick(&window, Qt::Key_Tab);
    QTRY_VERIFY(second.hasFocus());
    const QColor edge = second.grab().toImage().pixelColor(60, 0);
    QCOMPARE(edge, coloursOf(second.palette()).focus);
    QVERIFY(first.grab().toImage().pixelColor(60, 0) != edge);
}

void TestTheme::everyIconDraws_data()
{
    QTest::addColumn<QString>("file");
    QDirIterator files(QStringLiteral(PLANTAIN_SOURCE_DIR) + u"/resources/icons"_s, { u"*.svg"_s }, QDir::Files);
    int count = 0;
    while (files.hasNext()) {
        const QString file = files.next();
        QTest::newRow(qPrintable(QFileInfo(file).completeBaseName())) << file;
        ++count;
    }
    QVERIFY(count > 20);
}

void TestTheme::everyIconDraws()
{
    QFETCH(QString, file);
    const QString name = QFileInfo(file).completeBaseName();
    QVERIFY2(!iconNamed(name).isNull(), "it is not among the resources");
    const QImage image = pixmapOfIcon(name, 24, 1, Qt::red).toImage();
    int drawn = 0;
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x)
            drawn += image.pixelColor(x, y).alpha() > 128 ? 1 : 0;
    }
    QVERIFY(drawn > 10);
    QVERIFY(drawn < 24 * 24 || name == u"plantain"_s);

    QFile drawing(file);
    QVERIFY(drawing.open(QIODevice::ReadOnly));
    QXmlStreamReader reader(&drawing);
    QVERIFY(reader.readNextStartElement());
    QCOMPARE(reader.attributes().value(u"viewBox"_s), u"0 0 24 24"_s);
    if (name != u"plantain"_s) {
        QCOMPARE(reader.attributes().value(u"stroke"_s), u"currentColor"_s);
        QCOMPARE(reader.attributes().value(u"stroke-width"_s), u"1.5"_s);
    }
}

void TestTheme::iconsFollowThePalette()
{
    QVERIFY(iconNamed(u"no such drawing"_s).isNull());
    const auto colourOf = [](const QIcon &icon, QIcon::Mode mode) {
        const QImage image = icon.pixmap(48, mode).toImage();
        QColor strongest(Qt::transparent);
        for (int y = 0; y < image.height(); ++y) {
            for (int x = 0; x < image.width(); ++x) {
                if (image.pixelColor(x, y).alpha() > strongest.alpha())
                    strongest = image.pixelColor(x, y);
            }
        }
        return strongest.rgb();
    };
    const QIcon icon = iconNamed(u"close"_s);
    for (const auto mode : { Theme::Mode::Dark, Theme::Mode::Light }) {
        const Theme theme(*qApp, mode);
        const QPalette palette = QApplication::palette();
        QCOMPARE(colourOf(icon, QIcon::Normal), palette.color(QPalette::ButtonText).rgb());
        QCOMPARE(colourOf(icon, QIcon::Disabled), palette.color(QPalette::Disabled, QPalette::ButtonText).rgb());
    }
    QCOMPARE(colourOf(iconNamed(u"close"_s, Qt::green), QIcon::Normal), QColor(Qt::green).rgb());
}

void TestTheme::iconsAreSharp()
{
    for (const qreal scale : { 1.0, 1.5, 2.0 }) {
        const QPixmap pixmap = pixmapOfIcon(u"add"_s, 16, scale, Qt::black);
        QCOMPARE(pixmap.width(), qRound(16 * scale));
        QCOMPARE(pixmap.devicePixelRatio(), scale);
    }
}

void TestTheme::toolTipsArePlain()
{
    const QString tip = plainToolTip(u"<img src=\"/etc/hostname\">\n<b>bold</b> & more"_s);
    QVERIFY(!tip.contains("<img"_L1));
    QVERIFY(!tip.contains("<b>"_L1));
    QCOMPARE(tip, u"<qt>&lt;img src=&quot;/etc/hostname&quot;&gt;<br>&lt;b&gt;bold&lt;/b&gt; &amp; more</qt>"_s);
    QCOMPARE(plainToolTip({}), QString());
}

QTEST_MAIN(TestTheme)
#include "tst_theme.moc"
