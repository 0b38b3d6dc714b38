#include "refetch.h"

#include "errortext.h"
#include "library.h"
#include "picturefetch.h"
#include "queuemessages.h"
#include "server.h"
#include "servers.h"
#include "whenfinished.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace plantain {

namespace {

/// The built-in sandbox has another port at each start; the files are the same.
QString addressOn(const Server &server, const QString &picture)
{
    QUrl url(picture, QUrl::StrictMode);
    if (!server.isSandbox || url.scheme() != "http"_L1 || !isLoopback(url))
        return picture;
    url.setAuthority(server.queue.authority());
    return url.toString(QUrl::FullyEncoded);
}

} // namespace

Refetch::Refetch(Library &library, Servers &servers, DecodePool &decodePool, QObject *parent)
    : QObject(parent)
    , m_library(library)
    , m_servers(servers)
    , m_decodePool(decodePool)
{
}

Refetch::~Refetch() = default;

void Refetch::start(const PictureId &picture)
{
    if (const auto run = m_fetches.find(picture.run); run != m_fetches.end() && run->second.contains(picture.index))
        return;
    whenFinished(m_library.run(picture.run), this, [this, picture](const Result<RunRecord> &run) {
        if (run)
            fetch(*run, picture.index);
        else
            Q_EMIT said(run.error());
    });
}

void Refetch::fetch(const RunRecord &run, int index)
{
    const Result<ResultContent> content = parseResult(run.reply);
    const Result<FalClient *> client = m_servers.client(run.server);
    if (!client || !content || size_t(index) >= content->images.size()) {
        Q_EMIT said(!client ? client.error() : !content ? content.error() : Error { .kind = ErrorKind::Expired });
        return;
    }
    const PictureId picture { run.id, index };
    auto &fetch = m_fetches[run.id][index];
    fetch = std::make_unique<PictureFetch>(m_library, **client, m_decodePool, run, index,
                                           addressOn((*client)->server(), content->images[size_t(index)].url));
    const auto end = [this, picture] { // in a signal of its own
        m_fetches[picture.run][picture.index].release()->deleteLater();
        m_fetches[picture.run].erase(picture.index);
    };
    connect(fetch.get(), &PictureFetch::finished, this, [this, picture, end](const ImageRecord &image) {
        end();
        if (image.error)
            Q_EMIT said(*image.error);
        else
            store(picture, image);
    });
    // It would try for ever; the person can as well.
    connect(fetch.get(), &PictureFetch::waiting, this, [this, end](const Error &error) {
        end();
        Q_EMIT said({ .kind = ErrorKind::InvalidInput,
                      .type = u"refetch"_s,
                      .message = tr("The picture could not be fetched: %1").arg(errorText(error).what) });
    });
    fetch->start();
}

void Refetch::store(const PictureId &picture, const ImageRecord &image)
{
    // As it is now: it may have been written to meanwhile.
    whenFinished(m_library.run(picture.run), this, [this, picture, image](const Result<RunRecord> &run) {
        if (!run) {
            Q_EMIT said(run.error());
            return;
        }
        RunRecord changed = *run;
        const auto there = std::find_if(changed.images.begin(), changed.images.end(),
                                        [&picture](const ImageRecord &each) { return each.index == picture.index; });
        if (there == changed.images.end())
            return;
        there->file = image.file;
        there->sha256 = image.sha256;
        there->contentType = image.contentType;
        there->size = image.size;
        there->bytes = image.bytes;
        whenFinished(m_library.store(changed), this, [this, picture, image](const Result<RunRecord> &stored) {
            if (stored)
                Q_EMIT fetched(picture, image);
            else
                Q_EMIT said(stored.error());
        });
    });
}

} // namespace plantain
