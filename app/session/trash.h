#pragma once

#include "error.h"
#include "pictureid.h"

#include <QObject>

#include <chrono>
#include <vector>

namespace plantain {

class Library;

/// Deleting pictures, and taking that back. What is deleted lies in the library's trash, marked, until that is emptied into
/// the desktop's. The models tell what lies there. Lives on the GUI thread.
class Trash final : public QObject
{
    Q_OBJECT
public:
    /// `library` outlives it.
    explicit Trash(Library &library, QObject *parent = nullptr);

    /// What belongs to runs that still go on stays, and is said.
    void discard(const std::vector<PictureId> &pictures);
    void restore(const std::vector<PictureId> &pictures);
    bool canUndo() const { return !m_steps.empty(); }
    void undo(); ///< the last deletion of this start that is not taken back yet
    std::chrono::steady_clock::time_point lastStep() const { return m_steps.back().at; } ///< when it was; while canUndo()
    void empty(); ///< all of it; there is no way back from here but the desktop's own
    bool isEmptying() const { return m_emptying; } ///< nothing else is done meanwhile

Q_SIGNALS:
    void changed(); ///< canUndo or isEmptying
    void discarded(int pictures);
    void emptied(int pictures);
    void said(const plantain::Error &error);

private:
    struct Step
    {
        std::vector<PictureId> pictures;
        std::chrono::steady_clock::time_point at;
    };

    Library &m_library;
    std::vector<Step> m_steps; ///< deletions, the last one at the end
    bool m_emptying = false;
};

} // namespace plantain
