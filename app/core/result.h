#pragma once

#include "error.h"

#include <tl/expected.hpp>

namespace plantain {

/// A value or the Error that took its place. Functions that can fail return this; nothing throws on purpose.
template <class T>
using Result = tl::expected<T, Error>;

/// `return failure(Error{...});`
inline tl::unexpected<Error> failure(Error error)
{
    return tl::unexpected<Error>(std::move(error));
}

} // namespace plantain
