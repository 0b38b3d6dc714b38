#include "testpaths.h"

#include <QDir>

namespace plantain {

std::optional<QString> materialFolder()
{
    const QString folder = qEnvironmentVariable("PLANTAIN_MATERIAL");
    if (folder.isEmpty() || !QDir(folder).exists())
        return std::nullopt;
    return folder;
}

} // namespace plantain
