#pragma once

#include "runrecord.h"

#include <QPersistentModelIndex>
#include <QPointer>
#include <QTimer>
#include <QWidget>

class QItemSelectionModel;
class QLabel;
class QToolButton;

namespace plantain {

struct Actions;
class NoteLabel;
class PictureCanvas;
class PictureInfoBox;
class PictureStore;
class Session;
class ThumbnailStore;
class ZoomBox;

/// One picture of the gallery, as large as there is room. What is current in the gallery's selection is what is shown
/// here, and stepping here moves it there. Wants whole pictures only while it is visible.
class PictureViewer final : public QWidget
{
    Q_OBJECT
public:
    /// All outlive the viewer. Binds the viewer's actions.
    PictureViewer(Session &session, ThumbnailStore &thumbnails, PictureStore &pictures, const Actions &actions,
                  QWidget *parent = nullptr);

    void setSelectionModel(QItemSelectionModel *selection); ///< the gallery's
    PictureCanvas *canvas() const { return m_canvas; }
    void focusPicture();

    /// What lies in the middle in place of a picture: why there is none, or nothing.
    QString message() const;

Q_SIGNALS:
    void closeRequested(); ///< by button, key, or because there is nothing left to show

protected:
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void changeEvent(QEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    QWidget *buildHead();
    void connectActions();
    void connectStores();
    void follow(const QModelIndex &current);
    void showCurrent();
    void showState();
    void askForPictures();
    void stepTo(int row);
    void step(int by);
    int pictureFrom(int row, int by) const; ///< the next row with a picture from this one on; -1: none
    void refreshSteps();
    void refreshZoom();
    void refreshInfo();
    void loadSeed();
    void place();
    void colour();

    Session &m_session;
    ThumbnailStore &m_thumbnails;
    PictureStore &m_pictures;
    const Actions &m_actions;
    PictureCanvas *m_canvas;
    PictureInfoBox *m_info;
    NoteLabel *m_message;
    QLabel *m_busy;
    QLabel *m_position = nullptr;
    ZoomBox *m_zoom = nullptr;
    std::vector<QToolButton *> m_spare; ///< hidden first where there is little room
    QPointer<QItemSelectionModel> m_selection;
    QPersistentModelIndex m_current;
    QString m_key, m_path; ///< of what is shown
    QString m_seed;
    int m_seedRequest = 0; ///< answers to earlier ones are dropped
    QTimer m_patience; ///< until it is worth saying that something is under way
    bool m_colouring = false;
};

} // namespace plantain
