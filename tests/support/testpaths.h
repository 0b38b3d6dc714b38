#pragma once

#include <QString>
#include <QTemporaryDir>

#include <optional>

namespace plantain {

/// The folder with data files from outside (see tests/material.md): from PLANTAIN_MATERIAL, or nothing. Tests that need it
/// skip and say so.
std::optional<QString> materialFolder();

} // namespace plantain
