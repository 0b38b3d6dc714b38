#include "detailfacts.h"

#include "gallerymodel.h"
#include "runroles.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace plantain {

namespace {

constexpr qsizetype longestValue = 4000;
constexpr qsizetype longestPrompt = 80; ///< that only names a picture

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

/// Empty when it was left to the model.
QSize askedPixels(const Json &input, const ImageSizes &sizes)
{
    // Endpoints without a resolution make 1K, and those that have one too unless told otherwise.
    return sizes.find(stringAt(input, "aspect_ratio"), stringAt(input, "resolution", u"1K"_s));
}

/// "1:1, 1K, 1024 × 1024": the parameters that decide the pixels, as asked.
QString askedSize(const Json &input, const ImageSizes &sizes)
{
    QStringList parts { stringAt(input, "aspect_ratio"), stringAt(input, "resolution"),
                        sizeText(askedPixels(input, sizes)) };
    parts.removeAll(QString());
    return parts.join(u", "_s);
}

/// "image/jpeg" -> "jpeg", the word that is asked with.
QString formatOf(const QString &contentType)
{
    return contentType.section(u'/', 1).section(u';', 0, 0).toLower();
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
    return facts;
}

std::vector<Fact> runFacts(const RunRecord &record, int imageIndex, const ImageSizes &sizes, const QString &sameAs)
{
    std::vector<Fact> facts;
    const auto add = [&facts](const QString &name, const QString &value, bool isMarked = false) {
        if (!value.isEmpty())
            facts.push_back({ .name = name, .value = value, .isMarked = isMarked });
    };
    const auto there = std::count_if(record.images.begin(), record.images.end(),
                                     [](const ImageRecord &image) { return !image.file.isEmpty(); });
    add(tr("Images"), tr("%1 of %2 asked for").arg(there).arg(record.imagesAsked()),
        isFinal(record.state) && there > 0 && there != record.imagesAsked());
    const Json input = record.inputAsSent();
    const QString askedFormat = stringAt(input, "output_format").toLower();
    add(tr("Size asked for"), askedSize(input, sizes));
    add(tr("Format asked for"), askedFormat);
    if (const ImageRecord *image = imageOf(record, imageIndex); image && !image->file.isEmpty()) {
        const QSize asked = askedPixels(input, sizes);
        const bool otherSize = !asked.isEmpty() && !image->size.isEmpty() && !ImageSizes::isNear(image->size, asked);
        add(tr("Size delivered"), otherSize ? tr("%1, not as asked for").arg(sizeText(image->size)) : sizeText(image->size), otherSize);
        const QString format = formatOf(image->contentType);
        const bool otherFormat = !askedFormat.isEmpty() && !format.isEmpty() && format != askedFormat;
        const QString file = u"%1, %2"_s.arg(image->contentType, QLocale().formattedDataSize(image->bytes));
        add(tr("File"), otherFormat ? tr("%1, not as asked for").arg(file) : file, otherFormat);
    }
    if (const ImageRecord *image = imageOf(record, imageIndex)) {
        // Size, ratio, format and count stand above with their numbers.
        const bool isDuplicate = image->deviations.testFlag(Deviation::Duplicate) && !sameAs.isEmpty();
        const Deviations rest = image->deviations & (isDuplicate ? Deviation::Blank : Deviation::Blank | Deviation::Duplicate);
        add(tr("Content"), textOf(rest), true);
        if (isDuplicate)
            add(tr("Same file as"), sameAs, true);
        QStringList texts;
        for (const TextReading &reading : image->marks.readings)
            texts << tr("“%1”: %2").arg(reading.text, textOf(reading.reading));
        add(tr("Texts"), texts.join(u'\n'));
    }
    add(tr("Price"), record.price ? priceText(record.price) : tr("not known"));
    add(tr("Endpoint"), record.endpoint.text);
    add(tr("Server"), record.server);
    add(tr("Request id"), record.requestId);
    if (!record.requestId.isEmpty())
        facts.back().isCopyable = true;
    add(tr("Started"), timeText(record.createdAt));
    add(tr("Ended"), timeText(record.endedAt));
    add(tr("Took"), between(record.createdAt, record.endedAt));
    add(tr("In the queue"), between(record.acceptedAt, record.startedAt));
    if (record.inferenceSeconds)
        add(tr("Model time"), tr("%1 s").arg(QLocale::c().toString(*record.inferenceSeconds, 'f', 1)));
    add(tr("Notes"), record.warnings.join(u'\n'));
    return facts;
}

QString sameAsText(const RunRecord &record, int imageIndex, const GalleryModel &gallery)
{
    const ImageRecord *image = imageOf(record, imageIndex);
    if (!image || !image->deviations.testFlag(Deviation::Duplicate))
        return {};
    const PictureId &first = image->sameAs;
    if (first.run == record.id)
        return tr("picture %1 of this run").arg(first.index + 1);
    const QModelIndex tile = gallery.index(gallery.rowOf(first.run, first.index));
    if (!tile.isValid())
        return tr("a picture that was there before");
    const QString prompt = tile.data(GalleryRole::Prompt).toString().simplified();
    return tr("picture %1 of “%2”, %3")
        .arg(QString::number(first.index + 1), prompt.size() > longestPrompt ? prompt.left(longestPrompt) + u'…' : prompt,
             timeText(tile.data(GalleryRole::CreatedAt).toDateTime()));
}

const ImageRecord *imageOf(const RunRecord &record, int imageIndex)
{
    const auto found = std::find_if(record.images.begin(), record.images.end(),
                                    [imageIndex](const ImageRecord &image) { return image.index == imageIndex; });
    return found == record.images.end() ? nullptr : &*found;
}

} // namespace plantain
