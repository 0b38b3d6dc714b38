#include "galleryfilter.h"

#include <QAbstractItemModelTester>
#include <QItemSelectionModel>
#include <QMimeData>
#include <QRandomGenerator>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace plantain;

namespace {

constexpr std::array endpoints { "fal-ai/b", "fal-ai/a", "fal-ai/c" };

struct Made
{
    const char *prompt = "a cat";
    int endpoint = 0;
    RunState state = RunState::Done;
    QSize size = { 1024, 1024 };
    int images = 1;
    double price = -1;
};

RunRecord made(qint64 sequence, const Made &what)
{
    RunRecord record;
    record.id = { u"r%1"_s.arg(sequence) };
    record.sequence = sequence;
    record.endpoint = { QString::fromLatin1(endpoints[size_t(what.endpoint)]) };
    record.input = Json { { "prompt", what.prompt }, { "num_images", what.images } };
    record.state = what.state;
    if (what.price >= 0)
        record.price = Price { .amount = what.price, .currency = u"USD"_s };
    if (what.state == RunState::Done) {
        for (int index = 0; index < what.images; ++index) {
            record.images.push_back({ .index = index, .file = u"%1 ü-%2.png"_s.arg(sequence).arg(index),
                                      .sha256 = u"00"_s, .size = what.size });
        }
    }
    return record;
}

QString nameAt(const QModelIndex &index)
{
    return index.data(GalleryRole::RunId).value<RunId>().text + u'.' + index.data(GalleryRole::ImageIndex).toString();
}

QString shown(const GalleryFilter &filter)
{
    QStringList names;
    for (int row = 0; row < filter.rowCount(); ++row)
        names << nameAt(filter.index(row));
    return names.join(u' ');
}

} // namespace

class TestGalleryFilter : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void sorts_data();
    void sorts();
    void filters_data();
    void filters();
    void followsWhatBecomesOfATile();
    void theTrashIsApart();
    void selectionOfWhatStaysHolds();
    void everythingSelectedStaysSelected();
    void agreesWithAPlainScan();
    void scatteredRowsGoInOneStep();
    void givesFilesToADrag();
    void wordsOfSorts();

private:
    static std::unique_ptr<GalleryModel> model()
    {
        auto made = std::make_unique<GalleryModel>([](const QString &file) { return u"/lib/"_s + file; });
        made->setEndpointTitles({ { { u"fal-ai/a"_s }, u"Zebra"_s }, { { u"fal-ai/b"_s }, u"apple"_s } });
        return made;
    }
    static void fill(GalleryModel &model)
    {
        model.runAdded(made(1, { .prompt = "a cat in a hat", .endpoint = 0, .price = 0.1 }));
        model.runAdded(made(2, { .prompt = "Ärger", .endpoint = 1, .size = { 2048, 2048 }, .images = 2, .price = 0.2 }));
        model.runAdded(made(3, { .prompt = "A CAT", .endpoint = 2, .state = RunState::Refused }));
        model.runAdded(made(4, { .prompt = "b", .endpoint = 0, .state = RunState::Accepted, .images = 2, .price = 0.3 }));
        model.runAdded(made(5, { .prompt = "a cat in a bag", .endpoint = 1, .size = { 512, 512 }, .price = 0 }));
    }
};

void TestGalleryFilter::sorts_data()
{
    QTest::addColumn<int>("sort");
    QTest::addColumn<QString>("expected");
    QTest::newRow("newest") << int(GallerySort::Newest) << u"r5.0 r4.0 r4.1 r3.0 r2.0 r2.1 r1.0"_s;
    QTest::newRow("oldest") << int(GallerySort::Oldest) << u"r1.0 r2.0 r2.1 r3.0 r4.0 r4.1 r5.0"_s;
    QTest::newRow("prompt") << int(GallerySort::Prompt) << u"r3.0 r5.0 r1.0 r4.0 r4.1 r2.0 r2.1"_s;
    QTest::newRow("endpoint") << int(GallerySort::Endpoint) << u"r4.0 r4.1 r1.0 r3.0 r5.0 r2.0 r2.1"_s;
    QTest::newRow("largest") << int(GallerySort::Largest) << u"r2.0 r2.1 r1.0 r5.0 r4.0 r4.1 r3.0"_s;
    QTest::newRow("dearest") << int(GallerySort::Dearest) << u"r4.0 r4.1 r2.0 r2.1 r1.0 r5.0 r3.0"_s;
}

