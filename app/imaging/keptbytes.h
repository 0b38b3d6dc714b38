#pragma once

#include <QByteArray>
#include <QByteArrayView>

#include <vector>

namespace plantain {

/// The parts of a file that a decoder may see, in order.
class KeptBytes
{
public:
    void keep(qsizetype from, qsizetype to)
    {
        if (!m_spans.empty() && m_spans.back().to == from)
            m_spans.back().to = to;
        else
            m_spans.push_back({ from, to });
    }

    /// Without a copy when the parts are one.
    QByteArray of(QByteArrayView bytes) const
    {
        if (m_spans.size() == 1)
            return QByteArray::fromRawData(bytes.data() + m_spans[0].from, m_spans[0].to - m_spans[0].from);
        QByteArray result;
        result.reserve(bytes.size());
        for (const Span &span : m_spans)
            result.append(bytes.sliced(span.from, span.to - span.from));
        return result;
    }

private:
    struct Span
    {
        qsizetype from, to;
    };
    std::vector<Span> m_spans;
};

} // namespace plantain
