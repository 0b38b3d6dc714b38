#include "openlink.h"

#include <QDBusConnection>
#include <QDesktopServices>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>
#include <QUrl>

#include <optional>

using namespace plantain;
using namespace Qt::StringLiterals;

/// Stands where a desktop answers for its file manager.
class Desktop : public QObject
{
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.freedesktop.FileManager1")
public:
    QStringList shown;

public Q_SLOTS:
    void ShowItems(const QStringList &addresses, const QString &) { shown += addresses; }
};

/// On a session bus of its own, which is the program's from the start.
class TestShowInFolder : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase();
    void opensTheFolderWhereNobodyAnswers();
    void selectsTheFile();

public Q_SLOTS:
    void opened(const QUrl &address) { m_opened.append(address); }

private:
    std::optional<bool> show(const QString &file);

    QProcess m_bus;
    QList<QUrl> m_opened;
};

void TestShowInFolder::initTestCase()
{
    m_bus.start(u"dbus-daemon"_s, { u"--session"_s, u"--nofork"_s, u"--print-address=1"_s });
    if (!m_bus.waitForStarted())
        QSKIP("dbus-daemon is not installed");
    while (!m_bus.canReadLine())
        QVERIFY(m_bus.waitForReadyRead());
    qputenv("DBUS_SESSION_BUS_ADDRESS", m_bus.readLine().trimmed());
    QVERIFY(QDBusConnection::sessionBus().isConnected());
    QDesktopServices::setUrlHandler(u"file"_s, this, "opened");
}

void TestShowInFolder::cleanupTestCase()
{
    QDesktopServices::unsetUrlHandler(u"file"_s);
    QDBusConnection::disconnectFromBus(u"manager"_s);
    m_bus.kill();
    m_bus.waitForFinished();
}

std::optional<bool> TestShowInFolder::show(const QString &file)
{
    std::optional<bool> shown;
    QObject context; // goes before `shown` does
    showInFolder(file, &context, [&shown](bool is) { shown = is; });
    if (!QTest::qWaitFor([&shown] { return shown.has_value(); }, 10'000))
        return std::nullopt;
    return shown;
}

void TestShowInFolder::opensTheFolderWhereNobodyAnswers()
{
    QTemporaryDir folder;
    QCOMPARE(show(folder.filePath(u"a picture.png"_s)), std::optional(true));
    QCOMPARE(m_opened, QList<QUrl> { QUrl::fromLocalFile(folder.path()) });
    m_opened.clear();
    QCOMPARE(show(folder.filePath(u"not/there/a.png"_s)), std::optional(false));
    QVERIFY(m_opened.isEmpty());
}

void TestShowInFolder::selectsTheFile()
{
    Desktop desktop;
    QDBusConnection bus = QDBusConnection::connectToBus(qEnvironmentVariable("DBUS_SESSION_BUS_ADDRESS"), u"manager"_s);
    QVERIFY(bus.registerObject(u"/org/freedesktop/FileManager1"_s, &desktop, QDBusConnection::ExportAllSlots));
    QVERIFY(bus.registerService(u"org.freedesktop.FileManager1"_s));
    QTemporaryDir folder;
    const QString file = folder.filePath(u"50% of #1, größer.png"_s);
    QCOMPARE(show(file), std::optional(true));
    QCOMPARE(desktop.shown.size(), 1);
    QVERIFY(!desktop.shown.first().contains(u' '));
    QCOMPARE(QUrl::fromEncoded(desktop.shown.first().toLatin1(), QUrl::StrictMode).toLocalFile(), file);
    QVERIFY(m_opened.isEmpty());
}

QTEST_MAIN(TestShowInFolder)
#include "tst_showinfolder.moc"
