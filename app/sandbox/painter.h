#pragma once

#include <QImage>
#include <QStringList>

#include <vector>

namespace plantain {

/// What one placeholder is made of; the same values give the same pixels.
struct Painting
{
    QSize size;
    qint64 seed = 0;
    QString prompt; ///< without directive lines
    int index = 0; ///< which picture of its run
    std::vector<QImage> references; ///< shown small, numbered, in order
    bool blank = false; ///< one grey
};

struct PaintedPicture
{
    QImage image; ///< RGB32
    QString motif; ///< "layered hills in sea and sand"
};

/// Paints a calm placeholder: an abstract composition, the prompt's quoted strings in large type, the references,
/// the prompt's words small, and a mark that says it is no model's work. Any thread; needs a QGuiApplication (fonts).
PaintedPicture paintPicture(const Painting &painting);

/// Encodes as "png", "jpeg" or "webp"; PNG fast rather than small. Empty when the format's writer is not there.
QByteArray encodePicture(const QImage &image, const QString &format);

} // namespace plantain
