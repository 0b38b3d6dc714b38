#pragma once

#include "galleryroles.h"
#include "pictureid.h"
#include "runsummary.h"

#include <QObject>
#include <QThreadPool>

#include <atomic>

namespace plantain {

class Library;

/// Finds out whether the files of pictures are there and still what came from the server. At start by their length, which
/// is cheap; by their content where a person looks. Away from the GUI thread, on which it lives.
class FileCheck final : public QObject
{
    Q_OBJECT
public:
    /// `library` outlives it.
    explicit FileCheck(const Library &library, QObject *parent = nullptr);
    ~FileCheck() override;

    void check(const std::vector<RunSummary> &runs); ///< tells of those alone that are not good
    /// Tells in any case, but where a later look has taken its place, or the whole library is away.
    void look(const PictureId &picture, const ImageRecord &image);

Q_SIGNALS:
    void found(const plantain::PictureId &picture, plantain::FileState state);

private:
    const Library &m_library;
    std::shared_ptr<std::atomic<int>> m_newest = std::make_shared<std::atomic<int>>(0); ///< number of the last look
    QThreadPool m_pool;
};

} // namespace plantain
