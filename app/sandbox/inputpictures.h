#pragma once

#include "filestore.h"
#include "json.h"
#include "sandboxoutcome.h"

#include <QImage>

#include <vector>

namespace plantain {

/// The pictures an input names. Only data URIs, files of the sandbox itself and fal's own examples (as drawn
/// stand-ins) are read: no address is ever opened (reliability.md R29).
class InputPictures final
{
public:
    explicit InputPictures(const FileStore &files);

    /// Each entry of a list of URLs, scaled down to what a thumbnail needs; or the error that fal would give.
    tl::expected<std::vector<QImage>, SandboxOutcome> read(const QString &field, const Json &urls, QSize *firstSize) const;
    /// For a medium that is not looked at: is it one the sandbox could have read?
    bool isReachable(const QString &url) const;

private:
    std::optional<QByteArray> bytesOf(const QString &url) const;

    const FileStore &m_files;
};

/// A PNG with nothing in it but its pixels: what a decoder needs. Text and colour chunks can be made to unpack into
/// gigabytes (reliability.md A3). Empty when a chunk is longer than the file.
QByteArray strippedPng(const QByteArray &bytes);

/// Payload of a base64 data URI.
std::optional<QByteArray> dataUriPayload(const QString &url);

} // namespace plantain
