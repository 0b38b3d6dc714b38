#pragma once

#include "falclient.h"
#include "incomingfile.h"
#include "retrytimer.h"


namespace plantain {

class DecodePool;
class Library;
struct PictureInfo;

/// Brings one picture of a result home: download, check by decoding, keep under its final name. Repeats what failed
/// by weather for as long as it lives, from where it broke where the server allows it; ends with one `finished`, whose
/// record has a file or an error.
class PictureFetch final : public QObject
{
    Q_OBJECT
public:
    PictureFetch(Library &library, FalClient &client, DecodePool &decodePool, const RunRecord &run, int index,
                 const QString &url, QObject *parent = nullptr);
    ~PictureFetch() override;

    void start();
    void tryNow(); ///< does not wait any longer for the next try

Q_SIGNALS:
    void progressed(qint64 received, qint64 total);
    void waiting(const plantain::Error &error, std::chrono::milliseconds delay);
    void finished(const plantain::ImageRecord &image);

private:
    void startFile();
    void begun(const DownloadBegin &begin);
    void downloaded(const Result<DownloadedFile> &file);
    void check();
    void keep(const PictureInfo &info);
    void failed(const Error &error);

    Library &m_library;
    FalClient &m_client;
    DecodePool &m_decodePool;
    const RunRecord m_run;
    const QString m_url;
    ImageRecord m_image;
    std::unique_ptr<IncomingFile> m_file;
    CallHandle m_call;
    PartOfFile m_part; ///< what m_file holds
    RetryTimer m_retry;
    int m_failures = 0;
    int m_badPictures = 0;
};

} // namespace plantain
