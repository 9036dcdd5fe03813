"""The language that a site's settings name, for who has no locale: not its default.

The settings are not read whole: `hanpan --help` asks for this as well.
"""

from __future__ import annotations

import re
from pathlib import Path

from hanpan import toml_text
from hanpan.roots import SETTINGS, Root

# the files, in the order in which they count, and the key of those in TOML
_FILES = {
    "site.toml": "lang",
    "_config.yml": "",
    "hugo.toml": "languageCode",
    "config.toml": "languageCode",
}
# Jekyll's themes have `lang` or `locale`, Hexo `language`; a list of languages begins with the own
_OF_YAML = re.compile(r"(?m)^(?:lang|locale|language)[ \t]*+:[ \t]*+[\"']?([A-Za-z]{2,3}\b)")


def site_language(folder: Path) -> str:
    """Return the language of the site that a folder belongs to, "" where its settings name none."""
    for above in (folder, *folder.parents):
        names = [name for name in _FILES if (above / name).is_file()]
        if names:
            return next(filter(None, (_language(above, name) for name in names)), "")
    return ""


def _language(root: Path, name: str) -> str:
    try:
        text = Root(root).read(name, SETTINGS).decode("utf-8-sig")
        if name.endswith(".toml"):
            lang = toml_text.load(text).get(_FILES[name])
        else:
            match = _OF_YAML.search(text)
            lang = match[1] if match else ""
    except (OSError, ValueError):  # what is wrong with it is reported by who needs it
        return ""
    return lang if isinstance(lang, str) else ""
