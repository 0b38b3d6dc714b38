// How long the viewer takes against the least that is possible: opening a picture until all of it is painted against
// decoding it alone, and a frame of panning or zooming against one plain drawImage of the same area. Prints JSON;
// judges nothing. bench_viewer [ROUNDS]
#include "measuring.h"
#include "picturecanvas.h"
#include "picturestore.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QImageReader>
#include <QImageWriter>
#include <QPainter>
#include <QRandomGenerator>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <cstdio>

using namespace plantain;
using namespace Qt::StringLiterals;

namespace {

constexpr QSize viewSize { 1600, 900 };

/// Smooth shapes under fine grain, as of a photograph.
QString photograph(const QString &path, QSize size)
{
    QImage image(size, QImage::Format_RGB32);
    QRandomGenerator random(1);
    for (int y = 0; y < size.height(); ++y) {
        auto *line = reinterpret_cast<QRgb *>(image.scanLine(y));
        for (int x = 0; x < size.width(); ++x) {
            const int grain = int(random.generate() & 7);
            line[x] = qRgb((x / 16 + y / 40) % 240 + grain, (x / 50 + y / 24) % 240 + grain, (x + y) / 36 % 240 + grain);
        }
    }
    QImageWriter writer(path, "png");
    if (!writer.write(image))
        qFatal("the picture could not be written");
    return path;
}

struct Frames
{
    double pan = 0, zoom = 0, plainPan = 0, plainZoom = 0;
};

/// The canvas and the plain painter draw the same part of the same picture at the same scale.
Frames frames(PictureCanvas &canvas, const QImage &picture)
{
    QImage screen(viewSize, QImage::Format_RGB32);
    std::vector<double> ours[2], plain[2];
    for (int number = 0; number < 60; ++number) {
        const bool zooming = number % 2;
        const double scale = zooming ? 0.25 + number * 0.03 : 1;
        canvas.setLook({ false, scale, { 0.3 + number * 0.005, 0.5 } });
        ours[zooming].push_back(milliseconds([&] { canvas.render(&screen, {}, {}, QWidget::DrawWindowBackground); }));
        const PictureViewport &port = canvas.viewport();
        const QRectF seen = port.pictureRect().intersected(QRectF({}, viewSize));
        const QRectF source(port.toPicture(seen.topLeft()), seen.size() / port.scale());
        plain[zooming].push_back(milliseconds([&] {
            QPainter painter(&screen);
            painter.fillRect(screen.rect(), Qt::gray);
            painter.setRenderHint(QPainter::SmoothPixmapTransform, scale != 1);
            painter.drawImage(seen, picture, source);
        }));
    }
    return { median(ours[0]), median(ours[1]), median(plain[0]), median(plain[1]) };
}

} // namespace

int main(int argc, char **argv)
{
    QApplication application(argc, argv);
    const int rounds = argc > 1 ? std::max(1, QByteArray(argv[1]).toInt()) : 5;
    const QTemporaryDir folder;
    const QString path = photograph(folder.filePath(u"picture.png"_s), { 4096, 4096 });
    DecodePool pool;
    PictureCanvas canvas;
    canvas.resize(viewSize);
    canvas.show();
    if (!QTest::qWaitForWindowExposed(&canvas))
        return 1;

    std::vector<double> decoding, opening;
    QImage picture;
    for (int round = 0; round < rounds; ++round) {
        decoding.push_back(milliseconds([&] { picture = QImageReader(path, "png").read(); }));
        PictureStore store(pool);
        QImage screen(viewSize, QImage::Format_RGB32);
        bool painted = false;
        QObject::connect(&store, &PictureStore::ready, &canvas, [&](const QString &key) {
            canvas.setPicture(store.picture(key));
            canvas.render(&screen);
            painted = true;
        });
        opening.push_back(milliseconds([&] {
            canvas.setSubject({ 4096, 4096 }, false);
            store.want(&canvas, { { u"picture"_s, path } });
            if (!QTest::qWaitFor([&painted] { return painted; }, 60'000))
                qFatal("the picture did not come");
        }));
    }
    picture.convertTo(QImage::Format_RGB32);
    const Frames frame = frames(canvas, picture);
    std::printf("{\"rounds\": %d, \"open_ms\": %.1f, \"decode_ms\": %.1f, \"open_to_decode\": %.3f, "
                "\"pan_frame_ms\": %.2f, \"pan_to_plain\": %.3f, \"zoom_frame_ms\": %.2f, \"zoom_to_plain\": %.3f}\n",
                rounds, median(opening), median(decoding), median(opening) / median(decoding), frame.pan,
                frame.pan / frame.plainPan, frame.zoom, frame.zoom / frame.plainZoom);
    return 0;
}
