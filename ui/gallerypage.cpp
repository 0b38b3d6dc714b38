#include "gallerypage.h"

#include "emptyhint.h"
#include "gallerymodel.h"
#include "galleryview.h"
#include "icons.h"
#include "theme.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QSlider>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace plantain {

namespace {

QToolButton *stepButton(const QString &icon, const QString &name, QWidget *parent)
{
    auto *button = new QToolButton(parent);
    button->setIcon(iconNamed(icon));
    button->setAutoRaise(true);
    button->setAutoRepeat(true);
    button->setAccessibleName(name);
    button->setToolTip(name);
    return button;
}

} // namespace

GalleryPage::GalleryPage(GalleryModel &model, ThumbnailStore &thumbnails, QWidget *parent)
    : QWidget(parent)
    , m_model(model)
    , m_view(new GalleryView(thumbnails, this))
    , m_slider(new QSlider(Qt::Horizontal, this))
{
    m_slider->setRange(GalleryView::leastTile, GalleryView::mostTile);
    m_slider->setSingleStep(16);
    m_slider->setPageStep(64);
    m_slider->setValue(m_view->tileSize());
    m_slider->setFixedWidth(140);
    m_slider->setAccessibleName(tr("Tile size"));
    m_slider->setToolTip(tr("How large the pictures are shown here (Ctrl and the wheel)."));
    connect(m_slider, &QSlider::valueChanged, m_view, &GalleryView::setTileSize);
    connect(m_view, &GalleryView::tileSizeChanged, m_slider, &QSlider::setValue);
    connect(m_view, &GalleryView::tileSizeChanged, this, &GalleryPage::tileSizeChanged);

    auto *title = new QLabel(tr("Gallery"), this);
    title->setTextFormat(Qt::PlainText);
    QFont bold = title->font();
    bold.setWeight(QFont::DemiBold);
    title->setFont(bold);

    auto *smaller = stepButton(u"zoom-out"_s, tr("Smaller tiles"), this);
    auto *larger = stepButton(u"zoom-in"_s, tr("Larger tiles"), this);
    connect(smaller, &QToolButton::clicked, m_slider, [this] { m_slider->triggerAction(QSlider::SliderPageStepSub); });
    connect(larger, &QToolButton::clicked, m_slider, [this] { m_slider->triggerAction(QSlider::SliderPageStepAdd); });

    auto *head = new QHBoxLayout;
    head->setContentsMargins(spacing::page, 0, spacing::page, 0);
    head->setSpacing(spacing::related);
    head->addWidget(title);
    head->addStretch();
    head->addWidget(smaller);
    head->addWidget(m_slider);
    head->addWidget(larger);

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(0);
    layout->addLayout(head);
    layout->addWidget(m_view, 1);
    title->setMinimumHeight(spacing::row);

    m_view->setModel(&model);
    connect(m_view->selectionModel(), &QItemSelectionModel::selectionChanged, this, &GalleryPage::selectionChanged);
    new EmptyHint(m_view, tr("No pictures yet.\nDescribe one in the prompt and press Generate (Ctrl+Return)."));
    connect(m_view, &GalleryView::currentTileChanged, this, &GalleryPage::currentChanged);
    connect(m_view, &QAbstractItemView::activated, this, &GalleryPage::activated);
}

int GalleryPage::tileSize() const
{
    return m_view->tileSize();
}

void GalleryPage::setTileSize(int size)
{
    m_view->setTileSize(size);
}

void GalleryPage::showRun(const RunId &id)
{
    const QModelIndex index = m_model.index(m_model.rowOf(id));
    if (!index.isValid())
        return;
    m_view->selectionModel()->setCurrentIndex(index, QItemSelectionModel::ClearAndSelect);
    m_view->scrollTo(index);
}

void GalleryPage::focusView()
{
    m_view->setFocus(Qt::ShortcutFocusReason);
    if (!m_view->currentIndex().isValid() && m_model.rowCount() > 0)
        m_view->setCurrentIndex(m_model.index(0));
}

QModelIndexList GalleryPage::selectedTiles() const
{
    QModelIndexList tiles = m_view->selectionModel()->selectedIndexes();
    std::sort(tiles.begin(), tiles.end());
    if (tiles.isEmpty() && m_view->currentIndex().isValid())
        tiles.append(m_view->currentIndex());
    return tiles;
}

} // namespace plantain
