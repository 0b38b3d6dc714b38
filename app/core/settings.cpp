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

QStringList stringsAt(const Json &object, const char *key)
{
    QStringList strings;
    if (const Json *list = arrayAt(object, key)) {
        for (const Json &entry : *list)
            strings += toQString(entry);
    }
    strings.removeAll(QString());
    return strings;
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
    settings.otherServers = stringsAt(*json, "otherServers");
    settings.windowGeometry = bytesAt(*json, "windowGeometry");
    settings.windowState = bytesAt(*json, "windowState");
    settings.followNewest = boolAt(*json, "followNewest").value_or(settings.followNewest);
    settings.sendingPaused = boolAt(*json, "sendingPaused").value_or(settings.sendingPaused);
    settings.notices = boolAt(*json, "notices").value_or(settings.notices);
    settings.gallerySort = stringAt(*json, "gallerySort", settings.gallerySort);
    settings.galleryGrouping = stringAt(*json, "galleryGrouping", settings.galleryGrouping);
    settings.advance = boolAt(*json, "advance").value_or(settings.advance);
    settings.showFilters = boolAt(*json, "showFilters").value_or(settings.showFilters);
    settings.whatDiffers = boolAt(*json, "whatDiffers").value_or(settings.whatDiffers);
    settings.savedSearches = stringsAt(*json, "savedSearches");
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
    const auto putStrings = [&json](const char *key, const QStringList &strings) {
        json[key] = Json::array();
        for (const QString &string : strings)
            json[key].push_back(toJson(string));
    };
    putStrings("otherServers", settings.otherServers);
    putStrings("savedSearches", settings.savedSearches);
    json["windowGeometry"] = settings.windowGeometry.toBase64().toStdString();
    json["windowState"] = settings.windowState.toBase64().toStdString();
    json["followNewest"] = settings.followNewest;
    json["sendingPaused"] = settings.sendingPaused;
    json["notices"] = settings.notices;
    json["gallerySort"] = toJson(settings.gallerySort);
    json["galleryGrouping"] = toJson(settings.galleryGrouping);
    json["advance"] = settings.advance;
    json["showFilters"] = settings.showFilters;
    json["whatDiffers"] = settings.whatDiffers;
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
