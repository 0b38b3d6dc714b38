#pragma once

#include <memory>

class QNetworkAccessManager;

namespace plantain {

/// A network manager as the wire wants it: proxies from the system but never to this machine, nothing kept.
std::unique_ptr<QNetworkAccessManager> makeNetworkAccess();

} // namespace plantain
