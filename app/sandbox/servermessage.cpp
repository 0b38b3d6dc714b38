#include "servermessage.h"

namespace plantain {

namespace {

QByteArray decoded(QByteArray text)
{
    return QByteArray::fromPercentEncoding(text.replace('+', ' '));
}

} // namespace

QByteArray ServerRequest::header(QByteArrayView name) const
{
    for (const auto &[key, value] : headers) {
        if (key == name)
            return value;
    }
    return {};
}

int ServerRequest::headerCount(QByteArrayView name) const
{
    int count = 0;
    for (const auto &[key, value] : headers)
        count += key == name ? 1 : 0;
    return count;
}

QByteArray ServerRequest::queryValue(QByteArrayView name) const
{
    for (const auto &[key, value] : query) {
        if (key == name)
            return value;
    }
    return {};
}

bool ServerRequest::hasQuery(QByteArrayView name) const
{
    for (const auto &[key, value] : query) {
        if (key == name)
            return true;
    }
    return false;
}

std::optional<qint64> ServerRequest::contentLength() const
{
    if (headerCount("content-length") == 0)
        return 0;
    const QByteArray text = header("content-length");
    if (headerCount("content-length") > 1 || text.isEmpty() || text.size() > 15)
        return std::nullopt;
    for (const char digit : text) {
        if (digit < '0' || digit > '9')
            return std::nullopt;
    }
    return text.toLongLong();
}

QByteArray ServerRequest::body() const
{
    QByteArray bytes;
    if (!readBody([&bytes](QByteArrayView piece) {
            bytes.append(piece);
            return true;
        }))
        return {};
    return bytes;
}

QByteArray ServerRequest::origin() const
{
    return "http://" + header("host");
}

void setTarget(ServerRequest &request, const QByteArray &target)
{
    request.target = target;
    const qsizetype mark = target.indexOf('?');
    const QByteArray path = mark < 0 ? target : target.first(mark);
    for (const QByteArray &segment : path.split('/')) {
        if (!segment.isEmpty())
            request.path.append(QByteArray::fromPercentEncoding(segment));
    }
    if (mark < 0)
        return;
    for (const QByteArray &item : target.sliced(mark + 1).split('&')) {
        const qsizetype equals = item.indexOf('=');
        if (equals < 0)
            request.query.append({ decoded(item), {} });
        else
            request.query.append({ decoded(item.first(equals)), decoded(item.sliced(equals + 1)) });
    }
}

} // namespace plantain
