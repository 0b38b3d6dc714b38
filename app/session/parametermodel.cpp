#include "parametermodel.h"

#include "parametertext.h"

using namespace Qt::StringLiterals;

namespace plantain {

namespace {

/// "image_urls/0" -> "image_urls"
QString firstSegment(const QString &path)
{
    return path.section(u'/', 0, 0);
}

template <class T>
QVariant optionalVariant(const std::optional<T> &value)
{
    return value ? QVariant::fromValue(*value) : QVariant();
}

} // namespace

struct ParameterModel::Row
{
    const Parameter *parameter = nullptr;
    std::optional<Json> value;
    QString unreadable; ///< text as typed that is no value; the value is unset then
    std::optional<Error> live; ///< what is wrong with it by itself
    std::optional<Error> said; ///< what a press or the server said about it

    bool isSet() const { return value || !unreadable.isEmpty(); }
    bool isChanged() const { return isSet() && (!value || value != parameter->defaultValue); }
    const std::optional<Error> &error() const { return said ? said : live; }
};

ParameterModel::ParameterModel(QObject *parent)
    : QAbstractListModel(parent)
{
}

ParameterModel::~ParameterModel() = default;

bool ParameterModel::isShownAsRow(const Parameter &parameter) const
{
    return m_endpoint->maxReferences <= 0 || parameter.name != m_endpoint->referencesField;
}

void ParameterModel::check(Row &row) const
{
    row.live.reset();
    if (!row.unreadable.isEmpty()) {
        if (const auto read = valueFromText(*row.parameter, row.unreadable); !read)
            row.live = read.error();
        return;
    }
    if (!row.value)
        return;
    Json alone = Json::object();
    const QString name = row.parameter->name;
    alone[name.toStdString()] = *row.value;
    for (const Error &error : validateInput(*m_endpoint, alone)) {
        if (firstSegment(error.field) == name) {
            row.live = error;
            return;
        }
    }
}

void ParameterModel::rebuild(const Json &values)
{
    m_rows.clear();
    m_aside = Json::object();
    if (m_endpoint) {
        for (const Parameter &parameter : m_endpoint->schema.parameters) {
            if (isShownAsRow(parameter))
                m_rows.push_back({ .parameter = &parameter });
        }
    }
    for (const auto &[key, value] : values.items()) {
        const int row = rowOf(QString::fromStdString(key));
        if (row < 0) {
            m_aside[key] = value;
            continue;
        }
        m_rows[static_cast<std::size_t>(row)].value = value;
        check(m_rows[static_cast<std::size_t>(row)]);
    }
}

void ParameterModel::setGuide(const FormGuide &guide)
{
    m_guide = guide;
}

void ParameterModel::setEndpoint(const Endpoint *endpoint)
{
    if (endpoint == m_endpoint)
        return;
    Json values = m_aside;
    QHash<QString, QString> unreadable;
    QStringList wrongBefore;
    for (const Row &row : m_rows) {
        if (row.value)
            values[row.parameter->name.toStdString()] = *row.value;
        if (!row.unreadable.isEmpty())
            unreadable.insert(row.parameter->name, row.unreadable);
        if (row.live)
            wrongBefore.append(row.parameter->name);
    }
    const Json unknownBefore = std::exchange(m_unknown, Json::object());
    for (const auto &[key, value] : unknownBefore.items()) {
        if (endpoint && endpoint->schema.find(QString::fromStdString(key)))
            values[key] = value;
        else
            m_unknown[key] = value;
    }

    beginResetModel();
    m_endpoint = endpoint;
    rebuild(values);
    for (Row &row : m_rows) {
        row.unreadable = unreadable.value(row.parameter->name);
        if (!row.unreadable.isEmpty())
            check(row);
        // Words are never taken out of sight, nor is what was marked before: the mark says what to do.
        const bool stays = isText(row.parameter->kind) || wrongBefore.contains(row.parameter->name);
        if (row.value && row.live && !stays) {
            m_aside[row.parameter->name.toStdString()] = *row.value;
            row.value.reset();
            row.live.reset();
        }
    }
    endResetModel();
    Q_EMIT unknownChanged();
    Q_EMIT inputChanged();
}

int ParameterModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

QVariant ParameterModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Row &row = m_rows[static_cast<std::size_t>(index.row())];
    const Parameter &parameter = *row.parameter;
    const auto textOf = [&parameter](const std::optional<Json> &value) {
        return value ? textOfValue(parameter, *value) : QString();
    };
    switch (role) {
    case Qt::DisplayRole:
    case ParameterRoles::TitleRole:
        return parameter.title;
    case Qt::EditRole:
        return text(index.row());
    case ParameterRoles::NameRole:
        return parameter.name;
    case ParameterRoles::KindRole:
        return static_cast<int>(parameter.kind);
    case ParameterRoles::ValueRole:
        return row.value ? toVariant(*row.value) : QVariant();
    case ParameterRoles::DefaultRole:
        return parameter.defaultValue ? toVariant(*parameter.defaultValue) : QVariant();
    case ParameterRoles::IsSetRole:
        return row.isSet();
    case ParameterRoles::IsChangedRole:
        return row.isChanged();
    case ParameterRoles::RequiredRole:
        return parameter.required;
    case ParameterRoles::ErrorRole:
        return row.error() ? QVariant::fromValue(*row.error()) : QVariant();
    case ParameterRoles::ErrorTextRole:
        return row.error() ? sentenceAtField(*row.error()) : QString();
    case ParameterRoles::ChoicesRole: {
        QVariantList values;
        for (const Json &choice : parameter.choices)
            values.append(toVariant(choice));
        return values;
    }
    case ParameterRoles::ChoiceLabelsRole: {
        QStringList labels;
        for (const Json &choice : parameter.choices)
            labels.append(textOfValue(parameter, choice));
        return labels;
    }
    case ParameterRoles::HelpRole:
        return parameter.description;
    case ParameterRoles::WarningRole:
        return row.isChanged() ? m_endpoint->warningFor(parameter.name) : QString();
    case ParameterRoles::MinimumRole:
        return optionalVariant(parameter.minimum ? parameter.minimum : parameter.exclusiveMinimum);
    case ParameterRoles::MaximumRole:
        return optionalVariant(parameter.maximum ? parameter.maximum : parameter.exclusiveMaximum);
    case ParameterRoles::StepRole:
        return stepOf(parameter);
    case ParameterRoles::MinimumLengthRole:
        return optionalVariant(parameter.minLength);
    case ParameterRoles::MaximumLengthRole:
        return optionalVariant(parameter.maxLength);
    case ParameterRoles::PlaceholderRole:
        if (index.row() == seedRow())
            return m_drawnSeed ? tr("drawn: %1").arg(*m_drawnSeed) : tr("random");
        return textOf(parameter.defaultValue);
    case ParameterRoles::ExampleRole:
        return parameter.examples.empty() ? QString() : textOfValue(parameter, parameter.examples.front());
    case ParameterRoles::AdvancedRole:
        return m_guide.advanced.contains(parameter.name);
    case ParameterRoles::ChoiceNotesRole:
        return m_guide.notesOf(parameter);
    case ParameterRoles::ChoicePixelsRole:
        return m_guide.pixelsOf(parameter, chosenRatio());
    case ParameterRoles::DrawnSeedRole:
        if (index.row() == seedRow() && m_drawnSeed && !row.isSet())
            return static_cast<qlonglong>(*m_drawnSeed);
        return {};
    default:
        return {};
    }
}

