#include "imagesizes.h"
#include "sandboxprobe.h"

#include <QBuffer>
#include <QImage>
#include <QImageReader>
#include <QTemporaryDir>
#include <QTest>

using namespace plantain;
using namespace Qt::StringLiterals;

namespace {

const QByteArray edit = "fal-ai/nano-banana-2/edit";

QSize sizeOf(const QByteArray &bytes)
{
    QBuffer buffer;
    buffer.setData(bytes);
    return QImageReader(&buffer).size();
}

QByteArray dataUri(const QSize &size, Qt::GlobalColor colour)
{
    QImage image(size, QImage::Format_RGB32);
    image.fill(colour);
    QByteArray bytes;
    QBuffer buffer(&bytes);
    image.save(&buffer, "PNG");
    return "data:image/png;base64," + bytes.toBase64();
}

} // namespace

/// The pictures that come out: exact sizes, the same again for the same seed, and what directives do to them.
class tst_SandboxPictures : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void sizes_data();
    void sizes();
    void sizesWithoutResolution();
    void autoTakesTheFirstReference_data();
    void autoTakesTheFirstReference();
    void formats_data();
    void formats();
    void sameSeedSamePicture();
    void quotedWordsAndReferencesAreInThePicture();
    void exampleInputsHaveStandIns();
    void resultShape();
    void billableUnits();
    void syncMode();
    void counts_data();
    void counts();
    void misfits();
    void downloadsOnDemand();
    void readyPictures();
    void noReadyPictures();

private:
    Json run(Json input, const QByteArray &endpoint = "fal-ai/nano-banana-2") const
    {
        const RawReply reply = m_server->complete(input, endpoint);
        return reply.status == 200 ? reply.json() : Json(nullptr);
    }
    QByteArray picture(const Json &result, size_t index = 0) const
    {
        return m_server->get(targetOf(result["images"][index]["url"])).body;
    }

    EndpointCatalog m_catalog = bundledCatalog();
    std::unique_ptr<Sandbox> m_sandbox;
    std::unique_ptr<SandboxProbe> m_server;
};

void tst_SandboxPictures::initTestCase()
{
    auto sandbox = Sandbox::start({ .latencySeconds = 0 }, m_catalog);
    QVERIFY(sandbox.has_value());
    m_sandbox = std::move(*sandbox);
    m_server = std::make_unique<SandboxProbe>(quint16(m_sandbox->base().port()));
}

void tst_SandboxPictures::sizes_data()
{
    const ImageSizes sizes = ImageSizes::load(u":/imagesizes.json"_s).value();
    QTest::addColumn<QString>("ratio");
    QTest::addColumn<QString>("resolution");
    QTest::addColumn<QSize>("size");
    QCOMPARE(sizes.ratios().size(), 14);
    for (const QString &ratio : sizes.ratios()) {
        for (const QString &resolution : { u"0.5K"_s, u"1K"_s, u"2K"_s, u"4K"_s }) {
            QTest::addRow("%s %s", qPrintable(ratio), qPrintable(resolution))
                << ratio << resolution << sizes.find(ratio, resolution);
        }
    }
}

void tst_SandboxPictures::sizes()
{
    QFETCH(QString, ratio);
    QFETCH(QString, resolution);
    QFETCH(QSize, size);
    QVERIFY(!size.isEmpty());
    const bool large = resolution == u"2K"_s || resolution == u"4K"_s;
    // The large ones as one grey: their size is what is looked at, and painting them all takes minutes under a sanitizer.
    const Json result = run({ { "prompt", large ? "sandbox: blank" : "a 'word' set in type" },
                              { "aspect_ratio", ratio.toStdString() },
                              { "resolution", resolution.toStdString() },
                              { "seed", 2 } });
    const QByteArray bytes = picture(result);
    QCOMPARE(sizeOf(bytes), size);
    QCOMPARE(integerAt(result["images"][0], "width"), size.width());
    QCOMPARE(integerAt(result["images"][0], "height"), size.height());
    QCOMPARE(integerAt(result["images"][0], "file_size"), bytes.size());
    if (!large)
        QCOMPARE(QImage::fromData(bytes).size(), size);
}

void tst_SandboxPictures::sizesWithoutResolution()
{
    QCOMPARE(sizeOf(picture(run({ { "prompt", "a dog" } }))), QSize(1024, 1024)); // auto without a reference
    QCOMPARE(sizeOf(picture(run({ { "prompt", "a dog" }, { "aspect_ratio", "16:9" } }, "fal-ai/nano-banana"))),
             QSize(1376, 768));
}

