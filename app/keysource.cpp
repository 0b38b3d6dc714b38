#include "keysource.h"

#include <QtGlobal>

#include <algorithm>

namespace plantain {

QByteArray takeKeyFromEnvironment()
{
    QByteArray key = qgetenv("FAL_KEY").trimmed();
    if (key.isEmpty()) {
        const QByteArray id = qgetenv("FAL_KEY_ID").trimmed();
        const QByteArray secret = qgetenv("FAL_KEY_SECRET").trimmed();
        if (!id.isEmpty() && !secret.isEmpty())
            key = id + ':' + secret;
    }
    for (const char *name : { "FAL_KEY", "FAL_KEY_ID", "FAL_KEY_SECRET" })
        qunsetenv(name);
    if (key.startsWith("Key "))
        key = key.mid(4).trimmed();
    const bool printable = std::all_of(key.cbegin(), key.cend(), [](char c) { return c > ' ' && c < 0x7f; });
    return printable ? key : QByteArray();
}

} // namespace plantain
