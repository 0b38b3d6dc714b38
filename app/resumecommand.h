#pragma once

#include "runcommand.h"

namespace plantain {

/// `plantain resume`: goes on with every open run, each on its own server. Runs whose server wants a key that is not there
/// are named and left.
class ResumeCommand final : public RunCommand
{
    Q_OBJECT
public:
    using RunCommand::RunCommand;

private:
    void begin() override;
    void resume(const std::vector<RunRecord> &runs);
};

} // namespace plantain
