#include "fieldrow.h"

#include "explain.h"
#include "fieldeditorfactory.h"
#include "historykeys.h"
#include "icons.h"
#include "notelabel.h"
#include "parametermodel.h"
#include "theme.h"

#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QToolButton>

using namespace Qt::StringLiterals;

namespace plantain {

namespace {

/// Text of a label that has a buddy, where "&" would mark a shortcut.
QString escaped(QString title)
{
    return title.replace(u'&', u"&&"_s);
}

/// As wide as the others, so that nothing moves when it turns bold; long titles wrap.
QLabel *makeLabel(const QString &title, int width, QWidget *parent)
{
    auto *label = new QLabel(escaped(title), parent);
    label->setTextFormat(Qt::PlainText);
    label->setAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    label->setWordWrap(true);
    if (width > 0) {
        label->setWordWrap(FieldRow::titleWidth(title, label->font()) > width);
        label->setFixedWidth(width);
        label->setMinimumHeight(spacing::control);
    }
    return label;
}

} // namespace

int FieldRow::titleWidth(const QString &title, const QFont &font)
{
    QFont bold(font);
    bold.setBold(true);
    return QFontMetrics(bold).horizontalAdvance(title) + 2;
}

FieldRow::FieldRow(ParameterModel &model, int row, int labelWidth, QFormLayout *form, QWidget *parent)
    : m_model(model)
    , m_row(row)
{
    const QString title = model.parameter(row).title;
    m_editor = makeFieldEditor(model, row, parent);
    if (m_editor->labelPlace() != FieldEditor::LabelPlace::Inside) {
        const bool isAbove = m_editor->labelPlace() == FieldEditor::LabelPlace::Above;
        m_label = makeLabel(model.parameter(row).required ? tr("%1 *", "a required field").arg(title) : title, isAbove ? 0 : labelWidth, parent);
        m_label->setBuddy(m_editor->input());
        if (model.parameter(row).required)
            m_editor->input()->setAccessibleName(title); // without the mark
        explain(m_label, help());
    }
    explain(m_editor->input(), help());
    m_editor->input()->setObjectName(model.parameter(row).name);
    m_editor->input()->installEventFilter(new HistoryKeys(this));

    m_reset = new QToolButton(parent);
    m_reset->setIcon(iconNamed(u"reset"_s));
    m_reset->setAutoRaise(true);
    m_reset->setFocusPolicy(Qt::StrongFocus);
    m_reset->setAccessibleName(tr("Reset %1").arg(title));
    m_warning = new NoteLabel(NoteLabel::Rank::Attention, parent);
    m_error = new NoteLabel(NoteLabel::Rank::Bad, parent);
    addTo(form);

    connect(m_editor.get(), &FieldEditor::typed, this,
            [this](const QString &text) { edit([&] { m_model.setText(m_row, text); }); });
    connect(m_editor.get(), &FieldEditor::picked, this, [this](int choice) {
        const auto &choices = m_model.parameter(m_row).choices;
        m_model.setValue(m_row, choices.at(static_cast<std::size_t>(choice)));
    });
    connect(m_editor.get(), &FieldEditor::cleared, this, [this] { m_model.clear(m_row); });
    connect(m_editor.get(), &FieldEditor::left, this, &FieldRow::refresh);
    connect(m_reset, &QToolButton::clicked, this, [this] {
        m_editor->input()->setFocus(Qt::OtherFocusReason); // the button goes away
        m_model.clear(m_row);
    });
    refresh();
}

FieldRow::~FieldRow() = default;

void FieldRow::addTo(QFormLayout *form)
{
    auto *line = new QHBoxLayout;
    line->setSpacing(spacing::tight);
    line->addWidget(m_editor->input(), 1, m_label ? Qt::Alignment() : Qt::AlignVCenter);
    for (QWidget *button : m_editor->buttons())
        line->addWidget(button, 0, Qt::AlignTop);
    if (QWidget *alternative = m_editor->whenUnset())
        line->addWidget(alternative, 0, Qt::AlignTop);
    line->addWidget(m_reset, 0, Qt::AlignTop);
    switch (m_editor->labelPlace()) {
    case FieldEditor::LabelPlace::Beside:
        form->addRow(m_label, line);
        break;
    case FieldEditor::LabelPlace::Above:
        m_label->setContentsMargins(0, spacing::tight, 0, 0);
        form->addRow(m_label);
        form->addRow(line);
        break;
    case FieldEditor::LabelPlace::Inside:
        form->addRow(line);
        break;
    }
    form->addRow(m_warning);
    form->addRow(m_error);
}

void FieldRow::edit(const std::function<void()> &change)
{
    m_editing = true;
    change();
    m_editing = false;
}

QWidget *FieldRow::lastWidget() const
{
    return m_error->isHidden() ? m_editor->input() : static_cast<QWidget *>(m_error);
}

QString FieldRow::help() const
{
    const QModelIndex index = m_model.index(m_row);
    QString text = index.data(ParameterRoles::HelpRole).toString();
    const Parameter &parameter = m_model.parameter(m_row);
    if (parameter.required)
        text = text.isEmpty() ? tr("Required.") : tr("Required. %1").arg(text);
    // Many descriptions say it themselves.
    if (parameter.defaultValue && !text.contains(u"default"_s, Qt::CaseInsensitive)) {
        const QString value = m_model.index(m_row).data(ParameterRoles::DefaultRole).toString();
        if (!value.isEmpty())
            text += (text.isEmpty() ? QString() : u"\n"_s) + tr("Default: %1").arg(value);
    }
    const QVariant least = index.data(ParameterRoles::MinimumRole);
    const QVariant most = index.data(ParameterRoles::MaximumRole);
    if (least.isValid() && most.isValid()) {
        text += (text.isEmpty() ? QString() : u"\n"_s)
            + tr("%1 to %2").arg(QLocale().toString(least.toDouble(), 'g', 12), QLocale().toString(most.toDouble(), 'g', 12));
    }
    return text;
}

void FieldRow::refresh()
{
    const QModelIndex index = m_model.index(m_row);
    const auto asked = [&index](int role) { return index.data(role); };
    FieldState state;
    state.text = m_model.text(m_row);
    state.value = m_model.value(m_row);
    state.isSet = asked(ParameterRoles::IsSetRole).toBool();
    state.isChanged = asked(ParameterRoles::IsChangedRole).toBool();
    state.placeholder = asked(ParameterRoles::PlaceholderRole).toString();
    if (const QVariant drawn = asked(ParameterRoles::DrawnSeedRole); drawn.isValid())
        state.drawnSeed = drawn.toLongLong();
    state.choiceNotes = asked(ParameterRoles::ChoiceNotesRole).toStringList();
    state.choicePixels = asked(ParameterRoles::ChoicePixelsRole).toStringList();
    m_editor->show(state, m_editing);

    const QString error = asked(ParameterRoles::ErrorTextRole).toString();
    const QString warning = asked(ParameterRoles::WarningRole).toString();
    m_error->setNote(error);
    m_warning->setNote(warning);
    m_editor->input()->setAccessibleDescription(!error.isEmpty() ? error : !warning.isEmpty() ? warning : help());

    if (m_label) {
        QFont font = m_label->font();
        font.setBold(state.isChanged);
        m_label->setFont(font);
    }
    // Its place is kept free, so that the editors stand still.
    const QWidget *alternative = m_editor->whenUnset();
    QSizePolicy policy = m_reset->sizePolicy();
    policy.setRetainSizeWhenHidden(!alternative || alternative->isHidden());
    m_reset->setSizePolicy(policy);
    m_reset->setVisible(state.isSet);
    const QString fallback = asked(ParameterRoles::DefaultRole).toString();
    explain(m_reset, fallback.isEmpty() ? tr("Do not send it") : tr("Back to the default: %1").arg(fallback));
}

} // namespace plantain
