#pragma once

#include "exportitems.h"

#include <QObject>
#include <QThreadPool>

#include <atomic>
#include <memory>

namespace plantain {

class Library;

/// Copies pictures out of the library, one export at a time, away from the GUI thread, on which it lives.
class Exporter final : public QObject
{
    Q_OBJECT
public:
    explicit Exporter(Library &library, QObject *parent = nullptr);
    ~Exporter() override; ///< ends an export after the picture under way is given up

    static constexpr int mostPreviewed = 100;

    /// Tells by `previewed` what these pictures would be called; the answer to an earlier question is dropped.
    void preview(const std::vector<PictureId> &pictures, const ExportOptions &options);

    /// Does nothing while an export runs. What is no picture (any more) is passed over.
    void start(const std::vector<PictureId> &pictures, const ExportOptions &options);
    void cancel(); ///< what is copied stays
    bool isRunning() const { return m_cancelled != nullptr; }

Q_SIGNALS:
    void previewed(const plantain::ExportPreview &preview);
    void started(int total);
    void progressed(int done, int total);
    void finished(const plantain::ExportOutcome &outcome);

private:
    struct Loading;
    void load(const std::shared_ptr<Loading> &loading);
    void copy(const std::vector<ExportItem> &items, const ExportOptions &options);

    Library &m_library;
    std::vector<PictureId> m_previewPictures; ///< whose items are in m_previewItems
    std::vector<ExportItem> m_previewItems;
    int m_previewRequest = 0;
    std::shared_ptr<std::atomic<bool>> m_cancelled; ///< of the export that runs
    QThreadPool m_previewPool, m_copyPool; ///< a thread each: copies keep their order
};

} // namespace plantain
