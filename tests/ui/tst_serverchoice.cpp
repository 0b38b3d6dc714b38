#include "actions.h"
#include "addresssheet.h"
#include "examples.h"
#include "keypage.h"
#include "mainwindow.h"
#include "messagestrip.h"
#include "openlink.h"
#include "parametermodel.h"
#include "runmodel.h"
#include "runpanel.h"
#include "session.h"
#include "thumbnailstore.h"
#include "workbench.h"

#include <QAccessible>
#include <QAction>
#include <QApplication>
#include <QCheckBox>
#include <QClipboard>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>

using namespace plantain;
using namespace Qt::StringLiterals;

namespace {

/// The window over a workbench; the built-in sandbox is chosen, as at the first start.
struct Fixture
{
    Fixture()
    {
        bench.useServer(Server::at(bench.sandbox->base(), true));
        session = std::make_unique<Session>(bench.catalog, *bench.library, *bench.servers, bench.pool,
                                            loadExamples(u":/examples"_s).examples, bench.folder.filePath(u"draft.json"_s));
        window = std::make_unique<MainWindow>(*session, thumbnails, settingsFile);
        window->show();
        session->begin(OpenReport());
    }
    ~Fixture()
    {
        window.reset();
        session.reset();
    }

    MessageStrip *strip(const QString &name) const { return window->findChild<MessageStrip *>(name); }
    QString generateText() const { return window->findChild<QPushButton *>(u"generate"_s)->text(); }
    QMenu *menu() const { return window->findChild<QPushButton *>(u"server"_s)->menu(); }
    QAction *item(const QString &server) const
    {
        for (QAction *action : menu()->actions()) {
            if (action->data().toString() == server)
                return action;
        }
        return nullptr;
    }
    KeyPage *openKeyPage() const
    {
        window->actionSet().enterKey->trigger();
        const QList<KeyPage *> pages = window->findChildren<KeyPage *>();
        return pages.isEmpty() ? nullptr : pages.back();
    }
    /// Asks whether the address sheet takes it.
    QString enterAddress(const QString &address) const
    {
        window->actionSet().otherServer->trigger();
        auto *sheet = window->findChild<AddressSheet *>();
        sheet->findChild<QLineEdit *>(u"address"_s)->setText(address);
        QTest::keyClick(sheet->findChild<QLineEdit *>(u"address"_s), Qt::Key_Return);
        QString said;
        for (const QLabel *label : sheet->findChildren<QLabel *>())
            said += label->text();
        const bool open = sheet->isVisible();
        delete sheet;
        return open ? said : QString();
    }
    QString settings() const
    {
        QFile file(settingsFile);
        return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
    }

    Workbench bench;
    ThumbnailStore thumbnails { bench.folder.filePath(u"thumbnails"_s), bench.pool };
    const QString settingsFile = bench.folder.filePath(u"settings.json"_s);
    std::unique_ptr<Session> session;
    std::unique_ptr<MainWindow> window;
};

template <class T>
T *in(const QWidget *page, const QString &name)
{
    return page->findChild<T *>(name);
}

QString textOf(const QWidget *page, const QString &name)
{
    return in<QLabel>(page, name)->text();
}

const QString secret = u"id:canary-4711"_s;

} // namespace

class TestServerChoice : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void firstStart();
    void falWithoutAKeyShowsTheWay();
    void anotherAddress();
    void pricesFollowTheChoice();
    void testsAKey();
    void savesForTheSessionWhereThereIsNoKeyring();
    void theEnvironmentIsSaidSo();
    void theKeyIsNowhere();
    void aRunLeadsToTheKeyOfItsServer();
    void onlyPagesOfFalAreOpened();
};

void TestServerChoice::firstStart()
{
    Fixture f;
    QVERIFY(f.session->server().isSandbox);
    QVERIFY(f.session->parameters()->index(f.session->parameters()->promptRow(), 0).isValid());
    QVERIFY(stringAt(f.session->parameters()->input(), "prompt").size() > 20);
    QVERIFY(f.strip(u"remark"_s)->isVisible());
    QVERIFY(f.strip(u"remark"_s)->text().contains(u"placeholder"_s));
    auto *way = f.strip(u"remark"_s)->findChild<QPushButton *>();
    QVERIFY(way->isVisible());
    way->click();
    QTRY_VERIFY(f.window->findChild<KeyPage *>());
    QCOMPARE(f.window->findChild<KeyPage *>()->server(), u"fal"_s);
    QVERIFY(!QApplication::activeModalWidget());
}

