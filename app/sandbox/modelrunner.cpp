#include "modelrunner.h"

#include "errortypes.h"
#include "input.h"
#include "inputdetail.h"
#include "misfits.h"
#include "painter.h"
#include "quotedtext.h"

#include <QFile>
#include <QRandomGenerator>

#include <cmath>

using namespace Qt::StringLiterals;

namespace plantain {

using Clock = std::chrono::steady_clock;

/// One run on its way.
struct ModelRunner::Work
{
    const SandboxJob &job;
    JobControl &control;
    const Endpoint &endpoint;
    Json input; ///< what the model knows of it, checked
    Directives directives;
    Clock::time_point start = Clock::now();
    Clock::duration duration {};
    Painting painting;
    QString format;
    int count = 1;
    QString motif; ///< of the first picture

    QString text(const char *name) const
    {
        if (input.contains(name))
            return toQString(input[name]);
        const Parameter *parameter = endpoint.schema.find(QLatin1String(name));
        return parameter && parameter->defaultValue ? toQString(*parameter->defaultValue) : QString();
    }
    bool flag(const char *name) const { return boolAt(input, name).value_or(false); }
};

namespace {

/// How much longer than 1K a run takes, after the guide: 2K 1.5 to 2 times, 4K 2 to 3 times; 0.5K a little less.
double latencyFactor(const QString &resolution)
{
    if (resolution == u"0.5K"_s)
        return 0.75;
    if (resolution == u"2K"_s)
        return 1.75;
    return resolution == u"4K"_s ? 2.5 : 1;
}

QString nearestRatio(const QStringList &ratios, const QSize &size)
{
    QString nearest = u"1:1"_s;
    double least = 1e9;
    for (const QString &ratio : ratios) {
        const double value = ratio.section(u':', 0, 0).toDouble() / ratio.section(u':', 1, 1).toDouble();
        const double distance = std::abs(std::log(value * size.height() / size.width()));
        if (distance < least) {
            least = distance;
            nearest = ratio;
        }
    }
    return nearest;
}

/// A body that is no JSON, worded as FastAPI does.
SandboxOutcome unreadable(const QByteArray &body, const Error &error)
{
    Json entry = body.trimmed().isEmpty() ? detailEntry(u"missing"_s, {}, u"Field required"_s)
                                          : detailEntry(u"json_invalid"_s, {}, u"JSON decode error"_s);
    entry["input"] = nullptr;
    if (!body.trimmed().isEmpty())
        entry["ctx"] = Json { { "error", error.message.toStdString() } };
    return validationError(Json::array({ std::move(entry) }));
}

QByteArray unitsOf(const Endpoint &endpoint, const Json &input)
{
    const qint64 count = integerAt(input, "num_images").value_or(1);
    if (!endpoint.price || endpoint.price->perImage <= 0)
        return QByteArray::number(count);
    const Price price = priceOf(*endpoint.price, input, defaultsOf(endpoint));
    return QByteArray::number(price.amount / endpoint.price->perImage, 'g', 8);
}

} // namespace

ModelRunner::ModelRunner(const EndpointCatalog &catalog, ImageSizes sizes, FileStore &files, double latencySeconds,
                         const QString &pictures)
    : m_catalog(catalog)
    , m_sizes(std::move(sizes))
    , m_files(files)
    , m_inputs(files)
    , m_latencySeconds(latencySeconds)
    , m_ready(pictures)
{
}

SandboxOutcome ModelRunner::run(const SandboxJob &job, JobControl &control)
{
    const Endpoint *endpoint = m_catalog.find(job.endpoint);
    if (!endpoint) {
        const QString path = job.endpoint.text.section(u'/', 2);
        SandboxOutcome outcome = plainError(404, u"Path /%1 not found"_s.arg(path));
        outcome.headers.emplaceBack("X-Fal-Billable-Units", "0");
        return outcome;
    }
    const Result<Json> parsed = parseJson(job.body, { .bytes = job.body.size() });
    if (!parsed)
        return unreadable(job.body, parsed.error());
    if (const Json detail = inputDetail(*endpoint, *parsed); !detail.empty())
        return validationError(detail);
    Work work { .job = job,
                .control = control,
                .endpoint = *endpoint,
                .input = knownInput(*endpoint, *parsed),
                .directives = directivesOf(job.prompt) };
    const double seconds = work.directives.slow.value_or(m_latencySeconds * latencyFactor(work.text("resolution")));
    work.duration = std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>(seconds));
    if (work.directives.noCancel)
        control.ignoreCancel();
    return runModel(work);
}

