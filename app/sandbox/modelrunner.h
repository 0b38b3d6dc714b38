#pragma once

#include "directives.h"
#include "endpointcatalog.h"
#include "imagesizes.h"
#include "inputpictures.h"
#include "readypictures.h"
#include "sandboxqueue.h"

namespace plantain {

/// The model behind the queue: checks the input as fal does, takes its time, paints, and words the result.
/// One object for all runs, called from the queue's threads.
class ModelRunner final
{
public:
    /// `pictures`: a folder of ready-made pictures served in turn instead of painting; empty: paint.
    ModelRunner(const EndpointCatalog &catalog, ImageSizes sizes, FileStore &files, double latencySeconds,
                const QString &pictures);

    SandboxOutcome run(const SandboxJob &job, JobControl &control);

private:
    struct Work;
    SandboxOutcome runModel(Work &work);
    std::optional<SandboxOutcome> checkMedia(Work &work);
    QSize sizeFor(const Work &work) const;
    void passTime(const Work &work, double share) const;
    SandboxOutcome makePictures(Work &work);
    Json addPicture(Work &work, int index);
    SandboxOutcome finished(const Work &work, Json images, const QString &description) const;

    const EndpointCatalog m_catalog;
    const ImageSizes m_sizes;
    FileStore &m_files;
    const InputPictures m_inputs;
    const double m_latencySeconds;
    ReadyPictures m_ready;
};

} // namespace plantain
