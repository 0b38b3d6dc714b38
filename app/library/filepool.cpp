#include "filepool.h"

using namespace Qt::StringLiterals;

namespace plantain {

Error FilePool::stopped()
{
    return { .kind = ErrorKind::Cancelled, .message = u"the library was closed"_s };
}

void FilePool::stop()
{
    m_stopping = true;
    m_threads.shutdown();
}

} // namespace plantain
