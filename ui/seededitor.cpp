#include "seededitor.h"

#include "iconbutton.h"

#include <QEvent>
#include <QLineEdit>
#include <QRandomGenerator>
#include <QToolButton>

#include <limits>

using namespace Qt::StringLiterals;

namespace plantain {

namespace {

QToolButton *makeButton(const QString &icon, const QString &name, const QString &toolTip, QWidget *parent)
{
    auto *button = iconButton(icon, name, parent);
    button->setToolTip(toolTip);
    button->setFocusPolicy(Qt::StrongFocus);
    return button;
}

} // namespace

SeedEditor::SeedEditor(const Parameter &parameter, QWidget *parent)
    : m_line(new QLineEdit(parent))
    , m_keep(makeButton(u"lock"_s, tr("Keep the drawn seed"), QString(), parent))
    , m_dice(makeButton(u"dice"_s, tr("Draw a seed"), tr("Draw a seed now and keep it"), parent))
{
    m_line->setInputMethodHints(Qt::ImhDigitsOnly);
    m_line->installEventFilter(this);
    connect(m_line, &QLineEdit::textEdited, this, &FieldEditor::typed);
    connect(m_line, &QLineEdit::editingFinished, this, &FieldEditor::left);
    connect(m_keep, &QToolButton::clicked, this, [this] {
        if (!m_drawn)
            return;
        m_line->setFocus(Qt::OtherFocusReason); // the button goes away
        Q_EMIT typed(QString::number(*m_drawn));
        Q_EMIT left();
    });
    // 31 bits, as everywhere (core/input).
    const double highest = std::numeric_limits<qint32>::max();
    const auto least = static_cast<qint64>(std::clamp(parameter.minimum.value_or(0), 0.0, highest));
    const auto most = static_cast<qint64>(
        std::clamp(parameter.maximum.value_or(highest), static_cast<double>(least), highest));
    connect(m_dice, &QToolButton::clicked, this, [this, least, most] {
        Q_EMIT typed(QString::number(QRandomGenerator::global()->bounded(least, most + 1)));
        Q_EMIT left();
    });
}

QWidget *SeedEditor::input() const
{
    return m_line;
}

QList<QWidget *> SeedEditor::buttons() const
{
    return { m_dice };
}

QWidget *SeedEditor::whenUnset() const
{
    return m_keep;
}

void SeedEditor::show(const FieldState &state, bool keepText)
{
    m_drawn = state.drawnSeed;
    m_keep->setVisible(m_drawn.has_value());
    m_placeholder = state.placeholder;
    showPlaceholder();
    m_keep->setToolTip(m_drawn ? tr("Use the seed of the last run again: %1").arg(*m_drawn) : QString());
    if (!keepText && m_line->text() != state.text)
        m_line->setText(state.text);
}

bool SeedEditor::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::Resize)
        showPlaceholder();
    return FieldEditor::eventFilter(watched, event);
}

/// The number matters more than the word before it.
void SeedEditor::showPlaceholder()
{
    constexpr int around = 16; // frame and margins
    const bool fits = m_line->fontMetrics().horizontalAdvance(m_placeholder) + around <= m_line->width();
    m_line->setPlaceholderText(fits || !m_drawn ? m_placeholder : QString::number(*m_drawn));
}

} // namespace plantain
