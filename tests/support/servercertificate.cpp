#include "servercertificate.h"

#include <QFile>
#include <QProcess>
#include <QSslCertificate>
#include <QSslKey>
#include <QTemporaryDir>

using namespace Qt::StringLiterals;

namespace plantain {

QSslConfiguration serverCertificate(const QSslConfiguration &like, const QTemporaryDir &folder, const QString &name,
                                    const QString &subjectName, int patience)
{
    const QString key = folder.filePath(name + u".key"_s), file = folder.filePath(name + u".pem"_s);
    QProcess openssl;
    openssl.start(u"openssl"_s, { u"req"_s, u"-x509"_s, u"-newkey"_s, u"ec"_s, u"-pkeyopt"_s, u"ec_paramgen_curve:prime256v1"_s,
                                  u"-nodes"_s, u"-keyout"_s, key, u"-out"_s, file, u"-days"_s, u"10"_s, u"-subj"_s, u"/CN=test"_s,
                                  u"-addext"_s, u"subjectAltName="_s + subjectName });
    openssl.waitForFinished(patience);
    QSslConfiguration configuration = like;
    QFile keyFile(key);
    if (!keyFile.open(QIODevice::ReadOnly))
        return {};
    configuration.setPrivateKey(QSslKey(keyFile.readAll(), QSsl::Ec));
    configuration.setLocalCertificate(QSslCertificate::fromPath(file).value(0));
    return configuration;
}

void trustAlone(const QSslConfiguration &like, const QSslConfiguration &server)
{
    QSslConfiguration configuration = like;
    configuration.setCaCertificates({ server.localCertificate() });
    QSslConfiguration::setDefaultConfiguration(configuration);
}

} // namespace plantain
