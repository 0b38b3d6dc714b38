#include "errortext.h"
#include "gallerymodel.h"
#include "galleryroles.h"
#include "runmodel.h"
#include "workbench.h"

using namespace plantain;
using namespace Qt::StringLiterals;

namespace {

// fal-protocol.md 4.1 and 4.2, as documented.
const QStringList modelTypes {
    u"internal_server_error"_s,    u"generation_timeout"_s,        u"downstream_service_error"_s,
    u"downstream_service_unavailable"_s, u"content_policy_violation"_s, u"no_media_generated"_s,
    u"image_too_small"_s,          u"image_too_large"_s,           u"image_load_error"_s,
    u"file_download_error"_s,      u"face_detection_error"_s,      u"file_too_large"_s,
    u"greater_than"_s,             u"greater_than_equal"_s,        u"less_than"_s,
    u"less_than_equal"_s,          u"multiple_of"_s,               u"sequence_too_short"_s,
    u"sequence_too_long"_s,        u"one_of"_s,                    u"feature_not_supported"_s,
    u"invalid_archive"_s,          u"archive_file_count_below_minimum"_s, u"archive_file_count_exceeds_maximum"_s,
    u"audio_duration_too_long"_s,  u"audio_duration_too_short"_s,  u"video_duration_too_long"_s,
    u"video_duration_too_short"_s, u"unsupported_audio_format"_s,  u"unsupported_image_format"_s,
    u"unsupported_video_format"_s,
};
const QStringList requestTypes {
    u"request_timeout"_s,           u"startup_timeout"_s,          u"runner_scheduling_failure"_s,
    u"runner_connection_timeout"_s, u"runner_disconnected"_s,      u"runner_connection_refused"_s,
    u"runner_connection_error"_s,   u"runner_incomplete_response"_s, u"runner_server_error"_s,
    u"internal_error"_s,            u"client_disconnected"_s,      u"bad_request"_s,
};
// Names of pydantic that pass through.
const QStringList passedThrough { u"missing"_s,     u"literal_error"_s, u"string_too_long"_s, u"string_too_short"_s,
                                  u"int_parsing"_s, u"value_error"_s,   u"bool_parsing"_s,    u"enum"_s };

} // namespace

/// Every documented error of fal has a sentence and a way on, and stands where it belongs.
class TestErrorText : public QObject
{
    Q_OBJECT

private:
    std::unique_ptr<Workbench> m_bench;

private Q_SLOTS:
    void initTestCase() { m_bench = std::make_unique<Workbench>(); }
    void cleanupTestCase() { m_bench.reset(); }
    void everyTypeHasWordsAndAWayOn_data();
    void everyTypeHasWordsAndAWayOn();
    void throughARun_data();
    void throughARun();
    void ourOwnWordsStayAsTheyAre();
    void anUnknownTypeSaysWhatTheServerSaid();
};

void TestErrorText::everyTypeHasWordsAndAWayOn_data()
{
    QTest::addColumn<ErrorKind>("kind");
    for (const QString &type : modelTypes + passedThrough)
        QTest::newRow(qPrintable(type)) << ErrorKind::Model;
    for (const QString &type : requestTypes)
        QTest::newRow(qPrintable(type)) << ErrorKind::Infrastructure;
}

void TestErrorText::everyTypeHasWordsAndAWayOn()
{
    QFETCH(ErrorKind, kind);
    const QString type = QString::fromLatin1(QTest::currentDataTag());
    const ErrorText text = errorText({ .kind = kind, .type = type, .message = u"its own words"_s }, RunState::Failed);
    const ErrorText general = errorText({ .kind = kind, .type = u"a type nobody knows"_s, .message = u"its own words"_s },
                                        RunState::Failed);
    QVERIFY(text.what.endsWith(u"its own words."_s)); // what the server said is never lost
    QVERIFY2(text.what != general.what, qPrintable(text.what));
    QVERIFY(text.what.size() > 25);
    QVERIFY(!text.kept.isEmpty());
    QVERIFY2(text.next.endsWith(u'.'), qPrintable(text.next));
    QVERIFY(!text.sentence().contains(type)); // a name of the protocol is no sentence
}

void TestErrorText::throughARun_data()
{
    QTest::addColumn<QString>("type");
    for (const QString &type : modelTypes + requestTypes)
        QTest::newRow(qPrintable(type)) << type;
}

void TestErrorText::throughARun()
{
    QFETCH(QString, type);
    const Json input { { "prompt", "a dog\nsandbox: error=" + type.toStdString() }, { "resolution", "0.5K" } };
    GalleryModel gallery([](const QString &file) { return file; });
    RunModel runs;
    const RunRecord record = m_bench->settled(m_bench->started({ u"fal-ai/nano-banana-2"_s }, input).id);
    gallery.runAdded(record);
    runs.runAdded(record);

    if (type == u"client_disconnected"_s) { // 499: the request was given up
        QCOMPARE(record.state, RunState::Cancelled);
        return;
    }
    QCOMPARE(record.state, RunState::Failed);
    QCOMPARE(record.error->type, type);
    const ErrorText text = errorText(*record.error, record.state);
    const QModelIndex tile = gallery.index(0);
    // A refusal and a run without a picture are results of their own.
    const TileState expected = type == "content_policy_violation"_L1 ? TileState::Refused
        : type == "no_media_generated"_L1                            ? TileState::Empty
                                                                     : TileState::Failed;
    QCOMPARE(TileState(tile.data(GalleryRole::State).toInt()), expected);
    QCOMPARE(tile.data(GalleryRole::What).toString(), text.what);
    QCOMPARE(tile.data(GalleryRole::Next).toString(), text.next);
    QVERIFY(!text.next.isEmpty());
    QVERIFY(!record.reply.isEmpty()); // everything the server said is kept
}

void TestErrorText::ourOwnWordsStayAsTheyAre()
{
    const ErrorText text = errorText(
        { .kind = ErrorKind::InvalidInput, .type = u"less_than_equal"_s, .message = u"Images must be from 1 to 4, not 9."_s });
    QCOMPARE(text.sentence(), u"Images must be from 1 to 4, not 9."_s);
    QVERIFY(errorText({ .kind = ErrorKind::Keyring, .type = u"missing"_s }).what.contains(u"keyring"_s));
}

void TestErrorText::anUnknownTypeSaysWhatTheServerSaid()
{
    const ErrorText text = errorText(
        { .kind = ErrorKind::Model, .type = u"brand_new_error"_s, .message = u"Something new"_s }, RunState::Failed);
    QVERIFY(text.what.contains(u"Something new."_s));
}

QTEST_MAIN(TestErrorText)
#include "tst_errortext.moc"
