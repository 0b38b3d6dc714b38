#pragma once

#include <QImage>
#include <QString>

namespace plantain {

/// Drawn stand-ins for the pictures that fal's example inputs name, since the sandbox opens no connection: a man for
/// the first, a car for the second, and for any other example input a picture made from its address. Null for a URL
/// that is no example of fal's. Any thread.
QImage standInFor(const QString &url);

} // namespace plantain
