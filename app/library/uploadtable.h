#pragma once

#include "database.h"
#include "uploadrecord.h"

#include <QStringList>

namespace plantain {

/// The rows of uploads in a database. On the database's thread; a transaction is the caller's.
class UploadTable
{
public:
    explicit UploadTable(Database &database)
        : m_database(database)
    {
    }

    Result<std::optional<UploadRecord>> find(const QString &server, const QString &sha256);
    /// In place of what is there; those whose time was over when this one was asked for go.
    Result<void> put(const UploadRecord &record);
    Result<void> remove(const QString &server, const QString &sha256);

private:
    Database &m_database;
};

} // namespace plantain
