#pragma once

#include <QDialog>

class QLineEdit;

namespace plantain {

class NoteLabel;
class Servers;

/// Asks for the address of another server. What is wrong with it is said below the line, and the sheet stays. Does not
/// block the window.
class AddressSheet final : public QDialog
{
    Q_OBJECT
public:
    explicit AddressSheet(QWidget *parent = nullptr);

Q_SIGNALS:
    void entered(const QString &server); ///< the name of a server that can be chosen

private:
    void take();

    QLineEdit *m_address;
    NoteLabel *m_problem;
};

} // namespace plantain