QString ParameterModel::chosenRatio() const
{
    const int row = rowOf(m_guide.ratio);
    const auto chosen = row < 0 ? std::nullopt : value(row) ? value(row) : parameter(row).defaultValue;
    return chosen ? toQString(*chosen) : QString();
}

bool ParameterModel::setData(const QModelIndex &index, const QVariant &value, int role)
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return false;
    const int row = index.row();
    if (role == Qt::EditRole) {
        setText(row, value.toString());
        return true;
    }
    if (role != ParameterRoles::ValueRole)
        return false;
    if (value.typeId() == QMetaType::QString && !isText(parameter(row).kind)) {
        setText(row, value.toString());
        return true;
    }
    const std::optional<Json> json = fromVariant(value);
    if (json)
        setValue(row, *json);
    return json.has_value();
}

Qt::ItemFlags ParameterModel::flags(const QModelIndex &index) const
{
    return index.isValid() ? QAbstractListModel::flags(index) | Qt::ItemIsEditable : Qt::NoItemFlags;
}

QHash<int, QByteArray> ParameterModel::roleNames() const
{
    auto names = QAbstractListModel::roleNames();
    names.insert(ParameterRoles::names());
    return names;
}

int ParameterModel::rowOf(const QString &name) const
{
    const auto found = std::find_if(m_rows.begin(), m_rows.end(),
                                    [&name](const Row &row) { return row.parameter->name == name; });
    return found == m_rows.end() ? -1 : static_cast<int>(found - m_rows.begin());
}

