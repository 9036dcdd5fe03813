"""Other scripts than a Korean text's: their fonts, and the order in which a line is seen."""

from __future__ import annotations

from hanpan.assets.scripts.bidi import visual_runs
from hanpan.assets.scripts.families import (
    FAMILIES,
    absent_fonts,
    cjk_family,
    faces_for,
    family_faces,
    family_of,
    is_cjk,
    is_shapeless,
    missing,
    script_face,
    unusual,
)

__all__ = [
    "FAMILIES",
    "absent_fonts",
    "cjk_family",
    "faces_for",
    "family_faces",
    "family_of",
    "is_cjk",
    "is_shapeless",
    "missing",
    "script_face",
    "unusual",
    "visual_runs",
]
