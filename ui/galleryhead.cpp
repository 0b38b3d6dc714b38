#include "galleryhead.h"

#include "actions.h"
#include "calmcombobox.h"
#include "explain.h"
#include "filterbar.h"
#include "galleryview.h"
#include "iconbutton.h"
#include "searchfield.h"
#include "theme.h"

#include <QAbstractItemView>
#include <QAction>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QResizeEvent>
#include <QSignalBlocker>
#include <QSlider>
#include <QToolButton>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace plantain {

namespace {

constexpr int least = 240;
constexpr int narrow = 480; ///< below this the text has a line of its own

QToolButton *stepButton(const QString &icon, const QString &name, QWidget *parent)
{
    auto *button = iconButton(icon, name, parent);
    button->setAutoRepeat(true);
    return button;
}

CalmComboBox *choice(const QString &name, const QString &help, int letters, QWidget *parent)
{
    auto *box = new CalmComboBox(parent);
    box->setAccessibleName(name);
    explain(box, help);
    box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    box->setMinimumContentsLength(letters);
    box->setMinimumWidth(60);
    return box;
}

} // namespace

GalleryHead::GalleryHead(const GalleryModel &model, const Actions &actions, QWidget *parent)
    : QWidget(parent)
    , m_model(model)
    , m_count(new QLabel(this))
    , m_slider(new QSlider(Qt::Horizontal, this))
    , m_text(new SearchField(this))
    , m_group(choice(tr("Show"), tr("Which tiles are shown, by what became of them. Failed holds what was refused or "
                                    "cancelled too."), 7, this))
    , m_endpoint(choice(tr("Endpoint of the tiles"), tr("Show only what this endpoint made."), 10, this))
    , m_sort(choice(tr("Order"), tr("In which order the tiles are."), 10, this))
    , m_choices(new QGridLayout)
    , m_bar(new FilterBar(this))
{
    m_text->setPlaceholderText(tr("Filter by prompt"));
    m_text->setAccessibleName(tr("Filter by prompt"));
    m_text->setMinimumWidth(80);
    explain(m_text, tr("%1\nWords of prompt and description, \"phrases\", -without; endpoint: seed: before: after: reference: "
                       "rating: ratio: label: is:keep is:reject is:text in:").arg(toolTipOf(*actions.findInGallery)));
    buildChoices();
    m_choices->setContentsMargins({});
    m_choices->setSpacing(spacing::related);

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(spacing::page, 2, spacing::page, spacing::related);
    layout->setSpacing(2);
    layout->addLayout(buildFirstLine(actions));
    layout->addLayout(m_choices);
    layout->addWidget(m_bar);
    m_bar->setVisible(actions.showFilters->isChecked());
    connect(actions.showFilters, &QAction::toggled, m_bar, &QWidget::setVisible);
    arrange();
    colour();

    connect(&model, &GalleryModel::endpointsChanged, this, &GalleryHead::listEndpoints);
    const auto said = [this] { Q_EMIT filterChanged(filter()); };
    connect(m_text, &QLineEdit::textChanged, this, said);
    connect(m_group, &QComboBox::currentIndexChanged, this, said);
    connect(m_endpoint, &QComboBox::currentIndexChanged, this, said);
    connect(m_bar, &FilterBar::changed, this, said);
    connect(m_bar, &FilterBar::groupingChosen, this, &GalleryHead::groupingChosen);
    connect(m_sort, &QComboBox::activated, this, [this] { Q_EMIT sortChosen(GallerySort(m_sort->currentData().toInt())); });
}

QLayout *GalleryHead::buildFirstLine(const Actions &actions)
{
    auto *title = new QLabel(tr("Gallery"), this);
    title->setTextFormat(Qt::PlainText);
    QFont bold = title->font();
    bold.setWeight(QFont::DemiBold);
    title->setFont(bold);
    m_count->setTextFormat(Qt::PlainText);
    m_count->setObjectName(u"galleryCount"_s);

    m_slider->setRange(GalleryView::leastTile, GalleryView::mostTile);
    m_slider->setSingleStep(16);
    m_slider->setPageStep(64);
    m_slider->setMinimumWidth(40);
    m_slider->setMaximumWidth(120);
    m_slider->setAccessibleName(tr("Tile size"));
    m_slider->setToolTip(tr("How large the pictures are shown here (Ctrl and the wheel)."));
    auto *smaller = stepButton(u"zoom-out"_s, tr("Smaller tiles"), this);
    auto *larger = stepButton(u"zoom-in"_s, tr("Larger tiles"), this);
    connect(smaller, &QToolButton::clicked, m_slider, [this] { m_slider->triggerAction(QSlider::SliderPageStepSub); });
    connect(larger, &QToolButton::clicked, m_slider, [this] { m_slider->triggerAction(QSlider::SliderPageStepAdd); });

    auto *line = new QHBoxLayout;
    line->setSpacing(spacing::tight);
    line->addWidget(title);
    line->addSpacing(spacing::tight);
    line->addWidget(m_count, 1);
    line->addWidget(actionButton(actions.showFilters, this));
    line->addWidget(actionButton(actions.followNewest, this));
    line->addWidget(smaller);
    line->addWidget(m_slider, 1);
    line->addWidget(larger);
    title->setMinimumHeight(spacing::row);
    m_count->setMinimumWidth(0);
    m_count->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    return line;
}

