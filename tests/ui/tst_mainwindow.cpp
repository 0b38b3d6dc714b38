#include "actions.h"
#include "detailspanel.h"
#include "endpointmodel.h"
#include "examples.h"
#include "gallerymodel.h"
#include "gallerypage.h"
#include "galleryview.h"
#include "generatepanel.h"
#include "logmodel.h"
#include "mainwindow.h"
#include "messagestrip.h"
#include "parametermodel.h"
#include "runmodel.h"
#include "session.h"
#include "theme.h"
#include "thumbnailstore.h"
#include "topbar.h"
#include "workbench.h"

#include <QAccessible>
#include <QAction>
#include <QApplication>
#include <QComboBox>
#include <QDialog>
#include <QDockWidget>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QMenuBar>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSplitter>
#include <QTableView>
#include <QToolButton>

using namespace plantain;
using namespace Qt::StringLiterals;

namespace {

/// The window as the program builds it, over a library in a temporary folder and a sandbox that answers at once.
struct Fixture
{
    explicit Fixture(double latencySeconds = 0)
        : bench(latencySeconds)
    {
    }

    void open(QSize size = {})
    {
        session = std::make_unique<Session>(bench.catalog, *bench.library, *bench.servers, bench.pool, std::vector<Example>(),
                                            bench.folder.filePath(u"draft.json"_s));
        window = std::make_unique<MainWindow>(*session, thumbnails, settingsFile);
        if (size.isValid())
            window->resize(size);
        window->show();
        window->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(window.get()));
        session->begin(OpenReport());
    }

    ~Fixture() { end(); }

    void reopen()
    {
        QVERIFY(window->close());
        end();
        open();
    }

    void end()
    {
        window.reset();
        session.reset();
    }

    void prompt(const QString &text)
    {
        session->parameters()->setText(session->parameters()->promptRow(), text);
        const int row = session->parameters()->rowOf(u"resolution"_s);
        if (row >= 0)
            session->parameters()->setValue(row, Json("0.5K"));
    }

    const Actions &actions() const { return window->actionSet(); }
    template <class T>
    T *child() const
    {
        return window->findChild<T *>();
    }
    MessageStrip *strip(const QString &name) const { return window->findChild<MessageStrip *>(name); }

    Workbench bench;
    ThumbnailStore thumbnails { bench.folder.filePath(u"thumbnails"_s), bench.pool };
    const QString settingsFile = bench.folder.filePath(u"settings.json"_s);
    std::unique_ptr<Session> session;
    std::unique_ptr<MainWindow> window;
};

QString nameOf(const QWidget *widget)
{
    QStringList path;
    for (const QWidget *at = widget; at; at = at->parentWidget())
        path.prepend(QLatin1StringView(at->metaObject()->className())
                     + (at->objectName().isEmpty() ? QString() : u'#' + at->objectName()));
    return path.join(" > "_L1);
}

} // namespace

class TestMainWindow : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everythingThatTakesTheFocusHasAName();
    void everyButtonSaysWhatItDoes();
    void everyLabelIsPlainText();
    void shortcutsAreUnique();
    void everyActionIsInAMenu();
    void generatesPictures();
    void selectingARunShowsItsPictures();
    void cancelsFromTheWindow();
    void endpointsFromTheCatalog();
    void errorsGoIntoTheStrip();
    void sandboxSaysSo();
    void panelsCanBeHidden();
    void keysMoveBetweenPanels();
    void layoutIsRemembered();
    void damagedSettingsAreNoObstacle();
    void fitsTheScreen_data();
    void fitsTheScreen();
    void closesWithRunsUnderWay();
    void sheetsDoNotBlock();
    void themesAtRunTime();
};