void TestGalleryFilter::sorts()
{
    QFETCH(int, sort);
    QFETCH(QString, expected);
    const auto tiles = model();
    GalleryFilter filter(*tiles);
    QAbstractItemModelTester tester(&filter, QAbstractItemModelTester::FailureReportingMode::QtTest);
    filter.setSort(GallerySort(sort));
    fill(*tiles); // each at its place as it comes
    QCOMPARE(shown(filter), expected);

    GalleryFilter later(*tiles);
    later.setSort(GallerySort(sort)); // and all at once
    QCOMPARE(shown(later), expected);
}

void TestGalleryFilter::filters_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<int>("group");
    QTest::addColumn<QString>("endpoint");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char *name, const QString &text, TileGroup group, const QString &endpoint, const QString &expected) {
        QTest::newRow(name) << text << int(group) << endpoint << expected;
    };
    row("nothing", {}, TileGroup::All, {}, u"r5.0 r4.0 r4.1 r3.0 r2.0 r2.1 r1.0"_s);
    row("a word", u"cat"_s, TileGroup::All, {}, u"r5.0 r3.0 r1.0"_s);
    row("every word, in any order", u" HAT  cat"_s, TileGroup::All, {}, u"r1.0"_s);
    row("no ASCII", u"ä"_s, TileGroup::All, {}, u"r2.0 r2.1"_s);
    row("pictures", {}, TileGroup::Pictures, {}, u"r5.0 r2.0 r2.1 r1.0"_s);
    row("failed", {}, TileGroup::Failed, {}, u"r3.0"_s);
    row("open", {}, TileGroup::Open, {}, u"r4.0 r4.1"_s);
    row("endpoint", {}, TileGroup::All, u"fal-ai/a"_s, u"r5.0 r2.0 r2.1"_s);
    row("all of it", u"cat"_s, TileGroup::Pictures, u"fal-ai/b"_s, u"r1.0"_s);
    row("no endpoint of that name", {}, TileGroup::All, u"fal-ai/x"_s, {});
    row("no match", u"dog"_s, TileGroup::All, {}, {});
}

void TestGalleryFilter::filters()
{
    QFETCH(QString, text);
    QFETCH(int, group);
    QFETCH(QString, endpoint);
    QFETCH(QString, expected);
    const auto tiles = model();
    fill(*tiles);
    GalleryFilter filter(*tiles);
    QAbstractItemModelTester tester(&filter, QAbstractItemModelTester::FailureReportingMode::QtTest);
    const QString all = shown(filter);
    filter.setFilter({ text, TileGroup(group), { endpoint } });
    QCOMPARE(shown(filter), expected);
    for (int row = 0; row < filter.rowCount(); ++row)
        QCOMPARE(filter.mapFromSource(filter.mapToSource(filter.index(row))).row(), row);
    filter.setFilter({});
    QCOMPARE(shown(filter), all);
    QVERIFY(filter.filter().isEmpty());
    filter.setFilter({ text, TileGroup(group), { endpoint } });
    tiles->runAdded(made(6, { .prompt = "a cat, a hat, ä", .endpoint = 1 })); // what comes is judged too
    QCOMPARE(shown(filter).startsWith(u"r6.0"_s),
             TileGroup(group) != TileGroup::Failed && TileGroup(group) != TileGroup::Open && text != u"dog"_s
                 && (endpoint.isEmpty() || endpoint == u"fal-ai/a"_s));
}

