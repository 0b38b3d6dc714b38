#include "actions.h"
#include "confirmbar.h"
#include "gallerydelegate.h"
#include "gallerymodel.h"
#include "gallerypage.h"
#include "galleryview.h"
#include "nomatchhint.h"

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QCryptographicHash>
#include <QImage>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QMimeData>
#include <QPushButton>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>

using namespace Qt::StringLiterals;
using namespace plantain;

namespace {

constexpr int patience = 20000;

QString nameAt(const QModelIndex &index)
{
    return index.data(GalleryRole::RunId).value<RunId>().text + u'#' + index.data(GalleryRole::ImageIndex).toString();
}

} // namespace

/// The gallery as a person works it: finding, choosing, doing something with it.
class TestGalleryPage : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();
    void filtersAsOneTypes();
    void saysWhenNothingMatches();
    void sortsByAPersonsChoice();
    void selectsByMouse();
    void selectsByRubberBand();
    void selectsByKeyboard();
    void whatIsFilteredOutIsNotCurrent();
    void showsARunTheFilterHides();
    void followsTheNewestOnlyWhenTold();
    void followsTheNewestAtTheBottom();
    void offersTheWayOut_data();
    void offersTheWayOut();
    void offersSettingsThatExist();
    void activates();
    void sendsAnUnknownRunAgainByTheWordAlone();
    void enablesWhatCanBeDone();
    void offersOnlyWhatIsHeard();
    void copies();
    void opensItsMenuByKey();
    void dragsWhatIsChosen();
    void fitsANarrowWindow();

private:
    void add(const QString &name, qint64 sequence, RunState state = RunState::Done, int images = 1, const QString &errorType = {},
             ErrorKind kind = ErrorKind::Model)
    {
        RunRecord record;
        record.id = { name };
        record.sequence = sequence;
        record.endpoint = { sequence % 2 ? u"fal-ai/a"_s : u"fal-ai/b"_s };
        record.input = Json { { "prompt", (u"prompt of "_s + name).toStdString() }, { "num_images", images } };
        record.state = state;
        if (state == RunState::Failed || state == RunState::Refused)
            record.error = Error { .kind = kind, .type = errorType };
        for (int index = 0; state == RunState::Done && index < images; ++index) {
            const QString file = u"%1 ü %2.png"_s.arg(name).arg(index);
            QImage image(60, 40, QImage::Format_RGB32);
            image.fill(QColor(int(sequence) * 7 % 256, 20 * index, 90));
            image.save(m_folder->filePath(file));
            const QByteArray hash = QCryptographicHash::hash(file.toUtf8(), QCryptographicHash::Sha256).toHex();
            record.images.push_back({ .index = index, .file = file, .sha256 = QString::fromLatin1(hash), .size = image.size() });
        }
        m_model->runChanged(record);
    }
    void addMany(int count)
    {
        for (int number = 1; number <= count; ++number)
            m_model->runAdded([number] {
                RunRecord record;
                record.id = { u"r%1"_s.arg(number) };
                record.sequence = number;
                record.input = Json { { "prompt", number % 2 ? "odd" : "even" } };
                record.state = RunState::Cancelled;
                return record;
            }());
    }
    GalleryView *view() const { return m_page->view(); }
    QModelIndex tile(int row) const { return view()->model()->index(row, 0); }
    QPoint centre(int row) const { return view()->visualRect(tile(row)).center(); }
    QString selected() const
    {
        QStringList names;
        for (const QModelIndex &index : view()->selectionModel()->hasSelection() ? view()->chosen() : QModelIndexList())
            names << QString::number(index.row());
        return names.join(u' ');
    }
    QString countText() const { return m_page->findChild<QLabel *>(u"galleryCount"_s)->text(); }
    QLineEdit *text() const { return m_page->findChild<QLineEdit *>(); }
    void click(int row, Qt::KeyboardModifiers modifiers = {}) const
    {
        QTest::mouseClick(view()->viewport(), Qt::LeftButton, modifiers, centre(row));
    }
    QPoint buttonOf(int row) const { return QPoint(centre(row).x(), view()->visualRect(tile(row)).bottom() - 8 - 8 - 13); }

    QObject m_parent;
    std::unique_ptr<Actions> m_actions;
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<DecodePool> m_pool;
    std::unique_ptr<ThumbnailStore> m_thumbnails;
    std::unique_ptr<GalleryModel> m_model;
    std::unique_ptr<GalleryPage> m_page;
};

