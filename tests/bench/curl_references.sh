#!/usr/bin/env bash
# curl_references.sh BASE ENDPOINT PROMPT OUT AT_ONCE FILES...: by hand what becomes of dropped pictures up to the submit:
# each is hashed, copied, synced and uploaded, AT_ONCE at a time; then the edit is submitted with their addresses.
set -euo pipefail
base=$1 endpoint=$2 prompt=$3 out=$4 at_once=$5
shift 5
export base out auth="Authorization: Key $FAL_KEY"

field() { sed -n "s/.*\"$1\" *: *\"\([^\"]*\)\".*/\1/p"; }
export -f field

one() {
    set -euo pipefail
    local file=$1 hash reply
    hash=$(sha256sum "$file" | cut -d ' ' -f 1)
    cp "$file" "$out/$hash.png"
    sync "$out/$hash.png" "$out"
    reply=$(curl -sSf -H "$auth" -H 'Content-Type: application/json' --data-binary '{"content_type":"image/png","file_name":"x.png"}' \
        "$base/storage/upload/initiate?storage_type=fal-cdn-v3")
    curl -sSf -o /dev/null -H 'Content-Type: image/png' -T "$out/$hash.png" "$(field upload_url <<<"$reply")"
    field file_url <<<"$reply" >"$out/$(basename "$file").url"
}
export -f one

printf '%s\0' "$@" | xargs -0 -n 1 -P "$at_once" bash -c 'one "$0"'
urls=$(for file in "$@"; do printf '"%s",' "$(cat "$out/$(basename "$file").url")"; done)
curl -sSf -o /dev/null -H "$auth" -H 'Content-Type: application/json' \
    --data-binary "{\"prompt\":\"$prompt\",\"image_urls\":[${urls%,}]}" "$base/$endpoint"