int ParameterModel::promptRow() const
{
    return rowOf(u"prompt"_s);
}

int ParameterModel::seedRow() const
{
    const Parameter *seed = m_endpoint ? m_endpoint->seed() : nullptr;
    return seed ? rowOf(seed->name) : -1;
}

const Parameter &ParameterModel::parameter(int row) const
{
    return *m_rows.at(static_cast<std::size_t>(row)).parameter;
}

std::optional<Json> ParameterModel::value(int row) const
{
    return m_rows.at(static_cast<std::size_t>(row)).value;
}

QString ParameterModel::text(int row) const
{
    const Row &asked = m_rows.at(static_cast<std::size_t>(row));
    if (!asked.unreadable.isEmpty())
        return asked.unreadable;
    return asked.value ? textOfValue(*asked.parameter, *asked.value) : QString();
}

void ParameterModel::change(int row, const std::optional<Json> &value, const QString &unreadable)
{
    Row &changed = m_rows.at(static_cast<std::size_t>(row));
    if (changed.value == value && changed.unreadable == unreadable)
        return;
    changed.value = value;
    changed.unreadable = unreadable;
    changed.said.reset();
    m_aside.erase(changed.parameter->name.toStdString());
    check(changed);
    Q_EMIT dataChanged(index(row), index(row));
    if (const int resolution = rowOf(m_guide.resolution); resolution >= 0 && changed.parameter->name == m_guide.ratio)
        Q_EMIT dataChanged(index(resolution), index(resolution), { ParameterRoles::ChoicePixelsRole });
    Q_EMIT inputChanged();
}

void ParameterModel::setValue(int row, const Json &value)
{
    change(row, value.is_null() ? std::nullopt : std::optional(value), {});
}

void ParameterModel::setText(int row, const QString &text)
{
    if (const auto read = valueFromText(parameter(row), text))
        change(row, *read, {});
    else
        change(row, {}, text);
}

void ParameterModel::clear(int row)
{
    change(row, {}, {});
}

void ParameterModel::resetAll()
{
    m_aside = Json::object();
    for (int row = 0; row < rowCount(); ++row) {
        if (row != promptRow())
            clear(row);
    }
    if (!m_unknown.empty()) {
        m_unknown = Json::object();
        Q_EMIT unknownChanged();
        Q_EMIT inputChanged();
    }
}

bool ParameterModel::isAnythingSet() const
{
    if (!m_unknown.empty())
        return true;
    for (int row = 0; row < rowCount(); ++row) {
        if (row != promptRow() && m_rows[static_cast<std::size_t>(row)].isSet())
            return true;
    }
    return false;
}

Json ParameterModel::input() const
{
    Json input = Json::object();
    for (const Row &row : m_rows) {
        if (row.value)
            input[row.parameter->name.toStdString()] = *row.value;
    }
    for (const auto &[key, value] : m_unknown.items())
        input[key] = value;
    return input;
}

