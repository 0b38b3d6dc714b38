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

void Session::goOn(const RunRecord &record, const FormContent &content, const std::optional<RunOrigin> &origin,
                   const QString &step)
{
    d->form.fillWith(content, step);
    if (origin)
        d->form.goOnFrom(*origin);
    const Endpoint &endpoint = *d->catalog.find(record.endpoint);
    d->form.setOrigin({ record.endpoint, inputOfRun(record, endpoint, d->fileOf()) });
    Q_EMIT recalled(record.id);
}

void Session::recall(const PictureId &picture)
{
    withRun(picture.run, [this, picture](const RunRecord &record) {
        return d->endpointOf(record).map([&](const Endpoint *endpoint) {
            // A run that made no picture is no origin: what it went on from is.
            const auto origin = d->pictureOf(record, picture.index) ? std::optional(RunOrigin { OriginStep::Recall, picture }) : record.origin;
            goOn(record, contentToRecall(record, *endpoint, d->fileOf()), origin, tr("filling in of a run"));
        });
    });
}

void Session::promote(const PictureId &picture)
{
    withRun(picture.run, [this, picture](const RunRecord &record) -> Result<void> {
        const auto endpoint = d->endpointOf(record);
        if (!endpoint)
            return failure(endpoint.error());
        if (nextResolution(**endpoint, record.input).isEmpty()) {
            return failure({ .kind = ErrorKind::InvalidInput,
                             .message = tr("%1 makes no larger picture of this run.").arg((*endpoint)->title) });
        }
        goOn(record, contentLarger(record, **endpoint, d->fileOf()), RunOrigin { OriginStep::Promote, picture }, tr("promotion of a run"));
        return {};
    });
}

void Session::promoteByEdit(const PictureId &picture)
{
    withRun(picture.run, [this, picture](const RunRecord &record) -> Result<void> {
        const auto endpoint = d->endpointOf(record);
        if (!endpoint)
            return failure(endpoint.error());
        const auto given = d->pictureOf(record, picture.index);
        if (!given)
            return failure(given.error());
        const Endpoint *edit = d->form.editEndpointOf(record.endpoint);
        if (!edit) {
            return failure({ .kind = ErrorKind::BadEndpoint,
                             .message = tr("There is no endpoint here that edits pictures of %1.").arg((*endpoint)->title) });
        }
        goOn(record, contentRedrawn(record, **endpoint, *edit, *given), RunOrigin { OriginStep::Promote, picture }, tr("promotion of a picture"));
        return {};
    });
}

void Session::editPicture(const PictureId &picture)
{
    withRun(picture.run, [this, picture](const RunRecord &record) {
        return d->pictureOf(record, picture.index).and_then([&](const PictureOfRun &given) {
            return d->form.edit(record.endpoint, given).map([&] {
                d->form.goOnFrom({ OriginStep::Edit, picture });
                Q_EMIT recalled(record.id);
            });
        });
    });
}

void Session::vary(const PictureId &picture)
{
    withRun(picture.run, [this, picture](const RunRecord &record) -> Result<void> {
        if (d->blocked)
            return failure(*d->blocked);
        RunRequest request = requestVaried(record, d->fileOf());
        request.origin = { OriginStep::Vary, picture };
        whenFinished(d->controller.start(request), this, [this](const StartResult &result) { takeSentAgain(result); });
        return {};
    });
}

} // namespace plantain
