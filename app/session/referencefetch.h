#pragma once

#include "falclient.h"
#include "result.h"

namespace plantain {

/// Brings a reference home that is only an address on the web, through the gate that foreign addresses pass, without a key.
/// Tried once: a person asked for it and can ask again.
class ReferenceFetch final : public QObject
{
    Q_OBJECT
public:
    /// `atMostBytes`: what is larger is given up. Begins at once; `finished` is called once, not before this returns.
    ReferenceFetch(FalClient &client, const QUrl &url, qint64 atMostBytes,
                   std::function<void(const Result<QByteArray> &)> finished, QObject *parent);

private:
    QByteArray m_bytes;
    CallHandle m_call;
};

} // namespace plantain
