#pragma once

#include "calmcombobox.h"

namespace plantain {

/// Shows how large a picture is shown, and takes another figure: a percentage typed or one of a few, or "Fit".
class ZoomBox final : public CalmComboBox
{
    Q_OBJECT
public:
    explicit ZoomBox(QWidget *parent = nullptr);

    void setScale(double scale); ///< 1 is 100 %; 0 shows nothing

Q_SIGNALS:
    void fitRequested();
    void scaleRequested(double scale);

private:
    void take(const QString &text);

    QString m_shown;
};

/// "37 %", with one decimal below 10.
QString percentText(double scale);

} // namespace plantain
