"""The titles of rules, from rules.toml."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from pathlib import Path

from hanpan.labels import Label

_TABLE = Path(__file__).with_name("rules.toml")


@lru_cache(maxsize=1)
def rule_titles() -> dict[str, Label]:
    """Return the title of each rule; docs/rules.md has the same rules."""
    rows = tomllib.loads(_TABLE.read_text("utf-8"))
    return {rule: Label(row["ko"], row["en"]) for rule, row in rows.items()}
