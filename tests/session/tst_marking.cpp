#include "gallerymodel.h"
#include "library.h"
#include "libraryfeed.h"
#include "marking.h"
#include "workbench.h"

using namespace Qt::StringLiterals;
using namespace plantain;

namespace {

/// A library with one finished run of four pictures, shown in a gallery.
struct Fixture
{
    Fixture()
    {
        QObject::connect(&library, &Library::runAdded, &gallery, &GalleryModel::runAdded);
        QObject::connect(&library, &Library::runChanged, &gallery, &GalleryModel::runChanged);
        if (!Workbench::wait(library.open()))
            qFatal("no library");
        RunRecord record;
        record.id = newRunId();
        record.endpoint.text = u"fal-ai/nano-banana-2"_s;
        record.state = RunState::Done;
        for (int index = 0; index < 4; ++index)
            record.images.push_back({ .index = index, .file = u"images/%1.png"_s.arg(index), .size = { 64, 64 } });
        run = Workbench::wait(library.add(record))->id;
    }

    std::vector<PictureId> pictures(std::initializer_list<int> indexes) const
    {
        std::vector<PictureId> ids;
        for (const int index : indexes)
            ids.push_back({ run, index });
        return ids;
    }
    Marks shown(int index) const
    {
        return gallery.index(gallery.rowOf(run, index)).data(GalleryRole::Marks).value<Marks>();
    }
    std::vector<Marks> stored()
    {
        std::vector<Marks> marks;
        const RunRecord record = *Workbench::wait(library.run(run));
        for (const ImageRecord &image : record.images)
            marks.push_back(image.marks);
        return marks;
    }

    QTemporaryDir folder;
    Library library { folder.filePath(u"library"_s) };
    GalleryModel gallery { [](const QString &file) { return file; } };
    Marking marking { library, gallery };
    RunId run;
};

} // namespace

class TestMarking : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void isStoredAndShown();
    void isTakenBackExactly();
    void quickKeysAreStepsOfTheirOwn();
    void whatChangesNothingIsNoStep();
    void aNewMarkForgetsWhatWasUndone();
    void collections();
    void readings();
    void saysWhatIsNotStored();
};

void TestMarking::isStoredAndShown()
{
    Fixture f;
    f.marking.setRating(f.pictures({ 0, 2 }), 5);
    f.marking.setFlag(f.pictures({ 2 }), Flag::Reject);
    f.marking.setLabel(f.pictures({ 3 }), ColourLabel::Green);
    const std::vector<Marks> expected { { .rating = 5 }, {}, { .rating = 5, .flag = Flag::Reject }, { .label = ColourLabel::Green } };
    QCOMPARE(f.stored(), expected);
    for (int index = 0; index < 4; ++index)
        QTRY_COMPARE(f.shown(index), expected[size_t(index)]);
}

void TestMarking::isTakenBackExactly()
{
    Fixture f;
    std::vector<std::vector<Marks>> history { f.stored() };
    const auto remember = [&] { history.push_back(f.stored()); };
    f.marking.setRating(f.pictures({ 0, 1 }), 3);
    remember();
    f.marking.setRating(f.pictures({ 1, 2 }), 4);
    remember();
    f.marking.setFlag(f.pictures({ 0, 1, 2, 3 }), Flag::Keep);
    remember();
    f.marking.setInCollection(f.pictures({ 2 }), u"Covers"_s, true);
    remember();
    QCOMPARE(f.marking.undoName(), u"into “Covers”"_s);
    for (size_t step = history.size() - 1; step > 0; --step) {
        f.marking.undo();
        QCOMPARE(f.stored(), history[step - 1]);
    }
    QVERIFY(!f.marking.canUndo());
    QCOMPARE(f.marking.redoName(), u"3 stars for 2 pictures"_s);
    for (size_t step = 1; step < history.size(); ++step) {
        f.marking.redo();
        QCOMPARE(f.stored(), history[step]);
    }
    QVERIFY(!f.marking.canRedo());
}

