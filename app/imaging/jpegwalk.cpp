#include "jpegwalk.h"

#include "badpicture.h"
#include "exiforientation.h"
#include "keptbytes.h"

#include <QCoreApplication>
#include <QtEndian>

#include <algorithm>
#include <cstring>

using namespace Qt::StringLiterals;

namespace plantain {

namespace {

enum Marker : uchar {
    Tem = 0x01,
    Sof0 = 0xc0,
    Sof2 = 0xc2,
    Dht = 0xc4,
    Jpg = 0xc8,
    Dac = 0xcc,
    Sof15 = 0xcf,
    Rst0 = 0xd0,
    Rst7 = 0xd7,
    Soi = 0xd8,
    Eoi = 0xd9,
    Sos = 0xda,
    Dqt = 0xdb,
    Dri = 0xdd,
    App0 = 0xe0,
    App1 = 0xe1,
    App2 = 0xe2,
    App14 = 0xee,
};

bool isFrameHeader(uchar marker)
{
    return marker >= Sof0 && marker <= Sof15 && marker != Dht && marker != Jpg && marker != Dac;
}

bool isRestart(uchar marker)
{
    return marker >= Rst0 && marker <= Rst7;
}

class JpegWalk
{
public:
    JpegWalk(QByteArrayView bytes, const PictureLimits &limits)
        : m_bytes(bytes)
        , m_limits(limits)
    {
        m_walked.info = { .format = PictureFormat::Jpeg, .bytes = bytes.size() };
    }

    Result<WalkedPicture> walk();

private:
    std::optional<Error> segment(uchar marker, qsizetype from);
    std::optional<Error> frameHeader(QByteArrayView data);
    std::optional<Error> scan(qsizetype from);
    bool isKept(uchar marker, QByteArrayView data);

