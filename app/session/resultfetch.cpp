#include "resultfetch.h"

#include "retrypolicy.h"

using namespace Qt::StringLiterals;

namespace plantain {

using namespace std::chrono_literals;

namespace {

constexpr int notFoundTries = 5;
constexpr auto notFoundPause = 30s; ///< five tries over two minutes (reliability.md 2.2)
constexpr int unreadableTries = 5; ///< a reply can be cut or spoilt on its way; one that comes five times is what the server has

/// A whole reply of the server that is no result. A page is of somebody in between, as a network's login page is.
bool isUnreadable(const Error &error)
{
    return error.kind == ErrorKind::BadReply && error.httpStatus >= 200 && error.httpStatus < 300 && error.type != "html"_L1;
}

} // namespace

ResultFetch::ResultFetch(FalClient &client, Ticket ticket, std::optional<Error> statusError, QObject *parent)
    : QObject(parent)
    , m_client(client)
    , m_ticket(std::move(ticket))
    , m_statusError(std::move(statusError))
{
    connect(&m_retry, &RetryTimer::timeout, this, &ResultFetch::start);
}

void ResultFetch::start()
{
    m_call = m_client.result(m_ticket, [this](const ResultOutcome &outcome) { take(outcome); });
}

void ResultFetch::tryNow()
{
    m_retry.fireNow();
}

void ResultFetch::take(const ResultOutcome &outcome)
{
    if (!outcome.error) {
        Q_EMIT arrived(outcome);
        return;
    }
    Error error = *outcome.error;
    if (outcome.finalWord) {
        if (m_statusError && error.type.isEmpty())
            error.type = m_statusError->type;
        Q_EMIT failed(error, outcome.reply);
        return;
    }
    if (m_statusError && error.httpStatus >= 400) { // the status had the model's own sentence, this has none
        Error said = *m_statusError;
        said.httpStatus = error.httpStatus;
        Q_EMIT failed(said, outcome.reply);
        return;
    }
    if (error.kind == ErrorKind::NotFound || error.kind == ErrorKind::Expired) {
        if (++m_notFound >= notFoundTries) {
            Q_EMIT failed(error, outcome.reply);
            return;
        }
        error.retryAfterSeconds = int(std::chrono::seconds(notFoundPause).count());
    }
    if (isUnreadable(error) && ++m_unreadable >= unreadableTries) {
        error.type = u"result"_s;
        Q_EMIT failed(error, outcome.reply);
        return;
    }
    const auto delay = retryDelay(++m_failures, error.retryAfterSeconds);
    m_retry.start(delay);
    Q_EMIT waiting(error, delay);
}

} // namespace plantain
