#pragma once

#include <QMenu>

namespace plantain {

class Session;

/// The examples by what they are for; one click fills the form, one undo brings back what stood there.
class ExamplesMenu final : public QMenu
{
    Q_OBJECT
public:
    explicit ExamplesMenu(Session &session, QWidget *parent = nullptr); ///< `session` outlives it
};

} // namespace plantain
