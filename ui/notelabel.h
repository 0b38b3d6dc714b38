#pragma once

#include <QLabel>

namespace plantain {

/// A sentence beside a control: plain text, wrapped, in the theme's colour for its rank. Hidden while it is empty.
class NoteLabel final : public QLabel
{
    Q_OBJECT
public:
    enum class Rank { Muted, Attention, Bad };

    explicit NoteLabel(Rank rank, QWidget *parent = nullptr);

    void setRank(Rank rank);
    void setNote(const QString &text); ///< foreign text is fine

    QSize minimumSizeHint() const override;

protected:
    void changeEvent(QEvent *event) override;

private:
    void colour();

    Rank m_rank;
    bool m_colouring = false;
};

} // namespace plantain
