#include "jsonpage.h"

#include "form.h"
#include "iconbutton.h"
#include "json.h"
#include "notelabel.h"
#include "parametermodel.h"
#include "plaintext.h"
#include "referencemodel.h"
#include "session.h"
#include "theme.h"

#include <QClipboard>
#include <QFontDatabase>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QPlainTextEdit>
#include <QScopedValueRollback>
#include <QScrollBar>
#include <QToolButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace plantain {

namespace {

constexpr int restMs = 300;

QToolButton *makeButton(const QString &icon, const QString &name, QWidget *parent)
{
    auto *button = iconButton(icon, name, parent);
    button->setFocusPolicy(Qt::StrongFocus);
    return button;
}

} // namespace

JsonPage::JsonPage(Session &session, QWidget *parent)
    : QWidget(parent)
    , m_session(session)
    , m_edit(new QPlainTextEdit(this))
    , m_discard(makeButton(u"reset"_s, tr("Back to what the form holds"), this))
    , m_problem(new NoteLabel(NoteLabel::Rank::Bad, this))
    , m_notes(new NoteLabel(NoteLabel::Rank::Attention, this))
{
    auto *title = new QLabel(tr("Input as sent"), this);
    title->setTextFormat(Qt::PlainText);
    QFont font = title->font();
    font.setWeight(QFont::DemiBold);
    title->setFont(font);
    title->setMinimumHeight(spacing::control);
    title->setBuddy(m_edit);
    auto *copy = makeButton(u"copy"_s, tr("Copy the JSON"), this);
    m_edit->setObjectName(u"json"_s);
    m_edit->setAccessibleName(tr("Input as sent"));
    m_edit->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    m_edit->setTabChangesFocus(true);
    m_edit->installEventFilter(this);
    m_later.setSingleShot(true);
    m_later.setInterval(restMs);

    auto *heading = new QHBoxLayout;
    heading->setSpacing(spacing::tight);
    heading->addWidget(title, 1);
    heading->addWidget(m_discard);
    heading->addWidget(copy);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(spacing::page, spacing::page, spacing::page, spacing::page);
    layout->setSpacing(spacing::tight);
    layout->addLayout(heading);
    layout->addWidget(m_edit, 1);
    layout->addWidget(m_problem);
    layout->addWidget(m_notes);
    m_discard->hide();

    connect(m_edit, &QPlainTextEdit::textChanged, this, [this] {
        if (m_isChanging)
            return;
        m_isPending = true;
        m_later.start();
    });
    connect(&m_later, &QTimer::timeout, this, &JsonPage::commit);
    connect(copy, &QToolButton::clicked, this, [this] { QGuiApplication::clipboard()->setText(textOf(*m_edit->document())); });
    connect(m_discard, &QToolButton::clicked, this, &JsonPage::discard);
    connect(&m_session, &Session::draftChanged, this, [this] {
        if (!m_isChanging)
            m_warnings.clear();
        refresh();
    });
    connect(&m_session, &Session::refused, this, &JsonPage::refreshNotes);
}

bool JsonPage::commit()
{
    m_later.stop();
    if (!m_isPending)
        return true;
    const Result<Json> json = parseJson(textOf(*m_edit->document()).toUtf8());
    if (!json) {
        say(json.error().message);
        return false;
    }
    const QScopedValueRollback changing(m_isChanging, true);
    const Result<QStringList> taken = m_session.form()->setInput(*json);
    if (!taken) {
        say(taken.error().message);
        return false;
    }
    m_isPending = false;
    m_warnings = *taken;
    say({});
    refreshNotes();
    return true;
}

void JsonPage::say(const QString &problem)
{
    m_problem->setNote(problem.isEmpty() ? QString() : tr("Not taken into the form: %1").arg(problem));
    m_discard->setVisible(!problem.isEmpty());
    m_edit->setAccessibleDescription(problem);
}

void JsonPage::discard()
{
    m_edit->setFocus(Qt::OtherFocusReason); // the button goes away
    m_later.stop();
    m_isPending = false;
    say({});
    refresh();
}

void JsonPage::refresh()
{
    if (m_isChanging || !isVisible())
        return;
    refreshNotes();
    const QString text = QString::fromUtf8(toPrettyBytes(m_session.form()->input()));
    if (m_isPending || textOf(*m_edit->document()) == text)
        return;
    const QScopedValueRollback changing(m_isChanging, true);
    const int line = m_edit->verticalScrollBar()->value();
    const int at = m_edit->textCursor().position();
    m_edit->setPlainText(text);
    QTextCursor cursor = m_edit->textCursor();
    cursor.setPosition(std::min(at, static_cast<int>(text.size())));
    m_edit->setTextCursor(cursor);
    m_edit->verticalScrollBar()->setValue(line);
}

void JsonPage::refreshNotes()
{
    QStringList notes = m_warnings;
    const auto take = [&notes](const QString &name, const QString &problem) {
        if (!problem.isEmpty())
            notes.append(tr("%1: %2", "a field and what is wrong with it").arg(name, problem));
    };
    const ParameterModel &parameters = *m_session.parameters();
    for (int row = 0; row < parameters.rowCount(); ++row)
        take(parameters.parameter(row).name, parameters.index(row).data(ParameterRoles::ErrorTextRole).toString());
    const ReferenceModel &references = *m_session.references();
    for (int row = 0; references.takesReferences() && row < references.rowCount(); ++row)
        take(references.field() + u'/' + QString::number(row), references.index(row).data(ReferenceModel::ErrorTextRole).toString());
    if (references.listError())
        notes.append(references.listError()->message);
    m_notes->setNote(notes.join(u'\n'));
}

void JsonPage::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    refresh();
}

bool JsonPage::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::FocusOut) {
        if (commit())
            refresh(); // in its usual form
    } else if (event->type() == QEvent::ShortcutOverride) {
        // What was written here is taken back letter by letter; beyond that the form's history goes on.
        auto *key = static_cast<QKeyEvent *>(event);
        const bool isUndo = key->matches(QKeySequence::Undo) && !m_edit->document()->isUndoAvailable();
        const bool isRedo = key->matches(QKeySequence::Redo) && !m_edit->document()->isRedoAvailable();
        if (isUndo || isRedo) {
            key->ignore();
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace plantain
