#include "generatecommand.h"

#include "runjson.h"
#include "whenfinished.h"

#include <QFile>
#include <QtConcurrentRun>

using namespace Qt::StringLiterals;

namespace plantain {

namespace {

constexpr qint64 maxInputBytes = 64 * 1024 * 1024;

Result<QByteArray> readAll(const QString &name)
{
    QFile file(name);
    const bool opened = name == "-"_L1 ? file.open(stdin, QIODevice::ReadOnly) : file.open(QIODevice::ReadOnly);
    if (!opened) {
        return failure({ .kind = ErrorKind::InvalidInput,
                         .type = u"input_file"_s,
                         .message = GenerateCommand::tr("%1 cannot be read: %2").arg(name, file.errorString()) });
    }
    const QByteArray bytes = file.read(maxInputBytes + 1);
    if (bytes.size() > maxInputBytes) {
        return failure({ .kind = ErrorKind::InvalidInput,
                         .type = u"input_file"_s,
                         .message = GenerateCommand::tr("The input is larger than 64 MB.") });
    }
    return bytes;
}

} // namespace

void GenerateCommand::begin()
{
    whenFinished(QtConcurrent::run(readAll, m_line.input), this, [this](const Result<QByteArray> &text) {
        if (text) {
            m_inputs = readInputs(*text);
        } else {
            print(refusedLine(m_line.endpoint, Json(), { text.error() }));
            complain(text.error());
            noteBad();
        }
        startAll();
    });
}

/// Without --endpoint the first of the catalog; where pictures are given, its sibling that takes some.
const Endpoint *GenerateCommand::chooseEndpoint(const Json &input) const
{
    const EndpointCatalog &catalog = m_engine->catalog();
    if (!m_line.endpoint.isEmpty())
        return catalog.find(m_line.endpoint);
    if (catalog.endpoints().empty())
        return nullptr;
    const Endpoint *endpoint = &catalog.endpoints().front();
    const Endpoint *sibling = endpoint->sibling ? catalog.find(*endpoint->sibling) : nullptr;
    if (endpoint->referencesField.isEmpty() && sibling
        && (!m_line.references.isEmpty() || input.contains(sibling->referencesField.toStdString())))
        return sibling;
    return endpoint;
}

void GenerateCommand::startAll()
{
    m_starting = m_inputs.size();
    for (const InputLine &line : m_inputs) {
        if (line.input)
            startOne(line);
        else
            refuse(line, Json(), { line.input.error() });
    }
    if (m_inputs.empty())
        started();
}

void GenerateCommand::startOne(const InputLine &line)
{
    const Endpoint *endpoint = chooseEndpoint(*line.input);
    RunRequest request { .endpoint = endpoint ? endpoint->id : m_line.endpoint, .input = *line.input, .references = {} };
    for (const QString &file : m_line.references)
        request.references.push_back({ .field = endpoint ? endpoint->referencesField : QString(), .file = file, .url = {} });
    whenFinished(m_controller.start(request), this, [this, &line](const StartResult &result) {
        if (!result) {
            refuse(line, *line.input, result.error());
            return;
        }
        await(result->id);
        started();
    });
}

void GenerateCommand::started()
{
    if (m_starting > 0)
        --m_starting;
    m_allStarted = m_starting == 0;
    endWhenIdle();
}

void GenerateCommand::refuse(const InputLine &line, const Json &input, const std::vector<Error> &errors)
{
    const Endpoint *endpoint = chooseEndpoint(input);
    Json object = refusedLine(endpoint ? endpoint->id : m_line.endpoint, input, errors);
    object["line"] = line.number;
    print(object);
    noteBad();
    started();
}

} // namespace plantain
