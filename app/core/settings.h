#pragma once

#include "exportoptions.h"
#include "result.h"

#include <QByteArray>
#include <QString>
#include <QStringList>

namespace plantain {

/// What the program remembers of how a person likes it. Holds no secrets.
struct Settings
{
    enum class Theme { System, Light, Dark };
    Theme theme = Theme::System;
    QString server = QStringLiteral("sandbox"); ///< "sandbox", "fal" or a base URL
    QStringList otherServers; ///< base URLs chosen before, the latest first
    QByteArray windowGeometry, windowState; ///< of QMainWindow; empty: never stored
    bool followNewest = true;
    QString gallerySort = QStringLiteral("newest"); ///< a word of GallerySort
    QString galleryGrouping = QStringLiteral("none"); ///< a word of Grouping
    bool advance = false; ///< a mark by key goes on to the next picture
    bool showFilters = false; ///< of the gallery
    bool whatDiffers = true; ///< shown beside pictures that are compared
    QStringList savedSearches; ///< as typed
    int tileSize = 192; ///< longer side of a gallery tile, device-independent pixels, 64 to 512
    bool sendingPaused = false; ///< runs that are started wait until sending is resumed
    bool notices = true; ///< tell by a desktop notification when runs end while the window is not in sight
    bool keepZoom = false; ///< of the picture viewer, from one picture to the next
    bool pictureInfo = false; ///< shown on the picture
    int backdrop = 0; ///< behind transparent pixels: checkerboard, grey, black, white
    ExportOptions exporting; ///< of the last export

    bool operator==(const Settings &) const = default;
};

/// A missing file gives the defaults, as does each value that is missing or makes no sense. Errors: Disk, a file that
/// is no JSON (the caller may go on with the defaults).
Result<Settings> loadSettings(const QString &file);
/// Replaces the file; keys of a newer version that are in it are kept. Errors: Disk.
Result<void> saveSettings(const QString &file, const Settings &settings);

} // namespace plantain