void TestGalleryPage::init()
{
    m_actions = std::make_unique<Actions>(&m_parent);
    m_folder = std::make_unique<QTemporaryDir>();
    m_pool = std::make_unique<DecodePool>(2);
    m_thumbnails = std::make_unique<ThumbnailStore>(m_folder->filePath(u"cache"_s), *m_pool);
    m_model = std::make_unique<GalleryModel>([this](const QString &file) { return m_folder->filePath(file); });
    m_page = std::make_unique<GalleryPage>(*m_model, *m_thumbnails, *m_actions);
    m_page->resize(700, 560);
    m_page->show();
    m_page->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(m_page.get()));
}

void TestGalleryPage::cleanup()
{
    m_page.reset();
    m_model.reset();
    m_thumbnails.reset();
    m_pool.reset();
    qDeleteAll(m_parent.children());
}

void TestGalleryPage::filtersAsOneTypes()
{
    addMany(2000);
    QCOMPARE(countText(), u"2,000"_s);
    m_actions->findInGallery->trigger();
    QCOMPARE(QApplication::focusWidget(), text());
    QTest::keyClicks(text(), u"ODD"_s);
    QCOMPARE(view()->model()->rowCount(), 1000);
    QCOMPARE(countText(), u"1,000 of 2,000"_s);
    QVERIFY(text()->hasFocus());
    text()->clear();
    QCOMPARE(countText(), u"2,000"_s);
    view()->selectAll();
    QCOMPARE(countText(), u"2,000, 2,000 selected"_s);
}

void TestGalleryPage::saysWhenNothingMatches()
{
    auto *hint = m_page->findChild<NoMatchHint *>();
    addMany(4);
    QVERIFY(!hint->isVisible());
    QTest::keyClicks(text(), u"neither"_s);
    QVERIFY(hint->isVisible());
    QCOMPARE(countText(), u"0 of 4"_s);
    QTest::mouseClick(hint->findChild<QPushButton *>(), Qt::LeftButton);
    QVERIFY(!hint->isVisible());
    QVERIFY(text()->text().isEmpty());
    QCOMPARE(view()->model()->rowCount(), 4);
    QCOMPARE(QApplication::focusWidget(), view());
}

void TestGalleryPage::sortsByAPersonsChoice()
{
    add(u"b"_s, 1);
    add(u"c"_s, 2);
    add(u"a"_s, 3);
    QSignalSpy changed(m_page.get(), &GalleryPage::sortChanged);
    view()->setCurrentIndex(tile(1));
    const auto boxes = m_page->findChildren<QComboBox *>();
    QComboBox *order = *std::find_if(boxes.begin(), boxes.end(), [](QComboBox *box) { return box->accessibleName() == u"Order"_s; });
    order->setFocus();
    QTest::keyClick(order, Qt::Key_Down);
    QTest::keyClick(order, Qt::Key_Down);
    QCOMPARE(changed.size(), 2);
    QCOMPARE(m_page->sort(), GallerySort::Prompt);
    QCOMPARE(nameAt(tile(0)), u"a#0"_s);
    QCOMPARE(nameAt(view()->currentIndex()), u"c#0"_s);
    m_page->setSort(GallerySort::Oldest); // from the settings: the box follows
    QCOMPARE(order->currentText(), u"Oldest first"_s);
    QCOMPARE(nameAt(tile(0)), u"b#0"_s);
}

void TestGalleryPage::selectsByMouse()
{
    addMany(12);
    QCOMPARE(view()->columns(), 3);
    click(1);
    QCOMPARE(selected(), u"1"_s);
    click(4, Qt::ControlModifier);
    QCOMPARE(selected(), u"1 4"_s);
    click(4, Qt::ControlModifier);
    QCOMPARE(selected(), u"1"_s);
    click(2);
    click(5, Qt::ShiftModifier); // row by row, not a rectangle
    QCOMPARE(selected(), u"2 3 4 5"_s);
    click(0, Qt::ShiftModifier);
    QCOMPARE(selected(), u"0 1 2"_s);
}

