"""The pictures of a post for other platforms: numbered in document order, the teaser first."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path, PurePosixPath
from urllib.parse import quote, unquote, urlsplit

from hanpan.assets import diagrams, fonts, images, scripts
from hanpan.assets.covers.cover import draw_cover
from hanpan.assets.pictures.public_paths import public_path
from hanpan.document import Asset, Document
from hanpan.files import Files, sha256
from hanpan.labels import Labels
from hanpan.media_types import GIF, JPEG, PNG, SVG, ending_of
from hanpan.site import Identity, Publication
from hanpan.tree import Element

UPLOADS = "https://upload.invalid/"
COVER = "cover"  # the key of a drawn cover, which is not an asset of the document
COVER_SIZE = (1200, 630)  # what Open Graph, Ghost and others take (1.91:1)
_SCALE = 2.0  # pixels of a drawing's PNG for one of CSS
_MOST_PIXELS = 16_000_000  # of a drawing as PNG: 64 MB in memory


@dataclass(frozen=True, slots=True)
class NumberedPicture:
    """A picture of a payload; `url` is public, "" where there is none."""

    key: str  # the asset's id, or COVER
    number: int
    file: str  # its name below images/
    url: str
    alt: str
    role: str  # teaser or body
    media_type: str
    width: int
    height: int
    data: bytes
    sha256: str
    source: str  # as in Asset.source; `drawn` for a cover, a formula, code or a table

    @property
    def placeholder(self) -> str:
        """Return the address that stands for the picture until it is uploaded (RFC 2606)."""
        return f"{UPLOADS}{self.number:02}.{self.file.rpartition('.')[2]}"

    def mark(self, labels: Labels) -> str:
        """Return the text of the mark where the author should insert the picture."""
        alt = f": {self.alt}" if self.alt else ""
        return f"[{labels.numbered_picture.format(self.number)}{alt} → images/{self.file}]"


@dataclass(frozen=True, slots=True)
class DrawnPicture:
    """A PNG that a lowering has drawn of something that a platform does not accept."""

    kind: str  # formula, code or table
    alt: str
    data: bytes
    width: int  # CSS pixels
    height: int


def renumber_pictures(
    root: Element, given: Mapping[str, NumberedPicture], drawn: Mapping[str, DrawnPicture]
) -> dict[str, NumberedPicture]:
    """Return the pictures below `root` in document order, including drawn ones, the teaser first.

    Pictures that are no longer used come last.
    """
    teaser = [key for key, picture in given.items() if picture.role == "teaser"]
    named = [(img.get("src") or "").removeprefix("asset:") for img in root.iter("img")]
    keys = dict.fromkeys([*teaser, *(k for k in named if k in given or k in drawn), *given])
    pictures = {}
    for number, key in enumerate(keys, 1):
        if key in given:
            picture = given[key]
            name = picture.file.partition("-")[2]
            pictures[key] = replace(picture, number=number, file=f"{number:02}-{name}")
        else:
            pictures[key] = _from_drawing(key, number, drawn[key])
    return pictures


def _from_drawing(key: str, number: int, drawn: DrawnPicture) -> NumberedPicture:
    file = f"{number:02}-{drawn.kind}.png"
    size = drawn.width, drawn.height
    return NumberedPicture(
        key, number, file, "", drawn.alt, "body", PNG, *size, drawn.data,
        sha256(drawn.data), "drawn",
    )  # fmt: skip


def as_raster(picture: NumberedPicture, fonts: tuple[Path, ...]) -> NumberedPicture:
    """Return an SVG as a PNG, to be inserted by hand; any other picture as it is."""
    if picture.media_type != SVG:
        return picture
    data = raster(picture.data, fonts, picture.width, picture.height)
    file = f"{picture.file.rpartition('.')[0]}.png"
    changed = replace(picture, file=file, url="", media_type=PNG, data=data)
    return replace(changed, sha256=sha256(data)) if data else picture


@lru_cache(maxsize=48)  # for all platforms of a post
def raster(svg: bytes, fonts: tuple[Path, ...], width: int, height: int) -> bytes:
    """Return an SVG of a size in CSS pixels as PNG, twice as large; b"" where it cannot be drawn.

    One that is too large for that is less than twice as large.
    """
    try:
        scale = min(_SCALE, (_MOST_PIXELS / max(1, width * height)) ** 0.5)
        return diagrams.as_png(svg, fonts, scale)
    except (diagrams.NotADiagram, UnicodeDecodeError):
        return b""


def drawing_fonts(words: str, files: Files) -> tuple[Path, ...]:
    """Return the fonts for a drawing: the site's, and those that its words need beside them."""
    more = () if words.isascii() else scripts.faces_for(words, files)
    return tuple(face.path for face in (*fonts.faces(files), *more))


