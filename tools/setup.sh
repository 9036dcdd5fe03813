#!/bin/sh
# Set up what a make target needs, then run its command.
#
#   sh tools/setup.sh [--partial] LEVEL [COMMAND...]
#
# LEVEL is what the command needs; each one holds the one before it:
#   run          .venv with hanpan, Pango and HarfBuzz for the PDF edition
#   test         and the test runner, Dask, a JDK (EPUBCheck), poppler's tools, PHP and WordPress
#   conformance  and Chromium, and the referees that npm and Maven Central carry
#
# Stamps below .venv/.setup remember the content of the lock files: where they match, nothing is
# installed and the network is not asked. As root, or with sudo, system packages are installed;
# otherwise what can be set up is, COMMAND runs with that, and the last lines say what to type.
# Status: COMMAND's own; 1 when something is missing (with --partial COMMAND's own all the same).
set -eu

ROOT=$(cd "$(dirname "$0")/.." && pwd -P)
cd "$ROOT"
VENV=.venv
STAMPS=$VENV/.setup
UNFINISHED=$VENV/.unfinished
MINIMUM="3.11"
[ -n "${HOME:-}" ] || unset HOME # pip and npm take an empty HOME for the current folder

# shellcheck source=tools/system_packages.sh disable=SC1091
. tools/system_packages.sh

say() { printf 'hanpan set-up: %s\n' "$*" >&2; }
fail() {
    say "$@"
    exit 1
}

# --- stamps -----------------------------------------------------------------------------------

# The SHA-256 of standard input, by whichever tool the system has; macOS has no sha256sum.
digest() {
    if command -v sha256sum >/dev/null 2>&1; then sha256sum; else shasum -a 256; fi | cut -c1-64
}

# What LEVEL depends on. The folder is part of it: a venv that was moved has broken scripts.
key() {
    version=$("$VENV/bin/python" -S -E -c 'import sys; print(sys.version_info[:2])' 2>/dev/null) ||
        version=none
    case $1 in
    run) set -- requirements.txt ;;
    test)
        set -- requirements.txt requirements-dev.txt requirements-cluster.txt \
            tools/wordpress/package-lock.json
        ;;
    conformance)
        set -- requirements.txt requirements-dev.txt requirements-cluster.txt requirements-s3.txt \
            requirements-feeds.txt \
            tools/wordpress/package-lock.json package-lock.json \
            tools/lighthouse/package-lock.json tools/verapdf/pom.xml
        ;;
    esac
    set -- "$@" pyproject.toml tools/setup.sh tools/system_packages.sh
    { printf '%s\n%s\n' "$ROOT" "$version"; cat "$@"; } | digest
}

is_fresh() { # STAMP KEY
    [ -f "$STAMPS/$1" ] && [ ! -e "$UNFINISHED" ] && [ "$(cat "$STAMPS/$1")" = "$2" ]
}

stamp() { # STAMP KEY; written whole or not at all
    mkdir -p "$STAMPS"
    printf '%s\n' "$2" >"$STAMPS/.$1.$$"
    mv -f "$STAMPS/.$1.$$" "$STAMPS/$1"
}

# --- Python and npm packages ---------------------------------------------------------------------

find_python() {
    for candidate in ${PYTHON:-} python3 python3.14 python3.13 python3.12 python3.11; do
        if "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            PYTHON=$(command -v "$candidate")
            return
        fi
    done
    found=$(python3 --version 2>/dev/null || echo "no python3 at all")
    fail "Python $MINIMUM or newer is needed; this machine has: $found." \
        "Install one (Debian 12, Ubuntu 24.04 and newer have it as python3; brew install python)," \
        "or name it: make setup PYTHON=/path/to/python3.12"
}

venv_pip() {
    if "$VENV/bin/python" -c 'import pip' 2>/dev/null; then
        "$VENV/bin/python" -m pip "$@"
    else
        "$PYTHON" -m pip --python "$VENV/bin/python" "$@"
    fi
}

make_venv() {
    say "making $VENV with $("$PYTHON" --version)"
    rm -rf "$VENV"
    mkdir "$VENV"
    : >"$UNFINISHED"
    if "$PYTHON" -c 'import ensurepip' 2>/dev/null; then
        "$PYTHON" -m venv "$VENV"
    else
        "$PYTHON" -m venv --without-pip "$VENV"
    fi
}