void GalleryHead::buildChoices()
{
    m_group->addItem(tr("All states"), int(TileGroup::All));
    m_group->addItem(tr("Pictures"), int(TileGroup::Pictures));
    m_group->addItem(tr("Failed"), int(TileGroup::Failed));
    m_group->addItem(tr("Open"), int(TileGroup::Open));
    m_group->addItem(tr("Trash"), int(TileGroup::Trash));
    m_sort->addItem(tr("Newest first"), int(GallerySort::Newest));
    m_sort->addItem(tr("Oldest first"), int(GallerySort::Oldest));
    m_sort->addItem(tr("By prompt"), int(GallerySort::Prompt));
    m_sort->addItem(tr("By endpoint"), int(GallerySort::Endpoint));
    m_sort->addItem(tr("Largest first"), int(GallerySort::Largest));
    m_sort->addItem(tr("Dearest first"), int(GallerySort::Dearest));
    m_sort->addItem(tr("Best first"), int(GallerySort::Best));
    listEndpoints();
}

void GalleryHead::listEndpoints()
{
    if (m_endpoint->count() == 0)
        m_endpoint->addItem(tr("All endpoints"), QString());
    for (const EndpointId &id : m_model.endpoints()) {
        if (m_endpoint->findData(id.text) >= 0)
            continue;
        const QString title = m_model.endpointTitle(id);
        int at = 1;
        while (at < m_endpoint->count() && m_endpoint->itemText(at).compare(title, Qt::CaseInsensitive) < 0)
            ++at;
        m_endpoint->insertItem(at, title, id.text);
    }
    m_endpoint->view()->setMinimumWidth(m_endpoint->view()->sizeHintForColumn(0) + 2 * spacing::group);
}

TileFilter GalleryHead::filter() const
{
    TileFilter filter { .text = m_text->text().trimmed(),
                        .group = TileGroup(m_group->currentData().toInt()),
                        .endpoint = { m_endpoint->currentData().toString() } };
    m_bar->putInto(filter);
    return filter;
}

void GalleryHead::clearFilter()
{
    {
        const QSignalBlocker text(m_text), group(m_group), endpoint(m_endpoint);
        m_text->clear();
        m_group->setCurrentIndex(0);
        m_endpoint->setCurrentIndex(0);
        m_bar->clear();
    }
    Q_EMIT filterChanged(filter());
}

void GalleryHead::showGroup(TileGroup group)
{
    m_group->setCurrentIndex(m_group->findData(int(group)));
}

void GalleryHead::focusFilter()
{
    m_text->setFocus(Qt::ShortcutFocusReason);
    m_text->selectAll();
}

void GalleryHead::setSort(GallerySort sort)
{
    m_sort->setCurrentIndex(m_sort->findData(int(sort)));
}

void GalleryHead::setGrouping(Grouping grouping)
{
    m_bar->setGrouping(grouping);
}

bool GalleryHead::showsCounts() const
{
    return m_bar->isVisible();
}

void GalleryHead::setCounts(const TileCounts &counts)
{
    m_bar->setCounts(counts);
    for (int entry = 0; entry < m_group->count(); ++entry)
        setEntryCount(*m_group, entry, counts.groups[size_t(m_group->itemData(entry).toInt())]);
    for (int entry = 0; entry < m_endpoint->count(); ++entry) {
        const EndpointId id { m_endpoint->itemData(entry).toString() };
        const auto &all = m_model.endpoints();
        const int place = id.isEmpty() ? -1 : int(std::find(all.begin(), all.end(), id) - all.begin());
        setEntryCount(*m_endpoint, entry, counts.endpoints.value(place));
    }
}

void GalleryHead::setCount(int shown, int all, int selected)
{
    const QLocale locale;
    QString text;
    if (all > 0)
        text = shown == all ? locale.toString(all) : tr("%1 of %2").arg(locale.toString(shown), locale.toString(all));
    if (selected > 1)
        text = tr("%1, %2 selected").arg(text, locale.toString(selected));
    m_count->setText(text);
}

QSize GalleryHead::minimumSizeHint() const
{
    return { least, QWidget::minimumSizeHint().height() };
}

void GalleryHead::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    if (m_narrow != (width() < narrow))
        arrange();
}

void GalleryHead::arrange()
{
    m_narrow = width() < narrow;
    const int row = m_narrow ? 1 : 0, column = m_narrow ? 0 : 1;
    m_choices->addWidget(m_text, 0, 0, 1, m_narrow ? 3 : 1);
    m_choices->addWidget(m_group, row, column);
    m_choices->addWidget(m_endpoint, row, column + 1);
    m_choices->addWidget(m_sort, row, column + 2);
    m_choices->setColumnStretch(0, 1);
    for (int other = 1; other < 4; ++other)
        m_choices->setColumnStretch(other, m_narrow && other < 3 ? 1 : 0);
}

void GalleryHead::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::PaletteChange && !m_colouring)
        colour();
    QWidget::changeEvent(event);
}

void GalleryHead::colour()
{
    m_colouring = true;
    QPalette own;
    own.setColor(QPalette::WindowText, coloursOf(palette()).muted);
    m_count->setPalette(own);
    m_colouring = false;
}

} // namespace plantain
