#include "textfile.h"

#include <QFile>
#include <QFileInfo>
#include <QTemporaryFile>
#include <QtConcurrentRun>

#include <cstdio>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace plantain {

namespace {

Result<void> diskError(const QString &path, const QString &what)
{
    return failure({ .kind = ErrorKind::Disk, .type = u"io"_s, .message = path + u": "_s + what });
}

Result<void> write(const QString &path, const QStringList &lines)
{
    QTemporaryFile aside(QFileInfo(path).absoluteFilePath() + u".XXXXXX"_s);
    if (!aside.open())
        return diskError(path, aside.errorString());
    for (const QString &line : lines) {
        if (aside.write(line.toUtf8() + '\n') < 0)
            return diskError(path, aside.errorString());
    }
    if (!aside.flush() || ::fsync(aside.handle()) != 0)
        return diskError(path, qt_error_string());
    if (std::rename(QFile::encodeName(aside.fileName()).constData(), QFile::encodeName(path).constData()) != 0)
        return diskError(path, qt_error_string());
    aside.setAutoRemove(false);
    return {};
}

} // namespace

QFuture<Result<void>> writeTextFile(const QString &path, QStringList lines)
{
    return QtConcurrent::run([path, lines = std::move(lines)] { return write(path, lines); });
}

} // namespace plantain
