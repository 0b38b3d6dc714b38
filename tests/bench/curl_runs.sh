#!/usr/bin/env bash
# curl_runs.sh BASE ENDPOINT INPUTS OUT [parallel]: the same job by hand. For every line of INPUTS: submit, ask until it is
# completed, take the result, download, hash, sync. Prints one sha256 a picture.
set -euo pipefail
base=$1 endpoint=$2 inputs=$3 out=$4 parallel=${5-}
auth="Authorization: Key $FAL_KEY"

field() { sed -n "s/.*\"$1\" *: *\"\([^\"]*\)\".*/\1/p"; }

one() {
    local number=$1 input=$2 reply status_url response_url url
    reply=$(curl -sSf -H "$auth" -H 'Content-Type: application/json' --data-binary "$input" "$base/$endpoint")
    status_url=$(field status_url <<<"$reply")
    response_url=$(field response_url <<<"$reply")
    until [[ $(curl -sSf -H "$auth" "$status_url") == *COMPLETED* ]]; do sleep 0.05; done
    url=$(curl -sSf -H "$auth" "$response_url" | grep -o '"url" *: *"[^"]*"' | head -n 1 | field url)
    curl -sSf -o "$out/$number.png" "$url"
    sha256sum "$out/$number.png" >"$out/$number.sha256"
    sync "$out/$number.png"
}

number=0
while IFS= read -r input; do
    number=$((number + 1))
    if [[ -n $parallel ]]; then one "$number" "$input" & else one "$number" "$input"; fi
done <"$inputs"
wait
cut -d ' ' -f 1 "$out"/*.sha256
