#include "picturepreview.h"

#include "theme.h"
#include "thumbnailstore.h"

#include <QPainter>
#include <QResizeEvent>

#include <algorithm>

namespace plantain {

namespace {

constexpr int least = 96, most = 360; ///< height, in pixels

}

PicturePreview::PicturePreview(ThumbnailStore &thumbnails, QWidget *parent)
    : QWidget(parent)
    , m_thumbnails(thumbnails)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    const auto repaint = [this](const QString &key) {
        if (key == m_key)
            update();
    };
    connect(&thumbnails, &ThumbnailStore::ready, this, repaint);
    connect(&thumbnails, &ThumbnailStore::failed, this, repaint);
    fit();
}

void PicturePreview::setPicture(const QString &key, const QString &path, QSize pixels)
{
    if (m_key == key && m_path == path)
        return;
    m_key = key;
    m_path = path;
    m_pixels = pixels;
    if (key.isEmpty())
        m_thumbnails.want(this, {});
    else
        m_thumbnails.want(this, { { key, path, ThumbnailSize::Large } });
    fit();
    update();
}

QSize PicturePreview::sizeHint() const
{
    return { 240, height() };
}

void PicturePreview::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(), coloursOf(palette()).viewing);
    const QPixmap pixmap = m_thumbnails.thumbnail(m_key, m_path, ThumbnailSize::Large);
    if (pixmap.isNull()) {
        if (const Error *error = m_thumbnails.errorOf(m_key)) {
            painter.setPen(coloursOf(palette()).bad);
            painter.drawText(rect().adjusted(spacing::page, 0, -spacing::page, 0), Qt::AlignCenter | Qt::TextWordWrap,
                             error->message);
        }
        return;
    }
    QSize fitted = pixmap.size() / devicePixelRatioF();
    if (m_pixels.width() > pixmap.width() || fitted.width() > width() || fitted.height() > height())
        fitted.scale(size(), Qt::KeepAspectRatio);
    QRect target({}, fitted);
    target.moveCenter(rect().center());
    painter.setRenderHint(QPainter::SmoothPixmapTransform);
    painter.drawPixmap(target, pixmap);
}

void PicturePreview::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    if (event->size().width() != event->oldSize().width())
        fit();
}

void PicturePreview::fit()
{
    int height = least;
    if (!m_pixels.isEmpty())
        height = int(qint64(width()) * m_pixels.height() / m_pixels.width());
    setFixedHeight(std::clamp(height, least, most));
}

} // namespace plantain
