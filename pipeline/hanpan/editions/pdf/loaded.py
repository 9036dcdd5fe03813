"""What is loaded once for all PDFs of a process: WeasyPrint, its fonts, and parsed stylesheets."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from collections import OrderedDict
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hanpan.assets.fonts import EMOJI, Face, fontconfig
from hanpan.editions.pdf.libraries import load_weasyprint
from hanpan.environment import environment
from hanpan.files import Files, sha256, write_atomic
from hanpan.roots import Root, real

if TYPE_CHECKING:
    from weasyprint.text.fonts import FontConfiguration

_CONF = "FONTCONFIG_FILE"
# Pango asks for the family `emoji` where a sequence is one: keycaps, digits that are emoji
_EMOJI_ALIAS = (
    f'<alias binding="same"><family>emoji</family><prefer><family>{EMOJI}</family></prefer></alias>'
    "</fontconfig>"
)
_SHEETS = 8  # parsed stylesheets kept: one for each page size and set of layouts in use
_CONFIGURATIONS = 3  # font configurations kept: the site's, and with what scripts add to it
_POSTS = 200  # after so many documents the fonts are loaded again, for Pango's caches only grow


@dataclass(slots=True)
class LoadedFonts:
    """The font configuration in use, and its fonts.conf but for the folder of the index."""

    conf: str
    configuration: FontConfiguration
    documents: int = 0

    def count_document(self) -> None:
        """Note that a document was set, and drop what WeasyPrint keeps of its lines."""
        self.configuration.strut_layouts.clear()
        self.documents += 1


_sheets: OrderedDict[tuple[str, str], tuple[Any, Any]] = OrderedDict()
_fonts: OrderedDict[str, LoadedFonts] = OrderedDict()  # by `conf`


def load_fonts(files: Files, more: tuple[Face, ...] = ()) -> LoadedFonts:
    """Return the fonts of a site and `more`, loaded once; WeasyPrint reads FONTCONFIG_FILE then."""
    folder = _cache()
    conf = fontconfig(files, Path(), more)
    known = _fonts.get(conf)
    if known and known.documents < _POSTS:
        _fonts.move_to_end(conf)
        return known
    text = fontconfig(files, folder / "fontconfig", more).replace("</fontconfig>", _EMOJI_ALIAS)
    path = folder / f"fonts-{sha256(text.encode())[:16]}.conf"
    write_atomic(path, text.encode())  # the folder may be of others: it need not be what it says
    load_weasyprint()
    with environment(_CONF, str(path)):
        from weasyprint.text.fonts import FontConfiguration

        _forget(conf)
        _fonts[conf] = LoadedFonts(conf, FontConfiguration())
    if len(_fonts) > _CONFIGURATIONS:
        _forget(next(iter(_fonts)))
    return _fonts[conf]


def _forget(conf: str) -> None:
    """Drop a configuration and its stylesheets, whose `@font-face` are known to it alone."""
    _fonts.pop(conf, None)
    for key in [key for key in _sheets if key[0] == conf]:
        del _sheets[key]


def load_stylesheet(css: str, fonts: LoadedFonts, fetcher: Any) -> tuple[Any, Any]:
    """Return the parsed stylesheet and its counter styles; its addresses are fetched by `fetcher`.

    The same stylesheet is parsed once.
    """
    from weasyprint import CSS
    from weasyprint.css.counters import CounterStyle

    key = (fonts.conf, sha256(css.encode()))
    if key not in _sheets:
        counters = CounterStyle()
        sheet = CSS(
            string=css,
            font_config=fonts.configuration,
            counter_style=counters,
            url_fetcher=fetcher,
        )
        _sheets[key] = (sheet, counters)
        while len(_sheets) > _SHEETS:
            _sheets.popitem(last=False)
    _sheets.move_to_end(key)
    sheet, counters = _sheets[key]
    return sheet, counters.copy()


def _cache() -> Path:
    """Return the folder for fonts.conf and fontconfig's index."""
    named = os.environ.get("HANPAN_CACHE")
    folder = Path(named) if named else _temporary()
    index = Root.own(real(folder)).place("fontconfig/_", make=True).parent
    for item in os.scandir(index):
        if not item.is_file(follow_symlinks=False):  # fontconfig would follow, or wait for it
            os.unlink(item)
    return real(folder)


@lru_cache(maxsize=1)
def _temporary() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="hanpan-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder
