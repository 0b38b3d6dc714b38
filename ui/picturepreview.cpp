#include "picturepreview.h"

#include "explain.h"
#include "theme.h"
#include "thumbnailstore.h"

#include <QKeyEvent>
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
    setFocusPolicy(Qt::TabFocus);
    setCursor(Qt::PointingHandCursor);
    setAccessibleName(tr("Preview"));
    explain(this, tr("Opens the picture in the viewer."));
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
    if (hasFocus()) {
        painter.setPen(QPen(coloursOf(palette()).focus, 2));
        painter.drawRect(rect().adjusted(1, 1, -1, -1));
    }
}

void PicturePreview::mouseReleaseEvent(QMouseEvent *event)
{
    if (event->button() == Qt::LeftButton && rect().contains(event->position().toPoint()))
        Q_EMIT activated();
}

void PicturePreview::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter || event->key() == Qt::Key_Space)
        Q_EMIT activated();
    else
        QWidget::keyPressEvent(event);
}

void PicturePreview::focusInEvent(QFocusEvent *event)
{
    QWidget::focusInEvent(event);
    update();
}

void PicturePreview::focusOutEvent(QFocusEvent *event)
{
    QWidget::focusOutEvent(event);
    update();
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
