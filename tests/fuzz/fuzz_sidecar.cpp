#include "fuzztarget.h"
#include "json.h"
#include "runrecord.h"

using namespace plantain;

/// The file of a run in the library, as anybody may have changed it.
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const Result<Json> json = parseJson(fuzz::copyOf(data, size), { .depth = 80 });
    if (!json)
        return 0;
    const Result<RunRecord> record = runRecordFromJson(*json);
    if (!record)
        return 0;
    fuzz::require(!record->id.text.contains(u'/') && !record->id.text.contains(u'.') && !record->id.text.isEmpty(),
                  "an id that stays in its folder");
    (void)record->prompt();
    (void)record->imagesAsked();
    // Written and read again it is the same: a library that is rebuilt twice is rebuilt once.
    const Result<Json> written = parseJson(toBytes(toJson(*record)), { .depth = 80 });
    fuzz::require(written.has_value(), "what is written can be read");
    const Result<RunRecord> again = runRecordFromJson(*written);
    fuzz::require(again.has_value(), "what is written is a record");
    fuzz::require(toBytes(toJson(*again)) == toBytes(toJson(*record)), "the same the second time");
    return 0;
}
