#pragma once

#include <QDialog>

namespace plantain {

/// What the program is, and of which version. Does not block the window.
class AboutDialog final : public QDialog
{
    Q_OBJECT
public:
    explicit AboutDialog(QWidget *parent = nullptr);
};

} // namespace plantain
