#include "actions.h"
#include "confirmbar.h"
#include "docktitle.h"
#include "emptyhint.h"
#include "rundelegate.h"
#include "runmodel.h"
#include "runpanel.h"
#include "theme.h"

#include <QAction>
#include <QApplication>
#include <QHeaderView>
#include <QMenu>
#include <QPushButton>
#include <QSignalSpy>
#include <QTableView>
#include <QTest>

using namespace plantain;
using namespace Qt::StringLiterals;

namespace {

RunRecord recordOf(int sequence, RunState state)
{
    RunRecord record;
    record.id = { u"run-%1"_s.arg(sequence) };
    record.sequence = sequence;
    record.endpoint = { u"house/drawing"_s };
    record.state = state;
    record.input = Json { { "prompt", "<img src='/etc/hostname'> a plantain" }, { "num_images", 2 } };
    record.createdAt = QDateTime::currentDateTimeUtc();
    return record;
}

struct Fixture
{
    Theme theme { *qApp, Theme::Mode::Dark };
    QObject owner;
    Actions actions { &owner };
    RunModel model;
    RunPanel panel { &model, actions };
    QTableView *view = panel.findChild<QTableView *>();

    void show(QSize size = { 1000, 240 })
    {
        panel.resize(size);
        panel.show();
        panel.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&panel));
    }
    ConfirmBar *confirm() const { return panel.findChild<ConfirmBar *>(); }
    void select(int row) { view->selectRow(row); }
    QPoint middleOf(int row, int column) const { return view->visualRect(model.index(row, column)).center(); }
};

QString names(const QSignalSpy &spy)
{
    QStringList texts;
    for (const QList<QVariant> &call : spy)
        texts += call[0].value<RunId>().text;
    texts.sort();
    return texts.join(u' ');
}

} // namespace

class TestRunPanel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void emptyListSaysWhatToDo();
    void nothingIsSelectedByItself();
    void selectingShowsTheRun();
    void deleteCancels();
    void deleteElsewhereDoesNot();
    void buttonInTheRow_data();
    void buttonInTheRow();
    void actionsFollowTheSelection_data();
    void actionsFollowTheSelection();
    void aRunThatEndsTakesItsActionsAlong();
    void severalAtOnce();
    void columnsByWidth();
    void contextMenu();
    void tabLeavesTheList();
    void leavingTheQuestionSendsNothing();
    void keysMoveWaitingRuns();
    void aRunThatWaitsLeadsOn();
};

void TestRunPanel::emptyListSaysWhatToDo()
{
    Fixture f;
    f.show();
    auto *hint = f.panel.findChild<EmptyHint *>();
    QVERIFY(hint->isVisible());
    QVERIFY(hint->text().contains(u"Generate"_s));
    f.model.runAdded(recordOf(1, RunState::Accepted));
    QVERIFY(!hint->isVisible());
}

void TestRunPanel::nothingIsSelectedByItself()
{
    Fixture f;
    f.show();
    QSignalSpy shown(&f.panel, &RunPanel::showRun);
    f.model.runAdded(recordOf(1, RunState::Accepted));
    f.panel.focusList();
    f.model.runAdded(recordOf(2, RunState::Accepted));
    QCOMPARE(f.view->selectionModel()->selectedRows().size(), 0);
    QCOMPARE(shown.size(), 0);
}

void TestRunPanel::selectingShowsTheRun()
{
    Fixture f;
    f.show();
    f.model.runAdded(recordOf(1, RunState::Done));
    f.model.runAdded(recordOf(2, RunState::Accepted));
    QSignalSpy shown(&f.panel, &RunPanel::showRun);
    QTest::mouseClick(f.view->viewport(), Qt::LeftButton, {}, f.middleOf(1, RunModel::PromptColumn));
    QCOMPARE(names(shown), u"run-1"_s);
    QTest::keyClick(f.view, Qt::Key_Up);
    QCOMPARE(names(shown), u"run-1 run-2"_s);
    f.model.runAdded(recordOf(3, RunState::Accepted)); // the selection stays with its run
    QCOMPARE(f.panel.selectedRuns(), std::vector { RunId { u"run-2"_s } });
    QCOMPARE(names(shown), u"run-1 run-2"_s);
    QTest::keyClick(f.view, Qt::Key_Return);
    QCOMPARE(shown.last()[0].value<RunId>().text, u"run-2"_s);
    QCOMPARE(shown.size(), 3);
}

