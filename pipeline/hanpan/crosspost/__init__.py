"""Cross-posting: payloads for other platforms. A platform is one data file in platforms/.

platform.py     the data file -> Platform
overrides.py    what site.toml and the post say for one platform alone
pictures.py     the pictures of a post, numbered, with their public addresses
formulas.py     formulas in letters
lowerings/      named steps on the tree, each one function in one file; a platform names its own
writers/        the lowered tree -> a body: html, page, gutenberg, lexical, markdown, text, share
tags.py         a platform's rule for tags and titles
losses.py       everything that can be lost on the way, in words
lint*.py        what must not be in a payload
report.py       report.md, what was lost and what the author may do
payload.py      all files of one payload; the edition adds preview.html
"""
