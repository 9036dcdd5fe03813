"""The rules by which tables fold: a stylesheet, once for each width at which one of a book does."""

from __future__ import annotations

from hanpan.editions.templates import layout_text
from hanpan.files import Files
from hanpan.transforms.epub.folded_tables import FOLD, FOLD_WIDTHS

_SHEET = "styles/epub-folded.css"
_FOLDED = ".folded"  # what the sheet calls a table that has folded


def folding_rules(files: Files, bodies: str) -> str:
    """Return the rules for the tables in the bodies of a book's pages; "" where none folds."""
    widths = [width for width in FOLD_WIDTHS if f"{FOLD}{width}" in bodies]
    sheet = layout_text(files, _SHEET) if widths else ""
    return "".join(
        f"@container (max-width: {width}em) {{\n{sheet.replace(_FOLDED, f'.{FOLD}{width}')}}}\n"
        for width in widths
    )
