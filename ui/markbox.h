#pragma once

#include "marks.h"
#include "pictureid.h"

#include <QWidget>

class QComboBox;
class QLabel;
class QToolButton;

namespace plantain {

class Marking;

/// What is said of one picture, by pointer: stars, keep or reject, a label; and which collections it is in.
class MarkBox final : public QWidget
{
    Q_OBJECT
public:
    /// `marking` outlives the box.
    explicit MarkBox(Marking &marking, QWidget *parent = nullptr);

    void showMarks(const PictureId &picture, const Marks &marks);

private:
    Marking &m_marking;
    PictureId m_picture;
    Marks m_marks;
    std::vector<QToolButton *> m_stars;
    QToolButton *m_keep, *m_reject;
    QComboBox *m_label;
    QLabel *m_collections;
};

} // namespace plantain
