#pragma once

#include "runrecord.h"

namespace plantain {

/// What a person reads about an error: three plain sentences, each may be empty. The only place that words errors.
struct ErrorText
{
    QString what; ///< what happened
    QString kept; ///< what was kept, and whether money may have been spent
    QString next; ///< what to do now

    QString sentence() const; ///< all of them, one after the other
};

/// `state` is the state of the run the error belongs to; Intent for what happened before anything was sent.
ErrorText errorText(const Error &error, RunState state = RunState::Intent);

/// It passes when a key that works is entered.
bool isAboutKey(const Error &error);

/// Why pictures could not be copied out of the library; one sentence.
QString exportErrorText(const Error &error);

} // namespace plantain
