#pragma once

#include <QByteArray>
#include <QByteArrayView>

#include <utility>
#include <vector>

namespace plantain {

/// Status and headers of a reply.
struct HttpHead
{
    int status = 0; ///< 0: no reply came
    std::vector<std::pair<QByteArray, QByteArray>> headers;

    /// The first header of that name, whatever its case; empty when there is none.
    QByteArray header(QByteArrayView name) const;
    /// "image/png" of "image/PNG; x=y": lower case, without parameters.
    QByteArray mediaType() const;
    bool isSuccess() const { return status >= 200 && status < 300; }
    bool isRedirect() const { return status == 301 || status == 302 || status == 303 || status == 307 || status == 308; }
};

} // namespace plantain
