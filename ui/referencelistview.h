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
    void dropEvent(QDropEvent *event) override;

private:
    int rowAt(const QPoint &position) const;

    ReferenceModel &m_model;
};

} // namespace plantain
