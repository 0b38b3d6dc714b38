// How long the gallery of a hundred thousand runs takes to filter and to sort, beside the least such work there is: a
// scan and a std::sort of the same strings with the same comparison. Prints figures as JSON and judges none; it fails
// only when the rows are not those of the scan.
#include "galleryfilter.h"
#include "json.h"
#include "measuring.h"

#include <QElapsedTimer>
#include <QFile>
#include <QGuiApplication>
#include <QItemSelectionModel>
#include <QRandomGenerator>
#include <QTextStream>

#include <algorithm>
#include <functional>
#include <limits>

using namespace Qt::StringLiterals;
using namespace plantain;

namespace {

std::vector<RunSummary> summaries(int count)
{
    static const QStringList words = u"a photo of cat dog plantain harbour lamp under soft morning light with red "
                                     "letters on wet street seen from above quiet old painted wooden boat"_s.split(u' ');
    QRandomGenerator random(20261125);
    std::vector<RunSummary> runs;
    runs.reserve(size_t(count));
    for (int number = 1; number <= count; ++number) {
        RunSummary run;
        run.id = { u"r%1"_s.arg(number) };
        run.sequence = number;
        run.endpoint = { u"endpoint/%1"_s.arg(number % 6) };
        run.state = number % 10 ? RunState::Done : RunState::Failed;
        QStringList prompt { u"A photo of"_s }; // half begin alike, as prompts do
        if (number % 2)
            prompt.clear();
        for (int word = 8 + random.bounded(40); word > 0; --word)
            prompt << words.at(random.bounded(int(words.size())));
        run.prompt = prompt.join(u' ');
        if (run.state == RunState::Done)
            run.images.push_back({ .file = u"a.png"_s, .size = { 1024 + number % 7, 1024 } });
        runs.push_back(std::move(run));
    }
    return runs;
}

/// Milliseconds of the fastest round; what prepares a round is not counted.
template <class Work>
double bestOf(int rounds, Work work, const std::function<void()> &prepare = [] {})
{
    double best = std::numeric_limits<double>::max();
    for (int round = 0; round < rounds; ++round) {
        prepare();
        QElapsedTimer clock;
        clock.start();
        work();
        best = std::min(best, double(clock.nsecsElapsed()) / 1e6);
    }
    return best;
}

} // namespace

int main(int argc, char **argv)
{
    QGuiApplication application(argc, argv);
    const QStringList arguments = application.arguments();
    const auto option = [&arguments](const QString &name, const QString &otherwise) { return optionOf(arguments, name, otherwise); };
    const int count = option(u"--runs"_s, u"100000"_s).toInt();
    const int rounds = option(u"--rounds"_s, u"5"_s).toInt();

    const std::vector<RunSummary> runs = summaries(count);
    GalleryModel model([](const QString &file) { return file; });
    model.addSummaries(runs);
    GalleryFilter filter(model);
    QItemSelectionModel selection(&filter); // what a view keeps
    selection.setCurrentIndex(filter.index(count / 2), QItemSelectionModel::ClearAndSelect);
    QStringList prompts;
    for (const RunSummary &run : runs)
        prompts << run.prompt;

    const QString word = u"harbour"_s;
    qsizetype found = 0;
    const double scan = bestOf(rounds, [&] {
        found = std::count_if(prompts.begin(), prompts.end(),
                              [&word](const QString &prompt) { return prompt.contains(word, Qt::CaseInsensitive); });
    });
    QStringList sorted;
    const double plainSort = bestOf(rounds, [&] {
        sorted = prompts;
        std::sort(sorted.begin(), sorted.end(),
                  [](const QString &one, const QString &other) { return one.compare(other, Qt::CaseInsensitive) < 0; });
    });

    const auto showAll = [&filter] { filter.setFilter({}); };
    const auto showWord = [&filter, &word] { filter.setFilter({ .text = word }); };
    const auto sortBy = [&filter](GallerySort sort) { return [&filter, sort] { filter.setSort(sort); }; };
    const double filtered = bestOf(rounds, showWord, showAll);
    const bool right = filter.rowCount() == found;
    const double typedOn = bestOf(rounds, [&] { filter.setFilter({ .text = word + u" under"_s }); }, showWord);
    const double cleared = bestOf(rounds, showAll, showWord);
    const double pictures = bestOf(rounds, [&] { filter.setFilter({ .group = TileGroup::Pictures }); }, showAll);
    showAll();
    const double byPrompt = bestOf(rounds, sortBy(GallerySort::Prompt), sortBy(GallerySort::Newest));
    bool inOrder = filter.rowCount() == count;
    for (int row = 0; row < filter.rowCount() && inOrder; row += 97) {
        inOrder = filter.index(row).data(GalleryRole::WholePrompt).toString().compare(sorted.at(row), Qt::CaseInsensitive) == 0;
    }
    const double bySize = bestOf(rounds, sortBy(GallerySort::Largest), sortBy(GallerySort::Newest));
    filter.setSort(GallerySort::Prompt);
    int sequence = count;
    RunRecord record;
    const double oneMore = bestOf(rounds, [&] { model.runAdded(record); }, [&] {
        record.id = { u"r%1"_s.arg(++sequence) };
        record.sequence = sequence;
        record.input = Json { { "prompt", "a photo of the one that came last" } };
    });

    const auto figure = [](double milliseconds, double floor) {
        return Json { { "ms", milliseconds }, { "floor_ms", floor }, { "ratio", milliseconds / floor } };
    };
    const Json report { { "runs", count },
                        { "rounds", rounds },
                        { "filter_by_word", figure(filtered, scan) },
                        { "type_on", figure(typedOn, scan) },
                        { "clear_filter", figure(cleared, scan) },
                        { "pictures_only", figure(pictures, scan) },
                        { "sort_by_prompt", figure(byPrompt, plainSort) },
                        { "sort_by_size", figure(bySize, plainSort) },
                        { "a_run_comes", figure(oneMore, plainSort) } };
    QTextStream(stdout) << toPrettyBytes(report) << Qt::endl;
    if (const QString name = option(u"--json"_s, {}); !name.isEmpty()) {
        QFile file(name);
        if (!file.open(QIODevice::WriteOnly) || file.write(toPrettyBytes(report)) < 0)
            return 1;
    }
    return right && inOrder ? 0 : 1;
}
