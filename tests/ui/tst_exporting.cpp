#include "actions.h"
#include "detailspanel.h"
#include "examples.h"
#include "exporter.h"
#include "exportpanel.h"
#include "exportstrip.h"
#include "gallerymodel.h"
#include "gallerypage.h"
#include "galleryview.h"
#include "mainwindow.h"
#include "parametermodel.h"
#include "plaintextedit.h"
#include "runmodel.h"
#include "runnote.h"
#include "selectabletext.h"
#include "session.h"
#include "thumbnailstore.h"
#include "workbench.h"

#include <QAction>
#include <QApplication>
#include <QCheckBox>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QProgressBar>
#include <QPushButton>

using namespace plantain;
using namespace Qt::StringLiterals;

namespace {

/// The window over a library that holds a run of pictures, all through the real sandbox.
struct Fixture
{
    explicit Fixture(double latencySeconds = 0)
        : bench(latencySeconds)
    {
        open();
    }
    ~Fixture()
    {
        window.reset();
        session.reset();
    }

    void open()
    {
        session = std::make_unique<Session>(bench.catalog, *bench.library, *bench.servers, bench.pool, std::vector<Example>(),
                                            bench.folder.filePath(u"draft.json"_s));
        window = std::make_unique<MainWindow>(*session, thumbnails, settingsFile);
        window->resize(1280, 800);
        window->show();
        window->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(window.get()));
        session->begin(OpenReport());
    }

    void generate(int images)
    {
        ParameterModel *parameters = session->parameters();
        parameters->setText(parameters->promptRow(), u"a red fox"_s);
        parameters->setValue(parameters->rowOf(u"resolution"_s), Json("0.5K"));
        parameters->setValue(parameters->rowOf(u"num_images"_s), Json(images));
        const int before = session->runs()->rowCount();
        session->generate();
        QTRY_COMPARE(session->runs()->rowCount(), before + 1);
    }
    void settle() { QTRY_COMPARE_WITH_TIMEOUT(session->runs()->openRuns(), 0, 60'000); }

    void select(std::initializer_list<int> rows)
    {
        auto *selection = window->findChild<GalleryView *>()->selectionModel();
        selection->clear();
        for (const int row : rows)
            selection->setCurrentIndex(selection->model()->index(row, 0), QItemSelectionModel::Select);
    }
    void press(QAction *action)
    {
        QTRY_VERIFY(action->isEnabled());
        action->trigger();
    }

    template <class T>
    T *child(const QString &name = {}) const
    {
        for (T *found : window->findChildren<T *>()) {
            if (name.isEmpty() || found->accessibleName() == name)
                return found;
        }
        return nullptr;
    }
    QPlainTextEdit *note() const { return child<PlainTextEdit>(u"Note"_s); }
    QString stripText() const { return child<ExportStrip>()->text(); }
    QStringList previewed() const
    {
        QStringList names;
        const QAbstractItemModel *model = child<QListView>(u"Names of the files"_s)->model();
        for (int row = 0; row < model->rowCount(); ++row)
            names << model->index(row, 0).data().toString();
        return names;
    }

    Workbench bench;
    ThumbnailStore thumbnails { bench.folder.filePath(u"thumbnails"_s), bench.pool };
    const QString settingsFile = bench.folder.filePath(u"settings.json"_s);
    std::unique_ptr<Session> session;
    std::unique_ptr<MainWindow> window;
};

QStringList namesIn(const QString &folder)
{
    return QDir(folder).entryList(QDir::Files | QDir::Hidden, QDir::Name);
}

} // namespace

/// What is done with pictures that are there: notes, a look at several, export.
class TestExporting : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void exportsByKeyboardAlone();
    void saysWhatIsWrongWhereItIs();
    void severalAreSummedUp();
    void notesAreKeptAsOneTypes();
    void notesWaitForADisk();
    void noteOutlivesTheWindow();
    void sentences_data();
    void sentences();
};