void TestGalleryFilter::followsWhatBecomesOfATile()
{
    const auto tiles = model();
    fill(*tiles);
    GalleryFilter pictures(*tiles), open(*tiles), largest(*tiles);
    QAbstractItemModelTester one(&pictures, QAbstractItemModelTester::FailureReportingMode::QtTest);
    QAbstractItemModelTester two(&open, QAbstractItemModelTester::FailureReportingMode::QtTest);
    QAbstractItemModelTester three(&largest, QAbstractItemModelTester::FailureReportingMode::QtTest);
    pictures.setFilter({ .group = TileGroup::Pictures });
    open.setFilter({ .group = TileGroup::Open });
    largest.setSort(GallerySort::Largest);
    QItemSelectionModel selection(&largest);
    const QPersistentModelIndex tile = largest.index(4);
    QCOMPARE(nameAt(tile), u"r4.0"_s);
    selection.setCurrentIndex(tile, QItemSelectionModel::ClearAndSelect);

    tiles->runChanged(made(4, { .prompt = "b", .size = { 4096, 4096 }, .images = 2 }));
    QCOMPARE(shown(pictures), u"r5.0 r4.0 r4.1 r2.0 r2.1 r1.0"_s);
    QCOMPARE(shown(open), QString());
    QCOMPARE(shown(largest), u"r4.0 r4.1 r2.0 r2.1 r1.0 r5.0 r3.0"_s);
    QCOMPARE(tile.row(), 0);
    QVERIFY(selection.isSelected(tile));
    QCOMPARE(selection.currentIndex(), QModelIndex(tile));
    tiles->runChanged(made(4, { .prompt = "b", .state = RunState::Refused, .images = 2 })); // fewer tiles than before
    QCOMPARE(shown(pictures), u"r5.0 r2.0 r2.1 r1.0"_s);
    QCOMPARE(shown(largest), u"r2.0 r2.1 r1.0 r5.0 r4.0 r3.0"_s);
}

void TestGalleryFilter::theTrashIsApart()
{
    const auto tiles = model();
    fill(*tiles);
    const QAbstractItemModelTester modelTester(tiles.get(), QAbstractItemModelTester::FailureReportingMode::QtTest);
    GalleryFilter filter(*tiles), trash(*tiles), words(*tiles);
    const QAbstractItemModelTester tester(&filter, QAbstractItemModelTester::FailureReportingMode::QtTest);
    const QAbstractItemModelTester trashTester(&trash, QAbstractItemModelTester::FailureReportingMode::QtTest);
    trash.setFilter({ .group = TileGroup::Trash });
    words.setFilter({ .text = u"cat"_s });
    QCOMPARE(shown(trash), QString());

    QSignalSpy counted(tiles.get(), &GalleryModel::trashedChanged);
    RunRecord two = made(2, { .prompt = "Ärger", .endpoint = 1, .size = { 2048, 2048 }, .images = 2, .price = 0.2 });
    two.images[0].deletion = Deletion::Trashed;
    tiles->runChanged(two);
    QCOMPARE(tiles->trashed(), 1);
    QCOMPARE(counted.count(), 1);
    QCOMPARE(shown(filter), u"r5.0 r4.0 r4.1 r3.0 r2.1 r1.0"_s);
    QCOMPARE(shown(trash), u"r2.0"_s);
    RunRecord refused = made(3, { .prompt = "A CAT", .endpoint = 2, .state = RunState::Refused });
    refused.deletion = Deletion::Trashed; // of a run without pictures
    tiles->runChanged(refused);
    QCOMPARE(shown(trash), u"r3.0 r2.0"_s);
    QCOMPARE(shown(words), u"r5.0 r1.0"_s);
    trash.setFilter({ .text = u"cat"_s, .group = TileGroup::Trash });
    QCOMPARE(shown(trash), u"r3.0"_s);
    trash.setFilter({});
    QCOMPARE(shown(trash), shown(filter));
    trash.setFilter({ .group = TileGroup::Trash }); // from all to the trash is not to fewer of the same
    QCOMPARE(shown(trash), u"r3.0 r2.0"_s);

    two.images[0].deletion = Deletion::Emptied;
    tiles->runChanged(two);
    refused.deletion = Deletion::Emptied;
    tiles->runChanged(refused);
    QCOMPARE(tiles->trashed(), 0);
    QCOMPARE(shown(trash), QString());
    QCOMPARE(shown(filter), u"r5.0 r4.0 r4.1 r2.1 r1.0"_s);
    QCOMPARE(tiles->rowOf(refused.id), -1);
    two.images[1].deletion = Deletion::Emptied;
    tiles->runChanged(two);
    QCOMPARE(shown(filter), u"r5.0 r4.0 r4.1 r1.0"_s);
    tiles->addSummaries({ summaryOf(two), summaryOf(refused) }); // nor do they come with a page of older ones
    QCOMPARE(tiles->rowCount(), 4);
    two.images[1].deletion = Deletion::None; // fetched anew
    tiles->runChanged(two);
    QCOMPARE(shown(filter), u"r5.0 r4.0 r4.1 r2.1 r1.0"_s);
}

