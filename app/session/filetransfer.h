#pragma once

#include "falclient.h"
#include "uploadrules.h"

#include <QTimer>

namespace plantain {

class Library;
struct ReferenceRecord;

/// One file of the library on its way to one server, for every run that needs it there. An address that is known and
/// good is used; what was begun goes on where it stood; else it is uploaded. Weather is retried for as long as it lives.
/// Ends with one `stored` or `refused`.
class FileTransfer final : public QObject
{
    Q_OBJECT
public:
    FileTransfer(Library &library, FalClient &client, const UploadRules &rules, const ReferenceRecord &file);

    void begin(); ///< once; asks what is known, and for a turn where bytes have to move
    void takeTurn();
    void stop(); ///< for good and in silence; what the storage confirmed is kept
    bool isStopped() const { return m_isStopped; }

    const QString &sha256() const { return m_record.sha256; }
    qint64 sent() const { return m_sent; }
    qint64 bytes() const { return m_bytes; }

Q_SIGNALS:
    void turnWanted();
    void turnOver(); ///< after a turn was taken, once
    void progressed();
    void waiting(const QString &why);
    void stored(const QUrl &url); ///< what stands for the file in an input
    void refused(const plantain::Error &error);

private:
    void judge(const std::optional<UploadRecord> &known);
    void sendInline();
    void send();
    void keep(const PartsUpload &begun);
    void sentTo(const QUrl &url);
    void failed(const Error &error);
    void endTurn();
    void tell();

    Library &m_library;
    FalClient &m_client;
    const UploadRules m_rules;
    const QString m_file, m_contentType;
    const qint64 m_bytes;
    UploadRecord m_record;
    CallHandle m_call;
    QTimer m_rest; ///< while it runs, nothing is told of the way
    QTimer m_retry;
    qint64 m_sent = 0, m_told = 0;
    int m_failures = 0;
    bool m_hasTurn = false;
    bool m_isStopped = false;
    bool m_begunAnew = false;
};

} // namespace plantain
