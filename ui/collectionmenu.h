#pragma once

#include "pictureid.h"

#include <QMenu>

namespace plantain {

class Marking;

/// The collections there are, ticked where all the pictures are in, and a line for a new one.
class CollectionMenu final : public QMenu
{
    Q_OBJECT
public:
    /// `marking` outlives the menu.
    CollectionMenu(Marking &marking, const std::vector<PictureId> &pictures, QWidget *parent = nullptr);

private:
    bool hasAll(const QString &name) const;

    Marking &m_marking;
    const std::vector<PictureId> m_pictures;
};

} // namespace plantain
