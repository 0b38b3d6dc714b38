#pragma once

#include <QByteArray>
#include <QList>
#include <QUrl>

class QMimeData;

namespace plantain {

/// What a drop or the clipboard brings for the references.
struct GivenPictures
{
    QList<QUrl> urls; ///< files and web addresses
    QByteArray picture; ///< a PNG, JPEG or WebP file as it came, where there are no files; then there are no addresses either

    bool isEmpty() const { return urls.isEmpty() && picture.isEmpty(); }
};

/// Whether there may be any, without asking the other program for its data.
bool mayGivePictures(const QMimeData &data);

/// A picture goes before the address it was shown under: what the other program shows is what is meant, and nothing has to
/// be fetched. Never decoded here; a picture this program itself holds decoded is written as a PNG.
GivenPictures givenPictures(const QMimeData &data);

} // namespace plantain
