#pragma once

#include "draftstore.h"
#include "examples.h"
#include "formhistory.h"
#include "goingon.h"
#include "parametermodel.h"
#include "pastedpictures.h"
#include "referencemodel.h"

#include <QTimer>

namespace plantain {

class EndpointCatalog;

/// What the next run would be: endpoint, parameters, references. Kept between starts, and every step of it can be taken
/// back. Sends nothing. Where the prompt speaks of a reference by its number, the number follows the picture. GUI thread.
class Form final : public QObject
{
    Q_OBJECT
public:
    /// `catalog` outlives the form. `draftFile`: where it is kept between starts. `examples` may be none.
    Form(const EndpointCatalog &catalog, const std::vector<Example> &examples, const QString &draftFile,
         QObject *parent = nullptr);
    ~Form() override;

    void begin(); ///< with what stood there the last time, or the first example

    ParameterModel *parameters() { return &m_parameters; } ///< of the chosen endpoint
    ReferenceModel *references() { return &m_references; }
    const FormHistory &history() const { return m_history; } ///< what undo() and redo() would do
    const std::vector<Example> &examples() const { return m_examples; } ///< those whose endpoint is there

    const Endpoint *endpoint() const { return m_endpoint; } ///< the chosen one; null when the catalog is empty
    void chooseEndpoint(const EndpointId &id); ///< shared parameter values carry over
    void useExample(const Example &example); ///< the whole form; one step of the history
    /// References included (files as file: addresses), in schema order.
    Json input() const;
    /// Replaces the whole form but its endpoint by an input as someone wrote it: one step of the history. Returns a
    /// sentence for each alias taken and each unknown key kept. An error changes nothing.
    Result<QStringList> setInput(const Json &input);
    void undo(); ///< the last step, if there is one
    void redo();
    void addReferences(const QStringList &files);
    /// A picture without a file, as it came: before row `at`, or at the end.
    void addPicture(const QByteArray &bytes, int at = -1);
    void takeFetched(const QUrl &url, const QByteArray &bytes); ///< what was found at a reference's address

    /// Everything the form holds, by this: one step of the history, called `step`.
    void fillWith(const FormContent &content, const QString &step);
    /// The endpoint that takes pictures, with this one as the only reference, and an empty prompt.
    Result<void> edit(const EndpointId &endpoint, const PictureOfRun &picture);
    const Endpoint *editEndpointOf(const EndpointId &id) const; ///< itself or its sibling; null when neither takes pictures

    /// What the next run goes on from, for as long as something of it is left in the form; kept between starts.
    const std::optional<RunOrigin> &goesOnFrom() const { return m_goesOnFrom; }
    void goOnFrom(const RunOrigin &origin); ///< to be said when the form holds what goes on

    /// The input that the form is compared with. Forgotten when it goes another way.
    struct Origin
    {
        EndpointId endpoint;
        Json input; ///< as of input()
    };
    void setOrigin(const Origin &origin);
    bool hasOrigin() const { return m_origin.has_value(); }
    void forgetOrigin();
    /// Every difference to it as the form stands, one line each; none: the same.
    QStringList differencesFromOrigin() const;

Q_SIGNALS:
    void endpointChanged();
    void changed(); ///< anything that changes the price or what would be sent
    void originChanged();
    void said(const plantain::Error &error); ///< what concerns no field

private:
    Draft now() const;
    void keep();
    bool isAnew() const;
    void recordStep();
    void restore(const Draft &draft);
    Result<QStringList> fill(const Json &input);
    void followInserted(int first, int last);
    void followRemoved(int first, int last);
    void followMoved(int first, int last, int to);
    void renumber(const std::vector<int> &numbers, const QString &step);

    const EndpointCatalog &m_catalog;
    std::vector<Example> m_examples;
    FormHistory m_history;
    DraftStore m_draft;
    ParameterModel m_parameters;
    ReferenceModel m_references;
    PastedPictures m_pasted;
    std::optional<Origin> m_origin;
    std::optional<RunOrigin> m_goesOnFrom;
    QTimer m_recordLater; ///< all changes of one turn of the event loop are one step
    const Endpoint *m_endpoint = nullptr;
    bool m_loading = false;
};

} // namespace plantain
