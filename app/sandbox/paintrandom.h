#pragma once

#include <QByteArray>

namespace plantain {

/// Numbers that depend on their seed alone, on every machine: splitmix64.
class PaintRandom final
{
public:
    explicit PaintRandom(quint64 seed)
        : m_state(seed)
    {
    }
    /// From a text, by FNV-1a.
    static PaintRandom of(const QByteArray &text)
    {
        quint64 hash = 0xcbf29ce484222325ULL;
        for (const char c : text)
            hash = (hash ^ quint8(c)) * 0x100000001b3ULL;
        return PaintRandom(hash);
    }

    quint64 next()
    {
        quint64 z = (m_state += 0x9e3779b97f4a7c15ULL);
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
        z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
        return z ^ (z >> 31);
    }
    int below(int bound) { return int(next() % quint64(bound)); }
    double between(double low, double high) { return low + (high - low) * (double(next() >> 11) / 9007199254740992.0); }

private:
    quint64 m_state;
};

} // namespace plantain
