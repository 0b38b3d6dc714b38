#include "exiforientation.h"

#include <QtEndian>

namespace plantain {

namespace {

template <class T>
T number(QByteArrayView bytes, qsizetype at, bool littleEndian)
{
    return littleEndian ? qFromLittleEndian<T>(bytes.data() + at) : qFromBigEndian<T>(bytes.data() + at);
}

QImageIOHandler::Transformations transformationOf(int orientation)
{
    switch (orientation) {
    case 2:
        return QImageIOHandler::TransformationMirror;
    case 3:
        return QImageIOHandler::TransformationRotate180;
    case 4:
        return QImageIOHandler::TransformationFlip;
    case 5:
        return QImageIOHandler::TransformationFlipAndRotate90;
    case 6:
        return QImageIOHandler::TransformationRotate90;
    case 7:
        return QImageIOHandler::TransformationMirrorAndRotate90;
    case 8:
        return QImageIOHandler::TransformationRotate270;
    default:
        return QImageIOHandler::TransformationNone;
    }
}

} // namespace

QImageIOHandler::Transformations exifOrientation(QByteArrayView tiff)
{
    constexpr int orientationTag = 0x0112, shortType = 3, entrySize = 12;
    if (tiff.size() < 8)
        return {};
    const bool littleEndian = tiff.startsWith("II");
    if ((!littleEndian && !tiff.startsWith("MM")) || number<quint16>(tiff, 2, littleEndian) != 42)
        return {};
    const qsizetype directory = qsizetype(number<quint32>(tiff, 4, littleEndian));
    if (directory > tiff.size() - 2)
        return {};
    const int entries = number<quint16>(tiff, directory, littleEndian);
    for (int entry = 0; entry < entries; ++entry) {
        const qsizetype at = directory + 2 + entry * entrySize;
        if (at + entrySize > tiff.size())
            return {};
        if (number<quint16>(tiff, at, littleEndian) == orientationTag
            && number<quint16>(tiff, at + 2, littleEndian) == shortType)
            return transformationOf(number<quint16>(tiff, at + 8, littleEndian));
    }
    return {};
}

} // namespace plantain
