#!/bin/sh
# fal_js.sh FOLDER PROGRAM [ARGUMENTS]: installs fal's JavaScript client into FOLDER unless it is there, then runs
# fal_js.mjs against the sandbox that PROGRAM starts. Ends with 77 where Node or npm is missing.
set -eu
here=$(CDPATH= cd -- "$(dirname -- "$0")" && pwd)
folder=$1
shift

for tool in node npm; do
    if ! command -v "$tool" >/dev/null 2>&1; then
        echo "SKIP: $tool is not installed; the conformance suite needs Node and npm"
        exit 77
    fi
done

mkdir -p "$folder"
if ! cmp -s "$here/package.json" "$folder/package.json" || [ ! -d "$folder/node_modules/@fal-ai/client" ]; then
    cp "$here/package.json" "$folder/package.json"
    npm install --prefix "$folder" --no-package-lock --no-audit --no-fund --ignore-scripts || {
        rm -f "$folder/package.json"
        exit 1
    }
fi
cp "$here/fal_js.mjs" "$folder/fal_js.mjs"
exec node "$folder/fal_js.mjs" "$@"
