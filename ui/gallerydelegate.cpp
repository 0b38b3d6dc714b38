#include "gallerydelegate.h"

#include "icons.h"
#include "markpaint.h"
#include "plaintext.h"
#include "runroles.h"
#include "theme.h"
#include "thumbnailstore.h"
#include "wrappedtext.h"

#include <QAbstractItemView>
#include <QApplication>
#include <QDateTime>
#include <QHelpEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QStyleOptionButton>
#include <QToolTip>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace plantain {

namespace {

constexpr int gap = 8; ///< around a tile; the rings lie in it
constexpr int ring = 3;
constexpr qreal radius = 4;
constexpr int iconSize = 24;
constexpr int barHeight = 3;
constexpr int roomForSentences = 132; ///< below this a tile says the state alone
constexpr int buttonHeight = 26;
constexpr qreal rejectedOpacity = 0.35;

QString iconOf(TileState state)
{
    switch (state) {
    case TileState::Uploading:
    case TileState::Sending:
        return u"uploading"_s;
    case TileState::Preparing:
    case TileState::Queued:
        return u"queued"_s;
    case TileState::Running:
        return u"running"_s;
    case TileState::Fetching:
        return u"fetching"_s;
    case TileState::Waiting:
        return u"waiting"_s;
    case TileState::Refused:
        return u"refused"_s;
    case TileState::Failed:
        return u"failed"_s;
    case TileState::Cancelled:
        return u"cancel"_s;
    case TileState::Unknown:
        return u"unknown"_s;
    case TileState::Picture:
    case TileState::Missing:
    case TileState::FileMissing:
    case TileState::FileChanged:
    case TileState::Empty:
        break;
    }
    return u"image"_s;
}

QColor colourOf(TileState state, const QPalette &palette)
{
    const ThemeColours &colours = coloursOf(palette);
    switch (state) {
    case TileState::Refused:
    case TileState::Failed:
    case TileState::Missing:
    case TileState::FileMissing:
        return colours.bad;
    case TileState::FileChanged:
    case TileState::Unknown:
    case TileState::Empty:
    case TileState::Waiting:
        return colours.attention;
    case TileState::Cancelled:
        return colours.muted;
    default:
        return palette.color(QPalette::Text);
    }
}

QColor surfaceOf(const QPalette &palette)
{
    const QColor viewing = coloursOf(palette).viewing;
    return isDark(palette) ? viewing.lighter(125) : viewing.lighter(107);
}

} // namespace

struct GalleryDelegate::Words
{
    QString icon;
    QColor iconColour;
    QString title;
    QString what, next;
};

GalleryDelegate::GalleryDelegate(ThumbnailStore &thumbnails, QObject *parent)
    : QStyledItemDelegate(parent)
    , m_thumbnails(thumbnails)
{
}

QRect GalleryDelegate::tileRect(const QRect &cell)
{
    return cell.adjusted(gap, gap, -gap, -gap);
}

QSize GalleryDelegate::sizeHint(const QStyleOptionViewItem &, const QModelIndex &) const
{
    return m_cell;
}

void GalleryDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const QRect tile = tileRect(option.rect);
    if (tile.isEmpty())
        return;
    painter->save();
    painter->setRenderHints(QPainter::Antialiasing | QPainter::SmoothPixmapTransform);
    const auto state = TileState(index.data(GalleryRole::State).toInt());
    if (state == TileState::Picture)
        paintPicture(painter, tile, option, index);
    else if (isPlaceholder(state))
        paintPlaceholder(painter, tile, option, index);
    else
        paintEnd(painter, tile, option, index);
    if (const QString title = index.data(GalleryRole::GroupTitle).toString(); !title.isEmpty())
        paintGroupTitle(*painter, option.rect, option, title);
    painter->restore();
}