void TestGalleryPage::selectsByRubberBand()
{
    addMany(5);
    QWidget *area = view()->viewport();
    const QRect last = view()->visualRect(tile(4));
    const QPoint empty(last.right() + 60, last.bottom() - 20); // where a sixth tile would be
    QVERIFY(!view()->indexAt(empty).isValid());
    const auto drag = [area](QPoint from, QPoint to) {
        QTest::mousePress(area, Qt::LeftButton, {}, from);
        QTest::mouseMove(area, (from + to) / 2);
        QTest::mouseMove(area, to);
        QTest::mouseRelease(area, Qt::LeftButton, {}, to);
    };
    drag(empty, view()->visualRect(tile(1)).bottomRight() - QPoint(60, 60));
    QCOMPARE(selected(), u"1 2 4"_s);
    // Between two tiles there is room for it too.
    const QPoint gap = view()->visualRect(tile(0)).topRight() + QPoint(0, 30);
    QVERIFY(!view()->indexAt(gap).isValid());
    drag(gap, centre(2));
    QCOMPARE(selected(), u"1 2"_s);
    QTest::mouseClick(area, Qt::LeftButton, {}, gap);
    QCOMPARE(selected(), QString());
}

void TestGalleryPage::selectsByKeyboard()
{
    addMany(12);
    m_page->focusView();
    QTest::keyClick(view(), Qt::Key_Right);
    QTest::keyClick(view(), Qt::Key_Down, Qt::ShiftModifier);
    QCOMPARE(selected(), u"1 2 3 4"_s);
    QTest::keyClick(view(), Qt::Key_Escape);
    QCOMPARE(selected(), QString());
    QCOMPARE(view()->currentIndex().row(), 4);
    QTest::keyClick(view(), Qt::Key_Space, Qt::ControlModifier);
    QTest::keyClick(view(), Qt::Key_Right, Qt::ControlModifier);
    QTest::keyClick(view(), Qt::Key_Right, Qt::ControlModifier);
    QTest::keyClick(view(), Qt::Key_Space, Qt::ControlModifier);
    QCOMPARE(selected(), u"4 6"_s);
    QTest::keyClick(view(), Qt::Key_Space, Qt::ControlModifier);
    QCOMPARE(selected(), u"4"_s);
    QTest::keyClick(view(), Qt::Key_A, Qt::ControlModifier);
    QCOMPARE(view()->chosen().size(), 12);
}

void TestGalleryPage::whatIsFilteredOutIsNotCurrent()
{
    addMany(10);
    click(0); // r10, even
    click(1, Qt::ControlModifier); // r9, odd
    QSignalSpy current(m_page.get(), &GalleryPage::currentChanged);
    QTest::keyClicks(text(), u"even"_s);
    QVERIFY(!view()->currentIndex().isValid());
    QCOMPARE(current.size(), 1);
    QVERIFY(!current.front().front().value<QModelIndex>().isValid());
    QCOMPARE(selected(), u"0"_s); // and what stays is selected still
    QCOMPARE(nameAt(view()->chosen().front()), u"r10#0"_s);
}

void TestGalleryPage::showsARunTheFilterHides()
{
    addMany(10);
    QTest::keyClicks(text(), u"even"_s);
    QSignalSpy current(m_page.get(), &GalleryPage::currentChanged);
    m_page->showRun({ u"r4"_s });
    QCOMPARE(nameAt(view()->currentIndex()), u"r4#0"_s);
    QCOMPARE(current.back().front().value<QModelIndex>().model(), m_model.get());
    m_page->showRun({ u"r3"_s });
    QCOMPARE(nameAt(current.back().front().value<QModelIndex>()), u"r3#0"_s);
    QCOMPARE(text()->text(), u"even"_s); // nothing typed is lost
    QVERIFY(!view()->currentIndex().isValid());
}

