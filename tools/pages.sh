#!/bin/sh
# Copy the reader's editions from one folder to another: sh tools/pages.sh OUT PAGES
#
# What a reader opens is public: index.html, and each post's and book's HTML, PDF and EPUB.
# Payloads and build.json name drafts, accounts and source paths, and stay behind; so do the lines
# of index.html that lead to payloads or count problems (layouts/html/index.html).
set -eu
out=$1 pages=$2
[ -f "$out/index.html" ] && [ ! -L "$out/index.html" ] || {
    echo "pages: $out/index.html is not there; build it first: make all" >&2
    exit 1
}
rm -rf "$pages"
mkdir -p "$pages"
pages=$(cd "$pages" && pwd -P)
cd "$out"
# './*/crosspost' and not 'crosspost': a post may have that name, its folder lies one level higher.
find . \( -path './*/crosspost' -o -name '.?*' \) -prune -o -type f \
    \( -name '*.html' -o -name '*.pdf' -o -name '*.epub' \) -exec sh -c '
    pages=$1
    shift
    for file; do
        mkdir -p "$pages/${file%/*}"
        cp "$file" "$pages/$file"
    done' sh "$pages" {} +
sed '/<p class="local/d' index.html >"$pages/index.html"
: >"$pages/.nojekyll" # the host must serve the files as they are
