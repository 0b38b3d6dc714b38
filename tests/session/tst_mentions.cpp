#include "examples.h"
#include "form.h"
#include "mentions.h"
#include "endpointcatalog.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace plantain;
using namespace Qt::StringLiterals;

class MentionsTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void finds_data();
    void finds();
    void renumbers_data();
    void renumbers();
    void followTheirPicture();
    void followBack();
    void removedIsMarked();
    void insertedBefore();
    void anInputIsTakenAsItStands();

private:
    QString prompt() { return m_form->parameters()->text(m_form->parameters()->promptRow()); }
    void write(const QString &text) { m_form->parameters()->setText(m_form->parameters()->promptRow(), text); }

    const EndpointCatalog m_catalog = EndpointCatalog::load({ u":/endpoints"_s }, u":/prices.json"_s);
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Form> m_form;
};

void MentionsTest::init()
{
    m_form.reset();
    m_folder = std::make_unique<QTemporaryDir>();
    m_form = std::make_unique<Form>(m_catalog, std::vector<Example>(), m_folder->filePath(u"draft.json"_s));
    m_form->begin();
    m_form->chooseEndpoint({ u"fal-ai/nano-banana-2/edit"_s });
    for (const QString &name : { u"a"_s, u"b"_s, u"c"_s })
        QVERIFY(m_form->references()->add({ QUrl(u"https://example.org/"_s + name) }).empty());
}

void MentionsTest::finds_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QList<int>>("numbers");
    QTest::newRow("none") << u"a lemon"_s << QList<int> {};
    QTest::newRow("two") << u"the person in image 1 in the style of image 2"_s << QList<int> { 1, 2 };
    QTest::newRow("at the end of a sentence") << u"Use Image 12."_s << QList<int> { 12 };
    QTest::newRow("gone") << u"like image ?, but red"_s << QList<int> { 0 };
    QTest::newRow("a ratio") << u"image 16:9"_s << QList<int> {};
    QTest::newRow("a fraction") << u"image 1.5 times"_s << QList<int> {};
    QTest::newRow("a word") << u"image 3d, image 1st, myimage 1, images 1"_s << QList<int> {};
    QTest::newRow("zero") << u"image 0"_s << QList<int> {};
    QTest::newRow("beside others") << u"(image 1)「image 2」image 3, image 4"_s << QList<int> { 1, 2, 3, 4 };
}

void MentionsTest::finds()
{
    QFETCH(QString, text);
    QFETCH(QList<int>, numbers);
    QList<int> found;
    for (const Mention &mention : mentionsIn(text)) {
        found.append(mention.number);
        QCOMPARE(text.mid(mention.at, mention.length).toLower(), mentionOf(mention.number));
    }
    QCOMPARE(found, numbers);
}

void MentionsTest::renumbers_data()
{
    QTest::addColumn<QString>("before");
    QTest::addColumn<std::vector<int>>("numbers");
    QTest::addColumn<QString>("after");
    QTest::newRow("swapped") << u"Image 1 and image 2"_s << std::vector { 2, 1 } << u"Image 2 and image 1"_s;
    QTest::newRow("one gone") << u"image 1, image 2, image 3"_s << std::vector { 1, 0, 2 } << u"image 1, image ?, image 2"_s;
    QTest::newRow("beyond") << u"image 7"_s << std::vector { 2, 1 } << u"image 7"_s;
    QTest::newRow("longer") << u"image 9 and image 1."_s << std::vector { 2, 3, 4, 5, 6, 7, 8, 9, 10 } << u"image 10 and image 2."_s;
    QTest::newRow("gone before") << u"image ?"_s << std::vector { 2, 1 } << u"image ?"_s;
}

void MentionsTest::renumbers()
{
    QFETCH(QString, before);
    QFETCH(std::vector<int>, numbers);
    QFETCH(QString, after);
    QCOMPARE(withNumbers(before, numbers), after);
}

void MentionsTest::followTheirPicture()
{
    write(u"put image 1 on image 3, lit like image 2"_s);
    QVERIFY(m_form->references()->moveRow({}, 0, {}, 3)); // b c a
    QCOMPARE(prompt(), u"put image 3 on image 2, lit like image 1"_s);
    QVERIFY(m_form->references()->moveRow({}, 2, {}, 0)); // a b c
    QCOMPARE(prompt(), u"put image 1 on image 3, lit like image 2"_s);
    QVERIFY(m_form->references()->moveRows({}, 0, 2, {}, 3)); // c a b
    QCOMPARE(prompt(), u"put image 2 on image 1, lit like image 3"_s);
}

/// Order and words are one step, and come back as one.
void MentionsTest::followBack()
{
    write(u"image 1 beside image 2"_s);
    QTRY_VERIFY(m_form->history().canUndo());
    const QByteArray before = toBytes(m_form->input());
    m_form->undo();
    m_form->redo(); // what was typed is a step of its own now
    QVERIFY(m_form->references()->moveRow({}, 1, {}, 0));
    const QByteArray after = toBytes(m_form->input());
    QVERIFY(after.contains("image 2 beside image 1"));
    QTRY_COMPARE(m_form->history().undoName(), u"order of references"_s);
    m_form->undo();
    QCOMPARE(toBytes(m_form->input()), before);
    m_form->redo();
    QCOMPARE(toBytes(m_form->input()), after);
}

void MentionsTest::removedIsMarked()
{
    write(u"image 1, image 2 and image 3"_s);
    QTRY_VERIFY(m_form->history().canUndo());
    QVERIFY(m_form->references()->removeRow(1));
    QCOMPARE(prompt(), u"image 1, image ? and image 2"_s);
    QTRY_COMPARE(m_form->history().undoName(), u"removing of references"_s);
    m_form->undo();
    QCOMPARE(prompt(), u"image 1, image 2 and image 3"_s);
    QCOMPARE(m_form->references()->rowCount(), 3);
}

void MentionsTest::insertedBefore()
{
    write(u"image 1 and image 3"_s);
    QVERIFY(m_form->references()->add({ QUrl(u"https://example.org/d"_s), QUrl(u"https://example.org/e"_s) }, 1).empty());
    QCOMPARE(prompt(), u"image 1 and image 5"_s);
    QVERIFY(m_form->references()->add({ QUrl(u"https://example.org/f"_s) }).empty()); // at the end: nothing moves
    QCOMPARE(prompt(), u"image 1 and image 5"_s);
}

void MentionsTest::anInputIsTakenAsItStands()
{
    write(u"image 3"_s);
    const Json input { { "prompt", "image 1" }, { "image_urls", Json::array({ "https://example.org/c" }) } };
    QVERIFY(m_form->setInput(input));
    QCOMPARE(prompt(), u"image 1"_s);
}

QTEST_MAIN(MentionsTest)
#include "tst_mentions.moc"
