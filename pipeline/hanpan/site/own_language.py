"""The language that a site's settings name, for who has no locale: not its default."""

from __future__ import annotations

import re
from pathlib import Path

from hanpan import toml_text
from hanpan.roots import SETTINGS, Root
from hanpan.site.loading import CONFIG_NAMES, find_root

# Jekyll's themes have `lang` or `locale`, Hexo `language`; a list of languages begins with the own
_OF_YAML = re.compile(
    r"^(?:lang|locale|language)[ \t]*:[ \t]*[\"']?([A-Za-z]{2,3}\b)", re.MULTILINE
)


def written_language(folder: Path) -> str:
    """Return the language of the site that a folder belongs to, "" where its settings name none."""
    root = find_root(folder / "_") or folder
    for name in CONFIG_NAMES:
        try:
            text = Root(root).read(name, SETTINGS).decode("utf-8-sig")
            if name.endswith(".toml"):
                lang = toml_text.load(text).get("lang")
            else:
                match = _OF_YAML.search(text)
                lang = match[1] if match else ""
        except (OSError, ValueError):  # what is wrong with it is reported by who needs it
            continue
        if isinstance(lang, str) and lang:
            return lang
    return ""
