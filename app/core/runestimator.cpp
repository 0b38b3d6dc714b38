#include "runestimator.h"

#include <QStringList>

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

using namespace Qt::StringLiterals;

namespace plantain {

namespace {

constexpr size_t samplesKept = 300;
constexpr double secondsOfDay = 24 * 60 * 60;

/// How long a resolution takes beside 1K, before there is any history of it.
struct Ratio
{
    QLatin1StringView resolution;
    double usual, high;
};
constexpr std::array ratios { Ratio { "0.5K"_L1, 0.9, 1.0 }, Ratio { "2K"_L1, 1.75, 2.0 }, Ratio { "4K"_L1, 2.5, 3.0 } };

Ratio ratioOf(const QString &resolution)
{
    const auto found = std::ranges::find(ratios, resolution, &Ratio::resolution);
    return found == ratios.end() ? Ratio { "1K"_L1, 1, 1 } : *found;
}

QString kindOf(const QStringList &parts)
{
    return parts.join(u'\n');
}

QString alike(const RunTraits &traits)
{
    return kindOf({ traits.server, traits.endpoint.text, traits.resolution, QString::number(traits.references), traits.thinking });
}

QString sameResolution(const RunTraits &traits)
{
    return kindOf({ traits.server, traits.endpoint.text, traits.resolution });
}

QString sameEndpoint(const RunTraits &traits)
{
    return kindOf({ traits.server, traits.endpoint.text });
}

double quantile(const std::vector<double> &sorted, double part)
{
    const auto place = size_t(std::ceil(part * double(sorted.size()))) - 1;
    return sorted[std::min(place, sorted.size() - 1)];
}

} // namespace

RunTraits traitsOf(const RunRecord &record)
{
    return { .server = record.server,
        .endpoint = record.endpoint,
        .resolution = stringAt(record.input, "resolution", u"1K"_s),
        .references = int(record.references.size()),
        .thinking = stringAt(record.input, "thinking_level") };
}

std::optional<double> workSecondsOf(const RunRecord &record)
{
    if (record.inferenceSeconds && *record.inferenceSeconds > 0)
        return record.inferenceSeconds;
    if (record.startedAt.isValid() && record.completedAt.isValid())
        return double(record.startedAt.msecsTo(record.completedAt)) / 1000.0;
    return std::nullopt;
}

void RunEstimator::add(const RunTraits &traits, double seconds)
{
    if (!(seconds > 0 && seconds < secondsOfDay))
        return;
    const auto keep = [this](const QString &kind, double sample) {
        Samples &samples = m_samples[kind];
        samples.push_back(sample);
        if (samples.size() > samplesKept)
            samples.pop_front();
    };
    const double asOf1K = seconds / ratioOf(traits.resolution).usual;
    keep(alike(traits), seconds);
    keep(sameResolution(traits), seconds);
    keep(sameEndpoint(traits), asOf1K);
    keep(traits.server, asOf1K);
}

std::optional<RunEstimate> RunEstimator::estimate(const RunTraits &traits) const
{
    const auto from = [this](const QString &kind, int enough, double usual, double high) -> std::optional<RunEstimate> {
        const Samples samples = m_samples.value(kind);
        if (samples.size() < size_t(enough))
            return std::nullopt;
        std::vector<double> sorted(samples.begin(), samples.end());
        std::ranges::sort(sorted);
        return RunEstimate { .median = quantile(sorted, 0.5) * usual, .p90 = quantile(sorted, 0.9) * high };
    };
    for (const QString &kind : { alike(traits), sameResolution(traits) }) {
        if (const auto known = from(kind, enoughAlike, 1, 1))
            return known;
    }
    const Ratio ratio = ratioOf(traits.resolution);
    for (const QString &kind : { sameEndpoint(traits), traits.server }) {
        if (const auto scaled = from(kind, enoughScaled, ratio.usual, ratio.high))
            return scaled;
    }
    return std::nullopt;
}

} // namespace plantain
