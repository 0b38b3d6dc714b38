#include "filecheck.h"

#include "library.h"
#include "sha256.h"
#include "whenfinished.h"

#include <QFile>
#include <QFileInfo>
#include <QtConcurrentRun>

using namespace Qt::StringLiterals;

namespace plantain {

namespace {

using Finds = std::vector<std::pair<PictureId, FileState>>;

FileState byLength(const Library &library, const ImageRecord &image)
{
    const QFileInfo file(library.absolute(image.file));
    if (!file.isFile())
        return FileState::Missing;
    return image.bytes > 0 && file.size() != image.bytes ? FileState::Changed : FileState::Good;
}

FileState byContent(const Library &library, const ImageRecord &image, const std::function<bool()> &goesOn)
{
    if (const FileState state = byLength(library, image); state != FileState::Good || image.sha256.isEmpty())
        return state;
    QFile file(library.absolute(image.file));
    if (!file.open(QIODevice::ReadOnly))
        return FileState::Missing;
    Sha256 hash;
    while (!file.atEnd() && goesOn()) {
        const QByteArray bytes = file.read(1024 * 1024);
        if (bytes.isEmpty())
            return FileState::Changed;
        hash.add(bytes);
    }
    return !goesOn() || hash.hex() == image.sha256 ? FileState::Good : FileState::Changed;
}

bool isThere(const Library &library)
{
    return QFileInfo::exists(library.folder() + u"/library.json"_s);
}

} // namespace

FileCheck::FileCheck(const Library &library, QObject *parent)
    : QObject(parent)
    , m_library(library)
{
    m_pool.setMaxThreadCount(1);
}

FileCheck::~FileCheck()
{
    ++*m_newest;
    m_pool.clear();
    m_pool.waitForDone();
}

void FileCheck::check(const std::vector<RunSummary> &runs)
{
    std::vector<std::pair<PictureId, ImageRecord>> pictures;
    for (const RunSummary &run : runs) {
        for (const ImageRecord &image : run.images) {
            if (!image.file.isEmpty() && image.deletion != Deletion::Emptied)
                pictures.push_back({ { run.id, image.index }, image });
        }
    }
    auto look = [this, pictures = std::move(pictures)] {
        Finds finds;
        for (const auto &[id, image] : pictures) {
            if (const FileState state = byLength(m_library, image); state != FileState::Good)
                finds.push_back({ id, state });
        }
        return isThere(m_library) ? finds : Finds();
    };
    whenFinished(QtConcurrent::run(&m_pool, std::move(look)), this, [this](const Finds &finds) {
        for (const auto &[id, state] : finds)
            Q_EMIT found(id, state);
    });
}

void FileCheck::look(const PictureId &picture, const ImageRecord &image)
{
    const auto isNewest = [newest = m_newest, number = ++*m_newest] { return *newest == number; };
    const auto work = [this, picture, image, isNewest] {
        if (!isNewest())
            return Finds();
        const FileState state = byContent(m_library, image, isNewest);
        return isNewest() && isThere(m_library) ? Finds { { picture, state } } : Finds();
    };
    whenFinished(QtConcurrent::run(&m_pool, work), this, [this](const Finds &finds) {
        for (const auto &[id, state] : finds)
            Q_EMIT found(id, state);
    });
}

} // namespace plantain
