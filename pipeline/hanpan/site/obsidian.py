"""What an Obsidian vault's settings say: where templates are, which are no notes."""

from __future__ import annotations

import json
import re
from pathlib import Path

from hanpan.roots import SETTINGS, Root
from hanpan.site.generators import OBSIDIAN, GeneratorSettings
from hanpan.site.tables import Publication

FOLDER = ".obsidian"
# the files of plugins that insert templates, and the keys of their folders
_TEMPLATES = (
    (f"{FOLDER}/templates.json", "folder"),
    (f"{FOLDER}/plugins/templater-obsidian/data.json", "templates_folder"),
)
_DRAWINGS = r"\.excalidraw\.md$"


def read_obsidian(root: Path) -> GeneratorSettings:
    """Return what the settings of the vault at `root` say; never fail."""
    ignored = [_DRAWINGS]
    for name, key in _TEMPLATES:
        try:
            data = json.loads(Root(root).read(name, SETTINGS))
        except (OSError, ValueError, RecursionError):
            continue
        folder = data.get(key) if isinstance(data, dict) else None
        if isinstance(folder, str) and folder.strip("/"):
            ignored.append(f"^{re.escape(folder.strip('/'))}/")
    return GeneratorSettings(Publication(OBSIDIAN, ignored=tuple(ignored)))
