#include "endpointcatalog.h"
#include "folderquestionbox.h"
#include "givenpictures.h"
#include "notelabel.h"
#include "numberbox.h"
#include "offerstrip.h"
#include "referencelist.h"
#include "referencelistview.h"
#include "referencemenu.h"
#include "referencemodel.h"
#include "runcontroller.h"
#include "sectionheading.h"
#include "urlsfrommime.h"

#include <QAction>
#include <QApplication>
#include <QBuffer>
#include <QClipboard>
#include <QDir>
#include <QDropEvent>
#include <QFileDialog>
#include <QGuiApplication>
#include <QImage>
#include <QMimeData>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>

#include <memory>

using namespace plantain;
using namespace Qt::StringLiterals;

class ReferenceListTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void mimeData_data();
    void mimeData();
    void headingCounts();
    void dropAdds();
    void dropBetweenRows();
    void dropOnTheRestOfThePanel();
    void dropOfSomethingElse();
    void fifteenthIsSaid();
    void aFolderAsksHowMany();
    void buttons();
    void keys();
    void paste();
    void pictureGoesBeforeItsAddress();
    void filesGoBeforeAPicture();
    void ownPictureIsWritten();
    void foreignKindsOfPictureAreNotDecoded();
    void menuLabels();
    void metadataIsKeptByTheMenu();
    void replaces();
    void offersTheSibling();
    void offersASmallerCopy();
    void manyPeopleAreSaid();
    void fetchesByAPressThatNamesTheHost();
    void fileDialogDoesNotBlock();
    void errorOfTheListIsSaid();
    void hiddenWithoutReferences();
    void paints();

private:
    QString picture(const QString &name) const;
    QStringList names() const;
    QString note() const;
    QToolButton *button(const QString &name) const;
    static bool drop(QWidget *target, const QPoint &at, const QMimeData &data);

    const EndpointCatalog m_catalog = EndpointCatalog::load({ u":/endpoints"_s }, u":/prices.json"_s);
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<ReferenceModel> m_model;
    std::unique_ptr<ReferenceList> m_list;
};

void ReferenceListTest::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_model = std::make_unique<ReferenceModel>();
    const Endpoint *endpoint = m_catalog.find({ u"fal-ai/nano-banana-2/edit"_s });
    QVERIFY(endpoint);
    m_model->setEndpoint(endpoint);
    m_list = std::make_unique<ReferenceList>(*m_model);
    m_list->resize(300, 300);
    m_list->show();
    m_list->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(m_list.get()));
}

void ReferenceListTest::cleanup()
{
    m_list.reset();
    m_model.reset();
}

QString ReferenceListTest::picture(const QString &name) const
{
    QImage image(20, 20, QImage::Format_RGB32);
    image.fill(Qt::darkYellow);
    if (!image.save(m_folder->filePath(name)))
        qFatal("cannot write a picture");
    return m_folder->filePath(name);
}

QStringList ReferenceListTest::names() const
{
    QStringList names;
    for (const Reference &reference : m_model->references())
        names.append(reference.name);
    return names;
}

QString ReferenceListTest::note() const
{
    const auto *label = m_list->findChild<NoteLabel *>(u"referencesNote"_s);
    return label->isVisible() ? label->text() : QString();
}

QToolButton *ReferenceListTest::button(const QString &name) const
{
    for (QToolButton *each : m_list->findChildren<QToolButton *>()) {
        if (each->accessibleName() == name)
            return each;
    }
    qFatal("no button %s", qPrintable(name));
}

