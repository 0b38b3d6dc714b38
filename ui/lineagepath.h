#pragma once

#include "lineage.h"

#include <QTimer>
#include <QWidget>

namespace plantain {

class NoteLabel;
class PictureThumbs;
class Session;
class ThumbnailStore;

/// The pictures on the way to one, the first one first, and how it came from the last. Hidden where there is no way.
class LineagePath final : public QWidget
{
    Q_OBJECT
public:
    /// Both outlive it.
    LineagePath(Session &session, ThumbnailStore &thumbnails, QWidget *parent = nullptr);

    void showPicture(const PictureId &picture); ///< soon: who walks through the gallery waits for none of it

Q_SIGNALS:
    void chosen(const plantain::PictureId &picture); ///< one of the way
    void lineageRequested(); ///< all of it

private:
    void load();
    void take(const Lineage &lineage);

    Session &m_session;
    QTimer m_loadSoon;
    PictureId m_picture;
    std::vector<PictureId> m_path; ///< as shown
    int m_request = 0; ///< answers to earlier ones are dropped
    PictureThumbs *m_thumbs;
    NoteLabel *m_note;
};

} // namespace plantain
