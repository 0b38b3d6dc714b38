#include "choiceeditor.h"

#include "calmcombobox.h"
#include "choicedelegate.h"
#include "parametertext.h"
#include "plaintext.h"
#include "ratioicon.h"

#include <QAbstractItemView>
#include <QEvent>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace plantain {

namespace {

constexpr int notSet = -1;
constexpr int notAmongThem = -2;

} // namespace

ChoiceEditor::ChoiceEditor(const Parameter &parameter, QWidget *parent)
    : m_choices(parameter.choices)
    , m_default(parameter.defaultValue)
    , m_combo(new CalmComboBox(parent))
{
    m_combo->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_combo->setMinimumContentsLength(6);
    m_combo->setMaxVisibleItems(20);
    if (!m_default && !parameter.required)
        m_combo->addItem(tr("not set"), notSet);
    for (std::size_t i = 0; i < m_choices.size(); ++i)
        m_combo->addItem(textOfValue(parameter, m_choices[i]), static_cast<int>(i));
    m_combo->setPlaceholderText(tr("Choose"));
    m_combo->setItemDelegate(new ChoiceDelegate(m_combo));
    drawShapes();
    m_combo->installEventFilter(this);
    connect(m_combo, &QComboBox::activated, this, &ChoiceEditor::activated);
}

QWidget *ChoiceEditor::input() const
{
    return m_combo;
}

void ChoiceEditor::activated(int index)
{
    const int choice = m_combo->itemData(index).toInt();
    if (choice == notSet)
        Q_EMIT cleared();
    else if (choice >= 0)
        Q_EMIT picked(choice);
}

void ChoiceEditor::drawShapes()
{
    const bool areRatios = std::any_of(m_choices.begin(), m_choices.end(),
                                       [](const Json &choice) { return isRatio(toQString(choice)); });
    for (int item = 0; areRatios && item < m_combo->count(); ++item)
        m_combo->setItemIcon(item, ratioIcon(m_combo->itemText(item), m_combo->palette()));
}

bool ChoiceEditor::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::PaletteChange)
        drawShapes();
    return FieldEditor::eventFilter(watched, event);
}

void ChoiceEditor::show(const FieldState &state, bool)
{
    for (int item = 0; item < m_combo->count(); ++item) {
        const int choice = m_combo->itemData(item).toInt();
        QStringList parts { state.choicePixels.value(choice), state.choiceNotes.value(choice) };
        parts.removeAll(QString());
        m_combo->setItemData(item, parts.join(u" · "_s), ChoiceDelegate::NoteRole);
        m_combo->setItemData(item, parts.isEmpty() ? QVariant() : plainToolTip(parts.join(u'\n')), Qt::ToolTipRole);
        m_combo->setItemData(item, parts.join(u", "_s), Qt::AccessibleDescriptionRole);
    }
    m_combo->view()->setMinimumWidth(m_combo->view()->sizeHintForColumn(0));
    choose(state);
    m_combo->setRemark(state.choicePixels.value(m_combo->currentData().toInt()));
}

void ChoiceEditor::choose(const FieldState &state)
{
    if (m_foreign >= 0) {
        m_combo->removeItem(m_foreign);
        m_foreign = -1;
    }
    const std::optional<Json> &shown = state.value ? state.value : m_default;
    if (!shown) {
        m_combo->setCurrentIndex(m_combo->findData(notSet));
        return;
    }
    const auto found = std::find(m_choices.begin(), m_choices.end(), *shown);
    if (found != m_choices.end()) {
        m_combo->setCurrentIndex(m_combo->findData(static_cast<int>(found - m_choices.begin())));
        return;
    }
    m_foreign = m_combo->count();
    m_combo->addItem(state.value ? state.text : toQString(*shown), notAmongThem);
    m_combo->setCurrentIndex(m_foreign);
}

} // namespace plantain
