#pragma once

#include "givenpictures.h"

#include <QListView>

namespace plantain {

class ReferenceModel;

/// The references as a numbered list. Rows are moved by dragging or Alt+Up and Alt+Down, replaced by Return, removed by
/// Delete; files, pictures and addresses come in by drop or paste.
class ReferenceListView final : public QListView
{
    Q_OBJECT
public:
    explicit ReferenceListView(ReferenceModel &model, QWidget *parent = nullptr);

    void removeSelected();
    void moveCurrent(int by);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

Q_SIGNALS:
    void given(const plantain::GivenPictures &pictures, int row); ///< dropped before that row, or pasted (-1: at the end)
    void replaceRequested(int row);
    void fetchRequested(const QUrl &url);

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dragMoveEvent(QDragMoveEvent *event) override;
    void dragLeaveEvent(QDragLeaveEvent *event) override;
    void dropEvent(QDropEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    int rowAt(const QPoint &position) const; ///< before which one would be dropped there
    void setDropRow(int row);

    ReferenceModel &m_model;
    int m_dropRow = -1; ///< where what is dragged would come; -1: nothing is
};

} // namespace plantain
