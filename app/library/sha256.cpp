#include "sha256.h"

#include <QString>

#include <new>
#include <openssl/evp.h>

namespace plantain {

struct Sha256::Context
{
    EVP_MD_CTX *state = EVP_MD_CTX_new();
    ~Context() { EVP_MD_CTX_free(state); }
};

Sha256::Sha256()
    : m_context(std::make_unique<Context>())
{
    // These fail for want of memory alone.
    if (!m_context->state || EVP_DigestInit_ex(m_context->state, EVP_sha256(), nullptr) != 1)
        throw std::bad_alloc();
}

Sha256::~Sha256() = default;

void Sha256::add(QByteArrayView bytes)
{
    EVP_DigestUpdate(m_context->state, bytes.data(), size_t(bytes.size()));
}

QString Sha256::hex()
{
    QByteArray digest(EVP_MAX_MD_SIZE, Qt::Uninitialized);
    unsigned int size = 0;
    EVP_DigestFinal_ex(m_context->state, reinterpret_cast<unsigned char *>(digest.data()), &size);
    digest.truncate(size);
    return QString::fromLatin1(digest.toHex());
}

} // namespace plantain
