#pragma once

#include <QComboBox>

namespace plantain {

/// A combo box that a turning wheel passes by unless it has the focus, so that scrolling a form changes nothing. May
/// show a remark behind what is chosen, in second rank.
class CalmComboBox : public QComboBox
{
    Q_OBJECT
public:
    explicit CalmComboBox(QWidget *parent = nullptr);

    void setRemark(const QString &remark); ///< shown where it fits
    QString remark() const { return m_remark; }

protected:
    void wheelEvent(QWheelEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    QString m_remark;
};

} // namespace plantain
