#pragma once

#include "error.h"
#include "json.h"
#include "preparedreference.h"

#include <QImage>
#include <QUrl>

#include <optional>

namespace plantain {

/// What a person says a reference is there for.
enum class ReferencePart { None, Person, Product, Style, Background, Layout };

QString wordOf(ReferencePart part); ///< "person"; empty for None. Of prompts and files, not translated
ReferencePart referencePartOf(const QString &word); ///< None for any other
const std::vector<ReferencePart> &referenceParts(); ///< without None

/// What scaling a reference down comes to.
struct SmallerReference
{
    qint64 atMostBytes = 0; ///< what it was made for
    QSize size;
    qint64 bytes = 0;
};

/// A picture given to the next run: a file of this machine, or an address on the web. Of an input that was written
/// elsewhere also a picture that stands inside it ("data:").
struct Reference
{
    QString file; ///< absolute; empty for an address
    QUrl url; ///< empty for a file
    QString written; ///< the address as an input has it, byte for byte; empty: as `url` writes it
    QString name; ///< for people
    ReferencePart part = ReferencePart::None;
    qint64 atMostBytes = 0; ///< to be scaled down to so many before it is sent; 0: as large as it is
    bool keepsMetadata = false; ///< a person wants place, camera and text to go along
    QSize size; ///< pixels, upright; empty when not known
    qint64 bytes = 0; ///< of the file; 0 when not known
    QImage picture; ///< small; null when there is none yet
    std::optional<ReferenceTreatment> treatment; ///< none: not looked at yet
    std::optional<SmallerReference> smaller; ///< none: not needed, or not tried yet
    std::optional<Error> error; ///< why it cannot be used: gone, no picture
    std::optional<Error> said; ///< what a press or the server said about it

    bool isScaledDown() const { return atMostBytes > 0; }
    bool sendsMetadata() const { return keepsMetadata && treatment && treatment->mayKeepMetadata() && !isScaledDown(); }
    bool isOnTheWeb() const; ///< an address that can be fetched
    QString address() const; ///< what an input has of it: a file as file: address
    qint64 bytesSent() const { return isScaledDown() && smaller ? smaller->bytes : bytes; }
};

/// A file as a reference, looked at from outside only: never opened, since reading a pipe may never end. What cannot be
/// used says so in its error.
Reference referenceFromFile(const QString &file);
/// Also http and https addresses. An error where nothing can become a reference.
Result<Reference> referenceFromUrl(const QUrl &url);
/// The files of a folder whose names are those of pictures, in the order a person would count them; not of folders in it.
QStringList picturesInFolder(const QString &folder);

bool isSamePicture(const Reference &one, const Reference &other); ///< by file or address

Json toDraft(const Reference &reference);
std::optional<Reference> referenceFromDraft(const Json &entry); ///< a file that is gone stays, marked
/// The draft of a list of addresses as an input has it (file: stands for a file); what is `here` already keeps its name and
/// part. Error: an entry is no address.
Result<Json> draftFromAddresses(const Json &addresses, std::vector<Reference> here);

} // namespace plantain
