#pragma once

#include "inputlines.h"
#include "runcommand.h"

namespace plantain {

/// `plantain generate`: every input becomes a run of the same journal as the window's.
class GenerateCommand final : public RunCommand
{
    Q_OBJECT
public:
    using RunCommand::RunCommand;

private:
    void begin() override;
    void startAll();
    void startOne(const InputLine &line);
    void started();
    void refuse(const InputLine &line, const Json &input, const std::vector<Error> &errors);
    const Endpoint *chooseEndpoint(const Json &input) const;

    std::vector<InputLine> m_inputs;
    size_t m_starting = 0; ///< inputs that are neither stored as a run nor refused yet
};

} // namespace plantain