void TestExporting::exportsByKeyboardAlone()
{
    Fixture f;
    f.generate(3);
    f.settle();
    f.select({ 0, 2 });
    const QString folder = f.bench.folder.filePath(u"out"_s);
    auto *panel = f.child<ExportPanel>();
    QVERIFY(!panel->isVisible());
    f.press(f.window->actionSet().exportAgain); // there is no last time: it asks
    QTRY_VERIFY(panel->isVisible());
    QTRY_COMPARE(QApplication::focusWidget(), f.child<QLineEdit>(u"Names"_s));
    f.child<QLineEdit>(u"Folder"_s)->setText(folder);
    f.child<QLineEdit>(u"Names"_s)->clear();
    QTest::keyClicks(QApplication::focusWidget(), u"{prompt} {index}"_s);
    QTRY_COMPARE(f.previewed(), (QStringList { u"a-red-fox 1.png"_s, u"a-red-fox 3.png"_s }));
    f.select({ 0, 1, 2 });
    QTRY_COMPARE(f.previewed().size(), 3);
    f.select({ 0, 2 });
    QTRY_COMPARE(f.previewed().size(), 2);
    QTest::keyClick(f.child<QLineEdit>(u"Names"_s), Qt::Key_Return);
    QVERIFY(!panel->isVisible());
    QCOMPARE(QApplication::focusWidget(), f.child<GalleryView>());
    QTRY_COMPARE(f.stripText(), u"2 pictures exported to %1."_s.arg(folder));
    QCOMPARE(namesIn(folder), (QStringList { u"a-red-fox 1.png"_s, u"a-red-fox 3.png"_s }));

    // Again, without a question, one more.
    f.select({ 0, 1, 2 });
    f.press(f.window->actionSet().exportAgain);
    QTRY_COMPARE(f.stripText(), u"1 picture exported to %1. 2 already there, unchanged."_s.arg(folder));
    QVERIFY(!panel->isVisible());
    QCOMPARE(namesIn(folder).size(), 3);
    // And after the next start.
    f.window.reset();
    f.session.reset();
    f.open();
    QTRY_COMPARE(f.session->gallery()->rowCount(), 3);
    f.select({ 0 });
    f.press(f.window->actionSet().exportPictures);
    QCOMPARE(f.child<QLineEdit>(u"Folder"_s)->text(), folder);
    QCOMPARE(f.child<QLineEdit>(u"Names"_s)->text(), u"{prompt} {index}"_s);
    QTest::keyClick(f.child<QLineEdit>(u"Names"_s), Qt::Key_Escape);
    QVERIFY(!f.child<ExportPanel>()->isVisible());
}

void TestExporting::saysWhatIsWrongWhereItIs()
{
    Fixture f;
    f.generate(1);
    f.settle();
    f.select({ 0 });
    f.press(f.window->actionSet().exportPictures);
    auto *panel = f.child<ExportPanel>();
    QPushButton *button = nullptr;
    for (auto *each : panel->findChildren<QPushButton *>()) {
        if (each->text().startsWith(u"Export"_s))
            button = each;
    }
    QVERIFY(button);
    f.child<QLineEdit>(u"Folder"_s)->setText(f.bench.folder.filePath(u"out"_s));
    QTRY_COMPARE(f.previewed().size(), 1);
    QVERIFY(button->isEnabled());
    QCOMPARE(button->text(), u"Export 1 picture"_s);
    f.child<QLineEdit>(u"Names"_s)->setText(u"{what}"_s);
    QVERIFY(!button->isEnabled());
    QTest::keyClick(f.child<QLineEdit>(u"Names"_s), Qt::Key_Return);
    QVERIFY(panel->isVisible());
    QCOMPARE(f.previewed(), QStringList());
    f.child<QLineEdit>(u"Names"_s)->setText(u"fox"_s);
    QVERIFY(button->isEnabled());
    f.child<QLineEdit>(u"Folder"_s)->setText(u"not absolute"_s);
    QVERIFY(!button->isEnabled());
    f.child<QLineEdit>(u"Folder"_s)->setText(f.settingsFile + u"/below"_s);
    f.window->close(); // writes the settings: the path leads through a file now
    f.window->show();
    f.press(f.window->actionSet().exportPictures);
    QTRY_VERIFY(!button->isEnabled());
}

void TestExporting::severalAreSummedUp()
{
    Fixture f;
    f.generate(2);
    f.settle();
    f.generate(1);
    f.settle();
    const auto seen = [&f] {
        QStringList texts;
        for (const auto *value : f.child<DetailsPanel>()->findChildren<SelectableText *>()) {
            if (value->isVisible())
                texts << value->accessibleName() + u'=' + value->toPlainText();
        }
        return texts;
    };
    f.select({ 0, 1, 2 });
    QVERIFY2(seen().contains(u"Pictures=3"_s), qPrintable(seen().join(u';')));
    QVERIFY(seen().contains(u"Runs=2"_s));
    QVERIFY(!seen().contains(u"Prompt=a red fox"_s));
    f.select({ 1 });
    QTRY_VERIFY(seen().contains(u"Prompt=a red fox"_s));
    QVERIFY(!seen().contains(u"Runs=2"_s));
    // Of what is still to come the picture counts when it is there.
    f.generate(2);
    f.select({ 0, 1, 2 });
    QTRY_VERIFY(seen().contains(u"Pictures=3"_s));
}

