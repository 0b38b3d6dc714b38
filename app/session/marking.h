#pragma once

#include "pictureid.h"
#include "result.h"
#include "runrecord.h"

#include <QHash>
#include <QObject>

#include <chrono>
#include <functional>
#include <vector>

namespace plantain {

class GalleryModel;
class Library;

/// What a person says of pictures: stars, keep or reject, a label, collections, how texts came out; and taking it back. The
/// gallery shows it once it is stored. Lives on the GUI thread; both outlive it.
class Marking final : public QObject
{
    Q_OBJECT
public:
    Marking(Library &library, const GalleryModel &gallery, QObject *parent = nullptr);

    Marks marksOf(const PictureId &picture) const; ///< with what is still being stored

    // Each is one step that can be taken back; what changes nothing is none.
    void setRating(const std::vector<PictureId> &pictures, int stars);
    void setFlag(const std::vector<PictureId> &pictures, Flag flag);
    void setLabel(const std::vector<PictureId> &pictures, ColourLabel label);
    void setReading(const PictureId &picture, const TextReading &reading);
    void setInCollection(const std::vector<PictureId> &pictures, const QString &name, bool in);

    QStringList collections() const; ///< all names in use, in order; not those of what is in the trash alone

    bool canUndo() const { return !m_done.empty(); }
    bool canRedo() const { return !m_undone.empty(); }
    QString undoName() const; ///< "4 stars for 3 pictures"
    QString redoName() const;
    void undo();
    void redo();
    std::chrono::steady_clock::time_point lastStep() const { return m_done.back().at; } ///< when undo()'s was; while canUndo()

Q_SIGNALS:
    void changed(); ///< what undo() and redo() would do
    void failed(const plantain::Error &error); ///< something is not stored

private:
    struct Change
    {
        PictureId picture;
        Marks before, after;
    };
    struct Step
    {
        QString name;
        std::vector<Change> changes;
        std::chrono::steady_clock::time_point at; ///< when it was done, or done again
    };
    using Steps = std::vector<Step>;
    struct Pending
    {
        int writes = 0;
        QHash<int, Marks> marks; ///< by place in the result
    };

    void mark(const std::vector<PictureId> &pictures, const QString &name, const std::function<void(Marks &)> &change);
    void move(Steps &from, Steps &to, Marks Change::*target);
    void store(const Step &step, Marks Change::*target);
    void stored(const RunId &run, const Result<RunRecord> &result);

    Library &m_library;
    const GalleryModel &m_gallery;
    Steps m_done, m_undone;
    QHash<RunId, Pending> m_pending;
};

} // namespace plantain
