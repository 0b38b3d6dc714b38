#pragma once

#include <QWidget>

namespace plantain {

/// A key in clear, on the screen and nowhere else: painted, so that it can be neither selected nor copied, and no
/// accessible text holds it. Breaks anywhere.
class ShownKey final : public QWidget
{
    Q_OBJECT
public:
    explicit ShownKey(QWidget *parent = nullptr);

    void setText(const QString &text);
    QSize sizeHint() const override;
    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QString m_text;
};

} // namespace plantain