void TestRunPanel::deleteCancels()
{
    Fixture f;
    f.show();
    f.model.runAdded(recordOf(1, RunState::Accepted));
    f.select(0);
    f.panel.focusList();
    QTRY_VERIFY(f.view->hasFocus());
    QSignalSpy cancelled(&f.panel, &RunPanel::cancelRequested);
    QTest::keyClick(f.view, Qt::Key_Delete);
    QCOMPARE(names(cancelled), u"run-1"_s);
}

void TestRunPanel::deleteElsewhereDoesNot()
{
    Fixture f;
    f.model.runAdded(recordOf(1, RunState::Accepted));
    f.show();
    f.select(0);
    f.panel.title()->setFocusPolicy(Qt::StrongFocus);
    f.panel.title()->setFocus();
    QTRY_VERIFY(!f.view->hasFocus());
    QSignalSpy cancelled(&f.panel, &RunPanel::cancelRequested);
    QTest::keyClick(f.panel.title(), Qt::Key_Delete);
    QCOMPARE(cancelled.size(), 0);
}

void TestRunPanel::buttonInTheRow_data()
{
    QTest::addColumn<RunState>("state");
    QTest::addColumn<bool>("last"); // the last button of the row rather than the first
    QTest::addColumn<QString>("signal");
    QTest::newRow("cancel") << RunState::Accepted << false << u"cancel"_s;
    QTest::newRow("look up") << RunState::Unknown << false << u"lookUp"_s;
    QTest::newRow("send an unknown run again") << RunState::Unknown << true << u"sendAgain"_s;
    QTest::newRow("send a failed run again") << RunState::Failed << false << u"sendAgain"_s;
    QTest::newRow("nothing to do") << RunState::Done << false << QString();
}

void TestRunPanel::buttonInTheRow()
{
    QFETCH(RunState, state);
    QFETCH(bool, last);
    Fixture f;
    f.model.runAdded(recordOf(1, state));
    f.show();
    QStringList told;
    const auto tell = [&told](const QString &what) {
        return [&told, what](const RunId &id) { told += id == RunId { u"run-1"_s } ? what : u"wrong run"_s; };
    };
    connect(&f.panel, &RunPanel::cancelRequested, this, tell(u"cancel"_s));
    connect(&f.panel, &RunPanel::lookUpRequested, this, tell(u"lookUp"_s));
    connect(&f.panel, &RunPanel::sendAgainRequested, this, tell(u"sendAgain"_s));
    const QRect cell = f.view->visualRect(f.model.index(0, RunModel::ActionColumn));
    QVERIFY(cell.width() > 40);
    QStyleOptionViewItem option;
    option.font = f.view->font();
    option.fontMetrics = QFontMetrics(option.font);
    const int first = RunDelegate::buttonWidth(option, RunAction::LookUp);
    const QPoint point = last ? QPoint(cell.left() + first + 20, cell.center().y()) : QPoint(cell.left() + 20, cell.center().y());
    QTest::mouseClick(f.view->viewport(), Qt::LeftButton, {}, point);
    if (state == RunState::Unknown && last) { // it may be paid for twice: the explicit word, in place
        QVERIFY(told.isEmpty());
        QVERIFY(f.confirm()->isVisible());
        f.confirm()->findChildren<QPushButton *>()[0]->click();
        QVERIFY(!f.confirm()->isVisible());
    }
    QTEST(told.join(u' '), "signal");
    QTest::mouseClick(f.view->viewport(), Qt::RightButton, {}, point);
    QTEST(told.join(u' '), "signal");
}

void TestRunPanel::actionsFollowTheSelection_data()
{
    QTest::addColumn<RunState>("state");
    QTest::addColumn<QString>("enabled");
    QTest::newRow("open") << RunState::Accepted << u"show cancel"_s;
    QTest::newRow("unknown") << RunState::Unknown << u"show lookUp sendAgain"_s;
    QTest::newRow("refused") << RunState::Refused << u"show sendAgain"_s;
    QTest::newRow("done") << RunState::Done << u"show"_s;
}

