#include "pairranking.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <numeric>

namespace plantain {

namespace {

constexpr double prior = 2.5; ///< standard deviation of a strength before any answer, in logarithms of odds
constexpr double slip = 0.05; ///< of answers that say the opposite of what is meant
constexpr double sure = 0.99; ///< that the leader is the best
constexpr double apart = 0.75; ///< probability from which two do not share a rank
constexpr size_t mostLeading = 10; ///< whose orders are looked at; twice the time for each more
constexpr int mostSteps = 60; ///< of Newton's method; it takes less than ten

double logistic(double x)
{
    return 1 / (1 + std::exp(-x));
}

double normal(double x)
{
    return std::erfc(-x / std::sqrt(2.0)) / 2;
}

/// Inverts a symmetric positive matrix in place (Gauss and Jordan).
void invert(std::vector<double> &matrix, int n)
{
    const auto at = [n](int row, int column) { return size_t(row) * size_t(n) + size_t(column); };
    for (int pivot = 0; pivot < n; ++pivot) {
        const double whole = 1 / matrix[at(pivot, pivot)];
        matrix[at(pivot, pivot)] = 1;
        for (int column = 0; column < n; ++column)
            matrix[at(pivot, column)] *= whole;
        for (int row = 0; row < n; ++row) {
            if (row == pivot)
                continue;
            const double part = std::exchange(matrix[at(row, pivot)], 0);
            for (int column = 0; column < n; ++column)
                matrix[at(row, column)] -= part * matrix[at(pivot, column)];
        }
    }
}

} // namespace

/// All orders of a few things at once: the weight of an order is the product of what each pair in it weighs.
class Orders
{
public:
    explicit Orders(size_t count)
        : m_count(count)
        , m_weights(count * count, 1)
        , m_sums(size_t(1) << count)
    {
    }

    void take(size_t better, size_t worse)
    {
        m_weights[better * m_count + worse] *= 1 - slip;
        m_weights[worse * m_count + better] *= slip;
    }