void TestGalleryPage::followsTheNewestOnlyWhenTold()
{
    addMany(30);
    m_actions->followNewest->setChecked(false);
    const QPersistentModelIndex seen = tile(1);
    const QRect place = view()->visualRect(seen);
    for (int number = 31; number <= 34; ++number)
        add(u"n%1"_s.arg(number), number, RunState::Accepted, 3);
    QTRY_COMPARE(view()->visualRect(seen), place);
    QVERIFY(view()->verticalScrollBar()->value() > 0);
    m_actions->followNewest->setChecked(true);
    QCOMPARE(view()->visualRect(seen), place); // the switch alone moves nothing
    view()->scrollToTop();
    add(u"last"_s, 99, RunState::Accepted);
    QTRY_COMPARE(nameAt(view()->indexAt(QPoint(20, 20))), u"last#0"_s);
    m_page->setSort(GallerySort::Prompt); // there is no newest end
    view()->scrollToTop();
    const QPersistentModelIndex first = tile(0);
    const QRect top = view()->visualRect(first);
    m_actions->followNewest->setChecked(true);
    for (int number = 1; number <= 3; ++number) { // a line of tiles
        RunRecord record;
        record.id = { u"front%1"_s.arg(number) };
        record.sequence = 200 + number;
        record.input = Json { { "prompt", "a first" } };
        m_model->runAdded(record);
    }
    QTRY_COMPARE(view()->visualRect(first), top);
}

void TestGalleryPage::followsTheNewestAtTheBottom()
{
    addMany(30);
    m_page->setSort(GallerySort::Oldest);
    view()->scrollToBottom();
    for (int number = 31; number <= 37; ++number)
        add(u"n%1"_s.arg(number), number, RunState::Accepted);
    const QModelIndex last = tile(36);
    QCOMPARE(nameAt(last), u"n37#0"_s);
    QTRY_VERIFY(view()->viewport()->rect().contains(view()->visualRect(last)));
    view()->verticalScrollBar()->setValue(300);
    add(u"n38"_s, 38, RunState::Accepted);
    view()->settle();
    QCOMPARE(view()->verticalScrollBar()->value(), 300);
}

void TestGalleryPage::offersTheWayOut_data()
{
    QTest::addColumn<int>("state");
    QTest::addColumn<QString>("type");
    QTest::addColumn<QString>("expected"); // what the button of the tile asks for
    QTest::newRow("refused") << int(RunState::Refused) << QString() << u"recall"_s;
    QTest::newRow("content refused by the model") << int(RunState::Failed) << u"content_policy_violation"_s << u"recall"_s;
    QTest::newRow("no picture made") << int(RunState::Failed) << u"no_media_generated"_s << u"recall"_s;
    QTest::newRow("failed") << int(RunState::Failed) << u"internal_server_error"_s << u"again"_s;
    QTest::newRow("unknown") << int(RunState::Unknown) << QString() << u"look up"_s;
    QTest::newRow("cancelled") << int(RunState::Cancelled) << QString() << u"recall"_s;
    QTest::newRow("queued") << int(RunState::Accepted) << QString() << u"cancel"_s;
    QTest::newRow("picture") << int(RunState::Done) << QString() << QString();
}

