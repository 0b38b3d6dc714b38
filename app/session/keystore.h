#pragma once

#include "result.h"

#include <QByteArray>
#include <QFuture>

namespace plantain {

/// Where keys outlive the program. The program's is the desktop's keyring; nothing here may block or write a file of
/// its own. Errors: Keyring ("missing": there is none; "refused": locked, or the person said no).
class KeyStore
{
public:
    virtual ~KeyStore() = default;

    /// Empty when none is kept for the server.
    virtual QFuture<Result<QByteArray>> read(const QString &server) = 0;
    virtual QFuture<Result<void>> write(const QString &server, const QByteArray &key) = 0;
    virtual QFuture<Result<void>> remove(const QString &server) = 0;
};

} // namespace plantain