void tst_SandboxPictures::autoTakesTheFirstReference_data()
{
    QTest::addColumn<QSize>("reference");
    QTest::addColumn<QSize>("size");
    QTest::newRow("square") << QSize(64, 64) << QSize(512, 512);
    QTest::newRow("wide") << QSize(160, 90) << QSize(688, 384);
    QTest::newRow("nearly wide") << QSize(161, 92) << QSize(688, 384);
    QTest::newRow("tall") << QSize(90, 160) << QSize(384, 688);
    QTest::newRow("strip") << QSize(800, 90) << QSize(1536, 192);
}

void tst_SandboxPictures::autoTakesTheFirstReference()
{
    QFETCH(QSize, reference);
    QFETCH(QSize, size);
    const Json urls { dataUri(reference, Qt::red).toStdString(), dataUri({ 40, 40 }, Qt::green).toStdString() };
    QCOMPARE(sizeOf(picture(run({ { "prompt", "a dog" }, { "resolution", "0.5K" }, { "image_urls", urls } }, edit))), size);
}

void tst_SandboxPictures::formats_data()
{
    QTest::addColumn<QString>("format");
    QTest::addColumn<QByteArray>("start");
    QTest::newRow("png") << u"png"_s << QByteArray("\x89PNG");
    QTest::newRow("jpeg") << u"jpeg"_s << QByteArray("\xff\xd8\xff");
    QTest::newRow("webp") << u"webp"_s << QByteArray("RIFF");
}

void tst_SandboxPictures::formats()
{
    QFETCH(QString, format);
    QFETCH(QByteArray, start);
    const Json result = run({ { "prompt", "a dog" }, { "output_format", format.toStdString() }, { "resolution", "0.5K" } });
    const Json &image = result["images"][0];
    QCOMPARE(stringAt(image, "content_type"), u"image/"_s + format);
    QVERIFY(stringAt(image, "file_name").endsWith(u'.' + format));
    const RawReply file = m_server->get(targetOf(image["url"]));
    QCOMPARE(file.header("content-type"), u"image/"_s.toLatin1() + format.toLatin1());
    QVERIFY(file.body.startsWith(start));
    QCOMPARE(QImage::fromData(file.body).size(), QSize(512, 512));
}

void tst_SandboxPictures::sameSeedSamePicture()
{
    const Json input { { "prompt", "a 'quiet' harbour" }, { "seed", 5 }, { "resolution", "0.5K" }, { "num_images", 2 } };
    const Json one = run(input);
    const Json again = run(input);
    QCOMPARE(picture(one, 0), picture(again, 0));
    QCOMPARE(picture(one, 1), picture(again, 1));
    QVERIFY(picture(one, 0) != picture(one, 1)); // variations of one run differ
    QVERIFY(one["description"] == again["description"]);
    Json other = input;
    other["seed"] = 6;
    QVERIFY(picture(run(other)) != picture(one));
    other = input;
    other["prompt"] = "a 'loud' harbour";
    QVERIFY(picture(run(other)) != picture(one));
    other = input;
    other["prompt"] = "a 'quiet' harbour\nsandbox: slow=0";
    QCOMPARE(picture(run(other)), picture(one)); // the directive line is not painted
    other = input;
    other.erase("seed");
    QVERIFY(picture(run(other)) != picture(run(other))); // no seed: a new picture each time
}

void tst_SandboxPictures::quotedWordsAndReferencesAreInThePicture()
{
    // Same seed, same composition; what differs is what was asked to be seen.
    const auto image = [this](const char *prompt, const Json &urls) {
        return QImage::fromData(picture(run(
            { { "prompt", prompt }, { "seed", 5 }, { "resolution", "0.5K" }, { "aspect_ratio", "1:1" }, { "image_urls", urls } },
            edit)));
    };
    const std::string red = dataUri({ 50, 50 }, Qt::red).toStdString();
    const std::string blue = dataUri({ 50, 50 }, Qt::blue).toStdString();
    const auto columnsOf = [](const QImage &picture, QRgb colour) {
        QPair<int, int> found { picture.width(), -1 };
        for (int y = 0; y < picture.height(); ++y) {
            for (int x = 0; x < picture.width(); ++x) {
                if ((picture.pixel(x, y) & 0xffffff) == (colour & 0xffffff))
                    found = { std::min(found.first, x), std::max(found.second, x) };
            }
        }
        return found;
    };
    const QImage both = image("a dog", { red, blue });
    const auto first = columnsOf(both, 0xff0000);
    const auto second = columnsOf(both, 0x0000ff);
    QVERIFY(first.second - first.first > 60);
    QVERIFY(second.second - second.first > 60);
    QVERIFY(first.second < second.first); // in order
    QCOMPARE(columnsOf(image("a dog", { red }), 0x0000ff).second, -1);
    // The quotes make the difference, not the letters.
    QVERIFY(image("a dog OPEN", { red }) != image("a dog 'OPEN'", { red }));
}

