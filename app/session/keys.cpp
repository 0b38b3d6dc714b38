#include "keys.h"

#include "privatememory.h"
#include "whenfinished.h"

#include <QTimer>

using namespace Qt::StringLiterals;

namespace plantain {

namespace {

QFuture<Keys::Done> ready(Keys::Done done = {})
{
    return QtFuture::makeReadyFuture(std::move(done));
}

Error noStore()
{
    return { .kind = ErrorKind::Keyring, .type = u"missing"_s };
}

} // namespace

Keys::Keys(std::unique_ptr<KeyStore> store, std::chrono::milliseconds patience, QObject *parent)
    : QObject(parent)
    , m_store(std::move(store))
    , m_patience(patience)
{
}

Keys::~Keys() = default;

QByteArray Keys::key(const QString &server) const
{
    const auto found = m_entries.find(server);
    return found == m_entries.end() ? QByteArray() : found->second.key;
}

Keys::Origin Keys::origin(const QString &server) const
{
    const auto found = m_entries.find(server);
    return found == m_entries.end() ? Origin::None : found->second.origin;
}

void Keys::set(const QString &server, const QByteArray &key, Origin origin)
{
    if (!key.isEmpty())
        keepMemoryPrivate();
    Entry &entry = m_entries[server];
    entry.key = key;
    entry.origin = origin;
    Q_EMIT changed(server);
}

void Keys::setFromEnvironment(const QString &server, const QByteArray &key)
{
    set(server, key, Origin::Environment);
}

void Keys::useForSession(const QString &server, const QByteArray &key)
{
    if (origin(server) == Origin::Environment)
        return;
    ++m_entries[server].edits;
    set(server, key, Origin::Session);
}

bool Keys::isLoading(const QString &server) const
{
    const auto found = m_entries.find(server);
    return found != m_entries.end() && found->second.loading;
}

QFuture<Keys::Done> Keys::load(const QString &server)
{
    Entry &entry = m_entries[server];
    if (entry.asked || entry.origin == Origin::Environment)
        return ready();
    if (!m_store)
        return ready(noStore());
    if (entry.loading)
        return *entry.loading;

    auto promise = std::make_shared<QPromise<Done>>();
    promise->start();
    entry.loading = promise->future();
    const auto finish = [this, server, promise](const Done &done) {
        if (promise->future().isFinished())
            return;
        m_entries[server].loading.reset();
        promise->addResult(done);
        promise->finish();
    };
    whenFinished(m_store->read(server), this, [this, server, finish, edits = entry.edits](const Result<QByteArray> &read) {
        Entry &asked = m_entries[server];
        asked.asked = read.has_value();
        if (read && !read->isEmpty() && asked.edits == edits)
            set(server, *read, Origin::Store);
        finish(read ? Done() : Done(read.error()));
    });
    QTimer::singleShot(m_patience, this, [finish] { finish(Error { .kind = ErrorKind::Keyring, .type = u"silent"_s }); });
    return promise->future();
}

QFuture<Keys::Done> Keys::keep(const QString &server, const QByteArray &key)
{
    if (origin(server) == Origin::Environment)
        return ready();
    useForSession(server, key);
    if (!m_store)
        return ready(noStore());
    return whenFinished(m_store->write(server, key), this, [this, server, edits = m_entries[server].edits](const Result<void> &written) {
        if (!written)
            return Done(written.error());
        Entry &entry = m_entries[server];
        if (entry.edits == edits) {
            entry.asked = true;
            set(server, entry.key, Origin::Store);
        }
        return Done();
    });
}

QFuture<Keys::Done> Keys::forget(const QString &server)
{
    if (origin(server) == Origin::Environment)
        return ready();
    ++m_entries[server].edits;
    set(server, {}, Origin::None);
    if (!m_store)
        return ready();
    return whenFinished(m_store->remove(server), this, [](const Result<void> &removed) {
        return removed ? Done() : Done(removed.error());
    });
}

} // namespace plantain
