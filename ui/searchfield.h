#pragma once

#include <QLineEdit>


namespace plantain {

/// Where one types what to look for; keeps searches that are worth it, and offers them.
class SearchField final : public QLineEdit
{
    Q_OBJECT
public:
    explicit SearchField(QWidget *parent = nullptr);

    QStringList saved() const { return m_saved; }
    void setSaved(const QStringList &searches);

protected:
    void keyPressEvent(QKeyEvent *event) override; ///< Down opens the saved ones

private:
    void toggleSaved();
    void refresh();
    void openSaved();

    QStringList m_saved; ///< the latest first
    QAction *m_keep;
};

} // namespace plantain
