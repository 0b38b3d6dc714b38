#include "endpointcatalog.h"
#include "notelabel.h"
#include "promptedit.h"
#include "promptmentions.h"
#include "referencemodel.h"

#include <QAbstractItemView>
#include <QApplication>
#include <QImage>
#include <QTemporaryDir>
#include <QTest>
#include <QVBoxLayout>

using namespace plantain;
using namespace Qt::StringLiterals;

class PromptMentionsTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void numberCompletes();
    void labelCompletes();
    void offersWithPictures();
    void tabAndEscape();
    void anAddressIsNoMention();
    void marksWhatIsThere();
    void saysWhatIsNot();
    void wordsWithoutPicturesAreWords();

private:
    QAbstractItemView *popup() const
    {
        for (QWidget *widget : QApplication::topLevelWidgets()) {
            if (widget->objectName() == u"mentions"_s && widget->isVisible())
                return qobject_cast<QAbstractItemView *>(widget);
        }
        return nullptr;
    }
    QStringList offered() const
    {
        QStringList texts;
        const QAbstractItemView *list = popup();
        for (int row = 0; list && row < list->model()->rowCount(); ++row)
            texts.append(list->model()->index(row, 0).data().toString());
        return texts;
    }
    void type(const QString &text) { QTest::keyClicks(m_edit, text); }

    const EndpointCatalog m_catalog = EndpointCatalog::load({ u":/endpoints"_s }, u":/prices.json"_s);
    QTemporaryDir m_folder;
    std::unique_ptr<ReferenceModel> m_model;
    std::unique_ptr<QWidget> m_window;
    PromptEdit *m_edit = nullptr;
    PromptMentions *m_mentions = nullptr;
};

void PromptMentionsTest::init()
{
    m_model = std::make_unique<ReferenceModel>();
    m_model->setEndpoint(m_catalog.find({ u"fal-ai/nano-banana-2/edit"_s }));
    QStringList files;
    for (const QString &name : { u"cat.png"_s, u"dog.png"_s, u"pen.png"_s }) {
        QImage image(20, 20, QImage::Format_RGB32);
        image.fill(Qt::darkYellow);
        files.append(m_folder.filePath(name));
        QVERIFY(image.save(files.last()));
    }
    QVERIFY(m_model->addFiles(files).empty());
    m_window = std::make_unique<QWidget>();
    auto *layout = new QVBoxLayout(m_window.get());
    m_edit = new PromptEdit(m_window.get());
    m_mentions = new PromptMentions(*m_edit, *m_model);
    layout->addWidget(m_edit);
    layout->addWidget(m_mentions->note());
    m_window->show();
    m_window->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
    m_edit->setFocus();
}

void PromptMentionsTest::cleanup()
{
    m_window.reset();
    m_model.reset();
}

void PromptMentionsTest::numberCompletes()
{
    type(u"put @2"_s);
    QCOMPARE(offered().size(), 1);
    QVERIFY2(offered().front().contains(u"dog.png"_s), qPrintable(offered().front()));
    QTest::keyClick(popup(), Qt::Key_Return);
    QCOMPARE(m_edit->text(), u"put image 2"_s);
    QVERIFY(!popup());
    type(u" on @3"_s);
    QTest::keyClick(popup(), Qt::Key_Return);
    QCOMPARE(m_edit->text(), u"put image 2 on image 3"_s); // plain words, as they are sent
}

void PromptMentionsTest::labelCompletes()
{
    m_model->setPart(1, ReferencePart::Person);
    m_model->setPart(2, ReferencePart::Style);
    type(u"@per"_s);
    QCOMPARE(offered().size(), 2); // with the label in words, and the picture alone
    QTest::keyClick(popup(), Qt::Key_Return);
    QCOMPARE(m_edit->text(), u"the person in image 2"_s);
    type(u" in @sty"_s);
    QTest::keyClick(popup(), Qt::Key_Return);
    QCOMPARE(m_edit->text(), u"the person in image 2 in the style of image 3"_s);
}

void PromptMentionsTest::offersWithPictures()
{
    QTRY_VERIFY_WITH_TIMEOUT(!m_model->index(0).data(ReferenceModel::PictureRole).value<QImage>().isNull(), 30'000);
    type(u"@"_s);
    QCOMPARE(offered().size(), 3);
    const auto icon = popup()->model()->index(0, 0).data(Qt::DecorationRole).value<QIcon>();
    QCOMPARE(icon.pixmap(16).toImage().pixelColor(8, 8), QColor(Qt::darkYellow));
}

void PromptMentionsTest::tabAndEscape()
{
    type(u"@"_s);
    QTest::keyClick(popup(), Qt::Key_Escape);
    QVERIFY(!popup());
    QCOMPARE(m_edit->text(), u"@"_s);
    type(u"1"_s);
    QTest::keyClick(popup(), Qt::Key_Tab);
    QCOMPARE(m_edit->text(), u"image 1"_s);
}

void PromptMentionsTest::anAddressIsNoMention()
{
    type(u"write me@1"_s);
    QVERIFY(!popup());
    type(u" @9"_s);
    QVERIFY(!popup()); // there is no such picture
    m_model->clear();
    type(u" @"_s);
    QVERIFY(!popup());
}

void PromptMentionsTest::marksWhatIsThere()
{
    m_edit->setPlainText(u"image 1 and Image 3"_s);
    const auto marks = m_edit->extraSelections();
    QCOMPARE(marks.size(), 2);
    QCOMPARE(marks[0].cursor.selectedText(), u"image 1"_s);
    QCOMPARE(marks[1].cursor.selectedText(), u"Image 3"_s);
    QVERIFY(marks[0].format.background().style() != Qt::NoBrush);
    QVERIFY(m_mentions->note()->isHidden());
}

void PromptMentionsTest::saysWhatIsNot()
{
    m_edit->setPlainText(u"image 1, image ? and image 4"_s);
    const auto marks = m_edit->extraSelections();
    QCOMPARE(marks.size(), 3);
    QCOMPARE(marks[1].format.underlineStyle(), QTextCharFormat::WaveUnderline);
    QVERIFY2(m_mentions->note()->text().contains(u"image ?, image 4"_s), qPrintable(m_mentions->note()->text()));
    m_model->clear(); // nobody rewrites the text here: the form does
    m_edit->setPlainText(u"a cat"_s);
    QVERIFY(m_mentions->note()->isHidden());
}

void PromptMentionsTest::wordsWithoutPicturesAreWords()
{
    m_model->setEndpoint(m_catalog.find({ u"fal-ai/nano-banana-2"_s }));
    m_edit->setPlainText(u"a page that reads image 1"_s);
    QVERIFY(m_edit->extraSelections().isEmpty());
    QVERIFY(m_mentions->note()->isHidden());
}

QTEST_MAIN(PromptMentionsTest)
#include "tst_promptmentions.moc"
