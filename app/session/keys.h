#pragma once

#include "keystore.h"

#include <QObject>

#include <chrono>
#include <map>
#include <memory>
#include <optional>

namespace plantain {

/// The keys of all servers, in memory alone; what outlives the program lies in the store. By the name of the server, so
/// that a key goes to no other. Lives on the GUI thread.
class Keys final : public QObject
{
    Q_OBJECT
public:
    enum class Origin {
        None,
        Environment, ///< FAL_KEY: wins over everything, is never stored
        Store, ///< the desktop's keyring
        Session, ///< gone when the program ends
    };
    using Done = std::optional<Error>; ///< of the store; nothing when all is well

    /// Without a store keys are kept for the session only. A store that does not answer for `patience` counts as broken;
    /// what it says later still counts.
    explicit Keys(std::unique_ptr<KeyStore> store = nullptr, std::chrono::milliseconds patience = std::chrono::seconds(60),
                  QObject *parent = nullptr);
    ~Keys() override;

    QByteArray key(const QString &server) const; ///< empty: none
    Origin origin(const QString &server) const;

    void setFromEnvironment(const QString &server, const QByteArray &key);
    void useForSession(const QString &server, const QByteArray &key);

    /// Asks the store for the server's key, once; later calls give what came of it. After an error it is asked anew.
    QFuture<Done> load(const QString &server);
    bool isLoading(const QString &server) const;
    /// Used at once and put into the store; on an error it stays for the session.
    QFuture<Done> keep(const QString &server, const QByteArray &key);
    /// Not used any more from now on, and taken out of the store. FAL_KEY stays.
    QFuture<Done> forget(const QString &server);

Q_SIGNALS:
    void changed(const QString &server); ///< its key or where that comes from

private:
    struct Entry
    {
        QByteArray key;
        Origin origin = Origin::None;
        bool asked = false; ///< the store has answered
        std::optional<QFuture<Done>> loading;
        int edits = 0; ///< by the person; an answer from before one is out of date
    };
    void set(const QString &server, const QByteArray &key, Origin origin);

    const std::unique_ptr<KeyStore> m_store;
    const std::chrono::milliseconds m_patience;
    std::map<QString, Entry> m_entries;
};

} // namespace plantain
