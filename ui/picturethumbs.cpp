#include "picturethumbs.h"

#include "explain.h"
#include "reference.h"
#include "referencetext.h"
#include "session.h"
#include "theme.h"

#include <QEvent>
#include <QPainter>
#include <QToolButton>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace plantain {

namespace {

constexpr int side = 56; ///< of a picture, in pixels
constexpr int cell = side + spacing::related;

} // namespace

PictureThumbs::PictureThumbs(ThumbnailStore &thumbnails, QWidget *parent)
    : QWidget(parent)
    , m_thumbnails(thumbnails)
{
    connect(&thumbnails, &ThumbnailStore::ready, this, &PictureThumbs::paintIcons);
}

void PictureThumbs::setEntries(const std::vector<Entry> &entries)
{
    if (entries == m_entries)
        return;
    m_entries = entries;
    while (m_buttons.size() < entries.size()) {
        auto *button = new QToolButton(this);
        button->setAutoRaise(true);
        button->setIconSize({ side, side });
        button->setFixedSize(cell, cell);
        connect(button, &QToolButton::clicked, this, [this, number = m_buttons.size()] {
            if (number < m_entries.size() && !m_entries[number].file.isEmpty())
                Q_EMIT pressed(int(number), m_entries[number].file);
        });
        m_buttons.push_back(button);
    }
    std::vector<ThumbnailRequest> wanted;
    for (size_t number = 0; number < m_buttons.size(); ++number) {
        QToolButton *button = m_buttons[number];
        button->setVisible(number < entries.size());
        if (number >= entries.size())
            continue;
        const Entry &entry = entries[number];
        button->setAccessibleName(entry.name);
        explain(button, entry.name);
        if (!entry.file.isEmpty())
            wanted.push_back({ entry.sha256, entry.file, ThumbnailSize::Small });
    }
    m_thumbnails.want(this, wanted);
    place();
    paintIcons();
}

void PictureThumbs::paintIcons()
{
    for (size_t number = 0; number < m_entries.size(); ++number)
        m_buttons[number]->setIcon(iconOf(int(number)));
}

QIcon PictureThumbs::iconOf(int number) const
{
    const Entry &entry = m_entries[size_t(number)];
    const ThemeColours &colours = coloursOf(palette());
    QPixmap canvas(QSize(side, side) * devicePixelRatioF());
    canvas.setDevicePixelRatio(devicePixelRatioF());
    canvas.fill(colours.viewing);
    QPainter painter(&canvas);
    painter.setRenderHint(QPainter::SmoothPixmapTransform);
    const QPixmap picture = entry.file.isEmpty() ? QPixmap()
                                                 : m_thumbnails.thumbnail(entry.sha256, entry.file, ThumbnailSize::Small);
    if (!picture.isNull()) {
        QRect target({}, picture.size().scaled(side, side, Qt::KeepAspectRatio));
        target.moveCenter(QRect(0, 0, side, side).center());
        painter.drawPixmap(target, picture);
    }
    const QString text = QString::number(number + 1);
    const QRect badge(0, 0, std::max(16, painter.fontMetrics().horizontalAdvance(text) + 8), 16);
    painter.fillRect(badge, palette().color(QPalette::Window));
    painter.setPen(palette().color(QPalette::WindowText));
    painter.drawText(badge, Qt::AlignCenter, text);
    painter.end();
    return QIcon(canvas);
}

void PictureThumbs::resizeEvent(QResizeEvent *)
{
    place();
}

void PictureThumbs::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::PaletteChange)
        paintIcons();
    QWidget::changeEvent(event);
}

void PictureThumbs::place()
{
    const int columns = std::max(1, width() / cell);
    for (size_t number = 0; number < m_entries.size(); ++number)
        m_buttons[number]->move(int(number) % columns * cell, int(number) / columns * cell);
    const int rows = (int(m_entries.size()) + columns - 1) / columns;
    setFixedHeight(rows * cell);
}

std::vector<PictureThumbs::Entry> referenceEntries(const RunRecord &record, const Session &session)
{
    std::vector<PictureThumbs::Entry> entries;
    for (const ReferenceRecord &reference : record.references) {
        QString name = reference.originalName.isEmpty() ? reference.url.toDisplayString() : reference.originalName;
        if (const ReferencePart part = referencePartOf(reference.part); part != ReferencePart::None)
            name = PictureThumbs::tr("%1 (%2)", "a picture and what it is there for").arg(name, textOf(part));
        entries.push_back({ .name = PictureThumbs::tr("Reference %1: %2").arg(entries.size() + 1).arg(name),
                            .sha256 = reference.sha256,
                            .file = session.fileOf(reference) });
    }
    return entries;
}

} // namespace plantain
