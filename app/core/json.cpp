#include "json.h"

#include <cmath>
#include <limits>

using namespace Qt::StringLiterals;

namespace plantain {

namespace {

// One object may not hold more keys than this: ordered_json finds a key by looking at all of them, so a few
// hundred thousand in one object would cost minutes.
constexpr size_t maxKeys = 4096;
// And all objects together not more looks than this: many of them with 4096 keys each took 1.4 s in 4 MB.
constexpr size_t maxKeyLooks = 50'000'000;

/// Builds the tree from nlohmann's events, which come without recursion, and stops at the first excess.
/// nlohmann's own builder would turn an integer beyond 64 bits into a double and drop its digits.
class TreeBuilder final : public nlohmann::json_sax<Json>
{
public:
    explicit TreeBuilder(const JsonLimits &limits)
        : m_limits(limits)
    {
    }

    bool null() override { return put(Json()); }
    bool boolean(bool value) override { return put(Json(value)); }
    bool number_integer(number_integer_t value) override { return put(Json(value)); }
    bool number_unsigned(number_unsigned_t value) override { return put(Json(value)); }
    bool number_float(number_float_t value, const string_t &text) override
    {
        const bool integer = text.find_first_of(".eE") == string_t::npos;
        return put(integer ? Json(text) : Json(value));
    }
    bool string(string_t &value) override { return put(Json(std::move(value))); }
    bool binary(binary_t &) override { return false; }

    bool start_object(std::size_t) override { return open(Json::object()); }
    bool key(string_t &value) override
    {
        Json &object = *m_open.back();
        if (object.size() >= maxKeys)
            return stop(u"too_big"_s, u"an object has more than %1 keys"_s.arg(maxKeys));
        m_keyLooks += object.size();
        if (m_keyLooks > maxKeyLooks)
            return stop(u"too_big"_s, u"its objects have too many keys"_s);
        m_slot = &object[value];
        return true;
    }
    bool end_object() override { return close(); }
    bool start_array(std::size_t) override { return open(Json::array()); }
    bool end_array() override { return close(); }

    bool parse_error(std::size_t position, const std::string &, const nlohmann::detail::exception &exception) override
    {
        m_position = qsizetype(position);
        m_type = u"json"_s;
        m_message = QString::fromUtf8(exception.what());
        // "[json.exception.parse_error.101] parse error at line 1, column 2: what it is"
        if (const qsizetype colon = m_message.indexOf(u": "); colon >= 0)
            m_message.remove(0, colon + 2);
        m_message.truncate(300);
        return false;
    }

    Json take() { return std::move(m_root); }
    const QString &type() const { return m_type; }
    const QString &message() const { return m_message; }
    std::optional<qsizetype> position() const { return m_position; } ///< bytes read when it went wrong, if known

private:
    Json *place(Json value)
    {
        if (m_open.empty()) {
            m_root = std::move(value);
            return &m_root;
        }
        if (m_open.back()->is_array()) {
            m_open.back()->push_back(std::move(value));
            return &m_open.back()->back();
        }
        *m_slot = std::move(value);
        return m_slot;
    }
    bool stop(const QString &type, const QString &message)
    {
        m_type = type;
        m_message = message;
        return false;
    }
    bool count()
    {
        return ++m_values <= m_limits.values || stop(u"too_big"_s, u"more than %1 values"_s.arg(m_limits.values));
    }
    bool put(Json value)
    {
        if (!count())
            return false;
        place(std::move(value));
        return true;
    }
    bool open(Json container)
    {
        if (int(m_open.size()) >= m_limits.depth)
            return stop(u"too_deep"_s, u"nested deeper than %1 levels"_s.arg(m_limits.depth));
        if (!count())
            return false;
        m_open.push_back(place(std::move(container)));
        return true;
    }
    bool close()
    {
        m_open.pop_back();
        return true;
    }

