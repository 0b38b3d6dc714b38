#include "handover.h"

#include "json.h"
#include "libraryopening.h"

#include <QCryptographicHash>
#include <QDir>
#include <QStandardPaths>

using namespace Qt::StringLiterals;

namespace plantain {

namespace {

constexpr auto patience = std::chrono::seconds(5); ///< the other one may be busy

} // namespace

QString doorOf(const QString &libraryFolder)
{
    const QString identity = identityOf(LibraryFolder(QDir::cleanPath(QDir(libraryFolder).absolutePath())));
    if (identity.isEmpty())
        return {};
    const QByteArray hash = QCryptographicHash::hash(identity.toUtf8(), QCryptographicHash::Sha256).toHex().left(24);
    return QStandardPaths::writableLocation(QStandardPaths::RuntimeLocation) + u"/plantain-"_s + QString::fromLatin1(hash);
}

Handover::Handover(const QString &libraryFolder, const QStringList &files, QObject *parent)
    : QObject(parent)
    , m_door(doorOf(libraryFolder))
    , m_files(files)
{
    m_patience.setSingleShot(true);
    m_patience.setInterval(patience);
    connect(&m_patience, &QTimer::timeout, this, [this] { finish(false); });
    connect(&m_socket, &QLocalSocket::connected, this, [this] {
        Json request { { "files", Json::array() } };
        for (const QString &file : m_files)
            request["files"].push_back(toJson(file));
        m_socket.write(toBytes(request) + '\n');
    });
    connect(&m_socket, &QLocalSocket::readyRead, this, [this] {
        if (m_socket.canReadLine())
            finish(m_socket.readLine(64) == "taken\n");
        else if (m_socket.bytesAvailable() > 64)
            finish(false);
    });
    connect(&m_socket, &QLocalSocket::errorOccurred, this, [this] { finish(false); });
}

void Handover::start()
{
    if (m_door.isEmpty()) {
        finish(false);
        return;
    }
    m_patience.start();
    m_socket.connectToServer(m_door);
}

void Handover::finish(bool taken)
{
    if (std::exchange(m_over, true))
        return;
    m_patience.stop();
    Q_EMIT finished(taken);
}

} // namespace plantain
