#include "exporttemplate.h"
#include "fuzztarget.h"
#include "safename.h"

using namespace plantain;

namespace {

void checkName(const QString &stem, int mostBytes)
{
    fuzz::require(!stem.isEmpty() && stem.toUtf8().size() <= mostBytes, "a name, and not too long");
    fuzz::require(QString::fromUtf8(stem.toUtf8()) == stem, "a name in UTF-8");
    fuzz::require(!stem.startsWith(u'.') && !stem.startsWith(u'-') && !stem.endsWith(u'.') && !stem.endsWith(u' '),
                  "neither hidden, nor an option, nor what Windows would cut");
    for (const char32_t c : stem.toUcs4()) {
        fuzz::require(c >= 0x20 && c != 0x7f && c != '/' && c != '\\' && c != ':', "one part of a path");
        fuzz::require(!(c >= 0x202a && c <= 0x202e) && !(c >= 0x2066 && c <= 0x2069) && c != 0x200e && c != 0x200f,
                      "read in the order it is written");
    }
}

} // namespace

/// Behind the first byte, a length: a template for names, and a prompt.
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size < 1)
        return 0;
    const QString text = QString::fromUtf8(fuzz::copyOf(data + 1, size - 1));
    const int mostBytes = 8 + data[0];
    checkName(safeFileStem(text, mostBytes), mostBytes);
    const qsizetype end = text.indexOf(u'\n');
    const QString names = text.left(end < 0 ? text.size() : end);
    ExportSubject subject;
    subject.run = { text.left(40) };
    subject.prompt = text.sliced(end < 0 ? 0 : end);
    subject.endpoint = { text.left(60) };
    subject.seed = data[0];
    subject.size = QSize(data[0], 7);
    const QString stem = exportStem(names, subject, data[0], 1000);
    checkName(stem, 200);
    fuzz::require(numberedName(stem, QStringLiteral("png"), 1'000'000).toUtf8().size() <= 255, "a name that fits");
    (void)complaintAboutTemplate(names);
    return 0;
}
