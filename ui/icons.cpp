#include "icons.h"

#include <QFile>
#include <QGuiApplication>
#include <QHash>
#include <QIconEngine>
#include <QPainter>
#include <QPalette>
#include <QPixmapCache>
#include <QSvgRenderer>

using namespace Qt::StringLiterals;

namespace plantain {

namespace {

QByteArray drawingOf(const QString &name)
{
    QFile file(u":/icons/%1.svg"_s.arg(name));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

class LineIcon final : public QIconEngine
{
public:
    LineIcon(QString name, QColor colour)
        : m_name(std::move(name))
        , m_colour(colour)
    {
    }

    void paint(QPainter *painter, const QRect &rect, QIcon::Mode mode, QIcon::State) override
    {
        const int side = std::min(rect.width(), rect.height());
        const QRect square(rect.x() + (rect.width() - side) / 2, rect.y() + (rect.height() - side) / 2, side, side);
        painter->drawPixmap(square, pixmapOfIcon(m_name, side, painter->device()->devicePixelRatio(), colourFor(mode)));
    }

    QPixmap pixmap(const QSize &size, QIcon::Mode mode, QIcon::State state) override
    {
        return scaledPixmap(size, mode, state, 1);
    }

    QPixmap scaledPixmap(const QSize &size, QIcon::Mode mode, QIcon::State, qreal scale) override
    {
        // The size is in device pixels already.
        QPixmap pixmap = pixmapOfIcon(m_name, std::min(size.width(), size.height()), 1, colourFor(mode));
        pixmap.setDevicePixelRatio(scale);
        return pixmap;
    }

    QIconEngine *clone() const override { return new LineIcon(*this); }
    QString key() const override { return u"plantain-line"_s; }

private:
    QColor colourFor(QIcon::Mode mode) const
    {
        if (m_colour.isValid() && mode != QIcon::Disabled)
            return m_colour;
        const auto group = mode == QIcon::Disabled ? QPalette::Disabled : QPalette::Active;
        return QGuiApplication::palette().color(group, QPalette::ButtonText);
    }

    QString m_name;
    QColor m_colour;
};

} // namespace

QIcon iconNamed(const QString &name)
{
    return iconNamed(name, QColor());
}

QIcon iconNamed(const QString &name, const QColor &colour)
{
    return QFile::exists(u":/icons/%1.svg"_s.arg(name)) ? QIcon(new LineIcon(name, colour)) : QIcon();
}

QPixmap pixmapOfIcon(const QString &name, int size, qreal devicePixelRatio, const QColor &colour)
{
    const int side = qRound(size * devicePixelRatio);
    const QString key = u"icon/%1/%2/%3/%4"_s.arg(name).arg(side).arg(devicePixelRatio).arg(colour.rgba(), 8, 16);
    QPixmap pixmap;
    if (side <= 0 || QPixmapCache::find(key, &pixmap))
        return pixmap;
    // Qt's SVG knows no currentColor.
    QSvgRenderer renderer(drawingOf(name).replace("currentColor", colour.name().toLatin1()));
    pixmap = QPixmap(side, side);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    painter.setRenderHint(QPainter::Antialiasing);
    renderer.render(&painter);
    painter.end();
    pixmap.setDevicePixelRatio(devicePixelRatio);
    QPixmapCache::insert(key, pixmap);
    return pixmap;
}

} // namespace plantain
