"""How the stylesheet of EPUBs sets tables: their type and cells, the site's own before ours."""

from __future__ import annotations

import re

from hanpan.assets.stylesheets import Rules, rules_of
from hanpan.files import Files
from hanpan.transforms.epub.narrow_tables import WIDE, WIDEST, TableType

_SHEET = "styles/epub.css"
_EM = re.compile(r"(\d+(?:\.\d+)?|\.\d+)em|0(?![.\d])")
_SIDES = {1: (0, 0), 2: (1, 1), 3: (1, 1), 4: (1, 3)}  # which of so many paddings are at the sides


def table_types(files: Files) -> dict[str, TableType]:
    """Return the types of tables by their classes; "" for those of few columns."""
    site, ours = rules_of(_SHEET, files)
    types: dict[str, TableType] = {}
    for name in ("", WIDE, WIDEST):
        table, cell = (f"table.{name}", f"table.{name} td") if name else ("table", "td")
        size = _ems(site, table, "font-size") or _ems(ours, table, "font-size")
        paddings = _ems(site, cell, "padding") or _ems(ours, cell, "padding")
        right, left = _SIDES[len(paddings)]
        types[name] = TableType(size[0], paddings[right] + paddings[left])
    return types


def _ems(rules: Rules, selector: str, name: str) -> list[float]:
    """Return the lengths of a property in em; none where one of them is in another unit."""
    matches = [_EM.fullmatch(word) for word in rules.get((selector, name), "").split()]
    return [float(match[1] or 0) for match in matches if match] if all(matches) else []
