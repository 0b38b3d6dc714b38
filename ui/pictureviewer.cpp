#include "pictureviewer.h"

#include "actions.h"
#include "elidedlabel.h"
#include "errortext.h"
#include "galleryroles.h"
#include "notelabel.h"
#include "pagehead.h"
#include "picturecanvas.h"
#include "pictureinfobox.h"
#include "session.h"
#include "theme.h"
#include "thumbnailstore.h"
#include "whenfinished.h"

#include <QAction>
#include <QEvent>
#include <QItemSelectionModel>
#include <QLabel>
#include <QLocale>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>
#include <chrono>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace plantain {

namespace {

constexpr auto aMoment = 400ms; ///< nothing is said about what takes less
constexpr int roomForAll = 560; ///< least width for every button of the head

bool isPicture(const QModelIndex &index)
{
    return !index.data(GalleryRole::File).toString().isEmpty();
}

QString formatName(PictureFormat format)
{
    return format == PictureFormat::WebP ? u"WebP"_s : extensionOf(format).replace("jpg"_L1, "jpeg"_L1).toUpper();
}

} // namespace

PictureViewer::PictureViewer(Session &session, ThumbnailStore &thumbnails, PictureStore &pictures, const Actions &actions,
                             QWidget *parent)
    : QWidget(parent)
    , m_session(session)
    , m_thumbnails(thumbnails)
    , m_pictures(pictures)
    , m_actions(actions)
    , m_canvas(new PictureCanvas(this))
    , m_info(new PictureInfoBox(m_canvas))
    , m_message(new NoteLabel(NoteLabel::Rank::Bad, m_canvas))
    , m_busy(new QLabel(tr("Opening…"), m_canvas))
{
    m_message->setAlignment(Qt::AlignCenter);
    m_busy->setTextFormat(Qt::PlainText);
    m_busy->setAutoFillBackground(true);
    m_busy->setMargin(spacing::related);
    m_busy->hide();
    m_canvas->installEventFilter(this);
    m_patience.setSingleShot(true);
    m_patience.setInterval(aMoment);
    connect(&m_patience, &QTimer::timeout, m_busy, &QWidget::show);

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(0);
    layout->addWidget(buildHead());
    layout->addWidget(m_canvas, 1);
    connect(m_canvas, &PictureCanvas::lookChanged, this, &PictureViewer::refreshZoom);
    connect(m_canvas, &PictureCanvas::previousRequested, this, [this] { step(-1); });
    connect(m_canvas, &PictureCanvas::nextRequested, this, [this] { step(1); });
    connectActions();
    connectStores();
    colour();
}

QWidget *PictureViewer::buildHead()
{
    auto *head = new PageHead(this);
    head->add(m_actions.closePicture);
    head->addGap();
    m_spare.push_back(head->add(m_actions.previousPicture));
    m_spare.push_back(head->add(m_actions.nextPicture));
    m_position = new ElidedLabel(head);
    head->addWidget(m_position);
    head->addStretch();
    head->addMenu(u"edit"_s, tr("Go on from this picture"), tr("Edit it, vary it, or make it larger"), m_actions.goingOn());
    head->addGap();
    m_zoom = head->addZoom(m_actions);
    m_spare.push_back(head->add(m_actions.keepZoom));
    head->addGap();
    m_spare.push_back(head->addMenu(u"backdrop"_s, tr("Behind transparency"), tr("What is shown behind transparent pixels"),
                                    m_actions.backdrops()));
    head->add(m_actions.pictureInfo);
    m_spare.push_back(head->add(m_actions.fullScreen));
    return head;
}

void PictureViewer::connectActions()
{
    const Actions &a = m_actions;
    addActions(a.ofViewer()); // their keys count here alone
    m_canvas->setContextMenuPolicy(Qt::ActionsContextMenu);
    m_canvas->addActions(a.goingOn());
    const auto on = [this](QAction *action, auto handler) { // some are of comparing too
        connect(action, &QAction::triggered, this, [this, handler] {
            if (isVisible())
                handler();
        });
    };
    on(a.closePicture, [this] { Q_EMIT closeRequested(); });
    on(a.previousPicture, [this] { step(-1); });
    on(a.nextPicture, [this] { step(1); });
    on(a.firstPicture, [this] { stepTo(pictureFrom(0, 1)); });
    on(a.lastPicture, [this] {
        if (m_current.isValid())
            stepTo(pictureFrom(m_current.model()->rowCount() - 1, -1));
    });
    connect(a.pictureInfo, &QAction::toggled, this, &PictureViewer::refreshInfo);
    followViewActions(this, m_canvas, a, m_zoom);
    connect(m_zoom, &ZoomBox::fitRequested, this, &PictureViewer::focusPicture);
    connect(m_zoom, &ZoomBox::scaleRequested, this, &PictureViewer::focusPicture);
    // Off while it is hidden: menus show what can be done.
    for (QAction *action : a.ofViewer())
        action->setEnabled(false);
}

