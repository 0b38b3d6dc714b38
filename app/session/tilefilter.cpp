#include "tilefilter.h"

#include <QDate>
#include <QTimeZone>

#include <algorithm>
#include <cmath>
#include <limits>

using namespace Qt::StringLiterals;

namespace plantain {

namespace {

constexpr std::array ratios {
    std::pair { 1, 8 }, std::pair { 1, 4 },  std::pair { 9, 16 }, std::pair { 2, 3 }, std::pair { 3, 4 },
    std::pair { 4, 5 }, std::pair { 1, 1 },  std::pair { 5, 4 },  std::pair { 4, 3 }, std::pair { 3, 2 },
    std::pair { 16, 9 }, std::pair { 21, 9 }, std::pair { 4, 1 },  std::pair { 8, 1 },
};
constexpr double near = 0.035; ///< of a ratio; its neighbours are 6 % and more away

TileGroup groupOf(const GalleryModel::Facts &facts)
{
    return facts.isTrashed ? TileGroup::Trash : plantain::groupOf(facts.state);
}

bool isWithin(qint64 time, const std::pair<qint64, qint64> &bounds)
{
    return time >= bounds.first && time < bounds.second;
}

} // namespace

bool TileFilter::isFoundAlone() const
{
    TileFilter rest = *this;
    rest.found.reset();
    return found && rest.isEmpty();
}

QString ratioOf(QSize size)
{
    static const auto names = [] {
        std::array<QString, ratios.size()> made;
        for (size_t at = 0; at < ratios.size(); ++at)
            made[at] = u"%1:%2"_s.arg(ratios[at].first).arg(ratios[at].second);
        return made;
    }();
    static const QString other = u"other"_s;
    if (size.isEmpty())
        return {};
    const double ratio = double(size.width()) / size.height();
    for (size_t at = 0; at < ratios.size(); ++at) {
        const double named = double(ratios[at].first) / ratios[at].second;
        if (std::abs(ratio / named - 1) < near)
            return names[at];
    }
    return other;
}

std::pair<qint64, qint64> boundsOf(DateSpan span, const QDate &today)
{
    constexpr qint64 never = std::numeric_limits<qint64>::max();
    const auto begin = [&today](int daysAgo) { return today.addDays(-daysAgo).startOfDay().toMSecsSinceEpoch(); };
    switch (span) {
    case DateSpan::Today:
        return { begin(0), never };
    case DateSpan::Yesterday:
        return { begin(1), begin(0) };
    case DateSpan::Week:
        return { begin(6), never };
    case DateSpan::Month:
        return { begin(29), never };
    case DateSpan::Any:
        break;
    }
    return { std::numeric_limits<qint64>::min(), never };
}

TileJudge::TileJudge(const TileFilter &filter, const GalleryModel &model)
    : m_filter(filter)
{
    TileFilter withoutText = filter;
    withoutText.text.clear();
    m_passesAll = withoutText.isEmpty();
    if (!filter.endpoint.isEmpty()) {
        const auto &endpoints = model.endpoints();
        m_endpoint = int(std::find(endpoints.begin(), endpoints.end(), filter.endpoint) - endpoints.begin());
    }
    const QDate today = QDate::currentDate();
    for (size_t span = 0; span < m_bounds.size(); ++span)
        m_bounds[span] = boundsOf(DateSpan(span), today);
}

unsigned TileJudge::failed(const GalleryModel::Facts &facts) const
{
    unsigned facets = 0;
    const auto require = [&facets](Facet facet, bool holds) { facets |= holds ? 0U : unsigned(facet); };
    const Marks &marks = *facts.marks;
    require(Group, m_filter.group == groupOf(facts) || (m_filter.group == TileGroup::All && !facts.isTrashed));
    require(Endpoint, m_endpoint < 0 || facts.endpoint == m_endpoint);
    const bool isPicture = facts.state == TileState::Picture;
    require(Rating, m_filter.rating == 0 || (isPicture && (m_filter.rating < 0 ? marks.rating == 0 : marks.rating >= m_filter.rating)));
    require(Flagged, !m_filter.flag || (isPicture && marks.flag == *m_filter.flag));
    require(Label, !m_filter.label || (isPicture && marks.label == *m_filter.label));
    require(Ratio, m_filter.ratio.isEmpty() || ratioOf(facts.size) == m_filter.ratio);
    require(Date, m_filter.date == DateSpan::Any || isWithin(facts.createdAt, m_bounds[size_t(m_filter.date)]));
    require(Collection, m_filter.collection.isEmpty() || marks.collections.contains(m_filter.collection));
    require(Text, !m_filter.asksForText || facts.asksForText);
    require(Deviates, !m_filter.deviates || facts.deviations);
    return facets;
}

bool TileJudge::accepts(const GalleryModel::Facts &facts) const
{
    return m_passesAll ? !facts.isTrashed : failed(facts) == 0;
}

void TileJudge::count(const GalleryModel::Facts &facts, TileCounts &counts) const
{
    const unsigned facets = failed(facts);
    if (facets & (facets - 1))
        return; // two choices hide it: no single one would show it
    const auto isOpen = [facets](Facet facet) { return (facets & ~unsigned(facet)) == 0; };
    const Marks &marks = *facts.marks;
    const bool isPicture = facts.state == TileState::Picture;
    counts.shown += facets == 0;
    if (isOpen(Group)) {
        counts.groups[size_t(TileGroup::All)] += !facts.isTrashed;
        ++counts.groups[size_t(groupOf(facts))];
    }
    if (isOpen(Endpoint)) {
        ++counts.endpoints[-1];
        ++counts.endpoints[facts.endpoint];
    }
    if (isOpen(Rating)) {
        ++counts.ratings[0];
        for (int stars = 1; isPicture && stars <= marks.rating; ++stars)
            ++counts.ratings[size_t(stars)];
        counts.ratings.back() += isPicture && marks.rating == 0;
    }
    if (isOpen(Flagged)) {
        ++counts.flags.back();
        counts.flags[size_t(marks.flag)] += isPicture;
    }
    if (isOpen(Label)) {
        ++counts.labels.back();
        counts.labels[size_t(marks.label)] += isPicture;
    }
    if (isOpen(Ratio)) {
        ++counts.ratios[QString()];
        if (isPicture)
            ++counts.ratios[ratioOf(facts.size)];
    }
    if (isOpen(Date)) {
        for (size_t span = 0; span < m_bounds.size(); ++span)
            counts.dates[span] += isWithin(facts.createdAt, m_bounds[span]);
    }
    if (isOpen(Collection)) {
        ++counts.collections[QString()];
        for (const QString &name : marks.collections)
            ++counts.collections[name];
    }
    counts.asksForText += isOpen(Text) && facts.asksForText;
    counts.deviates += isOpen(Deviates) && facts.deviations;
}

} // namespace plantain
