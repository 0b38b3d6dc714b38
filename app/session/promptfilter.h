#pragma once

#include <QSortFilterProxyModel>
#include <QStringList>

namespace plantain {

/// The prompts of a PromptHistory that hold every word of a text; case does not matter.
class PromptFilter final : public QSortFilterProxyModel
{
    Q_OBJECT
public:
    using QSortFilterProxyModel::QSortFilterProxyModel;

    void setText(const QString &text);

protected:
    bool filterAcceptsRow(int row, const QModelIndex &parent) const override;

private:
    QStringList m_words;
};

} // namespace plantain
