#!/bin/sh
# Update the lock files from pyproject.toml and package.json: sh tools/lock.sh [--upgrade]
#
# One lock serves Linux and macOS (x86_64 and arm64) and Python 3.11 to 3.14. It names no index:
# where packages come from is for each machine's own settings to say. Pins stay as they are
# unless pyproject.toml rules them out, or --upgrade is given.
set -eu
cd "$(dirname "$0")/.."
command -v uv >/dev/null 2>&1 || {
    echo "lock: uv is needed (pip install uv, in a venv of its own), then run make lock again" >&2
    exit 1
}

compile() {
    uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
        --no-emit-index-url --no-emit-find-links --custom-compile-command "make lock" "$@"
}

compile pyproject.toml --group install --output-file requirements.txt "$@"
# The second lock holds the first one's pins, so that either can be laid over the other.
compile pyproject.toml --group install --group dev --constraints requirements.txt \
    --output-file requirements-dev.txt "$@"
# Laid over the second one, too, for it is on the path of tests beside it.
compile --group cluster --constraints requirements-dev.txt \
    --output-file requirements-cluster.txt "$@"
compile --group s3 --output-file requirements-s3.txt "$@"
compile --group feeds --output-file requirements-feeds.txt "$@"
compile --group audit --output-file requirements-audit.txt "$@"
compile --group release --output-file requirements-release.txt "$@"
for folder in . tools/wordpress tools/lighthouse; do
    (cd "$folder" && npm install --package-lock-only --ignore-scripts --no-audit --no-fund --loglevel=error)
done
# What packages say of their makers' pages and fate is nothing that an installation needs.
for lock in package-lock.json tools/lighthouse/package-lock.json; do
    node -e '
const fs = require("fs"), [name] = process.argv.slice(1), lock = JSON.parse(fs.readFileSync(name, "utf8"));
for (const one of Object.values(lock.packages)) { delete one.funding; delete one.deprecated; }
fs.writeFileSync(name, JSON.stringify(lock, null, 2) + "\n");
' "$lock"
done
