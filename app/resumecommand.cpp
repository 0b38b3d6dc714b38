#include "resumecommand.h"

#include "whenfinished.h"

namespace plantain {

void ResumeCommand::begin()
{
    if (!m_line.lookUp.isEmpty()) {
        lookUp(m_line.lookUp);
        return;
    }
    if (!m_line.sendAgain.isEmpty()) {
        sendAgain(m_line.sendAgain);
        return;
    }
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
        allStarted();
    });
}

void ResumeCommand::lookUp(const RunId &run)
{
    whenFinished(m_controller.lookUp(run), this, [this, run](const Result<LookUpResult> &look) {
        if (look && look->found) {
            await(run);
        } else {
            if (!look)
                complain(look.error());
            noteBad();
        }
        allStarted();
    });
}

void ResumeCommand::sendAgain(const RunId &run)
{
    whenFinished(m_controller.sendAgain(run), this, [this](const StartResult &started) {
        if (started) {
            await(started->id);
        } else {
            for (const Error &error : started.error())
                complain(error);
            noteBad();
        }
        allStarted();
    });
}

void ResumeCommand::allStarted()
{
    m_allStarted = true;
    endWhenIdle();
}

} // namespace plantain
