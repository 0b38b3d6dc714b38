#pragma once

#include <QWidget>

#include <vector>

class QGridLayout;
class QLabel;
class QToolButton;

namespace plantain {

class SelectableText;

/// A name and what it is, in words; both plain text.
struct Fact
{
    QString name, value;
    bool isMarked = false; ///< not as it should be: stands out
    bool isCopyable = false; ///< has a button that copies it

    bool operator==(const Fact &) const = default;
};

/// Facts one under the other, the values selectable.
class FactList final : public QWidget
{
    Q_OBJECT
public:
    explicit FactList(QWidget *parent = nullptr);

    void setFacts(const std::vector<Fact> &facts);

protected:
    void changeEvent(QEvent *event) override;

private:
    void colour();

    struct Row
    {
        QLabel *name = nullptr;
        SelectableText *value = nullptr;
        QToolButton *copy = nullptr;
        bool isMarked = false;
    };
    QGridLayout *m_layout;
    std::vector<Row> m_rows; ///< kept and hidden when there are fewer facts
    bool m_colouring = false;
};

} // namespace plantain
