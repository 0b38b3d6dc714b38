#include "lineagepath.h"

#include "iconbutton.h"
#include "lineagetext.h"
#include "notelabel.h"
#include "picturethumbs.h"
#include "sectionheading.h"
#include "session.h"
#include "theme.h"
#include "whenfinished.h"

#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>
#include <chrono>

using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace plantain {

LineagePath::LineagePath(Session &session, ThumbnailStore &thumbnails, QWidget *parent)
    : QWidget(parent)
    , m_session(session)
    , m_thumbs(new PictureThumbs(thumbnails, this))
    , m_note(new NoteLabel(NoteLabel::Rank::Muted, this))
{
    auto *heading = new SectionHeading(tr("Lineage"), this);
    QToolButton *whole = iconButton(u"lineage"_s, tr("Show the whole lineage"), heading);
    whole->setToolTip(tr("Show the whole lineage (Ctrl+Alt+L)"));
    connect(whole, &QToolButton::clicked, this, &LineagePath::lineageRequested);
    heading->addButton(whole);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(spacing::tight);
    layout->addWidget(heading);
    layout->addWidget(m_thumbs);
    layout->addWidget(m_note);
    connect(m_thumbs, &PictureThumbs::pressed, this, [this](int place) { Q_EMIT chosen(m_path[size_t(place)]); });
    m_loadSoon.setSingleShot(true);
    m_loadSoon.setInterval(150ms);
    connect(&m_loadSoon, &QTimer::timeout, this, &LineagePath::load);
    const auto again = [this](const RunId &) {
        if (!m_picture.run.isEmpty())
            m_loadSoon.start();
    };
    connect(&session, &Session::generated, this, again);
    connect(&session, &Session::settled, this, again);
    hide();
}

void LineagePath::showPicture(const PictureId &picture)
{
    if (picture == m_picture)
        return;
    m_picture = picture;
    ++m_request;
    hide();
    m_loadSoon.start();
}

void LineagePath::load()
{
    const int request = ++m_request;
    whenFinished(m_session.lineage(m_picture.run), this, [this, request](const Result<Lineage> &lineage) {
        if (request == m_request && lineage)
            take(*lineage);
    });
}

void LineagePath::take(const Lineage &lineage)
{
    const auto place = lineage.placeOf(m_picture.run);
    setVisible(place && lineage.runs.size() > 1);
    if (isHidden())
        return;
    const std::vector<size_t> path = lineage.pathTo(*place);
    m_path.clear();
    std::vector<PictureThumbs::Entry> entries;
    const auto add = [&](size_t run, int image) {
        const RunRecord &record = lineage.runs[run].record;
        const auto found = std::ranges::find(record.images, image, &ImageRecord::index);
        const bool isThere = found != record.images.end() && found->deletion != Deletion::Emptied;
        m_path.push_back({ record.id, image });
        entries.push_back({ .name = tr("Step %1: %2").arg(entries.size() + 1).arg(lineageStepText(lineage, lineage.runs[run])),
                            .sha256 = isThere ? found->sha256 : QString(),
                            .file = isThere ? m_session.fileOf(*found) : QString() });
    };
    for (size_t step = 1; step < path.size(); ++step)
        add(path[step - 1], lineage.runs[path[step]].parents.front().image);
    add(*place, m_picture.index);
    m_thumbs->setEntries(entries);
    QStringList parts { lineageStepText(lineage, lineage.runs[*place]) };
    if (const std::vector<size_t> way = lineage.ancestorsOf(*place); way.size() > 1)
        parts << tr("%1 with all that led here").arg(lineageSumText(lineage, way));
    if (const size_t after = lineage.childrenOf(*place).size(); after > 0)
        parts << (after == 1 ? tr("one run goes on from it") : tr("%1 runs go on from it").arg(after));
    m_note->setNote(parts.join(u" · "_s));
}

} // namespace plantain