# A venv is kept only if it is whole, works, and was made in this folder by this Python.
has_sound_venv() {
    [ ! -e "$UNFINISHED" ] && [ -f "$STAMPS/venv" ] && "$VENV/bin/python" -c '' 2>/dev/null &&
        [ "$(cat "$STAMPS/venv")" = "$(venv_key)" ]
}

venv_key() {
    "$VENV/bin/python" -c 'import sys; print(sys.prefix, sys.version_info[:2])' | digest
}

install_python_packages() { # LEVEL
    if [ "$1" = run ]; then lock=requirements.txt; else lock=requirements-dev.txt; fi
    want=$(cat "$lock" pyproject.toml | digest)
    if has_sound_venv && is_fresh "$lock" "$want"; then return; fi
    has_sound_venv || make_venv
    : >"$UNFINISHED" # killed from here on, the next run starts again: half a package looks whole
    say "installing Python packages from $lock"
    set -- install --disable-pip-version-check --no-input --quiet --root-user-action=ignore
    # --no-deps: the lock is whole, and older pips take `name[extra]` for something that it lacks.
    venv_pip "$@" --require-hashes --no-deps --only-binary :all: --requirement "$lock" ||
        fail "pip could not install $lock (see above). Is the network reached? Then run make again."
    # hatchling came with the lock: nothing here is fetched, and nothing is unpinned.
    venv_pip "$@" --no-deps --no-index --no-build-isolation --editable . ||
        fail "the checkout could not be installed into $VENV (see above)"
    stamp venv "$(venv_key)"
    stamp "$lock" "$want"
    rm -f "$UNFINISHED"
}

npm_ci() { # in the current folder
    # Without a home that can be written to, npm would have no cache folder.
    [ -w "${HOME:-/nonexistent}" ] || export npm_config_cache="$PWD/node_modules/.npm-cache"
    npm ci --ignore-scripts --no-audit --no-fund --loglevel=error >&2
}

install_npm_packages() {
    want=$(cat package.json package-lock.json | digest)
    if ! { [ -d node_modules ] && is_fresh node "$want"; }; then
        say "installing the referees with npm"
        npm_ci ||
            fail "npm could not install package-lock.json (see above). Then run make again."
        stamp node "$want"
    fi
    want=$(cat tools/lighthouse/package.json tools/lighthouse/package-lock.json | digest)
    if [ -d tools/lighthouse/node_modules ] && is_fresh lighthouse "$want"; then return; fi
    say "installing Lighthouse with npm"
    (cd tools/lighthouse && npm_ci) ||
        fail "npm could not install tools/lighthouse (see above). Then run make again."
    stamp lighthouse "$want"
}

# WordPress's zips, where npm is there already: for them alone it is not worth installing, and
# without them their tests are skipped.
install_wordpress() {
    want=$(cat tools/wordpress/package.json tools/wordpress/package-lock.json | digest)
    builds=tools/wordpress/node_modules/@wp-playground/wordpress-builds
    if [ -d "$builds/public" ] && is_fresh wordpress "$want"; then return; fi
    command -v npm >/dev/null 2>&1 || return 0
    say "fetching WordPress with npm"
    if ! (cd tools/wordpress && npm_ci); then
        say "npm could not fetch WordPress (see above); its tests are skipped this time"
        rm -rf tools/wordpress/node_modules
        return
    fi
    # The package has each WordPress twice. The tests want the zips, and the scripts of three editors
    # (tests/conformance/editors/wordpress.py), which the zips lack.
    find "$builds/public" -type f \
        ! -path '*/public/wp-6.[25]/wp-includes/js/dist/*.js' \
        ! -path '*/public/wp-nightly/wp-includes/js/dist/*.js' -delete
    find "$builds/public" -type d -empty -delete
    stamp wordpress "$want"
}

