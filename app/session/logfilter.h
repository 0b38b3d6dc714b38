#pragma once

#include <QSortFilterProxyModel>

namespace plantain {

/// The lines of a LogModel that hold a text, in the text or in the name of their run; case does not matter.
class LogFilter final : public QSortFilterProxyModel
{
    Q_OBJECT
public:
    using QSortFilterProxyModel::QSortFilterProxyModel;

    void setText(const QString &text);
    QString text() const { return m_text; }

protected:
    bool filterAcceptsRow(int row, const QModelIndex &parent) const override;

private:
    QString m_text;
};

} // namespace plantain
