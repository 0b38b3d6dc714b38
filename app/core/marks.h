#pragma once

#include "json.h"

#include <QList>
#include <QStringList>

namespace plantain {

/// Kept or rejected, by a person's word.
enum class Flag : quint8 { None, Keep, Reject };
enum class ColourLabel : quint8 { None, Red, Yellow, Green, Blue, Purple };
inline constexpr int mostStars = 5;
inline constexpr int labelCount = 6; ///< with None

/// How a text that the prompt asks for came out.
enum class Reading : quint8 { Open, Right, Wrong, Missing };
/// Where in a picture, in ninths of it by rows; not known before that.
enum class Ninth : quint8 { Unknown, UpperLeft, Top, UpperRight, Left, Middle, Right, LowerLeft, Bottom, LowerRight };

/// One text that the prompt puts in quotes, as a person has read it in the picture.
struct TextReading
{
    QString text;
    Reading reading = Reading::Open;
    Ninth place = Ninth::Unknown; ///< where it was looked at

    bool operator==(const TextReading &) const = default;
};

QString wordOf(Flag flag); ///< "keep", "reject"; empty for None
QString wordOf(ColourLabel label); ///< "red"; empty for None
QString wordOf(Reading reading); ///< "right"; empty for Open
QString wordOf(Ninth place); ///< "upper left"; empty for Unknown

/// What a person thinks of a picture. A value.
struct Marks
{
    quint8 rating = 0; ///< stars, 0 to mostStars; 0: not rated
    Flag flag = Flag::None;
    ColourLabel label = ColourLabel::None;
    QStringList collections; ///< names of those it belongs to, in order of name, each once
    QList<TextReading> readings; ///< of texts that were read, each once

    bool isEmpty() const { return *this == Marks(); }
    bool operator==(const Marks &) const = default;
};

/// Writes what is set into the object of a picture, and reads it from there; what makes no sense is left out.
void putMarks(Json &object, const Marks &marks);
Marks marksAt(const Json &object);

/// Of one text; Open where it was not read.
TextReading readingOf(const Marks &marks, const QString &text);
void setReading(Marks &marks, const TextReading &reading); ///< Open takes it away

/// The name as it is kept: without space around it and within a length; may be empty then.
QString collectionName(const QString &typed);

} // namespace plantain

Q_DECLARE_METATYPE(plantain::Marks)
