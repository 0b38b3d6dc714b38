#pragma once

#include "decodepool.h"

#include <QObject>
#include <QStringList>

namespace plantain {

/// Puts pictures on the clipboard: the files, and the first of them as a picture too, ready as PNG so that who pastes
/// does not wait. Read and encoded beside the GUI thread; the last one asked for wins.
class PictureCopy final : public QObject
{
    Q_OBJECT
public:
    explicit PictureCopy(QObject *parent = nullptr);

    void copy(const QStringList &files); ///< absolute paths

Q_SIGNALS:
    void copied();
    void failed(const plantain::Error &error); ///< the clipboard is as it was

private:
    DecodePool m_pool { 1 };
    int m_request = 0;
};

} // namespace plantain
