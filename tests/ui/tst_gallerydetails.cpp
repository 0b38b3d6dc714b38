#include "detailfacts.h"
#include "gallerymodel.h"
#include "selectabletext.h"
#include "wrappedtext.h"

#include <QLabel>
#include <QPainter>
#include <QTest>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;
using namespace plantain;

namespace {

QString textOf(const std::vector<Fact> &facts)
{
    QStringList lines;
    for (const Fact &fact : facts)
        lines << fact.name + u": "_s + fact.value;
    return lines.join(u'\n');
}

} // namespace

/// The parts of the details panel that stand on their own.
class TestGalleryDetails : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void showsWhatWasSent();
    void showsWhatBecameOfIt();
    void marksWhatDiffers_data();
    void marksWhatDiffers();
    void saysHowManyCameAndWhatIsThereTwice();
    void showsOnlyWhatIsKnown();
    void textIsPlainAndFits_data();
    void textIsPlainAndFits();
    void factsComeAndGo();
    void wrapsAndElides_data();
    void wrapsAndElides();
};

void TestGalleryDetails::showsWhatWasSent()
{
    RunRecord record;
    record.input = Json { { "prompt", "not this one" } };
    record.sent = R"({"prompt":"a cat","image_urls":["https://x/1.png"],"safety_tolerance":"4","seed":7,"sync_mode":false,
                      "unknown_thing":{"a":[1,2]}})"_ba;
    record.seedDrawn = true;
    record.references = { { .field = u"image_urls"_s, .index = 0, .originalName = u"cat <b>.png"_s },
                          { .field = u"image_urls"_s, .index = 1, .url = QUrl(u"https://host/2.png"_s) } };
    QCOMPARE(textOf(parameterFacts(record)),
             u"safety_tolerance: 4\nseed: 7 (drawn by Plantain)\nsync_mode: false\nunknown_thing: {\"a\":[1,2]}"_s);
    record.seedDrawn = false;
    QVERIFY(textOf(parameterFacts(record)).contains(u"seed: 7\n"_s));
}

void TestGalleryDetails::showsWhatBecameOfIt()
{
    const ImageSizes sizes = ImageSizes::load(u":/imagesizes.json"_s).value();
    RunRecord record;
    record.endpoint = { u"fal-ai/nano-banana-2"_s };
    record.server = u"sandbox"_s;
    record.requestId = u"019a"_s;
    record.input = Json { { "prompt", "a cat" }, { "num_images", 4 }, { "aspect_ratio", "16:9" }, { "resolution", "1K" }, { "output_format", "png" } };
    record.state = RunState::Done;
    record.createdAt = QDateTime::fromMSecsSinceEpoch(1'000'000'000'000, Qt::UTC);
    record.acceptedAt = record.createdAt.addSecs(1);
    record.startedAt = record.createdAt.addSecs(7);
    record.endedAt = record.createdAt.addSecs(75);
    record.inferenceSeconds = 61.27;
    record.price = Price { 0.32, u"USD"_s, true, {} };
    record.images = { { .index = 0, .file = u"a.png"_s, .contentType = u"image/png"_s, .size = { 1376, 768 }, .bytes = 500 },
                      { .index = 1, .error = Error {} } };
    const QString facts = textOf(runFacts(record, 0, sizes));
    for (const auto &expected : { u"Images: 1 of 4 asked for"_s, u"Size asked for: 16:9, 1K, 1376 \u00d7 768"_s, u"Format asked for: png"_s,
                                  u"Size delivered: 1376 \u00d7 768"_s, u"File: image/png, 500 bytes"_s,
                                  u"Price: about $0.32"_s, u"Endpoint: fal-ai/nano-banana-2"_s, u"Server: sandbox"_s,
                                  u"Request id: 019a"_s, u"Took: 1:15"_s, u"In the queue: 6 s"_s, u"Model time: 61.3 s"_s })
        QVERIFY2(facts.contains(expected), qPrintable(expected + u" in\n"_s + facts));
    QVERIFY(!textOf(runFacts(record, 1, sizes)).contains(u"Size delivered"_s));
    QVERIFY(!imageOf(record, 2));
}

