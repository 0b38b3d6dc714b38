#include "diskerror.h"

#include <cerrno>

using namespace Qt::StringLiterals;

namespace plantain {

namespace {

QString typeOf(int code)
{
    switch (code) {
    case ENOSPC:
    case EDQUOT:
        return u"full"_s;
    case EROFS:
    case EACCES:
    case EPERM:
        return u"readonly"_s;
    case ENOENT:
    case ENXIO:
    case ENODEV:
    case ESTALE:
        return u"missing"_s;
    case EEXIST:
        return u"exists"_s;
    default:
        return u"io"_s;
    }
}

} // namespace

Error diskError(int code, const QString &relative)
{
    return { .kind = ErrorKind::Disk,
             .type = typeOf(code),
             .message = u"%1: %2"_s.arg(relative.isEmpty() ? u"."_s : relative, qt_error_string(code)) };
}

} // namespace plantain
