#include "runrecord.h"

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace plantain {

namespace {

template <class Value>
struct Word
{
    Value value;
    QLatin1StringView word;
};
template <class Value>
Word(Value, QLatin1StringView) -> Word<Value>; // clang 14 deduces no aggregate by itself

constexpr std::array stateWords {
    Word { RunState::Intent, "intent"_L1 },
    Word { RunState::Sending, "sending"_L1 },
    Word { RunState::Accepted, "accepted"_L1 },
    Word { RunState::Completed, "completed"_L1 },
    Word { RunState::Fetched, "fetched"_L1 },
    Word { RunState::Done, "done"_L1 },
    Word { RunState::Refused, "refused"_L1 },
    Word { RunState::Failed, "failed"_L1 },
    Word { RunState::Cancelled, "cancelled"_L1 },
    Word { RunState::Unknown, "unknown"_L1 },
};

constexpr std::array cancelWords {
    Word { CancelOutcome::NotAsked, "not_asked"_L1 },
    Word { CancelOutcome::Asked, "asked"_L1 },
    Word { CancelOutcome::Removed, "removed"_L1 },
    Word { CancelOutcome::Requested, "requested"_L1 },
    Word { CancelOutcome::TooLate, "too_late"_L1 },
    Word { CancelOutcome::NotKnown, "not_known"_L1 },
};

constexpr std::array deletionWords {
    Word { Deletion::None, ""_L1 },
    Word { Deletion::Trashed, "trashed"_L1 },
    Word { Deletion::Emptied, "emptied"_L1 },
};

struct Transition
{
    RunState from, to;
};

constexpr std::array transitions {
    Transition { RunState::Intent, RunState::Sending },
    Transition { RunState::Intent, RunState::Refused }, // the storage refused a reference
    Transition { RunState::Intent, RunState::Failed }, Transition { RunState::Intent, RunState::Cancelled },
    Transition { RunState::Sending, RunState::Intent }, // provably nothing left: as if it had not been tried
    Transition { RunState::Sending, RunState::Accepted }, Transition { RunState::Sending, RunState::Refused },
    Transition { RunState::Sending, RunState::Cancelled }, // provably nothing left
    Transition { RunState::Sending, RunState::Unknown }, Transition { RunState::Accepted, RunState::Completed },
    Transition { RunState::Accepted, RunState::Failed }, Transition { RunState::Accepted, RunState::Cancelled },
    Transition { RunState::Completed, RunState::Fetched }, Transition { RunState::Completed, RunState::Failed },
    Transition { RunState::Fetched, RunState::Done },
    Transition { RunState::Failed, RunState::Accepted }, // a person looks again
    Transition { RunState::Unknown, RunState::Accepted }, // found in the server's history and adopted
    Transition { RunState::Unknown, RunState::Cancelled }, // a person dismisses it
};

template <class Table, class Value>
QString wordIn(const Table &table, Value value)
{
    const auto found
        = std::find_if(table.begin(), table.end(), [&](const auto &entry) { return entry.value == value; });
    return found == table.end() ? QString() : QString(found->word);
}

template <class Value, size_t count>
std::optional<Value> valueIn(const std::array<Word<Value>, count> &table, const QString &word)
{
    const auto found = std::find_if(table.begin(), table.end(), [&](const auto &entry) { return entry.word == word; });
    return found == table.end() ? std::nullopt : std::optional(found->value);
}

} // namespace

QString wordOf(RunState state)
{
    return wordIn(stateWords, state);
}

std::optional<RunState> runStateOf(const QString &word)
{
    return valueIn(stateWords, word);
}

QString placeOf(const QString &field, int index)
{
    return index < 0 ? field : u"%1/%2"_s.arg(field).arg(index);
}

bool isFinal(RunState state)
{
    switch (state) {
    case RunState::Done:
    case RunState::Refused:
    case RunState::Failed:
    case RunState::Cancelled:
    case RunState::Unknown:
        return true;
    case RunState::Intent:
    case RunState::Sending:
    case RunState::Accepted:
    case RunState::Completed:
    case RunState::Fetched:
        return false;
    }
    return true;
}

bool mayFollow(RunState from, RunState to)
{
    if (from == to)
        return true;
    return std::any_of(transitions.begin(), transitions.end(),
        [&](const Transition &step) { return step.from == from && step.to == to; });
}

QString wordOf(CancelOutcome outcome)
{
    return wordIn(cancelWords, outcome);
}

std::optional<CancelOutcome> cancelOutcomeOf(const QString &word)
{
    return valueIn(cancelWords, word);
}

QString wordOf(Deletion deletion)
{
    return wordIn(deletionWords, deletion);
}

std::optional<Deletion> deletionOf(const QString &word)
{
    return valueIn(deletionWords, word);
}

Json RunRecord::inputAsSent() const
{
    if (!sent.isEmpty()) {
        // Our own bytes, but with data URIs in them they may be larger than what is taken from strangers.
        if (Result<Json> parsed = parseJson(sent, { .bytes = sent.size() }))
            return *std::move(parsed);
    }
    return input;
}

QString RunRecord::prompt() const
{
    return stringAt(input, "prompt");
}

int RunRecord::imagesAsked() const
{
    return int(std::clamp(integerAt(input, "num_images").value_or(1), qint64(1), qint64(1000)));
}

} // namespace plantain
