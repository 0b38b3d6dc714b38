#pragma once

#include "command.h"
#include "commandline.h"
#include "engine.h"
#include "runcontroller.h"

#include <QTimer>

#include <map>
#include <set>

namespace plantain {

/// What `generate` and `resume` share: a library, a controller, runs that end one after the other, each printed as it
/// does, a timeout after which the open ones stay for `resume`.
class RunCommand : public Command
{
    Q_OBJECT
public:
    RunCommand(const CommandLine &line, std::unique_ptr<Engine> engine);
    ~RunCommand() override;

    void start() override;
    void interrupt() override;

protected:
    virtual void begin() = 0; ///< the library is open
    void await(const RunId &run);
    void noteBad() { m_bad = true; }
    /// Ends when nothing is awaited and everything was started.
    void endWhenIdle();

    const CommandLine m_line;
    const std::unique_ptr<Engine> m_engine;
    RunController m_controller;
    bool m_allStarted = false;

private:
    void settled(const RunId &run);
    void printRun(const RunRecord &record);
    void giveUpWaiting();

    QTimer m_timeout;
    std::set<RunId> m_open; ///< awaited, or ended and not yet printed
    std::set<RunId> m_settledEarly; ///< ended before anybody said that they are awaited
    std::map<RunId, QString> m_notes; ///< what a run waits for
    bool m_bad = false;
    bool m_over = false;
};

} // namespace plantain
