#include "eventstreamparser.h"
#include "fuzztarget.h"

using namespace plantain;

namespace {

/// The events of the stream cut into pieces of 1 to 16 bytes, as `lengths` says, over and over.
std::vector<StreamEvent> inPieces(QByteArrayView stream, QByteArrayView lengths, const EventStreamParser::Limits &limits, bool &broken)
{
    EventStreamParser parser(limits);
    std::vector<StreamEvent> events;
    qsizetype at = 0;
    for (qsizetype turn = 0; at < stream.size(); ++turn) {
        const qsizetype asked = lengths.isEmpty() ? 1 : 1 + (uchar(lengths[turn % lengths.size()]) & 15);
        const qsizetype length = std::min(asked, stream.size() - at);
        for (StreamEvent &event : parser.feed(stream.sliced(at, length)))
            events.push_back(std::move(event));
        at += length;
    }
    broken = parser.isBroken();
    return events;
}

} // namespace

/// The first byte counts those that say where the stream is cut; the rest is the stream. Small limits, so that they are met.
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const QByteArray input = fuzz::copyOf(data, size);
    if (input.isEmpty())
        return 0;
    const qsizetype cuts = std::min<qsizetype>(uchar(input[0]) & 31, input.size() - 1);
    const QByteArrayView lengths = QByteArrayView(input).sliced(1, cuts);
    const QByteArrayView stream = QByteArrayView(input).sliced(1 + cuts);
    for (const EventStreamParser::Limits &limits : { EventStreamParser::Limits(), EventStreamParser::Limits { 24, 48 } }) {
        EventStreamParser whole(limits);
        const std::vector<StreamEvent> events = whole.feed(stream);
        bool broken = false;
        fuzz::require(inPieces(stream, lengths, limits, broken) == events, "the same events, however the stream is cut");
        fuzz::require(broken == whole.isBroken(), "broken, however the stream is cut");
        for (const StreamEvent &event : events) {
            fuzz::require(event.data.size() <= limits.event, "no event over its limit");
            fuzz::require(!event.type.contains('\n') && !event.type.contains('\r'), "a type is one line");
            fuzz::require(!event.lastId.contains('\0'), "no NUL in an id");
        }
    }
    return 0;
}
