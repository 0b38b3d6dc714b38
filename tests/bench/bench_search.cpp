// How long a search takes in a library of a hundred thousand runs, from the words to the rows of the gallery, beside the
// bare query through the sqlite3 shell on the same file. Prints figures as JSON and judges none; it fails only when the
// rows are not those that the shell finds.
#include "database.h"
#include "galleryfilter.h"
#include "json.h"
#include "library.h"
#include "measuring.h"
#include "runtable.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QFile>
#include <QProcess>
#include <QRandomGenerator>
#include <QTemporaryDir>
#include <QTextStream>

#include <algorithm>
#include <limits>

using namespace Qt::StringLiterals;
using namespace plantain;

namespace {

template <class T>
T waited(const QFuture<Result<T>> &future)
{
    while (!future.isFinished())
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
    if (!future.result())
        qFatal("%s", qPrintable(future.result().error().message));
    return *future.result();
}

/// Many words, some of them frequent: as prompts have them.
QString promptOf(QRandomGenerator &random)
{
    static const QStringList common = u"a photo of cat dog plantain harbour lamp under soft morning light with red letters "
                                      "on wet street seen from above quiet old painted wooden boat"_s.split(u' ');
    QStringList words;
    for (int count = 8 + random.bounded(40); count > 0; --count)
        words << (random.bounded(4) ? common.at(random.bounded(int(common.size()))) : u"word%1"_s.arg(random.bounded(20'000)));
    return words.join(u' ');
}

void fill(const QString &file, int count)
{
    auto database = Database::open(file, Database::Mode::Building);
    if (!database || !database->run(u"BEGIN"_s))
        qFatal("no database");
    RunTable table(*database);
    QRandomGenerator random(20261128);
    for (int number = 1; number <= count; ++number) {
        RunRecord record;
        record.id = { u"r%1"_s.arg(number) };
        record.endpoint = { u"endpoint/%1"_s.arg(number % 6) };
        record.state = RunState::Done;
        record.createdAt = QDateTime::currentDateTimeUtc();
        record.input = Json { { "prompt", promptOf(random).toStdString() }, { "seed", number } };
        record.description = promptOf(random);
        record.images = { { .file = u"a.png"_s, .sha256 = u"00"_s, .size = { 1024, 1024 } } };
        if (!table.insert(record, 1))
            qFatal("not inserted");
    }
    if (!database->run(u"COMMIT"_s))
        qFatal("not committed");
}

double since(const QElapsedTimer &clock)
{
    return double(clock.nsecsElapsed()) / 1e6;
}

/// Milliseconds that the whole shell took.
double ask(const QString &file, const QString &sql, QByteArray &output)
{
    QElapsedTimer clock;
    clock.start();
    QProcess process;
    process.start(u"sqlite3"_s, { u"-readonly"_s, file, sql });
    if (!process.waitForFinished(-1) || process.exitCode() != 0)
        qFatal("the shell said: %s", process.readAllStandardError().constData());
    output = process.readAllStandardOutput();
    return since(clock);
}

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    const QStringList arguments = application.arguments();
    const auto option = [&arguments](const QString &name, const QString &otherwise) { return optionOf(arguments, name, otherwise); };
    const int count = option(u"--runs"_s, u"100000"_s).toInt();
    const int rounds = option(u"--rounds"_s, u"5"_s).toInt();
    const QTemporaryDir folder;
    {
        Library library(folder.path());
        waited(library.open());
    }
    const QString file = folder.filePath(u"plantain.db"_s);
    fill(file, count);

    const std::vector<std::pair<QString, QString>> searches { { u"frequent"_s, u"harbour lamp"_s }, { u"rare"_s, u"word17 word5"_s }, { u"mixed"_s, u"harbour word1999"_s } };
    // Before the library is open: it has its file for itself.
    struct Shell
    {
        double milliseconds = std::numeric_limits<double>::max(), start = milliseconds;
        qsizetype found = 0;
    };
    std::vector<Shell> shells;
    for (const auto &[name, typed] : searches) {
        Shell &shell = shells.emplace_back();
        QString match = parseSearch(typed).match;
        const QString sql = u"SELECT rowid FROM words WHERE words MATCH '%1'"_s.arg(match.replace(u'\'', u"''"_s));
        for (int round = 0; round < rounds; ++round) {
            QByteArray output;
            shell.start = std::min(shell.start, ask(file, u"SELECT 1"_s, output));
            shell.milliseconds = std::min(shell.milliseconds, ask(file, sql, output));
            shell.found = output.count('\n');
        }
    }

    Library library(folder.path());
    waited(library.open());
    GalleryModel model([](const QString &name) { return name; });
    for (qint64 before = 0;;) {
        const std::vector<RunSummary> page = waited(library.summaries(before, 1000));
        if (page.empty())
            break;
        model.addSummaries(page);
        before = page.back().sequence;
    }
    GalleryFilter filter(model);
    Json report { { "runs", count }, { "rounds", rounds } };
    bool right = model.rowCount() == count;
    for (size_t number = 0; number < searches.size(); ++number) {
        const SearchQuery query = parseSearch(searches[number].second);
        const Shell &shell = shells[number];
        double ours = std::numeric_limits<double>::max();
        for (int round = 0; round < rounds; ++round) {
            filter.setFilter({});
            QElapsedTimer clock;
            clock.start();
            const auto hits = std::make_shared<const SearchHits>(waited(library.search(query)));
            filter.setFilter({ .found = hits });
            ours = std::min(ours, since(clock));
        }
        right = right && filter.rowCount() == shell.found;
        report[searches[number].first.toStdString()]
            = Json { { "found", shell.found }, { "ms", ours }, { "shell_ms", shell.milliseconds }, { "shell_start_ms", shell.start },
                     { "ratio", ours / shell.milliseconds }, { "ratio_without_start", ours / std::max(0.001, shell.milliseconds - shell.start) } };
    }
    QTextStream(stdout) << toPrettyBytes(report) << Qt::endl;
    if (const QString name = option(u"--json"_s, {}); !name.isEmpty()) {
        QFile json(name);
        if (!json.open(QIODevice::WriteOnly) || json.write(toPrettyBytes(report)) < 0)
            return 1;
    }
    return right ? 0 : 1;
}
