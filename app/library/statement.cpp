#include "statement.h"

#include <QSqlError>

using namespace Qt::StringLiterals;

namespace plantain {

namespace {

// Primary result codes, https://www.sqlite.org/rescode.html; the extended ones have them in their low byte.
enum SqliteCode { Busy = 5, Locked = 6, ReadOnly = 8, IoError = 10, Corrupt = 11, Full = 13, CantOpen = 14, NotADatabase = 26 };

} // namespace

Error databaseError(const QSqlError &error)
{
    Error result { .kind = ErrorKind::Database, .type = u"io"_s, .message = error.text().simplified() };
    switch (error.nativeErrorCode().toInt() & 0xff) {
    case Busy:
    case Locked:
        result.type = u"locked"_s;
        break;
    case Corrupt:
    case NotADatabase:
        result.type = u"damaged"_s;
        break;
    case Full:
        result.kind = ErrorKind::Disk;
        result.type = u"full"_s;
        break;
    case ReadOnly:
        result.kind = ErrorKind::Disk;
        result.type = u"readonly"_s;
        break;
    case IoError:
    case CantOpen:
        result.kind = ErrorKind::Disk;
        break;
    default:
        break;
    }
    return result;
}

Statement::Statement(const Database &database, const QString &sql)
    : m_query(database.connection())
{
    m_query.setForwardOnly(true);
    if (!m_query.prepare(sql))
        m_error = databaseError(m_query.lastError());
}

Statement &Statement::bind(const QVariant &value)
{
    const bool isNullString = value.typeId() == QMetaType::QString && value.toString().isNull();
    m_query.addBindValue(isNullString ? QVariant(u""_s) : value);
    return *this;
}

Result<void> Statement::run()
{
    if (m_error)
        return failure(*m_error);
    m_ran = true;
    if (!m_query.exec()) {
        m_error = databaseError(m_query.lastError());
        return failure(*m_error);
    }
    return {};
}

Result<bool> Statement::next()
{
    if (!m_ran) {
        if (const auto ran = run(); !ran)
            return failure(ran.error());
    }
    if (m_error)
        return failure(*m_error);
    if (m_query.next())
        return true;
    if (m_query.lastError().isValid()) {
        m_error = databaseError(m_query.lastError());
        return failure(*m_error);
    }
    return false;
}

} // namespace plantain