void PictureViewer::connectStores()
{
    const auto changed = [this](const QString &key) {
        if (key == m_key)
            showState();
    };
    connect(&m_pictures, &PictureStore::ready, this, changed);
    connect(&m_pictures, &PictureStore::failed, this, changed);
    connect(&m_thumbnails, &ThumbnailStore::ready, this, changed);
}

void PictureViewer::setSelectionModel(QItemSelectionModel *selection)
{
    m_selection = selection;
    connect(selection, &QItemSelectionModel::currentChanged, this, &PictureViewer::follow);
    const QAbstractItemModel *model = selection->model();
    const auto counted = [this] {
        if (!isVisible())
            return;
        if (!m_current.isValid())
            follow(m_selection->currentIndex());
        refreshSteps();
    };
    connect(model, &QAbstractItemModel::rowsInserted, this, counted);
    connect(model, &QAbstractItemModel::rowsRemoved, this, counted);
    connect(model, &QAbstractItemModel::modelReset, this, counted);
    connect(model, &QAbstractItemModel::layoutChanged, this, counted);
    connect(model, &QAbstractItemModel::dataChanged, this, [this](const QModelIndex &from, const QModelIndex &to) {
        if (!isVisible() || !m_current.isValid() || m_current.row() < from.row() || m_current.row() > to.row())
            return;
        if (pictureKeyOf(m_current) != m_key)
            showCurrent(); // the picture has come
        else
            showState();
        refreshSteps();
    });
}

void PictureViewer::focusPicture()
{
    m_canvas->setFocus(Qt::ShortcutFocusReason);
}

QString PictureViewer::message() const
{
    return m_message->isVisible() ? m_message->text() : QString();
}

void PictureViewer::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    for (QAction *action : m_actions.ofViewer())
        action->setEnabled(true);
    m_key.clear();
    follow(m_selection ? m_selection->currentIndex() : QModelIndex());
}

void PictureViewer::hideEvent(QHideEvent *event)
{
    QWidget::hideEvent(event);
    for (QAction *action : m_actions.ofViewer())
        action->setEnabled(false);
    m_patience.stop();
    m_pictures.want(this, {});
    m_thumbnails.want(this, {});
}

void PictureViewer::follow(const QModelIndex &current)
{
    if (!isVisible())
        return;
    m_current = current;
    if (!current.isValid()) {
        Q_EMIT closeRequested();
        return;
    }
    showCurrent();
}

void PictureViewer::showCurrent()
{
    m_key = pictureKeyOf(m_current);
    m_path = m_current.data(GalleryRole::File).toString();
    if (m_pictures.errorOf(m_key))
        m_pictures.forget(m_key); // somebody may have put it back
    m_seed.clear();
    ++m_seedRequest;
    m_canvas->setSubject(m_current.data(GalleryRole::PixelSize).toSize(), m_actions.keepZoom->isChecked());
    askForPictures();
    showState();
    refreshSteps();
}

/// The picture, its stand-in, or why there is neither.
void PictureViewer::showState()
{
    QString message;
    auto rank = NoteLabel::Rank::Bad;
    bool waiting = false;
    if (m_path.isEmpty()) {
        message = m_current.data(GalleryRole::Sentence).toString();
        if (message.isEmpty()) {
            message = m_current.data(GalleryRole::Status).toString();
            rank = NoteLabel::Rank::Muted;
        }
    } else if (const Error *error = m_pictures.errorOf(m_key)) {
        message = errorText(*error, RunState::Done).sentence();
    } else if (SharedPicture picture = m_pictures.picture(m_key)) {
        if (!m_canvas->hasPicture())
            m_canvas->setPicture(std::move(picture));
    } else {
        waiting = true;
        m_canvas->setStandIn(m_thumbnails.thumbnail(m_key, m_path, ThumbnailSize::Large));
    }
    if (!message.isEmpty())
        m_canvas->setStandIn({});
    if (!waiting) {
        m_patience.stop();
        m_busy->hide();
    } else if (!m_patience.isActive() && !m_busy->isVisible()) {
        m_patience.start();
    }
    m_message->setRank(rank);
    m_message->setNote(message);
    place();
    refreshInfo();
}

/// This one, and its neighbours ahead of their time.
void PictureViewer::askForPictures()
{
    if (m_path.isEmpty()) {
        m_pictures.want(this, {});
        return;
    }
    std::vector<PictureRequest> requests { { m_key, m_path, false } };
    std::vector<ThumbnailRequest> thumbnails { { m_key, m_path, ThumbnailSize::Large } };
    for (const int by : { 1, -1 }) {
        const int row = pictureFrom(m_current.row() + by, by);
        if (row < 0)
            continue;
        const QModelIndex index = m_current.model()->index(row, 0);
        const QString path = index.data(GalleryRole::File).toString();
        requests.push_back({ pictureKeyOf(index), path, true });
        thumbnails.push_back({ pictureKeyOf(index), path, ThumbnailSize::Large });
    }
    m_pictures.want(this, requests);
    m_thumbnails.want(this, thumbnails);
}