void ModelRunner::passTime(const Work &work, double share) const
{
    work.control.waitUntil(work.start + std::chrono::duration_cast<Clock::duration>(work.duration * share));
}

SandboxOutcome ModelRunner::runModel(Work &work)
{
    const Directives &asked = work.directives;
    const auto log = [&work, &asked](const QString &line) {
        if (!asked.noLogs)
            work.control.log(line.toUtf8());
    };
    log(u"Runner ready for %1"_s.arg(work.endpoint.id.text));
    for (const QString &word : asked.unknown)
        log(u"sandbox: nothing is known of \"%1\""_s.arg(word));
    for (int line = 0; line < asked.logs.value_or(0); ++line)
        log(u"Log line %1 of %2"_s.arg(line + 1).arg(*asked.logs));
    if (asked.requeue) {
        passTime(work, 0.2);
        log(u"Runner disconnected, request goes back to the queue"_s);
        work.control.requeueUntil(Clock::now() + std::max<Clock::duration>(work.duration / 5, std::chrono::milliseconds(50)));
        log(u"Runner ready for %1"_s.arg(work.endpoint.id.text));
    }
    if (auto unreadableMedium = checkMedia(work))
        return *unreadableMedium;
    if (work.flag("enable_web_search"))
        log(u"Searching the web"_s);
    if (!work.text("thinking_level").isEmpty())
        log(u"Thinking (%1)"_s.arg(work.text("thinking_level")));
    if (auto end = endOnDemand(asked)) {
        passTime(work, 0.5);
        log(u"Generation failed: %1"_s.arg(end->errorType.isEmpty() ? end->error : end->errorType));
        return *end;
    }
    return makePictures(work);
}

std::optional<SandboxOutcome> ModelRunner::checkMedia(Work &work)
{
    QSize firstSize;
    for (const Parameter &parameter : work.endpoint.schema.parameters) {
        const auto value = work.input.find(parameter.name.toStdString());
        if (value == work.input.end())
            continue;
        if (parameter.kind == ParameterKind::UrlList && value->is_array() && !value->empty()) {
            if (!work.directives.noLogs)
                work.control.log("Fetching " + QByteArray::number(qsizetype(value->size())) + " reference picture(s)");
            auto pictures = m_inputs.read(parameter.name, *value, &firstSize);
            if (!pictures)
                return pictures.error();
            work.painting.references = std::move(*pictures);
        } else if (parameter.kind == ParameterKind::Url && value->is_string() && !m_inputs.isReachable(toQString(*value))) {
            return modelErrorAt(u"file_download_error"_s, { parameter.name }, u"Failed to download the file"_s);
        }
    }
    work.painting.size = firstSize;
    return std::nullopt;
}

QSize ModelRunner::sizeFor(const Work &work) const
{
    const Directives &asked = work.directives;
    if (asked.width && asked.height)
        return { *asked.width, *asked.height };
    QString ratio = work.text("aspect_ratio");
    if (ratio.isEmpty() || ratio == u"auto"_s)
        ratio = work.painting.size.isEmpty() ? u"1:1"_s : nearestRatio(m_sizes.ratios(), work.painting.size);
    const QString resolution = work.text("resolution");
    QSize size = m_sizes.find(ratio, resolution.isEmpty() ? u"1K"_s : resolution);
    if (size.isEmpty()) // an endpoint with words of its own
        size = { 1024, 1024 };
    return asked.wrongSize ? size / 2 : size;
}

