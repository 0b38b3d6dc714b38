#include "referencelook.h"

#include "containerwalk.h"
#include "whenfinished.h"

namespace plantain {

namespace {

constexpr QSize smallPicture(128, 128);
constexpr int whenIdle = -1; ///< priority of what is only offered

/// Walked and decoded: a bomb is refused before, what is damaged inside is found out by it.
Result<LookedAtReference> look(const QString &file)
{
    const auto bytes = readPictureFile(file);
    if (!bytes)
        return failure(bytes.error());
    const auto info = inspectPicture(*bytes);
    if (!info)
        return failure(info.error());
    return decodePicture(*bytes, smallPicture).map([&info](const QImage &picture) {
        return LookedAtReference { *info, forDisplay(picture) };
    });
}

} // namespace

void ReferenceLook::lookAt(const QString &file)
{
    const auto looked = m_pool.run<Result<LookedAtReference>>(
        [file](QPromise<Result<LookedAtReference>> &promise) { promise.addResult(look(file)); });
    whenFinished(looked, this, [this, file](const Result<LookedAtReference> &found) { Q_EMIT lookedAt(file, found); });
}

void ReferenceLook::scale(const QString &file, qint64 atMostBytes)
{
    if (m_scaling.contains(file))
        return;
    m_scaling.insert(file);
    const auto prepared = m_pool.run<Result<PreparedReference>>(
        [file, atMostBytes](QPromise<Result<PreparedReference>> &promise) {
            promise.addResult(prepareReference(file, atMostBytes));
        },
        whenIdle);
    whenFinished(prepared, this, [this, file, atMostBytes](const Result<PreparedReference> &found) {
        m_scaling.remove(file);
        if (found)
            Q_EMIT scaled(file, { .atMostBytes = atMostBytes, .size = found->size, .bytes = found->length });
    });
}

} // namespace plantain
