#pragma once

#include <QString>

namespace plantain {

/// Where the program keeps its things. A value: tests pass one below a temporary folder.
struct Paths
{
    QString config; ///< folder: $XDG_CONFIG_HOME/plantain
    QString data; ///< folder: $XDG_DATA_HOME/plantain
    QString cache; ///< folder: $XDG_CACHE_HOME/plantain
    QString state; ///< folder: $XDG_STATE_HOME/plantain

    QString endpoints; ///< folder: endpoint documents of a person's own
    QString uploads; ///< file: a person's own rules of how files are uploaded, in place of the bundled ones
    QString settings; ///< file
    QString draft; ///< file: what stood in the form
    QString library; ///< folder: the library unless another is named
    QString thumbnails; ///< folder: can be deleted at any time
    QString sandbox; ///< folder: what the built-in sandbox has taken and not finished

    static Paths standard(); ///< the XDG folders; nothing is made
    static Paths below(const QString &folder); ///< everything inside one folder
    static Paths in(const QString &config, const QString &data, const QString &cache, const QString &state);
};

} // namespace plantain
