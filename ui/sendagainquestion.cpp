#include "sendagainquestion.h"

#include "confirmbar.h"

namespace plantain {

SendAgainQuestion::SendAgainQuestion(ConfirmBar &bar, QObject *parent)
    : QObject(parent)
    , m_bar(bar)
{
    connect(&bar, &ConfirmBar::confirmed, this, [this] {
        for (const RunId &id : std::exchange(m_doubtful, {}))
            Q_EMIT wanted(id);
    });
}

void SendAgainQuestion::ask(const std::vector<std::pair<RunId, RunState>> &runs)
{
    std::vector<RunId> doubtful;
    for (const auto &[id, state] : runs) {
        if (state == RunState::Unknown)
            doubtful.push_back(id);
        else
            Q_EMIT wanted(id);
    }
    if (doubtful.empty())
        return;
    m_doubtful = doubtful;
    m_bar.ask(doubtful.size() == 1
                  ? tr("This run may have been accepted and charged. Sent again, it may be paid for twice.")
                  : tr("%1 runs may have been accepted and charged. Sent again, they may be paid for twice.").arg(doubtful.size()),
              tr("Send anyway"));
}

void SendAgainQuestion::leave()
{
    m_doubtful.clear();
    m_bar.leave();
}

} // namespace plantain
