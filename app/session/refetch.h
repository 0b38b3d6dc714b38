#pragma once

#include "pictureid.h"
#include "runrecord.h"

#include <QObject>

#include <map>
#include <memory>

namespace plantain {

class DecodePool;
class Library;
class PictureFetch;
class Servers;

/// Fetches pictures of finished runs once more, whose files are gone: from where the result said, as long as the server has
/// them. By a person's word, and once: it costs nothing. Lives on the GUI thread.
class Refetch final : public QObject
{
    Q_OBJECT
public:
    /// All of these outlive it.
    Refetch(Library &library, Servers &servers, DecodePool &decodePool, QObject *parent = nullptr);
    ~Refetch() override;

    void start(const PictureId &picture); ///< nothing while it is on its way already

Q_SIGNALS:
    void fetched(const plantain::PictureId &picture, const plantain::ImageRecord &image); ///< is stored
    void said(const plantain::Error &error); ///< why not

private:
    void fetch(const RunRecord &run, int index);
    void store(const PictureId &picture, const ImageRecord &image);

    Library &m_library;
    Servers &m_servers;
    DecodePool &m_decodePool;
    std::map<RunId, std::map<int, std::unique_ptr<PictureFetch>>> m_fetches;
};

} // namespace plantain
