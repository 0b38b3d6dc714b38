#include "detailspanel.h"
#include "elidedlabel.h"
#include "galleryview.h"
#include "lineagemodel.h"
#include "lineagepage.h"
#include "lineagepath.h"
#include "parametermodel.h"
#include "picturecentre.h"
#include "pictureviewer.h"
#include "runroles.h"
#include "searchfield.h"
#include "windowtest.h"

#include <QSignalSpy>
#include <QTest>
#include <QToolButton>
#include <QTreeView>

using namespace plantain;
using namespace Qt::StringLiterals;

/// The lineage as a person sees it: the path beside a picture, and the whole tree.
class LineagePageTest : public WindowTest
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup() { end(); }
    void thePathIsBesideThePicture();
    void theTreeSelectsInTheGallery();
    void keysAlone();
    void whatAFilterHidesIsOpened();
    void runsThatComeAreThere();
    void aPictureAlone();

private:
    RunId made(const std::function<void()> &go)
    {
        QSignalSpy settled(m_session.get(), &Session::settled);
        go();
        if (!QTest::qWaitFor([&] { return settled.size() == 1; }, 30'000))
            qFatal("no run came to its end");
        return settled.front().front().value<RunId>();
    }
    QString priceOf(const RunId &run, int times)
    {
        Price price = *m_bench->stored(run).price;
        price.amount *= times;
        return priceText(price);
    }
    LineagePage &lineage() { return *m_window->findChild<LineagePage *>(); }
    QTreeView &tree() { return *lineage().findChild<QTreeView *>(); }
    QString summary() { return lineage().findChild<ElidedLabel *>(u"lineageSummary"_s)->text(); }
    PictureId current() const
    {
        const QModelIndex tile = view().currentIndex();
        return { tile.data(GalleryRole::RunId).value<RunId>(), tile.data(GalleryRole::ImageIndex).toInt() };
    }
    /// All buttons of the path, in order.
    QList<QToolButton *> steps()
    {
        QList<QToolButton *> shown;
        for (QToolButton *button : m_window->findChild<LineagePath *>()->findChildren<QToolButton *>()) {
            if (button->isVisibleTo(m_window.get()) && button->accessibleName().startsWith(u"Step"_s))
                shown << button;
        }
        return shown;
    }

    RunId m_first, m_varied, m_third;
};

void LineagePageTest::init()
{
    start();
    m_session->chooseEndpoint({ u"fal-ai/nano-banana-2"_s });
    QVERIFY(m_session->parameters()->setInput({ { "prompt", "a red fox" }, { "num_images", 2 }, { "resolution", "0.5K" } }));
    m_first = made([this] { m_session->generate(); });
    m_varied = made([this] { m_session->vary({ m_first, 1 }); });
    m_third = made([this] { m_session->vary({ m_varied, 0 }); });
    QTRY_COMPARE(view().model()->rowCount(), 6);
}

void LineagePageTest::thePathIsBesideThePicture()
{
    page().showPicture({ m_third, 1 });
    QTRY_COMPARE(steps().size(), 3);
    QCOMPARE(steps().at(0)->accessibleName(), u"Step 1: The beginning"_s);
    QCOMPARE(steps().at(2)->accessibleName(), u"Step 3: Variation of picture 1"_s);
    steps().at(0)->click();
    QCOMPARE(current(), (PictureId { m_first, 1 }));
    QTRY_COMPARE(steps().size(), 1);
}

void LineagePageTest::theTreeSelectsInTheGallery()
{
    page().showPicture({ m_varied, 0 });
    actions().showLineage->trigger();
    QTRY_VERIFY(tree().currentIndex().isValid());
    QVERIFY(lineage().isVisible());
    QCOMPARE(tree().model()->rowCount(), 2);
    QCOMPARE(tree().currentIndex().data(LineageRole::RunId).value<RunId>(), m_varied);
    QCOMPARE(summary(), u"Runs: 3, "_s + priceOf(m_first, 3));
    const QModelIndex second = tree().model()->index(1, 0);
    QTest::mouseClick(tree().viewport(), Qt::LeftButton, {}, tree().visualRect(second).center());
    QCOMPARE(current(), (PictureId { m_first, 1 }));
    QVERIFY(lineage().isVisible());
    QTest::keyClick(&tree(), Qt::Key_Escape);
    QVERIFY(!lineage().isVisible());
    QCOMPARE(current(), (PictureId { m_first, 1 }));
}

void LineagePageTest::keysAlone()
{
    page().showPicture({ m_first, 0 });
    QTest::keyClick(&view(), Qt::Key_L, Qt::ControlModifier | Qt::AltModifier);
    QTRY_VERIFY(tree().currentIndex().isValid());
    QVERIFY(tree().hasFocus());
    QTest::keyClick(&tree(), Qt::Key_Down);
    QTest::keyClick(&tree(), Qt::Key_Down); // into what came from the second one
    QCOMPARE(current(), (PictureId { m_varied, 0 }));
    QTest::keyClick(&tree(), Qt::Key_Return);
    auto *viewer = m_window->findChild<PictureViewer *>();
    QVERIFY(viewer->isVisible());
    QCOMPARE(current(), (PictureId { m_varied, 0 }));
    QTest::keyClick(viewer, Qt::Key_L, Qt::ControlModifier | Qt::AltModifier); // and back from there
    QTRY_VERIFY(tree().currentIndex().isValid());
    QVERIFY(lineage().isVisible());
}

void LineagePageTest::whatAFilterHidesIsOpened()
{
    QSignalSpy recalled(m_session.get(), &Session::recalled);
    m_session->recall({ m_first, 0 });
    QTRY_COMPARE(recalled.size(), 1);
    m_session->parameters()->setText(m_session->parameters()->promptRow(), u"a blue fox"_s);
    const RunId blue = made([this] { m_session->generate(); });
    page().searchField()->setText(u"blue"_s);
    QTRY_COMPARE(view().model()->rowCount(), 2);
    page().showPicture({ blue, 0 });
    actions().showLineage->trigger();
    QTRY_VERIFY(tree().currentIndex().isValid());
    tree().setCurrentIndex(tree().model()->index(1, 0)); // a red one
    QTest::keyClick(&tree(), Qt::Key_Return);
    QVERIFY(m_window->findChild<PictureViewer *>()->isVisible());
    QCOMPARE(current(), (PictureId { m_first, 1 }));
}

void LineagePageTest::runsThatComeAreThere()
{
    page().showPicture({ m_first, 0 });
    actions().showLineage->trigger();
    QTRY_VERIFY(tree().currentIndex().isValid());
    const QModelIndex first = tree().model()->index(0, 0);
    QCOMPARE(tree().model()->rowCount(first), 0);
    made([this] { m_session->vary({ m_first, 0 }); });
    QTRY_COMPARE(tree().model()->rowCount(tree().model()->index(0, 0)), 2);
    QVERIFY(tree().isExpanded(tree().model()->index(0, 0)));
    QCOMPARE(tree().currentIndex().data(LineageRole::RunId).value<RunId>(), m_first);
    QCOMPARE(current(), (PictureId { m_first, 0 }));
}

void LineagePageTest::aPictureAlone()
{
    QVERIFY(m_session->parameters()->setInput({ { "prompt", "a blue fox" }, { "resolution", "0.5K" } }));
    const RunId alone = made([this] { m_session->generate(); });
    page().showPicture({ alone, 0 });
    actions().showLineage->trigger();
    QTRY_COMPARE(summary(), u"One run, from which nothing came yet, "_s + priceOf(alone, 1));
    QVERIFY(!m_window->findChild<LineagePath *>()->isVisible());
}

QTEST_MAIN(LineagePageTest)
#include "tst_lineagepage.moc"