void tst_SandboxPictures::exampleInputsHaveStandIns()
{
    const Json urls { "https://storage.googleapis.com/falserverless/example_inputs/nano-banana-edit-input.png",
                      "https://storage.googleapis.com/falserverless/example_inputs/nano-banana-edit-input-2.png",
                      "https://storage.googleapis.com/falserverless/example_inputs/something-else.png" };
    const Json result = run({ { "prompt", "a dog" }, { "resolution", "0.5K" }, { "image_urls", urls } }, edit);
    QVERIFY(!result.is_null());
    QVERIFY(!QImage::fromData(picture(result)).isNull());
}

void tst_SandboxPictures::resultShape()
{
    bool told = false;
    bool untold = false;
    bool silent = false;
    for (int seed = 0; seed < 8; ++seed) {
        const Json result = run({ { "prompt", "a 'word'" }, { "seed", seed }, { "resolution", "0.5K" } });
        QCOMPARE(result.size(), size_t(2));
        const Json &image = result["images"][0];
        const QStringList keys { u"url"_s, u"content_type"_s, u"file_name"_s, u"file_size"_s, u"width"_s, u"height"_s };
        QStringList found;
        for (const auto &[key, value] : image.items())
            found.append(QString::fromStdString(key));
        QCOMPARE(found, keys);
        told = told || image["width"].is_number();
        untold = untold || image["width"].is_null();
        QVERIFY(result["description"].is_string());
        silent = silent || stringAt(result, "description").isEmpty();
    }
    QVERIFY(told && untold && silent);
    QVERIFY(stringAt(run({ { "prompt", "a 'word'" }, { "seed", 1 }, { "resolution", "0.5K" } }), "description").contains(u"word"_s));
}

void tst_SandboxPictures::billableUnits()
{
    const auto units = [this](const Json &input) {
        return m_server->complete(input).header("x-fal-billable-units").toDouble();
    };
    QCOMPARE(units({ { "prompt", "sandbox: size=8x8" } }), 1.0);
    QCOMPARE(units({ { "prompt", "sandbox: size=8x8" }, { "num_images", 3 }, { "resolution", "4K" } }), 6.0);
    QCOMPARE(units({ { "prompt", "sandbox: size=8x8" }, { "thinking_level", "high" } }), 1.025); // as measured at fal
}

void tst_SandboxPictures::syncMode()
{
    const Json result = run({ { "prompt", "a dog" }, { "sync_mode", true }, { "resolution", "0.5K" }, { "num_images", 2 } });
    for (const Json &image : result["images"]) {
        const QByteArray url = stringAt(image, "url").toLatin1();
        QVERIFY(url.startsWith("data:image/png;base64,"));
        QCOMPARE(QImage::fromData(QByteArray::fromBase64(url.sliced(22))).size(), QSize(512, 512));
    }
}

void tst_SandboxPictures::counts_data()
{
    QTest::addColumn<QByteArray>("directive");
    QTest::addColumn<int>("count");
    QTest::newRow("as asked") << QByteArray("size=16x16") << 2;
    QTest::newRow("more") << QByteArray("size=16x16 images=6") << 6;
    QTest::newRow("fewer") << QByteArray("size=16x16 images=1") << 1;
    QTest::newRow("none") << QByteArray("images=0") << 0;
}

void tst_SandboxPictures::counts()
{
    QFETCH(QByteArray, directive);
    QFETCH(int, count);
    const Json result = run({ { "prompt", ("a dog\nsandbox: " + directive).toStdString() }, { "num_images", 2 } });
    QCOMPARE(int(result["images"].size()), count);
}

