#include "runlookup.h"

#include "library.h"
#include "whenfinished.h"

namespace plantain {

namespace {

/// The history is sorted by when a request ended: until then one that runs may be missing in it (reliability.md 1).
constexpr qint64 listedAfterSeconds = 30 * 60;

/// Inputs are compared as values: the server's history may order keys in its own way.
bool sameInput(const Json &one, const Json &other)
{
    return nlohmann::json(one) == nlohmann::json(other);
}

} // namespace

RunLookUp::RunLookUp(Library &library, FalClient &client, RunRecord record, QObject *parent)
    : QObject(parent)
    , m_library(library)
    , m_client(client)
    , m_record(std::move(record))
{
}

QDateTime RunLookUp::sentAt() const
{
    return m_record.sentAt.isValid() ? m_record.sentAt : m_record.createdAt;
}

void RunLookUp::start()
{
    m_call = m_client.history(m_record.endpoint, sentAt().addSecs(-60),
                              [this](const Result<std::vector<HistoryEntry>> &entries) {
                                  if (entries)
                                      take(*entries);
                                  else
                                      Q_EMIT finished(failure(entries.error()));
                              });
}

void RunLookUp::take(const std::vector<HistoryEntry> &entries)
{
    const Json sent = m_record.inputAsSent();
    QStringList matches;
    for (const HistoryEntry &entry : entries) {
        if (sameInput(entry.input, sent) && !matches.contains(entry.requestId))
            matches << entry.requestId;
    }
    if (matches.isEmpty()) {
        judge({});
        return;
    }
    whenFinished(m_library.claimedRequests(matches, m_record.id), this, [this, matches](const Result<QStringList> &claimed) {
        if (!claimed) {
            Q_EMIT finished(failure(claimed.error()));
            return;
        }
        QStringList free = matches;
        free.removeIf([&claimed](const QString &id) { return claimed->contains(id); });
        judge(free);
    });
}

void RunLookUp::judge(const QStringList &matches)
{
    if (matches.size() == 1) {
        Q_EMIT finished(Found { matches.front(), tr("Found on the server as %1.").arg(matches.front()) });
        return;
    }
    const QDateTime listed = sentAt().addSecs(listedAfterSeconds);
    if (!matches.isEmpty())
        Q_EMIT finished(Found { {}, tr("The server's request history lists %1 requests with this input; none was taken for it.").arg(matches.size()) });
    else if (QDateTime::currentDateTimeUtc() < listed)
        Q_EMIT finished(Found { {}, tr("The server's request history does not list it yet. It may still run: look again until %1.")
                                        .arg(listed.toLocalTime().toString(QStringLiteral("HH:mm"))) });
    else
        Q_EMIT finished(Found { {}, tr("The server's request history does not list it: it was hardly taken.") });
}

} // namespace plantain
