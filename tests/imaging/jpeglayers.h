#pragma once

#include <QByteArray>
#include <QSize>

#include <algorithm>

namespace plantain::fixtures {

/// Bits as they stand in a JPEG: a zero behind each byte of ones.
class JpegBits
{
public:
    void put(quint32 value, int count)
    {
        m_bits = m_bits << count | value;
        m_count += count;
        while (m_count >= 8) {
            const uchar byte = uchar(m_bits >> (m_count - 8));
            m_bytes += char(byte);
            if (byte == 0xff)
                m_bytes += '\0';
            m_count -= 8;
        }
    }
    QByteArray whole()
    {
        if (m_count > 0)
            put((1u << (8 - m_count)) - 1, 8 - m_count);
        return m_bytes;
    }

private:
    QByteArray m_bytes;
    quint64 m_bits = 0;
    int m_count = 0;
};

inline QByteArray jpegSegment(char marker, const QByteArray &data)
{
    const int length = int(data.size()) + 2;
    return QByteArray("\xff", 1) + marker + char(length >> 8) + char(length) + data;
}

/// A progressive JPEG in the slowest way there is: one layer that makes every coefficient of every block count, in each
/// component, and then `refinements` layers that touch all of them again for one bit each.
inline QByteArray layeredJpeg(QSize size, int components, int refinements)
{
    const qint64 blocks = qint64((size.width() + 7) / 8) * ((size.height() + 7) / 8);
    const QByteArray none(1, '\0');
    QByteArray frame;
    for (const int byte : { 8, size.height() >> 8, size.height(), size.width() >> 8, size.width(), components })
        frame += char(byte);
    for (int component = 0; component < components; ++component)
        frame += char(component + 1) + QByteArray("\x11\0", 2);
    // A table of one code, of one bit: it says `symbol`.
    const auto table = [](char kind, char symbol) {
        return jpegSegment('\xc4', kind + QByteArray(1, '\1') + QByteArray(15, '\0') + symbol);
    };
    const auto scanOf = [&none](int component, char precision) {
        return jpegSegment('\xda', QByteArray(1, '\1') + char(component + 1) + none + '\1' + '\x3f' + precision);
    };

    QByteArray bytes = QByteArray("\xff\xd8", 2) + jpegSegment('\xdb', none + QByteArray(64, '\1')) + jpegSegment('\xc2', frame)
        + table('\0', '\0');
    QByteArray all(1, char(components));
    for (int component = 0; component < components; ++component)
        all += char(component + 1) + none;
    bytes += jpegSegment('\xda', all + QByteArray(3, '\0')) + QByteArray((blocks * components + 7) / 8, '\0');

    bytes += table('\x10', '\1'); // the next coefficient, of one bit
    JpegBits first;
    for (qint64 block = 0; block < blocks; ++block) {
        for (int coefficient = 0; coefficient < 63; ++coefficient)
            first.put((block + coefficient) & 1, 2);
    }
    const QByteArray firstLayer = first.whole();
    for (int component = 0; component < components; ++component)
        bytes += scanOf(component, '\x0d') + firstLayer;

    bytes += table('\x10', '\xe0'); // a run of blocks without news
    JpegBits again;
    for (qint64 left = blocks; left > 0;) {
        const qint64 run = std::min<qint64>(left, 32767);
        again.put(0, 1);
        again.put(quint32(run) - 16384 < 16384 ? quint32(run) - 16384 : 16383, 14);
        quint32 noise = 12345;
        for (qint64 bit = 0; bit < run * 63; ++bit) {
            noise = noise * 1664525 + 1013904223;
            again.put(noise >> 31, 1);
        }
        left -= run;
    }
    const QByteArray layer = again.whole();
    for (int refinement = 0; refinement < refinements; ++refinement) {
        const int low = 12 - refinement / components % 13;
        bytes += scanOf(refinement % components, char((low + 1) << 4 | low)) + layer;
    }
    return bytes + QByteArray("\xff\xd9", 2);
}

} // namespace plantain::fixtures
