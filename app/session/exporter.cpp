#include "exporter.h"

#include "library.h"
#include "whenfinished.h"

#include <QtConcurrentRun>

#include <algorithm>

namespace plantain {

/// Reads the runs of pictures from the library, one after the other, so that few are in memory at a time.
struct Exporter::Loading
{
    std::vector<PictureId> pictures;
    std::function<bool()> isWanted;
    std::function<void(const std::vector<ExportItem> &items)> done;
    std::vector<ExportItem> items;
    size_t next = 0;
};

Exporter::Exporter(Library &library, QObject *parent)
    : QObject(parent)
    , m_library(library)
{
    m_previewPool.setMaxThreadCount(1);
    m_copyPool.setMaxThreadCount(1);
}

Exporter::~Exporter()
{
    cancel();
}

void Exporter::load(const std::shared_ptr<Loading> &loading)
{
    if (loading->next == loading->pictures.size() || !loading->isWanted()) {
        loading->done(loading->items);
        return;
    }
    whenFinished(m_library.run(loading->pictures[loading->next].run), this, [this, loading](const Result<RunRecord> &record) {
        const RunId run = loading->pictures[loading->next].run;
        for (; loading->next < loading->pictures.size() && loading->pictures[loading->next].run == run; ++loading->next) {
            const int index = loading->pictures[loading->next].index;
            const auto image = record ? std::find_if(record->images.begin(), record->images.end(),
                                                     [index](const ImageRecord &each) { return each.index == index; })
                                      : std::vector<ImageRecord>::const_iterator();
            if (!record || image == record->images.end())
                continue;
            if (auto item = exportItemOf(*record, index, m_library.absolute(image->file)))
                loading->items.push_back(*std::move(item));
        }
        load(loading);
    });
}

void Exporter::preview(const std::vector<PictureId> &pictures, const ExportOptions &options)
{
    const int request = ++m_previewRequest;
    const auto isNewest = [this, request] { return request == m_previewRequest; };
    const auto look = [this, isNewest, options, total = int(pictures.size())] {
        const int count = total > mostPreviewed ? total : int(m_previewItems.size());
        whenFinished(QtConcurrent::run(&m_previewPool, previewExport, m_previewItems, count, options), this,
                     [this, isNewest](const ExportPreview &made) {
                         if (isNewest())
                             Q_EMIT previewed(made);
                     });
    };
    if (pictures == m_previewPictures) {
        look();
        return;
    }
    auto loading = std::make_shared<Loading>();
    loading->pictures.assign(pictures.begin(), pictures.begin() + std::min(pictures.size(), size_t(mostPreviewed)));
    loading->isWanted = isNewest;
    loading->done = [this, isNewest, look, pictures](const std::vector<ExportItem> &items) {
        if (!isNewest())
            return;
        m_previewPictures = pictures;
        m_previewItems = items;
        look();
    };
    load(loading);
}

void Exporter::start(const std::vector<PictureId> &pictures, const ExportOptions &options)
{
    if (isRunning() || pictures.empty())
        return;
    m_cancelled = std::make_shared<std::atomic<bool>>(false);
    Q_EMIT started(int(pictures.size()));
    auto loading = std::make_shared<Loading>();
    loading->pictures = pictures;
    loading->isWanted = [cancelled = m_cancelled] { return !*cancelled; };
    loading->done = [this, options](const std::vector<ExportItem> &items) { copy(items, options); };
    load(loading);
}

void Exporter::copy(const std::vector<ExportItem> &items, const ExportOptions &options)
{
    const auto work = [cancelled = m_cancelled, items, options](QPromise<ExportOutcome> &promise) {
        promise.setProgressRange(0, int(items.size()));
        promise.addResult(copyOut(items, options, [&promise, &cancelled](int done) {
            promise.setProgressValue(done);
            return !*cancelled;
        }));
    };
    auto *watcher = new QFutureWatcher<ExportOutcome>(this);
    connect(watcher, &QFutureWatcherBase::progressValueChanged, this,
            [this, total = int(items.size())](int done) { Q_EMIT progressed(done, total); });
    connect(watcher, &QFutureWatcherBase::finished, this, [this, watcher] {
        watcher->deleteLater();
        m_cancelled.reset();
        Q_EMIT finished(watcher->result());
    });
    watcher->setFuture(QtConcurrent::run(&m_copyPool, work));
}

void Exporter::cancel()
{
    if (m_cancelled)
        *m_cancelled = true;
}

} // namespace plantain