void TestExporting::notesAreKeptAsOneTypes()
{
    Fixture f(4);
    f.generate(1);
    f.select({ 0 });
    QTRY_VERIFY(!f.note()->isReadOnly());
    const RunId first = f.session->runs()->idAt(0);
    QTest::keyClicks(f.note(), u"plan: warmer"_s);
    QTRY_COMPARE(f.bench.stored(first).note, u"plan: warmer"_s); // the run is under way
    QVERIFY(!isFinal(f.bench.stored(first).state));
    QTest::keyClicks(f.note(), u", softer"_s);
    f.generate(1);
    f.settle();
    QCOMPARE(f.note()->toPlainText(), u"plan: warmer, softer"_s);
    QTRY_COMPARE(f.bench.stored(first).note, u"plan: warmer, softer"_s);
    // Away in the middle of a word, and back.
    QTest::keyClicks(f.note(), u"!"_s);
    f.select({ 0 });
    QTRY_VERIFY(f.child<RunNote>()->run() == f.session->runs()->idAt(0));
    QCOMPARE(f.note()->toPlainText(), QString());
    QTRY_COMPARE(f.bench.stored(first).note, u"plan: warmer, softer!"_s);
    f.select({ 1 });
    QTRY_COMPARE(f.note()->toPlainText(), u"plan: warmer, softer!"_s);
}

void TestExporting::notesWaitForADisk()
{
    Fixture f;
    f.generate(1);
    f.settle();
    f.select({ 0 });
    QTRY_VERIFY(!f.note()->isReadOnly());
    const RunId id = f.session->runs()->idAt(0);
    // As if the disk were gone: where the sidecars go, there is a file.
    const QString runs = f.bench.library->folder() + u"/runs"_s;
    QVERIFY(QFile::rename(runs, runs + u"-away"_s));
    QFile inTheWay(runs);
    QVERIFY(inTheWay.open(QIODevice::WriteOnly));
    inTheWay.close();
    QTest::keyClicks(f.note(), u"dear words"_s);
    const auto complains = [&f] {
        for (const QLabel *label : f.child<RunNote>()->findChildren<QLabel *>()) {
            if (label->isVisible() && label->text().startsWith(u"The note is not stored yet"_s))
                return true;
        }
        return false;
    };
    QTRY_VERIFY(complains());
    QCOMPARE(f.note()->toPlainText(), u"dear words"_s);
    QVERIFY(QFile::remove(runs));
    QVERIFY(QFile::rename(runs + u"-away"_s, runs));
    QTRY_COMPARE_WITH_TIMEOUT(f.bench.stored(id).note, u"dear words"_s, 30'000);
    QTRY_VERIFY(!complains());
}

void TestExporting::noteOutlivesTheWindow()
{
    Fixture f;
    f.generate(1);
    f.settle();
    f.select({ 0 });
    QTRY_VERIFY(!f.note()->isReadOnly());
    const RunId id = f.session->runs()->idAt(0);
    QTest::keyClicks(f.note(), u"last words"_s);
    f.window->close();
    f.window.reset();
    f.session.reset();
    QCOMPARE(f.bench.stored(id).note, u"last words"_s);
}

void TestExporting::sentences_data()
{
    QTest::addColumn<ExportOutcome>("outcome");
    QTest::addColumn<QString>("expected");
    QTest::newRow("one") << ExportOutcome { .folder = u"/p"_s, .total = 1, .exported = 1 } << u"1 picture exported to /p."_s;
    QTest::newRow("all there") << ExportOutcome { .folder = u"/p"_s, .total = 2, .there = 2 }
                               << u"2 pictures already in /p, unchanged."_s;
    QTest::newRow("nothing") << ExportOutcome { .folder = u"/p"_s } << u"There was no picture to export."_s;
    QTest::newRow("cancelled") << ExportOutcome { .folder = u"/p"_s, .total = 9, .exported = 4, .cancelled = true }
                               << u"Export cancelled. 4 pictures exported to /p."_s;
    QTest::newRow("full") << ExportOutcome { .folder = u"/p"_s, .total = 9, .exported = 4, .failed = { u"/a"_s },
                                             .error = Error { .kind = ErrorKind::Disk, .type = u"full"_s } }
                          << u"4 pictures exported to /p. 1 picture could not be exported: a. The disk of this folder is full."_s;
    QTest::newRow("missing") << ExportOutcome { .folder = u"/p"_s, .total = 5, .failed = { u"/l/a.png"_s, u"/l/b.png"_s, u"/l/c.png"_s, u"/l/d.png"_s },
                                                .error = Error { .kind = ErrorKind::Disk, .type = u"missing"_s, .message = u"/l/a.png"_s } }
                             << u"4 pictures could not be exported: a.png, b.png, c.png, 1 more. It is no longer there: /l/a.png."_s;
}

void TestExporting::sentences()
{
    QFETCH(ExportOutcome, outcome);
    QFETCH(QString, expected);
    QCOMPARE(exportSentence(outcome), expected);
}

QTEST_MAIN(TestExporting)
#include "tst_exporting.moc"
