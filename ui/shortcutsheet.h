#pragma once

#include <QDialog>

namespace plantain {

struct Actions;

/// All keys on one page. Does not block the window; Escape closes it.
class ShortcutSheet final : public QDialog
{
    Q_OBJECT
public:
    explicit ShortcutSheet(const Actions &actions, QWidget *parent = nullptr);
};

} // namespace plantain