namespace {

QString enabledOf(const Actions &actions)
{
    QStringList enabled;
    for (const auto &[action, name] : { std::pair { actions.showRun, "show"_L1 }, { actions.cancelRun, "cancel"_L1 },
                                        { actions.lookUp, "lookUp"_L1 }, { actions.sendAgain, "sendAgain"_L1 } }) {
        if (action->isEnabled())
            enabled += name;
    }
    return enabled.join(u' ');
}

} // namespace

void TestRunPanel::actionsFollowTheSelection()
{
    QFETCH(RunState, state);
    Fixture f;
    f.model.runAdded(recordOf(1, state));
    QCOMPARE(enabledOf(f.actions), QString());
    f.select(0);
    QTEST(enabledOf(f.actions), "enabled");
    QCOMPARE(f.actions.cancelAll->isEnabled(), state == RunState::Accepted);
    f.view->clearSelection();
    QCOMPARE(enabledOf(f.actions), QString());
}

void TestRunPanel::aRunThatEndsTakesItsActionsAlong()
{
    Fixture f;
    f.model.runAdded(recordOf(1, RunState::Accepted));
    f.select(0);
    QCOMPARE(enabledOf(f.actions), u"show cancel"_s);
    f.model.runChanged(recordOf(1, RunState::Unknown));
    QCOMPARE(enabledOf(f.actions), u"show lookUp sendAgain"_s);
    QVERIFY(!f.actions.cancelAll->isEnabled());
}

void TestRunPanel::severalAtOnce()
{
    Fixture f;
    f.model.runAdded(recordOf(1, RunState::Accepted));
    f.model.runAdded(recordOf(2, RunState::Done));
    f.model.runAdded(recordOf(3, RunState::Accepted));
    QSignalSpy shown(&f.panel, &RunPanel::showRun);
    f.view->selectAll();
    QCOMPARE(shown.size(), 0); // several are no one's picture
    QSignalSpy cancelled(&f.panel, &RunPanel::cancelRequested);
    f.actions.cancelRun->trigger();
    QCOMPARE(names(cancelled), u"run-1 run-3"_s);
}

void TestRunPanel::columnsByWidth()
{
    Fixture f;
    f.model.runAdded(recordOf(1, RunState::Accepted));
    f.show({ 1400, 240 });
    const auto hidden = [&f] {
        QStringList columns;
        for (int column = 0; column < RunModel::ColumnCount; ++column) {
            if (f.view->isColumnHidden(column))
                columns += f.model.headerData(column, Qt::Horizontal).toString();
        }
        return columns.join(u' ');
    };
    QCOMPARE(hidden(), QString());
    f.panel.resize(500, 240);
    QTRY_COMPARE(hidden(), u"Images Price Endpoint"_s);
    for (const int column : { int(RunModel::StateColumn), int(RunModel::PromptColumn), int(RunModel::ActionColumn) }) {
        const QRect cell = f.view->visualRect(f.model.index(0, column));
        QVERIFY(cell.width() > 40);
        QVERIFY(cell.right() <= f.view->viewport()->width());
    }
}

void TestRunPanel::contextMenu()
{
    Fixture f;
    f.model.runAdded(recordOf(1, RunState::Unknown));
    f.show();
    f.select(0);
    Q_EMIT f.view->customContextMenuRequested(f.middleOf(0, 1));
    auto *menu = qobject_cast<QMenu *>(QApplication::activePopupWidget());
    QVERIFY(menu);
    QVERIFY(menu->actions().contains(f.actions.lookUp));
    QVERIFY(menu->actions().contains(f.actions.sendAgain));
    QSignalSpy gone(menu, &QObject::destroyed);
    menu->close();
    QTRY_COMPARE(gone.size(), 1);
}

void TestRunPanel::tabLeavesTheList()
{
    Fixture f;
    f.model.runAdded(recordOf(1, RunState::Accepted));
    f.model.runAdded(recordOf(2, RunState::Accepted));
    f.show();
    f.panel.focusList();
    QTRY_VERIFY(f.view->hasFocus());
    QTest::keyClick(f.view, Qt::Key_Tab);
    QTRY_VERIFY(!f.view->hasFocus());
}

