#pragma once

#include "result.h"

#include <QByteArray>
#include <QString>

#include <nlohmann/json.hpp>

namespace plantain {

/// JSON with the order of its keys kept, as a person wrote it and as it is sent.
using Json = nlohmann::ordered_json;

struct JsonLimits
{
    qsizetype bytes = 4 * 1024 * 1024;
    int depth = 64; ///< nlohmann recurses; 60 000 levels overflow the stack (reliability.md A23)
    qsizetype values = 1'000'000; ///< each costs 16 to 60 bytes of tree, however short: 64 MB of "[]," made 1.2 GB
};

/// Parses foreign bytes. Size, depth and number are checked before a tree is built; never throws.
/// The error's message says line and column. A UTF-8 byte order mark is skipped.
Result<Json> parseJson(const QByteArray &bytes, const JsonLimits &limits = {});

/// Compact UTF-8; text that is not valid UTF-8 is replaced, so it never throws.
QByteArray toBytes(const Json &json);
QByteArray toPrettyBytes(const Json &json); ///< two spaces, for people

/// Lenient readers for foreign objects: a missing key or another type gives the fallback.
QString stringAt(const Json &object, const char *key, const QString &fallback = {});
std::optional<qint64> integerAt(const Json &object, const char *key);
std::optional<double> numberAt(const Json &object, const char *key);
std::optional<bool> boolAt(const Json &object, const char *key);
const Json *objectAt(const Json &object, const char *key); ///< null when missing or not an object
const Json *arrayAt(const Json &object, const char *key); ///< null when missing or not an array

QString toQString(const Json &string); ///< of a JSON string; any other value as its compact text
Json toJson(const QString &text);

} // namespace plantain
