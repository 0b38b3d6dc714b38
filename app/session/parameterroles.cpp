#include "parameterroles.h"

#include <QMetaEnum>

#include <cctype>

namespace plantain {

QHash<int, QByteArray> ParameterRoles::names()
{
    QHash<int, QByteArray> names;
    const auto roles = QMetaEnum::fromType<Role>();
    for (int i = 0; i < roles.keyCount(); ++i) {
        QByteArray name(roles.key(i));
        name.chop(static_cast<int>(qstrlen("Role")));
        name[0] = static_cast<char>(std::tolower(name[0]));
        names.insert(roles.value(i), name);
    }
    return names;
}

} // namespace plantain
