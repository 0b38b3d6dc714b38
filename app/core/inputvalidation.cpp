#include "inputvalidation.h"

#include "input.h"
#include "inputwords.h"

#include <QCoreApplication>

// Without it the library calls abort() on a schema it cannot use.
#define VALIJSON_USE_EXCEPTIONS 1
#include <valijson/adapters/nlohmann_json_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validator.hpp>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace plantain {

namespace {

struct Finding
{
    QStringList path; ///< keys and indexes from the root
    QString description; ///< the library's own words
};

void populate(valijson::Schema &schema, const Json &json)
{
    const nlohmann::json plain(json); // the adapter knows nlohmann's sorted objects only
    valijson::SchemaParser(valijson::SchemaParser::kDraft7)
        .populateSchema(valijson::adapters::NlohmannJsonAdapter(plain), schema);
}

std::vector<Finding> findingsOf(const Json &schema, const Json &input)
{
    std::vector<Finding> findings;
    try {
        valijson::Schema compiled;
        populate(compiled, schema);
        const nlohmann::json target(input);
        valijson::ValidationResults results;
        valijson::Validator validator(valijson::Validator::kStrongTypes);
        if (validator.validate(compiled, valijson::adapters::NlohmannJsonAdapter(target), &results))
            return {};
        for (const auto &error : results) {
            Finding finding { .description = QString::fromStdString(error.description) };
            // "<root>", "[image_urls]", "[0]"
            for (size_t step = 1; step < error.context.size(); ++step) {
                const QString name = QString::fromStdString(error.context[step]);
                finding.path.append(name.startsWith(u'[') ? name.sliced(1, name.size() - 2) : name);
            }
            findings.push_back(std::move(finding));
        }
        if (findings.empty())
            findings.push_back({ .description = u"the input does not fit the schema"_s });
    } catch (const std::exception &exception) {
        findings.assign(1, { .description = QString::fromUtf8(exception.what()) });
    }
    return findings;
}

/// One error a place, in the order of the form.
class Errors
{
public:
    explicit Errors(const Endpoint &endpoint)
        : m_endpoint(endpoint)
    {
    }
    void add(const QString &field, Error error)
    {
        const auto there
            = std::find_if(m_errors.begin(), m_errors.end(), [&](const Error &other) { return other.field == field; });
        if (there != m_errors.end())
            return;
        error.kind = ErrorKind::InvalidInput;
        error.field = field;
        m_errors.push_back(std::move(error));
    }
    bool isEmpty() const { return m_errors.empty(); }
    std::vector<Error> take()
    {
        const auto &parameters = m_endpoint.schema.parameters;
        const auto place = [&](const Error &error) {
            const QString name = error.field.section(u'/', 0, 0);
            return std::find_if(parameters.begin(), parameters.end(),
                [&](const Parameter &parameter) { return parameter.name == name; });
        };
        std::stable_sort(m_errors.begin(), m_errors.end(),
            [&](const Error &one, const Error &other) { return place(one) < place(other); });
        return std::move(m_errors);
    }

private:
    const Endpoint &m_endpoint;
    std::vector<Error> m_errors;
};

bool isBelow(const QStringList &path, const QStringList &ancestor)
{
    return path.size() > ancestor.size() && path.first(ancestor.size()) == ancestor;
}

void addSchemaErrors(Errors &errors, const Endpoint &endpoint, const Json &input)
{
    for (const Parameter &parameter : endpoint.schema.parameters) {
        if (parameter.required && !input.contains(parameter.name.toStdString()))
            errors.add(parameter.name, complaintMissing(parameter));
    }
    const std::vector<Finding> findings = findingsOf(endpoint.schema.validation, input);
    for (const Finding &finding : findings) {
        const QString field = finding.path.join(u'/');
        const Error asFound { .type = u"value_error"_s, .message = finding.description };
        const bool hasCause = std::any_of(
            findings.begin(), findings.end(), [&](const Finding &other) { return isBelow(other.path, finding.path); });
        if (finding.path.isEmpty()) {
            // The missing ones are named above; what lies deeper names itself.
            if (!hasCause && errors.isEmpty())
                errors.add(field, asFound);
            continue;
        }
        const Parameter *parameter = endpoint.schema.find(finding.path.first());
        if (parameter && finding.path.size() == 1) {
            if (const std::optional<Error> words = complaintAbout(*parameter, input[parameter->name.toStdString()]))
                errors.add(field, *words);
            else if (!hasCause)
                errors.add(
                    field, { .type = asFound.type, .message = parameter->title + u": "_s + finding.description });
        } else if (parameter && parameter->kind == ParameterKind::UrlList && finding.path.size() == 2) {
            errors.add(field, complaintAboutEntry(*parameter, finding.path.last().toInt()));
        } else if (!hasCause) {
            errors.add(field, asFound);
        }
    }
}

bool isThere(const Json &input, const QString &name)
{
    const auto value = input.find(name.toStdString());
    if (value == input.end() || value->is_null())
        return false;
    return value->is_string() ? !toQString(*value).trimmed().isEmpty() : !value->is_array() || !value->empty();
}

void addOurErrors(Errors &errors, const Endpoint &endpoint, const Json &input)
{
    for (const Parameter &parameter : endpoint.schema.parameters) {
        const auto value = input.find(parameter.name.toStdString());
        if (parameter.required && value != input.end() && value->is_string() && !isThere(input, parameter.name))
            errors.add(parameter.name, complaintEmpty(parameter));
    }
    const Json *references = arrayAt(input, endpoint.referencesField.toUtf8().constData());
    if (references && qint64(references->size()) > endpoint.maxReferences) {
        const QString message
            = QCoreApplication::translate("Input", "%1 reference pictures, at most %2 are taken%3.")
                  .arg(references->size())
                  .arg(endpoint.maxReferences)
                  .arg(endpoint.maxReferencesSource.isEmpty() ? QString()
                                                              : u" (%1)"_s.arg(endpoint.maxReferencesSource));
        errors.add(u"%1/%2"_s.arg(endpoint.referencesField).arg(endpoint.maxReferences),
            { .type = u"sequence_too_long"_s, .message = message });
    }
    const bool anyThere = std::any_of(endpoint.requireAnyOf.begin(), endpoint.requireAnyOf.end(),
        [&](const QString &name) { return isThere(input, name); });
    if (!endpoint.requireAnyOf.isEmpty() && !anyThere) {
        QStringList titles;
        for (const QString &name : endpoint.requireAnyOf) {
            const Parameter *parameter = endpoint.schema.find(name);
            titles.append(parameter ? parameter->title : name);
        }
        const QString message
            = QCoreApplication::translate("Input", "Nothing to work on: at least one of %1 is needed.")
                  .arg(titles.join(u", "_s));
        errors.add(endpoint.requireAnyOf.first(), { .type = u"missing"_s, .message = message });
    }
}

} // namespace

std::optional<QString> schemaProblem(const Json &schema)
{
    try {
        valijson::Schema compiled;
        populate(compiled, schema);
        return std::nullopt;
    } catch (const std::exception &exception) {
        return QString::fromUtf8(exception.what());
    }
}

std::vector<Error> validateInput(const Endpoint &endpoint, const Json &input)
{
    Errors errors(endpoint);
    if (!input.is_object()) {
        errors.add({},
            { .type = u"dict_type"_s, .message = QCoreApplication::translate("Input", "An input is a JSON object.") });
        return errors.take();
    }
    addOurErrors(errors, endpoint, input);
    addSchemaErrors(errors, endpoint, input);
    return errors.take();
}

} // namespace plantain
