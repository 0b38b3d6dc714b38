#include "paths.h"

#include <QStandardPaths>

using namespace Qt::StringLiterals;

namespace plantain {

Paths Paths::standard()
{
    const auto ours = [](QStandardPaths::StandardLocation location) {
        return QStandardPaths::writableLocation(location) + u"/plantain"_s;
    };
    return in(ours(QStandardPaths::GenericConfigLocation), ours(QStandardPaths::GenericDataLocation),
        ours(QStandardPaths::GenericCacheLocation));
}

Paths Paths::below(const QString &folder)
{
    return in(folder + u"/config"_s, folder + u"/data"_s, folder + u"/cache"_s);
}

Paths Paths::in(const QString &config, const QString &data, const QString &cache)
{
    return { .config = config,
        .data = data,
        .cache = cache,
        .endpoints = config + u"/endpoints"_s,
        .settings = config + u"/settings.json"_s,
        .draft = data + u"/draft.json"_s,
        .library = data + u"/library"_s,
        .thumbnails = cache + u"/thumbnails"_s };
}

} // namespace plantain
