#pragma once

#include <QWidget>

namespace plantain {

class ThumbnailStore;

/// One picture fitted into the width of a panel, on the neutral surface. A click, Return or Space asks for all of it.
class PicturePreview final : public QWidget
{
    Q_OBJECT
public:
    /// `thumbnails` outlives the preview.
    explicit PicturePreview(ThumbnailStore &thumbnails, QWidget *parent = nullptr);

    void setPicture(const QString &key, const QString &path, QSize pixels);

    QSize sizeHint() const override;

Q_SIGNALS:
    void activated();

protected:
    void mouseReleaseEvent(QMouseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void fit();

    ThumbnailStore &m_thumbnails;
    QString m_key, m_path;
    QSize m_pixels;
};

} // namespace plantain
