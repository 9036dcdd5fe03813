#!/bin/sh
# Build layouts/fonts/stix-two-math from npm's STIX Two Math: sh tools/maths_font/build.sh
# It needs fontTools, which `make test` sets up.
set -eu
cd "$(dirname "$0")"
npm ci --no-audit --no-fund --loglevel=error
package=node_modules/@expo-google-fonts/stix-two-math
target=../../layouts/fonts/stix-two-math
mkdir -p "$target"
../../.venv/bin/python build.py "$package/400Regular/STIXTwoMath_400Regular.ttf" \
    "$target/HanpanMaths.ttf"
cp "$package/LICENSE_FONT" "$target/LICENSE.txt"
