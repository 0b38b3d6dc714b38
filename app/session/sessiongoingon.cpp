#include "session.h"
#include "sessionprivate.h"

#include "endpointcatalog.h"
#include "whenfinished.h"

#include <QFileInfo>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace plantain {

Result<const Endpoint *> Session::Private::endpointOf(const RunRecord &record) const
{
    const Endpoint *endpoint = catalog.find(record.endpoint);
    if (endpoint)
        return endpoint;
    return failure({ .kind = ErrorKind::BadEndpoint,
                     .message = tr("There is no endpoint \"%1\" here any more.").arg(record.endpoint.text) });
}

Result<PictureOfRun> Session::Private::pictureOf(const RunRecord &record, int image) const
{
    const auto found = std::ranges::find(record.images, image, &ImageRecord::index);
    if (found == record.images.end() || found->file.isEmpty())
        return failure({ .kind = ErrorKind::NotFound, .message = tr("This picture is not in the library.") });
    return PictureOfRun { .file = library.absolute(found->file), .name = QFileInfo(found->file).fileName() };
}

// What a person does with what a run made.

void Session::withRun(const RunId &id, const std::function<Result<void>(const RunRecord &)> &use)
{
    whenFinished(d->library.run(id), this, [this, use](const Result<RunRecord> &record) {
        if (const Result<void> used = record.and_then(use); !used)
            Q_EMIT said(used.error());
    });
}

void Session::goOn(const RunRecord &record, const FormContent &content, const QString &step)
{
    d->form.fillWith(content, step);
    const Endpoint &endpoint = *d->catalog.find(record.endpoint);
    d->form.setOrigin({ record.endpoint, inputOfRun(record, endpoint, d->fileOf()) });
    Q_EMIT recalled(record.id);
}

void Session::recall(const RunId &id)
{
    withRun(id, [this](const RunRecord &record) {
        return d->endpointOf(record).map([&](const Endpoint *endpoint) {
            goOn(record, contentToRecall(record, *endpoint, d->fileOf()), tr("filling in of a run"));
        });
    });
}

void Session::promote(const RunId &id)
{
    withRun(id, [this](const RunRecord &record) -> Result<void> {
        const auto endpoint = d->endpointOf(record);
        if (!endpoint)
            return failure(endpoint.error());
        if (nextResolution(**endpoint, record.input).isEmpty()) {
            return failure({ .kind = ErrorKind::InvalidInput,
                             .message = tr("%1 makes no larger picture of this run.").arg((*endpoint)->title) });
        }
        goOn(record, contentLarger(record, **endpoint, d->fileOf()), tr("promotion of a run"));
        return {};
    });
}

void Session::promoteByEdit(const RunId &id, int image)
{
    withRun(id, [this, image](const RunRecord &record) -> Result<void> {
        const auto endpoint = d->endpointOf(record);
        if (!endpoint)
            return failure(endpoint.error());
        const auto picture = d->pictureOf(record, image);
        if (!picture)
            return failure(picture.error());
        const Endpoint *edit = d->form.editEndpointOf(record.endpoint);
        if (!edit) {
            return failure({ .kind = ErrorKind::BadEndpoint,
                             .message = tr("There is no endpoint here that edits pictures of %1.").arg((*endpoint)->title) });
        }
        goOn(record, contentRedrawn(record, **endpoint, *edit, *picture), tr("promotion of a picture"));
        return {};
    });
}

void Session::editPicture(const RunId &id, int image)
{
    withRun(id, [this, image](const RunRecord &record) {
        return d->pictureOf(record, image).and_then([&](const PictureOfRun &picture) {
            return d->form.edit(record.endpoint, picture).map([&] { Q_EMIT recalled(record.id); });
        });
    });
}

void Session::vary(const RunId &id)
{
    withRun(id, [this](const RunRecord &record) -> Result<void> {
        if (d->blocked)
            return failure(*d->blocked);
        whenFinished(d->controller.start(requestVaried(record, d->fileOf())), this,
                     [this](const StartResult &result) { takeSentAgain(result); });
        return {};
    });
}

} // namespace plantain
