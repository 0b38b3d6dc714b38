#include "oneshotbody.h"

#include <cstring>

namespace plantain {

// Unbuffered: QIODevice's own buffer would read ahead and make the count larger than what the network took.
OneShotBody::OneShotBody(QByteArray bytes, QObject *parent)
    : QIODevice(parent)
    , m_bytes(std::move(bytes))
    , m_length(m_bytes.size())
{
    open(QIODevice::ReadOnly | QIODevice::Unbuffered);
}

OneShotBody::OneShotBody(QIODevice &source, qint64 length, QObject *parent)
    : QIODevice(parent)
    , m_source(&source)
    , m_hasSource(true)
    , m_length(length)
{
    open(QIODevice::ReadOnly | QIODevice::Unbuffered);
}

bool OneShotBody::reset()
{
    return m_handedOut == 0;
}

bool OneShotBody::atEnd() const
{
    return m_handedOut >= m_length || m_sourceFailed;
}

qint64 OneShotBody::bytesAvailable() const
{
    return m_length - m_handedOut;
}

qint64 OneShotBody::readData(char *data, qint64 maxSize)
{
    const qint64 wanted = qMin(maxSize, m_length - m_handedOut);
    if (m_sourceFailed || m_handedOut >= m_length)
        return -1;
    qint64 got = 0;
    if (m_hasSource) {
        got = m_source ? m_source->read(data, wanted) : -1;
        if (got <= 0) {
            m_sourceFailed = true;
            Q_EMIT broken();
            return -1;
        }
    } else {
        std::memcpy(data, m_bytes.constData() + m_handedOut, size_t(wanted));
        got = wanted;
    }
    m_handedOut += got;
    Q_EMIT taken();
    return got;
}

} // namespace plantain
