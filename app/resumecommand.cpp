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
        const QString server = m_engine->client().server().name;
        for (const RunRecord &run : runs.value_or(std::vector<RunRecord> {})) {
            if (run.server == server) {
                await(run.id);
            } else {
                say(tr("%1 belongs to the server %2: resume it with --server %2.").arg(run.id.text, run.server));
                noteBad();
            }
        }
        m_allStarted = true;
        m_controller.resumeAll();
        endWhenIdle();
    });
}

} // namespace plantain
