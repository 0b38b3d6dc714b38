#include "promptfilter.h"
#include "prompthistory.h"

#include <QAbstractItemModelTester>
#include <QTest>

using namespace plantain;
using namespace Qt::StringLiterals;

namespace {

RunSummary summary(const QString &prompt)
{
    RunSummary made;
    made.prompt = prompt;
    return made;
}

RunRecord record(const QString &prompt)
{
    RunRecord made;
    made.input = { { "prompt", toJson(prompt) } };
    return made;
}

} // namespace

class PromptHistoryTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void eachOnceNewestFirst();
    void aRunComesFirst();
    void keepsTheWholePrompt();
    void hasALimit();
    void filtersByWords();

private:
    static QStringList all(const PromptHistory &history)
    {
        QStringList prompts;
        for (int row = 0; row < history.rowCount(); ++row)
            prompts.append(history.prompt(row));
        return prompts;
    }
};

void PromptHistoryTest::eachOnceNewestFirst()
{
    PromptHistory history;
    const QAbstractItemModelTester tester(&history, QAbstractItemModelTester::FailureReportingMode::QtTest);
    history.addSummaries({ summary(u"c"_s), summary(u"b"_s), summary(u"c"_s), summary(u"  "_s) });
    history.addSummaries({ summary(u"b"_s), summary(u"a"_s) });
    history.addSummaries({ summary(u"a"_s) });
    QCOMPARE(all(history), QStringList({ u"c"_s, u"b"_s, u"a"_s }));
}

void PromptHistoryTest::aRunComesFirst()
{
    PromptHistory history;
    const QAbstractItemModelTester tester(&history, QAbstractItemModelTester::FailureReportingMode::QtTest);
    history.addSummaries({ summary(u"c"_s), summary(u"b"_s), summary(u"a"_s) });
    history.runAdded(record(u"d"_s));
    history.runAdded(record(u"a"_s)); // again: to the front, not twice
    history.runAdded(record(u"a"_s));
    history.runAdded(record(QString()));
    QCOMPARE(all(history), QStringList({ u"a"_s, u"d"_s, u"c"_s, u"b"_s }));
}

void PromptHistoryTest::keepsTheWholePrompt()
{
    PromptHistory history;
    const QString longOne = u"first\nsecond "_s + QString(40'000, u'x');
    history.addSummaries({ summary(longOne) });
    QCOMPARE(history.index(0).data(PromptHistory::PromptRole).toString(), longOne);
    const QString line = history.index(0).data().toString();
    QVERIFY(line.size() <= 300 && line.startsWith(u"first second"_s)); // of a list: one line
}

void PromptHistoryTest::hasALimit()
{
    PromptHistory history;
    std::vector<RunSummary> page;
    for (int i = 0; i < 10'100; ++i)
        page.push_back(summary(QString::number(i)));
    history.addSummaries(page);
    QCOMPARE(history.rowCount(), 10'000);
    history.runAdded(record(u"new"_s));
    QCOMPARE(history.rowCount(), 10'000);
    QCOMPARE(history.prompt(0), u"new"_s);
    QCOMPARE(history.prompt(9'999), u"9998"_s);
    history.runAdded(record(u"9999"_s)); // had been dropped: not taken for known
    QCOMPARE(history.prompt(0), u"9999"_s);
}

void PromptHistoryTest::filtersByWords()
{
    PromptHistory history;
    history.addSummaries({ summary(u"A heron at dawn"_s), summary(u"Dawn over hills"_s), summary(u"A pear"_s) });
    PromptFilter filter;
    const QAbstractItemModelTester tester(&filter, QAbstractItemModelTester::FailureReportingMode::QtTest);
    filter.setSourceModel(&history);
    QCOMPARE(filter.rowCount(), 3);
    filter.setText(u" DAWN "_s);
    QCOMPARE(filter.rowCount(), 2);
    filter.setText(u"dawn her"_s);
    QCOMPARE(filter.rowCount(), 1);
    filter.setText({});
    QCOMPARE(filter.rowCount(), 3);
}

QTEST_GUILESS_MAIN(PromptHistoryTest)
#include "tst_prompthistory.moc"