# Packages that only some tests have on their path, in a folder of their own: Dask (cluster), a store
# of S3's kind (s3), a judge of catalogues (feeds).
install_apart() { # NAME
    lock=requirements-$1.txt
    want=$(digest <"$lock")
    if [ -d "$VENV/$1" ] && is_fresh "$1" "$want"; then return; fi
    say "installing Python packages from $lock"
    rm -rf "${VENV:?}/$1"
    venv_pip install --disable-pip-version-check --no-input --quiet --root-user-action=ignore \
        --require-hashes --no-deps --only-binary :all: --target "$VENV/$1" --requirement "$lock" ||
        fail "pip could not install $lock (see above). Then run make again."
    stamp "$1" "$want"
}

install_maven_packages() {
    want=$(digest <tools/verapdf/pom.xml)
    if [ -d "$VENV/verapdf" ] && is_fresh verapdf "$want"; then return; fi
    say "installing veraPDF with Maven"
    rm -rf "$VENV/verapdf"
    # A folder of its own where there is no home that can be written to.
    set -- mvn --batch-mode --quiet --file tools/verapdf/pom.xml
    [ -w "${HOME:-/nonexistent}" ] || set -- "$@" "-Dmaven.repo.local=$ROOT/$VENV/.m2"
    "$@" org.apache.maven.plugins:maven-dependency-plugin:2.8:copy-dependencies \
        "-DoutputDirectory=$ROOT/$VENV/verapdf" >&2 ||
        fail "Maven could not fetch veraPDF (see above). Then run make again."
    stamp verapdf "$want"
}

# --- the whole --------------------------------------------------------------------------------

# Homebrew's folders are not on the paths that macOS searches by itself.
use_homebrew_paths() {
    [ "$(uname -s)" = Darwin ] && command -v brew >/dev/null 2>&1 || return 0
    prefix=$(brew --prefix)
    export PATH="$prefix/opt/openjdk/bin:$PATH"
    export DYLD_FALLBACK_LIBRARY_PATH="$prefix/lib:${DYLD_FALLBACK_LIBRARY_PATH:-/usr/lib}"
}

# Two set-ups at once would tear each other's .venv down. The system frees the lock of a killed one.
# macOS has no flock; there, don't.
take_turn() {
    exec 9>.setup.lock
    command -v flock >/dev/null 2>&1 || return 0
    flock -n 9 || {
        say "another set-up runs in this folder; waiting for it"
        flock 9
    }
}

set_up() { # LEVEL; leaves what is missing in MISSING
    find_python
    MISSING=$(missing "$1" | tr '\n' ' ')
    if [ -n "$MISSING" ]; then
        # shellcheck disable=SC2086  # a list of needs
        install_system $MISSING || say "system packages were not installed"
        MISSING=$(missing "$1" | tr '\n' ' ')
    fi
    case " $MISSING" in *" venv "*)
        # shellcheck disable=SC2086
        say_missing $MISSING
        exit 1
        ;;
    esac
    install_python_packages "$1"
    [ "$1" = run ] || install_wordpress
    [ "$1" = run ] || install_apart cluster
    [ "$1" != conformance ] || install_apart s3
    [ "$1" != conformance ] || install_apart feeds
    case " $MISSING" in
    *" npm "*) ;;
    *) [ "$1" != conformance ] || install_npm_packages ;;
    esac
    case " $MISSING" in
    *" maven "*) ;;
    *) [ "$1" != conformance ] || install_maven_packages ;;
    esac
    [ -z "$MISSING" ] || return 0
    stamp level-run "$(key run)"
    [ "$1" = run ] || stamp level-test "$(key test)"
    [ "$1" != conformance ] || stamp level-conformance "$(key conformance)"
}

main() {
    partial=no
    if [ "${1:-}" = --partial ]; then
        partial=yes
        shift
    fi
    level=${1:-}
    case $level in
    run | test | conformance) shift ;;
    *) fail "usage: sh tools/setup.sh [--partial] run|test|conformance [COMMAND...]" ;;
    esac
    MISSING=
    use_homebrew_paths
    if ! is_fresh "level-$level" "$(key "$level")"; then
        take_turn
        set_up "$level"
        exec 9>&- # the command that follows needs no turn
    fi
    if [ -z "$MISSING" ]; then
        [ $# -gt 0 ] || return 0
        exec "$@"
    fi
    status=0
    "$@" || status=$?
    # shellcheck disable=SC2086
    say_missing $MISSING
    [ $partial = yes ] || status=1
    exit "$status"
}

main "$@"
