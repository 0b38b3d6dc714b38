#include "keysource.h"

#include "keytext.h"
#include "privatememory.h"

#include <QtGlobal>

#include <cstdlib>
#include <cstring>

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
    for (const char *name : { "FAL_KEY", "FAL_KEY_ID", "FAL_KEY_SECRET" }) {
        // What the process was started with stays readable in /proc: unsetting takes only the way to it.
        if (char *value = std::getenv(name))
            ::explicit_bzero(value, std::strlen(value));
        qunsetenv(name);
    }
    if (!key.isEmpty())
        keepMemoryPrivate();
    return keyFromText(QString::fromUtf8(key)).value_or(QByteArray());
}

} // namespace plantain
