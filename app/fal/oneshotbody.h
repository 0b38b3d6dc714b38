#pragma once

#include <QIODevice>
#include <QPointer>

namespace plantain {

/// A request body that can be read once. QNetworkAccessManager repeats a POST by itself when a connection breaks
/// (reliability.md A1: 2 or 4 times on 6.4.2, and no attribute turns it off); it rewinds the body first. This device
/// rewinds only while none of it was handed out, so what may have left this machine never leaves it again.
/// Its count also answers whether anything can have left at all.
class OneShotBody final : public QIODevice
{
    Q_OBJECT
public:
    explicit OneShotBody(QByteArray bytes, QObject *parent = nullptr);
    /// `length` bytes of `source` from where it stands; it stays the caller's and must be open for reading.
    OneShotBody(QIODevice &source, qint64 length, QObject *parent = nullptr);

    qint64 handedOut() const { return m_handedOut; }
    bool sourceFailed() const { return m_sourceFailed; } ///< it ended early, failed, or is gone

    bool isSequential() const override { return true; }
    bool reset() override;
    bool atEnd() const override;
    qint64 size() const override { return m_length; }
    qint64 bytesAvailable() const override;

Q_SIGNALS:
    void taken(); ///< more bytes were handed out
    void broken(); ///< the source gave less than it promised

protected:
    qint64 readData(char *data, qint64 maxSize) override;
    qint64 writeData(const char *, qint64) override { return -1; }

private:
    QByteArray m_bytes;
    QPointer<QIODevice> m_source;
    bool m_hasSource = false;
    bool m_sourceFailed = false;
    qint64 m_length = 0;
    qint64 m_handedOut = 0;
};

} // namespace plantain
