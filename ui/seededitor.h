#pragma once

#include "fieldeditor.h"

class QLineEdit;
class QToolButton;

namespace plantain {

/// A seed: empty means that one is drawn at each run, and the last one drawn is shown in grey. The dice draws one now;
/// the lock keeps the last one drawn.
class SeedEditor final : public FieldEditor
{
    Q_OBJECT
public:
    SeedEditor(const Parameter &parameter, QWidget *parent);

    QWidget *input() const override;
    QList<QWidget *> buttons() const override;
    QWidget *whenUnset() const override;
    void show(const FieldState &state, bool keepText) override;
    bool eventFilter(QObject *watched, QEvent *event) override; ///< the line gets another width

private:
    void showPlaceholder();

    QLineEdit *m_line;
    QToolButton *m_keep;
    QToolButton *m_dice;
    std::optional<qint64> m_drawn;
    QString m_placeholder;
};

} // namespace plantain
