// A frame of panning and zooming four large pictures side by side against blitting four ready-scaled pixmaps of the same
// area, both as widgets that repaint. Prints JSON; judges nothing. bench_compare [FRAMES]
#include "compareboard.h"
#include "measuring.h"

#include <QApplication>
#include <QPainter>
#include <QRandomGenerator>
#include <QTest>

#include <algorithm>
#include <cmath>
#include <cstdio>

using namespace plantain;
using namespace Qt::StringLiterals;

namespace {

constexpr QSize viewSize { 1600, 900 };

/// Smooth shapes under fine grain, as of a photograph.
SharedPicture photograph(QSize size, quint32 seed)
{
    QImage image(size, QImage::Format_RGB32);
    QRandomGenerator random(seed);
    for (int y = 0; y < size.height(); ++y) {
        auto *line = reinterpret_cast<QRgb *>(image.scanLine(y));
        for (int x = 0; x < size.width(); ++x) {
            const int grain = int(random.generate() & 7);
            line[x] = qRgb((x / 16 + y / 40) % 240 + grain, (x / 50 + y / 24) % 240 + grain, (x + y) / 36 % 240 + grain);
        }
    }
    return std::make_shared<const PictureLevels>(PictureLevels { .levels = halvings(std::move(image)) });
}

/// The least that is possible: pixels that are ready, copied.
class Blit final : public QWidget
{
public:
    std::vector<std::pair<QRect, QPixmap>> parts;

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        for (const auto &[place, pixmap] : parts)
            painter.drawPixmap(place.topLeft(), pixmap);
    }
};

void show(QWidget &widget)
{
    widget.resize(viewSize);
    widget.show();
    if (!QTest::qWaitForWindowExposed(&widget))
        qFatal("no window");
}

/// Everything that is to be painted anew is, now.
void paint(QWidget &widget)
{
    QApplication::sendPostedEvents(&widget, QEvent::UpdateRequest);
}

void drag(QWidget &board, QEvent::Type type, QPointF at)
{
    const Qt::MouseButton button = type == QEvent::MouseMove ? Qt::NoButton : Qt::LeftButton;
    QMouseEvent event(type, at, board.mapToGlobal(at), button, type == QEvent::MouseButtonRelease ? Qt::NoButton : Qt::LeftButton, {});
    QApplication::sendEvent(&board, &event);
}

} // namespace

int main(int argc, char **argv)
{
    QApplication application(argc, argv);
    const int frames = argc > 1 ? std::max(10, QByteArray(argv[1]).toInt()) : 600;
    CompareBoard board;
    std::vector<CompareBoard::Subject> subjects;
    for (int number = 0; number < 4; ++number) {
        const SharedPicture picture = photograph({ 4096, 4096 }, quint32(number));
        subjects.push_back({ .key = QString::number(number), .pixels = picture->size(), .picture = picture,
                             .letter = QChar(u'A' + number) });
    }
    board.setSubjects(subjects);
    show(board);
    Blit blit;
    for (int number = 0; number < 4; ++number) {
        const ComparePane *pane = board.pane(number);
        blit.parts.emplace_back(pane->geometry(), QPixmap::fromImage(subjects[size_t(number)].picture->levels.front().copy(
                                                      QRect(QPoint(500, 500), pane->size()))));
    }
    show(blit);

    std::vector<double> pan, zoom, rest, plain;
    const QPointF middle(400, 300);
    for (int number = 0; number < frames; ++number) {
        const double turn = number * 0.05;
        if (number % 60 == 0) // every scale between all of it and large squares
            board.zoomTo(0.12 * std::pow(60.0, (number / 60) % 10 / 9.0));
        QWheelEvent wheel(middle, board.mapToGlobal(middle), {}, { 0, number % 20 < 10 ? 30 : -30 }, Qt::NoButton, Qt::NoModifier,
                          Qt::NoScrollPhase, false);
        zoom.push_back(milliseconds([&] {
            QApplication::sendEvent(&board, &wheel);
            paint(board);
        }));
        drag(board, QEvent::MouseButtonPress, middle);
        pan.push_back(milliseconds([&] {
            drag(board, QEvent::MouseMove, middle + QPointF(20 * std::sin(turn), 13 * std::cos(turn)));
            paint(board);
        }));
        drag(board, QEvent::MouseButtonRelease, middle);
        if (number % 10 == 0) { // the hand rests, and all is painted once more, smoothly
            for (int place = 0; place < board.count(); ++place)
                board.pane(place)->setQuality(LevelQuality::Smooth);
            rest.push_back(milliseconds([&] { paint(board); }));
        }
        plain.push_back(milliseconds([&] {
            blit.update();
            paint(blit);
        }));
    }
    const auto print = [&](const char *name, const std::vector<double> &ours) {
        std::printf("\"%s_ms\": %.2f, \"%s_p99_ms\": %.2f, \"%s_to_blit\": %.2f, \"%s_p99_to_blit\": %.2f, ", name,
                    percentile(ours, 0.5), name, percentile(ours, 0.99), name, percentile(ours, 0.5) / percentile(plain, 0.5), name,
                    percentile(ours, 0.99) / percentile(plain, 0.99));
    };
    std::printf("{");
    print("pan", pan);
    print("zoom", zoom);
    print("rest", rest);
    std::printf("\"blit_ms\": %.2f, \"blit_p99_ms\": %.2f, \"frames\": %d}\n", percentile(plain, 0.5), percentile(plain, 0.99), frames);
    return 0;
}
