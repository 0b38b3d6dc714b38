#pragma once

#include <QByteArray>
#include <QByteArrayView>

#include <vector>

namespace plantain {

/// One dispatched event of an event stream.
struct StreamEvent
{
    QByteArray type; ///< empty: "message"
    QByteArray data; ///< as sent, lines joined by LF; not checked to be UTF-8
    QByteArray lastId;

    bool operator==(const StreamEvent &) const = default;
};

/// Reads text/event-stream as the HTML standard says (9.2.6), fed with pieces cut anywhere. Pure.
class EventStreamParser
{
public:
    struct Limits
    {
        qsizetype line = 1024 * 1024;
        qsizetype event = 4 * 1024 * 1024;
    };

    EventStreamParser() = default;
    explicit EventStreamParser(const Limits &limits)
        : m_limits(limits)
    {
    }

    /// The events that are complete with these bytes. What a stream ends in the middle of is never given out.
    std::vector<StreamEvent> feed(QByteArrayView bytes);

    /// A line or an event grew over its limit; nothing more comes out.
    bool isBroken() const { return m_broken; }

private:
    void endLine(std::vector<StreamEvent> &events);
    void takeField(QByteArrayView name, QByteArrayView value);
    void dispatch(std::vector<StreamEvent> &events);

    Limits m_limits;
    QByteArray m_line, m_data, m_type, m_lastId;
    bool m_hasData = false;
    bool m_afterReturn = false; ///< the last byte was CR: an LF right after it belongs to it
    bool m_firstLine = true;
    bool m_broken = false;
};

} // namespace plantain
