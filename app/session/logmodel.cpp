#include "logmodel.h"

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace plantain {

namespace {

constexpr qsizetype longestLine = 16 * 1024; // characters kept of one line; a server may send anything
constexpr qsizetype longestCell = 1000; // characters a view has to lay out

QString cellOf(const QString &text)
{
    QString cell = text.left(longestCell);
    std::ranges::replace_if(cell, [](QChar c) { return c.category() == QChar::Other_Control || c == QChar::LineSeparator
                                                        || c == QChar::ParagraphSeparator; }, u' ');
    return cell;
}

} // namespace

QString shortNameOf(const RunId &id)
{
    return id.text.section(u'-', -1);
}

LogModel::LogModel(QObject *parent, int limit)
    : QAbstractTableModel(parent)
    , m_limit(std::max(limit, 1))
{
    m_flush.setSingleShot(true);
    m_flush.setTimerType(Qt::PreciseTimer);
    m_flush.setInterval(15ms);
    connect(&m_flush, &QTimer::timeout, this, &LogModel::flush);
}

int LogModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_lines.size());
}

int LogModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant LogModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const LogLine &line = m_lines[size_t(index.row())];
    const auto levelText = [&line] {
        switch (line.level) {
        case LogLine::Level::Debug:
            return tr("debug");
        case LogLine::Level::Info:
            return tr("info");
        case LogLine::Level::Warning:
            return tr("warning");
        case LogLine::Level::Error:
            return tr("error");
        }
        return QString();
    };
    switch (role) {
    case Qt::DisplayRole:
        switch (index.column()) {
        case TimeColumn:
            return line.time.toLocalTime().toString(u"HH:mm:ss.zzz"_s);
        case RunColumn:
            return shortNameOf(line.run);
        case LevelColumn:
            return levelText();
        case TextColumn:
            return cellOf(line.text);
        default:
            return {};
        }
    case LogRunRole:
        return QVariant::fromValue(line.run);
    case LogLevelRole:
        return int(line.level);
    case LogTextRole:
        return line.text;
    case LogTimeRole:
        return line.time;
    case LogFromServerRole:
        return line.fromServer;
    case LogCopyRole: {
        QStringList parts { line.time.toString(Qt::ISODateWithMs), levelText(), line.run.text, line.text };
        parts.removeAll(QString());
        return parts.join(u' ');
    }
    default:
        return {};
    }
}

QVariant LogModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case TimeColumn:
        return tr("Time");
    case RunColumn:
        return tr("Run");
    case LevelColumn:
        return tr("Level");
    case TextColumn:
        return tr("Text");
    default:
        return {};
    }
}

void LogModel::append(const LogLine &line)
{
    m_waiting.push_back(line);
    if (m_waiting.back().text.size() > longestLine)
        m_waiting.back().text = line.text.left(longestLine) + u'…';
    m_waitingCharacters += m_waiting.back().text.size();
    // A turn that says more than the log holds: its beginning would be gone before anyone saw it.
    if (m_waiting.size() >= 2 * size_t(m_limit) || m_waitingCharacters >= 2 * mostCharacters)
        shorten();
    if (!m_flush.isActive())
        m_flush.start();
}

void LogModel::clear()
{
    m_waiting.clear();
    m_waitingCharacters = 0;
    m_flush.stop();
    if (m_lines.empty())
        return;
    beginRemoveRows({}, 0, rowCount() - 1);
    m_lines.clear();
    m_characters = 0;
    endRemoveRows();
}

void LogModel::shorten()
{
    auto first = m_waiting.begin();
    for (auto left = m_waiting.size(); left > size_t(m_limit) || m_waitingCharacters > mostCharacters; --left)
        m_waitingCharacters -= (first++)->text.size();
    m_waiting.erase(m_waiting.begin(), first);
}

// The oldest leave a tenth of the limit at a time, so that a full log does not pay for a removal with every insertion.
void LogModel::flush()
{
    shorten();
    const auto after = m_lines.size() + m_waiting.size();
    const bool tooMany = after > size_t(m_limit), tooLong = m_characters + m_waitingCharacters > mostCharacters;
    if (tooMany || tooLong) {
        const size_t room = tooMany ? std::max(after - size_t(m_limit), size_t(m_limit) / 10) : 0;
        const qsizetype characters = tooLong ? mostCharacters / 10 * 9 : mostCharacters;
        size_t removed = 0;
        while (removed < m_lines.size() && (removed < room || m_characters + m_waitingCharacters > characters))
            m_characters -= m_lines[removed++].text.size();
        if (removed > 0) {
            beginRemoveRows({}, 0, int(removed) - 1);
            m_lines.erase(m_lines.begin(), m_lines.begin() + qsizetype(removed));
            endRemoveRows();
        }
    }
    m_characters += std::exchange(m_waitingCharacters, 0);
    beginInsertRows({}, rowCount(), rowCount() + int(m_waiting.size()) - 1);
    m_lines.insert(m_lines.end(), std::make_move_iterator(m_waiting.begin()), std::make_move_iterator(m_waiting.end()));
    m_waiting.clear();
    endInsertRows();
}

} // namespace plantain
