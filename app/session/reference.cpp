#include "reference.h"

#include <QCollator>
#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QLocale>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace plantain {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("Reference", text);
}

Error unusable(const QString &type, const QString &message)
{
    return { .kind = ErrorKind::InvalidInput, .type = type, .message = message };
}

/// As far as can be told without opening it.
std::optional<Error> errorOfFile(const QFileInfo &info, const QString &name)
{
    if (!info.exists())
        return unusable(u"missing"_s, tr("%1 is not there.").arg(name));
    if (info.isDir())
        return unusable(u"folder"_s, tr("%1 is a folder.").arg(name));
    if (!info.isFile())
        return unusable(u"not_a_file"_s, tr("%1 is not an ordinary file.").arg(name));
    if (!info.isReadable())
        return unusable(u"unreadable"_s, tr("%1 may not be read; check its permissions.").arg(name));
    if (info.size() == 0)
        return unusable(u"empty"_s, tr("%1 is empty.").arg(name));
    return std::nullopt;
}

bool isWeb(const QUrl &url)
{
    return url.isValid() && (url.scheme() == "http"_L1 || url.scheme() == "https"_L1) && !url.host().isEmpty();
}

/// The address of an input, kept as it was written. One that is none stays, marked.
Reference referenceFromAddress(const QString &written)
{
    Reference reference;
    if (written.startsWith("data:"_L1, Qt::CaseInsensitive)) {
        reference.url = QUrl(written.section(u',', 0, 0)); // the rest may be megabytes
        reference.name = tr("picture inside the input");
    } else if (const auto read = referenceFromUrl(QUrl(written))) {
        reference = *read;
    } else {
        reference.name = written.left(80).simplified();
        reference.error = read.error();
    }
    if (reference.file.isEmpty() && written != reference.address())
        reference.written = written;
    return reference;
}

} // namespace

bool Reference::isOnTheWeb() const
{
    return isWeb(url);
}

QString Reference::address() const
{
    if (!file.isEmpty())
        return QUrl::fromLocalFile(file).toString(QUrl::FullyEncoded);
    return written.isEmpty() ? url.toString(QUrl::FullyEncoded) : written;
}

QString wordOf(ReferencePart part)
{
    switch (part) {
    case ReferencePart::None:
        return {};
    case ReferencePart::Person:
        return u"person"_s;
    case ReferencePart::Product:
        return u"product"_s;
    case ReferencePart::Style:
        return u"style"_s;
    case ReferencePart::Background:
        return u"background"_s;
    case ReferencePart::Layout:
        return u"layout"_s;
    }
    return {};
}

ReferencePart referencePartOf(const QString &word)
{
    const auto found = std::ranges::find(referenceParts(), word, [](ReferencePart part) { return wordOf(part); });
    return found == referenceParts().end() ? ReferencePart::None : *found;
}

const std::vector<ReferencePart> &referenceParts()
{
    static const std::vector<ReferencePart> parts { ReferencePart::Person, ReferencePart::Product, ReferencePart::Style,
                                                    ReferencePart::Background, ReferencePart::Layout };
    return parts;
}

Reference referenceFromFile(const QString &file)
{
    const QFileInfo info(file);
    Reference reference;
    reference.file = info.absoluteFilePath();
    reference.name = info.fileName().isEmpty() ? file : info.fileName();
    reference.error = errorOfFile(info, reference.name);
    if (!reference.error)
        reference.bytes = info.size();
    return reference;
}

Result<Reference> referenceFromUrl(const QUrl &url)
{
    if (url.isLocalFile())
        return referenceFromFile(url.toLocalFile());
    if (!isWeb(url))
        return failure(unusable(u"url"_s, tr("%1 is neither a file nor a web address.").arg(url.toDisplayString().left(80))));
    Reference reference;
    reference.url = url;
    reference.name = url.fileName().isEmpty() ? url.host() : url.fileName();
    return reference;
}

QStringList picturesInFolder(const QString &folder)
{
    const QStringList filters { u"*.png"_s, u"*.jpg"_s, u"*.jpeg"_s, u"*.webp"_s };
    QStringList names = QDir(folder).entryList(filters, QDir::Files | QDir::Readable, QDir::NoSort);
    QCollator byNumber(QLocale(QLocale::English, QLocale::UnitedStates)); // 2.png before 10.png; the C locale cannot
    byNumber.setNumericMode(true);
    byNumber.setCaseSensitivity(Qt::CaseInsensitive);
    std::sort(names.begin(), names.end(), byNumber);
    for (QString &name : names)
        name = QDir(folder).absoluteFilePath(name);
    return names;
}

bool isSamePicture(const Reference &one, const Reference &other)
{
    return one.file == other.file && one.url == other.url && one.written == other.written;
}

Json toDraft(const Reference &reference)
{
    Json entry = Json::object();
    if (reference.file.isEmpty())
        entry["url"] = toJson(reference.address());
    else
        entry["file"] = toJson(reference.file);
    if (!reference.file.isEmpty() && reference.name != QFileInfo(reference.file).fileName())
        entry["name"] = toJson(reference.name);
    if (reference.part != ReferencePart::None)
        entry["part"] = toJson(wordOf(reference.part));
    if (reference.isScaledDown())
        entry["atMostBytes"] = reference.atMostBytes;
    if (reference.keepsMetadata)
        entry["keepsMetadata"] = true;
    return entry;
}

std::optional<Reference> referenceFromDraft(const Json &entry)
{
    const QString file = stringAt(entry, "file");
    const QString address = stringAt(entry, "url");
    if (file.isEmpty() && address.isEmpty())
        return std::nullopt;
    Reference reference = file.isEmpty() ? referenceFromAddress(address) : referenceFromFile(file);
    reference.name = stringAt(entry, "name", reference.name);
    reference.part = referencePartOf(stringAt(entry, "part"));
    reference.atMostBytes = std::max(integerAt(entry, "atMostBytes").value_or(0), qint64(0));
    reference.keepsMetadata = boolAt(entry, "keepsMetadata").value_or(false);
    return reference;
}

Result<Json> draftFromAddresses(const Json &addresses, std::vector<Reference> here)
{
    if (!addresses.is_array())
        return failure(unusable(u"list_type"_s, tr("The references must be a list of addresses.")));
    Json draft = Json::array();
    for (const Json &address : addresses) {
        const Reference reference = referenceFromAddress(address.is_string() ? toQString(address) : QString());
        if (reference.error && reference.file.isEmpty())
            return failure(unusable(u"url"_s, tr("%1 is neither a file: nor a web address.").arg(toQString(address).left(80))));
        const auto known = std::ranges::find_if(here, [&](const Reference &other) { return isSamePicture(other, reference); });
        draft.push_back(toDraft(known == here.end() ? reference : *known));
        if (known != here.end())
            here.erase(known); // the same picture twice is two rows
    }
    return draft;
}

} // namespace plantain
