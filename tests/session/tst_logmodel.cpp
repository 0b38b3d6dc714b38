#include "ids.h"
#include "logfilter.h"
#include "logmodel.h"
#include "testwait.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

#include <algorithm>

using namespace plantain;
using namespace Qt::StringLiterals;

namespace {

LogLine lineOf(int number, const QString &text = u"line %1"_s)
{
    LogLine line;
    line.time = QDateTime(QDate(2026, 11, 22), QTime(8, 0), Qt::UTC).addMSecs(number);
    line.run = { u"20261122T080000000-4f9a2c"_s };
    line.text = text.contains("%1"_L1) ? text.arg(number) : text;
    line.level = LogLine::Level::Info;
    line.fromServer = true;
    return line;
}

QString textAt(const QAbstractItemModel &model, int row)
{
    return model.index(row, LogModel::TextColumn).data().toString();
}

} // namespace

class TestLogModel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void linesOfOneTurnEnterTogether();
    void boundedInCharacters();
    void boundedAndInOrder_data();
    void boundedAndInOrder();
    void aFloodOfOneTurnKeepsItsEnd();
    void theOldestLeaveInBatches();
    void clearing();
    void whatACellShows();
    void whatIsCopied();
    void longLinesAreCut();
    void filter();
    void filterOfALivingLog();
};

void TestLogModel::linesOfOneTurnEnterTogether()
{
    LogModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    QSignalSpy inserted(&model, &QAbstractItemModel::rowsInserted);
    for (int number = 0; number < 500; ++number)
        model.append(lineOf(number));
    QCOMPARE(model.rowCount(), 0);
    QTRY_COMPARE(model.rowCount(), 500);
    QCOMPARE(inserted.size(), 1);
    model.append(lineOf(500));
    QTRY_COMPARE(model.rowCount(), 501);
    QCOMPARE(inserted.size(), 2);
    for (int row = 0; row < 501; ++row)
        QCOMPARE(textAt(model, row), u"line %1"_s.arg(row));
}

void TestLogModel::boundedInCharacters()
{
    LogModel model;
    LogLine line;
    line.text = QString(1'000'000, u'x'); // kept at 16 K
    for (const int count : { 5000, 100, 700 }) { // at once, and on top
        for (int number = 0; number < count; ++number)
            model.append(line);
        const LogLine last { .text = u"the last of %1"_s.arg(count) };
        model.append(last);
        WAIT_FOR(model.rowCount() > 0 && textAt(model, model.rowCount() - 1) == last.text);
        qsizetype characters = 0;
        for (int row = 0; row < model.rowCount(); ++row)
            characters += model.index(row, 0).data(LogModel::LogTextRole).toString().size();
        QVERIFY2(characters <= LogModel::mostCharacters, qPrintable(QString::number(characters)));
        QVERIFY(characters > LogModel::mostCharacters / 2);
    }
    model.clear();
    model.append({ .text = u"again"_s });
    WAIT_COMPARE(model.rowCount(), 1);
}

void TestLogModel::boundedAndInOrder_data()
{
    QTest::addColumn<int>("limit");
    QTest::addColumn<int>("turn"); // lines said in one turn
    QTest::addColumn<int>("all");
    QTest::newRow("few at a time") << 100 << 7 << 1400;
    QTest::newRow("one at a time") << 10 << 1 << 100;
    QTest::newRow("thousands") << LogModel::defaultLimit << 2500 << 100'000;
    QTest::newRow("nearly the limit") << LogModel::defaultLimit << 9999 << 100'000;
    QTest::newRow("more than the limit") << LogModel::defaultLimit << 25'000 << 100'000;
}

