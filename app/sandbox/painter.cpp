#include "painter.h"

#include "composition.h"
#include "lettering.h"
#include "paintrandom.h"
#include "quotedtext.h"

#include <QBuffer>
#include <QImageWriter>
#include <QPainter>

#include <cmath>

using namespace Qt::StringLiterals;

namespace plantain {

namespace {

/// Lengths that follow from the picture's size alone.
struct Sheet
{
    explicit Sheet(const QSize &pixels)
        : size(pixels)
        , side(std::min(size.width(), size.height()))
        , margin(side * 0.04)
        , smallType(std::max(8.0, std::sqrt(size.width() * size.height()) * 0.019))
    {
        smallType = std::min(smallType, side * 0.07);
    }
    QSizeF size;
    double side, margin, smallType;
};

void paintMark(QPainter &painter, const Sheet &sheet, const PaintPalette &palette)
{
    const QFont font = letteringFont(sheet.smallType * 0.8, true);
    const QString text = u"SANDBOX"_s;
    const QSizeF inner = textSize(text, font);
    const double pad = sheet.smallType * 0.5;
    const QRectF pill(sheet.size.width() - sheet.margin - inner.width() - 2 * pad, sheet.margin, inner.width() + 2 * pad,
                      inner.height() + pad);
    painter.setPen(Qt::NoPen);
    painter.setBrush(QColor(palette.dark.red(), palette.dark.green(), palette.dark.blue(), 190));
    painter.drawRoundedRect(pill, pill.height() / 2, pill.height() / 2);
    painter.setPen(palette.paper);
    painter.setFont(font);
    painter.drawText(pill, Qt::AlignCenter, text);
}

/// The prompt's first words along the lower edge; gives the height that is left above.
double paintCaption(QPainter &painter, const Sheet &sheet, const PaintPalette &palette, const QString &prompt)
{
    const QFont font = letteringFont(sheet.smallType, false);
    const double width = sheet.size.width() - 2 * sheet.margin;
    const int maxLines = sheet.size.height() > 2 * sheet.size.width() ? 5 : 2;
    const QStringList lines = wrappedLines(prompt.simplified(), font, width, maxLines);
    if (lines.isEmpty())
        return sheet.size.height() - sheet.margin;
    const double lineHeight = sheet.smallType * 1.35;
    const double height = lineHeight * double(lines.size()) + sheet.smallType;
    const QRectF strip(0, sheet.size.height() - height, sheet.size.width(), height);
    painter.fillRect(strip, QColor(palette.dark.red(), palette.dark.green(), palette.dark.blue(), 200));
    painter.setPen(palette.paper);
    painter.setFont(font);
    for (qsizetype line = 0; line < lines.size(); ++line) {
        const QRectF box(sheet.margin, strip.top() + sheet.smallType / 2 + lineHeight * double(line), width, lineHeight);
        painter.drawText(box, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine, lines.at(line));
    }
    return strip.top() - sheet.margin * 0.5;
}

void paintReference(QPainter &painter, const QRectF &cell, const QImage &reference, int number, const PaintPalette &palette)
{
    const QSize pixels = cell.size().toSize();
    const QImage scaled = reference.scaled(pixels, Qt::KeepAspectRatioByExpanding, Qt::SmoothTransformation);
    const QImage cut = scaled.copy((scaled.width() - pixels.width()) / 2, (scaled.height() - pixels.height()) / 2,
                                   pixels.width(), pixels.height());
    painter.save();
    painter.translate(cell.topLeft());
    QPen frame(palette.paper);
    frame.setWidthF(cell.width() * 0.025);
    painter.setPen(frame);
    painter.setBrush(QBrush(cut));
    const double corner = cell.width() * 0.08;
    painter.drawRoundedRect(QRectF(QPointF(), cell.size()), corner, corner);
    const double radius = cell.width() * 0.15;
    const QPointF centre(radius * 1.2, radius * 1.2);
    painter.setPen(Qt::NoPen);
    painter.setBrush(palette.accent);
    painter.drawEllipse(centre, radius, radius);
    painter.setPen(QColor(20, 20, 20));
    painter.setFont(letteringFont(radius * 1.15, true));
    painter.drawText(QRectF(centre.x() - radius, centre.y() - radius, 2 * radius, 2 * radius), Qt::AlignCenter,
                     QString::number(number));
    painter.restore();
}

/// The references in rows that end at `bottom`; gives the height that is left above.
double paintReferences(QPainter &painter, const Sheet &sheet, const PaintPalette &palette, const std::vector<QImage> &references,
                       double bottom)
{
    const int count = int(references.size());
    if (count == 0)
        return bottom;
    const double gap = sheet.side * 0.02;
    const double width = sheet.size.width() - 2 * sheet.margin;
    const double cell = std::max(8.0, std::floor(sheet.side * (count <= 3 ? 0.3 : count <= 7 ? 0.22 : 0.17)));
    const int columns = std::max(1, std::min(count, int((width + gap) / (cell + gap))));
    const int rows = (count + columns - 1) / columns;
    const double top = bottom - rows * (cell + gap);
    for (int index = 0; index < count; ++index) {
        const QRectF place(std::floor(sheet.margin + index % columns * (cell + gap)),
                           std::floor(top + index / columns * (cell + gap)), cell, cell);
        paintReference(painter, place, references[size_t(index)], index + 1, palette);
    }
    return top - gap;
}

void paintWords(QPainter &painter, const Sheet &sheet, const PaintPalette &palette, const QStringList &words, double bottom)
{
    const double top = sheet.margin * 1.5 + sheet.smallType * 1.6;
    const double pad = sheet.side * 0.05;
    const QRectF area(sheet.margin + pad, top + pad, sheet.size.width() - 2 * (sheet.margin + pad), bottom - top - 2 * pad);
    if (area.width() < 8 || area.height() < 8)
        return;
    const Lettering lettering = fitLettering(words, area.size(), sheet.side * 0.2);
    const QPointF centre = area.center();
    const QRectF block(centre.x() - lettering.size.width() / 2, centre.y() - lettering.size.height() / 2,
                       lettering.size.width(), lettering.size.height());
    painter.setPen(Qt::NoPen);
    painter.setBrush(QColor(palette.paper.red(), palette.paper.green(), palette.paper.blue(), 238));
    painter.drawRoundedRect(block.adjusted(-pad, -pad * 0.8, pad, pad * 0.8), pad * 0.5, pad * 0.5);
    painter.setPen(palette.dark);
    painter.setFont(lettering.font);
    for (qsizetype line = 0; line < lettering.lines.size(); ++line) {
        const QRectF box(block.left() - pad, block.top() + lettering.tops[size_t(line)], block.width() + 2 * pad,
                         lettering.lineHeight);
        painter.drawText(box, Qt::AlignCenter | Qt::TextSingleLine, lettering.lines.at(line));
    }
}

} // namespace

PaintedPicture paintPicture(const Painting &painting)
{
    QImage image(painting.size, QImage::Format_RGB32);
    if (painting.blank) {
        image.fill(QColor(128, 128, 128));
        return { std::move(image), u"nothing but grey"_s };
    }
    PaintRandom random = PaintRandom::of(QByteArray::number(painting.seed) + '\n' + QByteArray::number(painting.index) + '\n'
                                         + painting.prompt.toUtf8());
    const PaintPalette palette = choosePalette(random);
    const Sheet sheet(painting.size);
    QPainter painter(&image);
    const QString motif = paintComposition(painter, sheet.size, palette, random);
    double bottom = paintCaption(painter, sheet, palette, painting.prompt);
    bottom = paintReferences(painter, sheet, palette, painting.references, bottom);
    const QStringList words = quotedStrings(painting.prompt);
    if (!words.isEmpty())
        paintWords(painter, sheet, palette, words, bottom);
    paintMark(painter, sheet, palette);
    painter.end();
    return { std::move(image), motif + u" in "_s + palette.name };
}

QByteArray encodePicture(const QImage &image, const QString &format)
{
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    QImageWriter writer(&buffer, format.toLatin1());
    if (format == u"png"_s)
        writer.setCompression(15); // of 100: zlib level 1
    else
        writer.setQuality(90);
    return writer.write(image) ? bytes : QByteArray();
}

} // namespace plantain
