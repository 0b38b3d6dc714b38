#pragma once

#include "json.h"

#include <QStringList>

namespace plantain {

/// Kept or rejected, by a person's word.
enum class Flag : quint8 { None, Keep, Reject };
enum class ColourLabel : quint8 { None, Red, Yellow, Green, Blue, Purple };
inline constexpr int mostStars = 5;
inline constexpr int labelCount = 6; ///< with None

QString wordOf(Flag flag); ///< "keep", "reject"; empty for None
QString wordOf(ColourLabel label); ///< "red"; empty for None

/// What a person thinks of a picture. A value.
struct Marks
{
    quint8 rating = 0; ///< stars, 0 to mostStars; 0: not rated
    Flag flag = Flag::None;
    ColourLabel label = ColourLabel::None;
    QStringList collections; ///< names of those it belongs to, in order of name, each once

    bool isEmpty() const { return *this == Marks(); }
    bool operator==(const Marks &) const = default;
};

/// Writes what is set into the object of a picture, and reads it from there; what makes no sense is left out.
void putMarks(Json &object, const Marks &marks);
Marks marksAt(const Json &object);

/// The name as it is kept: without space around it and within a length; may be empty then.
QString collectionName(const QString &typed);

} // namespace plantain

Q_DECLARE_METATYPE(plantain::Marks)
