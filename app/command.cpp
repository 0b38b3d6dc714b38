#include "command.h"

#include "errortext.h"

#include <cstdio>

namespace plantain {

void Command::print(const Json &line)
{
    const QByteArray bytes = toBytes(line) + '\n';
    std::fwrite(bytes.constData(), 1, size_t(bytes.size()), stdout);
    std::fflush(stdout);
}

void Command::complain(const Error &error)
{
    say(errorText(error).sentence());
}

void Command::say(const QString &text)
{
    const QByteArray bytes = text.toUtf8() + '\n';
    std::fwrite(bytes.constData(), 1, size_t(bytes.size()), stderr);
}

} // namespace plantain
