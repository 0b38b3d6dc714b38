#include "actions.h"
#include "docktitle.h"
#include "emptyhint.h"
#include "logmodel.h"
#include "logpanel.h"
#include "messagestrip.h"
#include "theme.h"

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QDir>
#include <QLineEdit>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>

using namespace plantain;
using namespace Qt::StringLiterals;

namespace {

struct Fixture
{
    Theme theme { *qApp, Theme::Mode::Light };
    QObject owner;
    Actions actions { &owner };
    LogModel model { nullptr, 1000 };
    LogPanel panel { &model, actions };
    QTableView *view = panel.findChild<QTableView *>();
    QScrollBar *bar = view->verticalScrollBar();
    int said = 0;

    void show()
    {
        panel.resize(600, 200);
        panel.show();
        panel.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&panel));
    }
    void say(int lines)
    {
        QSignalSpy inserted(&model, &QAbstractItemModel::rowsInserted);
        for (int line = 0; line < lines; ++line) {
            LogLine told;
            told.time = QDateTime(QDate(2026, 11, 22), QTime(8, 0), Qt::UTC).addSecs(said);
            told.text = u"line %1"_s.arg(said++);
            model.append(told);
        }
        QVERIFY(inserted.wait(30'000));
    }
    QString textAt(int y) const { return view->indexAt({ 5, y }).siblingAtColumn(LogModel::TextColumn).data().toString(); }
    bool atEnd() const { return bar->value() == bar->maximum(); }
};

} // namespace

class TestLogPanel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void emptyLogSaysSo();
    void followsItsEnd();
    void scrollingUpStopsFollowing();
    void reachingTheEndResumes();
    void theSwitchFollowsAgain();
    void whatOneReadsStaysInPlace();
    void filtering();
    void byLevelAndRun();
    void savesWhatIsShown();
    void copiesTheSelection();
    void copiesAllThatIsShown();
    void copyByKey();
    void clears();
    void resizingKeepsTheEnd();
};

void TestLogPanel::emptyLogSaysSo()
{
    Fixture f;
    f.show();
    auto *hint = f.panel.findChild<EmptyHint *>();
    QVERIFY(hint->isVisible());
    QVERIFY(!hint->text().isEmpty());
    f.say(1);
    QVERIFY(!hint->isVisible());
}

void TestLogPanel::followsItsEnd()
{
    Fixture f;
    f.show();
    for (int turn = 0; turn < 5; ++turn) {
        f.say(100);
        QTRY_VERIFY(f.bar->maximum() > 0);
        QTRY_VERIFY(f.atEnd());
        QVERIFY(f.panel.isFollowing());
    }
    f.say(900); // the oldest leave, the end stays
    QTRY_VERIFY(f.atEnd());
    QVERIFY(f.panel.isFollowing());
    QTRY_COMPARE(f.textAt(f.view->viewport()->height() - 5), u"line 1399"_s);
}

void TestLogPanel::scrollingUpStopsFollowing()
{
    Fixture f;
    f.show();
    f.say(100);
    QTRY_VERIFY(f.bar->maximum() > 0 && f.atEnd());
    f.bar->triggerAction(QAbstractSlider::SliderPageStepSub);
    QVERIFY(!f.panel.isFollowing());
    const int value = f.bar->value();
    const int maximum = f.bar->maximum();
    f.say(100);
    QTRY_VERIFY(f.bar->maximum() > maximum);
    QCOMPARE(f.bar->value(), value);
    QVERIFY(!f.panel.isFollowing());
}

void TestLogPanel::reachingTheEndResumes()
{
    Fixture f;
    f.show();
    f.say(100);
    QTRY_VERIFY(f.bar->maximum() > 0 && f.atEnd());
    f.bar->triggerAction(QAbstractSlider::SliderToMinimum);
    QVERIFY(!f.panel.isFollowing());
    f.bar->triggerAction(QAbstractSlider::SliderToMaximum);
    QVERIFY(f.panel.isFollowing());
    f.say(100);
    QTRY_COMPARE(f.textAt(f.view->viewport()->height() - 5), u"line 199"_s);
}

void TestLogPanel::theSwitchFollowsAgain()
{
    Fixture f;
    f.show();
    f.say(100);
    QTRY_VERIFY(f.bar->maximum() > 0 && f.atEnd());
    f.bar->triggerAction(QAbstractSlider::SliderToMinimum);
    f.actions.followLog->trigger();
    QVERIFY(f.panel.isFollowing());
    QVERIFY(f.atEnd());
    f.actions.followLog->trigger(); // and off, where one stands
    const int value = f.bar->value();
    f.say(50);
    QTRY_VERIFY(f.bar->maximum() > value);
    QCOMPARE(f.bar->value(), value);
}

void TestLogPanel::whatOneReadsStaysInPlace()
{
    Fixture f;
    f.show();
    f.say(1000);
    QTRY_VERIFY(f.bar->maximum() > 0 && f.atEnd());
    f.bar->setValue(f.bar->maximum() / 2);
    QVERIFY(!f.panel.isFollowing());
    const QString read = f.textAt(5);
    const int value = f.bar->value();
    f.say(10); // the log is full: a hundred of the oldest leave
    QTRY_VERIFY(f.bar->value() < value);
    QCOMPARE(f.textAt(5), read);
    QVERIFY(!f.panel.isFollowing());
}

