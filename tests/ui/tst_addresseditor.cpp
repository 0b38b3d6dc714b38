#include "addresseditor.h"

#include <QDropEvent>
#include <QFileDialog>
#include <QLineEdit>
#include <QMimeData>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>

using namespace plantain;
using namespace Qt::StringLiterals;

class AddressEditorTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void takesWhatIsTyped();
    void takesADrop_data();
    void takesADrop();
    void takesAChosenFile();

private:
    std::unique_ptr<QWidget> m_parent;
    std::unique_ptr<AddressEditor> m_editor;
    QLineEdit *m_line = nullptr;
};

void AddressEditorTest::init()
{
    m_parent = std::make_unique<QWidget>();
    m_editor = std::make_unique<AddressEditor>(Parameter { .name = u"video_url"_s, .title = u"Video URL"_s, .kind = ParameterKind::Url, .uiField = u"video"_s },
                                               m_parent.get());
    m_line = qobject_cast<QLineEdit *>(m_editor->input());
    QVERIFY(m_line);
    QCOMPARE(m_editor->buttons().size(), 1);
    QVERIFY(m_editor->buttons().front()->accessibleName().contains(u"Video URL"_s));
    m_parent->show();
}

void AddressEditorTest::takesWhatIsTyped()
{
    QSignalSpy typed(m_editor.get(), &FieldEditor::typed);
    QTest::keyClicks(m_line, u"https://a.b/c"_s);
    QCOMPARE(typed.last().front().toString(), u"https://a.b/c"_s);
    m_line->clear();
    QTest::keyClicks(m_line, u"/srv/a b.mp4"_s); // a path stands there as typed, and is taken as the file
    QCOMPARE(typed.last().front().toString(), u"file:///srv/a%20b.mp4"_s);
    QCOMPARE(m_line->text(), u"/srv/a b.mp4"_s);

    m_editor->show({ .text = u"file:///srv/a%20b.mp4"_s, .isSet = true }, false);
    QCOMPARE(m_line->text(), u"file:///srv/a%20b.mp4"_s);
}

void AddressEditorTest::takesADrop_data()
{
    QTest::addColumn<QList<QUrl>>("urls");
    QTest::addColumn<QString>("taken");
    QTest::newRow("file") << QList<QUrl> { QUrl(u"file:///tmp/a%20b.mp4"_s) } << u"file:///tmp/a%20b.mp4"_s;
    QTest::newRow("web") << QList<QUrl> { QUrl(u"https://a.b/c.mp4"_s) } << u"https://a.b/c.mp4"_s;
    QTest::newRow("two") << QList<QUrl> { QUrl(u"file:///tmp/a"_s), QUrl(u"file:///tmp/b"_s) } << QString();
}

void AddressEditorTest::takesADrop()
{
    QFETCH(QList<QUrl>, urls);
    QFETCH(QString, taken);
    QSignalSpy typed(m_editor.get(), &FieldEditor::typed);
    QMimeData data;
    data.setUrls(urls);
    QDragEnterEvent enter(QPoint(5, 5), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(m_line, &enter);
    if (taken.isEmpty())
        return; // left to the line, which knows text
    QVERIFY(enter.isAccepted());
    QDropEvent drop(QPointF(5, 5), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(m_line, &drop);
    QCOMPARE(typed.size(), 1);
    QCOMPARE(typed.front().front().toString(), taken);
}

void AddressEditorTest::takesAChosenFile()
{
    QSignalSpy typed(m_editor.get(), &FieldEditor::typed);
    QTest::mouseClick(m_editor->buttons().front(), Qt::LeftButton);
    auto *dialog = m_parent->findChild<QFileDialog *>();
    QVERIFY(dialog);
    QCOMPARE(dialog->fileMode(), QFileDialog::ExistingFile);
    Q_EMIT dialog->fileSelected(u"/tmp/a b.mp4"_s);
    QCOMPARE(typed.last().front().toString(), u"file:///tmp/a%20b.mp4"_s);
    dialog->close();
}

QTEST_MAIN(AddressEditorTest)
#include "tst_addresseditor.moc"