    const JsonLimits &m_limits;
    qsizetype m_values = 0;
    size_t m_keyLooks = 0;
    Json m_root;
    // An open container's address stays good: its parent gets no further element before it is closed.
    std::vector<Json *> m_open;
    Json *m_slot = nullptr;
    QString m_type, m_message;
    std::optional<qsizetype> m_position;
};

QString placeOf(const QByteArray &bytes, qsizetype position)
{
    const QByteArrayView before = QByteArrayView(bytes).first(qBound(qsizetype(0), position - 1, bytes.size()));
    const qsizetype line = before.count('\n') + 1;
    const qsizetype column = before.size() - before.lastIndexOf('\n');
    return u"line %1, column %2"_s.arg(line).arg(column);
}

const Json *find(const Json &object, const char *key)
{
    if (!object.is_object())
        return nullptr;
    const auto found = object.find(key);
    return found == object.end() ? nullptr : &*found;
}

} // namespace

Result<Json> parseJson(const QByteArray &bytes, const JsonLimits &limits)
{
    if (bytes.size() > limits.bytes) {
        return failure({ .kind = ErrorKind::BadReply,
            .type = u"too_big"_s,
            .message = u"%1 bytes of JSON, more than %2"_s.arg(bytes.size()).arg(limits.bytes) });
    }
    // nlohmann takes a NUL between values for the end of the text.
    if (const qsizetype nul = bytes.indexOf('\0'); nul >= 0) {
        return failure(
            { .kind = ErrorKind::BadReply, .type = u"json"_s, .message = placeOf(bytes, nul + 1) + u": a NUL byte"_s });
    }
    try {
        TreeBuilder builder(limits);
        if (Json::sax_parse(bytes.constBegin(), bytes.constEnd(), &builder))
            return builder.take();
        QString message = builder.message();
        if (builder.position())
            message.prepend(placeOf(bytes, *builder.position()) + u": "_s);
        return failure({ .kind = ErrorKind::BadReply, .type = builder.type(), .message = message });
    } catch (const std::exception &exception) {
        return failure(
            { .kind = ErrorKind::BadReply, .type = u"json"_s, .message = QString::fromUtf8(exception.what()) });
    }
}

QByteArray toBytes(const Json &json)
{
    return QByteArray::fromStdString(json.dump(-1, ' ', false, Json::error_handler_t::replace));
}

QByteArray toPrettyBytes(const Json &json)
{
    return QByteArray::fromStdString(json.dump(2, ' ', false, Json::error_handler_t::replace)) + '\n';
}

QString stringAt(const Json &object, const char *key, const QString &fallback)
{
    const Json *value = find(object, key);
    return value && value->is_string() ? toQString(*value) : fallback;
}

std::optional<qint64> integerAt(const Json &object, const char *key)
{
    const Json *value = find(object, key);
    if (!value || !value->is_number_integer())
        return std::nullopt;
    if (value->is_number_unsigned() && value->get<quint64>() > quint64(std::numeric_limits<qint64>::max()))
        return std::nullopt;
    return value->get<qint64>();
}

std::optional<double> numberAt(const Json &object, const char *key)
{
    const Json *value = find(object, key);
    if (!value || !value->is_number())
        return std::nullopt;
    const double number = value->get<double>();
    return std::isfinite(number) ? std::optional(number) : std::nullopt;
}

std::optional<bool> boolAt(const Json &object, const char *key)
{
    const Json *value = find(object, key);
    return value && value->is_boolean() ? std::optional(value->get<bool>()) : std::nullopt;
}

const Json *objectAt(const Json &object, const char *key)
{
    const Json *value = find(object, key);
    return value && value->is_object() ? value : nullptr;
}

const Json *arrayAt(const Json &object, const char *key)
{
    const Json *value = find(object, key);
    return value && value->is_array() ? value : nullptr;
}

QString toQString(const Json &string)
{
    if (string.is_string())
        return QString::fromStdString(string.get_ref<const std::string &>());
    return QString::fromUtf8(toBytes(string));
}

Json toJson(const QString &text)
{
    return Json(text.toStdString());
}

} // namespace plantain
