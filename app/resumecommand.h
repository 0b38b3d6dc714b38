#pragma once

#include "runcommand.h"

namespace plantain {

/// `plantain resume`: goes on with every open run, each on its own server. Runs whose server wants a key that is not there
/// are named and left. With --look-up or --send-again the one run named, and no other.
class ResumeCommand final : public RunCommand
{
    Q_OBJECT
public:
    using RunCommand::RunCommand;

private:
    void begin() override;
    void resume(const std::vector<RunRecord> &runs);
    void lookUp(const RunId &run);
    void sendAgain(const RunId &run);
    void allStarted();
};

} // namespace plantain