void tst_SandboxPictures::misfits()
{
    const auto ask = [this](const char *words, int count = 1) {
        return run({ { "prompt", "a dog\nsandbox: " + std::string(words) }, { "num_images", count }, { "resolution", "0.5K" } });
    };
    const Json duplicate = ask("duplicate", 3);
    QCOMPARE(picture(duplicate, 0), picture(duplicate, 1));
    QCOMPARE(picture(duplicate, 0), picture(duplicate, 2));
    QVERIFY(duplicate["images"][0]["url"] != duplicate["images"][1]["url"]);
    const QImage blank = QImage::fromData(picture(ask("blank")));
    QCOMPARE(blank.pixel(0, 0), blank.pixel(300, 200));
    QCOMPARE(sizeOf(picture(ask("size=wrong"))), QSize(256, 256));
    QCOMPARE(sizeOf(picture(ask("size=100x40"))), QSize(100, 40));
    QVERIFY(picture(ask("type=jpeg")).startsWith("\xff\xd8\xff"));
    QVERIFY(picture(ask("type=gif")).startsWith("GIF89a"));
    QVERIFY(picture(ask("type=svg")).startsWith("<svg"));
    QVERIFY(picture(ask("type=html")).contains("<html>"));
    QVERIFY(!picture(ask("type=text")).isEmpty());
    const RawReply empty = m_server->get(targetOf(ask("type=empty")["images"][0]["url"]));
    QCOMPARE(empty.status, 200);
    QVERIFY(empty.whole && empty.body.isEmpty());
    const RawReply truncated = m_server->get(targetOf(ask("truncated")["images"][0]["url"]));
    QVERIFY(truncated.whole && !truncated.body.endsWith("IEND\xae\x42\x60\x82"));
    QVERIFY(ask("description=empty")["description"] == Json(""));
    QVERIFY(stringAt(ask("description=long"), "description").size() > 10000);
    QVERIFY(stringAt(ask("description=markup"), "description").contains(u"<img"_s));
}

void tst_SandboxPictures::downloadsOnDemand()
{
    const Json missing = run({ { "prompt", "sandbox: missing size=8x8" } });
    QCOMPARE(m_server->get(targetOf(missing["images"][0]["url"])).status, 404);
    const Json dropped = run({ { "prompt", "sandbox: drop" }, { "resolution", "0.5K" } });
    const RawReply reply = m_server->get(targetOf(dropped["images"][0]["url"]));
    QCOMPARE(reply.status, 200);
    QVERIFY(!reply.whole && !reply.body.isEmpty());
}

void tst_SandboxPictures::readyPictures()
{
    QTemporaryDir folder;
    QImage image(30, 20, QImage::Format_RGB32);
    for (const char *name : { "a.png", "b.jpg" }) {
        image.fill(name[0] == 'a' ? Qt::red : Qt::blue);
        QVERIFY(image.save(folder.filePath(QString::fromLatin1(name))));
    }
    QFile text(folder.filePath(u"c.txt"_s));
    QVERIFY(text.open(QIODevice::WriteOnly) && text.write("no picture") > 0);
    text.close();
    const auto sandbox = Sandbox::start({ .latencySeconds = 0, .pictures = folder.path() }, m_catalog);
    QVERIFY(sandbox.has_value());
    const SandboxProbe server(quint16((*sandbox)->base().port()));
    const Json result = server.complete({ { "prompt", "a dog" }, { "num_images", 3 }, { "seed", 2 } }).json();
    QList<QByteArray> files;
    for (const Json &entry : result["images"]) {
        files.append(server.get(targetOf(entry["url"])).body);
        QCOMPARE(integerAt(entry, "width"), 30);
        QCOMPARE(integerAt(entry, "file_size"), files.last().size());
    }
    QFile first(folder.filePath(u"a.png"_s));
    QVERIFY(first.open(QIODevice::ReadOnly));
    QCOMPARE(files.at(0), first.readAll());
    QCOMPARE(stringAt(result["images"][1], "content_type"), u"image/jpeg"_s);
    QCOMPARE(files.at(2), files.at(0)); // in turn
}

void tst_SandboxPictures::noReadyPictures()
{
    QTemporaryDir folder;
    const auto sandbox = Sandbox::start({ .pictures = folder.path() }, m_catalog);
    QVERIFY(!sandbox.has_value());
    QVERIFY(sandbox.error().message.contains(folder.path()));
}

QTEST_MAIN(tst_SandboxPictures)
#include "tst_sandboxpictures.moc"
