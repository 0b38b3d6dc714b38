#pragma once

#include "result.h"

#include <QFuture>
#include <QThreadPool>

namespace plantain {

/// Pictures that came without a file, from the clipboard or out of a browser: each becomes one, named by its content, in a
/// folder of ours, and stays as long as the form refers to it. GUI thread; files are written on a thread of its own.
class PastedPictures final
{
public:
    explicit PastedPictures(const QString &folder);
    ~PastedPictures();

    QFuture<Result<QString>> keep(const QByteArray &bytes); ///< its absolute path. Errors: BadPicture, Disk
    void sweep(const QStringList &inUse); ///< removes the others

private:
    const QString m_folder;
    QThreadPool m_pool;
};

} // namespace plantain
