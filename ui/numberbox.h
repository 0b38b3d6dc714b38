#pragma once

#include <QAbstractSpinBox>

#include <optional>

namespace plantain {

/// A spin box that keeps what is typed, even out of range or no number at all: saying so is the model's business.
/// Empty means unset. Stepping stays within the range, and starts from the default.
class NumberBox final : public QAbstractSpinBox
{
    Q_OBJECT
    // What a screen reader's value interface asks a spin box for.
    Q_PROPERTY(double value READ value WRITE setValue)
    Q_PROPERTY(double minimum READ minimum)
    Q_PROPERTY(double maximum READ maximum)
    Q_PROPERTY(double singleStep READ singleStep)
public:
    struct Range
    {
        std::optional<double> minimum, maximum;
        double step = 1;
        bool whole = true;
        std::optional<double> start; ///< where stepping starts while it is empty
    };

    explicit NumberBox(const Range &range, QWidget *parent = nullptr);

    void showText(const QString &text); ///< says nothing
    void setPlaceholder(const QString &text);

    double value() const; ///< of the text, else where stepping starts
    void setValue(double value); ///< like typing it
    double minimum() const;
    double maximum() const;
    double singleStep() const { return m_range.step; }

    void stepBy(int steps) override;
    QValidator::State validate(QString &text, int &position) const override;

Q_SIGNALS:
    void typed(const QString &text);

protected:
    StepEnabled stepEnabled() const override;
    void wheelEvent(QWheelEvent *event) override;

private:
    QString textOf(double value) const;

    Range m_range;
};

} // namespace plantain
