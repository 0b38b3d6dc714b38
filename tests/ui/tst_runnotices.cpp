#include "runmodel.h"
#include "runnotices.h"

#include <QSignalSpy>
#include <QTest>
#include <QWidget>

using namespace plantain;
using namespace Qt::StringLiterals;

namespace {

RunRecord recordOf(int sequence, RunState state)
{
    RunRecord record;
    record.id = { u"run-%1"_s.arg(sequence) };
    record.sequence = sequence;
    record.state = state;
    record.input = Json { { "prompt", "<b>a</b>\nplantain" } };
    if (state == RunState::Done)
        record.images = { { .file = u"one.png"_s }, { .file = u"two.png"_s } };
    if (state == RunState::Failed)
        record.error = Error { .kind = ErrorKind::ServerFault, .httpStatus = 500 };
    return record;
}

} // namespace

class TestRunNotices : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void words()
    {
        const RunSummary done = summaryOf(recordOf(1, RunState::Done));
        const RunSummary failed = summaryOf(recordOf(2, RunState::Failed));
        QCOMPARE(noticeOf({ done }).title, u"2 pictures are there"_s);
        QCOMPARE(noticeOf({ done }).body, u"<b>a</b> plantain"_s);
        QCOMPARE(noticeOf({ failed }).title, u"Run ended: Failed"_s);
        QVERIFY(noticeOf({ failed }).body.endsWith(u"\n<b>a</b> plantain"_s));
        QCOMPARE(noticeOf({ done, failed, done }).title, u"2 runs are done, 1 ended without pictures"_s);
        QCOMPARE(noticeOf({ done, done, done, done, done }).body.count(u'\n'), 3);
        QVERIFY(noticeOf({ done, done, done, done, done }).body.endsWith(u"and 2 more"_s));
    }

    void endsTogetherAreOneNotice()
    {
        RunModel model;
        QWidget window;
        RunNotices notices(model, window);
        QSignalSpy told(&notices, &RunNotices::told);
        for (const RunState state : { RunState::Done, RunState::Failed, RunState::Cancelled }) {
            const RunRecord record = recordOf(model.rowCount() + 1, state);
            model.runAdded(record);
            notices.ended(record.id);
        }
        QVERIFY(told.wait(30'000));
        QCOMPARE(told.size(), 1);
        QCOMPARE(told[0][0].toString(), u"1 runs are done, 1 ended without pictures"_s); // not what a person cancelled
    }

    void nothingWhileTheWindowIsInSightOrSwitchedOff()
    {
        RunModel model;
        model.runAdded(recordOf(1, RunState::Done));
        QWidget window;
        RunNotices notices(model, window);
        QSignalSpy told(&notices, &RunNotices::told);
        window.show();
        window.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&window));
        auto *timer = notices.findChild<QTimer *>();
        notices.ended({ u"run-1"_s });
        QVERIFY(!timer->isActive());
        window.hide();
        QTRY_VERIFY(!window.isActiveWindow());
        notices.setEnabled(false);
        notices.ended({ u"run-1"_s });
        QVERIFY(!timer->isActive());
        notices.setEnabled(true);
        notices.ended({ u"run-1"_s });
        QVERIFY(told.wait(30'000));
    }
};

QTEST_MAIN(TestRunNotices)
#include "tst_runnotices.moc"
