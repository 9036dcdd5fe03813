"""Site: the settings of one blog, from site.toml with a Jekyll _config.yml as defaults.

tables.py      its tables, a frozen dataclass each, and Site: all of them together
books.py       [[book]] and what stands below it
crosspost.py   [crosspost.NAME], and `crosspost:` in front matter
checks.py      what may stand under a key
jekyll.py      what _config.yml says
loading.py     site.toml and _config.yml -> Site
toml_lines.py  in which line something stands

A step reads a table through `Files.settings`, which remembers it, so that a change of `[pdf]` makes
only PDFs again.
"""

from hanpan.site.loading import find_root, load_site
from hanpan.site.tables import (
    Crosspost,
    Epub,
    Fonts,
    Html,
    Identity,
    Pdf,
    Remote,
    Site,
    Sources,
    section,
    section_name,
    section_text,
)

__all__ = [
    "Crosspost",
    "Epub",
    "Fonts",
    "Html",
    "Identity",
    "Pdf",
    "Remote",
    "Site",
    "Sources",
    "find_root",
    "load_site",
    "section",
    "section_name",
    "section_text",
]
