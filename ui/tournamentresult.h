#pragma once

#include "thumbnailstore.h"

#include <QScrollArea>

class QGridLayout;
class QLabel;

namespace plantain {

class GalleryModel;
class Tournament;

/// The pictures of a tournament, the best one first: rank, how sure that is, and the settings in which they differ.
class TournamentResult final : public QScrollArea
{
    Q_OBJECT
public:
    /// `thumbnails` outlive the widget.
    explicit TournamentResult(ThumbnailStore &thumbnails, QWidget *parent = nullptr);

    void showRanking(const Tournament &tournament, const GalleryModel &gallery);

protected:
    void hideEvent(QHideEvent *event) override;

private:
    void showThumbnails();

    ThumbnailStore &m_thumbnails;
    std::vector<std::pair<QLabel *, ThumbnailRequest>> m_shown;
};

} // namespace plantain
