#pragma once

#include <QWidget>

namespace plantain {

class ThumbnailStore;

/// One picture fitted into the width of a panel, on the neutral surface.
class PicturePreview final : public QWidget
{
    Q_OBJECT
public:
    /// `thumbnails` outlives the preview.
    explicit PicturePreview(ThumbnailStore &thumbnails, QWidget *parent = nullptr);

    void setPicture(const QString &key, const QString &path, QSize pixels);

    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void fit();

    ThumbnailStore &m_thumbnails;
    QString m_key, m_path;
    QSize m_pixels;
};

} // namespace plantain
