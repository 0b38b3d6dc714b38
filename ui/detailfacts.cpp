#include "detailfacts.h"

#include "runroles.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace plantain {

namespace {

constexpr qsizetype longestValue = 4000;

QString tr(const char *text)
{
    return QCoreApplication::translate("Details", text);
}

QString timeText(const QDateTime &time)
{
    return time.isValid() ? time.toLocalTime().toString(u"yyyy-MM-dd HH:mm:ss"_s) : QString();
}

QString between(const QDateTime &from, const QDateTime &to)
{
    return from.isValid() && to.isValid() ? elapsedText(from.secsTo(to)) : QString();
}

QString valueText(const Json &value)
{
    const QString text = toQString(value);
    return text.size() > longestValue ? text.left(longestValue) + QChar(0x2026) : text;
}

QString sizeText(QSize size)
{
    return size.isEmpty() ? QString() : u"%1 \u00d7 %2"_s.arg(size.width()).arg(size.height());
}

/// "1:1, 1K": the parameters that decide the pixels, as asked.
QString askedSize(const Json &input)
{
    QStringList parts { stringAt(input, "aspect_ratio"), stringAt(input, "resolution") };
    parts.removeAll(QString());
    return parts.join(u", "_s);
}

} // namespace

std::vector<Fact> parameterFacts(const RunRecord &record)
{
    std::vector<Fact> facts;
    const Json input = record.inputAsSent();
    if (!input.is_object())
        return facts;
    for (const auto &[key, value] : input.items()) {
        const QString name = QString::fromStdString(key);
        const bool isReferences = std::any_of(record.references.begin(), record.references.end(),
                                              [&name](const ReferenceRecord &reference) { return reference.field == name; });
        if (name == "prompt"_L1 || isReferences)
            continue;
        const bool drawn = record.seedDrawn && name == "seed"_L1;
        facts.push_back({ name, drawn ? tr("%1 (drawn by Plantain)").arg(valueText(value)) : valueText(value) });
    }
    QStringList references;
    for (const ReferenceRecord &reference : record.references)
        references << (reference.originalName.isEmpty() ? reference.url.toDisplayString() : reference.originalName);
    if (!references.isEmpty())
        facts.push_back({ tr("references"), references.join(u'\n') });
    return facts;
}

std::vector<Fact> runFacts(const RunRecord &record, int imageIndex)
{
    std::vector<Fact> facts;
    const auto add = [&facts](const QString &name, const QString &value) {
        if (!value.isEmpty())
            facts.push_back({ name, value });
    };
    const auto there = std::count_if(record.images.begin(), record.images.end(),
                                     [](const ImageRecord &image) { return !image.file.isEmpty(); });
    add(tr("Images"), tr("%1 of %2 asked for").arg(there).arg(record.imagesAsked()));
    add(tr("Size asked for"), askedSize(record.inputAsSent()));
    if (const ImageRecord *image = imageOf(record, imageIndex); image && !image->file.isEmpty()) {
        add(tr("Size delivered"), sizeText(image->size));
        add(tr("File"), u"%1, %2"_s.arg(image->contentType, QLocale().formattedDataSize(image->bytes)));
    }
    add(tr("Price"), record.price ? priceText(record.price) : tr("not known"));
    add(tr("Endpoint"), record.endpoint.text);
    add(tr("Server"), record.server);
    add(tr("Request id"), record.requestId);
    add(tr("Started"), timeText(record.createdAt));
    add(tr("Ended"), timeText(record.endedAt));
    add(tr("Took"), between(record.createdAt, record.endedAt));
    add(tr("In the queue"), between(record.acceptedAt, record.startedAt));
    if (record.inferenceSeconds)
        add(tr("Model time"), tr("%1 s").arg(QLocale::c().toString(*record.inferenceSeconds, 'f', 1)));
    add(tr("Notes"), record.warnings.join(u'\n'));
    return facts;
}

const ImageRecord *imageOf(const RunRecord &record, int imageIndex)
{
    const auto found = std::find_if(record.images.begin(), record.images.end(),
                                    [imageIndex](const ImageRecord &image) { return image.index == imageIndex; });
    return found == record.images.end() ? nullptr : &*found;
}

} // namespace plantain
