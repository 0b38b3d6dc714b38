#pragma once

#include <QSslConfiguration>

class QTemporaryDir;

namespace plantain {

/// `like`, with a certificate of its own made by openssl, good for ten days and signed by nobody else; `subjectName` as
/// openssl has it: "IP:127.0.0.1". The local certificate is null where openssl is missing. Blocks,
/// for `patience` milliseconds at most.
QSslConfiguration serverCertificate(const QSslConfiguration &like, const QTemporaryDir &folder, const QString &name,
                                    const QString &subjectName, int patience);

/// Trusts that server's certificate and no other, until another default configuration is set.
void trustAlone(const QSslConfiguration &like, const QSslConfiguration &server);

} // namespace plantain
