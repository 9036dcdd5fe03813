"""Pictures by their public address; without one, a numbered mark where the file belongs.

Where `hanpan publish` uploads pictures, an address that never resolves is a placeholder, which
publishing replaces by the server's own. A formula within a sentence has no mark, which would not be
readable there: its TeX is in the text, and the report names its picture.
"""

from __future__ import annotations

from pathlib import Path

from lxml import etree

from hanpan import tree
from hanpan.crosspost.lowering import Lowering
from hanpan.crosspost.pictures import NumberedPicture, as_raster, drawing_fonts, renumber_pictures
from hanpan.media_types import SVG
from hanpan.tree import Element

# of a picture's attributes; platforms may not know srcset, loading and others
_KEPT = ("alt", "width", "height", "style", "title")
FORMULA = "maths"  # the class of a drawn formula within a line


def pictures_public(root: Element, lowering: Lowering) -> None:
    """Replace `asset:ID` by a public address, or by a mark."""
    formats = lowering.platform.picture_formats
    lowering.pictures = {
        key: picture
        if _is_taken(picture, lowering)
        else as_raster(picture, _fonts(picture, lowering))
        for key, picture in lowering.pictures.items()
    }
    if lowering.drawn:
        lowering.pictures = renumber_pictures(root, lowering.pictures, lowering.drawn)
    for img in list(root.iter("img")):
        picture = lowering.pictures.get((img.get("src") or "").removeprefix("asset:"))
        if picture is None:
            continue
        if formats and picture.media_type not in formats:
            lowering.lose("picture-format", picture.file, at=img)
        address = picture.url or (picture.placeholder if lowering.platform.upload else "")
        if address:
            kept = {name: img.get(name, "") for name in _KEPT if img.get(name)}
            img.attrib.clear()
            for name, value in {"src": address, "alt": picture.alt, **kept}.items():
                img.set(name, value)
        else:
            _put_mark(img, picture, lowering)


def _is_taken(picture: NumberedPicture, lowering: Lowering) -> bool:
    """Tell whether a picture can stay as it is: its format is accepted, or it has an address."""
    platform = lowering.platform
    formats, uploaded = platform.picture_formats, platform.upload and picture.role == "teaser"
    if not formats or picture.media_type in formats:
        return True
    return bool(picture.url) and not (platform.rehosted or uploaded)


def _fonts(picture: NumberedPicture, lowering: Lowering) -> tuple[Path, ...]:
    """Return the fonts for a picture: those of its words, if it is a drawing."""
    words = picture.data.decode("utf-8", errors="replace") if picture.media_type == SVG else ""
    return drawing_fonts(words, lowering.files)


def _put_mark(img: Element, picture: NumberedPicture, lowering: Lowering) -> None:
    """Replace a picture without an address by a mark; a formula in a line by its TeX."""
    if img.get("class") == FORMULA:
        lowering.lose("formula-tex", picture.file, at=img)
        mark = etree.Element("code", {"class": "maths"})
        mark.text = picture.alt
    else:
        lowering.lose("picture-mark", at=img)
        mark = etree.Element("span", {"class": "picture-mark"})
        mark.text = picture.mark(lowering.labels)
    tree.replace(img, mark)
