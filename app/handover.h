#pragma once

#include <QLocalSocket>
#include <QObject>
#include <QTimer>

namespace plantain {

/// Where the one who has a library open can be reached: a socket of this user alone, named by the id of the library,
/// wherever that lies. Empty for a folder that is no library yet.
QString doorOf(const QString &libraryFolder);

/// A second start of the program asks the first one, which has the library open, to come to the front and to take the
/// files it was given. One `finished`, within seconds; nothing is touched when nobody is there.
class Handover final : public QObject
{
    Q_OBJECT
public:
    /// `files`: absolute.
    Handover(const QString &libraryFolder, const QStringList &files, QObject *parent = nullptr);

    void start();

Q_SIGNALS:
    void finished(bool taken);

private:
    void finish(bool taken);

    const QString m_door;
    const QStringList m_files;
    QLocalSocket m_socket;
    QTimer m_patience;
    bool m_over = false;
};

} // namespace plantain
