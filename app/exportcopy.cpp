#include "exportcopy.h"

#include "exportfile.h"

#include <QDir>
#include <QFileInfo>

using namespace Qt::StringLiterals;

namespace plantain {

Result<Json> exportCopies(Json line, const QString &folder)
{
    for (Json &image : line["images"]) {
        const QFileInfo source(stringAt(image, "file"));
        const auto exported = exportFile(source.absoluteFilePath(), QDir(folder).absolutePath(), source.completeBaseName(), source.suffix());
        if (!exported)
            return failure(exported.error());
        image["file"] = toJson(QDir(folder).absoluteFilePath(exported->name));
    }
    return line;
}

} // namespace plantain