void TestMainWindow::everythingThatTakesTheFocusHasAName()
{
    Fixture f;
    f.open({ 1280, 1600 });
    for (int row = 0; row < f.session->endpoints()->rowCount(); ++row) {
        f.session->chooseEndpoint(f.session->endpoints()->endpoint(row)->id);
        int seen = 0;
        for (QWidget *widget : f.window->findChildren<QWidget *>()) {
            if (!(widget->focusPolicy() & Qt::TabFocus) || !widget->isVisible() || widget->focusProxy())
                continue;
            // A part of a control that has the name itself: the line of a spin box, the list of a combo box.
            const QWidget *subject = widget;
            if (qobject_cast<QLineEdit *>(widget)
                && (widget->parentWidget()->inherits("QAbstractSpinBox") || widget->parentWidget()->inherits("QComboBox")))
                subject = widget->parentWidget();
            QAccessibleInterface *face = QAccessible::queryAccessibleInterface(const_cast<QWidget *>(subject));
            QVERIFY(face);
            const bool labelled = !face->relations(QAccessible::Label).isEmpty();
            QVERIFY2(labelled || !face->text(QAccessible::Name).isEmpty(), qPrintable(nameOf(widget)));
            ++seen;
        }
        QVERIFY(seen > 10);
    }
}

void TestMainWindow::everyButtonSaysWhatItDoes()
{
    Fixture f;
    f.open({ 1280, 1600 });
    for (const QToolButton *button : f.window->findChildren<QToolButton *>()) {
        if (!button->isVisible() || button->objectName() == "qt_menubar_ext_button"_L1)
            continue;
        QVERIFY2(!button->toolTip().isEmpty() || !button->text().isEmpty(), qPrintable(nameOf(button)));
    }
}

