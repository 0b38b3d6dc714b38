#include "numberbox.h"

#include <QLineEdit>
#include <QLocale>
#include <QWheelEvent>

#include <algorithm>
#include <cmath>
#include <limits>

using namespace Qt::StringLiterals;

namespace plantain {

NumberBox::NumberBox(const Range &range, QWidget *parent)
    : QAbstractSpinBox(parent)
    , m_range(range)
{
    // The wheel shall not give the focus.
    setFocusPolicy(Qt::StrongFocus);
    setInputMethodHints(range.whole ? Qt::ImhDigitsOnly : Qt::ImhFormattedNumbersOnly);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    connect(lineEdit(), &QLineEdit::textEdited, this, &NumberBox::typed);
}

void NumberBox::showText(const QString &text)
{
    if (lineEdit()->text() != text)
        lineEdit()->setText(text);
    update(); // the arrows depend on it
}

void NumberBox::setPlaceholder(const QString &text)
{
    lineEdit()->setPlaceholderText(text);
}

double NumberBox::value() const
{
    bool ok = false;
    const double typedValue = QLocale::c().toDouble(lineEdit()->text().trimmed().replace(u',', u'.'), &ok);
    if (ok && std::isfinite(typedValue))
        return typedValue;
    return m_range.start.value_or(m_range.minimum.value_or(0));
}

double NumberBox::minimum() const
{
    return m_range.minimum.value_or(std::numeric_limits<qint32>::min());
}

double NumberBox::maximum() const
{
    return m_range.maximum.value_or(std::numeric_limits<qint32>::max());
}

QString NumberBox::textOf(double value) const
{
    return m_range.whole ? QLocale::c().toString(value, 'f', 0).remove(u',')
                         : QString::number(value, 'g', 12);
}

void NumberBox::setValue(double value)
{
    const QString text = textOf(value);
    lineEdit()->setText(text);
    Q_EMIT typed(text);
}

void NumberBox::stepBy(int steps)
{
    const double stepped = std::clamp(value() + steps * m_range.step, minimum(), maximum());
    setValue(stepped);
    selectAll();
}

QAbstractSpinBox::StepEnabled NumberBox::stepEnabled() const
{
    StepEnabled enabled = StepNone;
    if (value() > minimum())
        enabled |= StepDownEnabled;
    if (value() < maximum())
        enabled |= StepUpEnabled;
    return enabled;
}

QValidator::State NumberBox::validate(QString &, int &) const
{
    return QValidator::Acceptable;
}

void NumberBox::wheelEvent(QWheelEvent *event)
{
    if (hasFocus())
        QAbstractSpinBox::wheelEvent(event);
    else
        event->ignore();
}

} // namespace plantain
