#include "call.h"

namespace plantain {

void EndCall::operator()(Call *call) const
{
    if (!call)
        return;
    call->disconnect();
    call->silence();
    call->deleteLater();
}

} // namespace plantain
