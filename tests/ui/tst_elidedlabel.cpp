#include "elidedlabel.h"

#include <QTest>

using namespace plantain;
using namespace Qt::StringLiterals;

class TestElidedLabel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void endsInDotsWhereThereIsNoRoom();
};

void TestElidedLabel::endsInDotsWhereThereIsNoRoom()
{
    const QString whole = u"4 of 17, keeper, 5 stars <b>& more</b>"_s;
    ElidedLabel label;
    label.setText(whole);
    label.resize(label.sizeHint());
    QVERIFY(label.minimumSizeHint().width() < label.sizeHint().width() / 2);
    const auto paintedAs = [&label](const QString &text) {
        QLabel plain;
        plain.setTextFormat(Qt::PlainText);
        plain.setText(text);
        plain.resize(label.size());
        return label.grab().toImage() == plain.grab().toImage();
    };
    QVERIFY(paintedAs(whole));
    label.resize(label.width() / 2, label.height());
    QVERIFY(!paintedAs(whole));
    QVERIFY(paintedAs(label.fontMetrics().elidedText(whole, Qt::ElideRight, label.width())));
    QCOMPARE(label.text(), whole); // for screen readers
}

QTEST_MAIN(TestElidedLabel)
#include "tst_elidedlabel.moc"
