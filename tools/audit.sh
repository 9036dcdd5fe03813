#!/bin/sh
# Judge what hanpan is built from and with: sh tools/audit.sh
#
# pip-audit asks the index for known vulnerabilities of what the locks pin, so it needs the network.
# zizmor reads the workflows. Both live in a .venv of their own, from requirements-audit.txt.
# Status: 1 where either found something.
set -eu
cd "$(dirname "$0")/.."
VENV=.hanpan/audit
if ! [ -f "$VENV/lock" ] || ! cmp -s requirements-audit.txt "$VENV/lock"; then
    rm -rf "$VENV"
    "${PYTHON:-python3}" -m venv "$VENV"
    "$VENV/bin/python" -m pip install --quiet --disable-pip-version-check --require-hashes \
        --no-deps --only-binary :all: --requirement requirements-audit.txt
    cp requirements-audit.txt "$VENV/lock"
fi
status=0
"$VENV/bin/zizmor" --offline --no-progress .github action.yml || status=1
for lock in requirements.txt requirements-dev.txt requirements-cluster.txt requirements-s3.txt \
    requirements-feeds.txt requirements-audit.txt requirements-release.txt; do
    "$VENV/bin/pip-audit" --progress-spinner off --disable-pip --require-hashes --strict \
        --requirement "$lock" || status=1
done
exit $status
