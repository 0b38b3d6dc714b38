#pragma once

#include <QByteArray>
#include <QString>

#include <vector>

namespace plantain {

/// A document that stands where one of ours is expected.
struct ForeignJson
{
    enum class Verdict { Good, Bad, Either };
    QString name;
    QByteArray bytes;
    Verdict verdict = Verdict::Either; ///< whether it is JSON at all
};

/// Ours, which are always there, and behind them JSONTestSuite (tests/material.md) where it is.
std::vector<ForeignJson> foreignJson();

/// Whether the second part of it is there; prints that it is not.
bool hasJsonSuite();

} // namespace plantain
