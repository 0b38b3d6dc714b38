#include "settings.h"

#include "jsonfile.h"
#include "paths.h"

#include <QDir>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;

namespace plantain {

class SettingsTest final : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void roundTrip();
    void startsWithDefaults();
    void takesNonsense_data();
    void takesNonsense();
    void keepsTheOldFileOnError();
    void keepsForeignKeys();
    void followsXdg();
    void staysBelowOneFolder();

private:
    std::unique_ptr<QTemporaryDir> m_folder;
    Paths m_paths;
};

void SettingsTest::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_paths = Paths::below(m_folder->path());
}

void SettingsTest::roundTrip()
{
    const Settings settings { .theme = Settings::Theme::Dark,
        .server = u"https://example.com/fal"_s,
        .windowGeometry = QByteArray("\x00\x01\xFF", 3),
        .windowState = "state",
        .followNewest = false,
        .gallerySort = u"prompt"_s,
        .showFilters = true,
        .whatDiffers = false,
        .tileSize = 300,
        .exporting = { u"/pictures/été"_s, u"{prompt}"_s, true } };
    QVERIFY(saveSettings(m_paths.settings, settings));
    QCOMPARE(loadSettings(m_paths.settings), settings);
    QVERIFY(saveSettings(m_paths.settings, Settings()));
    QCOMPARE(loadSettings(m_paths.settings), Settings());
    QCOMPARE(QDir(m_paths.config).entryList(QDir::Files | QDir::Hidden), QStringList { u"settings.json"_s });
    const auto others = QFile::ReadGroup | QFile::ReadOther | QFile::WriteGroup | QFile::WriteOther;
    QVERIFY(!(QFile::permissions(m_paths.settings) & others));
}

void SettingsTest::startsWithDefaults()
{
    QCOMPARE(loadSettings(m_paths.settings), Settings());
    QVERIFY(!QFile::exists(m_paths.config)); // reading makes nothing
}

void SettingsTest::takesNonsense_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<bool>("readable");
    QTest::newRow("empty") << ""_ba << false;
    QTest::newRow("cut") << "{\"theme\": \"da"_ba << false;
    QTest::newRow("list") << "[]"_ba << true;
    QTest::newRow("wrong types")
        << R"({"theme":7,"server":[],"windowGeometry":{},"followNewest":"no","tileSize":"big"})"_ba << true;
    QTest::newRow("unknown theme") << R"({"theme":"purple"})"_ba << true;
}

void SettingsTest::takesNonsense()
{
    QFETCH(QByteArray, bytes);
    QVERIFY(QDir().mkpath(m_paths.config));
    QFile file(m_paths.settings);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(bytes);
    file.close();
    const Result<Settings> settings = loadSettings(m_paths.settings);
    QTEST(settings.has_value(), "readable");
    if (settings)
        QCOMPARE(*settings, Settings());
    QVERIFY(saveSettings(m_paths.settings, { .tileSize = 10'000 }));
    QCOMPARE(loadSettings(m_paths.settings)->tileSize, 512);
}

void SettingsTest::keepsTheOldFileOnError()
{
    QVERIFY(saveSettings(m_paths.settings, { .server = u"fal"_s }));
    // A folder where the new content is to be renamed to: fails for root too.
    const QString taken = m_folder->filePath(u"taken"_s);
    QVERIFY(QDir().mkpath(taken + u"/inside"_s));
    const Result<void> saved = saveSettings(taken, {});
    QVERIFY(!saved);
    QCOMPARE(saved.error().kind, ErrorKind::Disk);
    QCOMPARE(QDir(m_folder->path()).entryList({ u"*.new"_s }, QDir::AllEntries | QDir::Hidden), QStringList());
    const Result<void> below = saveSettings(m_paths.settings + u"/x/y.json"_s, {});
    QVERIFY(!below);
    QCOMPARE(loadSettings(m_paths.settings)->server, u"fal"_s);
}

void SettingsTest::keepsForeignKeys()
{
    QVERIFY(writeJsonFile(m_paths.settings, *parseJson(R"({"later":{"a":1},"theme":"dark","export":"?"})")));
    Settings settings = *loadSettings(m_paths.settings);
    QCOMPARE(settings.theme, Settings::Theme::Dark);
    settings.theme = Settings::Theme::Light;
    QVERIFY(saveSettings(m_paths.settings, settings));
    const Json json = *readJsonFile(m_paths.settings);
    QVERIFY(json["later"]["a"] == Json(1));
    QCOMPARE(stringAt(json, "theme"), u"light"_s);
}

void SettingsTest::followsXdg()
{
    const QByteArray home = m_folder->path().toUtf8();
    qputenv("XDG_CONFIG_HOME", home + "/c");
    qputenv("XDG_DATA_HOME", home + "/d");
    qputenv("XDG_CACHE_HOME", home + "/k");
    const Paths paths = Paths::standard();
    const QString root = m_folder->path();
    QCOMPARE(paths.endpoints, root + u"/c/plantain/endpoints"_s);
    QCOMPARE(paths.settings, root + u"/c/plantain/settings.json"_s);
    QCOMPARE(paths.library, root + u"/d/plantain/library"_s);
    QCOMPARE(paths.draft, root + u"/d/plantain/draft.json"_s);
    QCOMPARE(paths.thumbnails, root + u"/k/plantain/thumbnails"_s);
    QVERIFY(QDir(root).isEmpty());
}

void SettingsTest::staysBelowOneFolder()
{
    for (const QString &path : { m_paths.config, m_paths.data, m_paths.cache, m_paths.endpoints, m_paths.settings,
             m_paths.draft, m_paths.library, m_paths.thumbnails })
        QVERIFY(path.startsWith(m_folder->path() + u'/'));
}

} // namespace plantain

QTEST_GUILESS_MAIN(plantain::SettingsTest)
#include "tst_settings.moc"
