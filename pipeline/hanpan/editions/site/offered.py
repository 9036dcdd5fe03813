"""Files that a post links to: beside its pictures on the site, as far as readers may have them.

What a post links to is not always what its author means to publish: a settings file, a key. So
only files of kinds that readers download are offered, none that is hidden, and none that a browser
would run as a part of the site.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from urllib.parse import unquote, urlsplit

from hanpan.assets.finding import Finder
from hanpan.assets.images import identify, plain_picture
from hanpan.assets.pictures.bounds import NotAPicture
from hanpan.document import Document
from hanpan.editions.site.media import Media
from hanpan.files import Files
from hanpan.library.addresses import safe_name
from hanpan.media_types import ending_of
from hanpan.site import Identity, Sources
from hanpan.source.entries import Pattern

MOST = 50_000_000  # bytes of one file: hosts of pages take 100 MB
_KINDS = frozenset(
    "pdf epub mobi djvu ps zip gz tgz bz2 xz 7z tar rar ipynb csv tsv txt tex bib srt vtt ics"
    " doc docx xls xlsx ppt pptx hwp hwpx odt ods odp rtf"
    " mp3 m4a ogg oga opus wav flac mp4 m4v webm mov mkv"
    " py r rmd jl m java kt scala c cc cpp h hpp cs go rs rb php swift sql sh ps1 toml"
    " ttf otf woff woff2 stl obj glb apk jar exe dmg msi deb rpm".split()
)
_PICTURES = frozenset("png jpg jpeg gif webp avif bmp tif tiff svg".split())


class OfferedFiles:
    """The files that one post links to."""

    def __init__(self, document: Document, files: Files, media: Media) -> None:
        self._files = files
        self._media = media
        self._url = files.settings(Identity).url
        self._address = f"{self._url}{document.meta.path}"
        self._finder = Finder(files, document.source, self._url)
        self._excluded = [Pattern(text) for text in files.settings(Sources).exclude]
        self._folder = posixpath.dirname(document.source)
        self._offered: dict[str, str] = {}  # by address: a post may link to a file more than once

    def offer(self, address: str) -> str:
        """Return where the file at an address of the site is on it, "" where it is not offered."""
        if address not in self._offered:
            self._offered[address] = self._offer(address)
        return self._offered[address]

    def _offer(self, address: str) -> str:
        kind = posixpath.splitext(urlsplit(address).path)[1][1:].lower()
        if kind not in _KINDS and kind not in _PICTURES:
            return ""
        for path in self._places(address):
            if not self._is_public(path):
                continue
            try:
                data = self._files.read(path, MOST)
            except (OSError, ValueError):
                continue
            name = posixpath.basename(path)
            if kind in _PICTURES:
                try:
                    data, media_type = plain_picture(data, identify(data).media_type)
                except (OSError, NotAPicture):
                    return ""
                name = f"{posixpath.splitext(name)[0]}.{ending_of(media_type)}"
            return self._media.file(safe_name(name) or f"file.{kind}", data)
        return ""

    def _places(self, address: str) -> Iterator[str]:
        """Yield the paths below the site's root that an address may mean."""
        yield from self._finder.own_places(address)
        folder = self._address if self._address.endswith("/") else posixpath.dirname(self._address)
        inner = address.removeprefix(f"{folder.rstrip('/')}/")
        if inner != address:  # beside the post, as authors of bundles write
            yield from self._finder.places(inner)
        base = f"{self._url}/"
        if self._url and address.startswith(base) and folder.startswith(self._url):
            # from the post's file, as authors of documentation write: `../complete.toml`
            page = f"/{folder.removeprefix(self._url).strip('/')}"
            relative = posixpath.relpath(f"/{unquote(address.removeprefix(base))}", page)
            path = posixpath.normpath(posixpath.join(self._folder, relative))
            if not path.startswith("../"):
                yield path

    def _is_public(self, path: str) -> bool:
        """Tell whether no part of a path is hidden, but for the folders that the post is in."""
        inner = path.removeprefix(f"{self._folder}/") if self._folder else path
        hidden = any(name.startswith((".", "_")) or name.endswith("~") for name in inner.split("/"))
        return not hidden and not any(pattern.holds(path) for pattern in self._excluded)
