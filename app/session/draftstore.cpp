#include "draftstore.h"
#include "whenfinished.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QTemporaryFile>
#include <QtConcurrent>

#include <unistd.h>

using namespace Qt::StringLiterals;

namespace plantain {

namespace {

constexpr int version = 1;
constexpr int delayMs = 400;

QString tr(const char *text)
{
    return QCoreApplication::translate("DraftStore", text);
}

Error diskError(const QString &type, const QString &message)
{
    return { .kind = ErrorKind::Disk, .type = type, .message = message };
}

Error diskError(const QFileDevice &file)
{
    const QString type = file.error() == QFileDevice::ResourceError ? u"full"_s : u"io"_s;
    return diskError(type, tr("The draft was not saved: %1").arg(file.errorString()));
}

Result<Draft> draftFrom(const QByteArray &bytes)
{
    auto json = parseJson(bytes);
    if (!json)
        return failure(json.error());
    if (!json->is_object() || !integerAt(*json, "version") || !objectAt(*json, "parameters")
        || !arrayAt(*json, "references"))
        return failure(Error { .kind = ErrorKind::BadReply, .message = tr("it is not a draft") });
    return Draft { .endpoint = { stringAt(*json, "endpoint") },
                   .parameters = *objectAt(*json, "parameters"),
                   .references = *arrayAt(*json, "references"),
                   .origin = originAt(*json) };
}

QByteArray toBytes(const Draft &draft)
{
    Json json { { "version", version },
                { "endpoint", toJson(draft.endpoint.text) },
                { "parameters", draft.parameters },
                { "references", draft.references } };
    putOrigin(json, draft.origin);
    return toPrettyBytes(json);
}

Result<void> write(const QString &path, const QByteArray &bytes)
{
    if (!QDir().mkpath(QFileInfo(path).absolutePath()))
        return failure(diskError(u"readonly"_s, tr("The draft was not saved: its folder cannot be made.")));
    // Not QSaveFile: it reports success when the sync failed.
    QTemporaryFile temporary(path + u".XXXXXX"_s);
    if (!temporary.open())
        return failure(diskError(temporary));
    if (temporary.write(bytes) != bytes.size() || !temporary.flush())
        return failure(diskError(temporary));
    if (::fdatasync(temporary.handle()) != 0)
        return failure(diskError(u"io"_s, tr("The draft was not saved: the disk did not take it.")));
    temporary.close();
    if (::rename(QFile::encodeName(temporary.fileName()).constData(), QFile::encodeName(path).constData()) != 0)
        return failure(diskError(u"io"_s, tr("The draft was not saved: its file cannot be replaced.")));
    temporary.setAutoRemove(false);
    return {};
}

} // namespace

DraftStore::DraftStore(const QString &file, QObject *parent)
    : QObject(parent)
    , m_file(file)
{
    m_timer.setSingleShot(true);
    m_timer.setInterval(delayMs);
    m_pool.setMaxThreadCount(1);
    connect(&m_timer, &QTimer::timeout, this, &DraftStore::writeLater);
}

DraftStore::~DraftStore()
{
    (void)flush();
}

Result<std::optional<Draft>> DraftStore::load()
{
    QFile file(m_file);
    if (!QFileInfo::exists(m_file))
        return std::optional<Draft>();
    QString why;
    if (QFileInfo(m_file).isFile() && file.open(QIODevice::ReadOnly)) {
        // One byte more than the parser takes, so that a huge file is refused and not read.
        auto draft = draftFrom(file.read(JsonLimits().bytes + 1));
        file.close();
        if (draft)
            return std::optional(std::move(*draft));
        why = draft.error().message;
    } else {
        return failure(diskError(u"io"_s, tr("The draft of the last time cannot be read: %1").arg(file.errorString())));
    }
    QString aside = m_file + u".damaged"_s;
    for (int number = 2; QFileInfo::exists(aside); ++number)
        aside = m_file + u".damaged-"_s + QString::number(number);
    if (!QFile::rename(m_file, aside))
        return failure(diskError(u"io"_s, tr("The draft of the last time cannot be read (%1).").arg(why)));
    return failure(diskError(
        u"damaged"_s, tr("The draft of the last time cannot be read (%1); it was kept as %2.").arg(why, aside)));
}

void DraftStore::keep(const Draft &draft)
{
    m_due = draft;
    // Not restarted by every key: someone who types without a pause is saved as well.
    if (!m_timer.isActive())
        m_timer.start();
}

void DraftStore::writeLater()
{
    if (!m_due)
        return;
    whenFinished(QtConcurrent::run(&m_pool, write, m_file, toBytes(*m_due)), this,
        [this, written = *m_due](const Result<void> &result) {
            if (!result)
                Q_EMIT failed(result.error());
            else if (m_due == written)
                m_due.reset();
        });
}

Result<void> DraftStore::flush()
{
    m_timer.stop();
    m_pool.waitForDone();
    if (!m_due)
        return {};
    auto written = write(m_file, toBytes(*m_due));
    if (written)
        m_due.reset();
    return written;
}

} // namespace plantain