void TestGalleryDetails::marksWhatDiffers_data()
{
    QTest::addColumn<Json>("input");
    QTest::addColumn<QSize>("size");
    QTest::addColumn<bool>("otherSize");
    QTest::addColumn<bool>("otherFormat");
    const Json wide { { "aspect_ratio", "16:9" }, { "resolution", "2K" }, { "output_format", "png" } };
    QTest::newRow("as asked") << wide << QSize(2752, 1536) << false << false;
    QTest::newRow("a few pixels") << wide << QSize(2688, 1536) << false << false;
    QTest::newRow("one side") << wide << QSize(2752, 1400) << true << false;
    QTest::newRow("half of it") << wide << QSize(1376, 768) << true << false;
    QTest::newRow("turned") << wide << QSize(1536, 2752) << true << false;
    QTest::newRow("1K when not said") << Json { { "aspect_ratio", "1:1" } } << QSize(512, 512) << true << false;
    QTest::newRow("left to the model") << Json { { "aspect_ratio", "auto" } } << QSize(512, 512) << false << false;
    QTest::newRow("nothing asked") << Json::object() << QSize(512, 512) << false << false;
    QTest::newRow("format") << Json { { "output_format", "webp" } } << QSize(512, 512) << false << true;
}

void TestGalleryDetails::marksWhatDiffers()
{
    QFETCH(Json, input);
    QFETCH(QSize, size);
    QFETCH(bool, otherSize);
    QFETCH(bool, otherFormat);
    RunRecord record;
    record.input = input;
    record.images = { { .index = 0, .file = u"a.png"_s, .contentType = u"image/png"_s, .size = size } };
    int seen = 0;
    for (const Fact &fact : runFacts(record, 0, ImageSizes::load(u":/imagesizes.json"_s).value())) {
        const bool expected = (fact.name == u"Size delivered"_s && otherSize) || (fact.name == u"File"_s && otherFormat);
        QCOMPARE(fact.isMarked, expected);
        QCOMPARE(fact.value.contains(u"not as asked"_s), expected);
        seen += fact.name == u"Size delivered"_s || fact.name == u"File"_s;
    }
    QCOMPARE(seen, 2);
}

void TestGalleryDetails::saysHowManyCameAndWhatIsThereTwice()
{
    const ImageSizes sizes = ImageSizes::load(u":/imagesizes.json"_s).value();
    RunRecord record;
    record.id = newRunId();
    record.state = RunState::Done;
    record.input = Json { { "prompt", "a cat that says \"MEOW\"" }, { "num_images", 4 } };
    for (int index = 0; index < 3; ++index)
        record.images.push_back({ .index = index, .file = u"a.png"_s, .deviations = Deviation::Count });
    record.images[0].marks.readings = { { u"MEOW"_s, Reading::Wrong } };
    record.images[2].deviations |= Deviation::Duplicate;
    GalleryModel gallery([](const QString &file) { return file; });
    gallery.runAdded(record);
    const auto marked = [&](int image) {
        QStringList texts;
        for (const Fact &fact : runFacts(record, image, sizes, sameAsText(record, image, gallery))) {
            if (fact.isMarked)
                texts << fact.name + u": "_s + fact.value;
        }
        return texts;
    };
    QCOMPARE(marked(0), QStringList { u"Images: 3 of 4 asked for"_s });
    QVERIFY(textOf(runFacts(record, 0, sizes)).contains(u"Texts: “MEOW”: wrong"_s));
    record.images[2].sameAs = { record.id, 1 };
    QCOMPARE(marked(2).last(), u"Same file as: picture 2 of this run"_s);
    record.images[2].sameAs = { newRunId(), 1 };
    QCOMPARE(marked(2).last(), u"Same file as: a picture that was there before"_s);
    RunRecord earlier;
    earlier.id = record.images[2].sameAs.run;
    earlier.state = RunState::Done;
    earlier.createdAt = QDateTime({ 2026, 3, 1 }, { 10, 0 });
    earlier.input = Json { { "prompt", "a cat\nof old" } };
    earlier.images = { { .index = 0, .file = u"b.png"_s }, { .index = 1, .file = u"c.png"_s } };
    gallery.runAdded(earlier);
    QCOMPARE(marked(2).last(), u"Same file as: picture 2 of “a cat of old”, 2026-03-01 10:00:00"_s);
    const QString said = gallery.index(gallery.rowOf(record.id, 2)).data(Qt::AccessibleTextRole).toString();
    QVERIFY2(said.endsWith(u"3 of 4 pictures, duplicate."_s), qPrintable(said));
    QCOMPARE(gallery.index(gallery.rowOf(record.id, 1)).data(GalleryRole::DeviationText).toString(), u"3 of 4 pictures"_s);
    record.state = RunState::Completed; // more may come
    QVERIFY(!marked(0).contains(u"Images: 3 of 4 asked for"_s));
}

