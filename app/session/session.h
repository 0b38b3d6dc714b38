#pragma once

#include "endpointcatalog.h"
#include "lineage.h"
#include "pictureid.h"
#include "runcontroller.h"
#include "server.h"

#include <QObject>

#include <memory>

namespace plantain {

class EndpointModel;
class Exporter;
struct Example;
class Form;
class GalleryModel;
class LineageModel;
class LogModel;
class Marking;
class ParameterModel;
class PromptHistory;
class ReferenceModel;
class RunModel;
class RunTiming;
class Servers;
class SpendToday;
class Tournament;
class Trash;
struct PictureId;

/// What the window works on: the models, and the verbs a person has. Owns the models and the controller; what the
/// constructor takes is the composition root's and outlives it. Lives on the GUI thread.
class Session final : public QObject
{
    Q_OBJECT
public:
    /// `draftFile`: where the form is kept between starts. `examples` fill an empty form; may be none.
    Session(const EndpointCatalog &catalog, Library &library, Servers &servers, DecodePool &decodePool,
            const std::vector<Example> &examples, const QString &draftFile, QObject *parent = nullptr);
    ~Session() override;

    /// Opens the library and begins. Where a disk or another program is in the way, it is said, and tried again by itself.
    void open();
    /// To be called once the library is open: fills the models from it and goes on with open runs. A library that may only
    /// be looked at is opened again until it takes what is to be stored.
    void begin(const struct OpenReport &report);
    const std::optional<Error> &blocked() const; ///< why nothing can be generated; none when the library is open for work

    EndpointModel *endpoints() const; ///< one row an endpoint; the selector
    ParameterModel *parameters() const; ///< of the form
    ReferenceModel *references() const; ///< of the form
    RunModel *runs() const;
    LogModel *log() const;
    GalleryModel *gallery() const;
    Marking *marking() const; ///< ratings, flags, labels, collections
    QFuture<Result<std::vector<qint64>>> search(const struct SearchQuery &query) const; ///< sequences of runs
    std::unique_ptr<Tournament> tournament(const std::vector<PictureId> &pictures) const; ///< which of them is the best
    SpendToday *spend() const;
    Exporter *exporter() const; ///< copies pictures out of the library
    Trash *trash() const; ///< deletes pictures
    PromptHistory *prompts() const; ///< earlier ones
    Form *form() const; ///< what the next run would be

    const Endpoint *endpoint() const; ///< of the form; null when the catalog is empty
    void chooseEndpoint(const EndpointId &id); ///< for the form
    void addReferences(const QStringList &files); ///< to the form
    /// By a person's word, who was told the host: the form's references with this address become the picture found there.
    void fetchReference(const QUrl &url);
    const Server &server() const; ///< the chosen one: where new runs go
    Servers &servers() const;
    /// Free of charge: does the server take the key? Nothing when it does; BadKey, Locked, or why it could not be asked.
    QFuture<std::optional<Error>> tryKey(const QString &server, const QByteArray &key);
    QString libraryFolder() const;

    /// Press of Generate. Field errors land in the models (parameter and reference rows); what belongs to no field
    /// comes back through `said`. The draft stays.
    void generate();
    void cancel(const RunId &id);
    void cancelAll();
    void cancelWaiting(); ///< runs that are not sent yet
    void moveWaiting(const RunId &id, int place); ///< 0 is the next one to be sent
    void setSendingPaused(bool paused); ///< what was sent goes on
    bool isSendingPaused() const;
    void lookUp(const RunId &id);
    void sendAgain(const RunId &id);
    void tryNow(const RunId &id); ///< a run that waits between two tries
    /// Fills the form with the input of a picture's run and its references (the library's copies), in place of what is there. A seed
    /// that was drawn is shown as drawn, not set.
    void recall(const PictureId &picture);
    void editPicture(const PictureId &picture); ///< the picture becomes the form's only reference, the prompt is emptied
    void vary(const PictureId &picture); ///< a new run with the same input but for the seed; may cost
    /// Fills the form with the run's input at the next higher resolution; the form tells the difference (Form::origin).
    void promote(const PictureId &picture);
    void promoteByEdit(const PictureId &picture); ///< the same with the picture as reference of the edit endpoint
    /// Finds out whether the picture's file is what it was; the gallery tells when it is not.
    void lookAt(const PictureId &picture);
    void fetchAgain(const PictureId &picture); ///< whose file is gone, from where it came; free of charge
    /// The whole record of a run, for the details panel.
    QFuture<Result<RunRecord>> details(const RunId &id);
    QFuture<Result<Lineage>> lineage(const RunId &id) const; ///< which picture came from which, around this run
    std::unique_ptr<LineageModel> lineageModel() const; ///< empty
    /// The person's own words on a run. Stored after what was asked for before, even when the session goes meanwhile.
    QFuture<Result<RunRecord>> setNote(const RunId &id, const QString &note);
    QString fileOf(const ReferenceRecord &reference) const; ///< absolute; empty when it is no file
    QString fileOf(const ImageRecord &image) const; ///< absolute; empty when there is none

    /// Of the form as it stands; none: not known. Zero in the sandbox.
    std::optional<Price> priceOfDraft() const;

Q_SIGNALS:
    void endpointChanged();
    void serverChanged(); ///< another one is chosen; runs under way stay where they are
    void draftChanged(); ///< anything that changes the price or what would be sent
    void generated(const plantain::RunId &id); ///< the intent is stored
    void recalled(const plantain::RunId &id); ///< the form holds its input now
    void refused(); ///< Generate was pressed and the form shows why nothing was sent
    void blockedChanged();
    void begun(); ///< the library is open
    void recovered(); ///< the disk takes again what is to be stored
    void said(const plantain::Error &error); ///< what concerns no field and no run: one dismissable strip
    void settled(const plantain::RunId &id); ///< nothing more happens to it by itself

private:
    void connectFiles();
    void setBlocked(const std::optional<Error> &error);
    void takeStart(const StartResult &result);
    void takeSentAgain(const StartResult &result);
    void withRun(const RunId &id, const std::function<Result<void>(const RunRecord &)> &use);
    void goOn(const RunRecord &record, const struct FormContent &content, const std::optional<RunOrigin> &origin,
              const QString &step);
    void log(LogLine::Level level, const QString &text, const RunId &run = {});

    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace plantain
