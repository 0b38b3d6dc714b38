#include "promptfield.h"

#include "explain.h"
#include "notelabel.h"
#include "parametermodel.h"
#include "promptedit.h"
#include "theme.h"

#include <QHBoxLayout>
#include <QLocale>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace plantain {

PromptField::PromptField(ParameterModel &model, QWidget *parent)
    : QWidget(parent)
    , m_model(model)
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
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(spacing::tight);
    layout->addLayout(heading);
    layout->addWidget(m_edit);
    layout->addWidget(m_error);

    connect(m_edit, &PromptEdit::generateRequested, this, &PromptField::generateRequested);
    connect(m_edit, &QPlainTextEdit::textChanged, this, [this] {
        if (m_showing || m_model.promptRow() < 0)
            return;
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
    if (m_writing || m_edit->text() == text)
        return;
    m_showing = true;
    m_edit->setPlainText(text);
    m_showing = false;
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
    m_title->setText(QString(m_model.parameter(row).title).replace(u'&', u"&&"_s));
    const QString help = index.data(ParameterRoles::HelpRole).toString();
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
