#pragma once

#include <QWidget>

class QAbstractButton;
class QHBoxLayout;
class QLabel;

namespace plantain {

/// Title of a group in a panel, with small buttons or a remark to the right of it.
class SectionHeading final : public QWidget
{
    Q_OBJECT
public:
    explicit SectionHeading(const QString &title, QWidget *parent = nullptr);

    void setTitle(const QString &title);
    QString title() const;
    void addButton(QAbstractButton *button);
    void addRemark(QWidget *remark);

private:
    QHBoxLayout *m_layout;
    QLabel *m_title;
};

} // namespace plantain
