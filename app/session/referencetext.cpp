#include "referencetext.h"

#include "parametertext.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QLocale>

using namespace Qt::StringLiterals;

namespace plantain {

namespace {

QString tr(const char *text, const char *meaning = nullptr)
{
    return QCoreApplication::translate("Reference", text, meaning);
}

QString bytesText(qint64 bytes, int digits = 1)
{
    return QLocale().formattedDataSize(bytes, digits, QLocale::DataSizeTraditionalFormat);
}

QString sizeText(QSize size, qint64 bytes)
{
    QStringList parts;
    if (!size.isEmpty())
        parts.append(tr("%1 × %2").arg(size.width()).arg(size.height()));
    if (bytes > 0)
        parts.append(bytesText(bytes));
    return parts.join(u", "_s);
}

} // namespace

QString textOf(ReferencePart part)
{
    switch (part) {
    case ReferencePart::None:
        return tr("No label");
    case ReferencePart::Person:
        return tr("Person");
    case ReferencePart::Product:
        return tr("Product");
    case ReferencePart::Style:
        return tr("Style");
    case ReferencePart::Background:
        return tr("Background");
    case ReferencePart::Layout:
        return tr("Layout");
    }
    return {};
}

Error invalidReference(const QString &type, const QString &message)
{
    return { .kind = ErrorKind::InvalidInput, .type = type, .message = message };
}

QString folderNames(const QStringList &folders)
{
    const QString first = QFileInfo(folders.value(0)).fileName();
    const QString name = (first.isEmpty() ? folders.value(0) : first).left(80).simplified();
    return folders.size() > 1 ? tr("“%1” and %2 more").arg(name).arg(folders.size() - 1) : tr("“%1”").arg(name);
}

QString withSource(const QString &sentence, const QString &source)
{
    return source.isEmpty() ? sentence : sentence + u" ("_s + source + u')';
}

QString tooLargeText(const QString &name, const FileLimit &limit)
{
    return withSource(tr("%1 is larger than %2.").arg(name, bytesText(limit.bytes)), limit.source);
}

QString detailText(const Reference &reference)
{
    if (!reference.url.isEmpty())
        return reference.url.host();
    const QString whole = sizeText(reference.size, reference.bytes);
    if (!reference.isScaledDown() || !reference.smaller)
        return whole;
    return tr("%1 → %2", "before and after").arg(whole, sizeText(reference.smaller->size, reference.smaller->bytes));
}

QString fateText(const Reference &reference)
{
    if (!reference.url.isEmpty() && !reference.isOnTheWeb())
        return tr("sent inside the input");
    if (!reference.url.isEmpty())
        return tr("the server fetches it from %1").arg(reference.url.host());
    if (!reference.treatment || reference.error)
        return {};
    const ReferenceTreatment &treatment = *reference.treatment;
    QStringList words;
    if (reference.isScaledDown())
        words.append(tr("scaled down"));
    if (treatment.turnsUpright)
        words.append(tr("turned upright"));
    if (treatment.convertsCmyk)
        words.append(tr("CMYK made RGB, without its colour profile"));
    if (treatment.reducesDepth)
        words.append(tr("16 bits a channel made 8"));
    if (treatment.stripsMetadata && !reference.sendsMetadata())
        words.append(tr("without its metadata"));
    if (words.isEmpty())
        words.append(reference.sendsMetadata() ? tr("sent with its metadata") : tr("sent as it is"));
    if (treatment.keepsProfile)
        words.append(tr("colour profile kept"));
    return words.join(u", "_s);
}

QString fetchText(const QUrl &url)
{
    return tr("Fetch it from %1").arg(url.host());
}

QString metadataOfferText(const Reference &reference)
{
    if (reference.error || !reference.treatment || !reference.treatment->mayKeepMetadata() || reference.isScaledDown())
        return {};
    return reference.keepsMetadata ? tr("Send without its metadata") : tr("Send with its metadata: place, camera, text");
}

QString scaleOfferText(const Reference &reference)
{
    if (reference.isScaledDown())
        return tr("Send in full size: %1").arg(sizeText(reference.size, reference.bytes));
    if (!reference.smaller)
        return {};
    return tr("Scale down from %1 to %2")
        .arg(sizeText(reference.size, reference.bytes), sizeText(reference.smaller->size, reference.smaller->bytes));
}

QString accessibleText(const Reference &reference, int number, const std::optional<Error> &error)
{
    QStringList parts { tr("%1: %2").arg(number).arg(reference.name) };
    if (reference.part != ReferencePart::None)
        parts.append(textOf(reference.part));
    parts.append(detailText(reference));
    parts.append(fateText(reference));
    if (error)
        parts.append(sentenceAtField(*error));
    parts.removeAll(QString());
    return parts.join(u", "_s);
}

QString peopleHint(qint64 people, const Endpoint &endpoint)
{
    if (endpoint.consistentPeople <= 0 || people <= endpoint.consistentPeople)
        return {};
    return withSource(tr("People marked: %1. Faces stay the same for up to %2.").arg(people).arg(endpoint.consistentPeople),
                      endpoint.consistentPeopleSource);
}

} // namespace plantain
