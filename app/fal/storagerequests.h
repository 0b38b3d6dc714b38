#pragma once

#include "uploadplan.h"
#include "wire.h"

class QFile;

namespace plantain {

/// The requests an upload is made of.
HttpRequest initiateRequest(const Server &server, const UploadPlan &plan);
/// `bytes` of the file from where it stands; no content type where it is empty.
HttpRequest putRequest(const QUrl &url, QFile &file, qint64 bytes, const QString &contentType);
HttpRequest completeRequest(const PartsUpload &upload);

/// What is wrong with the reply to one of the last two, if anything is.
std::optional<Error> storageErrorOf(const HttpOutcome &outcome);

/// Where the part of that number goes: the address with the number below its path, its query as it was.
QUrl partUrl(const QUrl &upload, const QString &part);

/// The file, open; a name of no file, or of none that can be read, is an error of the disk.
Result<std::unique_ptr<QFile>> openedForUpload(const QString &path);

} // namespace plantain