void TestGalleryFilter::selectionOfWhatStaysHolds()
{
    const auto tiles = model();
    fill(*tiles);
    GalleryFilter filter(*tiles);
    QItemSelectionModel selection(&filter);
    for (const int row : { 0, 3, 6 }) // r5.0 r3.0 r1.0
        selection.select(filter.index(row), QItemSelectionModel::Select);
    selection.setCurrentIndex(filter.index(6), QItemSelectionModel::NoUpdate);
    QSignalSpy current(&selection, &QItemSelectionModel::currentChanged);
    const auto selected = [&] {
        QStringList names;
        for (const QModelIndex &index : selection.selectedIndexes())
            names << nameAt(index);
        names.sort();
        return names.join(u' ');
    };
    filter.setSort(GallerySort::Prompt);
    QCOMPARE(selected(), u"r1.0 r3.0 r5.0"_s);
    filter.setFilter({ .text = u"cat in"_s });
    QCOMPARE(selected(), u"r1.0 r5.0"_s);
    filter.setFilter({});
    QCOMPARE(selected(), u"r1.0 r5.0"_s);
    QCOMPARE(nameAt(selection.currentIndex()), u"r1.0"_s);
    QCOMPARE(current.size(), 0);
}

// Qt keeps a selection of all rows of a large model by their number alone.
void TestGalleryFilter::everythingSelectedStaysSelected()
{
    const auto tiles = model();
    for (int number = 1; number <= 3000; ++number)
        tiles->runAdded(made(number, { .prompt = number % 3 ? "cat" : "dog" }));
    GalleryFilter filter(*tiles);
    QItemSelectionModel selection(&filter);
    selection.select({ filter.index(0), filter.index(2999) }, QItemSelectionModel::Select);
    filter.setFilter({ .text = u"dog"_s });
    QCOMPARE(filter.rowCount(), 1000);
    QCOMPARE(selection.selectedIndexes().size(), 1000);
    filter.setFilter({});
    QCOMPARE(selection.selectedIndexes().size(), 1000);
    for (const QModelIndex &index : selection.selectedIndexes())
        QCOMPARE(index.data(GalleryRole::Prompt).toString(), u"dog"_s);
}

