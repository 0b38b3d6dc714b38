#pragma once

#include "error.h"
#include "schema.h"

#include <QVariant>

#include <optional>

namespace plantain {

/// Text as typed into an editor, read as a value of the parameter's kind; nothing for "unset". The error (InvalidInput,
/// at the parameter) says why the text cannot be read. Whether the value is allowed is not looked at.
Result<std::optional<Json>> valueFromText(const Parameter &parameter, const QString &text);

/// The value as an editor shows it: what valueFromText() reads back.
QString textOfValue(const Parameter &parameter, const Json &value);

/// What is said beside a field: what is wrong, and what to do. That nothing was sent is seen there.
QString sentenceAtField(const Error &error);

/// A value as a plain Qt type: QString, qlonglong, double, bool; anything else as compact JSON text; null is invalid.
QVariant toVariant(const Json &value);
std::optional<Json> fromVariant(const QVariant &value); ///< the way back, null of an invalid one; none for other types

bool isText(ParameterKind kind); ///< edited as text
double stepOf(const Parameter &parameter); ///< of a number's arrows

} // namespace plantain
