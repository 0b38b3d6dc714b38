#include "formhistory.h"

#include "endpointcatalog.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace plantain {

namespace {

constexpr std::size_t mostSteps = 300;
constexpr qsizetype longestKey = 8; ///< characters one key or input method brings; more is a paste
constexpr qsizetype sentence = 40; ///< typed in one step; the next word begins a new one

const Json &none()
{
    static const Json object = Json::object();
    return object;
}

const Json &partOf(const Draft &draft, const char *part)
{
    const Json *object = objectAt(draft.parameters, part);
    return object ? *object : none();
}

/// What an editor holds: the value, or what was typed and is none; null when unset.
Json heldBy(const Draft &draft, const std::string &name)
{
    for (const char *part : { "typed", "values" }) {
        const Json &values = partOf(draft, part);
        if (const auto found = values.find(name); found != values.end())
            return *found;
    }
    return nullptr;
}

QStringList changedFields(const Draft &from, const Draft &to)
{
    QStringList names;
    for (const Draft *draft : { &from, &to }) {
        for (const char *part : { "values", "typed" }) {
            for (const auto &[key, value] : partOf(*draft, part).items()) {
                const QString name = QString::fromStdString(key);
                if (!names.contains(name) && heldBy(from, key) != heldBy(to, key))
                    names.append(name);
            }
        }
    }
    return names;
}

struct TextChange
{
    qsizetype at, removed, added;
};

TextChange changeBetween(const QString &from, const QString &to)
{
    const qsizetype shorter = std::min(from.size(), to.size());
    qsizetype start = 0;
    while (start < shorter && from[start] == to[start])
        ++start;
    qsizetype end = 0;
    while (end < shorter - start && from[from.size() - 1 - end] == to[to.size() - 1 - end])
        ++end;
    return { start, from.size() - start - end, to.size() - start - end };
}

QString textOf(const Json &held)
{
    return held.is_null() ? QString() : toQString(held);
}

} // namespace

FormHistory::FormHistory(const EndpointCatalog &catalog, int pauseMs, QObject *parent)
    : QObject(parent)
    , m_catalog(catalog)
    , m_pauseMs(pauseMs)
{
}

void FormHistory::begin(const Draft &now)
{
    m_states = { State { .draft = now } };
    m_at = 0;
    m_nextName.clear();
    Q_EMIT changed();
}

void FormHistory::nameNext(const QString &name, bool merges)
{
    m_nextName = name;
    m_nextMerges = merges;
}

FormHistory::State FormHistory::stepTo(const Draft &now) const
{
    const Draft &before = m_states[m_at].draft;
    State step { .draft = now };
    if (!m_nextName.isEmpty()) {
        step.name = m_nextName;
        step.merges = m_nextMerges;
        return step;
    }
    if (before.endpoint != now.endpoint) {
        step.name = tr("choice of endpoint");
        return step;
    }
    const QStringList fields = changedFields(before, now);
    const bool otherKeys = partOf(before, "unknown") != partOf(now, "unknown");
    const bool references = before.references != now.references;
    if (references && fields.isEmpty() && !otherKeys) {
        const auto was = before.references.size();
        const auto is = now.references.size();
        const bool isOrder = std::is_permutation(before.references.begin(), before.references.end(), now.references.begin(),
                                                 now.references.end());
        step.name = is > was ? tr("adding of references")
            : is < was       ? tr("removing of references")
            : isOrder        ? tr("order of references")
                             : tr("change of references");
        return step;
    }
    if (fields.size() != 1 || references || otherKeys) {
        const bool isReset = !references && std::all_of(fields.begin(), fields.end(), [&now](const QString &field) {
            return heldBy(now, field.toStdString()).is_null();
        }) && partOf(now, "unknown").empty();
        step.name = isReset ? tr("reset of all") : tr("several changes");
        return step;
    }
    const QString &field = fields.front();
    const Endpoint *endpoint = m_catalog.find(now.endpoint);
    const Parameter *parameter = endpoint ? endpoint->schema.find(field) : nullptr;
    const QString title = parameter ? parameter->title : field;
    const Json held = heldBy(now, field.toStdString());
    const ParameterKind kind = parameter ? parameter->kind : ParameterKind::Json;
    if (kind == ParameterKind::Choice || kind == ParameterKind::Boolean) {
        step.name = held.is_null() ? tr("reset of %1").arg(title) : tr("change of %1").arg(title);
        return step;
    }
    const TextChange change = changeBetween(textOf(heldBy(before, field.toStdString())), textOf(held));
    const bool isTyped = change.added <= longestKey && change.removed <= longestKey && change.added + change.removed > 0;
    step.name = isTyped ? tr("typing in %1").arg(title)
        : held.is_null() ? tr("reset of %1").arg(title)
                         : tr("change of %1").arg(title);
    if (change.added <= longestKey && !held.is_null()) {
        step.field = field;
        step.caret = change.at + change.added;
        step.typed = change.added + change.removed;
        step.removes = change.added == 0;
        step.merges = isTyped;
    }
    return step;
}

bool FormHistory::joins(const State &step) const
{
    const State &last = m_states[m_at];
    if (m_at == 0 || canRedo() || !step.merges || !m_since.isValid() || m_since.elapsed() >= m_pauseMs)
        return false;
    if (step.field.isEmpty())
        return last.merges && last.field.isEmpty() && last.name == step.name;
    if (last.field != step.field || last.removes != step.removes)
        return false;
    const QString text = textOf(heldBy(step.draft, step.field.toStdString()));
    const qsizetype start = step.caret - (step.removes ? 0 : step.typed);
    const bool isNear = step.removes ? start == last.caret || start + step.typed == last.caret : start == last.caret;
    const bool beginsWord = start > 0 && start < text.size() && text[start - 1].isSpace();
    return isNear && !(last.typed >= sentence && beginsWord);
}

void FormHistory::take(const Draft &now)
{
    if (m_states[m_at].draft == now) {
        m_nextName.clear();
        return;
    }
    State step = stepTo(now);
    m_nextName.clear();
    if (joins(step)) {
        step.typed += m_states[m_at].typed;
        step.name = m_states[m_at].name;
        m_states[m_at] = std::move(step);
    } else {
        m_states.erase(m_states.begin() + static_cast<std::ptrdiff_t>(m_at) + 1, m_states.end());
        m_states.push_back(std::move(step));
        if (m_states.size() > mostSteps)
            m_states.erase(m_states.begin());
        m_at = m_states.size() - 1;
    }
    m_since.start();
    Q_EMIT changed();
}

void FormHistory::settle(const Draft &now)
{
    m_states[m_at].draft = now;
}

QString FormHistory::undoName() const
{
    return canUndo() ? m_states[m_at].name : QString();
}

QString FormHistory::redoName() const
{
    return canRedo() ? m_states[m_at + 1].name : QString();
}

const Draft &FormHistory::undo()
{
    --m_at;
    m_since.invalidate();
    Q_EMIT changed();
    return m_states[m_at].draft;
}

const Draft &FormHistory::redo()
{
    ++m_at;
    m_since.invalidate();
    Q_EMIT changed();
    return m_states[m_at].draft;
}

} // namespace plantain