void TestServerChoice::falWithoutAKeyShowsTheWay()
{
    Fixture f;
    const Json before = f.session->parameters()->input();
    QTRY_VERIFY(f.item(u"fal"_s));
    f.item(u"fal"_s)->trigger();
    QVERIFY(f.session->server().isFal);
    QVERIFY(f.settings().contains(u"\"server\": \"fal\""_s));
    QTRY_VERIFY(f.strip(u"remark"_s)->text().contains(u"key"_s));
    QVERIFY(f.strip(u"remark"_s)->findChild<QPushButton *>()->isVisible());
    f.session->generate();
    QTRY_VERIFY(f.strip(u"problem"_s)->isVisible());
    QVERIFY(f.strip(u"problem"_s)->findChild<QPushButton *>()->isVisible());
    QVERIFY(f.session->parameters()->input() == before);

    f.bench.keys->useForSession(u"fal"_s, "id:secret");
    QVERIFY(!f.strip(u"remark"_s)->isVisible());
    // Errors of another kind have no button.
    Q_EMIT f.session->said({ .kind = ErrorKind::Disk, .type = u"full"_s });
    QVERIFY(!f.strip(u"problem"_s)->findChild<QPushButton *>()->isVisible());
}

void TestServerChoice::anotherAddress()
{
    Fixture f;
    QVERIFY(f.enterAddress(u"http://example.com"_s).contains(u"clear"_s));
    QVERIFY(f.session->server().isSandbox);
    QVERIFY(!f.enterAddress(u"nonsense"_s).isEmpty());
    const QString address = f.bench.sandbox->base().toString();
    QVERIFY(f.enterAddress(address + u'/').isEmpty());
    QCOMPARE(f.session->server().name, address);
    QCOMPARE(in<QPushButton>(f.window.get(), u"server"_s)->text(), address);
    QVERIFY(!f.strip(u"remark"_s)->isVisible());
    QTRY_VERIFY(f.item(address) && f.item(address)->isChecked());
    f.item(u"sandbox"_s)->trigger();
    QVERIFY(f.strip(u"remark"_s)->isVisible());
    QTRY_VERIFY(f.item(u"sandbox"_s)->isChecked());
    QVERIFY(f.item(address)); // remembered
    QVERIFY(f.settings().contains(address));
    for (int n = 0; n < 9; ++n)
        QVERIFY(f.enterAddress(u"https://server%1.example.com"_s.arg(n)).isEmpty());
    QTRY_VERIFY(f.item(u"https://server8.example.com"_s));
    QVERIFY(f.item(u"https://server4.example.com"_s) && !f.item(u"https://server3.example.com"_s));
}

void TestServerChoice::pricesFollowTheChoice()
{
    Fixture f;
    QVERIFY(f.generateText().contains(u"free"_s));
    QVERIFY(f.bench.servers->choose(u"fal"_s).has_value());
    QVERIFY(f.generateText().contains(u'$'));
    QVERIFY(f.bench.servers->choose(u"sandbox"_s).has_value());
    QVERIFY(f.generateText().contains(u"free"_s));
}

