// What 5,000 log lines a second cost the window's thread, beside the floor: painting the same view with no new lines.
// Prints one JSON object; judges nothing.
#include "actions.h"
#include "logmodel.h"
#include "logpanel.h"
#include "theme.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QFile>
#include <QTableView>
#include <QTest>

#include <algorithm>
#include <cstdio>

using namespace plantain;
using namespace Qt::StringLiterals;

namespace {

constexpr int linesASecond = 5000;
constexpr int framesASecond = 60;
constexpr int frames = 240; // four seconds' worth

LogLine line(int number)
{
    return { .time = QDateTime::fromSecsSinceEpoch(1'800'000'000 + number / linesASecond),
        .run = { u"20261122T080000000-00000a"_s },
        .level = LogLine::Level(number % 4),
        .text = u"line %1: a step of the model, said at some length so that it is like what servers say"_s.arg(number),
        .fromServer = true };
}

struct Figures
{
    double total = 0, median = 0, worst = 0; ///< milliseconds; the latter two of a frame
};

Figures figuresOf(std::vector<double> milliseconds)
{
    std::ranges::sort(milliseconds);
    Figures figures { .median = milliseconds[milliseconds.size() / 2], .worst = milliseconds.back() };
    for (const double frame : milliseconds)
        figures.total += frame;
    return figures;
}

/// One frame: `lines` are said, the model hands them to the view when its time has come, the view is painted. The time
/// for which the model lets lines gather is not counted: nothing runs then.
Figures measure(LogPanel &panel, LogModel &model, int lines)
{
    auto *view = panel.findChild<QTableView *>();
    std::vector<double> milliseconds;
    int number = 0;
    for (int frame = 0; frame < frames; ++frame) {
        QElapsedTimer timer;
        timer.start();
        for (int said = 0; said < lines; ++said)
            model.append(line(number++));
        double spent = double(timer.nsecsElapsed()) / 1e6;
        if (lines > 0) {
            bool inserted = false;
            const auto begin = QObject::connect(&model, &QAbstractItemModel::rowsAboutToBeInserted, [&] { timer.start(); });
            const auto removing = QObject::connect(&model, &QAbstractItemModel::rowsAboutToBeRemoved, [&] { timer.start(); });
            const auto end = QObject::connect(&model, &QAbstractItemModel::rowsInserted, [&] { inserted = true; });
            if (!QTest::qWaitFor([&] { return inserted; }))
                std::abort();
            for (const auto &connection : { begin, removing, end })
                QObject::disconnect(connection);
        } else {
            timer.start();
        }
        view->viewport()->repaint();
        milliseconds.push_back(spent + double(timer.nsecsElapsed()) / 1e6);
    }
    return figuresOf(milliseconds);
}

} // namespace

int main(int count, char **arguments)
{
    QApplication application(count, arguments);
    const Theme theme(application, Theme::Mode::Dark);
    QObject owner;
    const Actions actions(&owner);
    LogModel model;
    LogPanel panel(&model, actions);
    panel.resize(800, 300);
    panel.show();
    for (int number = 0; number < model.limit(); ++number) // a full log: the oldest lines have to leave
        model.append(line(number));
    if (!QTest::qWaitFor([&] { return model.rowCount() > 0; }) || !QTest::qWaitForWindowExposed(&panel))
        return 1;

    const Figures floor = measure(panel, model, 0);
    const Figures lines = measure(panel, model, linesASecond / framesASecond);
    const QByteArray json = QByteArrayLiteral("{\"bench\": \"log-lines\", \"lines_a_second\": ") + QByteArray::number(linesASecond)
        + ", \"frames\": " + QByteArray::number(frames) + ", \"floor_median_ms\": " + QByteArray::number(floor.median, 'f', 3)
        + ", \"median_ms\": " + QByteArray::number(lines.median, 'f', 3) + ", \"worst_ms\": "
        + QByteArray::number(lines.worst, 'f', 3) + ", \"ratio_to_floor\": " + QByteArray::number(lines.median / floor.median, 'f', 2)
        + ", \"share_of_thread\": " + QByteArray::number(lines.total / (1000.0 * frames / framesASecond), 'f', 4) + "}\n";
    std::fwrite(json.constData(), 1, size_t(json.size()), stdout);
    if (count > 1) {
        QFile file(QString::fromLocal8Bit(arguments[1]));
        if (!file.open(QIODevice::WriteOnly) || file.write(json) != json.size())
            return 1;
    }
    return 0;
}
