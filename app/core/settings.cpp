#include "settings.h"

#include "jsonfile.h"

#include <QFile>

#include <algorithm>
#include <array>
#include <utility>

using namespace Qt::StringLiterals;

namespace plantain {

namespace {

constexpr std::array themes {
    std::pair { Settings::Theme::System, "system"_L1 },
    std::pair { Settings::Theme::Light, "light"_L1 },
    std::pair { Settings::Theme::Dark, "dark"_L1 },
};

QByteArray bytesAt(const Json &object, const char *key)
{
    return QByteArray::fromBase64(stringAt(object, key).toLatin1());
}

} // namespace

Result<Settings> loadSettings(const QString &file)
{
    Settings settings;
    if (!QFile::exists(file))
        return settings;
    const Result<Json> json = readJsonFile(file);
    if (!json)
        return failure(json.error());
    for (const auto &[theme, word] : themes) {
        if (stringAt(*json, "theme") == word)
            settings.theme = theme;
    }
    settings.server = stringAt(*json, "server", settings.server);
    if (const Json *others = arrayAt(*json, "otherServers")) {
        for (const Json &other : *others)
            settings.otherServers += toQString(other);
        settings.otherServers.removeAll(QString());
    }
    settings.windowGeometry = bytesAt(*json, "windowGeometry");
    settings.windowState = bytesAt(*json, "windowState");
    settings.followNewest = boolAt(*json, "followNewest").value_or(settings.followNewest);
    settings.sendingPaused = boolAt(*json, "sendingPaused").value_or(settings.sendingPaused);
    settings.notices = boolAt(*json, "notices").value_or(settings.notices);
    settings.gallerySort = stringAt(*json, "gallerySort", settings.gallerySort);
    settings.tileSize
        = int(std::clamp(integerAt(*json, "tileSize").value_or(settings.tileSize), qint64(64), qint64(512)));
    settings.keepZoom = boolAt(*json, "keepZoom").value_or(settings.keepZoom);
    settings.pictureInfo = boolAt(*json, "pictureInfo").value_or(settings.pictureInfo);
    settings.backdrop = int(std::clamp(integerAt(*json, "backdrop").value_or(settings.backdrop), qint64(0), qint64(3)));
    if (const Json *exporting = objectAt(*json, "export")) {
        settings.exporting.folder = stringAt(*exporting, "folder");
        settings.exporting.names = stringAt(*exporting, "names", settings.exporting.names);
        settings.exporting.sidecars = boolAt(*exporting, "sidecars").value_or(false);
    }
    return settings;
}

Result<void> saveSettings(const QString &file, const Settings &settings)
{
    Json json = Json::object();
    if (Result<Json> old = readJsonFile(file); old && old->is_object())
        json = *std::move(old);
    for (const auto &[theme, word] : themes) {
        if (settings.theme == theme)
            json["theme"] = toJson(word);
    }
    json["server"] = toJson(settings.server);
    json["otherServers"] = Json::array();
    for (const QString &other : settings.otherServers)
        json["otherServers"].push_back(toJson(other));
    json["windowGeometry"] = settings.windowGeometry.toBase64().toStdString();
    json["windowState"] = settings.windowState.toBase64().toStdString();
    json["followNewest"] = settings.followNewest;
    json["sendingPaused"] = settings.sendingPaused;
    json["notices"] = settings.notices;
    json["gallerySort"] = toJson(settings.gallerySort);
    json["tileSize"] = settings.tileSize;
    json["keepZoom"] = settings.keepZoom;
    json["pictureInfo"] = settings.pictureInfo;
    json["backdrop"] = settings.backdrop;
    if (!objectAt(json, "export"))
        json["export"] = Json::object();
    json["export"]["folder"] = toJson(settings.exporting.folder);
    json["export"]["names"] = toJson(settings.exporting.names);
    json["export"]["sidecars"] = settings.exporting.sidecars;
    return writeJsonFile(file, json);
}

} // namespace plantain
