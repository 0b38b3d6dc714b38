#include "lensbar.h"

#include "explain.h"
#include "iconbutton.h"
#include "picturedifference.h"
#include "theme.h"

#include <QAction>
#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QSignalBlocker>
#include <QSlider>
#include <QToolButton>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace plantain {

namespace {

struct Scale
{
    const char *name, *help;
    int most, step;
};

/// In the order of Lens. Shares are in percent; the rate in halves of a second; the gain in powers of two.
constexpr Scale scales[] {
    { QT_TRANSLATE_NOOP("plantain::LensBar", "Line"), QT_TRANSLATE_NOOP("plantain::LensBar", "Where one picture ends and the other begins"), 100, 5 },
    { QT_TRANSLATE_NOOP("plantain::LensBar", "Line"), QT_TRANSLATE_NOOP("plantain::LensBar", "Where one picture ends and the other begins"), 100, 5 },
    { QT_TRANSLATE_NOOP("plantain::LensBar", "Opacity"), QT_TRANSLATE_NOOP("plantain::LensBar", "How much of the second picture is seen"), 100, 5 },
    { QT_TRANSLATE_NOOP("plantain::LensBar", "Rate"), QT_TRANSLATE_NOOP("plantain::LensBar", "How often a second the pictures change"), 20, 1 },
    { QT_TRANSLATE_NOOP("plantain::LensBar", "Gain"), QT_TRANSLATE_NOOP("plantain::LensBar", "How many times as bright the difference is shown"), 7, 1 },
};

double rateOf(int setting)
{
    return std::max(1, setting) / 2.0;
}

QString figuresOf(const PictureDifference &difference)
{
    const QLocale locale;
    const double percent = 100.0 * double(difference.pixels) / std::max(1.0, double(difference.size.width()) * difference.size.height());
    const QString share = percent < 0.01 ? LensBar::tr("less than 0.01", "percent") : locale.toString(percent, 'f', percent < 10 ? 2 : 0);
    QString text = difference.isIdentical()
        ? LensBar::tr("Identical")
        : LensBar::tr("%1 pixels differ (%2 %), most %3, mean %4")
              .arg(locale.toString(difference.pixels), share, locale.toString(difference.largest),
                   locale.toString(difference.mean, 'f', difference.mean < 1 ? 4 : 1));
    if (difference.resampled)
        text = LensBar::tr("%1; compared at %2 × %3").arg(text).arg(difference.size.width()).arg(difference.size.height());
    return text;
}

} // namespace

LensBar::LensBar(QWidget *parent)
    : QWidget(parent)
    , m_settings { 50, 50, 50, 4, 2 }
    , m_names(new QLabel(this))
    , m_what(new QLabel(this))
    , m_value(new QLabel(this))
    , m_figures(new QLabel(this))
    , m_slider(new QSlider(Qt::Horizontal, this))
    , m_hold(iconButton(u"pause"_s, tr("Hold the flicker"), this))
    , m_goTo(new QToolButton(this))
{
    for (QLabel *label : { m_names, m_what, m_value, m_figures })
        label->setTextFormat(Qt::PlainText);
    m_value->setMinimumWidth(fontMetrics().horizontalAdvance(u"0000 /s"_s));
    m_figures->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_slider->setFixedWidth(140);
    m_what->setBuddy(m_slider);
    m_hold->setCheckable(true);
    m_hold->setFocusPolicy(Qt::TabFocus);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(spacing::related, spacing::tight, spacing::related, spacing::tight);
    row->setSpacing(spacing::related);
    row->addWidget(m_names);
    row->addWidget(m_what);
    row->addWidget(m_slider);
    row->addWidget(m_value);
    row->addWidget(m_hold);
    row->addWidget(m_goTo);
    row->addWidget(m_figures, 1);
    connect(m_slider, &QSlider::valueChanged, this, &LensBar::take);
    connect(m_hold, &QToolButton::toggled, this, &LensBar::setHeld);
    connect(&m_beat, &QTimer::timeout, this, &LensBar::beat);
    setLens(Lens::SwipeAcross);
}

void LensBar::setLens(Lens lens)
{
    m_state.lens = lens;
    const Scale &scale = scales[size_t(lens)];
    const QSignalBlocker quiet(m_slider);
    m_slider->setRange(lens == Lens::Flicker ? 1 : 0, scale.most);
    m_slider->setSingleStep(scale.step);
    m_slider->setPageStep(4 * scale.step);
    m_slider->setValue(setting());
    m_slider->setAccessibleName(tr(scale.name));
    explain(m_slider, tr(scale.help));
    m_what->setText(tr(scale.name));
    m_hold->setVisible(lens == Lens::Flicker);
    m_goTo->setVisible(lens == Lens::Difference);
    m_figures->setText({});
    setHeld(false);
    refresh();
}

void LensBar::setNames(const QString &first, const QString &second)
{
    m_names->setText(tr("%1 and %2", "two pictures").arg(first, second));
}

int LensBar::gain() const
{
    return 1 << m_settings[size_t(Lens::Difference)];
}

void LensBar::setShare(double share)
{
    m_slider->setValue(qRound(share * m_slider->maximum()));
}

void LensBar::step(int by)
{
    if (m_state.lens == Lens::Flicker && m_held) {
        m_state.second = by > 0;
        Q_EMIT stateChanged();
        return;
    }
    m_slider->setValue(m_slider->value() + by * m_slider->singleStep());
}

void LensBar::setHeld(bool held)
{
    m_held = held;
    const QSignalBlocker quiet(m_hold);
    m_hold->setChecked(held);
    refresh();
}

void LensBar::setGoToDifference(QAction *action)
{
    makeActionButton(*m_goTo, action);
}

void LensBar::setFigures(const PictureDifference *difference)
{
    setNote(difference ? figuresOf(*difference) : tr("Comparing…"));
}

void LensBar::setNote(const QString &note)
{
    m_figures->setText(note);
    m_figures->setToolTip(note);
}

QString LensBar::figures() const
{
    return m_figures->text();
}

void LensBar::take(int value)
{
    setting() = value;
    refresh();
    if (m_state.lens == Lens::Difference)
        Q_EMIT gainChanged();
    else
        Q_EMIT stateChanged();
}

void LensBar::beat()
{
    m_state.second = !m_state.second;
    Q_EMIT stateChanged();
}

void LensBar::refresh()
{
    const int value = setting();
    const QLocale locale;
    switch (m_state.lens) {
    case Lens::SwipeAcross:
    case Lens::SwipeDown:
    case Lens::Onion:
        m_state.share = value / 100.0;
        m_value->setText(tr("%1 %").arg(value));
        break;
    case Lens::Flicker:
        m_value->setText(tr("%1 /s", "times a second").arg(locale.toString(rateOf(value))));
        break;
    case Lens::Difference:
        m_value->setText(tr("× %1", "times").arg(1 << value));
        break;
    }
    if (m_state.lens == Lens::Flicker && !m_held && isVisible())
        m_beat.start(int(1000 / rateOf(value)));
    else
        m_beat.stop();
}

void LensBar::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    refresh();
}

void LensBar::hideEvent(QHideEvent *event)
{
    QWidget::hideEvent(event);
    m_beat.stop();
}

} // namespace plantain
