#include "originnote.h"

#include "form.h"
#include "iconbutton.h"
#include "notelabel.h"
#include "theme.h"

#include <QHBoxLayout>
#include <QToolButton>

using namespace Qt::StringLiterals;

namespace plantain {

OriginNote::OriginNote(Form &form, QWidget *parent)
    : QFrame(parent)
    , m_form(form)
    , m_note(new NoteLabel(NoteLabel::Rank::Muted, this))
{
    m_note->setObjectName(u"origin"_s);
    QToolButton *close = iconButton(u"close"_s, tr("Compare no longer"), this);
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(spacing::related);
    layout->addWidget(m_note, 1);
    layout->addWidget(close, 0, Qt::AlignTop);
    connect(close, &QToolButton::clicked, &form, &Form::forgetOrigin);
    connect(&form, &Form::originChanged, this, &OriginNote::refresh);
    connect(&form, &Form::changed, this, &OriginNote::refresh);
    refresh();
}

QString OriginNote::text() const
{
    return isHidden() ? QString() : m_note->text();
}

void OriginNote::refresh()
{
    setVisible(m_form.hasOrigin());
    if (!m_form.hasOrigin())
        return;
    QStringList lines = m_form.differencesFromOrigin();
    if (lines.isEmpty())
        lines.append(tr("The same input as that run's."));
    else
        lines.prepend(tr("Differs from that run's input:"));
    m_note->setNote(lines.join(u'\n'));
}

} // namespace plantain