bool ReferenceListTest::drop(QWidget *target, const QPoint &at, const QMimeData &data)
{
    QDragEnterEvent enter(at, Qt::CopyAction | Qt::MoveAction, &data, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(target, &enter);
    if (!enter.isAccepted())
        return false;
    QDragMoveEvent move(at, Qt::CopyAction | Qt::MoveAction, &data, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(target, &move);
    QDropEvent event(at, Qt::CopyAction | Qt::MoveAction, &data, Qt::LeftButton, Qt::NoModifier);
    event.setDropAction(Qt::MoveAction);
    QCoreApplication::sendEvent(target, &event);
    // A file manager that is told "moved" would delete its file.
    return event.isAccepted() && event.dropAction() == Qt::CopyAction;
}

void ReferenceListTest::mimeData_data()
{
    QTest::addColumn<QByteArray>("type");
    QTest::addColumn<QByteArray>("data");
    QTest::addColumn<QStringList>("urls");
    const QByteArray list = "text/uri-list";
    QTest::newRow("files") << list << QByteArray("file:///a%20b.png\r\nfile:///c.png\r\n")
                           << QStringList { u"file:///a b.png"_s, u"file:///c.png"_s };
    QTest::newRow("comment") << list << QByteArray("# from somewhere\r\nfile:///c.png\r\n") << QStringList { u"file:///c.png"_s };
    QTest::newRow("unescaped") << list << QByteArray("file:///a b ü.png\r\n") << QStringList { u"file:///a b ü.png"_s };
    QTest::newRow("address as text") << QByteArray("text/plain") << QByteArray(" https://example.org/a.png \n")
                                     << QStringList { u"https://example.org/a.png"_s };
    QTest::newRow("prose") << QByteArray("text/plain") << QByteArray("see https://example.org/a.png") << QStringList();
    QTest::newRow("a word") << QByteArray("text/plain") << QByteArray("lemon") << QStringList();
    QTest::newRow("nothing") << QByteArray("text/plain") << QByteArray() << QStringList();
}

void ReferenceListTest::mimeData()
{
    QFETCH(QByteArray, type);
    QFETCH(QByteArray, data);
    QFETCH(QStringList, urls);
    QMimeData mime;
    mime.setData(QString::fromLatin1(type), data);
    QStringList found;
    for (const QUrl &url : urlsFromMime(mime))
        found.append(url.toDisplayString());
    QCOMPARE(found, urls);
}

void ReferenceListTest::headingCounts()
{
    const auto *heading = m_list->findChild<SectionHeading *>();
    QCOMPARE(heading->title(), u"References 0/14"_s);
    m_list->add({ QUrl(u"https://example.org/1"_s), QUrl(u"https://example.org/2"_s) });
    QCOMPARE(heading->title(), u"References 2/14"_s);
    m_model->removeRow(0);
    QCOMPARE(heading->title(), u"References 1/14"_s);
    const Endpoint *demanding = m_catalog.find({ u"fal-ai/nano-banana-pro/edit"_s });
    QVERIFY(demanding->schema.find(demanding->referencesField)->required);
    m_model->setEndpoint(demanding);
    QCOMPARE(heading->title(), u"References 1/%1 *"_s.arg(m_model->limit()));
    Endpoint unlimited = *m_catalog.find({ u"fal-ai/nano-banana-2/edit"_s });
    unlimited.maxReferences = referencesWithoutKnownLimit;
    m_model->setEndpoint(&unlimited);
    QCOMPARE(heading->title(), u"References 1"_s);
    m_model->setEndpoint(nullptr);
}

void ReferenceListTest::dropAdds()
{
    QMimeData data;
    data.setUrls({ QUrl::fromLocalFile(picture(u"a ü.png"_s)), QUrl(u"https://example.org/b.png"_s) });
    QVERIFY(drop(m_list->view()->viewport(), { 20, 20 }, data));
    QCOMPARE(names(), (QStringList { u"a ü.png"_s, u"b.png"_s }));
    QVERIFY(QFile::exists(m_folder->filePath(u"a ü.png"_s)));
}

void ReferenceListTest::dropBetweenRows()
{
    m_list->add({ QUrl(u"https://example.org/1"_s), QUrl(u"https://example.org/2"_s) });
    const QRect second = m_list->view()->visualRect(m_model->index(1));
    QMimeData data;
    data.setUrls({ QUrl(u"https://example.org/3"_s) });
    QVERIFY(drop(m_list->view()->viewport(), second.topLeft() + QPoint(10, 2), data));
    QCOMPARE(names(), (QStringList { u"1"_s, u"3"_s, u"2"_s }));
}

void ReferenceListTest::dropOnTheRestOfThePanel()
{
    QMimeData data;
    data.setUrls({ QUrl(u"https://example.org/1"_s) });
    QVERIFY(drop(m_list.get(), { 5, 5 }, data));
    QCOMPARE(names(), QStringList { u"1"_s });
}

void ReferenceListTest::dropOfSomethingElse()
{
    QMimeData data;
    data.setText(u"a lemon"_s);
    drop(m_list->view()->viewport(), { 20, 20 }, data);
    drop(m_list.get(), { 5, 5 }, data);
    QCOMPARE(m_model->rowCount(), 0);
}

void ReferenceListTest::fifteenthIsSaid()
{
    QList<QUrl> urls;
    for (int i = 1; i <= 20; ++i)
        urls.append(QUrl(u"https://example.org/picture-%1.png"_s.arg(i)));
    m_list->add(urls);
    QCOMPARE(m_model->rowCount(), 14);
    QVERIFY2(note().contains(u"picture-15.png"_s), qPrintable(note()));
    QVERIFY(!note().contains(u"picture-20.png"_s)); // the first few by name, the rest by number
    QVERIFY(note().contains(u'3'));
    m_model->removeRow(0);
    QVERIFY(note().isEmpty());
}

void ReferenceListTest::aFolderAsksHowMany()
{
    QVERIFY(QDir(m_folder->path()).mkpath(u"holiday"_s));
    for (int number = 1; number <= 20; ++number)
        picture(u"holiday/%1.png"_s.arg(number));
    QMimeData data;
    data.setUrls({ QUrl::fromLocalFile(m_folder->filePath(u"holiday"_s)) });
    auto *question = m_list->findChild<FolderQuestionBox *>();
    QVERIFY(!question->isVisible());
    QSignalSpy shown(m_list.get(), &ReferenceList::shownAt);
    const QWidget *focused = QApplication::focusWidget();
    QVERIFY(drop(m_list->view()->viewport(), { 5, 5 }, data));
    QVERIFY(question->isVisible());
    QCOMPARE(shown.size(), 1);
    QCOMPARE(QApplication::focusWidget(), focused); // nothing steals it
    const QString sentence = question->findChild<NoteLabel *>()->text();
    QVERIFY2(sentence.contains(u"holiday"_s) && sentence.contains(u"20"_s) && sentence.contains(u"14"_s), qPrintable(sentence));
    if (const QString folder = qEnvironmentVariable("PLANTAIN_SCREENSHOTS"); !folder.isEmpty())
        m_list->grab().save(folder + u"/folderquestion.png"_s);
    auto *count = question->findChild<NumberBox *>();
    QCOMPARE(count->value(), 14.0);
    count->setFocus();
    QTest::keyClick(count, Qt::Key_A, Qt::ControlModifier);
    QTest::keyClicks(count, u"3"_s);
    QTest::keyClick(count, Qt::Key_Return);
    QCOMPARE(names(), (QStringList { u"1.png"_s, u"2.png"_s, u"3.png"_s }));
    QVERIFY(!question->isVisible());

    QVERIFY(drop(m_list->view()->viewport(), { 5, 200 }, data));
    question->findChild<NumberBox *>()->setFocus();
    QTest::keyClick(question->findChild<NumberBox *>(), Qt::Key_Escape);
    QVERIFY(!question->isVisible());
    QCOMPARE(m_model->rowCount(), 3);

    QVERIFY(drop(m_list->view()->viewport(), { 5, 200 }, data));
    const auto buttons = question->findChildren<QPushButton *>();
    const auto add = std::ranges::find(buttons, u"Add first"_s, &QPushButton::text);
    QVERIFY(add != buttons.end());
    (*add)->click();
    QCOMPARE(m_model->rowCount(), 14);
    QVERIFY2(note().contains(u"limit"_s) && note().contains(u"9"_s), qPrintable(note())); // 11 of 20 went in

    QVERIFY(drop(m_list->view()->viewport(), { 5, 5 }, data));
    QVERIFY(question->isVisible() && !(*add)->isVisible()); // there is no room
    m_model->removeRow(0);
    QVERIFY((*add)->isVisible());
    QCOMPARE(question->findChild<NumberBox *>()->value(), 1.0);
}

void ReferenceListTest::buttons()
{
    QVERIFY(!button(u"Remove reference"_s)->isEnabled());
    m_list->add({ QUrl(u"https://example.org/1"_s), QUrl(u"https://example.org/2"_s), QUrl(u"https://example.org/3"_s) });
    m_list->view()->setCurrentIndex(m_model->index(0));
    QVERIFY(!button(u"Move reference up"_s)->isEnabled());
    QTest::mouseClick(button(u"Move reference down"_s), Qt::LeftButton);
    QCOMPARE(names(), (QStringList { u"2"_s, u"1"_s, u"3"_s }));
    QCOMPARE(m_list->view()->currentIndex().row(), 1);
    QTest::mouseClick(button(u"Move reference down"_s), Qt::LeftButton);
    QCOMPARE(names(), (QStringList { u"2"_s, u"3"_s, u"1"_s }));
    QVERIFY(!button(u"Move reference down"_s)->isEnabled());
    QTest::mouseClick(button(u"Move reference up"_s), Qt::LeftButton);
    QTest::mouseClick(button(u"Remove reference"_s), Qt::LeftButton);
    QCOMPARE(names(), (QStringList { u"2"_s, u"3"_s }));
}

void ReferenceListTest::keys()
{
    m_list->add({ QUrl(u"https://example.org/1"_s), QUrl(u"https://example.org/2"_s) });
    ReferenceListView *view = m_list->view();
    view->setFocus();
    view->setCurrentIndex(m_model->index(1));
    QTest::keyClick(view, Qt::Key_Up, Qt::AltModifier);
    QCOMPARE(names(), (QStringList { u"2"_s, u"1"_s }));
    QTest::keyClick(view, Qt::Key_Delete);
    QCOMPARE(names(), QStringList { u"1"_s });
    QTest::keyClick(view, Qt::Key_Delete);
    QTest::keyClick(view, Qt::Key_Delete);
    QCOMPARE(m_model->rowCount(), 0);
}

void ReferenceListTest::paste()
{
    QGuiApplication::clipboard()->setText(u"https://example.org/a.png\nhttps://example.org/b.png"_s);
    m_list->view()->setFocus();
    QTest::keySequence(m_list->view(), QKeySequence::Paste);
    QCOMPARE(names(), (QStringList { u"a.png"_s, u"b.png"_s }));
}

void ReferenceListTest::pictureGoesBeforeItsAddress()
{
    const QByteArray png = "\x89PNG as it came";
    QMimeData data;
    data.setUrls({ QUrl(u"https://example.org/page-with-a-picture"_s) });
    data.setData(u"image/bmp"_s, "BM");
    data.setData(u"image/png"_s, png);
    QVERIFY(givenPictures(data).urls.isEmpty()); // nothing has to be fetched
    QSignalSpy given(m_list.get(), &ReferenceList::pictureGiven);
    QVERIFY(drop(m_list->view()->viewport(), { 20, 20 }, data));
    QCOMPARE(given.size(), 1);
    QCOMPARE(given.front().at(0).toByteArray(), png); // byte for byte: nothing decoded it
    QCOMPARE(m_model->rowCount(), 0);
}

void ReferenceListTest::filesGoBeforeAPicture()
{
    QMimeData data;
    data.setUrls({ QUrl::fromLocalFile(picture(u"a.png"_s)) });
    data.setData(u"image/png"_s, "\x89PNG");
    QSignalSpy given(m_list.get(), &ReferenceList::pictureGiven);
    QVERIFY(drop(m_list.get(), { 5, 5 }, data));
    QCOMPARE(names(), QStringList { u"a.png"_s });
    QCOMPARE(given.size(), 0);
}

void ReferenceListTest::ownPictureIsWritten()
{
    QImage image(3, 2, QImage::Format_ARGB32);
    image.fill(QColor(10, 20, 30, 40));
    QMimeData data;
    data.setImageData(image);
    QVERIFY(mayGivePictures(data));
    const auto back = QImage::fromData(givenPictures(data).picture, "PNG");
    QCOMPARE(back.convertToFormat(QImage::Format_ARGB32), image);
}

void ReferenceListTest::foreignKindsOfPictureAreNotDecoded()
{
    QByteArray bmp;
    QBuffer buffer(&bmp);
    QImage(2, 2, QImage::Format_RGB32).save(&buffer, "BMP");
    QMimeData data;
    data.setImageData(QImage(2, 2, QImage::Format_RGB32));
    data.setData(u"image/bmp"_s, bmp);
    QVERIFY(givenPictures(data).isEmpty());
}

void ReferenceListTest::menuLabels()
{
    m_list->add({ QUrl(u"https://example.org/1"_s), QUrl(u"https://example.org/2"_s) });
    m_list->view()->setCurrentIndex(m_model->index(1));
    ReferenceMenu menu(*m_model, *m_list->view());
    const auto press = [&menu](const QString &text) {
        for (QAction *action : menu.findChildren<QAction *>()) {
            if (action->text().remove(u'&') == text) {
                action->trigger();
                return;
            }
        }
        QFAIL(qPrintable(text));
    };
    press(u"Style"_s);
    QCOMPARE(m_model->references()[1].part, ReferencePart::Style);
    QCOMPARE(m_model->references()[0].part, ReferencePart::None);
    QVERIFY(m_model->index(1).data(Qt::AccessibleTextRole).toString().contains(u"Style"_s));
    press(u"Move up"_s);
    QCOMPARE(m_model->references()[0].part, ReferencePart::Style);
    for (QAction *action : menu.findChildren<QAction *>())
        QVERIFY(!action->text().contains(u"metadata"_s)); // an address has none to keep
    press(u"Remove"_s);
    QCOMPARE(names(), QStringList { u"1"_s });
}

void ReferenceListTest::metadataIsKeptByTheMenu()
{
    QImage image(20, 20, QImage::Format_RGB32);
    image.fill(Qt::red);
    image.setText(u"Author"_s, u"somebody"_s);
    const QString file = m_folder->filePath(u"told.png"_s);
    QVERIFY(image.save(file));
    m_list->add({ QUrl::fromLocalFile(file) });
    m_list->view()->setCurrentIndex(m_model->index(0));
    QTRY_VERIFY_WITH_TIMEOUT(m_model->references()[0].treatment.has_value(), 30'000);
    for (const bool kept : { true, false }) {
        ReferenceMenu menu(*m_model, *m_list->view());
        const auto actions = menu.actions();
        const auto offer = std::ranges::find_if(actions, [](const QAction *action) { return action->text().contains(u"metadata"_s); });
        QVERIFY(offer != actions.end());
        (*offer)->trigger();
        QCOMPARE(m_model->references()[0].keepsMetadata, kept);
        QCOMPARE(m_model->index(0).data(Qt::AccessibleTextRole).toString().contains(u"sent with its metadata"_s), kept);
    }
}

void ReferenceListTest::replaces()
{
    m_list->add({ QUrl(u"https://example.org/1"_s), QUrl(u"https://example.org/2"_s) });
    m_model->setPart(0, ReferencePart::Person);
    m_list->view()->setCurrentIndex(m_model->index(0));
    m_list->view()->setFocus();
    QTest::keyClick(m_list->view(), Qt::Key_Return);
    auto *dialog = m_list->findChild<QFileDialog *>();
    QVERIFY(dialog);
    Q_EMIT dialog->fileSelected(picture(u"other.png"_s));
    dialog->close();
    QCOMPARE(names(), (QStringList { u"other.png"_s, u"2"_s }));
    QCOMPARE(m_model->references()[0].part, ReferencePart::Person);
}

void ReferenceListTest::offersTheSibling()
{
    const Endpoint *edit = m_catalog.find({ u"fal-ai/nano-banana-2/edit"_s });
    const Endpoint *text = m_catalog.find({ u"fal-ai/nano-banana-2"_s });
    auto *offer = m_list->findChild<OfferStrip *>(u"siblingOffer"_s);
    QSignalSpy wanted(m_list.get(), &ReferenceList::endpointWanted);
    m_model->setEndpoint(text, edit);
    QVERIFY(m_list->isVisible());
    QVERIFY(offer->isHidden());
    m_list->add({ QUrl(u"https://example.org/1"_s) });
    QVERIFY2(offer->sentence().contains(u"Nano Banana 2"_s), qPrintable(offer->sentence()));
    QTest::mouseClick(offer->button(), Qt::LeftButton);
    QCOMPARE(wanted.size(), 1);
    QCOMPARE(wanted.front().front().value<EndpointId>(), edit->id);
    m_model->setEndpoint(edit, text);
    QVERIFY(offer->isHidden());
    m_model->removeRow(0);
    QVERIFY(offer->isVisible()); // the way back
    QTest::mouseClick(offer->button(), Qt::LeftButton);
    QCOMPARE(wanted.back().front().value<EndpointId>(), text->id);
    m_model->setEndpoint(text, edit);
    QVERIFY(offer->isHidden());
}

void ReferenceListTest::offersASmallerCopy()
{
    QImage noise(300, 200, QImage::Format_RGB32);
    quint32 random = 1;
    for (int y = 0; y < noise.height(); ++y) {
        for (int x = 0; x < noise.width(); ++x) {
            random = random * 1664525 + 1013904223;
            noise.setPixel(x, y, random >> 8);
        }
    }
    const QString file = m_folder->filePath(u"noise.png"_s);
    QVERIFY(noise.save(file));
    Endpoint endpoint = *m_catalog.find({ u"fal-ai/nano-banana-2/edit"_s });
    endpoint.fileLimits = { { .field = u"image_urls"_s, .bytes = 60'000, .source = u"somebody"_s, .advisory = true } };
    m_model->setEndpoint(&endpoint);
    m_list->add({ QUrl::fromLocalFile(file) });
    auto *offer = m_list->findChild<OfferStrip *>(u"scaleOffer"_s);
    QTRY_VERIFY_WITH_TIMEOUT(offer->isVisible(), 30'000);
    QVERIFY2(offer->sentence().contains(u"somebody"_s), qPrintable(offer->sentence()));
    QVERIFY2(offer->button()->text().contains(u"300 × 200"_s), qPrintable(offer->button()->text()));
    QTest::mouseClick(offer->button(), Qt::LeftButton);
    QVERIFY(offer->isHidden());
    QCOMPARE(m_model->sources().front().atMostBytes, 60'000);
    QVERIFY(m_model->index(0).data(ReferenceModel::DetailRole).toString().contains(u"→"_s));
    m_model->setScaledDown(0, false); // and back
    QVERIFY(offer->isVisible());
    QCOMPARE(m_model->sources().front().atMostBytes, 0);
    m_model->setEndpoint(nullptr);
}

void ReferenceListTest::manyPeopleAreSaid()
{
    QList<QUrl> urls;
    for (int i = 1; i <= 6; ++i)
        urls.append(QUrl(u"https://example.org/%1"_s.arg(i)));
    m_list->add(urls);
    for (int row = 0; row < 5; ++row)
        m_model->setPart(row, ReferencePart::Person);
    QCOMPARE(m_model->hint(), QString());
    m_model->setPart(5, ReferencePart::Person);
    const QString hint = m_model->hint();
    QVERIFY2(hint.contains(u'5') && hint.contains(u'6'), qPrintable(hint));
    m_model->setPart(0, ReferencePart::Style);
    QCOMPARE(m_model->hint(), QString());
}

void ReferenceListTest::fetchesByAPressThatNamesTheHost()
{
    const QUrl url(u"https://pictures.example.org/a.png"_s);
    QSignalSpy wanted(m_list.get(), &ReferenceList::fetchWanted);
    m_list->add({ url });
    auto *offer = m_list->findChild<OfferStrip *>(u"fetchOffer"_s);
    QVERIFY(offer->isVisible());
    QVERIFY2(offer->button()->text().contains(u"pictures.example.org"_s), qPrintable(offer->button()->text()));
    QCOMPARE(wanted.size(), 0);
    QTest::mouseClick(offer->button(), Qt::LeftButton);
    QCOMPARE(wanted.size(), 1);
    QCOMPARE(wanted.front().front().toUrl(), url);
    m_model->setFetched(url, picture(u"fetched.png"_s));
    QVERIFY(offer->isHidden());
    QCOMPARE(names(), QStringList { u"a.png"_s });
}

void ReferenceListTest::fileDialogDoesNotBlock()
{
    const QString path = picture(u"chosen.png"_s);
    m_list->askForFiles();
    auto *dialog = m_list->findChild<QFileDialog *>();
    QVERIFY(dialog); // and we are here: it did not wait
    QVERIFY(dialog->isVisible());
    Q_EMIT dialog->filesSelected({ path });
    dialog->close();
    QCOMPARE(names(), QStringList { u"chosen.png"_s });
}

void ReferenceListTest::errorOfTheListIsSaid()
{
    m_model->setErrors({ { .kind = ErrorKind::InvalidInput, .message = u"At least one is needed"_s, .field = u"image_urls"_s } });
    QVERIFY(note().contains(u"At least one is needed"_s));
    m_list->add({ QUrl(u"https://example.org/1"_s) });
    QVERIFY(note().isEmpty());
}

void ReferenceListTest::hiddenWithoutReferences()
{
    QVERIFY(m_list->isVisible());
    m_model->setEndpoint(m_catalog.find({ u"fal-ai/nano-banana-2"_s }));
    QVERIFY(m_list->isHidden());
}

void ReferenceListTest::paints()
{
    m_list->add({ QUrl::fromLocalFile(picture(u"<img src=x>.png"_s)), QUrl(u"https://example.org/b.png"_s) });
    m_model->setErrors({ { .kind = ErrorKind::Refused, .message = u"no"_s, .field = u"image_urls/1"_s } });
    if (const QString folder = qEnvironmentVariable("PLANTAIN_SCREENSHOTS"); !folder.isEmpty())
        m_list->grab().save(folder + u"/referencelist.png"_s);
    const QImage with = m_list->grab().toImage();
    m_model->setErrors({});
    QVERIFY(m_list->grab().toImage() != with);
}

QTEST_MAIN(ReferenceListTest)
#include "tst_referencelist.moc"
