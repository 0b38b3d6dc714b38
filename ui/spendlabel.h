#pragma once

#include <QLabel>

namespace plantain {

class SpendToday;

/// The sum of today, for the status bar; its tool tip says how it comes about.
class SpendLabel final : public QLabel
{
    Q_OBJECT
public:
    /// `spend` outlives the label.
    explicit SpendLabel(const SpendToday &spend, QWidget *parent = nullptr);

private:
    void refresh();

    const SpendToday &m_spend;
};

} // namespace plantain
