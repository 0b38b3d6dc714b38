#include "paths.h"

#include <QDir>
#include <QStandardPaths>

using namespace Qt::StringLiterals;

namespace plantain {

namespace {

/// Qt 6.4 has no name for it yet.
QString stateHome()
{
    const QString said = qEnvironmentVariable("XDG_STATE_HOME");
    return QDir::isAbsolutePath(said) ? said : QDir::homePath() + u"/.local/state"_s;
}

} // namespace

Paths Paths::standard()
{
    const auto ours = [](QStandardPaths::StandardLocation location) {
        return QStandardPaths::writableLocation(location) + u"/plantain"_s;
    };
    return in(ours(QStandardPaths::GenericConfigLocation), ours(QStandardPaths::GenericDataLocation),
        ours(QStandardPaths::GenericCacheLocation), stateHome() + u"/plantain"_s);
}

Paths Paths::below(const QString &folder)
{
    return in(folder + u"/config"_s, folder + u"/data"_s, folder + u"/cache"_s, folder + u"/state"_s);
}

Paths Paths::in(const QString &config, const QString &data, const QString &cache, const QString &state)
{
    return { .config = config,
        .data = data,
        .cache = cache,
        .state = state,
        .endpoints = config + u"/endpoints"_s,
        .uploads = config + u"/uploads.json"_s,
        .settings = config + u"/settings.json"_s,
        .draft = data + u"/draft.json"_s,
        .library = data + u"/library"_s,
        .thumbnails = cache + u"/thumbnails"_s,
        .sandbox = state + u"/sandbox"_s };
}

} // namespace plantain