void GalleryDelegate::paintPicture(QPainter *painter, const QRect &tile, const QStyleOptionViewItem &option,
                                   const QModelIndex &index) const
{
    const QString key = index.data(GalleryRole::Sha256).toString();
    const qreal ratio = painter->device()->devicePixelRatio();
    const ThumbnailSize size = thumbnailSizeFor(qRound(std::max(tile.width(), tile.height()) * ratio));
    const QPixmap pixmap = m_thumbnails.thumbnail(key, index.data(GalleryRole::File).toString(), size);
    if (!pixmap.isNull()) {
        QSizeF fitted = QSizeF(pixmap.size()) / ratio;
        const QSize whole = index.data(GalleryRole::PixelSize).toSize();
        // A small picture is shown as large as it is, a thumbnail as large as the tile.
        if (whole.width() > pixmap.width() || fitted.width() > tile.width() || fitted.height() > tile.height())
            fitted.scale(tile.size(), Qt::KeepAspectRatio);
        QRectF target({}, fitted);
        target.moveCenter(QRectF(tile).center());
        const QRect shown = target.toAlignedRect().intersected(tile);
        const auto marks = index.data(GalleryRole::Marks).value<Marks>();
        painter->setOpacity(marks.flag == Flag::Reject ? rejectedOpacity : 1);
        painter->drawPixmap(shown, pixmap);
        painter->setOpacity(1);
        paintMarks(*painter, shown, option, marks, Deviations::fromInt(index.data(GalleryRole::Deviations).toInt()));
        paintRings(painter, shown, option);
        return;
    }
    paintSurface(painter, tile, option.palette);
    if (const Error *error = m_thumbnails.errorOf(key)) {
        paintWords(painter, tile, option,
                   { iconOf(TileState::Missing), colourOf(TileState::Missing, option.palette), tr("Cannot be shown"),
                     error->message, {} });
    }
    paintRings(painter, tile, option);
}

void GalleryDelegate::paintPlaceholder(QPainter *painter, const QRect &tile, const QStyleOptionViewItem &option,
                                       const QModelIndex &index) const
{
    const auto state = TileState(index.data(GalleryRole::State).toInt());
    const auto progress = index.data(GalleryRole::Progress).value<RunProgress>();
    paintSurface(painter, tile, option.palette);
    const QRect button = buttonRect(option, index);
    const QRect area = button.isEmpty() ? tile : tile.adjusted(0, 0, 0, -(buttonHeight + spacing::tight));
    Words words { iconOf(state), colourOf(state, option.palette), index.data(GalleryRole::Status).toString(), {}, {} };
    if (state == TileState::Running && progress.runningSince.isValid())
        words.what = tr("%1, %2").arg(elapsedText(progress.runningSince.secsTo(QDateTime::currentDateTimeUtc())),
                                      timeLeftText(progress, QDateTime::currentDateTimeUtc()));
    paintWords(painter, area, option, words);
    // Quiet until it is meant: what goes well needs no button.
    if (option.state & (QStyle::State_MouseOver | QStyle::State_Selected))
        paintButton(painter, option, index);

    const bool measured = (state == TileState::Fetching || state == TileState::Uploading) && progress.bytesTotal > 0;
    if (measured) {
        QRect track(tile.left() + gap, tile.bottom() - gap - barHeight, tile.width() - 2 * gap, barHeight);
        painter->fillRect(track, option.palette.color(QPalette::Mid));
        const double part = std::clamp(double(progress.bytesDone) / double(progress.bytesTotal), 0.0, 1.0);
        track.setWidth(int(track.width() * part));
        painter->fillRect(track, option.palette.color(QPalette::Text));
    } else if (state == TileState::Running) {
        // No measure: one of three dots is lit, the next one each second. Calm, and alive.
        constexpr int dot = 4, step = 10;
        const bool moves = option.widget && option.widget->style()->styleHint(QStyle::SH_Widget_Animation_Duration) > 0;
        const qint64 seconds = moves ? QDateTime::currentSecsSinceEpoch() : 1;
        painter->setPen(Qt::NoPen);
        for (int number = 0; number < 3; ++number) {
            painter->setBrush(number == seconds % 3 ? option.palette.color(QPalette::Text)
                                                    : coloursOf(option.palette).controlBorder);
            painter->drawEllipse(QRect(tile.center().x() - step - dot / 2 + number * step, tile.bottom() - gap - dot, dot, dot));
        }
    }
    paintRings(painter, tile, option);
}

