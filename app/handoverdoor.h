#pragma once

#include <QLocalServer>
#include <QObject>

class QLocalSocket;

namespace plantain {

/// The other side of Handover: who has the library open hears what later starts of the program ask for. Only the same user
/// is heard, and not for long.
class HandoverDoor final : public QObject
{
    Q_OBJECT
public:
    explicit HandoverDoor(QObject *parent = nullptr);

    /// Once the library is held: a door that a process left behind which died is taken over. Where none can be opened later
    /// starts say who has the library, and nothing else is lost.
    void open(const QString &libraryFolder);

Q_SIGNALS:
    void asked(const QStringList &files); ///< absolute names of what may be files; may be none

private:
    void listen(QLocalSocket *socket);
    void answer(QLocalSocket *socket);

    QLocalServer m_server;
};

} // namespace plantain
