#pragma once

#include "runorigin.h"

#include <QObject>
#include <QThreadPool>
#include <QTimer>

#include <optional>

namespace plantain {

/// What the form holds between two starts.
struct Draft
{
    EndpointId endpoint;
    Json parameters = Json::object(); ///< ParameterModel::draft(), the prompt among them
    Json references = Json::array(); ///< ReferenceModel::draft()
    std::optional<RunOrigin> origin; ///< what the next run goes on from

    bool operator==(const Draft &) const = default;
};

/// Keeps the draft in one JSON file, so that nothing typed is lost by a crash or an error. Saving is put off by a
/// moment so that typing does not write at every key, and happens on a thread of its own; the destructor writes what is
/// due. GUI thread.
class DraftStore final : public QObject
{
    Q_OBJECT
public:
    explicit DraftStore(const QString &file, QObject *parent = nullptr);
    ~DraftStore() override;

    /// Nothing when there is no draft yet. A file that cannot be read as a draft is renamed, and the error says to
    /// what; the program goes on with an empty form.
    Result<std::optional<Draft>> load();

    void keep(const Draft &draft); ///< written within a second
    Result<void> flush(); ///< writes now what is due, waits for the disk

Q_SIGNALS:
    void failed(const plantain::Error &error); ///< could not be written; tried again with the next change

private:
    void writeLater();

    QString m_file;
    std::optional<Draft> m_due; ///< not yet on disk
    QTimer m_timer;
    QThreadPool m_pool; ///< one thread: writes keep their order
};

} // namespace plantain
