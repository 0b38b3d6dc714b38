#include <QApplication>
#include <QBuffer>
#include <QClipboard>
#include <QDir>
#include <QDrag>
#include <QFile>
#include <QImage>
#include <QLabel>
#include <QMimeData>
#include <QMouseEvent>
#include <QTextStream>
#include <QUrl>

using namespace Qt::StringLiterals;

// Another program on the desktop, that pictures come from; and what a script cannot do with them by itself.
//   make FOLDER           writes fifteen pictures of all kinds, 01.* to 15.*, each of one colour, and prints the colours
//   drag FILE...          a window from which these files can be dragged; says "action 1" where they would be taken
//   drag-picture FILE     the same as a browser gives a picture: its bytes, and an address that leads nowhere
//   clip FILE...          puts the files on the clipboard, as a file manager does, and stays
//   clip-picture FILE     puts the bytes of the picture there, and stays
//   where FILE COLOUR...  prints where in the picture each colour is: x and y of the middle, or "-"

namespace {

constexpr int pictures = 15;

QColor colourOf(int number)
{
    return QColor::fromHsv(number * 24 % 360, number % 2 == 0 ? 255 : 150, number % 3 == 0 ? 150 : 230);
}

/// A JPEG that is turned by its EXIF alone.
QByteArray turned(QByteArray jpeg)
{
    const QByteArray exif("\xff\xe1\0\x22" "Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0", 36);
    return jpeg.insert(2, exif);
}

int make(const QString &folder)
{
    QDir().mkpath(folder);
    for (int number = 1; number <= pictures; ++number) {
        const bool isDeep = number % 5 == 1;
        QImage image(240 + 10 * number, 240, isDeep ? QImage::Format_RGBX64 : QImage::Format_RGB32);
        image.fill(colourOf(number));
        if (number % 4 == 3)
            image = image.convertToFormat(QImage::Format_ARGB32);
        const char *format = isDeep || number % 4 == 3 ? "png" : number % 3 == 0 ? "webp" : number % 2 == 0 ? "jpg" : "png";
        QByteArray bytes;
        QBuffer buffer(&bytes);
        buffer.open(QIODevice::WriteOnly);
        image.save(&buffer, format, 100);
        if (number % 8 == 2)
            bytes = turned(bytes);
        QFile file(QDir(folder).filePath(u"%1.%2"_s.arg(number, 2, 10, QChar(u'0')).arg(QLatin1StringView(format))));
        if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
            return 1;
        QTextStream(stdout) << colourOf(number).name() << '\n';
    }
    return 0;
}

int where(const QString &file, const QStringList &colours)
{
    constexpr int near = 10;
    const QImage image = QImage(file).convertToFormat(QImage::Format_RGB32);
    for (const QString &name : colours) {
        const QColor wanted(name);
        qint64 sumX = 0, sumY = 0, count = 0;
        for (int y = 0; y < image.height(); ++y) {
            for (int x = 0; x < image.width(); ++x) {
                const QRgb pixel = image.pixel(x, y);
                if (std::abs(qRed(pixel) - wanted.red()) > near || std::abs(qGreen(pixel) - wanted.green()) > near
                    || std::abs(qBlue(pixel) - wanted.blue()) > near)
                    continue;
                sumX += x;
                sumY += y;
                ++count;
            }
        }
        if (count > 500)
            QTextStream(stdout) << sumX / count << ' ' << sumY / count << '\n';
        else
            QTextStream(stdout) << "-\n";
    }
    return 0;
}

QMimeData *filesOf(const QStringList &files)
{
    QList<QUrl> urls;
    for (const QString &file : files)
        urls.append(QUrl::fromLocalFile(file));
    auto *data = new QMimeData;
    data->setUrls(urls);
    return data;
}

QMimeData *pictureOf(const QString &path)
{
    auto *data = new QMimeData;
    QFile file(path);
    if (file.open(QIODevice::ReadOnly))
        data->setData(u"image/png"_s, file.readAll());
    return data;
}

QMimeData *pictureWithAddressOf(const QString &path)
{
    QMimeData *data = pictureOf(path);
    data->setUrls({ QUrl(u"http://127.0.0.1:9/nowhere.png"_s) });
    return data;
}

class Source final : public QLabel
{
public:
    explicit Source(std::function<QMimeData *()> give)
        : QLabel(u"drag from here"_s)
        , m_give(std::move(give))
    {
        setWindowTitle(u"picture source"_s);
        setAlignment(Qt::AlignCenter);
        setFixedSize(160, 80);
    }

protected:
    void mouseMoveEvent(QMouseEvent *event) override
    {
        if (event->buttons() != Qt::LeftButton)
            return;
        auto *drag = new QDrag(this);
        drag->setMimeData(m_give());
        // The script lets go only where it would be taken.
        connect(drag, &QDrag::actionChanged, this,
                [](Qt::DropAction action) { QTextStream(stdout) << "action " << int(action) << Qt::endl; });
        drag->exec(Qt::CopyAction);
        hide(); // one drag is what it is for; the other program asks for its data only now
    }

private:
    std::function<QMimeData *()> m_give;
};

} // namespace

int main(int argc, char **argv)
{
    QApplication application(argc, argv);
    QApplication::setQuitOnLastWindowClosed(false);
    QStringList arguments = application.arguments().mid(1);
    if (arguments.size() < 2)
        return 2;
    const QString verb = arguments.takeFirst();
    if (verb == "make"_L1)
        return make(arguments.front());
    if (verb == "where"_L1)
        return where(arguments.front(), arguments.mid(1));
    if (verb == "clip"_L1 || verb == "clip-picture"_L1) {
        QGuiApplication::clipboard()->setMimeData(verb == "clip"_L1 ? filesOf(arguments) : pictureOf(arguments.front()));
        QTextStream(stdout) << "ready" << Qt::endl;
        return application.exec();
    }
    const bool isPicture = verb == "drag-picture"_L1;
    Source source([&] { return isPicture ? pictureWithAddressOf(arguments.front()) : filesOf(arguments); });
    source.show();
    return application.exec();
}
