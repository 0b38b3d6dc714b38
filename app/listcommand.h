#pragma once

#include "command.h"
#include "library.h"

namespace plantain {

/// `plantain list`: one line a run, oldest first.
class ListCommand final : public Command
{
    Q_OBJECT
public:
    explicit ListCommand(const QString &libraryFolder);

    void start() override;

private:
    void printFrom(qint64 sequence);

    Library m_library;
};

} // namespace plantain
