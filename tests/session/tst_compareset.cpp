#include "compareset.h"

#include "galleryroles.h"

#include <QStandardItemModel>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace plantain;

namespace {

/// A gallery of "a" to "h"; "c" has failed.
void fill(QStandardItemModel &model)
{
    for (const QChar name : u"abcdefgh"_s) {
        auto *item = new QStandardItem(QString(name));
        item->setData(int(name == u'c' ? TileState::Failed : TileState::Picture), GalleryRole::State);
        model.appendRow(item);
    }
}

QString shown(const CompareSet &set)
{
    QString names;
    for (const QPersistentModelIndex &index : set.shown())
        names += index.data().toString();
    return names;
}

} // namespace

class TestCompareSet : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void takesPicturesAlone();
    void championStaysWhileOthersStepBy();
    void championAgainstTheWholeGallery();
    void steppingReplacesAPane();
    void closesAndMoves();
    void rowsThatGo();

private:
    void choose(const QString &names)
    {
        QModelIndexList indexes;
        for (const QChar name : names)
            indexes << model->index(name.unicode() - u'a', 0);
        set.choose(indexes);
    }

    std::unique_ptr<QStandardItemModel> model;
    CompareSet set;
};

void TestCompareSet::init()
{
    set = CompareSet();
    model = std::make_unique<QStandardItemModel>();
    fill(*model);
}

void TestCompareSet::takesPicturesAlone()
{
    choose(u"abcd"_s);
    QCOMPARE(shown(set), u"abd"_s);
    QVERIFY(!set.hasChampion());
}

void TestCompareSet::championStaysWhileOthersStepBy()
{
    choose(u"abde"_s);
    QVERIFY(set.crown(1));
    QCOMPARE(shown(set), u"bd"_s);
    QVERIFY(set.step(0, 1)); // whichever pane has the keyboard
    QCOMPARE(shown(set), u"be"_s);
    set.step(1, 1);
    QCOMPARE(shown(set), u"ba"_s); // and round again, past the champion
    set.step(1, -1);
    QCOMPARE(shown(set), u"be"_s);
    QVERIFY(set.crown(1)); // the challenger has won
    QCOMPARE(shown(set), u"ea"_s);
    set.uncrown();
    QCOMPARE(shown(set), u"abde"_s);
}

void TestCompareSet::championAgainstTheWholeGallery()
{
    choose(u"gh"_s);
    QVERIFY(set.crown(0));
    QCOMPARE(shown(set), u"gh"_s);
    set.step(1, 1);
    QCOMPARE(shown(set), u"ga"_s);
    set.step(1, 1);
    set.step(1, 1);
    QCOMPARE(shown(set), u"gd"_s); // what failed is no picture
    set.uncrown();
    QCOMPARE(shown(set), u"ghd"_s);
}

void TestCompareSet::steppingReplacesAPane()
{
    choose(u"ab"_s);
    QVERIFY(set.step(0, 1));
    QCOMPARE(shown(set), u"db"_s);
    set.step(0, -1);
    QCOMPARE(shown(set), u"ab"_s);
    set.step(0, -1);
    QCOMPARE(shown(set), u"hb"_s);
    // Of two there is no other.
    model->removeRows(2, 6);
    choose(u"ab"_s);
    QVERIFY(!set.step(0, 1));
    QVERIFY(set.crown(1)); // the other one is its challenger
    QCOMPARE(shown(set), u"ba"_s);
}

void TestCompareSet::closesAndMoves()
{
    choose(u"abde"_s);
    set.move(0, 2);
    QCOMPARE(shown(set), u"bdae"_s);
    set.move(3, -1);
    set.move(3, 4);
    QCOMPARE(shown(set), u"bdae"_s);
    set.close(1);
    set.close(0);
    QCOMPARE(shown(set), u"ae"_s);
    set.close(0);
    QCOMPARE(shown(set), u"ae"_s); // one alone is no comparison
}

void TestCompareSet::rowsThatGo()
{
    choose(u"abde"_s);
    model->removeRow(1);
    QVERIFY(set.prune());
    QCOMPARE(shown(set), u"ade"_s);
    set.crown(1);
    QCOMPARE(shown(set), u"de"_s);
    model->removeRow(2); // the champion
    QVERIFY(set.prune());
    QCOMPARE(shown(set), u"ef"_s); // two are left, and against two steps the whole gallery
    choose(u"ab"_s);
    model->clear();
    QVERIFY(!set.prune());
}

QTEST_APPLESS_MAIN(TestCompareSet)
#include "tst_compareset.moc"
