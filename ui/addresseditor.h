#pragma once

#include "fieldeditor.h"

class QLineEdit;
class QToolButton;

namespace plantain {

/// One address, or a file of this machine, which stands there as a file: address: typed, dropped, or chosen in a dialog.
class AddressEditor final : public FieldEditor
{
    Q_OBJECT
public:
    AddressEditor(const Parameter &parameter, QWidget *parent);

    QWidget *input() const override;
    QList<QWidget *> buttons() const override;
    void show(const FieldState &state, bool keepText) override;
    bool eventFilter(QObject *watched, QEvent *event) override; ///< a drop on the line

private:
    void askForFile();
    void take(const QUrl &url);

    const QString m_title, m_kind;
    QLineEdit *m_line;
    QToolButton *m_choose;
};

} // namespace plantain
