"""Pictures of an EPUB: each asset once, as a core media type, under an ASCII name."""

from __future__ import annotations

from hanpan import tree
from hanpan.assets.images import asset_bytes, still_picture
from hanpan.assets.pictures.bounds import NotAPicture
from hanpan.document import Document
from hanpan.editions.epub.parts import ManifestItem
from hanpan.files import Files
from hanpan.media_types import SVG, ending_of
from hanpan.problems import BuildError, Problem
from hanpan.tree import Element


class Pictures:
    """The pictures of one document, made as they are asked for.

    Documents of one book share `shelf`, path -> file: a picture of several is stored once.
    """

    def __init__(
        self, document: Document, files: Files, shelf: dict[str, ManifestItem] | None = None
    ) -> None:
        self._document = document
        self._files = files
        self._items: dict[str, ManifestItem] = {} if shelf is None else shelf

    def path(self, reference: str) -> str:
        """Return where `asset:ID` or ID lies in the package. Raises BuildError."""
        asset = self._document.asset(reference)
        try:
            data, media_type = still_picture(asset_bytes(asset, self._files), asset.media_type)
        except (OSError, NotAPicture) as error:
            raise BuildError(
                Problem(
                    "picture-unreadable",
                    "error",
                    f"the picture {asset.source} was readable before and no longer is: {error}",
                    self._document.source,
                    None,
                    "Build again; if that does not help, restore the picture.",
                )
            ) from error
        name = f"images/{asset.id}.{ending_of(media_type)}"
        self._items.setdefault(name, ManifestItem(f"image-{asset.id}", name, media_type, data))
        return name

    def place(self, root: Element) -> None:
        """Point every `<img src="asset:ID">` to its file; drop pictures without an address."""
        for img in list(root.iter("img")):
            source = img.get("src") or ""
            if source.startswith("asset:"):
                img.set("src", f"../{self.path(source)}")
            else:
                tree.remove(img)

    def teaser_bytes(self) -> bytes | None:
        """Return the teaser for the cover, or None: none named, out of reach, or drawn in SVG."""
        if not self._document.teaser:
            return None
        item = self._items[self.path(self._document.teaser)]
        return None if item.media_type == SVG else item.data

    def items(self) -> tuple[ManifestItem, ...]:
        """Return the files of all pictures that were asked for, in the order of their names."""
        return tuple(self._items[name] for name in sorted(self._items))
