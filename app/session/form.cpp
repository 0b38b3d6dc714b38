#include "form.h"

#include "endpointcatalog.h"
#include "forminput.h"
#include "mentions.h"
#include "whenfinished.h"

#include <QFileInfo>

#include <algorithm>
#include <numeric>

using namespace Qt::StringLiterals;

namespace plantain {

Form::Form(const EndpointCatalog &catalog, const std::vector<Example> &examples, const QString &draftFile, QObject *parent)
    : QObject(parent)
    , m_catalog(catalog)
    , m_history(catalog)
    , m_draft(draftFile)
    , m_pasted(QFileInfo(draftFile).absolutePath() + u"/pasted"_s)
{
    std::copy_if(examples.begin(), examples.end(), std::back_inserter(m_examples),
                 [&catalog](const Example &example) { return catalog.find(example.endpoint); });
    m_recordLater.setSingleShot(true);
    m_recordLater.setInterval(0);
    connect(&m_recordLater, &QTimer::timeout, this, &Form::recordStep);
    connect(&m_parameters, &ParameterModel::inputChanged, this, &Form::keep);
    connect(&m_references, &ReferenceModel::referencesChanged, this, &Form::keep);
    connect(&m_draft, &DraftStore::failed, this, &Form::said);
    connect(&m_references, &ReferenceModel::rowsInserted, this,
            [this](const QModelIndex &, int first, int last) { followInserted(first, last); });
    connect(&m_references, &ReferenceModel::rowsRemoved, this,
            [this](const QModelIndex &, int first, int last) { followRemoved(first, last); });
    connect(&m_references, &ReferenceModel::rowsMoved, this,
            [this](const QModelIndex &, int first, int last, const QModelIndex &, int to) { followMoved(first, last, to); });
}

Form::~Form() = default;

void Form::begin()
{
    m_loading = true;
    const Result<std::optional<Draft>> draft = m_draft.load();
    if (!draft)
        QMetaObject::invokeMethod(this, [this, error = draft.error()] { Q_EMIT said(error); }, Qt::QueuedConnection);
    if (draft && *draft && m_catalog.find((*draft)->endpoint)) {
        chooseEndpoint((*draft)->endpoint);
        m_parameters.setDraft((*draft)->parameters);
        m_references.setDraft((*draft)->references);
        m_goesOnFrom = (*draft)->origin;
    } else if (!m_examples.empty()) {
        useExample(m_examples.front());
    } else if (!m_catalog.endpoints().empty()) {
        chooseEndpoint(m_catalog.endpoints().front().id);
    }
    m_loading = false;
    if (m_endpoint)
        m_history.begin(now());
    if (!draft)
        return; // it was put aside, with what it refers to
    QStringList inUse;
    for (const Reference &reference : m_references.references())
        inUse.append(reference.file);
    m_pasted.sweep(inUse);
}

Draft Form::now() const
{
    return { m_endpoint->id, m_parameters.draft(), m_references.draft(), m_goesOnFrom };
}

/// Nothing is left of what it went on from.
bool Form::isAnew() const
{
    const int prompt = m_parameters.promptRow();
    if (m_goesOnFrom->step == OriginStep::Edit)
        return m_references.rowCount() == 0;
    return prompt >= 0 && m_parameters.text(prompt).isEmpty();
}

void Form::keep()
{
    if (!m_loading && m_endpoint) {
        if (m_goesOnFrom && isAnew())
            m_goesOnFrom.reset();
        m_draft.keep(now());
        m_recordLater.start();
    }
    Q_EMIT changed();
}

void Form::recordStep()
{
    m_recordLater.stop();
    if (m_endpoint)
        m_history.take(now());
}

void Form::undo()
{
    recordStep();
    if (m_history.canUndo())
        restore(m_history.undo());
}

void Form::redo()
{
    recordStep();
    if (m_history.canRedo())
        restore(m_history.redo());
}

void Form::restore(const Draft &draft)
{
    forgetOrigin();
    chooseEndpoint(draft.endpoint);
    if (m_parameters.draft() != draft.parameters)
        m_parameters.setDraft(draft.parameters);
    if (m_references.draft() != draft.references)
        m_references.setDraft(draft.references);
    m_goesOnFrom = draft.origin;
    keep();
    m_history.settle(now());
    m_recordLater.stop();
}

void Form::chooseEndpoint(const EndpointId &id)
{
    const Endpoint *endpoint = m_catalog.find(id);
    if (!endpoint || endpoint == m_endpoint)
        return;
    m_endpoint = endpoint;
    m_parameters.setEndpoint(endpoint);
    m_references.setEndpoint(endpoint, endpoint->sibling ? m_catalog.find(*endpoint->sibling) : nullptr);
    Q_EMIT endpointChanged();
    keep();
}

void Form::useExample(const Example &example)
{
    if (!m_catalog.find(example.endpoint))
        return;
    recordStep();
    forgetOrigin();
    m_goesOnFrom.reset();
    chooseEndpoint(example.endpoint);
    if (const Result<QStringList> warnings = fill(example.input); !warnings)
        Q_EMIT said(warnings.error());
    m_history.nameNext(tr("example “%1”").arg(example.title));
}

Json Form::input() const
{
    return inputOfForm(m_endpoint, m_parameters, m_references);
}

Result<QStringList> Form::setInput(const Json &input)
{
    recordStep();
    const Result<QStringList> warnings = fill(input);
    if (warnings)
        m_history.nameNext(tr("editing of the JSON"), true);
    return warnings;
}

Result<QStringList> Form::fill(const Json &input)
{
    Json references = m_references.draft();
    if (m_references.takesReferences() && input.is_object()) {
        auto read = draftFromAddresses(input.value(m_references.field().toStdString(), Json::array()), m_references.references());
        if (!read)
            return failure(read.error());
        references = *std::move(read);
    }
    const Result<QStringList> warnings = m_parameters.setInput(input);
    if (!warnings)
        return warnings;
    if (references != m_references.draft())
        m_references.setDraft(references);
    return warnings;
}

void Form::fillWith(const FormContent &content, const QString &step)
{
    recordStep();
    forgetOrigin();
    m_goesOnFrom.reset();
    chooseEndpoint(content.endpoint);
    if (const Result<QStringList> warnings = m_parameters.setInput(content.input); !warnings)
        Q_EMIT said(warnings.error());
    if (content.references != m_references.draft())
        m_references.setDraft(content.references);
    m_history.nameNext(step);
    m_parameters.setDrawnSeed(content.drawnSeed);
}

const Endpoint *Form::editEndpointOf(const EndpointId &id) const
{
    const Endpoint *endpoint = m_catalog.find(id);
    if (endpoint && endpoint->maxReferences == 0 && endpoint->sibling)
        endpoint = m_catalog.find(*endpoint->sibling);
    return endpoint && endpoint->maxReferences > 0 ? endpoint : nullptr;
}

Result<void> Form::edit(const EndpointId &endpoint, const PictureOfRun &picture)
{
    const Endpoint *edit = editEndpointOf(endpoint);
    if (!edit) {
        return failure({ .kind = ErrorKind::BadEndpoint,
                         .message = tr("There is no endpoint here that edits pictures of \"%1\".").arg(endpoint.text) });
    }
    recordStep();
    forgetOrigin();
    m_goesOnFrom.reset();
    chooseEndpoint(edit->id);
    if (m_parameters.promptRow() >= 0)
        m_parameters.clear(m_parameters.promptRow());
    Reference reference;
    reference.file = picture.file;
    reference.name = picture.name;
    m_references.setDraft(Json::array({ toDraft(reference) }));
    m_history.nameNext(tr("editing of a picture"));
    return {};
}

void Form::goOnFrom(const RunOrigin &origin)
{
    m_goesOnFrom = origin;
    keep();
}

void Form::setOrigin(const Origin &origin)
{
    m_origin = origin;
    Q_EMIT originChanged();
}

QStringList Form::differencesFromOrigin() const
{
    QStringList lines;
    if (!m_origin || !m_endpoint)
        return lines;
    if (const Endpoint *before = m_catalog.find(m_origin->endpoint); before && before != m_endpoint)
        lines.append(tr("Endpoint: %1 → %2").arg(before->title, m_endpoint->title));
    return lines + differencesOf(m_origin->input, input(), m_endpoint);
}

void Form::forgetOrigin()
{
    if (std::exchange(m_origin, std::nullopt))
        Q_EMIT originChanged();
}

void Form::addReferences(const QStringList &files)
{
    for (const Error &error : m_references.addFiles(files))
        Q_EMIT said(error);
}

void Form::addPicture(const QByteArray &bytes, int at)
{
    whenFinished(m_pasted.keep(bytes), this, [this, at](const Result<QString> &file) {
        if (!file) {
            Q_EMIT said(file.error());
            return;
        }
        Reference reference = referenceFromFile(*file);
        reference.name = tr("pasted picture");
        for (const Error &error : m_references.insert({ std::move(reference) }, at))
            Q_EMIT said(error);
    });
}

void Form::takeFetched(const QUrl &url, const QByteArray &bytes)
{
    whenFinished(m_pasted.keep(bytes), this, [this, url](const Result<QString> &file) {
        if (!file) {
            m_references.setFetchError(url, file.error());
            return;
        }
        recordStep();
        m_references.setFetched(url, *file);
        m_history.nameNext(tr("fetching of a reference"));
    });
}

void Form::followInserted(int first, int last)
{
    const int count = last - first + 1;
    std::vector<int> numbers(size_t(m_references.rowCount() - count));
    for (int row = 0; row < int(numbers.size()); ++row)
        numbers[size_t(row)] = 1 + (row < first ? row : row + count);
    renumber(numbers, tr("adding of references"));
}

void Form::followRemoved(int first, int last)
{
    const int count = last - first + 1;
    std::vector<int> numbers(size_t(m_references.rowCount() + count));
    for (int row = 0; row < int(numbers.size()); ++row)
        numbers[size_t(row)] = row < first ? row + 1 : row > last ? row + 1 - count : 0;
    renumber(numbers, tr("removing of references"));
}

void Form::followMoved(int first, int last, int to)
{
    std::vector<int> order(size_t(m_references.rowCount())); // which picture stands at each place now
    std::iota(order.begin(), order.end(), 0);
    if (to < first)
        std::rotate(order.begin() + to, order.begin() + first, order.begin() + last + 1);
    else
        std::rotate(order.begin() + first, order.begin() + last + 1, order.begin() + to);
    std::vector<int> numbers(order.size());
    for (size_t place = 0; place < order.size(); ++place)
        numbers[size_t(order[place])] = int(place) + 1;
    renumber(numbers, tr("order of references"));
}

void Form::renumber(const std::vector<int> &numbers, const QString &step)
{
    const int row = m_parameters.promptRow();
    if (row < 0)
        return;
    const QString before = m_parameters.text(row);
    const QString after = withNumbers(before, numbers);
    if (after == before)
        return;
    m_parameters.setText(row, after);
    m_history.nameNext(step);
}

} // namespace plantain