void TestGalleryPage::offersTheWayOut()
{
    QFETCH(int, state);
    QFETCH(QString, type);
    QFETCH(QString, expected);
    add(u"r"_s, 1, RunState(state), 1, type);
    view()->settle();
    QStringList asked;
    connect(m_page.get(), &GalleryPage::recallRequested, this, [&](const PictureId &picture) { asked << u"recall"_s << picture.run.text; });
    connect(m_page.get(), &GalleryPage::sendAgainRequested, this, [&](const RunId &id) { asked << u"again"_s << id.text; });
    connect(m_page.get(), &GalleryPage::lookUpRequested, this, [&](const RunId &id) { asked << u"look up"_s << id.text; });
    connect(m_page.get(), &GalleryPage::cancelRequested, this, [&](const RunId &id) { asked << u"cancel"_s << id.text; });
    QTest::mouseClick(view()->viewport(), Qt::LeftButton, {}, centre(0) - QPoint(0, 60)); // not on the button
    QVERIFY(asked.isEmpty());
    QTest::mouseClick(view()->viewport(), Qt::LeftButton, {}, buttonOf(0));
    QTest::mouseDClick(view()->viewport(), Qt::LeftButton, {}, buttonOf(0)); // and the rest of a double click does nothing
    QTest::mouseClick(view()->viewport(), Qt::LeftButton, {}, buttonOf(0));
    QCOMPARE(asked.join(u' '), expected.isEmpty() ? QString() : expected + u" r"_s);
    asked.clear();
    m_page->setTileSize(GalleryView::leastTile); // too small for a button
    m_page->resize(120, 560);
    view()->settle();
    QTest::mouseClick(view()->viewport(), Qt::LeftButton, {}, buttonOf(0));
    QVERIFY(asked.isEmpty());
}

void TestGalleryPage::offersSettingsThatExist()
{
    add(u"r"_s, 1, RunState::Failed, 1, {}, ErrorKind::NoKey);
    QCOMPARE(view()->delegate()->wayOutOf(tile(0)), TileAction::Recall);
    QSignalSpy settings(m_page.get(), &GalleryPage::settingsRequested);
    QCOMPARE(view()->delegate()->wayOutOf(tile(0)), TileAction::OpenSettings);
    view()->settle();
    QTest::mouseClick(view()->viewport(), Qt::LeftButton, {}, buttonOf(0));
    QCOMPARE(settings.size(), 1);
}

void TestGalleryPage::activates()
{
    add(u"failed"_s, 1, RunState::Failed);
    add(u"refused"_s, 2, RunState::Refused);
    add(u"picture"_s, 3);
    QSignalSpy opened(m_page.get(), &GalleryPage::openRequested);
    QSignalSpy recalled(m_page.get(), &GalleryPage::recallRequested), again(m_page.get(), &GalleryPage::sendAgainRequested);
    m_page->focusView();
    QTRY_VERIFY(m_actions->openPicture->isEnabled());
    QTest::keyClick(view(), Qt::Key_Return);
    QTest::keyClick(view(), Qt::Key_Space);
    click(0);
    QTest::mouseDClick(view()->viewport(), Qt::LeftButton, {}, centre(0));
    QCOMPARE(opened.size(), 3);
    QCOMPARE(opened.front().front().value<QModelIndex>(), tile(0));
    QTest::keyClick(view(), Qt::Key_Right);
    QTRY_VERIFY(!m_actions->openPicture->isEnabled());
    QTest::keyClick(view(), Qt::Key_Return);
    QCOMPARE(recalled.size(), 1);
    QTest::keyClick(view(), Qt::Key_Right);
    QTest::keyClick(view(), Qt::Key_Return);
    QCOMPARE(again.size(), 0); // may cost money: not by a key that opens
    QCOMPARE(opened.size(), 3);
}

void TestGalleryPage::sendsAnUnknownRunAgainByTheWordAlone()
{
    add(u"unknown"_s, 1, RunState::Unknown);
    QSignalSpy again(m_page.get(), &GalleryPage::sendAgainRequested);
    click(0);
    QTRY_VERIFY(m_actions->sendPictureAgain->isEnabled());
    auto *confirm = m_page->findChild<ConfirmBar *>();
    m_actions->sendPictureAgain->trigger();
    QCOMPARE(again.size(), 0);
    QVERIFY(confirm->isVisibleTo(m_page.get()));
    confirm->findChildren<QPushButton *>()[1]->click(); // leave it
    QVERIFY(!confirm->isVisibleTo(m_page.get()));
    QCOMPARE(again.size(), 0);
    m_actions->sendPictureAgain->trigger();
    confirm->findChildren<QPushButton *>()[0]->click();
    QCOMPARE(again.size(), 1);
}

