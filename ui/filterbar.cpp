#include "filterbar.h"

#include "calmcombobox.h"
#include "explain.h"
#include "theme.h"

#include <QCheckBox>
#include <QGridLayout>
#include <QLocale>
#include <QResizeEvent>
#include <QSignalBlocker>

#include <algorithm>

namespace plantain {

namespace {

constexpr int wordsRole = Qt::UserRole + 1; ///< the entry without its count
constexpr int leastWidth = 128; ///< of a choice

void add(QComboBox &box, const QString &words, const QVariant &value)
{
    box.addItem(words, value);
    box.setItemData(box.count() - 1, words, wordsRole);
}

/// Names come and go; what is chosen stays, with nothing in it if need be.
void setNames(QComboBox &box, const QHash<QString, int> &counts)
{
    const QSignalBlocker quiet(&box);
    const QString chosen = box.currentData().toString();
    QStringList names = counts.keys();
    names.removeAll(QString());
    if (!chosen.isEmpty() && !names.contains(chosen))
        names << chosen;
    names.sort(Qt::CaseInsensitive);
    while (box.count() > 1)
        box.removeItem(box.count() - 1);
    for (const QString &name : names)
        add(box, name, name);
    for (int entry = 0; entry < box.count(); ++entry)
        setEntryCount(box, entry, counts.value(box.itemData(entry).toString()));
    box.setCurrentIndex(std::max(0, box.findData(chosen)));
}

} // namespace

void setEntryCount(QComboBox &box, int entry, int count)
{
    QString words = box.itemData(entry, wordsRole).toString();
    if (words.isEmpty()) {
        words = box.itemText(entry);
        box.setItemData(entry, words, wordsRole);
    }
    box.setItemText(entry, FilterBar::tr("%1 (%2)").arg(words, QLocale().toString(count)));
}

FilterBar::FilterBar(QWidget *parent)
    : QWidget(parent)
    , m_rating(choice(tr("Rating"), tr("Show only pictures with at least so many stars.")))
    , m_flag(choice(tr("Flag"), tr("Show only what is kept, rejected or neither.")))
    , m_label(choice(tr("Colour label"), tr("Show only pictures with this label.")))
    , m_ratio(choice(tr("Ratio"), tr("Show only pictures of this ratio, as delivered.")))
    , m_date(choice(tr("Date"), tr("Show only what was asked for in this time.")))
    , m_collection(choice(tr("Collection"), tr("Show only what is in this collection.")))
    , m_grouping(choice(tr("Groups"), tr("What stands together; the order holds within a group.")))
    , m_text(new QCheckBox(tr("Asks for text"), this))
    , m_deviates(new QCheckBox(tr("Not as asked for"), this))
    , m_layout(new QGridLayout(this))
{
    m_layout->setContentsMargins(0, 2, 0, 0);
    m_layout->setSpacing(spacing::tight);
    add(*m_rating, tr("Any rating"), 0);
    for (int stars = 1; stars <= mostStars; ++stars)
        add(*m_rating, stars == mostStars ? tr("5 stars") : tr("%1 stars or more").arg(stars), stars);
    add(*m_rating, tr("Not rated"), -1);
    add(*m_flag, tr("Any flag"), -1);
    add(*m_flag, tr("Keepers"), int(Flag::Keep));
    add(*m_flag, tr("Rejected"), int(Flag::Reject));
    add(*m_flag, tr("No flag"), int(Flag::None));
    add(*m_label, tr("Any label"), -1);
    for (int label = 1; label < labelCount; ++label)
        add(*m_label, nameOf(ColourLabel(label)), label);
    add(*m_label, tr("No label"), int(ColourLabel::None));
    add(*m_ratio, tr("Any ratio"), QString());
    const QStringList spans { tr("Any time"), tr("Today"), tr("Yesterday"), tr("Last 7 days"), tr("Last 30 days") };
    for (int span = 0; span < dateSpans; ++span)
        add(*m_date, spans.at(span), span);
    add(*m_collection, tr("Any collection"), QString());
    const QStringList groups { tr("No groups"), tr("By run"), tr("By prompt"), tr("By day") };
    for (int group = 0; group < groups.size(); ++group)
        add(*m_grouping, groups.at(group), group);
    explain(m_text, tr("Only pictures whose prompt puts in quotes what is to be read in them."));
    explain(m_deviates, tr("Only pictures with another size, ratio or format than asked for, blank ones and duplicates."));

    for (QComboBox *box : { m_rating, m_flag, m_label, m_ratio, m_date, m_collection })
        connect(box, &QComboBox::currentIndexChanged, this, &FilterBar::changed);
    for (QCheckBox *box : { m_text, m_deviates }) {
        box->setProperty("words", box->text());
        connect(box, &QCheckBox::toggled, this, &FilterBar::changed);
    }
    connect(m_grouping, &QComboBox::activated, this, [this](int number) { Q_EMIT groupingChosen(Grouping(number)); });
    arrange();
}

QComboBox *FilterBar::choice(const QString &name, const QString &help)
{
    auto *box = new CalmComboBox(this);
    box->setAccessibleName(name);
    explain(box, help);
    box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    box->setMinimumContentsLength(8);
    box->setMinimumWidth(60);
    return box;
}

void FilterBar::putInto(TileFilter &filter) const
{
    filter.rating = m_rating->currentData().toInt();
    const int flag = m_flag->currentData().toInt(), label = m_label->currentData().toInt();
    filter.flag = flag < 0 ? std::nullopt : std::optional(Flag(flag));
    filter.label = label < 0 ? std::nullopt : std::optional(ColourLabel(label));
    filter.ratio = m_ratio->currentData().toString();
    filter.date = DateSpan(m_date->currentData().toInt());
    filter.collection = m_collection->currentData().toString();
    filter.asksForText = m_text->isChecked();
    filter.deviates = m_deviates->isChecked();
}

void FilterBar::clear()
{
    const QSignalBlocker quiet(this);
    for (QComboBox *box : { m_rating, m_flag, m_label, m_ratio, m_date, m_collection })
        box->setCurrentIndex(0);
    m_text->setChecked(false);
    m_deviates->setChecked(false);
}

void FilterBar::setGrouping(Grouping grouping)
{
    m_grouping->setCurrentIndex(int(grouping));
}

void FilterBar::setCounts(const TileCounts &counts)
{
    const auto set = [](QComboBox &box, const auto &countOf) {
        for (int entry = 0; entry < box.count(); ++entry)
            setEntryCount(box, entry, countOf(box.itemData(entry).toInt()));
    };
    set(*m_rating, [&counts](int stars) { return stars < 0 ? counts.ratings.back() : counts.ratings[size_t(stars)]; });
    set(*m_flag, [&counts](int flag) { return flag < 0 ? counts.flags.back() : counts.flags[size_t(flag)]; });
    set(*m_label, [&counts](int label) { return label < 0 ? counts.labels.back() : counts.labels[size_t(label)]; });
    set(*m_date, [&counts](int span) { return counts.dates[size_t(span)]; });
    setNames(*m_ratio, counts.ratios);
    setNames(*m_collection, counts.collections);
    for (const auto &[box, count] : { std::pair(m_text, counts.asksForText), std::pair(m_deviates, counts.deviates) })
        box->setText(tr("%1 (%2)").arg(box->property("words").toString(), QLocale().toString(count)));
}

void FilterBar::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    arrange();
}

void FilterBar::arrange()
{
    const int columns = std::clamp(width() / leastWidth, 1, 5);
    if (columns == m_columns)
        return;
    for (int column = 0; column < m_columns; ++column)
        m_layout->setColumnStretch(column, 0);
    m_columns = columns;
    int place = 0;
    for (QWidget *widget : std::initializer_list<QWidget *> { m_rating, m_flag, m_label, m_ratio, m_date, m_collection, m_grouping, m_text, m_deviates }) {
        m_layout->addWidget(widget, place / columns, place % columns);
        ++place;
    }
    for (int column = 0; column < columns; ++column)
        m_layout->setColumnStretch(column, 1);
}

} // namespace plantain
