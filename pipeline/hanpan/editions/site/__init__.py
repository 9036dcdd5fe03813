"""The site edition: a leaf of each post, and the pages that show all posts together.

render.py      a document -> its leaf, its pictures, the facts that others need
leaf.py        the leaf: body, words, Markdown, with marks where addresses go
media.py       pictures in several widths, the Open Graph picture
offered.py     files that a post links to, as far as readers may have them
slices.py      web fonts of the whole site, in slices that browsers fetch as they need them
stand_in.py    the reader's own font in the widths of ours, until ours has come
assets.py      stylesheet, fonts, icons, scripts: once for the site, named by their content
pages.py       the table of kinds of pages, each `(plan, leaves, files) -> artifacts`
post.py, lists.py, feeds.py, opds.py, crawlers.py, segments.py   those kinds
theme.py       templates and styles of a theme, and what every page has
"""

from hanpan.editions.site.render import render

__all__ = ["render"]