void TestGalleryPage::enablesWhatCanBeDone()
{
    QSignalSpy opened(m_page.get(), &GalleryPage::openRequested), exported(m_page.get(), &GalleryPage::exportRequested);
    QSignalSpy cancelled(m_page.get(), &GalleryPage::cancelRequested), lookedUp(m_page.get(), &GalleryPage::lookUpRequested);
    add(u"unknown"_s, 1, RunState::Unknown);
    add(u"open"_s, 2, RunState::Accepted, 2);
    add(u"picture"_s, 3, RunState::Done, 2);
    const Actions &a = *m_actions;
    const QList<QAction *> all { a.openPicture, a.useAsReference, a.recall, a.copyPicture, a.copyPrompt, a.copyPath, a.showInFolder,
                                 a.exportPictures, a.cancelPicture, a.lookUpPicture, a.sendPictureAgain };
    const auto enabled = [&all] {
        QStringList names;
        for (const QAction *action : all) {
            if (action->isEnabled())
                names << action->objectName();
        }
        return names.join(u' ');
    };
    QCOMPARE(enabled(), QString());
    click(0);
    QTRY_COMPARE(enabled(), u"openPicture useAsReference recall copyPicture copyPrompt copyPath showInFolder exportPictures"_s);
    click(2);
    QTRY_COMPARE(enabled(), u"recall copyPrompt cancelPicture"_s);
    add(u"open"_s, 2, RunState::Refused); // and as it becomes another thing
    QTRY_COMPARE(enabled(), u"recall copyPrompt sendPictureAgain"_s);
    add(u"open"_s, 2, RunState::Accepted, 2);
    QTest::keyClick(view(), Qt::Key_A, Qt::ControlModifier);
    QTRY_VERIFY(a.exportPictures->isEnabled() && a.cancelPicture->isEnabled() && a.lookUpPicture->isEnabled());
    a.exportPictures->trigger();
    QCOMPARE(exported.front().front().value<QModelIndexList>(), (QModelIndexList { tile(0), tile(1) }));
    a.cancelPicture->trigger();
    a.lookUpPicture->trigger();
    QCOMPARE(cancelled.size(), 1); // once a run, not once a tile
    QCOMPARE(lookedUp.size(), 1);
}

void TestGalleryPage::offersOnlyWhatIsHeard()
{
    add(u"picture"_s, 1);
    click(0);
    QTRY_VERIFY(m_actions->copyPicture->isEnabled());
    QVERIFY(!m_actions->openPicture->isEnabled());
    QVERIFY(!m_actions->exportPictures->isEnabled());
    QSignalSpy opened(m_page.get(), &GalleryPage::openRequested);
    QTRY_VERIFY(m_actions->openPicture->isEnabled());
}

void TestGalleryPage::copies()
{
    add(u"one"_s, 1, RunState::Done, 2);
    add(u"two"_s, 2);
    const QString first = m_folder->filePath(u"one ü 0.png"_s), second = m_folder->filePath(u"one ü 1.png"_s),
                  other = m_folder->filePath(u"two ü 0.png"_s);
    QSignalSpy references(m_page.get(), &GalleryPage::useAsReferenceRequested), said(m_page.get(), &GalleryPage::said);
    m_page->focusView();
    QTest::keyClick(view(), Qt::Key_A, Qt::ControlModifier);
    view()->selectionModel()->setCurrentIndex(tile(1), QItemSelectionModel::NoUpdate);
    QTRY_VERIFY(m_actions->copyPath->isEnabled());
    m_actions->copyPath->trigger();
    QCOMPARE(QApplication::clipboard()->text(), (QStringList { other, first, second }.join(u'\n')));
    m_actions->copyPrompt->trigger();
    QCOMPARE(QApplication::clipboard()->text(), u"prompt of two\n\nprompt of one"_s);
    m_actions->useAsReference->trigger();
    QCOMPARE(references.front().front().toStringList(), (QStringList { other, first, second }));

    QSignalSpy changed(QApplication::clipboard(), &QClipboard::dataChanged);
    QTest::keyClick(view(), Qt::Key_C, Qt::ControlModifier);
    QTRY_COMPARE_WITH_TIMEOUT(changed.size(), 1, patience);
    const QMimeData *data = QApplication::clipboard()->mimeData();
    QCOMPARE(data->urls(), (QList<QUrl> { QUrl::fromLocalFile(first), QUrl::fromLocalFile(other), QUrl::fromLocalFile(second) }));
    QCOMPARE(data->imageData().value<QImage>().size(), QSize(60, 40));
    QFile file(first);
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(data->data(u"image/png"_s), file.readAll()); // byte for byte

    QFile::remove(other);
    click(0);
    QTRY_VERIFY(m_actions->copyPicture->isEnabled());
    m_actions->copyPicture->trigger();
    QTRY_COMPARE_WITH_TIMEOUT(said.size(), 1, patience); // said, and the clipboard is as it was
    QCOMPARE(QApplication::clipboard()->mimeData()->urls().size(), 3);
}

