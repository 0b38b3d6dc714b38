#pragma once

#include <QString>

namespace plantain {

/// How pictures are exported: where to, under which names.
struct ExportOptions
{
    QString folder; ///< absolute; empty: none was ever chosen
    QString names = QStringLiteral("{date}-{time}-{prompt}-{index}"); ///< see exporttemplate.h
    bool sidecars = false; ///< beside each picture a .json with what it was made from

    bool operator==(const ExportOptions &) const = default;
};

} // namespace plantain
