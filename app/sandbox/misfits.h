#pragma once

#include "directives.h"
#include "painter.h"
#include "sandboxoutcome.h"

namespace plantain {

/// The end a prompt asked for instead of pictures, if any.
std::optional<SandboxOutcome> endOnDemand(const Directives &asked);

/// The bytes of a file as the directives want them: of another type, cut, or as they are.
QByteArray misfit(const Directives &asked, const QByteArray &encoded, const QImage &image);

/// The model's text: a sentence about what was painted, now and then nothing at all, or what the directives say.
QString descriptionOf(const Directives &asked, const Painting &painting, const QString &motif);

/// A web page as a gateway would send it.
QByteArray webPage(int status);

} // namespace plantain
