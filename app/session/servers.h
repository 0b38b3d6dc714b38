#pragma once

#include "keys.h"
#include "server.h"
#include "uploadrules.h"

#include <functional>

namespace plantain {

class FalClient;

/// The servers that runs belong to, side by side: a client for each, made when it is first needed and kept; and the one
/// that new runs go to. A run stays with the server it was started on, whatever is chosen meanwhile.
class Servers final : public QObject
{
    Q_OBJECT
public:
    struct Local
    {
        Server server;
        QByteArray key; ///< of this start alone
    };
    using StartSandbox = std::function<Result<Local>()>;

    /// `keys` outlives this. `startSandbox` is called at most once with success, when the built-in sandbox is needed.
    Servers(Keys &keys, StartSandbox startSandbox, QObject *parent = nullptr);
    ~Servers() override;

    /// By the name a run records: "sandbox", "fal" or a base URL. The client is owned here. Errors: InvalidInput of
    /// Server::parse, or why the sandbox does not start.
    Result<FalClient *> client(const QString &name);
    Keys &keys() const { return m_keys; }
    /// Keys::load, where the server is one that has a key of a person's.
    QFuture<Keys::Done> loadKey(const QString &name);

    /// How files go to their storage.
    const UploadRules &uploadRules() const { return m_uploadRules; }
    void setUploadRules(const UploadRules &rules) { m_uploadRules = rules; } ///< for whoever is made after it

    /// Where new runs go; the sandbox until something is chosen. Of the sandbox name and kind alone count: its addresses
    /// are known to its client.
    const Server &chosen() const { return m_chosen; }
    Result<void> choose(const QString &name);

Q_SIGNALS:
    void chosenChanged();

private:
    Keys &m_keys;
    const StartSandbox m_startSandbox;
    Server m_chosen;
    UploadRules m_uploadRules;
    std::map<QString, std::unique_ptr<FalClient>> m_clients;
};

} // namespace plantain
