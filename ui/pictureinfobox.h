#pragma once

#include <QFrame>

class QLabel;

namespace plantain {

/// What a picture is, in a corner on it: the beginning of its prompt and a line of facts. Lets the mouse through.
class PictureInfoBox final : public QFrame
{
    Q_OBJECT
public:
    explicit PictureInfoBox(QWidget *parent = nullptr);

    void setPrompt(const QString &prompt); ///< shown are its first lines
    void setFacts(const QStringList &facts); ///< empty ones are left out
    QString text() const; ///< all that is to be read
    void place(const QRect &within); ///< bottom left of it, as large as need be

protected:
    void paintEvent(QPaintEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void colour();

    QLabel *m_prompt, *m_facts;
    bool m_colouring = false;
};

} // namespace plantain
