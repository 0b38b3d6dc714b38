#include "formguide.h"

#include "jsonfile.h"

using namespace Qt::StringLiterals;

namespace plantain {

Result<FormGuide> FormGuide::load(const QString &file, const QString &sizesFile)
{
    const Result<Json> json = readJsonFile(file);
    if (!json)
        return failure(json.error());
    auto sizes = ImageSizes::load(sizesFile);
    if (!sizes)
        return failure(sizes.error());
    FormGuide guide;
    guide.sizes = *std::move(sizes);
    if (const Json *names = arrayAt(*json, "advanced")) {
        for (const Json &name : *names)
            guide.advanced.append(toQString(name));
    }
    if (const Json *choices = objectAt(*json, "choices")) {
        for (const auto &[parameter, notes] : choices->items()) {
            if (!notes.is_object())
                continue;
            for (const auto &[value, note] : notes.items())
                guide.choices[QString::fromStdString(parameter)][QString::fromStdString(value)] = toQString(note);
        }
    }
    if (const Json *size = objectAt(*json, "size")) {
        guide.ratio = stringAt(*size, "ratio");
        guide.resolution = stringAt(*size, "resolution");
    }
    return guide;
}

QStringList FormGuide::notesOf(const Parameter &parameter) const
{
    const QMap<QString, QString> known = choices.value(parameter.name);
    QStringList notes;
    for (const Json &choice : parameter.choices)
        notes.append(known.value(toQString(choice)));
    return notes;
}

QStringList FormGuide::pixelsOf(const Parameter &parameter, const QString &ratioValue) const
{
    QStringList pixels;
    for (const Json &choice : parameter.choices) {
        const QSize size = parameter.name == resolution ? sizes.find(ratioValue, toQString(choice)) : QSize();
        pixels.append(size.isEmpty() ? QString() : u"%1 × %2"_s.arg(size.width()).arg(size.height()));
    }
    return pixels;
}

} // namespace plantain
