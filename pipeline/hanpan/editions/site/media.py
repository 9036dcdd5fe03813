"""The files of a post on its site: pictures in several widths, and its Open Graph picture."""

from __future__ import annotations

from hanpan.assets.covers.cover import draw_cover
from hanpan.assets.images import asset_bytes, narrow_picture, still_picture, web_picture
from hanpan.assets.pictures.bounds import NotAPicture
from hanpan.document import Asset, Document
from hanpan.editions import Artifact
from hanpan.editions.html.pictures import COVER, describe, size_picture
from hanpan.files import Files, sha256
from hanpan.library.facts import Thumbnail
from hanpan.media_types import JPEG, PNG, SVG, WEBP, ending_of
from hanpan.site import Identity, Library
from hanpan.tree import Element

FOLDER = "site"  # below out/
MEDIA = "media"  # below that: a folder for each post, by its slug
_FULL = 1600  # pixels
_NARROW = 800  # beside the full picture: the column of a screen, phones at twice their CSS pixels
_LIGHT = 60_000  # bytes: a picture that has no more is as good for phones as it is
_THUMBNAIL = 480
_SIZES = "(max-width: 40rem) 100vw, 40rem"
_SCALED = (JPEG, PNG, WEBP)


class Media:
    """The pictures of one post, contents as they are asked for; addresses begin with `root`."""

    def __init__(self, document: Document, files: Files, root: str) -> None:
        self.artifacts: dict[str, bytes] = {}  # by path below out/site
        self._document = document
        self._files = files
        self._root = root
        self._attributes: dict[str, dict[str, str]] = {}  # by id of the asset
        self._folder = f"{MEDIA}/{document.slug}"

    def place(self, root: Element, document: Document, files: Files) -> None:
        """Give each `<img src="asset:ID">` below `root` its files and its size."""
        for img in root.iter("img"):
            source = img.get("src") or ""
            if source.startswith("asset:"):
                asset = document.asset(source)
                size_picture(img, asset)
                for name, value in self.attributes(asset).items():
                    img.set(name, value)
            describe(img)
            img.set("loading", "lazy")
            img.set("decoding", "async")

    def attributes(self, asset: Asset) -> dict[str, str]:
        """Return `src`, and `srcset` with `sizes` where a picture has several widths."""
        if asset.id not in self._attributes:  # the page wants them, its Markdown, the hero
            self._attributes[asset.id] = self._attributes_of(asset)
        return self._attributes[asset.id]

    def _attributes_of(self, asset: Asset) -> dict[str, str]:
        full = self._add(asset)
        attributes = {"src": f"{self._root}{full}"}
        width = min(asset.width, _FULL)
        size = len(self.artifacts[full])
        if asset.media_type in _SCALED and width > _NARROW * 1.3 and size > _LIGHT:
            narrow = self._add(asset, _NARROW)
            if len(self.artifacts[narrow]) < size * 0.8:
                choices = ((narrow, _NARROW), (full, width))
                attributes["srcset"] = ", ".join(f"{self._root}{p} {w}w" for p, w in choices)
                attributes["sizes"] = _SIZES
            elif narrow != full:
                del self.artifacts[narrow]
        return attributes

    def thumbnail(self) -> Thumbnail | None:
        """Return the teaser as lists show it; None where there is none, or it is no photograph."""
        if not self._document.teaser:
            return None
        asset = self._document.asset(self._document.teaser)
        if not asset.width or not asset.height:
            return None
        width = min(asset.width, _THUMBNAIL)
        path = self._add(asset, _THUMBNAIL)
        return Thumbnail(path, width, max(1, round(width * asset.height / asset.width)))

    def card(self) -> str:
        """Return the path of the Open Graph picture, "" where the site wants none."""
        if not self._files.settings(Library).cards:
            return ""
        title = self._files.settings(Identity).title
        path = f"{self._folder}/card.jpg"
        teaser = self._teaser_bytes()
        self.artifacts[path] = draw_cover(self._document.meta, title, self._files, COVER, teaser)
        return path

    def text(self, content: str) -> None:
        """Add the text of the post, for extracts beside what a search finds."""
        self.artifacts[f"{self._folder}/text.js"] = content.encode()

    def file(self, name: str, data: bytes) -> str:
        """Add a file under a name that is safe; return its path."""
        path = f"{self._folder}/{sha256(data)[:8]}/{name}"
        self.artifacts[path] = data
        return path

    def files(self) -> tuple[Artifact, ...]:
        """Return all files that were asked for."""
        contents = sorted(self.artifacts.items())
        return tuple(Artifact(f"{FOLDER}/{path}", data) for path, data in contents)

    def _teaser_bytes(self) -> bytes | None:
        if not self._document.teaser:
            return None
        asset = self._document.asset(self._document.teaser)
        try:
            content = asset_bytes(asset, self._files)
            form = web_picture if asset.media_type in _SCALED else still_picture
            data, media_type = form(content, asset.media_type)
        except (OSError, NotAPicture):
            return None
        return None if media_type == SVG else data

    def _add(self, asset: Asset, width: int = 0) -> str:
        """Add a picture, in the narrower form if a width is given; return its path."""
        content = asset_bytes(asset, self._files)
        data, media_type = web_picture(content, asset.media_type, _FULL)
        path = f"{self._folder}/{asset.id}.{ending_of(media_type)}"
        if width:
            narrow, media_type = narrow_picture(content, asset.media_type, width)
            if narrow != data:
                path, data = f"{self._folder}/{asset.id}-{width}.{ending_of(media_type)}", narrow
        self.artifacts[path] = data
        return path
