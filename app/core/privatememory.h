#pragma once

namespace plantain {

/// From now on nothing of this process's memory gets into a core dump, and no other process of the same user may read it:
/// to be called when a secret enters it (reliability.md R6). Once and for all; any thread. A debugger that starts the
/// program still follows it, one that comes later needs root. With a sanitizer it does nothing: they look into the
/// process from another one.
void keepMemoryPrivate();

} // namespace plantain
