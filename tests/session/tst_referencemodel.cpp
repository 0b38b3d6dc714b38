#include "endpointcatalog.h"
#include "referencemodel.h"
#include "runcontroller.h"

#include <QAbstractItemModelTester>
#include <QDir>
#include <QImage>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <sys/stat.h>

using namespace plantain;
using namespace Qt::StringLiterals;

class ReferenceModelTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void addsFilesAndAddresses();
    void readsSizesInTheBackground();
    void fifteenthIsNamed();
    void unusableFilesKeepARow_data();
    void unusableFilesKeepARow();
    void refused_data();
    void refused();
    void unusableTakeNoPlace();
    void foldersGiveTheirPictures();
    void manyInAFolderAreAskedFor();
    void foldersWaitForRoom();
    void replaces();
    void fatesAreSaid();
    void scalesDownAndBack();
    void notAPictureIsMarked();
    void tooLargeForTheEndpoint();
    void insertsAtARow();
    void removes();
    void moves_data();
    void moves();
    void duplicatesAreMarked();
    void errorsLandOnRows();
    void problemsOutliveWhatWasSaid();
    void endpointWithoutReferences();
    void smallerLimit();
    void draft();
    void damagedDraft();

private:
    QString picture(const QString &name, QSize size = { 40, 30 }) const;
    QString file(const QString &name, const QByteArray &content) const;
    QString folderOf(const QString &name, int pictures) const;
    QStringList names() const;
    Endpoint endpointWith(int most) const;

    const EndpointCatalog m_catalog = EndpointCatalog::load({ u":/endpoints"_s }, u":/prices.json"_s);
    const Endpoint *m_edit = nullptr;
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<ReferenceModel> m_model;
    std::unique_ptr<QAbstractItemModelTester> m_tester;
};

void ReferenceModelTest::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_edit = m_catalog.find({ u"fal-ai/nano-banana-2/edit"_s });
    QVERIFY(m_edit);
    m_model = std::make_unique<ReferenceModel>();
    m_tester = std::make_unique<QAbstractItemModelTester>(m_model.get(),
                                                          QAbstractItemModelTester::FailureReportingMode::QtTest);
    m_model->setEndpoint(m_edit);
}

void ReferenceModelTest::cleanup()
{
    m_tester.reset();
    m_model.reset();
}

QString ReferenceModelTest::picture(const QString &name, QSize size) const
{
    QImage image(size, QImage::Format_RGB32);
    image.fill(Qt::darkYellow);
    const QString path = m_folder->filePath(name);
    if (!image.save(path))
        qFatal("cannot write %s", qPrintable(path));
    return path;
}

QString ReferenceModelTest::file(const QString &name, const QByteArray &content) const
{
    QFile out(m_folder->filePath(name));
    if (!out.open(QIODevice::WriteOnly) || out.write(content) != content.size())
        qFatal("cannot write %s", qPrintable(out.fileName()));
    return out.fileName();
}

QStringList ReferenceModelTest::names() const
{
    QStringList names;
    for (const Reference &reference : m_model->references())
        names.append(reference.name);
    return names;
}

Endpoint ReferenceModelTest::endpointWith(int most) const
{
    Endpoint endpoint = *m_edit;
    endpoint.maxReferences = most;
    return endpoint;
}

void ReferenceModelTest::addsFilesAndAddresses()
{
    QSignalSpy changed(m_model.get(), &ReferenceModel::referencesChanged);
    const QString one = picture(u"a b ü.png"_s);
    const QUrl two(u"https://example.org/pictures/two.jpg"_s);
    QVERIFY(m_model->add({ QUrl::fromLocalFile(one), two }).empty());
    QCOMPARE(names(), (QStringList { u"a b ü.png"_s, u"two.jpg"_s }));
    QCOMPARE(changed.count(), 1);
    const QModelIndex first = m_model->index(0);
    QCOMPARE(first.data(ReferenceModel::FileRole).toString(), one);
    QCOMPARE(first.data(ReferenceModel::NumberRole).toInt(), 1);
    QVERIFY(first.data(ReferenceModel::BytesRole).toLongLong() > 0);
    QCOMPARE(m_model->index(1).data(ReferenceModel::UrlRole).toUrl(), two);
    const auto sources = m_model->sources();
    QCOMPARE(sources.size(), 2u);
    QCOMPARE(sources[0].field, u"image_urls"_s);
    QCOMPARE(sources[0].file, one);
    QVERIFY(sources[0].url.isEmpty());
    QVERIFY(sources[1].file.isEmpty());
    QCOMPARE(sources[1].url, two);
    QVERIFY(m_model->problems().empty());
}

