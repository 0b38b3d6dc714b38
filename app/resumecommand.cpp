#include "resumecommand.h"

#include "whenfinished.h"

namespace plantain {

void ResumeCommand::begin()
{
    whenFinished(m_engine->library().openRuns(), this, [this](const Result<std::vector<RunRecord>> &runs) {
        if (!runs) {
            complain(runs.error());
            noteBad();
        }
        // Their keys first, so that none is called missing which the keyring has yet to give.
        const std::vector<RunRecord> open = runs.value_or(std::vector<RunRecord> {});
        std::set<QString> servers;
        for (const RunRecord &run : open)
            servers.insert(run.server);
        auto left = std::make_shared<size_t>(servers.size());
        for (const QString &server : servers) {
            whenFinished(m_engine->servers().loadKey(server), this, [this, open, left](const Keys::Done &) {
                if (--*left == 0)
                    resume(open);
            });
        }
        if (servers.empty())
            resume(open);
    });
}

void ResumeCommand::resume(const std::vector<RunRecord> &runs)
{
    whenFinished(m_controller.resumeAll(), this, [this, runs](int) {
        for (const RunRecord &run : runs) {
            if (m_controller.waitsForKey(run.id)) {
                say(tr("%1 needs the key of %2.").arg(run.id.text, run.server));
                noteBad();
            } else {
                await(run.id);
            }
        }
        m_allStarted = true;
        endWhenIdle();
    });
}

} // namespace plantain
