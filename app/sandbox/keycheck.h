#pragma once

#include "servermessage.h"

namespace plantain {

/// Who may use the sandbox: `Authorization: Key ...` with the one key it was started with, or any well-formed one.
/// A key whose id begins with "locked" belongs to an account without balance, one with "invalid" is not known.
class KeyCheck final
{
public:
    explicit KeyCheck(QByteArray token);

    /// The key of a request, or the reply it gets. `application` is named in the refusal.
    struct Answer
    {
        QByteArray key;
        std::optional<ServerReply> refusal;
    };
    Answer check(const ServerRequest &request, const QByteArray &application) const;

private:
    const QByteArray m_token;
};

} // namespace plantain