void TestGalleryPage::opensItsMenuByKey()
{
    add(u"unknown"_s, 1, RunState::Unknown);
    add(u"picture"_s, 2);
    m_page->focusView();
    const auto menuAt = [this](int row) {
        view()->setCurrentIndex(tile(row));
        QContextMenuEvent event(QContextMenuEvent::Keyboard, view()->rect().center(), {});
        QApplication::sendEvent(view(), &event);
        auto *menu = qobject_cast<QMenu *>(QApplication::activePopupWidget());
        QStringList names;
        for (const QAction *action : menu ? menu->actions() : QList<QAction *>())
            names << action->objectName();
        names.removeAll(QString());
        if (menu)
            menu->close();
        return names.join(u' ');
    };
    const QString ofAll
        = u"openPicture compare editPicture vary promote promoteByEdit useAsReference recall keep reject unflag collect "
          "copyPicture copyPrompt copyPath showInFolder exportPictures deletePictures"_s;
    QCOMPARE(menuAt(0), ofAll);
    QCOMPARE(menuAt(1), u"lookUpPicture sendPictureAgain "_s + ofAll);
}

void TestGalleryPage::dragsWhatIsChosen()
{
    add(u"one"_s, 1);
    add(u"two"_s, 2);
    QSignalSpy ready(m_thumbnails.get(), &ThumbnailStore::ready);
    QTRY_COMPARE_WITH_TIMEOUT(ready.size(), 2, patience);
    const QPixmap one = view()->dragPixmap({ tile(0) }), two = view()->dragPixmap({ tile(0), tile(1) });
    QVERIFY(two.width() > one.width()); // a sheet behind it, and the count
    QVERIFY(one.width() >= 96 && one.height() >= 64);
    QCOMPARE(view()->dragDropMode(), QAbstractItemView::DragOnly);
    QCOMPARE(view()->model()->supportedDragActions(), Qt::CopyAction);
}

void TestGalleryPage::fitsANarrowWindow()
{
    const auto wrong = [this] {
        QList<QWidget *> seen;
        for (QWidget *widget : m_page->findChildren<QWidget *>()) {
            if ((qobject_cast<QComboBox *>(widget) || qobject_cast<QLineEdit *>(widget) || qobject_cast<QToolButton *>(widget))
                && widget->isVisible() && !qobject_cast<QLineEdit *>(widget->parentWidget()))
                seen << widget;
        }
        if (seen.size() != 8)
            return u"%1 are seen"_s.arg(seen.size());
        const auto place = [this](const QWidget *widget) { return QRect(widget->mapTo(m_page.get(), QPoint()), widget->size()); };
        for (const QWidget *widget : std::as_const(seen)) {
            if (!m_page->rect().contains(place(widget)))
                return widget->accessibleName() + u" is cut"_s;
            for (const QWidget *other : std::as_const(seen)) {
                if (other != widget && place(widget).intersects(place(other)))
                    return widget->accessibleName() + u" lies on "_s + other->accessibleName();
            }
        }
        return QString();
    };
    for (const int width : { 240, 320, 479, 480, 700, 240 }) {
        m_page->resize(width, 500);
        QTRY_COMPARE(m_page->width(), width);
        QTRY_COMPARE(wrong(), QString());
    }
}

QTEST_MAIN(TestGalleryPage)
#include "tst_gallerypage.moc"
