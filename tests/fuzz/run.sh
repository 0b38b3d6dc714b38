#!/bin/sh
# run.sh build SOURCE            configures and builds the fuzz targets in SOURCE/build/fuzz
# run.sh TARGET SOURCE SECONDS   lets one of them look for that long, from the corpus that is kept
# Ends with 77 where clang or its runtime is missing. A finding lies beside the program and fails the test; so does an
# input of the corpus that takes more than 20 s or 2 GB.
set -eu
what=$1 source=$2
build=$source/build/fuzz

skip() {
    echo "SKIP: $1; the fuzz targets need clang and libclang-rt (packaging/packages/test.txt)"
    exit 77
}

command -v clang++ >/dev/null || skip "clang++ is not installed"
if [ "$what" = build ]; then
    probe=$(mktemp -d)
    trap 'rm -rf "$probe"' EXIT
    echo 'extern "C" int LLVMFuzzerTestOneInput(const unsigned char *, unsigned long) { return 0; }' >"$probe/probe.cpp"
    clang++ -fsanitize=fuzzer,address,undefined "$probe/probe.cpp" -o "$probe/probe" 2>/dev/null \
        || skip "clang++ links no fuzzer"
    cd "$source"
    cmake --preset fuzz
    exec cmake --build build/fuzz -- -j 2
fi

seconds=$3
program=$build/tests/fuzz/fuzz_$what
[ -x "$program" ] || skip "$program was not built"
scratch=$build/scratch/$what
mkdir -p "$scratch"
export ASAN_OPTIONS=detect_leaks=0 UBSAN_OPTIONS=halt_on_error=1:print_stacktrace=1
# What it finds on the way goes to the scratch folder, which the next run starts from too; the corpus stays as it is.
exec "$program" -max_total_time="$seconds" -timeout=20 -rss_limit_mb=2048 -print_final_stats=1 -verbosity=0 \
    -artifact_prefix="$scratch-finding-" "$scratch" "$source/tests/fuzz/corpus/$what"