void TestServerChoice::testsAKey()
{
    Fixture f;
    QVERIFY(f.enterAddress(f.bench.sandbox->base().toString()).isEmpty());
    KeyPage *page = f.openKeyPage();
    QVERIFY(page);
    const auto answerTo = [page](const QString &key) {
        in<QLineEdit>(page, u"key"_s)->setText(key);
        in<QPushButton>(page, u"testKey"_s)->click();
    };
    answerTo(u"good:key"_s);
    QTRY_VERIFY(textOf(page, u"keyAnswer"_s).contains(u"accepts"_s));
    answerTo(u"invalid:key"_s);
    QTRY_VERIFY(textOf(page, u"keyAnswer"_s).contains(u"not accept"_s));
    answerTo(u"two words"_s);
    QVERIFY(textOf(page, u"keyAnswer"_s).contains(u"spaces"_s));
    f.bench.sandbox.reset();
    answerTo(u"good:key"_s);
    QTRY_VERIFY_WITH_TIMEOUT(textOf(page, u"keyAnswer"_s).contains(u"connection"_s), 30'000);
    QVERIFY(f.bench.keys->key(page->server()).isEmpty()); // tested is not saved
}

void TestServerChoice::savesForTheSessionWhereThereIsNoKeyring()
{
    Fixture f;
    KeyPage *page = f.openKeyPage();
    auto *key = in<QLineEdit>(page, u"key"_s);
    QTRY_VERIFY(in<QPushButton>(page, u"saveKey"_s)->text().contains(u"session only"_s)); // said before anything is typed
    QTRY_VERIFY2(textOf(page, u"keyState"_s).contains(u"no keyring"_s), qPrintable(textOf(page, u"keyState"_s)));
    for (const QPushButton *button : page->findChildren<QPushButton *>()) {
        if (button->isVisible())
            QTRY_VERIFY2(button->width() >= button->sizeHint().width(), qPrintable(button->text()));
    }
    key->setText(u" Key "_s + secret + u'\n');
    QTest::keyClick(key, Qt::Key_Return);
    QTRY_COMPARE(f.bench.keys->key(u"fal"_s), secret.toLatin1());
    QVERIFY(key->text().isEmpty());
    QTRY_VERIFY(textOf(page, u"keyState"_s).contains(u"for this session only"_s));
    QVERIFY(textOf(page, u"keyAnswer"_s).contains(u"until Plantain ends"_s));
    QVERIFY(f.session->server().isSandbox); // nothing starts to cost by itself
    in<QPushButton>(page, u"useServer"_s)->click();
    QVERIFY(f.session->server().isFal);
    QVERIFY(!page->isVisible());

    page = f.openKeyPage();
    in<QPushButton>(page, u"forgetKey"_s)->click();
    QVERIFY(f.bench.keys->key(u"fal"_s).isEmpty());
    QTRY_VERIFY(f.strip(u"remark"_s)->isVisible());
}

void TestServerChoice::theEnvironmentIsSaidSo()
{
    Fixture f;
    f.bench.keys->setFromEnvironment(u"fal"_s, "id:environment");
    KeyPage *page = f.openKeyPage();
    QVERIFY(textOf(page, u"keyState"_s).contains(u"FAL_KEY"_s));
    QVERIFY(!in<QLineEdit>(page, u"key"_s)->isEnabled());
    QVERIFY(!in<QPushButton>(page, u"forgetKey"_s)->isEnabled());
    QVERIFY(in<QPushButton>(page, u"testKey"_s)->isEnabled());
}

void TestServerChoice::theKeyIsNowhere()
{
    Fixture f;
    KeyPage *page = f.openKeyPage();
    auto *key = in<QLineEdit>(page, u"key"_s);
    key->setText(secret);
    for (QCheckBox *box : page->findChildren<QCheckBox *>()) {
        if (box->text().contains(u"how"_s))
            box->setChecked(true);
    }
    QTest::keyClick(key, Qt::Key_A, Qt::ControlModifier);
    QTest::keyClick(key, Qt::Key_C, Qt::ControlModifier);
    QTest::keyClick(key, Qt::Key_X, Qt::ControlModifier);
    key->setText(secret);
    QVERIFY(!QApplication::clipboard()->text().contains(u"canary"_s));
    for (QWidget *widget : QApplication::allWidgets()) {
        QAccessibleInterface *told = QAccessible::queryAccessibleInterface(widget);
        for (int text = QAccessible::Name; told && text <= QAccessible::DebugDescription; ++text)
            QVERIFY2(!told->text(QAccessible::Text(text)).contains(u"canary"_s), widget->metaObject()->className());
        QVERIFY(!widget->toolTip().contains(u"canary"_s) && !widget->windowTitle().contains(u"canary"_s));
    }
    QTest::keyClick(key, Qt::Key_Return);
    QTRY_COMPARE(f.bench.keys->key(u"fal"_s), secret.toLatin1());
    QVERIFY(f.window->close());
    QVERIFY(!f.settings().isEmpty() && !f.settings().contains(u"canary"_s));
}

/// Which need not be the server that is chosen now.
void TestServerChoice::aRunLeadsToTheKeyOfItsServer()
{
    Fixture f;
    RunRecord run;
    run.id = newRunId();
    run.endpoint = f.session->endpoint()->id;
    run.server = u"https://queue.example.com"_s;
    run.input = { { "prompt", "a lighthouse" } };
    QVERIFY(Workbench::wait(f.bench.library->add(run)).has_value());
    QTRY_VERIFY(f.session->runs()->summary(run.id));
    Q_EMIT f.window->findChild<RunPanel *>()->keyRequested(run.id);
    QTRY_VERIFY(f.window->findChild<KeyPage *>());
    QCOMPARE(f.window->findChild<KeyPage *>()->server(), run.server);
}

void TestServerChoice::onlyPagesOfFalAreOpened()
{
    QVERIFY(isPageOfFal(keysPage()));
    for (const char *address : { "http://fal.ai/x", "https://fal.ai.evil/x", "https://evil@fal.ai/", "https://fal.ai:444/",
                                 "file:///etc/passwd", "javascript:alert(1)", "" })
        QVERIFY2(!isPageOfFal(QUrl(QString::fromLatin1(address))), address);
    Fixture f;
    QVERIFY(f.window->actionSet().playground->isEnabled());
    QVERIFY(f.window->actionSet().documentation->isEnabled());
    for (const Endpoint &endpoint : f.bench.catalog.endpoints())
        QVERIFY(isPageOfFal(endpoint.playground) && isPageOfFal(endpoint.documentation));
}

QTEST_MAIN(TestServerChoice)
#include "tst_serverchoice.moc"
