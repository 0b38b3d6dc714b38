#pragma once

#include <QFrame>

class QPushButton;

namespace plantain {

class NoteLabel;
class NumberBox;
class ReferenceModel;

/// Asks, in place, how many pictures of a folder are meant. Never takes the focus by itself; Escape in it takes none.
/// Hidden while nothing is asked.
class FolderQuestionBox final : public QFrame
{
    Q_OBJECT
public:
    explicit FolderQuestionBox(ReferenceModel &model, QWidget *parent = nullptr);

Q_SIGNALS:
    void answered(int count);
    void chooseRequested(const QString &folder); ///< a person picks from it

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    void refresh();
    void accept();

    ReferenceModel &m_model;
    NoteLabel *m_question;
    QWidget *m_row; ///< how many, and the press; not while there is no room
    NumberBox *m_count = nullptr;
    QPushButton *m_add, *m_choose, *m_none;
    int m_most = -1; ///< what the number box goes to
};

} // namespace plantain
