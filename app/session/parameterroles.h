#pragma once

#include <QHash>
#include <QObject>

namespace plantain {

/// What a view may ask ParameterModel about a row. Values are plain Qt types (QString, qlonglong, double, bool; lists
/// and objects as compact JSON text); an invalid QVariant means "none". Typed access: ParameterModel::value().
struct ParameterRoles
{
    Q_GADGET
public:
    enum Role {
        NameRole = Qt::UserRole + 1, ///< QString: key in the input
        TitleRole, ///< QString
        KindRole, ///< int: ParameterKind
        ValueRole, ///< what is set; invalid when unset
        DefaultRole,
        IsSetRole, ///< bool: it will be sent
        IsChangedRole, ///< bool: set, and other than the default
        RequiredRole, ///< bool
        ErrorRole, ///< plantain::Error; invalid when there is none
        ErrorTextRole, ///< QString: one or more sentences; empty when there is none
        ChoicesRole, ///< QVariantList of values
        ChoiceLabelsRole, ///< QStringList, same order
        HelpRole, ///< QString, foreign plain text
        WarningRole, ///< QString: what to know while it is set to something else than the default; empty when nothing
        MinimumRole, ///< double
        MaximumRole, ///< double
        StepRole, ///< double
        MinimumLengthRole, ///< qlonglong, characters (code points)
        MaximumLengthRole, ///< qlonglong
        PlaceholderRole, ///< QString: what an empty editor shows
        ExampleRole, ///< QString
        AdvancedRole, ///< bool: rarely needed, to be folded away
        ChoiceNotesRole, ///< QStringList, same order as the choices: what each is good for; "" where nothing is known
        ChoicePixelsRole, ///< QStringList, same order: "1024 × 768" beside the ratio that is chosen; "" likewise
        DrawnSeedRole, ///< qlonglong: the seed drawn for the last run, on the seed's row while that is unset
    };
    Q_ENUM(Role)

    static QHash<int, QByteArray> names(); ///< NameRole is "name"
};

} // namespace plantain
