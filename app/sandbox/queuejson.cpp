#include "queuejson.h"

#include "server.h"

#include <QDateTime>

using namespace Qt::StringLiterals;

namespace plantain {

namespace {

void addUrls(Json &reply, const QByteArray &origin, const EndpointId &endpoint, const QString &id)
{
    const QString base = QString::fromLatin1(origin) + u'/' + queueAppOf(endpoint) + u"/requests/"_s + id;
    reply["response_url"] = base.toStdString();
    reply["status_url"] = (base + u"/status"_s).toStdString();
    reply["cancel_url"] = (base + u"/cancel"_s).toStdString();
}

const char *wordOf(QueueState state)
{
    switch (state) {
    case QueueState::InQueue:
        return "IN_QUEUE";
    case QueueState::InProgress:
        return "IN_PROGRESS";
    case QueueState::Completed:
        break;
    }
    return "COMPLETED";
}

} // namespace

Json submitReply(const QByteArray &origin, const EndpointId &endpoint, const QString &id, int position)
{
    Json reply { { "status", "IN_QUEUE" }, { "request_id", id.toStdString() } };
    addUrls(reply, origin, endpoint, id);
    reply["logs"] = nullptr;
    reply["metrics"] = Json::object();
    reply["queue_position"] = position;
    return reply;
}

Json statusReply(const QByteArray &origin, const SandboxSnapshot &snapshot, bool logs)
{
    Json reply { { "status", wordOf(snapshot.state) }, { "request_id", snapshot.id.toStdString() } };
    addUrls(reply, origin, snapshot.endpoint, snapshot.id);
    reply["logs"] = nullptr;
    if (logs) {
        reply["logs"] = Json::array();
        for (const SandboxLogEntry &entry : snapshot.logs) {
            reply["logs"].push_back(Json { { "timestamp", logTime(entry.microseconds).toStdString() },
                                           { "message", entry.message.toStdString() },
                                           { "labels", Json::object() } });
        }
    }
    reply["metrics"] = Json::object();
    if (snapshot.state == QueueState::Completed)
        reply["metrics"]["inference_time"] = snapshot.inferenceSeconds;
    if (snapshot.state == QueueState::InQueue)
        reply["queue_position"] = snapshot.position;
    if (!snapshot.error.isEmpty())
        reply["error"] = snapshot.error.toStdString();
    if (!snapshot.errorType.isEmpty())
        reply["error_type"] = snapshot.errorType.toStdString();
    return reply;
}

QByteArray logTime(qint64 microseconds)
{
    const QDateTime time = QDateTime::fromSecsSinceEpoch(microseconds / 1000000, Qt::UTC);
    return time.toString(u"yyyy-MM-dd'T'HH:mm:ss"_s).toLatin1() + '.'
        + QByteArray::number(microseconds % 1000000).rightJustified(6, '0');
}

QByteArray platformTime(qint64 microseconds)
{
    return QDateTime::fromMSecsSinceEpoch(microseconds / 1000, Qt::UTC).toString(Qt::ISODateWithMs).toLatin1();
}

} // namespace plantain