// A label that guesses would open files named in foreign text (reliability.md A18).
void TestMainWindow::everyLabelIsPlainText()
{
    Fixture f;
    f.open();
    f.prompt(u"a plantain"_s);
    f.session->generate();
    QTRY_COMPARE_WITH_TIMEOUT(f.session->runs()->openRuns() == 0 && f.session->runs()->rowCount() == 1, true, 60'000);
    f.child<GalleryPage>()->showRun(f.session->runs()->idAt(0));
    int seen = 0;
    for (const QLabel *label : f.window->findChildren<QLabel *>()) {
        QVERIFY2(label->textFormat() == Qt::PlainText || label->text().isEmpty(), qPrintable(nameOf(label) + label->text()));
        ++seen;
    }
    QVERIFY(seen > 5);
}

void TestMainWindow::shortcutsAreUnique()
{
    Fixture f;
    f.open();
    QHash<QString, QString> owners;
    for (const QAction *action : f.window->findChildren<QAction *>()) {
        if (action->shortcutContext() == Qt::WidgetShortcut && !f.actions().all.contains(const_cast<QAction *>(action)))
            continue; // of one control: undo, paste
        for (const QKeySequence &key : action->shortcuts()) {
            if (key == QKeySequence(Qt::Key_Delete) && action->shortcutContext() != Qt::WindowShortcut)
                continue; // what is deleted is where the keyboard is
            QVERIFY2(!owners.contains(key.toString()),
                     qPrintable(u"%1: %2 and %3"_s.arg(key.toString(), owners.value(key.toString()), action->objectName())));
            owners.insert(key.toString(), action->objectName());
        }
    }
    QVERIFY(owners.size() > 15);
    QCOMPARE(owners.value(u"Ctrl+Return"_s), u"generate"_s);
    QCOMPARE(owners.value(u"Ctrl+Q"_s), u"quit"_s);
}

void TestMainWindow::everyActionIsInAMenu()
{
    Fixture f;
    f.open();
    QSet<const QAction *> found;
    for (const QMenu *menu : f.window->menuBar()->findChildren<QMenu *>()) {
        QSet<QChar> mnemonics;
        for (const QAction *action : menu->actions()) {
            found.insert(action);
            const qsizetype mark = action->text().indexOf(u'&');
            if (mark < 0)
                continue;
            const QChar letter = action->text().at(mark + 1).toLower();
            QVERIFY2(!mnemonics.contains(letter), qPrintable(menu->title() + u": "_s + action->text()));
            mnemonics.insert(letter);
        }
    }
    for (const QAction *action : f.actions().all)
        QVERIFY2(found.contains(action), qPrintable(action->objectName()));
}

void TestMainWindow::generatesPictures()
{
    Fixture f;
    f.open();
    f.prompt(u"a plantain on a table"_s);
    const QWidget *focus = QApplication::focusWidget();
    QVERIFY(focus);
    QVERIFY(f.child<GeneratePanel>()->isAncestorOf(focus));
    QTest::keyClick(const_cast<QWidget *>(focus), Qt::Key_Return, Qt::ControlModifier);
    QTRY_COMPARE_WITH_TIMEOUT(f.session->runs()->rowCount(), 1, 30'000);
    QTRY_COMPARE_WITH_TIMEOUT(f.session->runs()->openRuns(), 0, 60'000);
    QCOMPARE(f.session->runs()->index(0, 0).data(RunSentenceRole).toString(), u"Done"_s);
    QVERIFY(f.session->gallery()->rowCount() >= 1);
    QTRY_VERIFY(f.session->log()->rowCount() > 0);
    QCOMPARE(QApplication::focusWidget(), focus); // nothing took it
    QVERIFY(!f.strip(u"problem"_s)->isVisible());
}

void TestMainWindow::selectingARunShowsItsPictures()
{
    Fixture f;
    f.open();
    for (const QString &text : { u"the first one"_s, u"the second one"_s }) {
        f.prompt(text);
        f.session->generate();
        const int rows = f.session->runs()->rowCount();
        QTRY_VERIFY_WITH_TIMEOUT(f.session->runs()->rowCount() > rows, 30'000);
        QTRY_COMPARE_WITH_TIMEOUT(f.session->runs()->openRuns(), 0, 60'000);
    }
    auto *list = f.window->findChild<QDockWidget *>(u"runs"_s)->findChild<QTableView *>();
    const auto select = [list](int row) { // selectRow() would ask which keys are down
        list->selectionModel()->setCurrentIndex(list->model()->index(row, 0),
                                                QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
    };
    select(1);
    const auto shown = [&f] {
        return f.child<GalleryView>()->currentIndex().data(GalleryRole::RunId).value<RunId>();
    };
    QCOMPARE(shown(), f.session->runs()->idAt(1));
    select(0);
    QCOMPARE(shown(), f.session->runs()->idAt(0));
}

void TestMainWindow::cancelsFromTheWindow()
{
    Fixture f(600);
    f.open();
    QVERIFY(!f.actions().cancelAll->isEnabled());
    f.prompt(u"a plantain that takes its time"_s);
    f.actions().generate->trigger();
    QTRY_VERIFY_WITH_TIMEOUT(f.session->runs()->rowCount() == 1
                                 && RunState(f.session->runs()->index(0, 0).data(RunStateRole).toInt()) == RunState::Accepted,
                             30'000);
    QVERIFY(f.actions().cancelAll->isEnabled());
    f.actions().cancelAll->trigger();
    QTRY_COMPARE_WITH_TIMEOUT(f.session->runs()->index(0, 0).data(RunSentenceRole).toString(),
                              u"Cancelled, stopped by the server, may have been charged"_s, 60'000);
    QVERIFY(!f.actions().cancelAll->isEnabled());
}

void TestMainWindow::endpointsFromTheCatalog()
{
    Fixture f;
    f.open();
    auto *box = f.window->findChild<QComboBox *>(u"endpoint"_s);
    QCOMPARE(box->count(), int(f.bench.catalog.endpoints().size()));
    QVERIFY(box->count() >= 6);
    for (int row = box->count() - 1; row >= 0; --row) {
        box->setCurrentIndex(row);
        Q_EMIT box->activated(row);
        QVERIFY(f.session->endpoint());
        QCOMPARE(f.session->endpoint()->id, f.bench.catalog.endpoints()[size_t(row)].id);
        QVERIFY(f.actions().addReferences->isEnabled()); // for itself or its sibling
    }
    f.session->chooseEndpoint(f.bench.catalog.endpoints().back().id); // from elsewhere: the box follows
    QCOMPARE(box->currentIndex(), box->count() - 1);
}

void TestMainWindow::errorsGoIntoTheStrip()
{
    Fixture f;
    f.open();
    MessageStrip *strip = f.strip(u"problem"_s);
    QVERIFY(!strip->isVisible());
    const QWidget *focus = QApplication::focusWidget();
    Q_EMIT f.session->said({ .kind = ErrorKind::NoKey });
    QVERIFY(strip->isVisible());
    QVERIFY(strip->text().contains(u"FAL_KEY"_s));
    QCOMPARE(QApplication::focusWidget(), focus);
    QVERIFY(!QApplication::activeModalWidget());
    Q_EMIT f.session->said({ .kind = ErrorKind::Disk, .type = u"full"_s, .message = u"<img src='/etc/hostname'>"_s });
    QVERIFY(strip->text().contains(u"<img src="_s)); // as it stands
    QVERIFY(strip->text().contains(u"full"_s));
    QTest::mouseClick(strip->findChild<QToolButton *>(), Qt::LeftButton);
    QVERIFY(!strip->isVisible());
}

void TestMainWindow::sandboxSaysSo()
{
    Fixture f;
    f.bench.useServer(Server::at(f.bench.sandbox->base(), true));
    f.open();
    QVERIFY(f.strip(u"remark"_s)->isVisible());
    QVERIFY(f.strip(u"remark"_s)->text().contains(u"nothing is charged"_s));
    QCOMPARE(f.window->findChild<QPushButton *>(u"server"_s)->text(), u"Sandbox"_s);

    Fixture other;
    other.open();
    QVERIFY(!other.strip(u"remark"_s)->isVisible());
    QCOMPARE(other.window->findChild<QPushButton *>(u"server"_s)->text(), other.session->server().name);
}

void TestMainWindow::panelsCanBeHidden()
{
    Fixture f;
    f.open();
    auto *runs = f.window->findChild<QDockWidget *>(u"runs"_s);
    auto *log = f.window->findChild<QDockWidget *>(u"log"_s);
    const std::vector<std::pair<QAction *, QWidget *>> panels { { f.actions().showForm, f.child<GeneratePanel>() },
                                                                { f.actions().showDetails, f.child<DetailsPanel>() },
                                                                { f.actions().showRuns, runs },
                                                                { f.actions().showLog, log } };
    for (const auto &[action, panel] : panels) {
        QVERIFY2(panel->isVisible(), qPrintable(action->objectName()));
        action->trigger();
        QVERIFY2(!panel->isVisible(), qPrintable(action->objectName()));
    }
    f.actions().focusRuns->trigger(); // going there brings it back
    QVERIFY(runs->isVisible());
    QVERIFY(f.actions().showRuns->isChecked());
    log->show(); // from elsewhere: the action follows
    QVERIFY(f.actions().showLog->isChecked());
    f.actions().restoreLayout->trigger();
    for (const auto &[action, panel] : panels) {
        QVERIFY(action->isChecked());
        QVERIFY(panel->isVisible());
    }
}

void TestMainWindow::keysMoveBetweenPanels()
{
    Fixture f;
    f.open();
    const auto place = [&f] {
        const QWidget *focus = QApplication::focusWidget();
        if (f.child<GeneratePanel>()->isAncestorOf(focus))
            return u"form"_s;
        if (f.child<GalleryPage>()->isAncestorOf(focus))
            return u"gallery"_s;
        if (f.child<DetailsPanel>()->isAncestorOf(focus) || f.child<DetailsPanel>() == focus)
            return u"details"_s;
        for (const QString &dock : { u"runs"_s, u"log"_s }) {
            if (f.window->findChild<QDockWidget *>(dock)->isAncestorOf(focus))
                return dock;
        }
        return u"nowhere"_s;
    };
    QStringList way { place() };
    for (int step = 0; step < 5; ++step) {
        QTest::keyClick(f.window.get(), Qt::Key_F6);
        way += place();
    }
    QCOMPARE(way.join(u' '), u"form gallery details runs log form"_s);
    f.actions().showDetails->trigger();
    QTest::keyClick(f.window.get(), Qt::Key_F6);
    QTest::keyClick(f.window.get(), Qt::Key_F6);
    QCOMPARE(place(), u"runs"_s);
    QTest::keyClick(f.window.get(), Qt::Key_F6, Qt::ShiftModifier);
    QCOMPARE(place(), u"gallery"_s);
    QTest::keyClick(f.window.get(), Qt::Key_L, Qt::ControlModifier);
    QVERIFY(qobject_cast<QPlainTextEdit *>(QApplication::focusWidget()));
    QCOMPARE(place(), u"form"_s);
}

void TestMainWindow::layoutIsRemembered()
{
    Fixture f;
    f.open();
    f.window->resize(1180, 740);
    f.actions().showLog->trigger();
    f.actions().showDetails->trigger();
    f.actions().themeLight->trigger();
    f.child<QSplitter>()->setSizes({ 400, 700, 0 });
    f.child<GalleryPage>()->setTileSize(256);
    const QList<int> sizes = f.child<QSplitter>()->sizes();
    f.reopen();
    QCOMPARE(f.window->size(), QSize(1180, 740));
    QVERIFY(!f.window->findChild<QDockWidget *>(u"log"_s)->isVisible());
    QVERIFY(!f.actions().showLog->isChecked());
    QVERIFY(!f.child<DetailsPanel>()->isVisible());
    QVERIFY(f.actions().themeLight->isChecked());
    QVERIFY(!isDark(QApplication::palette()));
    QVERIFY(qAbs(f.child<QSplitter>()->sizes().at(0) - sizes.at(0)) <= 2);
    QCOMPARE(f.child<GalleryPage>()->tileSize(), 256);
    f.actions().themeDark->trigger();
    f.reopen();
    QVERIFY(isDark(QApplication::palette()));
}

void TestMainWindow::damagedSettingsAreNoObstacle()
{
    Fixture f;
    QFile file(f.settingsFile);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("{ this is no JSON");
    file.close();
    f.open();
    QVERIFY(f.window->isVisible());
    QVERIFY(f.strip(u"problem"_s)->isVisible());
    QVERIFY(f.actions().showRuns->isChecked());
}

void TestMainWindow::fitsTheScreen_data()
{
    QTest::addColumn<QSize>("size");
    QTest::newRow("1024x700") << QSize(1024, 700);
    QTest::newRow("1280x800") << QSize(1280, 800);
    QTest::newRow("1920x1080") << QSize(1920, 1080);
}

void TestMainWindow::fitsTheScreen()
{
    QFETCH(QSize, size);
    Fixture f;
    f.open(size);
    f.actions().restoreLayout->trigger();
    QTRY_COMPARE(f.window->size(), size);
    QVERIFY(f.window->minimumSizeHint().width() <= 1024);
    QVERIFY(f.window->minimumSizeHint().height() <= 700);
    const auto inWindow = [&f](const QWidget *widget) {
        return QRect(widget->mapTo(f.window.get(), QPoint()), widget->size());
    };
    const QRect whole(QPoint(), size);
    const QRect form = inWindow(f.child<GeneratePanel>());
    const QRect gallery = inWindow(f.child<GalleryPage>());
    const QRect details = inWindow(f.child<DetailsPanel>());
    const QRect runs = inWindow(f.window->findChild<QDockWidget *>(u"runs"_s));
    const QRect log = inWindow(f.window->findChild<QDockWidget *>(u"log"_s));
    for (const QRect &rect : { form, gallery, details, runs, log })
        QVERIFY(whole.contains(rect));
    const auto where = [](const QRect &r) { return u"%1,%2 %3x%4 "_s.arg(r.x()).arg(r.y()).arg(r.width()).arg(r.height()); };
    QVERIFY(form.right() < gallery.left() && gallery.right() < details.left());
    QVERIFY2(runs.right() < log.left() && runs.top() > gallery.bottom(), qPrintable(where(runs) + where(log) + where(gallery)));
    QVERIFY(form.width() >= 300);
    QVERIFY(gallery.width() >= size.width() * 4 / 10);
    QVERIFY(gallery.height() >= size.height() * 4 / 10);
    QVERIFY(details.width() >= 200);
    QVERIFY(runs.height() >= 130 && runs.height() <= size.height() * 4 / 10);
    QVERIFY(runs.width() > log.width());
    // The button that sends is never out of sight.
    const auto *generate = f.window->findChild<QPushButton *>(u"generate"_s);
    QVERIFY(form.contains(inWindow(generate)));
    QVERIFY(generate->isVisible());
}

void TestMainWindow::closesWithRunsUnderWay()
{
    Fixture f(600);
    f.open();
    f.prompt(u"a plantain that takes its time"_s);
    f.session->generate();
    QTRY_VERIFY_WITH_TIMEOUT(f.session->runs()->openRuns() == 1, 30'000);
    // Ended while its submit is on the way it would be of unknown fate, and not open.
    QTRY_COMPARE_WITH_TIMEOUT(Workbench::wait(f.bench.library->openRuns())->front().state, RunState::Accepted, 30'000);
    QVERIFY(f.window->close());
    QVERIFY(!QApplication::activeModalWidget());
    f.end();
    f.bench.restart();
    f.open();
    QTRY_VERIFY_WITH_TIMEOUT(f.session->runs()->rowCount() == 1, 30'000); // still there
    QCOMPARE(f.session->runs()->openRuns(), 1);
}

void TestMainWindow::sheetsDoNotBlock()
{
    Fixture f;
    f.open();
    for (QAction *action : { f.actions().shortcuts, f.actions().about }) {
        action->trigger();
        auto *sheet = f.window->findChild<QDialog *>();
        QVERIFY(sheet);
        QVERIFY(sheet->isVisible());
        QVERIFY(!sheet->isModal());
        QTest::keyClick(sheet, Qt::Key_Escape);
        QTRY_VERIFY(!f.window->findChild<QDialog *>());
    }
    f.prompt({});
    f.window->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(f.window.get()));
    f.actions().focusPrompt->trigger();
    auto *prompt = qobject_cast<QPlainTextEdit *>(QApplication::focusWidget());
    QVERIFY(prompt);
    QTest::keyClicks(prompt, u"why?"_s); // in text a question mark is a question mark
    QCOMPARE(prompt->toPlainText(), u"why?"_s);
    QVERIFY(!f.window->findChild<QDialog *>());
}

void TestMainWindow::themesAtRunTime()
{
    Fixture f;
    f.open();
    for (QAction *action : { f.actions().themeDark, f.actions().themeLight }) {
        action->trigger();
        const bool dark = action == f.actions().themeDark;
        for (const QLabel *label : f.window->findChildren<QLabel *>()) {
            if (!label->isVisible() || label->text().isEmpty())
                continue;
            const QColor text = label->palette().color(label->foregroundRole());
            const double contrast = contrastOf(text, label->window()->palette().color(QPalette::Window));
            QVERIFY2(!label->isEnabled() || contrast >= 4.5,
                     qPrintable(u"%1 '%2' %3 in %4"_s.arg(nameOf(label), label->text(), text.name(),
                                                          dark ? u"dark"_s : u"light"_s)));
        }
    }
}

QTEST_MAIN(TestMainWindow)
#include "tst_mainwindow.moc"
