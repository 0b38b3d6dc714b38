#pragma once

#include "galleryroles.h"
#include "pictureid.h"
#include "runsummary.h"

#include <QAbstractListModel>
#include <QHash>

#include <deque>
#include <functional>
#include <memory>

namespace plantain {

/// One row a tile: the pictures of all runs, newest run first, placeholders for what is still to come. Rows change in
/// place, so that selection and scroll position of a view hold. Keeps little of a run, for a hundred thousand pictures.
/// Lives on the GUI thread.
class GalleryModel final : public QAbstractListModel
{
    Q_OBJECT
public:
    /// Absolute path of a library-relative file; empty when there is none.
    using FileResolver = std::function<QString(const QString &relative)>;

    explicit GalleryModel(FileResolver resolver, QObject *parent = nullptr);
    ~GalleryModel() override;

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    Qt::ItemFlags flags(const QModelIndex &index) const override; ///< pictures can be dragged
    QStringList mimeTypes() const override;
    QMimeData *mimeData(const QModelIndexList &indexes) const override; ///< the files, in the order of the indexes
    Qt::DropActions supportedDragActions() const override { return Qt::CopyAction; }

    /// What is said for an endpoint; without a title its id.
    void setEndpointTitles(const QHash<EndpointId, QString> &titles) { m_titles = titles; }
    const std::vector<EndpointId> &endpoints() const { return m_endpoints; } ///< all that a run here went to
    QString endpointTitle(const EndpointId &id) const { return m_titles.value(id, id.text); }

    /// What sorting and filtering look at, without a QVariant for each. Good until the model changes.
    struct Facts
    {
        const QString *prompt; ///< the whole of it
        int endpoint; ///< place in endpoints()
        TileState state;
        qint64 pixels; ///< of the picture; 0 when there is none
        double price; ///< of the run, in its currency; below 0 when not known
        int age; ///< 0 is the newest run
        bool isTrashed;
        const Marks *marks; ///< none where there is no picture
        QSize size; ///< of the picture
        Deviations deviations;
        bool asksForText; ///< the prompt quotes what is to be read in the picture
        qint64 createdAt; ///< milliseconds since 1970
        qint64 sequence; ///< of the run
    };
    Facts factsAt(int row) const;

    /// A page of older runs at start, in any order; runs that are here already are left alone.
    void addSummaries(const std::vector<RunSummary> &summaries);

    int trashed() const { return m_trashed; } ///< rows that lie in the trash

    /// What was found out about a picture's file. Pictures without files are not asked about.
    void setFileState(const PictureId &picture, FileState state);

    /// Row of an image (of a run's first tile when it has fewer); -1 when the run is not here.
    int rowOf(const RunId &id, int imageIndex = 0) const;
    int rowsOf(const RunId &id) const;
    std::vector<int> rowsOfSequences(const std::vector<qint64> &sequences) const; ///< of the runs with these, ascending; in the order of rows

Q_SIGNALS:
    void endpointsChanged();
    void trashedChanged(); ///< how many lie in the trash

public Q_SLOTS:
    void runAdded(const plantain::RunRecord &record);
    void runChanged(const plantain::RunRecord &record);
    void progressed(const plantain::RunId &id, const plantain::RunProgress &progress);

private:
    struct Tile;
    struct Run;
    using RunPtr = std::unique_ptr<Run>;

    RunPtr toRun(const RunSummary &summary);
    int placeOfEndpoint(const EndpointId &id);
    void put(const RunId &id, RunPtr run); ///< null: what there was of it goes
    void insert(int place, std::vector<RunPtr> runs);
    void replace(int place, RunPtr run);
    void remove(int place);
    TileState stateOf(const Run &run, const Tile *tile, const RunProgress *progress) const;
    int placeBySequence(qint64 sequence) const;
    int placeOf(const RunId &id) const;
    int placeAtRow(int row) const;
    void countRows(int fromPlace);
    const RunProgress *progressOf(const Run &run) const; ///< null: nobody follows it
    QVariant errorData(const Run &run, const Tile *tile, TileState state, int role) const;
    static QString deviationText(const Run &run, const Tile &tile);
    QString accessibleText(const Run &run, const Tile *tile, TileState state, int number) const;

    FileResolver m_resolver;
    std::vector<EndpointId> m_endpoints; ///< few; a run keeps its place in here
    QHash<EndpointId, QString> m_titles;
    std::deque<RunPtr> m_runs; ///< by sequence, newest first
    std::vector<int> m_firstRows; ///< of each run; one more at the end: the row count
    QHash<RunId, qint64> m_sequences;
    QHash<RunId, RunProgress> m_progress; ///< of runs that are not final
    QHash<QString, FileState> m_badFiles; ///< few
    int m_trashed = 0;
};

} // namespace plantain