void TestGalleryFilter::agreesWithAPlainScan()
{
    QRandomGenerator random(7);
    const auto any = [&random](auto &&list) { return list[size_t(random.bounded(int(std::size(list))))]; };
    const auto tiles = model();
    GalleryFilter filter(*tiles);
    QAbstractItemModelTester tester(&filter, QAbstractItemModelTester::FailureReportingMode::QtTest);
    QItemSelectionModel selection(&filter);
    const auto anyRun = [&](int sequence) {
        return made(sequence, { any(std::array { "cat", "a cat and a dog", "dog", "A Cat", "" }), random.bounded(3),
                                any(std::array { RunState::Done, RunState::Accepted, RunState::Failed }),
                                any(std::array { QSize(1, 1), QSize(9, 9) }), 1 + random.bounded(3),
                                any(std::array { -1.0, 0.0, 0.5 }) });
    };
    for (int step = 0; step < 400; ++step) {
        switch (random.bounded(5)) {
        case 0:
            filter.setSort(GallerySort(random.bounded(6)));
            break;
        case 1:
            filter.setFilter({ any(std::array { u""_s, u"c"_s, u"cat"_s, u"dog a"_s }), TileGroup(random.bounded(4)),
                               { any(std::array { u""_s, u"fal-ai/a"_s }) } });
            break;
        case 2:
            if (filter.rowCount() > 0)
                selection.select(filter.index(random.bounded(filter.rowCount())), QItemSelectionModel::Toggle);
            break;
        default:
            tiles->runChanged(anyRun(1 + random.bounded(60)));
        }
        GalleryFilter anew(*tiles);
        anew.setSort(filter.sort());
        anew.setFilter(filter.filter());
        QCOMPARE(shown(filter), shown(anew));
        int seen = 0;
        for (int row = 0; row < tiles->rowCount(); ++row) {
            const QModelIndex index = tiles->index(row);
            const TileFilter &by = filter.filter();
            bool wanted = by.group == TileGroup::All || by.group == groupOf(TileState(index.data(GalleryRole::State).toInt()));
            for (const QString &word : by.text.split(u' ', Qt::SkipEmptyParts))
                wanted = wanted && index.data(GalleryRole::Prompt).toString().toLower().contains(word);
            wanted = wanted && (by.endpoint.isEmpty() || by.endpoint == tiles->endpoints()[size_t(tiles->factsAt(row).endpoint)]);
            QCOMPARE(filter.mapFromSource(index).isValid(), wanted);
            seen += wanted;
        }
        QCOMPARE(filter.rowCount(), seen);
    }
}

void TestGalleryFilter::scatteredRowsGoInOneStep()
{
    const auto tiles = model();
    for (int number = 1; number <= 500; ++number)
        tiles->runAdded(made(number, { .prompt = number % 2 ? "cat" : "dog" }));
    GalleryFilter filter(*tiles);
    QSignalSpy removed(&filter, &QAbstractItemModel::rowsRemoved), inserted(&filter, &QAbstractItemModel::rowsInserted);
    QSignalSpy moved(&filter, &QAbstractItemModel::layoutChanged);
    filter.setFilter({ .text = u"cat"_s });
    filter.setFilter({});
    QCOMPARE(removed.size(), 1);
    QCOMPARE(inserted.size(), 1);
    QCOMPARE(moved.size(), 2);
    tiles->runAdded(made(999, {})); // one that comes alone moves nobody
    QCOMPARE(inserted.size(), 2);
    QCOMPARE(moved.size(), 2);
}

void TestGalleryFilter::givesFilesToADrag()
{
    const auto tiles = model();
    fill(*tiles);
    GalleryFilter filter(*tiles);
    filter.setSort(GallerySort::Oldest);
    QModelIndexList all;
    for (int row = 0; row < filter.rowCount(); ++row)
        all << filter.index(row);
    const std::unique_ptr<QMimeData> data(filter.mimeData(all));
    QCOMPARE(QString::fromUtf8(data->data(u"text/uri-list"_s)),
             u"file:///lib/1%20%C3%BC-0.png\r\nfile:///lib/2%20%C3%BC-0.png\r\nfile:///lib/2%20%C3%BC-1.png\r\n"
             "file:///lib/5%20%C3%BC-0.png\r\n"_s);
    QCOMPARE(filter.supportedDragActions(), Qt::CopyAction);
    QVERIFY(filter.flags(filter.index(0)).testFlag(Qt::ItemIsDragEnabled));
    QVERIFY(!filter.flags(filter.index(3)).testFlag(Qt::ItemIsDragEnabled)); // refused: there is no file
    QVERIFY(!filter.mimeData({ filter.index(3) }));
}

void TestGalleryFilter::wordsOfSorts()
{
    for (int sort = 0; sort < 6; ++sort)
        QCOMPARE(gallerySortOf(wordOf(GallerySort(sort))), GallerySort(sort));
    QVERIFY(!gallerySortOf(u"by taste"_s));
}

QTEST_GUILESS_MAIN(TestGalleryFilter)
#include "tst_galleryfilter.moc"
