#pragma once

#include "database.h"

#include <QSqlQuery>

class QSqlError;

namespace plantain {

/// One statement with its bound values; values are never put into the text. Short-lived, on the database's thread.
class Statement
{
public:
    Statement(const Database &database, const QString &sql);

    /// The next placeholder. A null string is bound as an empty one: our columns hold text or are left out.
    Statement &bind(const QVariant &value);
    Result<void> run();
    /// Runs at the first call. False: no more rows.
    Result<bool> next();
    /// Calls `take` with each row that is left, until it returns an error.
    template <class Take>
    Result<void> forEach(Take take)
    {
        while (true) {
            const auto row = next();
            if (!row)
                return failure(row.error());
            if (!*row)
                return {};
            if (const Result<void> taken = take(); !taken)
                return taken;
        }
    }
    QVariant value(int column) const { return m_query.value(column); }
    QString text(int column) const { return value(column).toString(); }
    qint64 number(int column) const { return value(column).toLongLong(); }

private:
    QSqlQuery m_query;
    std::optional<Error> m_error; ///< of preparing
    bool m_ran = false;
};

Error databaseError(const QSqlError &error);

} // namespace plantain