void GalleryDelegate::paintEnd(QPainter *painter, const QRect &tile, const QStyleOptionViewItem &option,
                               const QModelIndex &index) const
{
    const auto state = TileState(index.data(GalleryRole::State).toInt());
    paintSurface(painter, tile, option.palette, state);
    const QRect button = buttonRect(option, index);
    const QRect area = button.isEmpty() ? tile : tile.adjusted(0, 0, 0, -(buttonHeight + spacing::related));
    paintWords(painter, area, option,
               { iconOf(state), colourOf(state, option.palette), index.data(GalleryRole::Status).toString(),
                 index.data(GalleryRole::What).toString(), index.data(GalleryRole::Next).toString() });
    paintButton(painter, option, index);
    paintRings(painter, tile, option);
}

TileAction GalleryDelegate::wayOutOf(const QModelIndex &index) const
{
    const auto action = TileAction(index.data(GalleryRole::WayOut).toInt());
    return action == TileAction::OpenSettings && !m_settingsOffered ? TileAction::Recall : action;
}

QRect GalleryDelegate::buttonRect(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const TileAction action = wayOutOf(index);
    const QRect tile = tileRect(option.rect);
    if (action == TileAction::None || tile.width() < roomForSentences)
        return {};
    const int wide = option.fontMetrics.horizontalAdvance(textOf(action)) + 2 * spacing::page;
    const int width = std::min(wide, tile.width() - gap);
    // Above the line that says how far it is.
    const int bottom = tile.bottom() - gap - (isPlaceholder(TileState(index.data(GalleryRole::State).toInt())) ? gap : 0);
    return { tile.center().x() - width / 2, bottom - buttonHeight, width, buttonHeight };
}

void GalleryDelegate::paintButton(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const QRect rect = buttonRect(option, index);
    if (rect.isEmpty())
        return;
    const auto *view = qobject_cast<const QAbstractItemView *>(option.widget);
    QStyleOptionButton button;
    if (option.widget)
        button.initFrom(option.widget);
    button.state = QStyle::State_Enabled | QStyle::State_Raised;
    if (view && option.state & QStyle::State_MouseOver && rect.contains(view->viewport()->mapFromGlobal(QCursor::pos()))) {
        button.state |= QStyle::State_MouseOver;
        if (QApplication::mouseButtons() & Qt::LeftButton)
            button.state |= QStyle::State_Sunken;
    }
    button.rect = rect;
    button.text = option.fontMetrics.elidedText(textOf(wayOutOf(index)), Qt::ElideRight, rect.width() - 2 * spacing::tight);
    const QStyle *style = option.widget ? option.widget->style() : QApplication::style();
    style->drawControl(QStyle::CE_PushButton, &button, painter);
}

bool GalleryDelegate::editorEvent(QEvent *event, QAbstractItemModel *, const QStyleOptionViewItem &option,
                                  const QModelIndex &index)
{
    const bool isPress = event->type() == QEvent::MouseButtonPress || event->type() == QEvent::MouseButtonDblClick;
    if (!isPress && event->type() != QEvent::MouseButtonRelease)
        return false;
    const auto *mouse = static_cast<QMouseEvent *>(event);
    if (mouse->button() != Qt::LeftButton || !buttonRect(option, index).contains(mouse->position().toPoint()))
        return false;
    // The second half of a double click would send twice, or meet the tile that came in between.
    if (m_triggered.isValid() && m_triggered.elapsed() < QApplication::doubleClickInterval())
        return true;
    if (isPress) {
        m_pressed = index;
    } else if (std::exchange(m_pressed, QPersistentModelIndex()) == index) {
        m_triggered.start();
        Q_EMIT triggered(index, wayOutOf(index));
    }
    return true;
}

/// A refusal is an answer and looks like one: on a ground of its own.
void GalleryDelegate::paintSurface(QPainter *painter, const QRect &tile, const QPalette &palette, TileState state)
{
    const ThemeColours &colours = coloursOf(palette);
    painter->setPen(state == TileState::Refused ? colours.bad : colours.border);
    painter->setBrush(state == TileState::Refused ? colours.badStrip : surfaceOf(palette));
    painter->drawRoundedRect(QRectF(tile).adjusted(0.5, 0.5, -0.5, -0.5), radius, radius);
}

