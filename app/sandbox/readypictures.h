#pragma once

#include <QList>
#include <QSize>
#include <QString>

#include <atomic>

namespace plantain {

/// Pictures of a folder, handed out in turn, in the order of their names. Thread-safe.
class ReadyPictures final
{
public:
    struct Picture
    {
        QString path;
        QByteArray contentType;
        QSize size;
        qint64 bytes = 0;
    };

    explicit ReadyPictures(const QString &folder);

    bool isEmpty() const { return m_pictures.isEmpty(); }
    const Picture &next() { return m_pictures.at(qsizetype(m_next++ % quint64(m_pictures.size()))); }

private:
    QList<Picture> m_pictures;
    std::atomic<quint64> m_next = 0;
};

} // namespace plantain
