#pragma once

#include <QPlainTextEdit>

namespace plantain {

/// A text box that takes plain text only, grows with its text between two heights, and leaves Tab to the focus.
class PlainTextEdit : public QPlainTextEdit
{
    Q_OBJECT
public:
    PlainTextEdit(int leastLines, int mostLines, QWidget *parent = nullptr);

    QString text() const; ///< as it was written, see textOf()
    /// Replaces what differs, and puts the cursor behind it; the rest keeps its place in view.
    void showText(const QString &text);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

Q_SIGNALS:
    void left(); ///< lost the focus

protected:
    void focusOutEvent(QFocusEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void changeEvent(QEvent *event) override;
    bool canInsertFromMimeData(const QMimeData *source) const override;
    void insertFromMimeData(const QMimeData *source) override;

private:
    int heightOf(int lines) const;
    int visualLines() const; ///< counted until it is more than fits
    void fit();

    int m_leastLines, m_mostLines;
    int m_lines = 0;
};

} // namespace plantain
