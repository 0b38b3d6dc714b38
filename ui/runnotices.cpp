#include "runnotices.h"

#include "runmodel.h"

#include <QWidget>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace plantain {

namespace {

constexpr auto together = 1500ms; // from the first end on: a stream of ends does not put the notice off for ever
constexpr size_t mostNamed = 3;
constexpr qsizetype promptShown = 120;

QString promptOf(const RunSummary &run)
{
    const QString prompt = run.prompt.simplified();
    return prompt.size() > promptShown ? prompt.left(promptShown) + u'…' : prompt;
}

} // namespace

RunNotice noticeOf(const std::vector<RunSummary> &ended)
{
    if (ended.size() == 1) {
        const RunSummary &run = ended.front();
        if (run.state == RunState::Done) {
            const int there = run.imagesThere;
            return { there == 1 ? RunNotices::tr("A picture is there") : RunNotices::tr("%1 pictures are there").arg(there),
                     promptOf(run) };
        }
        const RunWords words = wordsOf(run, nullptr);
        return { RunNotices::tr("Run ended: %1").arg(words.headline), words.detail + u'\n' + promptOf(run) };
    }
    const auto done = std::ranges::count(ended, RunState::Done, &RunSummary::state);
    const auto others = std::ssize(ended) - done;
    RunNotice notice;
    notice.title = others == 0 ? RunNotices::tr("%1 runs are done").arg(done)
        : done == 0            ? RunNotices::tr("%1 runs ended without pictures").arg(others)
                               : RunNotices::tr("%1 runs are done, %2 ended without pictures").arg(done).arg(others);
    QStringList lines;
    for (size_t at = 0; at < std::min(ended.size(), mostNamed); ++at)
        lines << u"%1: %2"_s.arg(wordsOf(ended[at], nullptr).headline, promptOf(ended[at]));
    if (ended.size() > mostNamed)
        lines << RunNotices::tr("and %1 more").arg(ended.size() - mostNamed);
    notice.body = lines.join(u'\n');
    return notice;
}

RunNotices::RunNotices(const RunModel &runs, const QWidget &window, QObject *parent)
    : QObject(parent)
    , m_runs(runs)
    , m_window(window)
    , m_together(this)
{
    m_together.setSingleShot(true);
    m_together.setInterval(together);
    connect(&m_together, &QTimer::timeout, this, &RunNotices::tell);
}

void RunNotices::setEnabled(bool enabled)
{
    m_enabled = enabled;
    if (!enabled)
        m_ended.clear();
}

void RunNotices::ended(const RunId &id)
{
    if (!m_enabled || (m_window.isActiveWindow() && !m_window.isMinimized()))
        return;
    m_ended.push_back(id);
    if (!m_together.isActive())
        m_together.start();
}

void RunNotices::tell()
{
    std::vector<RunSummary> ended;
    for (const RunId &id : std::exchange(m_ended, {})) {
        const auto run = m_runs.summary(id);
        if (run && isFinal(run->state) && run->state != RunState::Cancelled)
            ended.push_back(*run);
    }
    if (ended.empty())
        return;
    const RunNotice notice = noticeOf(ended);
    Q_EMIT told(notice.title, notice.body);
}

} // namespace plantain
