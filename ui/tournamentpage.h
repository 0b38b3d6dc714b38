#pragma once

#include "picturestore.h"

#include <QWidget>

#include <array>
#include <memory>

class QLabel;
class QPushButton;
class QStackedWidget;

namespace plantain {

class PictureCanvas;
class Session;
class ThumbnailStore;
class Tournament;
class TournamentResult;
enum class Verdict;
struct PictureId;

/// Two pictures side by side, and nothing that tells which is which; then the ranks beside the settings.
class TournamentPage final : public QWidget
{
    Q_OBJECT
public:
    /// All outlive the page.
    TournamentPage(Session &session, ThumbnailStore &thumbnails, PictureStore &pictures, QWidget *parent = nullptr);
    ~TournamentPage() override;

    void begin(const std::vector<PictureId> &pictures);
    const Tournament *tournament() const { return m_tournament.get(); } ///< null while there is none
    bool showsResult() const;
    void focusPictures();

Q_SIGNALS:
    void closeRequested();

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;

private:
    QWidget *buildQuestion();
    void refresh();
    void showQuestion();
    void showPictures();
    void answer(Verdict verdict);
    void undo();
    void goOn(); ///< more questions than are needed

    Session &m_session;
    ThumbnailStore &m_thumbnails;
    PictureStore &m_pictures;
    std::unique_ptr<Tournament> m_tournament;
    bool m_goesOn = false;
    QLabel *m_progress;
    QStackedWidget *m_pages;
    std::array<PictureCanvas *, 2> m_sides;
    std::array<PictureRequest, 2> m_shown;
    QPushButton *m_left = nullptr, *m_right = nullptr, *m_tie = nullptr, *m_skip = nullptr, *m_undo, *m_more, *m_end, *m_close;
    TournamentResult *m_result;
};

} // namespace plantain