// The gallery has not heard of the first when the second comes.
void TestMarking::quickKeysAreStepsOfTheirOwn()
{
    Fixture f;
    f.marking.setRating(f.pictures({ 0 }), 3);
    f.marking.setRating(f.pictures({ 0 }), 4);
    f.marking.setFlag(f.pictures({ 0 }), Flag::Keep);
    QCOMPARE(f.shown(0), Marks());
    QCOMPARE(f.marking.marksOf({ f.run, 0 }), (Marks { .rating = 4, .flag = Flag::Keep }));
    f.marking.undo();
    f.marking.undo();
    QCOMPARE(f.stored().front(), (Marks { .rating = 3 }));
    QTRY_COMPARE(f.shown(0), (Marks { .rating = 3 }));
}

void TestMarking::whatChangesNothingIsNoStep()
{
    Fixture f;
    f.marking.setRating(f.pictures({ 0 }), 0);
    f.marking.setFlag({}, Flag::Keep);
    f.marking.setInCollection(f.pictures({ 0 }), u"   "_s, true);
    QVERIFY(!f.marking.canUndo());
}

void TestMarking::aNewMarkForgetsWhatWasUndone()
{
    Fixture f;
    f.marking.setRating(f.pictures({ 0 }), 2);
    f.marking.undo();
    QVERIFY(f.marking.canRedo());
    f.marking.setFlag(f.pictures({ 0 }), Flag::Keep);
    QVERIFY(!f.marking.canRedo());
    f.marking.redo();
    QCOMPARE(f.stored().front(), (Marks { .flag = Flag::Keep }));
}

void TestMarking::collections()
{
    Fixture f;
    f.marking.setInCollection(f.pictures({ 0, 1 }), u" b  c "_s, true);
    f.marking.setInCollection(f.pictures({ 1 }), u"A"_s, true);
    QCOMPARE(f.marking.collections(), (QStringList { u"A"_s, u"b c"_s }));
    QCOMPARE(f.stored()[1].collections, (QStringList { u"A"_s, u"b c"_s }));
    f.marking.setInCollection(f.pictures({ 0, 1 }), u"b c"_s, false);
    QVERIFY(Workbench::wait(f.library.run(f.run)));
    QTRY_COMPARE(f.marking.collections(), QStringList { u"A"_s });
    QVERIFY(Workbench::wait(f.library.setTrashed(f.pictures({ 1 }), true)));
    QCOMPARE(f.marking.collections(), QStringList());
    QVERIFY(Workbench::wait(f.library.setTrashed(f.pictures({ 1 }), false)));
    QCOMPARE(f.marking.collections(), QStringList { u"A"_s });
}

void TestMarking::readings()
{
    Fixture f;
    const PictureId picture { f.run, 1 };
    const auto read = [&](const QString &text) { return readingOf(f.stored()[1], text); };
    f.marking.setReading(picture, { u"OPEN"_s, Reading::Right });
    f.marking.setReading(picture, { u"BREAD"_s, Reading::Missing });
    f.marking.setReading(picture, { u"OPEN"_s, Reading::Wrong, Ninth::Bottom });
    QCOMPARE(read(u"OPEN"_s), (TextReading { u"OPEN"_s, Reading::Wrong, Ninth::Bottom }));
    QCOMPARE(read(u"BREAD"_s).reading, Reading::Missing);
    QCOMPARE(read(u"other"_s).reading, Reading::Open);
    QCOMPARE(f.marking.undoName(), u"“OPEN” wrong"_s);
    QTRY_COMPARE(marksText(f.shown(1)), u"1 text wrong, 1 text missing"_s);
    f.marking.undo();
    QCOMPARE(read(u"OPEN"_s).reading, Reading::Right);
    f.marking.setReading(picture, { u"OPEN"_s, Reading::Open });
    f.marking.undo();
    f.marking.undo();
    f.marking.undo();
    QCOMPARE(f.stored()[1], Marks());
}

void TestMarking::saysWhatIsNotStored()
{
    Fixture f;
    QSignalSpy failed(&f.marking, &Marking::failed);
    RunRecord alien; // of a gallery that knows more than the library
    alien.id = newRunId();
    alien.state = RunState::Done;
    alien.images = { { .file = u"a.png"_s } };
    f.gallery.runAdded(alien);
    f.marking.setRating({ { alien.id, 0 } }, 1);
    QTRY_COMPARE(failed.size(), 1);
    QCOMPARE(f.marking.marksOf({ alien.id, 0 }), Marks());
}

QTEST_GUILESS_MAIN(TestMarking)
#include "tst_marking.moc"