def number_pictures(document: Document, root: Element, files: Files) -> dict[str, NumberedPicture]:
    """Return all pictures of the payloads by key, in document order, each with its bytes."""
    identity = files.settings(Identity)
    alts: dict[str, str] = {}
    teaser = COVER if document.teaser_missing else document.teaser
    if teaser:
        alts[teaser] = document.meta.title
    for img in root.iter("img"):
        key = (img.get("src") or "").removeprefix("asset:")
        if (img.get("src") or "").startswith("asset:"):
            alts.setdefault(key, " ".join((img.get("alt") or "").split()))
    pictures: dict[str, NumberedPicture] = {}
    for key, alt in alts.items():
        role = "teaser" if key == teaser else "body"
        make = _draw_cover if key == COVER else _from_asset
        pictures[key] = make(document, files, identity, key, len(pictures) + 1, alt, role)
    return pictures


def _draw_cover(
    document: Document, files: Files, site: Identity, key: str, number: int, alt: str, role: str
) -> NumberedPicture:
    data = draw_cover(document.meta, site.title, files, COVER_SIZE, None)
    file = f"{number:02}-cover.jpg"
    size = COVER_SIZE
    return NumberedPicture(
        key, number, file, "", alt, role, JPEG, *size, data, sha256(data), "drawn"
    )


def _from_asset(
    document: Document, files: Files, site: Identity, key: str, number: int, alt: str, role: str
) -> NumberedPicture:
    asset = document.asset(key)
    data, media_type = images.asset_bytes(asset, files), asset.media_type
    if asset.source.startswith(f"{images.DIAGRAM}:"):  # no platform takes SVG
        faces = (face.path for face in fonts.faces(files))
        data, media_type = diagrams.as_png(data, faces), PNG
    if media_type != GIF:  # an animation stays one; the others lose EXIF and GPS
        data, media_type = images.still_picture(data, media_type)
    file = f"{number:02}-{_stem(asset)}.{ending_of(media_type)}"
    url = public_url(asset, document, files)
    size = asset.width, asset.height
    return NumberedPicture(
        key, number, file, url, alt, role, media_type, *size, data, sha256(data), asset.source
    )


def public_url(asset: Asset, document: Document, files: Files) -> str:
    """Return the asset's public address, "" where there is none."""
    kind, _, place = asset.source.partition(":")
    if kind == "remote":
        return quote(place, safe="!#$%&'()*+,/:;=?@[]~-._")
    site_url = files.settings(Identity).url
    if kind == "file" and site_url:
        page = document.meta.path
        path = public_path(place, document.source, page, files.settings(Publication))
        return f"{site_url}/{path}" if path else ""
    return ""


def _stem(asset: Asset) -> str:
    """Return a name that every file system and upload form accepts."""
    kind, _, place = asset.source.partition(":")
    path = place if kind == "file" else unquote(urlsplit(place).path) if kind == "remote" else ""
    if kind == images.DIAGRAM:
        return "diagram"
    stem = unicodedata.normalize("NFC", PurePosixPath(path).stem)
    return re.sub(r"[^\w.-]+", "-", stem).strip("-._")[:40] or "picture"


def as_json(picture: NumberedPicture, *, upload: bool) -> dict[str, object]:
    """Return a picture for the manifest; `upload`: publishing may upload it."""
    return {
        "number": picture.number,
        "src": picture.url or None,
        "placeholder": picture.placeholder if upload and not picture.url else None,
        "local": f"images/{picture.file}",
        "sha256": picture.sha256,
        "alt": picture.alt,
        "role": picture.role,
        "media_type": picture.media_type,
        "width": picture.width,
        "height": picture.height,
    }
