"""Assets: stylesheet, fonts, scripts and icons, once for the site, each named by its content."""

from __future__ import annotations

import io
import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from PIL import Image

from hanpan.assets.colours import WHITE
from hanpan.assets.fonts import role_faces, subset
from hanpan.assets.lettering import Lettering, clusters
from hanpan.assets.stylesheets import compact, token
from hanpan.editions.site.slices import WEIGHTS, font_css, font_files, slices
from hanpan.editions.site.stand_in import FORM
from hanpan.editions.templates import layout_text
from hanpan.files import Files, sha256
from hanpan.site import Html, Identity

_SCRIPTS = ("site", "search")
_ICONS = (32, 180, 192, 512)  # pixels: tabs, Apple's, and the two that manifests want


@dataclass(frozen=True, slots=True)
class AssetNames:
    """The names of assets below assets/."""

    style: str
    fonts: str
    site: str  # the script of every page
    search: str


def asset_names(files: Files, stylesheets: Sequence[str]) -> AssetNames:
    """Return how the assets are called: by a hash of what is in them, or of what makes them."""
    faces = (face.key for role, weight in WEIGHTS for face in role_faces(files, role, weight))
    return AssetNames(
        f"site-{_style_digest(layout_text(files, *stylesheets))}.css",
        f"fonts-{_fonts_digest(tuple(faces))}.css",
        *(f"{name}-{sha256(files.layout(f'site/{name}.js'))[:12]}.js" for name in _SCRIPTS),
    )


def assets(files: Files, stylesheets: Sequence[str], used: Sequence[str]) -> dict[str, bytes]:
    """Return all assets by path below out/site; fonts only for the slices that are `used`."""
    names = asset_names(files, stylesheets)
    artifacts = {
        f"assets/{names.style}": compact(layout_text(files, *stylesheets)).encode(),
        f"assets/{names.site}": files.layout("site/site.js"),
        f"assets/{names.search}": files.layout("site/search.js"),
    }
    if files.settings(Html).embed_fonts:
        artifacts[f"assets/{names.fonts}"] = font_css(files).encode()
        for font in font_files(files):
            if not font.slice or font.slice in used:
                artifacts[f"assets/{font.name}"] = subset(font.face, font.text, "woff2")
    return artifacts | _icons(files)


@lru_cache(maxsize=8)  # every page asks
def _style_digest(text: str) -> str:
    return sha256(compact(text).encode())[:12]


@lru_cache(maxsize=8)
def _fonts_digest(faces: tuple[str, ...]) -> str:
    """Return a hash of how fonts are cut, and of the faces that are."""
    cuts = [[one.name, sorted(one.codes)] for one in slices().values()]
    return sha256(json.dumps([repr(FORM), cuts, faces]).encode())[:12]


def _icons(files: Files) -> dict[str, bytes]:
    """Return the site's icons and its manifest: the first letter of its title on the accent."""
    identity = files.settings(Identity)
    artifacts = {}
    letter = next((part for part in clusters(identity.title) if part[0].isalnum()), "·")
    lettering = Lettering.load(files, text=letter, lang=identity.lang)
    accent = token("accent", files)
    icons = []
    for side in _ICONS:
        image = Image.new("RGB", (side, side), accent)
        size = side * 0.62
        left = (side - lettering.width(letter, size)) / 2
        lettering.draw(image, (left, side * 0.72), letter, size, WHITE)
        out = io.BytesIO()
        image.save(out, "PNG", optimize=True)
        artifacts[f"icon-{side}.png"] = out.getvalue()
        icons.append({"src": f"icon-{side}.png", "sizes": f"{side}x{side}", "type": "image/png"})
    manifest = {
        "name": identity.title,
        "short_name": identity.title,
        "description": identity.description,
        "lang": identity.lang,
        "start_url": "./",
        "display": "browser",
        "icons": icons[-2:],
    }
    text = json.dumps({key: value for key, value in manifest.items() if value}, ensure_ascii=False)
    return artifacts | {"manifest.webmanifest": text.encode()}
