#pragma once

#include "call.h"
#include "hostlookup.h"
#include "queuemessages.h"
#include "server.h"
#include "uploadplan.h"

#include <QObject>

#include <functional>
#include <memory>

namespace plantain {

class Wire;
struct FalLimits;

/// A request on the server: what it takes to ask about it.
struct Ticket
{
    EndpointId endpoint;
    QString requestId;
    QUrl statusUrl, responseUrl, cancelUrl; ///< as the server gave them; used when on its own origin, else rebuilt
};

/// The key of the server in use: "id:secret", or empty. Asked at the moment of sending, never kept in a request.
using KeySource = std::function<QByteArray()>;

/// fal's HTTP interface (fal-protocol.md). One method is one exchange: its handler is called exactly once, on the
/// thread of the client, unless the handle is destroyed first, which ends the exchange in silence. Nothing here ever
/// repeats a request; redirects are followed by downloads only. The key goes to the origins of `server` alone.
/// When the client goes, calls still under way end in silence; their handles may outlive it.
class FalClient final : public QObject
{
    Q_OBJECT
public:
    FalClient(Server server, KeySource key, QObject *parent = nullptr);
    ~FalClient() override;

    const Server &server() const;
    /// How long and how much; for those who cannot wait. Counts for calls made from then on.
    void setLimits(const FalLimits &limits);
    void setHostLookup(HostLookup lookup); ///< in place of the system's
    bool hasKey() const; ///< one that can be sent

    /// The body leaves this machine at most once, whatever Qt or the server do (reliability.md A1).
    [[nodiscard]] CallHandle submit(const EndpointId &endpoint, const QByteArray &body,
                                    std::function<void(SubmitOutcome)> finished);
    /// The synchronous call: the result in the reply. Same rule of one body.
    [[nodiscard]] CallHandle run(const EndpointId &endpoint, const QByteArray &body,
                                 std::function<void(SyncOutcome)> finished);
    [[nodiscard]] CallHandle status(const Ticket &ticket, std::function<void(Result<QueueStatus>)> finished);
    /// The status stream; each event carries only new log lines. `ended` says why it is over: an Error, or nothing
    /// when the server closed it after COMPLETED.
    [[nodiscard]] CallHandle follow(const Ticket &ticket, std::function<void(const QueueStatus &)> event,
                                    std::function<void(std::optional<Error>)> ended);
    [[nodiscard]] CallHandle result(const Ticket &ticket, std::function<void(ResultOutcome)> finished);
    [[nodiscard]] CallHandle cancel(const Ticket &ticket, std::function<void(Result<CancelReply>)> finished);

    /// Storage: an address, then the bytes of a file, without the key.
    [[nodiscard]] CallHandle upload(const UploadPlan &plan, UploadEvents events);
    /// A picture of a result, from any host, without the key; `data` gets the bytes as they come and may refuse them.
    /// At most 3 redirects, https to https. data: URIs are decoded here, never by Qt's network classes. With a `part` that
    /// can go on the rest is asked for; `begun` tells, before the first byte, whether the server gives that or the whole.
    [[nodiscard]] CallHandle download(const QString &url, std::function<std::optional<Error>(QByteArrayView)> data,
                                      std::function<void(qint64 received, qint64 total)> progressed,
                                      std::function<void(Result<DownloadedFile>)> finished, const PartOfFile &part = {},
                                      std::function<void(const DownloadBegin &)> begun = {});
    /// The account's own requests of an endpoint since a time (fal-protocol.md 9.2), with their inputs.
    [[nodiscard]] CallHandle history(const EndpointId &endpoint, const QDateTime &since,
                                     std::function<void(Result<std::vector<HistoryEntry>>)> finished);
    /// Free: asks for a request that cannot exist of any endpoint; 404 means the key is good (fal-protocol.md 1).
    [[nodiscard]] CallHandle checkKey(const EndpointId &endpoint, std::function<void(std::optional<Error>)> finished);

private:
    std::unique_ptr<Wire> m_wire;
};

} // namespace plantain