void TestLogPanel::filtering()
{
    Fixture f;
    f.show();
    f.say(100);
    auto *search = f.panel.findChild<QLineEdit *>();
    f.actions.findInLog->trigger();
    QTRY_VERIFY(search->hasFocus());
    QTest::keyClicks(search, u"line 9"_s);
    QCOMPARE(f.view->model()->rowCount(), 11); // 9, 90 to 99
    QTest::keyClicks(search, u"zz"_s);
    QCOMPARE(f.view->model()->rowCount(), 0);
    auto *hint = f.panel.findChild<EmptyHint *>();
    QVERIFY(hint->isVisible());
    QCOMPARE(hint->text(), u"No line holds this text."_s);
    search->clear();
    QCOMPARE(f.view->model()->rowCount(), 100);
    QVERIFY(!hint->isVisible());
}

void TestLogPanel::copiesTheSelection()
{
    Fixture f;
    f.show();
    f.say(5);
    f.view->selectRow(3);
    f.view->selectionModel()->select(f.view->model()->index(1, 0), QItemSelectionModel::Select | QItemSelectionModel::Rows);
    f.actions.copyLog->trigger();
    QCOMPARE(QApplication::clipboard()->text(),
             u"2026-11-22T08:00:01.000Z info line 1\n2026-11-22T08:00:03.000Z info line 3\n"_s);
}

void TestLogPanel::copiesAllThatIsShown()
{
    Fixture f;
    f.show();
    f.say(20);
    f.panel.findChild<QLineEdit *>()->setText(u"line 1"_s);
    f.actions.copyLog->trigger();
    const QStringList lines = QApplication::clipboard()->text().split(u'\n', Qt::SkipEmptyParts);
    QCOMPARE(lines.size(), 11);
    QVERIFY(lines.first().endsWith(u"line 1"_s));
    QVERIFY(lines.last().endsWith(u"line 19"_s));
}

void TestLogPanel::copyByKey()
{
    Fixture f;
    f.show();
    f.say(3);
    f.view->selectRow(2);
    f.panel.focusList();
    QTRY_VERIFY(f.view->hasFocus());
    QApplication::clipboard()->clear();
    QTest::keySequence(f.view, QKeySequence::Copy);
    QCOMPARE(QApplication::clipboard()->text(), u"2026-11-22T08:00:02.000Z info line 2\n"_s);
}

void TestLogPanel::clears()
{
    Fixture f;
    f.show();
    f.say(100);
    f.actions.clearLog->trigger();
    QCOMPARE(f.view->model()->rowCount(), 0);
    QVERIFY(f.panel.findChild<EmptyHint *>()->isVisible());
    f.say(100);
    QTRY_VERIFY(f.bar->maximum() > 0 && f.atEnd());
    QVERIFY(f.panel.isFollowing());
}

void TestLogPanel::resizingKeepsTheEnd()
{
    Fixture f;
    f.show();
    f.say(100);
    QTRY_VERIFY(f.bar->maximum() > 0 && f.atEnd());
    for (const int height : { 100, 400, 150 }) {
        f.panel.resize(600, height);
        QTRY_VERIFY(f.panel.height() == height && f.atEnd());
        QVERIFY(f.panel.isFollowing());
    }
}

void TestLogPanel::byLevelAndRun()
{
    Fixture f;
    f.show();
    f.say(3);
    LogLine bad;
    bad.run = { u"20261122T080000000-00000a"_s };
    bad.level = LogLine::Level::Error;
    bad.text = u"it broke"_s;
    f.model.append(bad);
    bad.level = LogLine::Level::Info;
    f.model.append(bad);
    QTRY_COMPARE(f.view->model()->rowCount(), 5);
    auto *level = f.panel.findChild<QComboBox *>();
    level->setCurrentIndex(3);
    QCOMPARE(f.view->model()->rowCount(), 1);
    level->setCurrentIndex(0);
    f.panel.showRun(bad.run);
    QCOMPARE(f.view->model()->rowCount(), 2);
    auto *chip = f.panel.findChild<QToolButton *>(u"runChip"_s);
    QVERIFY(chip->isVisible());
    QCOMPARE(chip->text(), u"00000a"_s);
    chip->click();
    QVERIFY(!chip->isVisible());
    QCOMPARE(f.view->model()->rowCount(), 5);
}

void TestLogPanel::savesWhatIsShown()
{
    Fixture f;
    f.show();
    f.say(100);
    QTemporaryDir folder;
    f.panel.findChild<QLineEdit *>()->setText(u"line 9"_s);
    const QString path = folder.filePath(u"log.txt"_s);
    f.panel.saveTo(path);
    const auto strips = f.panel.findChildren<MessageStrip *>();
    QTRY_VERIFY(strips[0]->text().contains(path));
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QList<QByteArray> lines = file.readAll().trimmed().split('\n');
    QCOMPARE(lines.size(), 11);
    QVERIFY(lines[0].endsWith("line 9"));
    QCOMPARE(QDir(folder.path()).entryList(QDir::Files | QDir::Hidden).size(), 1);

    f.panel.saveTo(folder.filePath(u"no/such/folder.txt"_s));
    QTRY_VERIFY(!strips[1]->text().isEmpty());
    QVERIFY(strips[0]->text().isEmpty());
}

QTEST_MAIN(TestLogPanel)
#include "tst_logpanel.moc"
