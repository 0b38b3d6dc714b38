#include "rundifference.h"

#include "runroles.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace plantain {

namespace {

constexpr qsizetype longestValue = 400;

QString tr(const char *text)
{
    return QCoreApplication::translate("WhatDiffers", text);
}

bool isComparedElsewhere(const std::vector<ComparedPicture> &pictures, const QString &name)
{
    if (name == "prompt"_L1 || name == "seed"_L1)
        return true;
    return std::ranges::any_of(pictures, [&name](const ComparedPicture &picture) {
        return std::ranges::find(picture.record.references, name, &ReferenceRecord::field) != picture.record.references.end();
    });
}

QString valueOf(const Json &input, const QString &name)
{
    if (!input.is_object())
        return {};
    const auto found = input.find(name.toStdString());
    if (found == input.end())
        return {};
    const QString text = toQString(*found);
    return text.size() > longestValue ? text.left(longestValue) + u'…' : text;
}

QString seedOf(const ComparedPicture &picture)
{
    const QString seed = valueOf(picture.record.inputAsSent(), u"seed"_s);
    return picture.record.seedDrawn && !seed.isEmpty() ? tr("%1 (drawn by Plantain)").arg(seed) : seed;
}

const ImageRecord *imageIn(const ComparedPicture &picture)
{
    const auto found = std::ranges::find(picture.record.images, picture.image, &ImageRecord::index);
    return found == picture.record.images.end() ? nullptr : &*found;
}

template <class Value>
ComparedFact factOf(const QString &name, const std::vector<ComparedPicture> &pictures, Value value)
{
    ComparedFact fact { name, {} };
    for (const ComparedPicture &picture : pictures)
        fact.values << value(picture);
    return fact;
}

} // namespace

std::vector<ComparedFact> differingParameters(const std::vector<ComparedPicture> &pictures)
{
    QStringList names;
    std::vector<Json> inputs;
    for (const ComparedPicture &picture : pictures) {
        inputs.push_back(picture.record.inputAsSent());
        if (!inputs.back().is_object())
            continue;
        for (const auto &[key, value] : inputs.back().items()) {
            const QString name = QString::fromStdString(key);
            if (!names.contains(name) && !isComparedElsewhere(pictures, name))
                names << name;
        }
    }
    std::vector<ComparedFact> facts;
    for (const QString &name : std::as_const(names)) {
        ComparedFact fact { name, {} };
        for (const Json &input : inputs)
            fact.values << valueOf(input, name);
        if (!fact.isSame())
            facts.push_back(fact);
    }
    return facts;
}

std::vector<ComparedFact> comparedRuns(const std::vector<ComparedPicture> &pictures)
{
    std::vector<ComparedFact> facts;
    const auto add = [&](const QString &name, bool always, auto value) {
        const ComparedFact fact = factOf(name, pictures, value);
        const bool known = std::ranges::any_of(fact.values, [](const QString &text) { return !text.isEmpty(); });
        if (known && (always || !fact.isSame()))
            facts.push_back(fact);
    };
    add(tr("Endpoint"), false, [](const ComparedPicture &picture) { return picture.record.endpoint.text; });
    add(tr("Server"), false, [](const ComparedPicture &picture) { return picture.record.server; });
    add(tr("Size"), false, [](const ComparedPicture &picture) {
        const ImageRecord *image = imageIn(picture);
        return image ? u"%1 × %2"_s.arg(image->size.width()).arg(image->size.height()) : QString();
    });
    add(tr("File"), false, [](const ComparedPicture &picture) {
        const ImageRecord *image = imageIn(picture);
        return image ? u"%1, %2"_s.arg(image->contentType, QLocale().formattedDataSize(image->bytes)) : QString();
    });
    add(tr("Seed"), true, seedOf);
    add(tr("Price of run"), true, [](const ComparedPicture &picture) { return priceText(picture.record.price); });
    add(tr("Took"), true, [](const ComparedPicture &picture) {
        const RunRecord &record = picture.record;
        return record.createdAt.isValid() && record.endedAt.isValid() ? elapsedText(record.createdAt.secsTo(record.endedAt))
                                                                      : QString();
    });
    add(tr("Model time"), true, [](const ComparedPicture &picture) {
        const auto seconds = picture.record.inferenceSeconds;
        return seconds ? tr("%1 s").arg(QLocale::c().toString(*seconds, 'f', 1)) : QString();
    });
    return facts;
}

bool haveSameReferences(const std::vector<ComparedPicture> &pictures)
{
    const auto same = [](const ReferenceRecord &one, const ReferenceRecord &other) {
        return one.field == other.field && one.index == other.index && one.sha256 == other.sha256
            && (!one.sha256.isEmpty() || one.url == other.url);
    };
    return std::ranges::all_of(pictures, [&](const ComparedPicture &picture) {
        return std::ranges::equal(picture.record.references, pictures.front().record.references, same);
    });
}

QString groupedText(const ComparedFact &fact, const QStringList &labels, const QString &whenEmpty)
{
    QStringList lines, said;
    for (const QString &value : fact.values) {
        if (said.contains(value))
            continue;
        said << value;
        QStringList who;
        for (qsizetype place = 0; place < fact.values.size(); ++place) {
            if (fact.values.at(place) == value)
                who << labels.at(place);
        }
        const QString what = value.isEmpty() ? whenEmpty : value;
        lines << (who.size() == labels.size() ? what : tr("%1: %2").arg(who.join(u", "_s), what));
    }
    return lines.join(u'\n');
}

} // namespace plantain