void TestLogModel::boundedAndInOrder()
{
    QFETCH(int, limit);
    QFETCH(int, turn);
    QFETCH(int, all);
    LogModel model(nullptr, limit);
    int most = 0;
    QSignalSpy inserted(&model, &QAbstractItemModel::rowsInserted);
    QSignalSpy removed(&model, &QAbstractItemModel::rowsRemoved);
    connect(&model, &QAbstractItemModel::rowsInserted, this, [&] { most = std::max(most, model.rowCount()); });
    int next = 0;
    int turns = 0;
    while (next < all) {
        const int end = std::min(next + turn, all);
        for (; next < end; ++next)
            model.append(lineOf(next));
        ++turns;
        QVERIFY(inserted.wait(30'000));
        QCOMPARE(textAt(model, model.rowCount() - 1), u"line %1"_s.arg(next - 1));
    }
    QCOMPARE(inserted.size(), turns);
    QVERIFY(removed.size() > 0 && removed.size() < turns);
    QVERIFY2(most <= limit, qPrintable(QString::number(most)));
    QVERIFY(model.rowCount() >= limit * 9 / 10);
    const int first = all - model.rowCount();
    for (int row = 0; row < model.rowCount(); ++row) {
        if (textAt(model, row) != u"line %1"_s.arg(first + row))
            QFAIL(qPrintable(u"row %1 says '%2'"_s.arg(row).arg(textAt(model, row))));
    }
}

void TestLogModel::aFloodOfOneTurnKeepsItsEnd()
{
    LogModel model(nullptr, 1000);
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.append(lineOf(-1));
    QTRY_COMPARE(model.rowCount(), 1);
    QSignalSpy inserted(&model, &QAbstractItemModel::rowsInserted);
    QSignalSpy removed(&model, &QAbstractItemModel::rowsRemoved);
    for (int number = 0; number < 100'000; ++number)
        model.append(lineOf(number));
    QTRY_COMPARE(model.rowCount(), 1000);
    QCOMPARE(inserted.size(), 1);
    QCOMPARE(removed.size(), 1);
    QCOMPARE(textAt(model, 0), u"line 99000"_s);
    QCOMPARE(textAt(model, 999), u"line 99999"_s);
}

void TestLogModel::theOldestLeaveInBatches()
{
    LogModel model(nullptr, 1000);
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    for (int number = 0; number < 1000; ++number)
        model.append(lineOf(number));
    QTRY_COMPARE(model.rowCount(), 1000);
    QSignalSpy removed(&model, &QAbstractItemModel::rowsRemoved);
    QSignalSpy inserted(&model, &QAbstractItemModel::rowsInserted);
    for (int number = 1000; number < 1100; ++number) {
        model.append(lineOf(number));
        QVERIFY(inserted.wait(30'000));
    }
    QCOMPARE(removed.size(), 1); // a hundred lines, one at a time, and one removal
    QCOMPARE(removed[0][1].toInt(), 0);
    QCOMPARE(removed[0][2].toInt(), 99);
    QCOMPARE(model.rowCount(), 1000);
    QCOMPARE(textAt(model, 0), u"line 100"_s);
}

void TestLogModel::clearing()
{
    LogModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.clear();
    model.append(lineOf(1));
    QTRY_COMPARE(model.rowCount(), 1);
    model.append(lineOf(2));
    model.clear(); // what waits goes too
    QCOMPARE(model.rowCount(), 0);
    model.append(lineOf(3));
    QTRY_COMPARE(model.rowCount(), 1);
    QCOMPARE(textAt(model, 0), u"line 3"_s);
}

void TestLogModel::whatACellShows()
{
    LogModel model;
    LogLine line = lineOf(1, u"first\nsecond\tthird\x1b[31mred\u2028end"_s);
    line.level = LogLine::Level::Warning;
    model.append(line);
    QTRY_COMPARE(model.rowCount(), 1);
    QCOMPARE(textAt(model, 0), u"first second third [31mred end"_s);
    QCOMPARE(model.index(0, LogModel::TextColumn).data(LogModel::LogTextRole).toString(), line.text);
    QCOMPARE(model.index(0, LogModel::LevelColumn).data().toString(), u"warning"_s);
    QCOMPARE(model.index(0, LogModel::RunColumn).data().toString(), u"4f9a2c"_s);
    QCOMPARE(model.index(0, 0).data(LogModel::LogRunRole).value<RunId>(), line.run);
    QCOMPARE(model.index(0, LogModel::TimeColumn).data().toString(),
             line.time.toLocalTime().toString(u"HH:mm:ss.zzz"_s));
}

void TestLogModel::whatIsCopied()
{
    LogModel model;
    model.append(lineOf(1, u"first\nsecond"_s));
    LogLine ours = lineOf(2, u"started"_s);
    ours.run = {};
    model.append(ours);
    QTRY_COMPARE(model.rowCount(), 2);
    QCOMPARE(model.index(0, 0).data(LogModel::LogCopyRole).toString(),
             u"2026-11-22T08:00:00.001Z info 20261122T080000000-4f9a2c first\nsecond"_s);
    QCOMPARE(model.index(1, 0).data(LogModel::LogCopyRole).toString(), u"2026-11-22T08:00:00.002Z info started"_s);
}

void TestLogModel::longLinesAreCut()
{
    LogModel model;
    model.append(lineOf(1, QString(2'000'000, u'x')));
    QTRY_COMPARE(model.rowCount(), 1);
    QVERIFY(textAt(model, 0).size() <= 1000);
    const QString kept = model.index(0, 0).data(LogModel::LogTextRole).toString();
    QCOMPARE(kept.size(), 16 * 1024 + 1);
    QVERIFY(kept.endsWith(u'…'));
}

void TestLogModel::filter()
{
    LogModel model;
    LogFilter filter;
    filter.setSourceModel(&model);
    QAbstractItemModelTester tester(&filter, QAbstractItemModelTester::FailureReportingMode::QtTest);
    LogLine other = lineOf(3, u"Painting"_s);
    other.run = { u"20261122T080000000-abcdef"_s };
    model.append(lineOf(1, u"queued"_s));
    model.append(lineOf(2, u"painting (.*) <b>"_s));
    model.append(other);
    QTRY_COMPARE(model.rowCount(), 3);
    const auto shown = [&filter] {
        QStringList texts;
        for (int row = 0; row < filter.rowCount(); ++row)
            texts += textAt(filter, row);
        return texts.join(u'|');
    };
    QCOMPARE(filter.rowCount(), 3);
    filter.setText(u"PAINT"_s);
    QCOMPARE(shown(), u"painting (.*) <b>|Painting"_s);
    filter.setText(u"(.*)"_s); // a text, no pattern
    QCOMPARE(shown(), u"painting (.*) <b>"_s);
    filter.setText(u"abcdef"_s); // of one run
    QCOMPARE(shown(), u"Painting"_s);
    filter.setText(u"nothing like it"_s);
    QCOMPARE(filter.rowCount(), 0);
    filter.setText({});
    QCOMPARE(filter.rowCount(), 3);
}

void TestLogModel::filterOfALivingLog()
{
    LogModel model(nullptr, 100);
    LogFilter filter;
    filter.setSourceModel(&model);
    QAbstractItemModelTester tester(&filter, QAbstractItemModelTester::FailureReportingMode::QtTest);
    filter.setText(u"7"_s);
    QSignalSpy inserted(&model, &QAbstractItemModel::rowsInserted);
    for (int number = 0; number < 1000; ++number) {
        model.append(lineOf(number));
        if (number % 50 == 49)
            QVERIFY(inserted.wait(30'000));
    }
    QCOMPARE(textAt(filter, filter.rowCount() - 1), u"line 997"_s);
    for (int row = 0; row < filter.rowCount(); ++row)
        QVERIFY(textAt(filter, row).contains(u'7'));
}

QTEST_GUILESS_MAIN(TestLogModel)
#include "tst_logmodel.moc"