void TestRunPanel::leavingTheQuestionSendsNothing()
{
    Fixture f;
    f.model.runAdded(recordOf(1, RunState::Unknown));
    f.model.runAdded(recordOf(2, RunState::Failed));
    f.show();
    f.view->selectAll();
    QSignalSpy again(&f.panel, &RunPanel::sendAgainRequested);
    f.actions.sendAgain->trigger();
    QCOMPARE(names(again), u"run-2"_s); // failed for certain
    QVERIFY(f.confirm()->isVisible());
    QTest::keyClick(f.confirm(), Qt::Key_Escape);
    QVERIFY(!f.confirm()->isVisible());
    QCOMPARE(again.size(), 1);
}

/// For a key it leads to where that is entered; between two tries the wait can be cut short.
void TestRunPanel::aRunThatWaitsLeadsOn()
{
    Fixture f;
    f.model.runAdded(recordOf(1, RunState::Accepted));
    f.show();
    QSignalSpy key(&f.panel, &RunPanel::keyRequested), now(&f.panel, &RunPanel::tryNowRequested);
    const auto press = [&f](int left) {
        const QRect cell = f.view->visualRect(f.model.index(0, RunModel::ActionColumn));
        QTest::mouseClick(f.view->viewport(), Qt::LeftButton, {}, QPoint(cell.left() + left, cell.center().y()));
    };
    const RunId id = f.model.idAt(0);
    f.model.progressed(id, { .phase = RunProgress::Phase::Waiting, .note = u"Needs the key of fal."_s, .needsKey = true });
    QCOMPARE(f.model.index(0, RunModel::ActionColumn).data().toString(), u"Enter key | Cancel"_s);
    press(20);
    QCOMPARE(key.size(), 1);
    f.model.progressed(id, { .phase = RunProgress::Phase::Waiting, .note = u"No connection."_s,
                             .nextTry = QDateTime::currentDateTimeUtc().addSecs(30) });
    QCOMPARE(f.model.index(0, RunModel::ActionColumn).data().toString(), u"Cancel | Try now"_s);
    QVERIFY(f.model.index(0, RunModel::StateColumn).data(RunDetailRole).toString().contains(u"Next try in "_s));
    QStyleOptionViewItem option;
    option.font = f.view->font();
    option.fontMetrics = QFontMetrics(option.font);
    press(RunDelegate::buttonWidth(option, RunAction::Cancel) + 20);
    QCOMPARE(now.size(), 1);
    QCOMPARE(key.size(), 1);
}

void TestRunPanel::keysMoveWaitingRuns()
{
    Fixture f;
    for (int sequence = 1; sequence <= 3; ++sequence)
        f.model.runAdded(recordOf(sequence, RunState::Intent));
    f.model.setWaiting({ f.model.idAt(2), f.model.idAt(1), f.model.idAt(0) }, false);
    f.show();
    f.panel.focusList();
    QTRY_VERIFY(f.view->hasFocus());
    f.select(2);
    QVERIFY(!f.actions.sendSooner->isEnabled());
    QVERIFY(f.actions.sendLater->isEnabled());
    QVERIFY(f.actions.cancelWaiting->isEnabled());
    QSignalSpy cancelled(&f.panel, &RunPanel::cancelRequested);
    QTest::keyClick(f.view, Qt::Key_Delete);
    QCOMPARE(names(cancelled), u"run-1"_s);
    QSignalSpy moved(&f.panel, &RunPanel::moveRequested);
    f.select(1);
    QTest::keyClick(f.view, Qt::Key_Down, Qt::AltModifier | Qt::ShiftModifier); // down the list is sooner
    QCOMPARE(moved.size(), 1);
    QCOMPARE(moved[0][0].value<RunId>(), f.model.idAt(1));
    QCOMPARE(moved[0][1].toInt(), 0);
    QTest::keyClick(f.view, Qt::Key_Up, Qt::AltModifier | Qt::ShiftModifier);
    QCOMPARE(moved[1][1].toInt(), 2);
}

QTEST_MAIN(TestRunPanel)
#include "tst_runpanel.moc"
