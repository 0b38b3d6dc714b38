#include "referencefetch.h"

using namespace Qt::StringLiterals;

namespace plantain {

ReferenceFetch::ReferenceFetch(FalClient &client, const QUrl &url, qint64 atMostBytes,
                               std::function<void(const Result<QByteArray> &)> finished, QObject *parent)
    : QObject(parent)
{
    m_call = client.download(
        url.toString(QUrl::FullyEncoded),
        [this, atMostBytes](QByteArrayView bytes) -> std::optional<Error> {
            if (m_bytes.size() + bytes.size() > atMostBytes) {
                return Error { .kind = ErrorKind::BadPicture, .type = u"too_large"_s,
                               .message = tr("It is larger than %1 MB.").arg(atMostBytes / (1024 * 1024)) };
            }
            m_bytes.append(bytes);
            return std::nullopt;
        },
        [](qint64, qint64) {},
        [this, finished](const Result<DownloadedFile> &file) {
            deleteLater();
            finished(file.map([this](const DownloadedFile &) { return m_bytes; }));
        });
}

} // namespace plantain
