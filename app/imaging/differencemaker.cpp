#include "differencemaker.h"

#include "whenfinished.h"

namespace plantain {

DifferenceMaker::DifferenceMaker(DecodePool &pool, QObject *parent)
    : QObject(parent)
    , m_pool(pool)
{
}

void DifferenceMaker::ask(const SharedPicture &one, const SharedPicture &other, int gain)
{
    if (!one || !other) {
        drop();
        return;
    }
    const bool samePair = one == m_one && other == m_other;
    if (samePair && gain == m_gain)
        return;
    m_one = one;
    m_other = other;
    m_gain = gain;
    if (!samePair)
        m_made.reset();
    const int request = ++m_request;
    const auto work = [one, other, gain, known = m_made ? std::optional(m_made->difference) : std::nullopt](QPromise<Made> &promise) {
        Made made { known ? *known : differenceOf(one->levels.front(), other->levels.front()), gain, {} };
        if (promise.isCanceled())
            return;
        made.picture = std::make_shared<const PictureLevels>(differenceLevels(made.difference.image, gain));
        promise.addResult(made);
    };
    constexpr int beforeThumbnails = 1;
    whenFinished(m_pool.run<Made>(work, beforeThumbnails), this, [this, request](const Made &made) {
        if (request != m_request)
            return;
        m_made = made;
        Q_EMIT ready();
    });
}

void DifferenceMaker::drop()
{
    ++m_request;
    m_one = m_other = nullptr;
    m_gain = 0;
    m_made.reset();
}

} // namespace plantain
