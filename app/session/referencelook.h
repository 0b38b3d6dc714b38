#pragma once

#include "decodepool.h"
#include "reference.h"

#include <QObject>
#include <QSet>

namespace plantain {

/// What a file turned out to be.
struct LookedAtReference
{
    PictureInfo info;
    QImage picture; ///< small, upright, in sRGB

    bool operator==(const LookedAtReference &) const = default;
};

/// Reads references in the background, one after the other, so that a slot can show its picture and say what becomes of
/// it. Lives on the GUI thread.
class ReferenceLook final : public QObject
{
    Q_OBJECT
public:
    using QObject::QObject;

    void lookAt(const QString &file);
    /// What scaling down to so many bytes comes to; after all that is to be looked at, since it takes seconds.
    void scale(const QString &file, qint64 atMostBytes);

Q_SIGNALS:
    void lookedAt(const QString &file, const plantain::Result<plantain::LookedAtReference> &found);
    void scaled(const QString &file, const plantain::SmallerReference &smaller);

private:
    DecodePool m_pool { 1, DecodePool::Rank::Background }; ///< a run that is being sent needs the cores more
    QSet<QString> m_scaling;
};

} // namespace plantain
