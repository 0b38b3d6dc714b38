#pragma once

#include "compareboard.h"
#include "compareset.h"

#include <QWidget>

class QItemSelectionModel;

namespace plantain {

struct Actions;
class DifferenceMaker;
class LensBar;
class Session;
class ThumbnailStore;
class WhatDiffers;
class ZoomBox;

/// Two to nine pictures of the gallery beside each other, with lenses and what differs about them. Changes nothing of the
/// gallery's selection; which tile is current there follows the active pane. Wants whole pictures only while it is visible.
class ComparePage final : public QWidget
{
    Q_OBJECT
public:
    /// All outlive the page. Binds the actions of comparing.
    ComparePage(Session &session, ThumbnailStore &thumbnails, PictureStore &pictures, const Actions &actions,
                QWidget *parent = nullptr);

    void setSelectionModel(QItemSelectionModel *selection); ///< the gallery's
    void open(const QModelIndexList &pictures); ///< of the gallery as it is shown
    void focusPictures();

    CompareBoard *board() const { return m_board; }
    LensBar *lensBar() const { return m_lensBar; }
    WhatDiffers *whatDiffers() const { return m_whatDiffers; }
    const CompareSet &set() const { return m_set; }
    QModelIndex picked() const; ///< the active pane's picture; none through a lens, where two are seen

Q_SIGNALS:
    void openRequested(); ///< what is current in the gallery now: the active pane's
    void closeRequested(); ///< by button, key, or because there is too little left to compare
    void pickedChanged();

protected:
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    QWidget *buildHead();
    void connectActions();
    void connectStores();
    void refresh();
    void refreshWanted();
    void refreshWords();
    CompareBoard::Subject subjectOf(int place) const;
    void step(int by);
    void close(int place);
    void move(int from, int to);
    void crown(bool champion);
    void activate(int place);
    void makeCurrent(int place);
    void leave();
    std::optional<Lens> chosenLens() const;
    void chooseLens();
    void refreshLens();
    void tellOfLens();
    void refreshDifference();
    void goToDifference();
    void setEnabledHere(bool enabled);

    Session &m_session;
    ThumbnailStore &m_thumbnails;
    PictureStore &m_pictures;
    const Actions &m_actions;
    CompareSet m_set;
    CompareBoard *m_board;
    LensBar *m_lensBar;
    WhatDiffers *m_whatDiffers;
    DifferenceMaker *m_difference;
    ZoomBox *m_zoom = nullptr;
    QItemSelectionModel *m_selection = nullptr;
    int m_second = 1; ///< whom the lens shows beside the first
};

} // namespace plantain
