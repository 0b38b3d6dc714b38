#pragma once

#include <QLabel>

namespace plantain {

/// One line of plain text that ends in "…" where there is no room for all of it; then the tool tip has the whole.
class ElidedLabel final : public QLabel
{
    Q_OBJECT
public:
    explicit ElidedLabel(QWidget *parent = nullptr);

    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
    bool event(QEvent *event) override;
};

} // namespace plantain
