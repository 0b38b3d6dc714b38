#pragma once

#include "schema.h"

#include <QObject>
#include <QWidget>

#include <optional>

namespace plantain {

/// What an editor shows of its parameter.
struct FieldState
{
    QString text; ///< the value, or what was typed and cannot be read; empty when unset
    std::optional<Json> value;
    bool isSet = false;
    bool isChanged = false; ///< set, and other than the default
    QString placeholder; ///< for an empty editor
    std::optional<qint64> drawnSeed;
    QStringList choiceNotes, choicePixels; ///< one a choice; see ParameterRoles
};

/// The widgets that edit one parameter, whatever its kind. Not a widget itself: its widgets are laid out beside their
/// label under one parent, because only so the label names them to screen readers. Says what a person does by exactly
/// one of three signals; show() never does.
class FieldEditor : public QObject
{
    Q_OBJECT
public:
    enum class LabelPlace { Beside, Above, Inside };

    using QObject::QObject;

    virtual QWidget *input() const = 0; ///< has the focus, is the label's buddy
    virtual QList<QWidget *> buttons() const { return {}; } ///< to the right of it
    virtual QWidget *whenUnset() const { return nullptr; } ///< a button in the place of Reset while there is nothing to reset
    virtual LabelPlace labelPlace() const { return LabelPlace::Beside; }

    /// `keepText`: the change came from this editor, which a person is typing into.
    virtual void show(const FieldState &state, bool keepText) = 0;

Q_SIGNALS:
    void typed(const QString &text); ///< to be read as the parameter's kind reads text
    void picked(int choice); ///< index into the parameter's choices
    void cleared();
    void left(); ///< the editor was left: what was typed may be shown in its normal form
};

} // namespace plantain
