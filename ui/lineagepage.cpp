#include "lineagepage.h"

#include "elidedlabel.h"
#include "errortext.h"
#include "iconbutton.h"
#include "lineagedelegate.h"
#include "lineagemodel.h"
#include "lineagetext.h"
#include "pagehead.h"
#include "session.h"
#include "theme.h"
#include "thumbnailstore.h"
#include "whenfinished.h"

#include <QHeaderView>
#include <QKeyEvent>
#include <QScrollBar>
#include <QToolButton>
#include <QTreeView>
#include <QVBoxLayout>

#include <algorithm>
#include <chrono>
#include <numeric>

using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace plantain {

namespace {

constexpr int indentation = 16, leastTextWidth = 280;

PictureId pictureAt(const QModelIndex &index)
{
    return { index.data(LineageRole::RunId).value<RunId>(), index.data(LineageRole::ImageIndex).toInt() };
}

} // namespace

LineagePage::LineagePage(Session &session, ThumbnailStore &thumbnails, QWidget *parent)
    : QWidget(parent)
    , m_session(session)
    , m_thumbnails(thumbnails)
    , m_model(session.lineageModel())
    , m_summary(new ElidedLabel(this))
    , m_tree(new QTreeView(this))
{
    setFocusPolicy(Qt::StrongFocus);
    setFocusProxy(m_tree);
    m_summary->setObjectName(u"lineageSummary"_s);
    auto *head = new PageHead(this);
    QToolButton *back = iconButton(u"back"_s, tr("Back to the gallery"), head);
    back->setFocusPolicy(Qt::TabFocus);
    back->setToolTip(tr("Back to the gallery (Escape)"));
    connect(back, &QToolButton::clicked, this, &LineagePage::closeRequested);
    head->addWidget(back);
    head->addGap();
    head->addWidget(m_summary);
    head->addStretch();
    m_tree->setModel(m_model.get());
    m_tree->setItemDelegate(new LineageDelegate(thumbnails, this));
    m_tree->setHeaderHidden(true);
    m_tree->setIndentation(indentation);
    m_tree->setUniformRowHeights(true);
    m_tree->setFrameShape(QFrame::NoFrame);
    m_tree->setExpandsOnDoubleClick(false);
    m_tree->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_tree->setAccessibleName(tr("Lineage"));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(0);
    layout->addWidget(head);
    layout->addWidget(m_tree, 1);
    m_loadAgain.setSingleShot(true);
    m_loadAgain.setInterval(100ms);
    connect(&m_loadAgain, &QTimer::timeout, this, &LineagePage::load);
    const auto again = [this] {
        if (isVisible())
            m_loadAgain.start();
    };
    connect(&session, &Session::generated, this, again);
    connect(&session, &Session::settled, this, again);
    connect(m_tree->selectionModel(), &QItemSelectionModel::currentChanged, this, [this](const QModelIndex &index) {
        if (!index.isValid() || m_filling)
            return;
        m_current = pictureAt(index);
        Q_EMIT chosen(m_current);
    });
    connect(m_tree, &QTreeView::activated, this, [this](const QModelIndex &index) {
        if (!index.data(LineageRole::File).toString().isEmpty())
            Q_EMIT openRequested(pictureAt(index));
    });
    connect(&thumbnails, &ThumbnailStore::ready, m_tree->viewport(), qOverload<>(&QWidget::update));
}

LineagePage::~LineagePage() = default;

void LineagePage::begin(const PictureId &picture)
{
    m_current = picture;
    m_model->setLineage({});
    m_summary->clear();
    load();
}

void LineagePage::focusTree()
{
    m_tree->setFocus(Qt::ShortcutFocusReason);
}

void LineagePage::load()
{
    const int request = ++m_request;
    whenFinished(m_session.lineage(m_current.run), this, [this, request](const Result<Lineage> &lineage) {
        if (request == m_request)
            take(lineage);
    });
}

void LineagePage::take(const Result<Lineage> &lineage)
{
    if (!lineage) {
        m_summary->setText(errorText(lineage.error()).sentence());
        return;
    }
    const int scrolled = m_tree->verticalScrollBar()->value();
    const bool isFirst = m_model->rowCount() == 0;
    m_filling = true;
    m_model->setLineage(*lineage);
    int deepest = 0;
    for (size_t run = 0; run < lineage->runs.size(); ++run)
        deepest = std::max(deepest, int(lineage->pathTo(run).size()));
    m_tree->header()->setMinimumSectionSize(deepest * indentation + leastTextWidth); // deeper ones scroll sideways
    m_tree->expandAll();
    const QModelIndex current = m_model->indexOf(m_current);
    m_tree->setCurrentIndex(current);
    m_filling = false;
    if (isFirst)
        m_tree->scrollTo(current, QAbstractItemView::PositionAtCenter);
    else
        m_tree->verticalScrollBar()->setValue(scrolled);
    std::vector<size_t> all(lineage->runs.size());
    std::iota(all.begin(), all.end(), size_t(0));
    const QString money = lineageSumText(*lineage, all);
    QString summary = all.size() == 1 ? tr("One run, from which nothing came yet") : tr("Runs: %1").arg(all.size());
    if (!money.isEmpty())
        summary += u", "_s + money;
    if (!lineage->isWhole)
        summary += u". "_s + tr("There are more than are shown.");
    m_summary->setText(summary);
    wantThumbnails();
}

void LineagePage::wantThumbnails()
{
    std::vector<ThumbnailRequest> wanted;
    for (QModelIndex index = m_model->index(0, 0); index.isValid(); index = m_tree->indexBelow(index)) {
        if (const QString file = index.data(LineageRole::File).toString(); !file.isEmpty())
            wanted.push_back({ index.data(LineageRole::Sha256).toString(), file, ThumbnailSize::Small });
    }
    m_thumbnails.want(this, wanted);
}

void LineagePage::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape)
        Q_EMIT closeRequested();
    else
        QWidget::keyPressEvent(event);
}

void LineagePage::hideEvent(QHideEvent *event)
{
    QWidget::hideEvent(event);
    m_thumbnails.want(this, {});
}

} // namespace plantain
