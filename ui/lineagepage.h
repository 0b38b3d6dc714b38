#pragma once

#include "lineage.h"

#include <QTimer>
#include <QWidget>

#include <memory>

class QTreeView;

namespace plantain {

class ElidedLabel;
class LineageModel;
class Session;
class ThumbnailStore;

/// The pictures that came from each other as a tree, with what changed from one to the next and what it cost. What is
/// selected here is selected in the gallery. Follows runs as they come.
class LineagePage final : public QWidget
{
    Q_OBJECT
public:
    /// All outlive the page.
    LineagePage(Session &session, ThumbnailStore &thumbnails, QWidget *parent = nullptr);
    ~LineagePage() override;

    void begin(const PictureId &picture); ///< the family of this one
    void focusTree();

Q_SIGNALS:
    void chosen(const plantain::PictureId &picture);
    void openRequested(const plantain::PictureId &picture); ///< to be seen in full
    void closeRequested();

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void hideEvent(QHideEvent *event) override;

private:
    void load();
    void take(const Result<Lineage> &lineage);
    void wantThumbnails();

    Session &m_session;
    ThumbnailStore &m_thumbnails;
    std::unique_ptr<LineageModel> m_model;
    ElidedLabel *m_summary;
    QTreeView *m_tree;
    QTimer m_loadAgain; ///< many runs that come are one change
    PictureId m_current;
    int m_request = 0; ///< answers to earlier ones are dropped
    bool m_filling = false; ///< what is selected then was selected before
};

} // namespace plantain
