"""Site: the settings of one blog, from site.toml with a Jekyll _config.yml as defaults.

tables.py      its tables, a frozen dataclass each, and Site: all of them together
books.py       [[book]] and the tables below it
crosspost.py   [crosspost.NAME], and `crosspost:` in front matter
checks.py      valid values of each key
generators.py  whose settings a site may have
jekyll.py      what a _config.yml says, Jekyll's or Hexo's
hugo.py        what hugo.toml and its like say
projects.py    what the settings of Docusaurus and Astro say
javascript.py  the plain values in a program
obsidian.py    what a vault says of its notes
site_toml.py   the text of site.toml -> values, and all problems in it
loading.py     site.toml and _config.yml -> Site
toml_lines.py  the lines of keys and values

A step reads a table through `Files.settings`, which remembers it, so that a change of `[pdf]` makes
only PDFs again.
"""

from hanpan.site.generators import HEXO, HUGO, JEKYLL, OBSIDIAN, POST_SECTIONS
from hanpan.site.loading import Roots, find_root, load_site
from hanpan.site.projects import ASTRO, BLOG, COLLECTION, DOCS, DOCUSAURUS
from hanpan.site.tables import (
    Clock,
    Crosspost,
    Epub,
    Fonts,
    Html,
    Identity,
    Library,
    Pdf,
    Publication,
    Remote,
    Route,
    Site,
    Sources,
    section,
    section_name,
    section_text,
)

__all__ = [
    "ASTRO",
    "BLOG",
    "COLLECTION",
    "DOCS",
    "DOCUSAURUS",
    "HEXO",
    "HUGO",
    "JEKYLL",
    "OBSIDIAN",
    "POST_SECTIONS",
    "Clock",
    "Crosspost",
    "Epub",
    "Fonts",
    "Html",
    "Identity",
    "Library",
    "Pdf",
    "Publication",
    "Remote",
    "Roots",
    "Route",
    "Site",
    "Sources",
    "find_root",
    "load_site",
    "section",
    "section_name",
    "section_text",
]
