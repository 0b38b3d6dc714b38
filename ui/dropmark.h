#pragma once

#include <QWidget>

namespace plantain {

/// Lies over the place where what is dragged would land, and says whose that will be. Takes no events.
class DropMark final : public QWidget
{
    Q_OBJECT
public:
    explicit DropMark(QWidget *parent = nullptr); ///< hidden

    void showAt(const QRect &place, const QString &letter); ///< an empty one: nowhere

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QString m_letter;
};

} // namespace plantain
