#pragma once

#include "uploadstate.h"

#include <QHash>
#include <QString>

#include <optional>

namespace plantain {

/// How far the files of a form are on their way to one server: a file is known by its name, an upload by the hash of what
/// it holds.
class UploadStates
{
public:
    void noteHash(const QString &file, const QString &sha256) { m_hashes.insert(file, sha256); }
    void set(const QString &sha256, const UploadState &state) { m_states.insert(sha256, state); }
    void forget() { m_states.clear(); } ///< for another server; the hashes stay

    bool isOf(const QString &file, const QString &sha256) const { return !file.isEmpty() && m_hashes.value(file) == sha256; }
    /// None: it was not needed there yet.
    std::optional<UploadState> of(const QString &file) const
    {
        const auto found = m_states.constFind(m_hashes.value(file));
        return file.isEmpty() || found == m_states.cend() ? std::nullopt : std::optional(*found);
    }

private:
    QHash<QString, QString> m_hashes; ///< by file
    QHash<QString, UploadState> m_states; ///< by hash
};

} // namespace plantain