    QByteArrayView m_bytes;
    const PictureLimits &m_limits;
    WalkedPicture m_walked;
    KeptBytes m_kept;
    qsizetype m_at = 2;
    qint64 m_pixels = 0, m_coefficients = 0, m_profileBytes = 0, m_entropyBytes = 0;
    int m_scans = 0;
    bool m_hasExif = false, m_isProgressive = false;
};

Result<WalkedPicture> JpegWalk::walk()
{
    m_kept.keep(0, 2);
    for (int segments = 0;; ++segments) {
        if (segments >= m_limits.chunks)
            return failure(tooLargePicture(QCoreApplication::translate("Picture", "The picture is in too many pieces.")));
        const qsizetype from = m_at;
        if (m_at >= m_bytes.size())
            return failure(truncatedPicture());
        if (uchar(m_bytes[m_at]) != 0xff)
            return failure(brokenPicture());
        while (m_at < m_bytes.size() && uchar(m_bytes[m_at]) == 0xff)
            ++m_at;
        if (m_at >= m_bytes.size())
            return failure(truncatedPicture());
        const uchar marker = uchar(m_bytes[m_at++]);
        if (marker == Eoi) {
            m_kept.keep(from, m_at);
            break;
        }
        if (marker == 0 || marker == Soi)
            return failure(brokenPicture());
        if (marker == Tem || isRestart(marker))
            continue;
        if (auto error = segment(marker, from))
            return failure(*error);
    }
    if (m_scans == 0)
        return failure(truncatedPicture());
    // Each block of 8 x 8 takes a bit at least, in one component at least a quarter of all (4:1:1 turned both ways).
    if (m_pixels > m_entropyBytes * 8 * 64 * 4)
        return failure(truncatedPicture());
    if ((m_isProgressive || m_scans > 1) && m_coefficients > m_limits.jpegCoefficients) {
        return failure(tooLargePicture(
            QCoreApplication::translate("Picture", "The picture is coded in layers and so large that it would take too much memory.")));
    }
    m_walked.bytes = m_kept.of(m_bytes);
    return m_walked;
}

std::optional<Error> JpegWalk::segment(uchar marker, qsizetype from)
{
    if (m_bytes.size() - m_at < 2)
        return truncatedPicture();
    const int length = qFromBigEndian<quint16>(m_bytes.data() + m_at);
    if (length < 2)
        return brokenPicture();
    if (length > m_bytes.size() - m_at)
        return truncatedPicture();
    const QByteArrayView data = m_bytes.sliced(m_at + 2, length - 2);
    m_at += length;

    if (isFrameHeader(marker)) {
        if (marker > Sof2)
            return brokenPicture(QCoreApplication::translate("Picture", "This kind of JPEG is not read."));
        if (auto error = frameHeader(data))
            return error;
        m_isProgressive = marker == Sof2;
    }
    if (marker == App1 && !m_hasExif && data.startsWith(QByteArrayView("Exif\0\0", 6))) {
        m_hasExif = true;
        m_walked.info.orientation = exifOrientation(data.sliced(6));
    }
    if (marker == Sos)
        return scan(from);
    if (isKept(marker, data))
        m_kept.keep(from, m_at);
    return std::nullopt;
}

std::optional<Error> JpegWalk::frameHeader(QByteArrayView data)
{
    if (m_pixels > 0 || data.size() < 6)
        return brokenPicture();
    const int depth = uchar(data[0]);
    const int height = qFromBigEndian<quint16>(data.data() + 1);
    const int width = qFromBigEndian<quint16>(data.data() + 3);
    const int components = uchar(data[5]);
    if (depth != 8 || (components != 1 && components != 3 && components != 4) || data.size() != 6 + 3 * components)
        return brokenPicture();
    if (auto error = checkPixelSize(width, height, m_limits))
        return error;
    m_pixels = qint64(width) * height;
    int mostAcross = 0, mostDown = 0, all = 0;
    for (int component = 0; component < components; ++component) {
        const uchar factors = uchar(data[7 + 3 * component]);
        const int across = factors >> 4, down = factors & 15;
        if (across < 1 || across > 4 || down < 1 || down > 4)
            return brokenPicture();
        mostAcross = std::max(mostAcross, across);
        mostDown = std::max(mostDown, down);
        all += across * down;
    }
    m_coefficients = m_pixels * all / (mostAcross * mostDown);
    m_walked.info.size = QSize(width, height);
    m_walked.info.isCmyk = components == 4;
    return std::nullopt;
}

/// The entropy-coded bytes after a scan header, up to the next marker that is not part of them.
std::optional<Error> JpegWalk::scan(qsizetype from)
{
    if (m_pixels == 0)
        return brokenPicture();
    ++m_scans;
    if (m_scans > m_limits.jpegScans || m_scans * m_pixels > m_limits.jpegScanPixels) {
        return tooLargePicture(
            QCoreApplication::translate("Picture", "The picture is coded in so many layers that it would take too long."));
    }
    const qsizetype begin = m_at;
    for (;;) {
        const void *found = std::memchr(m_bytes.data() + m_at, 0xff, size_t(m_bytes.size() - m_at));
        if (!found)
            return truncatedPicture();
        m_at = static_cast<const char *>(found) - m_bytes.data();
        if (m_at + 1 >= m_bytes.size())
            return truncatedPicture();
        const uchar next = uchar(m_bytes[m_at + 1]);
        if (next != 0 && next != 0xff && !isRestart(next))
            break;
        m_at += next == 0xff ? 1 : 2;
    }
    m_entropyBytes += m_at - begin;
    m_kept.keep(from, m_at);
    return std::nullopt;
}

bool JpegWalk::isKept(uchar marker, QByteArrayView data)
{
    switch (marker) {
    case Dht:
    case Dqt:
    case Dri:
        return true;
    case App0:
        return data.startsWith("JFIF");
    case App14:
        return data.startsWith("Adobe");
    case App2:
        if (!data.startsWith("ICC_PROFILE"))
            return false;
        m_profileBytes += data.size();
        m_walked.info.hasProfile = m_profileBytes <= m_limits.iccBytes;
        return m_walked.info.hasProfile;
    default:
        return isFrameHeader(marker);
    }
}

} // namespace

Result<WalkedPicture> walkJpeg(QByteArrayView bytes, const PictureLimits &limits)
{
    return JpegWalk(bytes, limits).walk();
}

} // namespace plantain