/// Icon, title, what happened, the way out: one under the other, as far as there is room.
void GalleryDelegate::paintWords(QPainter *painter, const QRect &area, const QStyleOptionViewItem &option,
                                 const Words &words)
{
    const bool roomy = area.width() >= roomForSentences;
    const QRect inner = area.adjusted(gap, gap, -gap, -gap - barHeight);
    QFont bold = option.font;
    bold.setWeight(QFont::DemiBold);
    const int lineHeight = option.fontMetrics.height();
    const int used = iconSize + spacing::tight;
    const WrappedText title(words.title, bold, inner.width(), roomy ? 2 : 3);
    int room = inner.height() - used - title.height() - spacing::tight;
    const int nextLines = words.next.isEmpty() || !roomy ? 0 : std::clamp(room / lineHeight - 3, 0, 4);
    const WrappedText next(words.next, option.font, inner.width(), nextLines);
    room -= next.height() > 0 ? next.height() + spacing::tight : 0;
    const int whatLines = roomy ? room / lineHeight : 0;
    const WrappedText what(words.what, option.font, inner.width(), std::max(whatLines, 0));

    const auto withSpace = [](const WrappedText &text) { return text.height() > 0 ? text.height() + spacing::tight : 0; };
    const int height = used + title.height() + withSpace(what) + withSpace(next);
    int y = inner.top() + std::max(0, (inner.height() - height) / 2);
    painter->drawPixmap(inner.center().x() - iconSize / 2, y,
                        pixmapOfIcon(words.icon, iconSize, painter->device()->devicePixelRatio(), words.iconColour));
    y += used;
    painter->setPen(words.iconColour);
    title.draw(painter, { inner.left(), y });
    y += title.height() + spacing::tight;
    painter->setPen(option.palette.color(QPalette::Text));
    what.draw(painter, { inner.left(), y });
    y += withSpace(what);
    painter->setPen(coloursOf(option.palette).muted);
    next.draw(painter, { inner.left(), y });
}

/// Selected: a band in the accent colour around the picture. Has the keyboard: a thin line outside of it.
void GalleryDelegate::paintRings(QPainter *painter, const QRect &picture, const QStyleOptionViewItem &option)
{
    const ThemeColours &colours = coloursOf(option.palette);
    painter->setBrush(Qt::NoBrush);
    const auto outline = [painter, &picture](const QColor &colour, qreal width, qreal distance) {
        painter->setPen(QPen(colour, width));
        const qreal out = distance + width / 2;
        painter->drawRoundedRect(QRectF(picture).adjusted(-out, -out, out, out), radius, radius);
    };
    const auto *view = qobject_cast<const QAbstractItemView *>(option.widget);
    if (option.state & QStyle::State_Selected) {
        outline(colours.accent, ring, 1);
        outline(colours.focus, 1, 1 + ring); // the accent alone has little contrast on the light surface
    } else if (option.state & QStyle::State_MouseOver) {
        outline(colours.controlBorder, 1, 1);
    }
    if (view && view->hasFocus() && option.state & QStyle::State_HasFocus)
        outline(option.palette.color(QPalette::Text), 1, 2 + ring);
}

bool GalleryDelegate::helpEvent(QHelpEvent *event, QAbstractItemView *view, const QStyleOptionViewItem &,
                                const QModelIndex &index)
{
    if (event->type() != QEvent::ToolTip || !index.isValid())
        return false;
    const QString sentence = index.data(GalleryRole::Sentence).toString();
    const QString prompt = index.data(GalleryRole::Prompt).toString();
    const QString said
        = sentencesOf(index.data(GalleryRole::Marks).value<Marks>(), index.data(GalleryRole::DeviationText).toString()).trimmed();
    QStringList parts { prompt, sentence, said };
    parts.removeAll(QString());
    const QString text = parts.join(u'\n');
    QToolTip::showText(event->globalPos(), plainToolTip(text), view->viewport(), view->visualRect(index));
    return true;
}

} // namespace plantain
