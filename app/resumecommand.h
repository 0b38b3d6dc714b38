#pragma once

#include "runcommand.h"

namespace plantain {

/// `plantain resume`: goes on with every open run of the chosen server. Runs of other servers are named and left: the key
/// at hand belongs to the chosen one alone.
class ResumeCommand final : public RunCommand
{
    Q_OBJECT
public:
    using RunCommand::RunCommand;

private:
    void begin() override;
};

} // namespace plantain
