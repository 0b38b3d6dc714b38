#pragma once

#include <QString>

namespace plantain {

/// What the first 100 bytes of an SQLite file say (https://www.sqlite.org/fileformat2.html#the_database_header), read
/// without SQLite, which may write as soon as it opens a file.
struct DatabaseHeader
{
    bool isDatabase = false; ///< as far as the header goes; a file with an unknown format version would be read-only
    quint32 userVersion = 0;
    quint32 applicationId = 0;
    qint64 bytes = 0; ///< the size the file should have at least, unless a log is to be played in

    static DatabaseHeader of(const QString &path);
};

} // namespace plantain
