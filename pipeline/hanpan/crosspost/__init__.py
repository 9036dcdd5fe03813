"""Cross-posting: payloads for other platforms. A platform is one data file in platforms/.

The way of a post:
overrides.py    what site.toml and the post set for one platform only
pictures.py     the pictures of a post, numbered, with their public addresses
lowerings/      named steps on the tree, each one function in one file; a platform names its own
writers/        the lowered tree -> a body: html, page, gutenberg, lexical, markdown, text, share
lint/           what must not be in a payload
report.py       report.md: what was lost, and what the author can do
payload.py      all files of one payload; the edition adds preview.html, filled in by paste.py

The platform:
platform.py     the data file -> Platform; dialect.py, its Markdown
fields.py       what `$name` stands for in its files
tags.py         its rules for tags and titles; slugs.py, for slugs

What lowerings and writers share:
lowering.py     one document on its way to one platform, and what it has lost (losses.py)
blocks.py       which elements are blocks; code_lines.py, footnotes.py, formulas.py, html_block.py
"""
