#include "lineagetext.h"

#include "endpointcatalog.h"
#include "goingon.h"
#include "runroles.h"
#include "worddiff.h"

#include <QCoreApplication>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace plantain {

namespace {

constexpr qsizetype longestPrompt = 60;

QString tr(const char *text)
{
    return QCoreApplication::translate("Lineage", text);
}

QString shortened(const QString &text)
{
    const QString line = text.simplified();
    return line.size() > longestPrompt ? line.left(longestPrompt) + u'…' : line;
}

/// Each piece that only this text has with its sign.
QStringList changedWords(const QString &text, const std::vector<DiffSpan> &spans, const QString &sign)
{
    QStringList words;
    for (const QString &piece : changedPieces(text, spans))
        words.append(sign + u'“' + piece + u'”');
    return words;
}

QString promptChange(const QString &before, const QString &after)
{
    const WordDiff diff = wordDiff(before, after);
    const auto isKept = [](const DiffSpan &span) { return span.kind != DiffSpan::Kind::Changed; };
    if (std::ranges::none_of(diff.second, isKept))
        return tr("Prompt anew: %1").arg(after.simplified());
    const QStringList words = changedWords(before, diff.first, u"−"_s) + changedWords(after, diff.second, u"+"_s);
    return words.isEmpty() ? tr("Prompt in another order: %1").arg(after.simplified()) : tr("Prompt: %1").arg(words.join(u' '));
}

QString nameOf(const ReferenceRecord &reference)
{
    return reference.originalName.isEmpty() ? reference.url.toDisplayString() : reference.originalName;
}

/// Those of `these` that the others have not.
QStringList referencesOnlyIn(const std::vector<ReferenceRecord> &these, const std::vector<ReferenceRecord> &others, const QString &sign)
{
    QStringList names;
    for (const ReferenceRecord &reference : these) {
        const auto isSame = [&reference](const ReferenceRecord &other) {
            return reference.sha256.isEmpty() ? other.url == reference.url : other.sha256 == reference.sha256;
        };
        if (std::ranges::none_of(others, isSame))
            names.append(sign + nameOf(reference));
    }
    return names;
}

/// Without what has a line of its own.
Json parametersOf(const RunRecord &record)
{
    Json input = record.input.is_object() ? record.input : Json::object();
    input.erase("prompt");
    for (const ReferenceRecord &reference : record.references)
        input.erase(reference.field.toStdString());
    return input;
}

} // namespace

QString lineageStepText(const Lineage &lineage, const LineageRun &run)
{
    if (run.parents.empty())
        return tr("The beginning");
    const LineageLink &link = run.parents.front();
    const QString picture = lineage.runs[link.parent].record.images.size() > 1 ? tr("picture %1").arg(link.image + 1) : tr("the picture");
    switch (link.step) {
    case OriginStep::Edit:
        return tr("Edit of %1").arg(picture);
    case OriginStep::Vary:
        return tr("Variation of %1").arg(picture);
    case OriginStep::Promote:
        return tr("Larger from %1").arg(picture);
    case OriginStep::Recall:
        return tr("From the input of %1").arg(picture);
    case OriginStep::Reference:
        break;
    }
    return tr("With %1 as reference").arg(picture);
}

QStringList lineageChanges(const RunRecord &before, const RunRecord &after, const EndpointCatalog &catalog)
{
    QStringList lines;
    const Endpoint *endpoint = catalog.find(after.endpoint);
    if (before.endpoint != after.endpoint) {
        const auto titleOf = [&catalog](const EndpointId &id) {
            const Endpoint *known = catalog.find(id);
            return known ? known->title : id.text;
        };
        lines.append(tr("Endpoint: %1 → %2").arg(titleOf(before.endpoint), titleOf(after.endpoint)));
    }
    if (before.prompt() != after.prompt())
        lines.append(promptChange(before.prompt(), after.prompt()));
    const QStringList references = referencesOnlyIn(before.references, after.references, u"−"_s)
        + referencesOnlyIn(after.references, before.references, u"+"_s);
    if (!references.isEmpty())
        lines.append(tr("References: %1").arg(references.join(u", "_s)));
    else if (before.references.size() == after.references.size()
             && !std::ranges::equal(before.references, after.references, {}, &ReferenceRecord::sha256, &ReferenceRecord::sha256))
        lines.append(tr("References in another order"));
    return lines + differencesOf(parametersOf(before), parametersOf(after), endpoint);
}

QString alsoGivenText(const Lineage &lineage, const LineageRun &run)
{
    QStringList given;
    for (size_t link = 1; link < run.parents.size(); ++link) {
        const RunRecord &from = lineage.runs[run.parents[link].parent].record;
        given.append(tr("picture %1 of “%2”").arg(run.parents[link].image + 1).arg(shortened(from.prompt())));
    }
    return given.isEmpty() ? QString() : tr("Also given: %1").arg(given.join(u", "_s));
}

QString lineageSumText(const Lineage &lineage, const std::vector<size_t> &places)
{
    QStringList sums;
    for (const Price &price : sumOf(lineage, places))
        sums.append(priceText(price));
    const auto isUnknown = [&lineage](size_t place) { return !lineage.runs[place].record.price; };
    if (std::ranges::any_of(places, isUnknown))
        sums.append(tr("some not known"));
    return sums.join(tr(" and "));
}

} // namespace plantain
