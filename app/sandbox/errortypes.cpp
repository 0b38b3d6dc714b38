#include "errortypes.h"

#include <array>

using namespace Qt::StringLiterals;

namespace plantain {

namespace {

constexpr std::array modelErrors {
    ModelErrorType { "internal_server_error"_L1, 500, true, ""_L1, "Internal server error"_L1, ""_L1 },
    ModelErrorType { "generation_timeout"_L1, 504, true, ""_L1, "The generation took too long"_L1, ""_L1 },
    ModelErrorType { "downstream_service_error"_L1, 400, false, ""_L1, "A service behind the model refused"_L1, ""_L1 },
    ModelErrorType { "downstream_service_unavailable"_L1, 500, true, ""_L1, "A service behind the model is not there"_L1, ""_L1 },
    ModelErrorType { "content_policy_violation"_L1, 422, false, "prompt"_L1,
                     "The content could not be processed because it contained material flagged by a content checker."_L1, ""_L1 },
    ModelErrorType { "no_media_generated"_L1, 422, false, ""_L1,
                     "The model did not generate the expected output for this prompt."_L1, ""_L1 },
    ModelErrorType { "image_too_small"_L1, 422, false, "image_urls"_L1, "Image is too small"_L1,
                     R"({"min_height":256,"min_width":256})"_L1 },
    ModelErrorType { "image_too_large"_L1, 422, false, "image_urls"_L1, "Image is too large"_L1,
                     R"({"max_height":8192,"max_width":8192})"_L1 },
    ModelErrorType { "image_load_error"_L1, 422, false, "image_urls"_L1, "Failed to load the image"_L1, ""_L1 },
    ModelErrorType { "file_download_error"_L1, 422, false, "image_urls"_L1, "Failed to download the file"_L1, ""_L1 },
    ModelErrorType { "face_detection_error"_L1, 422, false, "image_urls"_L1, "No face was found in the image"_L1, ""_L1 },
    ModelErrorType { "file_too_large"_L1, 422, false, "image_urls"_L1, "File is too large"_L1, R"({"max_size":15728640})"_L1 },
    ModelErrorType { "greater_than"_L1, 422, false, "num_images"_L1, "Input should be greater than 0"_L1, R"({"gt":0})"_L1 },
    ModelErrorType { "greater_than_equal"_L1, 422, false, "num_images"_L1, "Input should be greater than or equal to 1"_L1,
                     R"({"ge":1})"_L1 },
    ModelErrorType { "less_than"_L1, 422, false, "num_images"_L1, "Input should be less than 5"_L1, R"({"lt":5})"_L1 },
    ModelErrorType { "less_than_equal"_L1, 422, false, "num_images"_L1, "Input should be less than or equal to 4"_L1,
                     R"({"le":4})"_L1 },
    ModelErrorType { "multiple_of"_L1, 422, false, "num_images"_L1, "Input should be a multiple of 2"_L1,
                     R"({"multiple_of":2})"_L1 },
    ModelErrorType { "sequence_too_short"_L1, 422, false, "image_urls"_L1, "List should have at least 1 item"_L1,
                     R"({"min_length":1})"_L1 },
    ModelErrorType { "sequence_too_long"_L1, 422, false, "image_urls"_L1, "List should have at most 14 items"_L1,
                     R"({"max_length":14})"_L1 },
    ModelErrorType { "one_of"_L1, 422, false, "aspect_ratio"_L1, "Input should be one of the listed values"_L1,
                     R"({"expected":["1:1","16:9"]})"_L1 },
    ModelErrorType { "feature_not_supported"_L1, 422, false, ""_L1, "This combination is not supported"_L1, ""_L1 },
    ModelErrorType { "invalid_archive"_L1, 422, false, "image_urls"_L1, "The archive cannot be read"_L1,
                     R"({"supported_extensions":[".zip"]})"_L1 },
    ModelErrorType { "archive_file_count_below_minimum"_L1, 422, false, "image_urls"_L1, "The archive has too few files"_L1,
                     R"({"min_count":4,"provided_count":1,"supported_extensions":[".png"]})"_L1 },
    ModelErrorType { "archive_file_count_exceeds_maximum"_L1, 422, false, "image_urls"_L1, "The archive has too many files"_L1,
                     R"({"max_count":20,"provided_count":31,"supported_extensions":[".png"]})"_L1 },
    ModelErrorType { "audio_duration_too_long"_L1, 422, false, "audio_url"_L1, "The audio is too long"_L1,
                     R"({"max_duration":60,"provided_duration":75.5})"_L1 },
    ModelErrorType { "audio_duration_too_short"_L1, 422, false, "audio_url"_L1, "The audio is too short"_L1,
                     R"({"min_duration":1,"provided_duration":0.2})"_L1 },
    ModelErrorType { "video_duration_too_long"_L1, 422, false, "video_url"_L1, "The video is too long"_L1,
                     R"({"max_duration":60,"provided_duration":75.5})"_L1 },
    ModelErrorType { "video_duration_too_short"_L1, 422, false, "video_url"_L1, "The video is too short"_L1,
                     R"({"min_duration":1,"provided_duration":0.2})"_L1 },
    ModelErrorType { "unsupported_audio_format"_L1, 422, false, "audio_url"_L1, "The audio format is not supported"_L1,
                     R"({"supported_formats":["mp3","wav"]})"_L1 },
    ModelErrorType { "unsupported_image_format"_L1, 422, false, "image_urls"_L1, "The image format is not supported"_L1,
                     R"({"supported_formats":["png","jpeg","webp"]})"_L1 },
    ModelErrorType { "unsupported_video_format"_L1, 422, false, "video_url"_L1, "The video format is not supported"_L1,
                     R"({"supported_formats":["mp4"]})"_L1 },
};

constexpr std::array requestErrors {
    RequestErrorType { "request_timeout"_L1, 504, "Request timed out"_L1 },
    RequestErrorType { "startup_timeout"_L1, 504, "Runner did not start in time"_L1 },
    RequestErrorType { "runner_scheduling_failure"_L1, 503, "No runner could be scheduled"_L1 },
    RequestErrorType { "runner_connection_timeout"_L1, 503, "Connection to the runner timed out"_L1 },
    RequestErrorType { "runner_disconnected"_L1, 503, "The runner disconnected"_L1 },
    RequestErrorType { "runner_connection_refused"_L1, 503, "The runner refused the connection"_L1 },
    RequestErrorType { "runner_connection_error"_L1, 503, "Connection to the runner failed"_L1 },
    RequestErrorType { "runner_incomplete_response"_L1, 502, "The runner's response was incomplete"_L1 },
    RequestErrorType { "runner_server_error"_L1, 500, "The runner failed"_L1 },
    RequestErrorType { "internal_error"_L1, 500, "Internal error"_L1 },
    RequestErrorType { "client_disconnected"_L1, 499, "The client disconnected"_L1 },
    RequestErrorType { "client_cancelled"_L1, 499, "Request was cancelled by the client"_L1 },
    RequestErrorType { "bad_request"_L1, 400, "Bad request"_L1 },
};

} // namespace

std::span<const ModelErrorType> modelErrorTypes()
{
    return modelErrors;
}

std::span<const RequestErrorType> requestErrorTypes()
{
    return requestErrors;
}

const ModelErrorType *findModelError(const QString &type)
{
    for (const ModelErrorType &entry : modelErrors) {
        if (entry.type == type)
            return &entry;
    }
    return nullptr;
}

const RequestErrorType *findRequestError(const QString &type)
{
    for (const RequestErrorType &entry : requestErrors) {
        if (entry.type == type)
            return &entry;
    }
    return nullptr;
}

Json detailEntry(const QString &type, const QStringList &location, const QString &message)
{
    Json loc = Json::array({ "body" });
    for (const QString &part : location) {
        bool isIndex = false;
        const int index = part.toInt(&isIndex);
        loc.push_back(isIndex ? Json(index) : toJson(part));
    }
    return Json { { "loc", std::move(loc) }, { "msg", message.toStdString() }, { "type", type.toStdString() } };
}

} // namespace plantain
