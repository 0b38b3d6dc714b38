# shellcheck shell=bash
# Sourced by run and test: where the house is, and how it gets what it needs from the system.

root=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.." && pwd)
# Debian's own programs first: another cmake or python3 on PATH may not see Debian's Qt or Debian's modules.
export PATH="/usr/bin:/bin:/usr/sbin:/sbin:$PATH"

say() { printf '%s\n' "$*" >&2; }

# missing_packages LIST...: the packages of packaging/packages/LIST.txt that are not there.
missing_packages() {
    local list package command wanted=()
    for list in "$@"; do
        while read -r package command; do
            [[ -z $package || $package == \#* ]] && continue
            [[ -n $command ]] && command -v "$command" >/dev/null && continue
            wanted+=("$package")
        done <"$root/packaging/packages/$list.txt"
    done
    ((${#wanted[@]})) || return 0
    local installed
    installed=$(dpkg-query -W -f '${db:Status-Status} ${Package}\n' "${wanted[@]}" 2>/dev/null | sed -n 's/^installed //p' || true)
    printf '%s\n' "${wanted[@]}" | sort -u | grep -vxF -f <(printf '%s\n' "$installed" | grep . || echo /) || true
}

as_root() {
    if ((EUID == 0)); then
        "$@"
    else
        sudo "$@"
    fi
}

apt_get() {
    as_root env DEBIAN_FRONTEND=noninteractive apt-get -q -y -o Acquire::Retries=3 -o DPkg::Lock::Timeout=300 \
        -o Dpkg::Use-Pty=0 "$@" </dev/null >>"$apt_log" 2>&1
}

twice() { "$@" || { sleep 3; "$@"; }; }

# need LIST...: installs what is missing of these lists, and nothing else. Where nothing is missing it asks for no rights.
need() {
    if ! command -v dpkg-query >/dev/null; then
        say "This is no Debian: install what corresponds to packaging/packages/*.txt yourself. Going on with what is there."
        return 0
    fi
    local missing
    mapfile -t missing < <(missing_packages "$@")
    ((${#missing[@]})) || return 0
    if ((EUID != 0)) && ! command -v sudo >/dev/null; then
        say "These packages are missing, and there is no sudo to install them with. As root:"
        say "    apt-get install --no-install-recommends ${missing[*]}"
        return 1
    fi
    say "Installing ${#missing[@]} missing packages: ${missing[*]}"
    mkdir -p "$root/build"
    apt_log=$root/build/apt.log
    if ! { twice apt_get update && twice apt_get install --no-install-recommends "${missing[@]}"; }; then
        tail -n 25 "$apt_log" >&2
        say "The packages could not be installed; the whole output is in $apt_log"
        return 1
    fi
}

# build PRESET [TARGET...]: configures and builds build/PRESET, or those targets of it; an unchanged tree takes seconds.
build() {
    local log=$root/build/configure-$1.log
    mkdir -p "$root/build"
    if ! (cd "$root" && cmake --preset "$1") >"$log" 2>&1; then
        cat "$log" >&2
        return 1
    fi
    cmake --build "$root/build/$1" -- -j "$(nproc)" "${@:2}" >&2
}
