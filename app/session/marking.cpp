#include "marking.h"

#include "gallerymodel.h"
#include "library.h"
#include "whenfinished.h"

#include <QSet>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace plantain {

namespace {

constexpr size_t mostSteps = 500;

} // namespace

Marking::Marking(Library &library, const GalleryModel &gallery, QObject *parent)
    : QObject(parent)
    , m_library(library)
    , m_gallery(gallery)
{
}

Marks Marking::marksOf(const PictureId &picture) const
{
    if (const auto pending = m_pending.constFind(picture.run); pending != m_pending.cend()) {
        if (const auto marks = pending->marks.constFind(picture.index); marks != pending->marks.cend())
            return *marks;
    }
    return m_gallery.index(m_gallery.rowOf(picture.run, picture.index)).data(GalleryRole::Marks).value<Marks>();
}

void Marking::setRating(const std::vector<PictureId> &pictures, int stars)
{
    const auto rating = quint8(std::clamp(stars, 0, mostStars));
    const QString name = rating == 0 ? tr("no stars") : rating == 1 ? tr("1 star") : tr("%1 stars").arg(rating);
    mark(pictures, name, [rating](Marks &marks) { marks.rating = rating; });
}

void Marking::setFlag(const std::vector<PictureId> &pictures, Flag flag)
{
    const QString name = flag == Flag::Keep ? tr("keep") : flag == Flag::Reject ? tr("reject") : tr("no flag");
    mark(pictures, name, [flag](Marks &marks) { marks.flag = flag; });
}

void Marking::setLabel(const std::vector<PictureId> &pictures, ColourLabel label)
{
    mark(pictures, nameOf(label).toLower(), [label](Marks &marks) { marks.label = label; });
}

void Marking::setReading(const PictureId &picture, const TextReading &reading)
{
    mark({ picture }, tr("“%1” %2", "text and how it came out").arg(reading.text, textOf(reading.reading)),
         [&reading](Marks &marks) { plantain::setReading(marks, reading); });
}

void Marking::setInCollection(const std::vector<PictureId> &pictures, const QString &typed, bool in)
{
    const QString name = collectionName(typed);
    if (name.isEmpty())
        return;
    mark(pictures, in ? tr("into “%1”").arg(name) : tr("out of “%1”").arg(name), [&name, in](Marks &marks) {
        marks.collections.removeAll(name);
        if (in)
            marks.collections.insert(std::lower_bound(marks.collections.begin(), marks.collections.end(), name), name);
    });
}

QStringList Marking::collections() const
{
    QSet<QString> names;
    for (int row = 0; row < m_gallery.rowCount(); ++row) {
        const GalleryModel::Facts facts = m_gallery.factsAt(row);
        if (!facts.isTrashed)
            names.unite({ facts.marks->collections.begin(), facts.marks->collections.end() });
    }
    for (const Pending &pending : m_pending) {
        for (const Marks &marks : pending.marks)
            names.unite({ marks.collections.begin(), marks.collections.end() });
    }
    QStringList sorted(names.begin(), names.end());
    sorted.sort(Qt::CaseInsensitive);
    return sorted;
}

void Marking::mark(const std::vector<PictureId> &pictures, const QString &name, const std::function<void(Marks &)> &change)
{
    Step step { .at = std::chrono::steady_clock::now() };
    for (const PictureId &picture : pictures) {
        const Marks before = marksOf(picture);
        Marks after = before;
        change(after);
        if (after != before)
            step.changes.push_back({ picture, before, after });
    }
    if (step.changes.empty())
        return;
    const auto count = step.changes.size();
    step.name = count == 1 ? name : tr("%1 for %2 pictures").arg(name).arg(count);
    store(step, &Change::after);
    m_undone.clear();
    m_done.push_back(std::move(step));
    if (m_done.size() > mostSteps)
        m_done.erase(m_done.begin());
    Q_EMIT changed();
}

QString Marking::undoName() const
{
    return canUndo() ? m_done.back().name : QString();
}

QString Marking::redoName() const
{
    return canRedo() ? m_undone.back().name : QString();
}

void Marking::undo()
{
    move(m_done, m_undone, &Change::before);
}

void Marking::redo()
{
    move(m_undone, m_done, &Change::after);
}

void Marking::move(Steps &from, Steps &to, Marks Change::*target)
{
    if (from.empty())
        return;
    store(from.back(), target);
    to.push_back(std::move(from.back()));
    to.back().at = std::chrono::steady_clock::now();
    from.pop_back();
    Q_EMIT changed();
}

void Marking::store(const Step &step, Marks Change::*target)
{
    QHash<RunId, QHash<int, Marks>> byRun;
    for (const Change &change : step.changes)
        byRun[change.picture.run].insert(change.picture.index, change.*target);
    for (auto run = byRun.cbegin(); run != byRun.cend(); ++run) {
        Pending &pending = m_pending[run.key()];
        ++pending.writes;
        pending.marks.insert(*run);
        const auto change = [marks = *run](RunRecord &record) {
            for (ImageRecord &image : record.images) {
                if (const auto found = marks.constFind(image.index); found != marks.cend())
                    image.marks = *found;
            }
        };
        whenFinished(m_library.amend(run.key(), change), this,
                     [this, id = run.key()](const Result<RunRecord> &result) { stored(id, result); });
    }
}

void Marking::stored(const RunId &run, const Result<RunRecord> &result)
{
    const auto pending = m_pending.find(run);
    if (--pending->writes == 0)
        m_pending.erase(pending);
    if (!result)
        Q_EMIT failed(result.error());
}

} // namespace plantain
