#include "whatdiffers.h"

#include "difftext.h"
#include "factlist.h"
#include "notelabel.h"
#include "openlink.h"
#include "picturethumbs.h"
#include "sectionheading.h"
#include "selectabletext.h"
#include "session.h"
#include "theme.h"
#include "whenfinished.h"

#include <QEvent>
#include <QVBoxLayout>

#include <algorithm>
#include <memory>

using namespace Qt::StringLiterals;

namespace plantain {

namespace {

/// Who wrote the same, in the order of the first.
struct Group
{
    QString text;
    QStringList letters;
};

std::vector<Fact> factsOf(const std::vector<ComparedFact> &compared, const QStringList &letters, const QString &whenEmpty)
{
    std::vector<Fact> facts;
    for (const ComparedFact &fact : compared)
        facts.push_back({ fact.name, groupedText(fact, letters, whenEmpty) });
    return facts;
}

} // namespace

WhatDiffers::WhatDiffers(Session &session, ThumbnailStore &thumbnails, QWidget *parent)
    : QScrollArea(parent)
    , m_session(session)
    , m_thumbnails(thumbnails)
{
    build();
}

void WhatDiffers::build()
{
    setFrameShape(QFrame::NoFrame);
    setWidgetResizable(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setMinimumWidth(200);
    setAccessibleName(tr("What differs"));
    auto *inside = new QWidget;
    auto *layout = new QVBoxLayout(inside);
    layout->setContentsMargins(spacing::page, spacing::related, spacing::page, spacing::page);
    layout->setSpacing(spacing::tight);
    layout->addWidget(new SectionHeading(tr("What differs"), inside));
    m_note = new NoteLabel(NoteLabel::Rank::Muted, inside);
    layout->addWidget(m_note);
    m_content = new QWidget(inside);
    auto *content = new QVBoxLayout(m_content);
    content->setContentsMargins({});
    content->setSpacing(spacing::tight);
    m_promptsLayout = new QVBoxLayout;
    m_referencesLayout = new QVBoxLayout;
    for (QVBoxLayout *part : { m_promptsLayout, m_referencesLayout })
        part->setSpacing(spacing::tight);
    content->addLayout(m_promptsLayout);
    m_parametersHeading = new SectionHeading(tr("Parameters"), m_content);
    content->addWidget(m_parametersHeading);
    m_parameters = new FactList(m_content);
    content->addWidget(m_parameters);
    content->addLayout(m_referencesLayout);
    content->addWidget(new SectionHeading(tr("Runs"), m_content));
    m_runs = new FactList(m_content);
    content->addWidget(m_runs);
    layout->addWidget(m_content);
    layout->addStretch();
    setWidget(inside);
}

void WhatDiffers::setPictures(const std::vector<Picture> &pictures)
{
    if (pictures == m_pictures)
        return;
    m_pictures = pictures;
    load();
}

void WhatDiffers::setBlind(bool blind)
{
    m_blind = blind;
    refresh();
}

void WhatDiffers::load()
{
    const int request = ++m_request;
    m_loaded.clear();
    auto loaded = std::make_shared<std::vector<ComparedPicture>>(m_pictures.size());
    auto missing = std::make_shared<size_t>(m_pictures.size());
    for (size_t number = 0; number < m_pictures.size(); ++number) {
        whenFinished(m_session.details(m_pictures[number].run), this,
                     [this, request, loaded, missing, number](const Result<RunRecord> &record) {
                         if (request != m_request)
                             return;
                         // A run that cannot be read has nothing to say; the others have.
                         (*loaded)[number] = { record ? *record : RunRecord(), m_pictures[number].image };
                         if (--*missing == 0) {
                             m_loaded = *loaded;
                             refresh();
                         }
                     });
    }
}

QStringList WhatDiffers::letters() const
{
    QStringList all;
    for (const Picture &picture : m_pictures)
        all << picture.letter;
    return all;
}

void WhatDiffers::refresh()
{
    const bool there = !m_loaded.empty() && m_loaded.size() == m_pictures.size();
    m_content->setVisible(there && !m_blind);
    m_note->setNote(m_blind ? tr("Not told while comparing blind.") : QString());
    if (!there || m_blind)
        return;
    showPrompts();
    showReferences();
    const std::vector<ComparedFact> parameters = differingParameters(m_loaded);
    m_parameters->setFacts(factsOf(parameters, letters(), tr("not set")));
    m_parametersHeading->setVisible(!parameters.empty());
    m_parameters->setVisible(!parameters.empty());
    m_runs->setFacts(factsOf(comparedRuns(m_loaded), letters(), tr("not known")));
    QStringList same;
    if (m_prompts.empty() || m_prompts.front().text->isHidden())
        same << tr("The prompt is the same.");
    if (parameters.empty())
        same << tr("All parameters but the seed are the same.");
    m_note->setNote(same.join(u' '));
}

void WhatDiffers::showPrompts()
{
    std::vector<Group> groups;
    for (size_t number = 0; number < m_loaded.size(); ++number) {
        const QString prompt = m_loaded[number].record.prompt();
        const auto found = std::ranges::find(groups, prompt, &Group::text);
        if (found != groups.end())
            found->letters << m_pictures[number].letter;
        else
            groups.push_back({ prompt, { m_pictures[number].letter } });
    }
    if (groups.size() == 1)
        groups.clear();
    while (m_prompts.size() < groups.size()) {
        const Prompt made { new SectionHeading({}, m_content), new SelectableText(m_content),
                            new NoteLabel(NoteLabel::Rank::Muted, m_content) };
        m_promptsLayout->addWidget(made.heading);
        m_promptsLayout->addWidget(made.text);
        m_promptsLayout->addWidget(made.gone);
        m_prompts.push_back(made);
    }
    for (size_t number = 0; number < m_prompts.size(); ++number) {
        const bool used = number < groups.size();
        Prompt &prompt = m_prompts[number];
        prompt.heading->setVisible(used);
        prompt.text->setVisible(used);
        prompt.gone->setNote({});
        if (!used)
            continue;
        const Group &group = groups[number];
        const QString title = tr("Prompt of %1").arg(group.letters.join(u", "_s));
        prompt.heading->setTitle(title);
        prompt.text->setAccessibleName(title);
        // The first one is marked where there is but one other to tell it from.
        if (number > 0) {
            const QString &first = groups.front().text;
            const WordDiff diff = wordDiff(first, group.text);
            showDiff(*prompt.text, group.text, diff.second, DiffSide::After);
            const QStringList gone = groups.size() > 2 ? changedPieces(first, diff.first) : QStringList();
            if (!gone.isEmpty())
                prompt.gone->setNote(tr("Only in that of %1: %2").arg(groups.front().letters.join(u", "_s), gone.join(u" … "_s)));
        } else if (groups.size() == 2) {
            showDiff(*prompt.text, group.text, wordDiff(group.text, groups.back().text).first, DiffSide::Before);
        } else {
            showDiff(*prompt.text, group.text, {}, DiffSide::Before);
        }
    }
}

void WhatDiffers::showReferences()
{
    const size_t count = haveSameReferences(m_loaded) ? 0 : m_loaded.size();
    while (m_references.size() < count) {
        const References made { new SectionHeading({}, m_content), new PictureThumbs(m_thumbnails, m_content) };
        m_referencesLayout->addWidget(made.heading);
        m_referencesLayout->addWidget(made.thumbs);
        connect(made.thumbs, &PictureThumbs::pressed, this, [](int, const QString &file) { openPicture(file); });
        m_references.push_back(made);
    }
    for (size_t number = 0; number < m_references.size(); ++number) {
        const bool used = number < count;
        std::vector<PictureThumbs::Entry> entries;
        if (used) {
            entries = referenceEntries(m_loaded[number].record, m_session);
            m_references[number].heading->setTitle(entries.empty() ? tr("No references of %1").arg(m_pictures[number].letter)
                                                                   : tr("References of %1").arg(m_pictures[number].letter));
        }
        m_references[number].heading->setVisible(used);
        m_references[number].thumbs->setVisible(used && !entries.empty());
        m_references[number].thumbs->setEntries(entries);
    }
}

void WhatDiffers::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::PaletteChange)
        refresh(); // the marks have colours of their own
    QScrollArea::changeEvent(event);
}

} // namespace plantain
