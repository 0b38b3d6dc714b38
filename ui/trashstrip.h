#pragma once

#include <QFrame>

class QLabel;
class QPushButton;
class QToolButton;

namespace plantain {

struct Actions;
class ConfirmBar;
class GalleryPage;
class Trash;

/// What a person hears of the trash above the gallery: after a deletion what went there, with a way back; while the gallery
/// shows the trash, what can be done with it. Does what the actions of the trash say. Never takes the focus.
class TrashStrip final : public QFrame
{
    Q_OBJECT
public:
    /// `trash` and `actions` outlive the strip; it puts itself into `page`.
    TrashStrip(Trash &trash, GalleryPage &page, const Actions &actions);

    QString text() const;

protected:
    void changeEvent(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    void connectActions();
    void discarded(int pictures);
    void refresh();
    void askToEmpty();
    void colour();

    Trash &m_trash;
    GalleryPage &m_page;
    const Actions &m_actions;
    QLabel *m_text;
    QPushButton *m_undo, *m_restore, *m_empty, *m_back;
    QToolButton *m_close;
    ConfirmBar *m_confirm;
    QString m_last; ///< what was deleted; empty once taken back or dismissed
    bool m_colouring = false;
};

} // namespace plantain
