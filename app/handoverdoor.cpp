#include "handoverdoor.h"

#include "handover.h"
#include "json.h"

#include <QDir>
#include <QLocalSocket>
#include <QTimer>

#include <sys/socket.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace plantain {

namespace {

constexpr qint64 longestRequest = 256 * 1024;
constexpr size_t mostFiles = 1000;
constexpr auto patience = std::chrono::seconds(5);

bool isOfThisUser(const QLocalSocket &socket)
{
    ucred peer {};
    socklen_t size = sizeof peer;
    return ::getsockopt(int(socket.socketDescriptor()), SOL_SOCKET, SO_PEERCRED, &peer, &size) == 0 && peer.uid == ::geteuid();
}

} // namespace

HandoverDoor::HandoverDoor(QObject *parent)
    : QObject(parent)
{
    m_server.setSocketOptions(QLocalServer::UserAccessOption);
    connect(&m_server, &QLocalServer::newConnection, this, [this] {
        while (QLocalSocket *socket = m_server.nextPendingConnection())
            listen(socket);
    });
}

void HandoverDoor::open(const QString &libraryFolder)
{
    const QString door = doorOf(libraryFolder);
    if (door.isEmpty() || m_server.isListening())
        return;
    QLocalServer::removeServer(door);
    if (!m_server.listen(door))
        qWarning("Later starts will not find this one: %s", qPrintable(m_server.errorString()));
}

void HandoverDoor::listen(QLocalSocket *socket)
{
    connect(socket, &QLocalSocket::disconnected, socket, &QObject::deleteLater);
    if (!isOfThisUser(*socket)) {
        socket->abort();
        return;
    }
    socket->setReadBufferSize(longestRequest);
    QTimer::singleShot(patience, socket, [socket] { socket->abort(); });
    connect(socket, &QLocalSocket::readyRead, this, [this, socket] { answer(socket); });
}

void HandoverDoor::answer(QLocalSocket *socket)
{
    if (!socket->canReadLine()) {
        if (socket->bytesAvailable() >= longestRequest)
            socket->abort();
        return;
    }
    const Result<Json> request = parseJson(socket->readLine());
    const Json *list = request ? arrayAt(*request, "files") : nullptr;
    if (!list || list->size() > mostFiles) {
        socket->abort();
        return;
    }
    QStringList files;
    for (const Json &file : *list) {
        if (file.is_string() && QDir::isAbsolutePath(toQString(file)))
            files << toQString(file);
    }
    disconnect(socket, &QLocalSocket::readyRead, this, nullptr);
    socket->write("taken\n");
    socket->disconnectFromServer();
    Q_EMIT asked(files);
}

} // namespace plantain
