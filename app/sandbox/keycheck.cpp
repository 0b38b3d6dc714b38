#include "keycheck.h"

#include "sandboxguard.h"

#include <algorithm>

namespace plantain {

namespace {

bool isWellFormed(const QByteArray &key)
{
    return !key.isEmpty() && key.size() <= 512
        && std::all_of(key.begin(), key.end(), [](char c) { return c > 0x20 && c < 0x7f; });
}

/// Takes as long for a good guess as for a bad one.
bool sameBytes(const QByteArray &one, const QByteArray &other)
{
    if (one.size() != other.size())
        return false;
    int difference = 0;
    for (qsizetype i = 0; i < one.size(); ++i)
        difference |= one.at(i) ^ other.at(i);
    return difference == 0;
}

} // namespace

KeyCheck::KeyCheck(QByteArray token)
    : m_token(std::move(token))
{
}

KeyCheck::Answer KeyCheck::check(const ServerRequest &request, const QByteArray &application) const
{
    if (request.headerCount("authorization") == 0)
        return { {}, refusal(401, "Cannot access application \"" + application + "\". Authentication is required.") };
    const QByteArray header = request.header("authorization");
    const QByteArray key = header.startsWith("Key ") ? header.sliced(4).trimmed() : QByteArray();
    const bool known = m_token.isEmpty() ? !key.startsWith("invalid") : sameBytes(key, m_token);
    if (!isWellFormed(key) || !known)
        return { {}, refusal(401, "invalid key credentials") };
    if (m_token.isEmpty() && key.startsWith("locked")) {
        return { {}, refusal(403, "User is locked. Reason: Exhausted balance. Top up your balance at fal.ai/dashboard/billing") };
    }
    return { key, std::nullopt };
}

} // namespace plantain
