#pragma once

#include <QTextEdit>

namespace plantain {

/// Plain text to read, select and copy: as high as it is, wrapped anywhere when a word is too long, without a frame.
class SelectableText final : public QTextEdit
{
    Q_OBJECT
public:
    explicit SelectableText(QWidget *parent = nullptr);

    void setShown(const QString &text); ///< foreign text is fine
    void setMarkedWords(const QStringList &words); ///< stand out wherever they are in the text
    void setWhenEmpty(const QString &text) { setPlaceholderText(text); }

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void resizeEvent(QResizeEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void fit();
    void markWords();
    int heightFor(int width) const;

    QStringList m_marked;
};

} // namespace plantain
