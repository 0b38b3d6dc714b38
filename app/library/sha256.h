#pragma once

#include <QByteArray>
#include <QByteArrayView>

#include <memory>

namespace plantain {

/// SHA-256 of bytes as they come, by OpenSSL: several times as fast as QCryptographicHash where the processor has
/// instructions for it, and every picture goes through here. Any one thread.
class Sha256
{
public:
    Sha256();
    ~Sha256();
    Sha256(const Sha256 &) = delete;
    Sha256 &operator=(const Sha256 &) = delete;

    void add(QByteArrayView bytes);
    QString hex(); ///< lower case; once

private:
    struct Context;
    std::unique_ptr<Context> m_context;
};

} // namespace plantain
