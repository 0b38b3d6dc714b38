#include "runnote.h"

#include "errortext.h"
#include "explain.h"
#include "notelabel.h"
#include "plaintextedit.h"
#include "sectionheading.h"
#include "session.h"
#include "theme.h"
#include "whenfinished.h"

#include <QVBoxLayout>

#include <chrono>

using namespace std::chrono_literals;

namespace plantain {

namespace {

constexpr auto pause = 500ms; // of typing
constexpr auto retryPause = 5s;
constexpr int leastLines = 2, mostLines = 12;

} // namespace

RunNote::RunNote(Session &session, QWidget *parent)
    : QWidget(parent)
    , m_session(session)
    , m_edit(new PlainTextEdit(leastLines, mostLines, this))
    , m_error(new NoteLabel(NoteLabel::Rank::Bad, this))
{
    m_edit->setAccessibleName(tr("Note"));
    m_edit->setPlaceholderText(tr("Plan and verdict, in your own words"));
    explain(m_edit, tr("Yours alone: it is kept with the run, and never sent or exported."));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(spacing::tight);
    layout->addWidget(new SectionHeading(tr("Note"), this));
    layout->addWidget(m_edit);
    layout->addWidget(m_error);
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &RunNote::save);
    connect(m_edit, &QPlainTextEdit::textChanged, this, &RunNote::typed);
    connect(m_edit, &PlainTextEdit::left, this, &RunNote::save);
    showRun({}, {});
}

RunNote::~RunNote()
{
    for (auto note = m_unsaved.cbegin(); note != m_unsaved.cend(); ++note)
        (void)m_session.setNote(note.key(), note.value());
}

void RunNote::showRun(const RunId &run, const QString &stored)
{
    m_edit->setReadOnly(run.isEmpty());
    const QString text = m_unsaved.value(run, stored);
    if (run == m_run && text == m_edit->text())
        return;
    m_run = run;
    m_showing = true;
    m_edit->setPlainText(text);
    m_showing = false;
}

void RunNote::typed()
{
    if (m_showing || m_run.isEmpty())
        return;
    m_unsaved.insert(m_run, m_edit->text());
    m_timer.start(pause);
}

void RunNote::save()
{
    m_timer.stop();
    for (auto note = m_unsaved.cbegin(); note != m_unsaved.cend(); ++note) {
        whenFinished(m_session.setNote(note.key(), note.value()), this,
                     [this, run = note.key(), text = note.value()](const Result<RunRecord> &result) {
                         saved(run, text, result);
                     });
    }
}

void RunNote::saved(const RunId &run, const QString &note, const Result<RunRecord> &result)
{
    if (result) {
        if (m_unsaved.value(run) == note)
            m_unsaved.remove(run);
        m_error->setNote({});
        return;
    }
    m_error->setNote(tr("The note is not stored yet: %1").arg(errorText(result.error()).what));
    if (!m_timer.isActive())
        m_timer.start(retryPause);
}

} // namespace plantain