int PictureViewer::pictureFrom(int row, int by) const
{
    if (!m_current.isValid())
        return -1;
    const QAbstractItemModel *model = m_current.model();
    for (; row >= 0 && row < model->rowCount(); row += by) {
        if (isPicture(model->index(row, 0)))
            return row;
    }
    return -1;
}

void PictureViewer::step(int by)
{
    stepTo(pictureFrom(m_current.row() + by, by));
}

void PictureViewer::stepTo(int row)
{
    if (row >= 0 && m_selection)
        m_selection->setCurrentIndex(m_current.model()->index(row, 0), QItemSelectionModel::ClearAndSelect);
}

void PictureViewer::refreshSteps()
{
    if (!m_current.isValid())
        return;
    m_canvas->setAccessibleName(m_current.data(Qt::AccessibleTextRole).toString());
    const QLocale locale;
    const QString marks = marksText(m_current.data(GalleryRole::Marks).value<Marks>());
    m_position->setText(tr("%1 of %2", "picture number")
                                .arg(locale.toString(m_current.row() + 1), locale.toString(m_current.model()->rowCount()))
                            + (marks.isEmpty() ? QString() : u"  ·  "_s + marks));
    m_actions.previousPicture->setEnabled(pictureFrom(m_current.row() - 1, -1) >= 0);
    m_actions.nextPicture->setEnabled(pictureFrom(m_current.row() + 1, 1) >= 0);
}

void PictureViewer::refreshZoom()
{
    m_zoom->setScale(m_canvas->viewport().scale());
    if (m_info->isVisible())
        refreshInfo();
}

void PictureViewer::refreshInfo()
{
    const bool wanted = m_actions.pictureInfo->isChecked() && !m_path.isEmpty();
    m_info->setVisible(wanted);
    if (!wanted || !m_current.isValid())
        return;
    const SharedPicture picture = m_pictures.picture(m_key);
    const QSize size = picture ? picture->size() : m_current.data(GalleryRole::PixelSize).toSize();
    const QLocale locale;
    QStringList facts { size.isEmpty() ? QString() : u"%1 \u00d7 %2"_s.arg(size.width()).arg(size.height()) };
    if (picture)
        facts << formatName(picture->info.format) << locale.formattedDataSize(picture->info.bytes, 1, QLocale::DataSizeSIFormat);
    if (!m_seed.isEmpty())
        facts << tr("seed %1").arg(m_seed);
    if (const double scale = m_canvas->viewport().scale(); scale > 0)
        facts << percentText(scale);
    m_info->setPrompt(m_current.data(GalleryRole::Prompt).toString());
    m_info->setFacts(facts);
    if (m_seed.isNull())
        loadSeed();
    place();
}

/// The gallery does not know the seed; the record of the run does.
void PictureViewer::loadSeed()
{
    m_seed = u""_s; // asked for
    const int request = ++m_seedRequest;
    whenFinished(m_session.details(m_current.data(GalleryRole::RunId).value<RunId>()), this,
                 [this, request](const Result<RunRecord> &record) {
                     if (request != m_seedRequest || !record)
                         return;
                     const Json input = record->inputAsSent();
                     const auto seed = integerAt(input, "seed");
                     m_seed = seed ? QString::number(*seed) : u""_s;
                     refreshInfo();
                 });
}

bool PictureViewer::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_canvas && event->type() == QEvent::Resize)
        place();
    return QWidget::eventFilter(watched, event);
}

void PictureViewer::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    for (QToolButton *button : m_spare)
        button->setVisible(width() >= roomForAll);
}

void PictureViewer::place()
{
    const QRect all = m_canvas->rect();
    m_info->place(all);
    const int width = std::min(480, all.width() - 2 * spacing::group);
    m_message->resize(width, std::max(m_message->heightForWidth(width), 0));
    m_message->move((all.width() - width) / 2, (all.height() - m_message->height()) / 2);
    m_busy->adjustSize();
    m_busy->move((all.width() - m_busy->width()) / 2, spacing::page);
}

void PictureViewer::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::PaletteChange && !m_colouring)
        colour();
    QWidget::changeEvent(event);
}

void PictureViewer::colour()
{
    m_colouring = true;
    QPalette own;
    own.setColor(QPalette::WindowText, coloursOf(palette()).muted);
    m_position->setPalette(own);
    m_colouring = false;
}

} // namespace plantain
