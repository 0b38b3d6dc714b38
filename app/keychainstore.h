#pragma once

#include "keystore.h"

#include <QObject>

namespace plantain {

/// The desktop's keyring by way of QtKeychain (Secret Service or KWallet), one entry a server. Where there is none, it
/// says so; nothing is ever written to a file in its place. To be used on the thread of an event loop.
class KeychainStore final : public KeyStore
{
public:
    QFuture<Result<QByteArray>> read(const QString &server) override;
    QFuture<Result<void>> write(const QString &server, const QByteArray &key) override;
    QFuture<Result<void>> remove(const QString &server) override;

private:
    QObject m_jobs; // their parent: what is still under way goes with the store
};

} // namespace plantain
