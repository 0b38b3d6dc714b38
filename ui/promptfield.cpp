#include "promptfield.h"

#include "explain.h"
#include "icons.h"
#include "notelabel.h"
#include "parametermodel.h"
#include "promptedit.h"
#include "prompthistory.h"
#include "theme.h"

#include <QHBoxLayout>
#include <QLocale>
#include <QToolButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace plantain {

PromptField::PromptField(ParameterModel &model, const PromptHistory &history, QWidget *parent)
    : QWidget(parent)
    , m_model(model)
    , m_history(history)
    , m_title(new QLabel(tr("Prompt"), this))
    , m_count(new NoteLabel(NoteLabel::Rank::Muted, this))
    , m_edit(new PromptEdit(this))
    , m_error(new NoteLabel(NoteLabel::Rank::Bad, this))
{
    QFont font = m_title->font();
    font.setWeight(QFont::DemiBold);
    m_title->setFont(font);
    m_title->setTextFormat(Qt::PlainText);
    m_title->setMinimumHeight(spacing::control);
    m_title->setBuddy(m_edit);
    m_count->setWordWrap(false);
    m_count->setTextInteractionFlags(Qt::NoTextInteraction);
    m_edit->setObjectName(u"prompt"_s);
    m_edit->setPlaceholderText(tr("Describe the picture you want"));

    auto *heading = new QHBoxLayout;
    heading->setSpacing(spacing::related);
    heading->addWidget(m_title, 1);
    heading->addWidget(m_count);
    auto *earlier = new QToolButton(this);
    earlier->setIcon(iconNamed(u"history"_s));
    earlier->setAutoRaise(true);
    earlier->setFocusPolicy(Qt::TabFocus);
    earlier->setAccessibleName(tr("Earlier prompts"));
    earlier->setToolTip(tr("Earlier prompts (Ctrl+Shift+H); Alt+Up and Alt+Down step through them"));
    heading->addWidget(earlier);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(spacing::tight);
    layout->addLayout(heading);
    layout->addWidget(m_edit);
    layout->addWidget(m_error);

    connect(m_edit, &PromptEdit::generateRequested, this, &PromptField::generateRequested);
    connect(m_edit, &PromptEdit::earlierRequested, this, [this] { step(1); });
    connect(m_edit, &PromptEdit::laterRequested, this, [this] { step(-1); });
    connect(earlier, &QToolButton::clicked, this, &PromptField::historyRequested);
    connect(m_edit, &QPlainTextEdit::textChanged, this, [this] {
        if (m_showing || m_model.promptRow() < 0)
            return;
        m_stepped = -1;
        m_writing = true;
        m_model.setText(m_model.promptRow(), m_edit->text());
    });
    connect(m_edit, &PlainTextEdit::left, this, [this] {
        m_writing = false;
        refresh();
    });
    connect(&m_model, &QAbstractItemModel::dataChanged, this,
            [this](const QModelIndex &first, const QModelIndex &last) {
                if (first.row() <= m_model.promptRow() && last.row() >= m_model.promptRow())
                    refresh();
            });
    connect(&m_model, &QAbstractItemModel::modelReset, this, [this] {
        m_writing = false;
        refresh();
    });
    connect(&m_model, &ParameterModel::errorShown, this, [this](int row) {
        if (row != m_model.promptRow())
            return;
        m_writing = false;
        refresh();
        Q_EMIT shownAt(m_error);
    });
    refresh();
}

PromptField::~PromptField()
{
    m_edit->disconnect(this); // it loses the focus when this is half gone
}

void PromptField::refreshText()
{
    const QString text = m_model.text(m_model.promptRow());
    if (m_edit->text() == text)
        return;
    m_showing = true;
    m_edit->showText(text);
    m_showing = false;
}

void PromptField::step(int by)
{
    const int row = m_model.promptRow();
    if (row < 0)
        return;
    const QString now = m_model.text(row);
    if (m_stepped >= 0 && (m_stepped >= m_history.rowCount() || now != m_history.prompt(m_stepped)))
        m_stepped = -1; // it was changed elsewhere: by undo, an example, a new run
    if (m_stepped < 0)
        m_written = now;
    int to = m_stepped + by;
    if (to >= 0 && m_stepped < 0 && to < m_history.rowCount() && m_history.prompt(to) == now)
        to += by; // the last run's prompt still stands there
    if (to < -1 || to >= m_history.rowCount())
        return;
    m_stepped = to;
    m_writing = false;
    m_model.setText(row, to < 0 ? m_written : m_history.prompt(to));
    m_edit->moveCursor(QTextCursor::End);
}

void PromptField::refreshCount()
{
    const std::optional<qint64> most = m_model.parameter(m_model.promptRow()).maxLength;
    const qsizetype now = m_edit->characters();
    const QLocale locale;
    m_count->setRank(most && now > *most ? NoteLabel::Rank::Bad : NoteLabel::Rank::Muted);
    m_count->setNote(most ? u"%1 / %2"_s.arg(locale.toString(now), locale.toString(*most)) : locale.toString(now));
    m_count->setToolTip(tr("Characters written, and the most the endpoint takes"));
}

void PromptField::refresh()
{
    const int row = m_model.promptRow();
    setVisible(row >= 0);
    if (row < 0)
        return;
    const QModelIndex index = m_model.index(row);
    const bool isRequired = m_model.parameter(row).required;
    const QString title = QString(m_model.parameter(row).title).replace(u'&', u"&&"_s);
    m_title->setText(isRequired ? tr("%1 *", "a required field").arg(title) : title);
    m_edit->setAccessibleName(m_model.parameter(row).title); // without the mark
    const QString described = index.data(ParameterRoles::HelpRole).toString();
    const QString help = isRequired ? tr("Required. %1").arg(described) : described;
    explain(m_title, help);
    explain(m_edit, help);
    refreshText();
    refreshCount();
    // Who has just begun need not be told that it is too short.
    const auto error = index.data(ParameterRoles::ErrorRole);
    const bool isBeginning = m_writing && error.isValid() && error.value<Error>().type == "string_too_short"_L1;
    const QString says = isBeginning ? QString() : index.data(ParameterRoles::ErrorTextRole).toString();
    m_error->setNote(says);
    if (!says.isEmpty())
        m_edit->setAccessibleDescription(says);
}

} // namespace plantain
