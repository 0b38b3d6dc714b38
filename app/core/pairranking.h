#pragma once

#include "vote.h"

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

namespace plantain {

/// An order of things found from answers about pairs of them. Two views of the same answers: Bradley and Terry's model
/// gives each thing a strength with its spread, the most likely one under a normal prior, so that few answers are a guess
/// and contradictions are weighed; and the probability to be the best comes from all orders of the leading things, each
/// as likely as its answers are when some of them slip. All follows from the list of answers alone: taking one back
/// restores everything exactly. A value; a question costs milliseconds.
class PairRanking
{
public:
    explicit PairRanking(int count);

    using Pair = std::pair<int, int>;
    int count() const { return m_count; }
    int pairs() const { return m_count * (m_count - 1) / 2; } ///< how many there are
    int answers() const; ///< given; skipped pairs are none

    void answer(Pair pair, Verdict verdict);
    void skip(Pair pair); ///< not asked again while another pair is left
    bool canUndo() const { return !m_steps.empty(); }
    Pair undo(); ///< the last answer or skip; the pair it was about

    /// The pair whose answer is expected to tell most about which is the best. Which of them stands first is mixed, and
    /// the same for the same answers. Nothing for fewer than two things.
    std::optional<Pair> next() const;
    /// The best one is known well enough, or there were mostAnswers().
    bool isSettled() const;
    int mostAnswers() const { return std::max(pairs() / 2, 2 * (m_count - 1)); } ///< more would bore

    struct Standing
    {
        int item = 0;
        int rank = 1; ///< 1 is the best; those that cannot be told apart share one
        double strength = 0; ///< logarithm of odds; the mean is 0
        double spread = 0; ///< standard deviation of the strength
        double best = 0; ///< probability that it is the best of all

        bool operator==(const Standing &) const = default;
    };
    std::vector<Standing> standings() const; ///< the best first

private:
    struct Step
    {
        Pair pair;
        std::optional<Verdict> verdict; ///< none: skipped
    };
    struct Strengths
    {
        std::vector<double> mean;
        std::vector<double> covariance; ///< count by count
    };
    Strengths strengths() const;
    std::vector<int> leading(const Strengths &strengths) const;
    class Orders ordersOf(const std::vector<int> &items) const;
    size_t at(int row, int column) const { return size_t(row) * size_t(m_count) + size_t(column); }

    int m_count;
    std::vector<Step> m_steps;
};

} // namespace plantain
