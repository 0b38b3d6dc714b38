#pragma once

#include <QHash>
#include <QString>
#include <QStringList>

#include <optional>

namespace plantain {

/// What a prompt asks of the sandbox beside a picture: a line that starts with "sandbox:", words separated by blanks,
/// e.g. "sandbox: images=6 slow=3". The line is not painted. Words that are not known are named in the run's log.
///
/// | word | what happens |
/// |---|---|
/// | `submit=CODE` | the submit (or synchronous call) itself is refused with that code: 400-599, as fal words 401, 403, 404, 422, 429 |
/// | `submit=html` | the submit is answered 200 with a web page, and not taken |
/// | `submit=drop` | the submit is taken and in the ledger, and the connection hangs up without an answer |
/// | `submit=noid` | the submit is taken and in the ledger; the answer is JSON without a request id |
/// | `error=TYPE` | ends in that error of fal-protocol.md 4.1 or 4.2, with its code and headers |
/// | `http=CODE` | ends in that code with a plain `{"detail": ...}` |
/// | `html=CODE` | ends in that code with a web page |
/// | `result=noimages` | the result has no `images` |
/// | `result=broken` | the result is JSON cut in the middle |
/// | `result=cut` | the reply with the result ends in the middle of its body |
/// | `result=gone` | the result answers 404, as if it had expired |
/// | `images=N` | N pictures (0 to 20), whatever was asked |
/// | `duplicate` | every picture is the first one, byte for byte |
/// | `blank` | the pictures are all one grey |
/// | `size=wrong` or `size=WxH` | another size than asked for: halved, or that one |
/// | `type=FORMAT` | the files hold png, jpeg, webp, gif, svg, html, text or empty, whatever their name and type say |
/// | `truncated` | the files end in the middle; their length is right |
/// | `drop` | downloads hang up in the middle |
/// | `missing` | downloads answer 404 |
/// | `slow=SECONDS` | takes that long, whatever the latency (0 to 3600) |
/// | `logs=N` | at least N log lines (to 100000); `nologs`: none at all |
/// | `requeue` | once goes back from IN_PROGRESS to IN_QUEUE, as when a runner dies |
/// | `nocancel` | a cancel is answered and has no effect once it runs, as with partner models |
/// | `description=empty`, `=long`, `=markup` | what the model's text is |
struct Directives
{
    QString submit, error, result, description, type;
    std::optional<int> http, html, images, width, height, logs;
    std::optional<double> slow;
    bool duplicate = false, blank = false, wrongSize = false, truncated = false, drop = false, missing = false,
         noLogs = false, requeue = false, noCancel = false;
    QStringList unknown; ///< words that mean nothing

    bool operator==(const Directives &) const = default;
};

Directives directivesOf(const QString &prompt);

/// The prompt without its directive lines.
QString promptWithoutDirectives(const QString &prompt);

} // namespace plantain
