#pragma once

#include "picturedifference.h"
#include "picturestore.h"

namespace plantain {

/// Makes the difference of two pictures in the pool, and a picture of it to be looked at. Knows the last pair, so that
/// another gain takes less. Lives on the GUI thread.
class DifferenceMaker final : public QObject
{
    Q_OBJECT
public:
    explicit DifferenceMaker(DecodePool &pool, QObject *parent = nullptr); ///< `pool` outlives it

    /// ready() follows once it is there; at once nothing when it is there already. A null picture drops all.
    void ask(const SharedPicture &one, const SharedPicture &other, int gain);
    void drop();

    const PictureDifference *difference() const { return m_made ? &m_made->difference : nullptr; } ///< null: under way
    SharedPicture picture() const { return m_made ? m_made->picture : nullptr; }

Q_SIGNALS:
    void ready();

private:
    struct Made
    {
        PictureDifference difference;
        int gain = 0;
        SharedPicture picture;
    };

    DecodePool &m_pool;
    SharedPicture m_one, m_other;
    int m_gain = 0;
    std::optional<Made> m_made; ///< of this pair; perhaps with another gain
    int m_request = 0; ///< answers to earlier ones are dropped
};

} // namespace plantain
