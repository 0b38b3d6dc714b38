#include "httphead.h"

#include <QList>

namespace plantain {

QByteArray HttpHead::header(QByteArrayView name) const
{
    for (const auto &[key, value] : headers) {
        if (key.compare(name, Qt::CaseInsensitive) == 0)
            return value;
    }
    return {};
}

QByteArray HttpHead::mediaType() const
{
    return header("content-type").split(';').constFirst().trimmed().toLower();
}

} // namespace plantain