std::vector<Error> ParameterModel::problems() const
{
    std::vector<Error> problems;
    for (const Row &row : m_rows) {
        if (row.live)
            problems.push_back(*row.live);
    }
    return problems;
}

Result<QStringList> ParameterModel::setInput(const Json &input)
{
    if (!m_endpoint)
        return failure(Error { .kind = ErrorKind::BadEndpoint, .message = tr("No endpoint is chosen.") });
    auto normalised = normaliseInput(*m_endpoint, input);
    if (!normalised)
        return failure(normalised.error());
    Json known = Json::object();
    Json unknown = Json::object();
    for (const auto &[key, value] : normalised->input.items()) {
        const QString name = QString::fromStdString(key);
        const Parameter *parameter = m_endpoint->schema.find(name);
        if (!parameter)
            unknown[key] = value;
        else if (isShownAsRow(*parameter))
            known[key] = value;
    }
    beginResetModel();
    rebuild(known);
    m_unknown = unknown;
    endResetModel();
    Q_EMIT unknownChanged();
    Q_EMIT inputChanged();
    return normalised->warnings;
}

void ParameterModel::removeUnknown(const QString &key)
{
    if (m_unknown.erase(key.toStdString()) == 0)
        return;
    Q_EMIT unknownChanged();
    Q_EMIT inputChanged();
}

std::vector<Error> ParameterModel::setErrors(const std::vector<Error> &errors)
{
    std::vector<std::optional<Error>> said(m_rows.size());
    std::vector<Error> others;
    for (const Error &error : errors) {
        const int row = error.field.isEmpty() ? -1 : rowOf(firstSegment(error.field));
        if (row < 0)
            others.push_back(error);
        else if (auto &place = said[static_cast<std::size_t>(row)]; !place)
            place = error;
    }
    int first = -1;
    for (int row = 0; row < rowCount(); ++row) {
        Row &place = m_rows[static_cast<std::size_t>(row)];
        if (said[static_cast<std::size_t>(row)] && first < 0)
            first = row;
        if (place.said == said[static_cast<std::size_t>(row)])
            continue;
        place.said = said[static_cast<std::size_t>(row)];
        Q_EMIT dataChanged(index(row), index(row), { ParameterRoles::ErrorRole, ParameterRoles::ErrorTextRole });
    }
    if (first >= 0)
        Q_EMIT errorShown(first);
    return others;
}

void ParameterModel::setDrawnSeed(std::optional<qint64> seed)
{
    if (m_drawnSeed == seed)
        return;
    m_drawnSeed = seed;
    if (const int row = seedRow(); row >= 0)
        Q_EMIT dataChanged(index(row), index(row), { ParameterRoles::DrawnSeedRole, ParameterRoles::PlaceholderRole });
}

Json ParameterModel::draft() const
{
    Json values = Json::object();
    Json typed = Json::object();
    for (const Row &row : m_rows) {
        const std::string name = row.parameter->name.toStdString();
        if (row.value)
            values[name] = *row.value;
        if (!row.unreadable.isEmpty())
            typed[name] = toJson(row.unreadable);
    }
    return { { "values", values }, { "typed", typed }, { "unknown", m_unknown }, { "aside", m_aside } };
}

void ParameterModel::setDraft(const Json &draft)
{
    beginResetModel();
    const Json *values = objectAt(draft, "values");
    rebuild(values ? *values : Json::object());
    if (const Json *aside = objectAt(draft, "aside"))
        m_aside.update(*aside);
    if (const Json *typed = objectAt(draft, "typed")) {
        for (Row &row : m_rows) {
            const std::string name = row.parameter->name.toStdString();
            if (!typed->contains(name))
                continue;
            row.unreadable = stringAt(*typed, name.c_str());
            check(row);
        }
    }
    const Json *unknown = objectAt(draft, "unknown");
    m_unknown = unknown ? *unknown : Json::object();
    endResetModel();
    Q_EMIT unknownChanged();
    Q_EMIT inputChanged();
}

} // namespace plantain