void ReferenceModelTest::readsSizesInTheBackground()
{
    QVERIFY(m_model->addFiles({ picture(u"wide.png"_s, { 320, 20 }) }).empty());
    QTRY_COMPARE_WITH_TIMEOUT(m_model->index(0).data(ReferenceModel::SizeRole).toSize(), QSize(320, 20), 30'000);
    QVERIFY(m_model->index(0).data(ReferenceModel::DetailRole).toString().contains(u"320"_s));
    QVERIFY(m_model->index(0).data(Qt::AccessibleTextRole).toString().contains(u"wide.png"_s));
    QVERIFY(m_model->problems().empty());
}

void ReferenceModelTest::fifteenthIsNamed()
{
    QCOMPARE(m_model->limit(), 14);
    QVERIFY(m_model->isLimitKnown());
    QStringList files;
    for (int i = 1; i <= 16; ++i)
        files.append(picture(u"%1.png"_s.arg(i)));
    const auto refused = m_model->addFiles(files);
    QCOMPARE(m_model->rowCount(), 14);
    QCOMPARE(refused.size(), 2u);
    QVERIFY2(refused[0].message.contains(u"15.png"_s), qPrintable(refused[0].message));
    QVERIFY(refused[0].message.contains(u"14"_s));
    QVERIFY(refused[0].message.contains(m_edit->maxReferencesSource));
    QVERIFY(refused[1].message.contains(u"16.png"_s));
    m_model->removeRow(3);
    QVERIFY(m_model->addFiles({ files.back() }).empty());
}

void ReferenceModelTest::unusableFilesKeepARow_data()
{
    QTest::addColumn<QString>("what");
    QTest::addColumn<QString>("type");
    QTest::newRow("missing") << u"missing.png"_s << u"missing"_s;
    QTest::newRow("pipe") << u"pipe"_s << u"not_a_file"_s;
    QTest::newRow("device") << u"/dev/zero"_s << u"not_a_file"_s;
    QTest::newRow("empty file") << u"empty.png"_s << u"empty"_s;
    QTest::newRow("link to nothing") << u"link.png"_s << u"missing"_s;
}

void ReferenceModelTest::unusableFilesKeepARow()
{
    QFETCH(QString, what);
    QFETCH(QString, type);
    QCOMPARE(::mkfifo(QFile::encodeName(m_folder->filePath(u"pipe"_s)).constData(), 0600), 0);
    file(u"empty.png"_s, {});
    QVERIFY(QFile::link(m_folder->filePath(u"nowhere"_s), m_folder->filePath(u"link.png"_s)));
    const QString path = QDir(m_folder->path()).absoluteFilePath(what);
    QVERIFY(m_model->addFiles({ path, picture(u"good.png"_s) }).empty());
    QCOMPARE(m_model->rowCount(), 2);
    const auto error = m_model->index(0).data(ReferenceModel::ErrorRole).value<Error>();
    QCOMPARE(error.type, type);
    QVERIFY2(error.message.contains(QFileInfo(what).fileName()), qPrintable(error.message));
    QTRY_VERIFY_WITH_TIMEOUT(m_model->index(1).data(ReferenceModel::SizeRole).isValid(), 30'000);
    QVERIFY(!m_model->index(1).data(ReferenceModel::ErrorRole).isValid()); // the other is unharmed
    QCOMPARE(m_model->problems().size(), 1u);
}

void ReferenceModelTest::refused_data()
{
    QTest::addColumn<QString>("what");
    QTest::addColumn<QString>("type");
    QTest::newRow("folder without pictures") << u"folder"_s << u"folder"_s;
    QTest::newRow("ftp") << u"ftp://example.org/a.png"_s << u"url"_s;
    QTest::newRow("data") << u"data:image/png;base64,AAAA"_s << u"url"_s;
    QTest::newRow("script") << u"javascript:alert(1)"_s << u"url"_s;
    QTest::newRow("no host") << u"https:///a.png"_s << u"url"_s;
}

void ReferenceModelTest::refused()
{
    QFETCH(QString, what);
    QFETCH(QString, type);
    QVERIFY(QDir(m_folder->path()).mkdir(u"folder"_s));
    file(u"folder/letter.txt"_s, "Dear Sir,");
    const bool isAddress = what.contains(u':');
    const QUrl url = isAddress ? QUrl(what) : QUrl::fromLocalFile(QDir(m_folder->path()).absoluteFilePath(what));
    const auto refused = m_model->add({ url, QUrl::fromLocalFile(picture(u"good.png"_s)) });
    QCOMPARE(refused.size(), 1u);
    QCOMPARE(refused.front().type, type);
    QVERIFY2(refused.front().message.contains(isAddress ? what.left(4) : QFileInfo(what).fileName()),
             qPrintable(refused.front().message));
    QCOMPARE(names(), QStringList { u"good.png"_s });
}

void ReferenceModelTest::unusableTakeNoPlace()
{
    QStringList files { file(u"empty.png"_s, {}) };
    for (int i = 1; i <= 14; ++i)
        files.append(picture(u"%1.png"_s.arg(i)));
    const auto refused = m_model->addFiles(files);
    QCOMPARE(refused.size(), 1u);
    QCOMPARE(refused.front().type, u"empty"_s);
    QCOMPARE(m_model->rowCount(), 14);
    QCOMPARE(names().last(), u"14.png"_s);
}

void ReferenceModelTest::foldersGiveTheirPictures()
{
    QVERIFY(QDir(m_folder->path()).mkpath(u"folder/inner"_s));
    for (const QString &name : { u"10.png"_s, u"2.png"_s, u"inner/3.png"_s })
        picture(u"folder/"_s + name);
    file(u"folder/letter.txt"_s, "Dear Sir,");
    QVERIFY(m_model->addFiles({ picture(u"first.png"_s), m_folder->filePath(u"folder"_s) }).empty());
    QCOMPARE(names(), (QStringList { u"first.png"_s, u"2.png"_s, u"10.png"_s })); // as a person counts
}

QString ReferenceModelTest::folderOf(const QString &name, int pictures) const
{
    QDir(m_folder->path()).mkpath(name);
    for (int number = 1; number <= pictures; ++number)
        picture(u"%1/%2.png"_s.arg(name).arg(number));
    return m_folder->filePath(name);
}

void ReferenceModelTest::manyInAFolderAreAskedFor()
{
    QSignalSpy asked(m_model.get(), &ReferenceModel::folderQuestionChanged);
    QVERIFY(m_model->addFiles({ picture(u"a.png"_s), picture(u"z.png"_s) }).empty());
    const QString large = folderOf(u"large"_s, 20);
    QVERIFY(m_model->add({ QUrl::fromLocalFile(large), QUrl::fromLocalFile(picture(u"b.png"_s)) }, 1).empty());
    QCOMPARE(names(), (QStringList { u"a.png"_s, u"b.png"_s, u"z.png"_s })); // the others are unharmed
    QCOMPARE(asked.size(), 1);
    QVERIFY(m_model->folderQuestion().has_value());
    QCOMPARE(m_model->folderQuestion()->folders, QStringList { large });
    QCOMPARE(m_model->folderQuestion()->files.size(), 20);
    QCOMPARE(m_model->mostFromFolders(), 11);
    m_model->removeRow(0); // the answer keeps its place
    QCOMPARE(m_model->mostFromFolders(), 12);
    const auto left = m_model->takeFromFolders(99);
    QVERIFY(!m_model->folderQuestion());
    QCOMPARE(m_model->rowCount(), 14);
    QCOMPARE(names().first(2), (QStringList { u"b.png"_s, u"1.png"_s }));
    QCOMPARE(names().last(), u"z.png"_s);
    QCOMPARE(left.size(), 1u);
    QVERIFY2(left.front().message.contains(u"large"_s) && left.front().message.contains(u"8"_s) && left.front().message.contains(u"14"_s),
             qPrintable(left.front().message));
    QVERIFY(m_model->takeFromFolders(3).empty()); // answered once
    QCOMPARE(m_model->rowCount(), 14);
}

void ReferenceModelTest::foldersWaitForRoom()
{
    QVERIFY(m_model->addFiles({ folderOf(u"some"_s, 8) }).empty()); // as many are meant without a word
    QCOMPARE(m_model->rowCount(), 8);
    QVERIFY(m_model->addFiles({ folderOf(u"more"_s, 7) }).empty()); // no room for the seventh
    QVERIFY(m_model->addFiles({ folderOf(u"still more"_s, 9), m_folder->filePath(u"more"_s) }).empty());
    QCOMPARE(m_model->rowCount(), 8);
    QCOMPARE(m_model->folderQuestion()->files.size(), 16); // nothing that waits is lost, nor there twice
    QCOMPARE(m_model->mostFromFolders(), 6);
    QVERIFY(m_model->takeFromFolders(2).empty()); // the person's own word
    QCOMPARE(names().last(2), (QStringList { u"1.png"_s, u"2.png"_s }));
    QVERIFY(m_model->addFiles({ folderOf(u"more"_s, 7) }).empty());
    QVERIFY(m_model->takeFromFolders(0).empty());
    QCOMPARE(m_model->rowCount(), 10);
}

void ReferenceModelTest::replaces()
{
    QVERIFY(m_model->addFiles({ picture(u"1.png"_s), picture(u"2.png"_s) }).empty());
    m_model->setPart(1, ReferencePart::Layout);
    QVERIFY(!m_model->replace(1, QUrl::fromLocalFile(picture(u"3.png"_s, { 9, 8 }))));
    QCOMPARE(names(), (QStringList { u"1.png"_s, u"3.png"_s }));
    QCOMPARE(m_model->references()[1].part, ReferencePart::Layout);
    QTRY_COMPARE_WITH_TIMEOUT(m_model->references()[1].size, QSize(9, 8), 30'000);
    QVERIFY(m_model->replace(0, QUrl(u"ftp://example.org/a"_s)));
    QCOMPARE(names().first(), u"1.png"_s);
}

void ReferenceModelTest::fatesAreSaid()
{
    QImage deep(4, 4, QImage::Format_RGBA64);
    deep.fill(Qt::red);
    const QString path = m_folder->filePath(u"deep.png"_s);
    deep.setText(u"Author"_s, u"somebody"_s);
    QVERIFY(deep.save(path));
    QVERIFY(m_model->addFiles({ picture(u"plain.jpg"_s), path }).empty());
    QVERIFY(m_model->add({ QUrl(u"https://example.org/a.png"_s) }).empty());
    const auto fate = [this](int row) { return m_model->index(row).data(ReferenceModel::FateTextRole).toString(); };
    QVERIFY2(fate(2).contains(u"example.org"_s), qPrintable(fate(2)));
    QTRY_VERIFY_WITH_TIMEOUT(!fate(0).isEmpty() && !fate(1).isEmpty(), 30'000);
    QVERIFY2(fate(0).startsWith(u"sent as it is"_s), qPrintable(fate(0)));
    QVERIFY2(fate(1).contains(u"16 bits"_s) && fate(1).contains(u"metadata"_s), qPrintable(fate(1)));
    QVERIFY(!m_model->index(0).data(ReferenceModel::PictureRole).value<QImage>().isNull());
}

void ReferenceModelTest::scalesDownAndBack()
{
    Endpoint endpoint = endpointWith(14);
    const QString path = picture(u"large.png"_s, { 500, 400 });
    const qint64 bytes = QFileInfo(path).size();
    endpoint.fileLimits = { { .field = u"image_urls"_s, .bytes = bytes - 1, .source = u"somebody"_s } };
    m_model->setEndpoint(&endpoint);
    QVERIFY(m_model->addFiles({ path }).empty());
    QCOMPARE(m_model->problems().size(), 1u); // over the limit: said at once
    const auto offer = [this] { return m_model->index(0).data(ReferenceModel::ScaleOfferTextRole).toString(); };
    QTRY_VERIFY_WITH_TIMEOUT(!offer().isEmpty(), 30'000);
    QVERIFY2(offer().contains(u"500 × 400"_s), qPrintable(offer()));
    m_model->setScaledDown(0, true);
    QVERIFY(m_model->problems().empty());
    QCOMPARE(m_model->sources().front().atMostBytes, bytes - 1);
    const Json draft = m_model->draft();
    m_model->setScaledDown(0, false);
    QCOMPARE(m_model->problems().size(), 1u);
    m_model->setDraft(draft);
    QCOMPARE(m_model->sources().front().atMostBytes, bytes - 1);
    m_model->setEndpoint(nullptr);
}

void ReferenceModelTest::notAPictureIsMarked()
{
    QVERIFY(m_model->addFiles({ file(u"letter.png"_s, "Dear Sir,") }).empty());
    QTRY_VERIFY_WITH_TIMEOUT(m_model->index(0).data(ReferenceModel::ErrorRole).isValid(), 30'000);
    QVERIFY(!m_model->index(0).data(ReferenceModel::ErrorTextRole).toString().isEmpty());
    QCOMPARE(m_model->problems().size(), 1u);
    QCOMPARE(m_model->problems().front().field, u"image_urls/0"_s);
}

void ReferenceModelTest::tooLargeForTheEndpoint()
{
    Endpoint endpoint = endpointWith(14);
    const QString path = picture(u"large.png"_s, { 200, 200 });
    const qint64 bytes = QFileInfo(path).size();
    endpoint.fileLimits = { { .field = u"image_urls"_s, .bytes = bytes, .source = u"somebody"_s },
                            { .field = u"image_urls"_s, .bytes = bytes - 1, .source = u"hearsay"_s, .advisory = true },
                            { .field = u"video_url"_s, .bytes = 1, .source = u"other"_s } };
    m_model->setEndpoint(&endpoint);
    QVERIFY(m_model->addFiles({ path }).empty());
    QVERIFY(m_model->problems().empty());
    QVERIFY(m_model->index(0).data(ReferenceModel::AdviceTextRole).toString().contains(u"hearsay"_s));
    endpoint.fileLimits.front().bytes = bytes - 1;
    m_model->setEndpoint(&endpoint);
    QCOMPARE(m_model->problems().size(), 1u); // was added under a wider limit
    const QString sentence = m_model->problems().front().message;
    QVERIFY2(sentence.contains(u"somebody"_s), qPrintable(sentence));
    m_model->setEndpoint(nullptr);
}

void ReferenceModelTest::insertsAtARow()
{
    QVERIFY(m_model->addFiles({ picture(u"1.png"_s), picture(u"2.png"_s) }).empty());
    QVERIFY(m_model->addFiles({ picture(u"3.png"_s), picture(u"4.png"_s) }, 1).empty());
    QCOMPARE(names(), (QStringList { u"1.png"_s, u"3.png"_s, u"4.png"_s, u"2.png"_s }));
}

void ReferenceModelTest::removes()
{
    QVERIFY(m_model->addFiles({ picture(u"1.png"_s), picture(u"2.png"_s), picture(u"3.png"_s) }).empty());
    QVERIFY(m_model->removeRow(1));
    QCOMPARE(names(), (QStringList { u"1.png"_s, u"3.png"_s }));
    QVERIFY(!m_model->removeRows(1, 2));
    QVERIFY(!m_model->removeRows(-1, 1));
    QVERIFY(QFile::exists(m_folder->filePath(u"2.png"_s)));
    m_model->clear();
    QCOMPARE(m_model->rowCount(), 0);
    m_model->clear();
}

void ReferenceModelTest::moves_data()
{
    QTest::addColumn<int>("from");
    QTest::addColumn<int>("count");
    QTest::addColumn<int>("to");
    QTest::addColumn<QString>("order"); // empty: refused
    QTest::newRow("down") << 0 << 1 << 2 << u"2134"_s;
    QTest::newRow("up") << 2 << 1 << 0 << u"3124"_s;
    QTest::newRow("to the end") << 0 << 1 << 4 << u"2341"_s;
    QTest::newRow("two down") << 0 << 2 << 3 << u"3124"_s;
    QTest::newRow("two up") << 2 << 2 << 1 << u"1342"_s;
    QTest::newRow("onto itself") << 1 << 1 << 1 << QString();
    QTest::newRow("behind itself") << 1 << 1 << 2 << QString();
    QTest::newRow("out of the list") << 3 << 2 << 0 << QString();
    QTest::newRow("beyond the end") << 0 << 1 << 5 << QString();
}

void ReferenceModelTest::moves()
{
    QFETCH(int, from);
    QFETCH(int, count);
    QFETCH(int, to);
    QFETCH(QString, order);
    for (int i = 1; i <= 4; ++i)
        QVERIFY(m_model->add({ QUrl(u"https://example.org/%1"_s.arg(i)) }).empty());
    QSignalSpy changed(m_model.get(), &ReferenceModel::referencesChanged);
    QCOMPARE(m_model->moveRows({}, from, count, {}, to), !order.isEmpty());
    QCOMPARE(names().join(QString()), order.isEmpty() ? u"1234"_s : order);
    QCOMPARE(changed.count(), order.isEmpty() ? 0 : 1);
}

void ReferenceModelTest::duplicatesAreMarked()
{
    const QString one = picture(u"1.png"_s);
    QVERIFY(m_model->addFiles({ one, picture(u"2.png"_s), one }).empty());
    QVERIFY(!m_model->index(0).data(ReferenceModel::IsDuplicateRole).toBool());
    QVERIFY(!m_model->index(1).data(ReferenceModel::IsDuplicateRole).toBool());
    QVERIFY(m_model->index(2).data(ReferenceModel::IsDuplicateRole).toBool());
    QVERIFY(m_model->problems().empty());
}

void ReferenceModelTest::errorsLandOnRows()
{
    QVERIFY(m_model->add({ QUrl(u"https://a/1"_s), QUrl(u"https://a/2"_s) }).empty());
    QSignalSpy list(m_model.get(), &ReferenceModel::listErrorChanged);
    const Error second { .kind = ErrorKind::Refused, .type = u"file_download_error"_s, .message = u"x"_s, .field = u"image_urls/1"_s };
    const Error whole { .kind = ErrorKind::InvalidInput, .message = u"few"_s, .field = u"image_urls"_s };
    const Error beyond { .kind = ErrorKind::Refused, .message = u"y"_s, .field = u"image_urls/7"_s };
    const Error other { .kind = ErrorKind::Refused, .message = u"z"_s, .field = u"prompt"_s };
    QCOMPARE(m_model->setErrors({ second, whole, beyond, other }), std::vector<Error> { other });
    QVERIFY(!m_model->index(0).data(ReferenceModel::ErrorRole).isValid());
    QCOMPARE(m_model->index(1).data(ReferenceModel::ErrorRole).value<Error>(), second);
    QCOMPARE(m_model->listError(), std::optional(whole));
    QCOMPARE(list.count(), 1);
    // It goes with its picture.
    QVERIFY(m_model->moveRow({}, 1, {}, 0));
    QCOMPARE(m_model->index(0).data(ReferenceModel::ErrorRole).value<Error>(), second);
    QVERIFY(!m_model->listError());
    m_model->setErrors({});
    QVERIFY(!m_model->index(0).data(ReferenceModel::ErrorRole).isValid());
}

void ReferenceModelTest::problemsOutliveWhatWasSaid()
{
    QVERIFY(m_model->addFiles({ file(u"letter.png"_s, "Dear Sir,") }).empty());
    QTRY_COMPARE_WITH_TIMEOUT(m_model->problems().size(), 1u, 30'000);
    m_model->setErrors(m_model->problems());
    QCOMPARE(m_model->problems().size(), 1u);
}

void ReferenceModelTest::endpointWithoutReferences()
{
    QVERIFY(m_model->add({ QUrl(u"https://a/1"_s) }).empty());
    const Endpoint *text = m_catalog.find({ u"fal-ai/nano-banana-2"_s });
    QVERIFY(text);
    m_model->setEndpoint(text);
    QVERIFY(!m_model->takesReferences());
    QVERIFY(m_model->sources().empty());
    QVERIFY(m_model->problems().empty());
    QCOMPARE(m_model->rowCount(), 1);
    const Error error { .kind = ErrorKind::Refused, .message = u"x"_s, .field = u"image_urls/0"_s };
    QCOMPARE(m_model->setErrors({ error }), std::vector<Error> { error });
    m_model->setEndpoint(m_edit);
    QCOMPARE(m_model->sources().size(), 1u);
}

void ReferenceModelTest::smallerLimit()
{
    for (int i = 1; i <= 3; ++i)
        QVERIFY(m_model->add({ QUrl(u"https://example.org/%1"_s.arg(i)) }).empty());
    const Endpoint two = endpointWith(2);
    m_model->setEndpoint(&two);
    QCOMPARE(m_model->rowCount(), 3);
    QCOMPARE(m_model->problems().size(), 1u);
    QCOMPARE(m_model->problems().front().field, u"image_urls/2"_s);
    QVERIFY(m_model->removeRow(0));
    QVERIFY(m_model->problems().empty());
    m_model->setEndpoint(nullptr);
}

void ReferenceModelTest::draft()
{
    const QString stays = picture(u"ü 1.png"_s);
    const QString goes = picture(u"goes.png"_s);
    const QUrl url(u"https://example.org/a%20b.png?x=%C3%BC"_s);
    QVERIFY(m_model->add({ QUrl::fromLocalFile(stays), url, QUrl::fromLocalFile(goes) }).empty());
    m_model->setPart(1, ReferencePart::Background);
    QVERIFY(m_model->insert({ [&] {
        Reference renamed = referenceFromFile(stays);
        renamed.name = u"as it was called"_s;
        return renamed;
    }() }).empty());
    const auto draft = parseJson(toBytes(m_model->draft()));
    QVERIFY(draft);
    QVERIFY(QFile::remove(goes));

    ReferenceModel again;
    QAbstractItemModelTester tester(&again, QAbstractItemModelTester::FailureReportingMode::QtTest);
    again.setEndpoint(m_edit);
    again.setDraft(*draft);
    QCOMPARE(again.rowCount(), 4);
    QCOMPARE(again.references()[3].name, u"as it was called"_s);
    QCOMPARE(again.references()[1].part, ReferencePart::Background);
    QCOMPARE(again.references()[0].file, stays);
    QCOMPARE(again.references()[1].url, url);
    QCOMPARE(again.references()[2].file, goes);
    QCOMPARE(again.problems().size(), 1u);
    QCOMPARE(again.problems().front().field, u"image_urls/2"_s);
    QTRY_COMPARE_WITH_TIMEOUT(again.references()[0].size, QSize(40, 30), 30'000);
}

void ReferenceModelTest::damagedDraft()
{
    for (const char *text : { "null", "{}", "[1,null,[],{}]", R"([{"url":""},{"file":3}])" }) {
        m_model->setDraft(*parseJson(QByteArray(text)));
        QCOMPARE(m_model->rowCount(), 0);
    }
    m_model->setDraft(*parseJson(R"([{"url":"javascript:x"}])"));
    QCOMPARE(m_model->problems().size(), 1u); // stays, and says why it is not sent
    QVERIFY(m_model->draft() == *parseJson(R"([{"url":"javascript:x"}])"));
}

QTEST_GUILESS_MAIN(ReferenceModelTest)
#include "tst_referencemodel.moc"