    struct Sum
    {
        double weight = 0; ///< of all orders
        std::vector<double> best; ///< of those with each on top, as a part of all
    };
    /// By sets: the orders of a set are those of the set without its best one, for each that may be the best.
    const Sum &sum()
    {
        const size_t all = m_sums.size() - 1;
        std::fill(m_sums.begin(), m_sums.end(), 0);
        m_sums[0] = 1;
        m_sum.best.assign(m_count, 0);
        // A set comes after all of its subsets, so each of its sums is needed only when it is whole; what is on top of a
        // set is added for every thing that is not in it.
        for (size_t set = 0; set < all; ++set) {
            const double below = m_sums[set];
            for (size_t top = 0; top < m_count; ++top) {
                if (set >> top & 1)
                    continue;
                double weight = below;
                for (size_t rest = set; rest; rest &= rest - 1)
                    weight *= m_weights[top * m_count + size_t(std::countr_zero(rest))];
                m_sums[set | size_t(1) << top] += weight;
                if ((set | size_t(1) << top) == all)
                    m_sum.best[top] = weight;
            }
        }
        m_sum.weight = m_sums[all];
        for (double &part : m_sum.best)
            part /= m_sum.weight;
        return m_sum;
    }

private:
    size_t m_count;
    std::vector<double> m_weights; ///< of one above another
    std::vector<double> m_sums;
    Sum m_sum;
};

namespace {

double entropy(const std::vector<double> &parts)
{
    double sum = 0;
    for (const double part : parts)
        sum -= part > 0 ? part * std::log(part) : 0;
    return sum;
}

} // namespace

PairRanking::PairRanking(int count)
    : m_count(std::max(count, 0))
{
}

int PairRanking::answers() const
{
    return int(std::count_if(m_steps.begin(), m_steps.end(), [](const Step &step) { return step.verdict.has_value(); }));
}

void PairRanking::answer(Pair pair, Verdict verdict)
{
    m_steps.push_back({ pair, verdict });
}

void PairRanking::skip(Pair pair)
{
    m_steps.push_back({ pair, std::nullopt });
}

PairRanking::Pair PairRanking::undo()
{
    const Pair pair = m_steps.back().pair;
    m_steps.pop_back();
    return pair;
}

/// Newton's method on the logarithm of the posterior, which has one top; its curvature there is the certainty.
PairRanking::Strengths PairRanking::strengths() const
{
    const auto n = size_t(m_count);
    Strengths made { std::vector<double>(n), std::vector<double>(n * n) };
    std::vector<double> &mean = made.mean;
    std::vector<double> &matrix = made.covariance;
    for (int round = 0; round < mostSteps; ++round) {
        std::vector<double> slope(n);
        std::fill(matrix.begin(), matrix.end(), 0);
        for (size_t item = 0; item < n; ++item) {
            slope[item] = -mean[item] / (prior * prior);
            matrix[item * (n + 1)] = 1 / (prior * prior);
        }
        for (const Step &step : m_steps) {
            if (!step.verdict)
                continue;
            const auto [one, other] = step.pair;
            const double expected = logistic(mean[size_t(one)] - mean[size_t(other)]);
            const double met = *step.verdict == Verdict::First ? 1 : *step.verdict == Verdict::Second ? 0 : 0.5;
            const double weight = expected * (1 - expected);
            slope[size_t(one)] += met - expected;
            slope[size_t(other)] -= met - expected;
            matrix[at(one, one)] += weight;
            matrix[at(other, other)] += weight;
            matrix[at(one, other)] -= weight;
            matrix[at(other, one)] -= weight;
        }
        invert(matrix, m_count);
        double furthest = 0;
        for (size_t item = 0; item < n; ++item) {
            const double move = std::inner_product(slope.begin(), slope.end(), matrix.begin() + std::ptrdiff_t(item * n), 0.0);
            mean[item] += std::clamp(move, -2.0, 2.0);
            furthest = std::max(furthest, std::abs(move));
        }
        if (furthest < 1e-9)
            break;
    }
    return made;
}

/// Those that may be the best; what nothing is known of may be.
std::vector<int> PairRanking::leading(const Strengths &strengths) const
{
    std::vector<int> items(static_cast<size_t>(m_count));
    std::iota(items.begin(), items.end(), 0);
    const auto reach = [&](int item) { return strengths.mean[size_t(item)] + std::sqrt(strengths.covariance[at(item, item)]); };
    std::stable_sort(items.begin(), items.end(), [&reach](int one, int other) { return reach(one) > reach(other) + 1e-9; });
    if (items.size() > mostLeading)
        items.resize(mostLeading);
    std::sort(items.begin(), items.end());
    return items;
}

Orders PairRanking::ordersOf(const std::vector<int> &items) const
{
    Orders orders(items.size());
    const auto placeOf = [&items](int item) { return size_t(std::find(items.begin(), items.end(), item) - items.begin()); };
    for (const Step &step : m_steps) {
        const size_t one = placeOf(step.pair.first), other = placeOf(step.pair.second);
        // A tie speaks for neither.
        if (!step.verdict || *step.verdict == Verdict::Tie || one == items.size() || other == items.size())
            continue;
        if (*step.verdict == Verdict::First)
            orders.take(one, other);
        else
            orders.take(other, one);
    }
    return orders;
}

std::optional<PairRanking::Pair> PairRanking::next() const
{
    if (m_count < 2)
        return std::nullopt;
    const std::vector<int> items = leading(strengths());
    const Orders orders = ordersOf(items);
    std::vector<int> asked(size_t(m_count) * size_t(m_count)), met(static_cast<size_t>(m_count));
    for (const Step &step : m_steps) {
        const auto [one, other] = std::minmax(step.pair.first, step.pair.second);
        // A tie or a skip would be one again.
        asked[at(one, other)] += !step.verdict ? 100 : *step.verdict == Verdict::Tie ? 10 : 0;
        ++met[size_t(one)];
        ++met[size_t(other)];
    }
    std::optional<Pair> chosen;
    std::pair<int, double> least;
    for (size_t one = 0; one < items.size(); ++one) {
        for (size_t other = one + 1; other < items.size(); ++other) {
            Orders first = orders, second = orders;
            first.take(one, other);
            second.take(other, one);
            const Orders::Sum &firstSum = first.sum(), &secondSum = second.sum();
            const double odds = firstSum.weight / (firstSum.weight + secondSum.weight);
            const double open = odds * entropy(firstSum.best) + (1 - odds) * entropy(secondSum.best);
            // Where it makes no difference, those who had few questions.
            const std::pair value(asked[at(items[one], items[other])],
                                  open + 1e-6 * (met[size_t(items[one])] + met[size_t(items[other])]));
            if (!chosen || value < least) {
                least = value;
                chosen = { items[one], items[other] };
            }
        }
    }
    // Not the leader always on the same side.
    if ((m_steps.size() * 2654435761U + size_t(chosen->first) * 40503U + size_t(chosen->second)) >> 3 & 1)
        std::swap(chosen->first, chosen->second);
    return chosen;
}

bool PairRanking::isSettled() const
{
    if (m_count < 2)
        return true;
    const int given = answers();
    if (given < m_count - 1)
        return false;
    const std::vector<double> best = ordersOf(leading(strengths())).sum().best;
    return given >= mostAnswers() || *std::max_element(best.begin(), best.end()) >= sure;
}

std::vector<PairRanking::Standing> PairRanking::standings() const
{
    if (m_count == 0)
        return {};
    const Strengths now = strengths();
    const std::vector<int> leaders = leading(now);
    const std::vector<double> best = ordersOf(leaders).sum().best;
    std::vector<Standing> all;
    for (int item = 0; item < m_count; ++item)
        all.push_back({ .item = item, .strength = now.mean[size_t(item)], .spread = std::sqrt(now.covariance[at(item, item)]) });
    for (size_t place = 0; place < leaders.size(); ++place)
        all[size_t(leaders[place])].best = best[place];
    // The likeliest best one leads; below it the strengths decide.
    const int winner = leaders[size_t(std::max_element(best.begin(), best.end()) - best.begin())];
    std::stable_sort(all.begin(), all.end(), [winner](const Standing &one, const Standing &other) {
        if ((one.item == winner) != (other.item == winner))
            return one.item == winner;
        return one.strength > other.strength;
    });
    for (size_t place = 1; place < all.size(); ++place) {
        const Standing &before = all[place - 1];
        const int one = before.item, other = all[place].item;
        const double spread = std::sqrt(now.covariance[at(one, one)] + now.covariance[at(other, other)] - 2 * now.covariance[at(one, other)]);
        const bool told = normal((before.strength - all[place].strength) / spread) >= apart
            || (place == 1 && before.best > apart);
        all[place].rank = told ? int(place) + 1 : before.rank;
    }
    return all;
}

} // namespace plantain
