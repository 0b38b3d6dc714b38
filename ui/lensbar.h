#pragma once

#include "lenspainter.h"

#include <QTimer>
#include <QWidget>

class QAction;
class QLabel;
class QSlider;
class QToolButton;

namespace plantain {

struct PictureDifference;

/// What can be set about a lens, and what it says: the line of a swipe, the opacity of the onion skin, the rate of the
/// flicker, the gain of the difference. Each lens keeps its own setting. Beats the time of the flicker while it is seen.
class LensBar final : public QWidget
{
    Q_OBJECT
public:
    explicit LensBar(QWidget *parent = nullptr);

    void setLens(Lens lens);
    void setNames(const QString &first, const QString &second); ///< "A", "B"
    const LensState &state() const { return m_state; }
    int gain() const; ///< 1 to 128

    void setShare(double share);
    void step(int by); ///< what the slider does
    bool isHeld() const { return m_held; }
    void setHeld(bool held); ///< the flicker; then step() shows one or the other

    void setGoToDifference(QAction *action); ///< a button beside the figures
    void setFigures(const PictureDifference *difference); ///< null: under way
    void setNote(const QString &note); ///< in their place
    QString figures() const;

Q_SIGNALS:
    void stateChanged();
    void gainChanged();

protected:
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;

private:
    int &setting() { return m_settings[size_t(m_state.lens)]; }
    void take(int value);
    void beat();
    void refresh();

    LensState m_state;
    int m_settings[5]; ///< of the slider, by lens
    bool m_held = false;
    QTimer m_beat;
    QLabel *m_names, *m_what, *m_value, *m_figures;
    QSlider *m_slider;
    QToolButton *m_hold, *m_goTo;
};

} // namespace plantain
