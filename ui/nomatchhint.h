#pragma once

#include <QWidget>

class QAbstractScrollArea;
class QLabel;

namespace plantain {

/// In the middle of a list whose filter lets nothing through: that it is so, and a button that shows all again.
class NoMatchHint final : public QWidget
{
    Q_OBJECT
public:
    /// A child of the area's viewport; hidden at first.
    NoMatchHint(QAbstractScrollArea *area, const QString &text, const QString &button);

Q_SIGNALS:
    void cleared(); ///< the button was pressed

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void place();
};

} // namespace plantain
