#!/bin/sh
# Make what a release consists of, and judge it: sh tools/dist.sh
#
#   dist/                     the wheel and the sdist, as they go to PyPI
#   _release/notes.md         the version's section of CHANGELOG.md
#   _release/hanpan.cdx.json  the SBOM (CycloneDX): what requirements.txt pins, the fonts and MathJax
#
# The version is that of the tag (hatch-vcs). The times in the archives are those of the commit, so
# the same commit makes the same bytes. The tools live in a .venv of their own, from
# requirements-release.txt. Status: not 0 where a package is not fit for PyPI.
set -eu
cd "$(dirname "$0")/.."
VENV=.hanpan/release
if ! [ -f "$VENV/lock" ] || ! cmp -s requirements-release.txt "$VENV/lock"; then
    rm -rf "$VENV"
    "${PYTHON:-python3}" -m venv "$VENV"
    "$VENV/bin/python" -m pip install --quiet --disable-pip-version-check --require-hashes \
        --no-deps --only-binary :all: --requirement requirements-release.txt
    cp requirements-release.txt "$VENV/lock"
fi
rm -rf dist _release
mkdir _release
if [ -z "${SOURCE_DATE_EPOCH:-}" ] && git rev-parse -q --verify HEAD >/dev/null 2>&1; then
    SOURCE_DATE_EPOCH=$(git log -1 --format=%ct)
    export SOURCE_DATE_EPOCH
fi
# hatchling came with the lock: nothing here is fetched, and nothing is unpinned.
"$VENV/bin/python" -m build --no-isolation --outdir dist .
"$VENV/bin/twine" check --strict dist/*
"$VENV/bin/check-wheel-contents" dist/*.whl
"$VENV/bin/cyclonedx-py" requirements --pyproject pyproject.toml --mc-type application \
    --output-reproducible --of JSON -o _release/packages.json requirements.txt
"$VENV/bin/python" tools/release.py dist/*.whl
rm _release/packages.json