SandboxOutcome ModelRunner::makePictures(Work &work)
{
    const Directives &asked = work.directives;
    work.painting.size = sizeFor(work);
    work.painting.prompt = promptWithoutDirectives(work.job.prompt);
    work.painting.seed = integerAt(work.input, "seed").value_or(QRandomGenerator::global()->bounded(0x7fffffff));
    work.painting.blank = asked.blank;
    work.format = work.text("output_format").isEmpty() ? u"png"_s : work.text("output_format");
    work.count = asked.images.value_or(int(integerAt(work.input, "num_images").value_or(1)));
    Json images = Json::array();
    for (int index = 0; index < work.count; ++index) {
        if (work.control.cancelled())
            return {};
        if (!asked.noLogs) {
            work.control.log(u"Generating image %1 of %2 (%3x%4)"_s.arg(index + 1)
                                 .arg(work.count)
                                 .arg(work.painting.size.width())
                                 .arg(work.painting.size.height())
                                 .toUtf8());
        }
        Json image = addPicture(work, index);
        if (image.is_null())
            return requestError(u"internal_error"_s);
        images.push_back(std::move(image));
        passTime(work, double(index + 1) / work.count);
    }
    passTime(work, 1);
    if (!asked.noLogs)
        work.control.log(QByteArray::number(work.count) + " image(s) ready");
    return finished(work, std::move(images), descriptionOf(asked, work.painting, work.motif));
}

Json ModelRunner::addPicture(Work &work, int index)
{
    const Directives &asked = work.directives;
    const bool altered = !asked.type.isEmpty() || asked.truncated || work.flag("sync_mode");
    StoredFile file { .path = {},
                      .name = randomToken().first(20) + '.' + work.format.toLatin1(),
                      .contentType = "image/" + work.format.toLatin1(),
                      .fault = asked.missing    ? FileFault::Missing
                          : asked.drop          ? FileFault::Dropped
                                                : FileFault::None };
    QByteArray bytes;
    QSize size = work.painting.size;
    if (!m_ready.isEmpty()) {
        const ReadyPictures::Picture &ready = m_ready.next();
        file.path = ready.path;
        file.contentType = ready.contentType;
        size = ready.size;
        QFile source(ready.path);
        if (altered && source.open(QIODevice::ReadOnly))
            bytes = source.readAll();
    } else {
        work.painting.index = asked.duplicate ? 0 : index;
        const PaintedPicture painted = paintPicture(work.painting);
        if (index == 0)
            work.motif = painted.motif;
        bytes = misfit(asked, encodePicture(painted.image, work.format), painted.image);
    }
    const qint64 length = bytes.isEmpty() && !m_ready.isEmpty() ? QFile(file.path).size() : bytes.size();
    QByteArray url;
    if (work.flag("sync_mode")) {
        url = "data:" + file.contentType + ";base64," + bytes.toBase64();
    } else if (!m_ready.isEmpty() && !altered) {
        url = work.job.origin + m_files.share(file);
    } else {
        const Result<QByteArray> path = m_files.add(bytes, file);
        if (!path)
            return nullptr;
        url = work.job.origin + *path;
    }
    // fal often leaves these out; so does the sandbox, for every other seed.
    const bool told = work.painting.seed % 2 == 0;
    return Json { { "url", url.toStdString() },
                  { "content_type", file.contentType.toStdString() },
                  { "file_name", file.name.toStdString() },
                  { "file_size", told ? Json(length) : Json(nullptr) },
                  { "width", told ? Json(size.width()) : Json(nullptr) },
                  { "height", told ? Json(size.height()) : Json(nullptr) } };
}

SandboxOutcome ModelRunner::finished(const Work &work, Json images, const QString &description) const
{
    Json output { { "images", std::move(images) }, { "description", description.toStdString() } };
    const QString &result = work.directives.result;
    if (result == u"noimages"_s)
        output.erase("images");
    SandboxOutcome outcome { .body = toBytes(output),
                             .headers = { { "X-Fal-Billable-Units", unitsOf(work.endpoint, work.input) } },
                             .error = {},
                             .errorType = {},
                             .keepOutput = !work.flag("sync_mode") };
    if (result == u"broken"_s)
        outcome.body.truncate(outcome.body.size() / 2);
    else if (result == u"cut"_s)
        outcome.truncated = true;
    else if (result == u"gone"_s)
        outcome = plainError(404, u"Request not found"_s);
    return outcome;
}

} // namespace plantain
