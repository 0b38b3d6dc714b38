#include "error.h"

#include <array>

using namespace Qt::StringLiterals;

namespace plantain {

namespace {

struct Word
{
    ErrorKind kind;
    QLatin1StringView word;
};

constexpr std::array words {
    Word { ErrorKind::InvalidInput, "invalid_input"_L1 },
    Word { ErrorKind::Cancelled, "cancelled"_L1 },
    Word { ErrorKind::NotSent, "not_sent"_L1 },
    Word { ErrorKind::NoAnswer, "no_answer"_L1 },
    Word { ErrorKind::NoKey, "no_key"_L1 },
    Word { ErrorKind::Keyring, "keyring"_L1 },
    Word { ErrorKind::BadKey, "bad_key"_L1 },
    Word { ErrorKind::Locked, "locked"_L1 },
    Word { ErrorKind::NotFound, "not_found"_L1 },
    Word { ErrorKind::RateLimited, "rate_limited"_L1 },
    Word { ErrorKind::Refused, "refused"_L1 },
    Word { ErrorKind::Model, "model"_L1 },
    Word { ErrorKind::Infrastructure, "infrastructure"_L1 },
    Word { ErrorKind::ServerFault, "server_fault"_L1 },
    Word { ErrorKind::BadReply, "bad_reply"_L1 },
    Word { ErrorKind::BadPicture, "bad_picture"_L1 },
    Word { ErrorKind::Expired, "expired"_L1 },
    Word { ErrorKind::TimedOut, "timed_out"_L1 },
    Word { ErrorKind::Disk, "disk"_L1 },
    Word { ErrorKind::Database, "database"_L1 },
    Word { ErrorKind::LibraryInUse, "library_in_use"_L1 },
    Word { ErrorKind::BadEndpoint, "bad_endpoint"_L1 },
};

} // namespace

QString wordOf(ErrorKind kind)
{
    for (const Word &entry : words) {
        if (entry.kind == kind)
            return entry.word;
    }
    return {};
}

std::optional<ErrorKind> errorKindOf(const QString &word)
{
    for (const Word &entry : words) {
        if (entry.word == word)
            return entry.kind;
    }
    return std::nullopt;
}

} // namespace plantain