void TestGalleryDetails::showsOnlyWhatIsKnown()
{
    const ImageSizes sizes = ImageSizes::load(u":/imagesizes.json"_s).value();
    RunRecord record;
    record.input = Json { { "prompt", "a cat" } };
    QCOMPARE(textOf(runFacts(record, 0, sizes)), u"Images: 0 of 1 asked for\nPrice: not known"_s);
    QCOMPARE(textOf(parameterFacts(record)), QString());
}

void TestGalleryDetails::textIsPlainAndFits_data()
{
    QTest::addColumn<QString>("text");
    QTest::newRow("markup") << u"<img src='/etc/hostname'> <b>bold</b> &amp; more"_s;
    QTest::newRow("long") << u"word "_s.repeated(400);
    QTest::newRow("one endless word") << QString(3000, u'w');
    QTest::newRow("lines") << u"one\ntwo\nthree"_s;
    QTest::newRow("prompt at its limit") << u"lorem ipsum "_s.repeated(5000);
}

void TestGalleryDetails::textIsPlainAndFits()
{
    QFETCH(QString, text);
    QWidget window;
    auto *layout = new QVBoxLayout(&window);
    auto *shown = new SelectableText(&window);
    layout->addWidget(shown);
    layout->addStretch();
    window.resize(300, 600);
    window.show();
    QVERIFY(QTest::qWaitForWindowExposed(&window));
    shown->setShown(text);
    QCOMPARE(shown->toPlainText(), text);
    for (const int width : { 300, 200, 400 }) {
        window.resize(width, 600);
        QTRY_COMPARE(shown->width(), width - layout->contentsMargins().left() - layout->contentsMargins().right());
        QTRY_COMPARE(shown->height(), int(std::ceil(shown->document()->size().height())));
        QVERIFY(shown->document()->idealWidth() <= shown->viewport()->width() + 1);
    }
    shown->setShown({});
    shown->setWhenEmpty(u"No description"_s);
    QCOMPARE(shown->toPlainText(), QString());
}

void TestGalleryDetails::factsComeAndGo()
{
    FactList list;
    const auto seen = [&list] {
        QStringList texts;
        for (const auto *value : list.findChildren<SelectableText *>()) {
            if (!value->isHidden())
                texts << value->accessibleName() + u'=' + value->toPlainText();
        }
        return texts.join(u' ');
    };
    list.setFacts({ { u"a"_s, u"1"_s }, { u"b"_s, u"2"_s }, { u"c"_s, u"3"_s } });
    QCOMPARE(seen(), u"a=1 b=2 c=3"_s);
    list.setFacts({ { u"d"_s, u"<b>"_s } });
    QCOMPARE(seen(), u"d=<b>"_s);
    for (const auto *label : list.findChildren<QLabel *>())
        QCOMPARE(label->textFormat(), Qt::PlainText);
    list.setFacts({});
    QCOMPARE(seen(), QString());
}

void TestGalleryDetails::wrapsAndElides_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<int>("lines");
    QTest::addColumn<int>("expected");
    QTest::newRow("empty") << QString() << 3 << 0;
    QTest::newRow("one line") << u"short"_s << 3 << 1;
    QTest::newRow("no room") << u"short"_s << 0 << 0;
    QTest::newRow("many words") << u"word "_s.repeated(300) << 3 << 3;
    QTest::newRow("one endless word") << QString(3000, u'w') << 2 << 2;
    QTest::newRow("line breaks") << u"a\nb\nc\nd"_s << 3 << 1;
}

void TestGalleryDetails::wrapsAndElides()
{
    QFETCH(QString, text);
    QFETCH(int, lines);
    QFETCH(int, expected);
    const QFont font;
    const WrappedText wrapped(text, font, 120, lines);
    const int lineHeight = WrappedText(u"x"_s, font, 120, 1).height();
    QVERIFY(std::abs(wrapped.height() - expected * lineHeight) <= expected);
    QImage image(120, 200, QImage::Format_RGB32);
    image.fill(Qt::white);
    QPainter painter(&image);
    wrapped.draw(&painter, { 0, 0 });
    painter.end();
    int last = -1;
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x) {
            if (image.pixelColor(x, y) != Qt::white)
                last = y;
        }
    }
    QVERIFY(last < wrapped.height());
    QCOMPARE(last >= 0, expected > 0);
}

QTEST_MAIN(TestGalleryDetails)
#include "tst_gallerydetails.moc"
