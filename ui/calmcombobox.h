#pragma once

#include <QComboBox>

namespace plantain {

/// A combo box that a turning wheel passes by unless it has the focus, so that scrolling a form changes nothing.
class CalmComboBox : public QComboBox
{
    Q_OBJECT
public:
    explicit CalmComboBox(QWidget *parent = nullptr);

protected:
    void wheelEvent(QWheelEvent *event) override;
};

} // namespace plantain
