#pragma once

#include <QFrame>

class QPushButton;

namespace plantain {

class NoteLabel;

/// A sentence and the one thing that can be done about it, in place. Hidden while there is nothing to offer.
class OfferStrip final : public QFrame
{
    Q_OBJECT
public:
    explicit OfferStrip(QWidget *parent = nullptr);

    void setOffer(const QString &sentence, const QString &button); ///< empty: nothing
    QString sentence() const;
    QPushButton *button() const { return m_button; }

Q_SIGNALS:
    void accepted();

private:
    NoteLabel *m_sentence;
    QPushButton *m_button;
};

} // namespace plantain
