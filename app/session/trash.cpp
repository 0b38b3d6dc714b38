#include "trash.h"

#include "library.h"
#include "whenfinished.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace plantain {

Trash::Trash(Library &library, QObject *parent)
    : QObject(parent)
    , m_library(library)
{
}

void Trash::discard(const std::vector<PictureId> &pictures)
{
    if (m_emptying || pictures.empty())
        return;
    const auto now = std::chrono::steady_clock::now();
    whenFinished(m_library.setTrashed(pictures, true), this, [this, now](const Result<DeletionChange> &change) {
        if (!change) {
            Q_EMIT said(change.error());
            return;
        }
        if (change->stillOpen > 0) {
            Q_EMIT said({ .kind = ErrorKind::InvalidInput,
                          .type = u"open"_s,
                          .message = change->stillOpen == 1
                              ? tr("One was not deleted: its run still goes on, or its fate is not known.")
                              : tr("%1 were not deleted: their runs still go on, or their fate is not known.").arg(change->stillOpen) });
        }
        if (change->changed.empty())
            return;
        m_steps.push_back({ change->changed, now });
        Q_EMIT changed();
        Q_EMIT discarded(int(change->changed.size()));
    });
}

void Trash::restore(const std::vector<PictureId> &pictures)
{
    if (m_emptying || pictures.empty())
        return;
    whenFinished(m_library.setTrashed(pictures, false), this, [this](const Result<DeletionChange> &change) {
        if (!change) {
            Q_EMIT said(change.error());
            return;
        }
        const auto isBack = [&change](const PictureId &picture) {
            return std::find(change->changed.begin(), change->changed.end(), picture) != change->changed.end();
        };
        for (Step &step : m_steps)
            std::erase_if(step.pictures, isBack);
        std::erase_if(m_steps, [](const Step &step) { return step.pictures.empty(); });
        Q_EMIT changed();
    });
}

void Trash::undo()
{
    if (canUndo())
        restore(m_steps.back().pictures);
}

void Trash::empty()
{
    if (m_emptying)
        return;
    m_emptying = true;
    Q_EMIT changed();
    whenFinished(m_library.emptyTrash(), this, [this](const Result<int> &pictures) {
        m_emptying = false;
        m_steps.clear(); // what could not go can still be restored one by one
        Q_EMIT changed();
        if (pictures)
            Q_EMIT emptied(*pictures);
        else
            Q_EMIT said(pictures.error());
    });
}

} // namespace plantain
