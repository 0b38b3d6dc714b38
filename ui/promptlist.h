#pragma once

#include <QDialog>

class QLineEdit;
class QListView;

namespace plantain {

class PromptFilter;
class PromptHistory;

/// The earlier prompts to search and choose from. Not modal; closes when one is chosen. Deletes itself.
class PromptList final : public QDialog
{
    Q_OBJECT
public:
    explicit PromptList(PromptHistory &history, QWidget *parent = nullptr); ///< `history` outlives it

Q_SIGNALS:
    void chosen(const QString &prompt);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void choose(const QModelIndex &index);
    void selectFirst();

    PromptFilter *m_filter;
    QLineEdit *m_search;
    QListView *m_list;
};

} // namespace plantain
