#!/bin/sh
# Build pipeline/hanpan/formulas/mathjax.js from npm's MathJax: sh tools/mathjax/build.sh
set -eu
cd "$(dirname "$0")"
npm ci --no-audit --no-fund --loglevel=error
npx esbuild formulas.js --bundle --minify --format=iife --target=es2022 --legal-comments=none \
    --charset=utf8 --log-level=warning --outfile=../../pipeline/hanpan/formulas/mathjax.js
