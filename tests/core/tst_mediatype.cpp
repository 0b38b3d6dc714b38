#include "mediatype.h"

#include <QTest>

using namespace Qt::StringLiterals;

namespace plantain {

class MediaTypeTest final : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void isFoundFromTheFirstBytes_data();
    void isFoundFromTheFirstBytes();
};

void MediaTypeTest::isFoundFromTheFirstBytes_data()
{
    QTest::addColumn<QByteArray>("start");
    QTest::addColumn<QString>("type");
    const auto row = [](const char *name, const QByteArray &start, const QString &type) { QTest::newRow(name) << start << type; };
    row("nothing", "", {});
    row("text", "root:x:0:0:", {});
    row("page", "<!DOCTYPE html>", {});
    row("svg", "<svg xmlns=", {});
    row("script", "#!/bin/sh\n", {});
    row("zip", "PK\3\4", {});
    row("key", "-----BEGIN OPENSSH PRIVATE KEY-----", {});
    row("png", "\x89PNG\r\n\x1a\n", u"image/png"_s);
    row("jpeg", "\xff\xd8\xff\xe0", u"image/jpeg"_s);
    row("webp", "RIFF....WEBPVP8 ", u"image/webp"_s);
    row("riff cut short", "RIFF....WE", {});
    row("riff of another kind", "RIFF....ACON", {});
    row("pdf", "%PDF-1.7", u"application/pdf"_s);
    row("mp4", QByteArray("\0\0\0\x20", 4) + "ftypisom", u"video/mp4"_s);
    row("quicktime", QByteArray("\0\0\0\x14", 4) + "ftypqt  ", u"video/quicktime"_s);
    row("3gp", QByteArray("\0\0\0\x14", 4) + "ftyp3gp5", u"video/3gpp"_s);
    row("sound in mp4", QByteArray("\0\0\0\x14", 4) + "ftypM4A ", u"audio/mp4"_s);
    row("heic", QByteArray("\0\0\0\x18", 4) + "ftypheic", {});
    row("avif", QByteArray("\0\0\0\x18", 4) + "ftypavif", {});
    row("webm", "\x1a\x45\xdf\xa3\x9f", u"video/webm"_s);
    row("mpeg", QByteArray("\0\0\1\xba", 4), u"video/mpeg"_s);
    row("avi", "RIFF....AVI LIST", u"video/x-msvideo"_s);
    row("flv", "FLV\1\5", u"video/x-flv"_s);
    row("wmv", "\x30\x26\xb2\x75\x8e\x66\xcf\x11", u"video/x-ms-wmv"_s);
    row("wav", "RIFF....WAVEfmt ", u"audio/wav"_s);
    row("mp3 with a tag", "ID3\4", u"audio/mpeg"_s);
    row("mp3", "\xff\xfb\x90", u"audio/mpeg"_s);
    row("mp3 of the second kind", "\xff\xf3\x40", u"audio/mpeg"_s);
    row("aac", "\xff\xf1\x50", u"audio/aac"_s);
    row("utf-16", "\xff\xfeh", {});
    row("aiff", "FORM....AIFF", u"audio/aiff"_s);
    row("flac", "fLaC", u"audio/flac"_s);
    row("ogg", "OggS", u"audio/ogg"_s);
}

void MediaTypeTest::isFoundFromTheFirstBytes()
{
    QFETCH(QByteArray, start);
    QFETCH(QString, type);
    QCOMPARE(mediaTypeOf(start), type);
}

} // namespace plantain

QTEST_GUILESS_MAIN(plantain::MediaTypeTest)
#include "tst_mediatype.moc"
