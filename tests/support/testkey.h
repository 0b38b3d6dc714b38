#pragma once

#include <QByteArray>

namespace plantain {

/// The key of suites that do not care which one it is: one that can be found again, where somebody looks for it
/// (tests/e2e/keywatch.cpp).
inline QByteArray testKey()
{
    const QByteArray wanted = qgetenv("PLANTAIN_TEST_KEY");
    return wanted.isEmpty() ? QByteArray("id:secret") : wanted;
}

} // namespace plantain
