#include "eventstreamparser.h"

namespace plantain {

std::vector<StreamEvent> EventStreamParser::feed(QByteArrayView bytes)
{
    std::vector<StreamEvent> events;
    qsizetype at = 0;
    while (at < bytes.size() && !m_broken) {
        if (m_afterReturn) {
            m_afterReturn = false;
            if (bytes[at] == '\n') {
                ++at;
                continue;
            }
        }
        qsizetype end = at;
        while (end < bytes.size() && bytes[end] != '\n' && bytes[end] != '\r')
            ++end;
        if (m_line.size() + (end - at) > m_limits.line) {
            m_broken = true;
            break;
        }
        m_line += bytes.sliced(at, end - at);
        if (end == bytes.size())
            break;
        m_afterReturn = bytes[end] == '\r';
        at = end + 1;
        endLine(events);
    }
    return events;
}

void EventStreamParser::endLine(std::vector<StreamEvent> &events)
{
    if (m_firstLine) {
        m_firstLine = false;
        if (m_line.startsWith("\xEF\xBB\xBF"))
            m_line.remove(0, 3);
    }
    const QByteArray line = std::exchange(m_line, {});
    if (line.isEmpty()) {
        dispatch(events);
        return;
    }
    const qsizetype colon = line.indexOf(':');
    if (colon == 0)
        return; // a comment
    if (colon < 0) {
        takeField(line, {});
        return;
    }
    QByteArrayView value = QByteArrayView(line).sliced(colon + 1);
    if (value.startsWith(' '))
        value = value.sliced(1);
    takeField(QByteArrayView(line).first(colon), value);
}

void EventStreamParser::takeField(QByteArrayView name, QByteArrayView value)
{
    if (name == "data") {
        if (m_data.size() + value.size() + 1 > m_limits.event) {
            m_broken = true;
            return;
        }
        if (m_hasData)
            m_data += '\n';
        m_data += value;
        m_hasData = true;
    } else if (name == "event") {
        m_type = value.toByteArray();
    } else if (name == "id") {
        if (!value.contains('\0'))
            m_lastId = value.toByteArray();
    }
    // retry is for clients that reconnect by themselves; all others are ignored by the standard.
}

void EventStreamParser::dispatch(std::vector<StreamEvent> &events)
{
    if (m_hasData)
        events.push_back({ std::exchange(m_type, {}), std::exchange(m_data, {}), m_lastId });
    m_type.clear();
    m_data.clear();
    m_hasData = false;
}

} // namespace plantain
