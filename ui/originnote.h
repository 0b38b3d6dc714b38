#pragma once

#include <QFrame>

namespace plantain {

class Form;
class NoteLabel;

/// Above Generate, where the form goes on from a run: exactly what differs from what was sent then.
class OriginNote final : public QFrame
{
    Q_OBJECT
public:
    explicit OriginNote(Form &form, QWidget *parent = nullptr);

    QString text() const;

private:
    void refresh();

    Form &m_form;
    NoteLabel *m_note;
};

} // namespace plantain
