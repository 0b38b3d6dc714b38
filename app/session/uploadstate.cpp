#include "uploadstate.h"

#include <QCoreApplication>

namespace plantain {

QString textOf(const UploadState &state)
{
    const auto tr = [](const char *text) { return QCoreApplication::translate("UploadState", text); };
    switch (state.phase) {
    case UploadState::Phase::Waiting:
        return tr("waits to be uploaded");
    case UploadState::Phase::Sending:
        return tr("uploading, %1 %").arg(int(state.share() * 100));
    case UploadState::Phase::Stored:
        return tr("uploaded");
    case UploadState::Phase::Refused:
        return tr("not taken by the server");
    }
    return {};
}

} // namespace plantain
