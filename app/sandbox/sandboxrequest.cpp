#include "sandboxrequest.h"

#include <QFile>

#include <chrono>

namespace plantain {

namespace {

constexpr qsizetype longBytes = 16 * 1024;

} // namespace

RetainedBytes RetainedBytes::keep(const QByteArray &bytes, FileStore &files)
{
    if (bytes.size() <= longBytes)
        return { bytes, {} };
    const auto url = files.add(bytes, { .path = {}, .name = keptName, .contentType = {} });
    if (!url)
        return { bytes, {} }; // no room on disk: memory has to do
    return { {}, files.findByUrlPath(*url)->path };
}

std::optional<QByteArray> RetainedBytes::read() const
{
    if (file.isEmpty())
        return bytes;
    QFile source(file);
    return source.open(QIODevice::ReadOnly) ? std::optional(source.readAll()) : std::nullopt;
}

qint64 nowMicroseconds()
{
    using namespace std::chrono;
    return duration_cast<microseconds>(system_clock::now().time_since_epoch()).count();
}

} // namespace plantain
