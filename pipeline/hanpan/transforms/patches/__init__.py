"""What ziamath is made to do otherwise; the form of a patch is in `hanpan/insides.py`."""

from __future__ import annotations

from functools import lru_cache

from hanpan import insides
from hanpan.transforms.patches import formula_rows

PATCHES: tuple[insides.Patch, ...] = (formula_rows,)


@lru_cache(maxsize=1)
def apply() -> None:
    """Install all patches. Raises BuildError where one does not fit."""
    insides.install(PATCHES)
