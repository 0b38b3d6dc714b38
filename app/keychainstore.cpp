#include "keychainstore.h"

#include <QPromise>

#include <qt6keychain/keychain.h>

using namespace Qt::StringLiterals;

namespace plantain {

namespace {

const QString service = u"plantain"_s; // what the keyring lists the entries under

std::optional<Error> errorOf(const QKeychain::Job &job)
{
    switch (job.error()) {
    case QKeychain::NoError:
    case QKeychain::EntryNotFound:
        return std::nullopt;
    case QKeychain::NoBackendAvailable:
    case QKeychain::NotImplemented:
        return Error { .kind = ErrorKind::Keyring, .type = u"missing"_s };
    case QKeychain::AccessDeniedByUser:
    case QKeychain::AccessDenied:
        return Error { .kind = ErrorKind::Keyring, .type = u"refused"_s };
    default:
        break;
    }
    // libsecret has no code of its own for a desktop without the service, or without a bus.
    const QString why = job.errorString();
    const bool nobody = why.contains("ServiceUnknown"_L1) || why.contains("org.freedesktop.secrets"_L1)
        || why.contains("D-Bus"_L1, Qt::CaseInsensitive) || why.contains("DISPLAY"_L1);
    return Error { .kind = ErrorKind::Keyring, .type = nobody ? u"missing"_s : u"refused"_s, .message = nobody ? QString() : why };
}

/// Starts the job; `take` makes the result of a job that went well.
template <class T, class JobType, class Take>
QFuture<Result<T>> started(JobType *job, const QString &server, Take take)
{
    job->setKey(server);
    job->setInsecureFallback(false);
    auto promise = std::make_shared<QPromise<Result<T>>>();
    promise->start();
    QObject::connect(job, &QKeychain::Job::finished, job, [promise, job, take] {
        const std::optional<Error> error = errorOf(*job);
        promise->addResult(error ? Result<T>(failure(*error)) : Result<T>(take(*job)));
        promise->finish();
    });
    job->start();
    return promise->future();
}

} // namespace

QFuture<Result<QByteArray>> KeychainStore::read(const QString &server)
{
    return started<QByteArray>(new QKeychain::ReadPasswordJob(service, &m_jobs), server,
                               [](const QKeychain::ReadPasswordJob &job) { return job.binaryData(); });
}

QFuture<Result<void>> KeychainStore::write(const QString &server, const QByteArray &key)
{
    auto *job = new QKeychain::WritePasswordJob(service, &m_jobs);
    job->setTextData(QString::fromLatin1(key)); // as text, so that the keyring's own window shows what it is
    return started<void>(job, server, [](const QKeychain::Job &) { return Result<void>(); });
}

QFuture<Result<void>> KeychainStore::remove(const QString &server)
{
    return started<void>(new QKeychain::DeletePasswordJob(service, &m_jobs), server,
                         [](const QKeychain::Job &) { return Result<void>(); });
}

} // namespace plantain
