#pragma once

#include <QElapsedTimer>
#include <QStringList>

#include <algorithm>
#include <vector>

/// What the benchmarks share.

/// What follows `name` on the command line.
inline QString optionOf(const QStringList &arguments, const QString &name, const QString &otherwise)
{
    const qsizetype at = arguments.indexOf(name);
    return at > 0 && at + 1 < arguments.size() ? arguments.at(at + 1) : otherwise;
}

template <class Work>
double milliseconds(Work work)
{
    QElapsedTimer timer;
    timer.start();
    work();
    return double(timer.nsecsElapsed()) / 1e6;
}

inline double percentile(std::vector<double> values, double share)
{
    std::ranges::sort(values);
    return values[std::min(values.size() - 1, size_t(double(values.size()) * share))];
}

inline double median(std::vector<double> values)
{
    return percentile(std::move(values), 0.5);
}
