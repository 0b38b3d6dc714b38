#pragma once

#include "filetransfer.h"
#include "uploadstate.h"

#include <deque>
#include <map>
#include <memory>

namespace plantain {

/// The transfers of all runs: one for each file and server, whoever needs it, and so many at once. GUI thread.
class Uploads final : public QObject
{
    Q_OBJECT
public:
    Uploads(Library &library, const UploadRules &rules, QObject *parent = nullptr);

    /// Joins the file's transfer to the client's server, or begins one. It goes on for as long as somebody holds it, and
    /// is over when it has said so; the signals come later, from the event loop.
    std::shared_ptr<FileTransfer> transfer(FalClient &client, const ReferenceRecord &file);

    /// Whether the server said of a file of that run that it cannot fetch it: what was uploaded is no longer there. The
    /// next run uploads it again.
    bool forgetLost(const FalClient &client, const struct RunRecord &run, const Error &error);

Q_SIGNALS:
    void changed(const QString &sha256, const plantain::UploadState &state);

private:
    using Key = std::pair<QString, QString>; ///< server, hash
    void wantTurn(const QString &server, FileTransfer *transfer);
    void leave(const QString &server);
    void startNext(const QString &server);
    void relay(FileTransfer &transfer, const Key &key);

    struct Lane
    {
        int running = 0;
        std::deque<QPointer<FileTransfer>> waiting;
    };
    Library &m_library;
    const UploadRules m_rules;
    std::map<Key, std::weak_ptr<FileTransfer>> m_transfers;
    std::map<QString, Lane> m_lanes;
};

/// Under which name the library remembers what a server holds. What the built-in sandbox was sent goes with it.
QString storageNameOf(const Server &server);

} // namespace plantain
