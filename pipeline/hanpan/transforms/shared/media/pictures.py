"""Pictures: every `<img>` becomes `asset:ID` with its size, or says why it is out of reach."""

from __future__ import annotations

import re
from urllib.parse import unquote

from hanpan.assets.disk import public_name
from hanpan.assets.finding import Finder, FoundPicture, UnavailablePicture
from hanpan.transforms.select import drop
from hanpan.transforms.shared.context import Context
from hanpan.transforms.shared.places import SourcePlace
from hanpan.tree import Element

_WORDS = {
    "missing": ("image-missing", "is not in the site", "Mend the path, or add the file."),
    "unreachable": (
        "image-unreachable",
        "could not be fetched",
        "Mend the address, or keep the picture in the site's folder.",
    ),
    "broken": ("image-broken", "cannot be shown", "Replace the file by a picture."),
}
_PERCENT = re.compile(r"\s*+(\d{1,3}(?>(?:\.\d++)?))\s*+%\s*+\Z")
_PIXELS = re.compile(r"\s*+(\d{1,5})(?>(?:\.\d++)?)\s*+(?>(?:px)?)\s*+\Z")


def pictures(root: Element, context: Context) -> None:
    """Find the file of each picture; those from elsewhere are fetched together first."""
    finder = Finder(context.files, context.post.path, context.site_url)
    images = [image for image in root.iter("img") if not _is_drawn(image, context)]
    written = [(image.get("src") or "").strip() for image in images]
    finder.fetch_all(written)
    unnamed: list[SourcePlace] = []
    for image, source in zip(images, written, strict=True):
        name = source.rpartition("/")[2] or "!["
        place = context.place_of(image, source, unquote(source), name)
        found = finder.find(source)
        if image.get("alt") is None and isinstance(found, FoundPicture):
            unnamed.append(place)
        if image.get("alt") == "" and isinstance(found, FoundPicture):
            image.set("role", "presentation")  # so that all who come after know it
        image.set("alt", public_name(image.get("alt") or ""))
        if isinstance(found, UnavailablePicture):
            _say_lost(context, found, place)
            drop(image, "src")
            image.set("data-missing", found.reason)
            image.set("data-src", public_name(source))
            _sizes(image, 0, 0)
        else:
            if found.note:
                context.report(
                    "image-name", "warning", found.note, place, "Write the name as it is."
                )
            context.assets[found.asset.id] = found.asset
            image.set("src", f"asset:{found.asset.id}")
            _sizes(image, found.asset.width, found.asset.height)
    if unnamed:
        _say_unnamed(context, unnamed)


def _say_unnamed(context: Context, found: list[SourcePlace]) -> None:
    """Tell once of all pictures without words; `alt=""` says that one is for show."""
    places = [str(place.line) for place in found if not place.is_near]
    where = f" (lines {', '.join(places[:12])}{' …' if len(places) > 12 else ''})"
    many = f"{len(found)} pictures have" if len(found) > 1 else "a picture has"
    said = f"{many} no words for readers who do not see it{where if len(places) > 1 else ''}"
    remedy = "Write what it shows between the brackets: ![what it shows](picture.png)."
    first = next((place for place in found if not place.is_near), found[0])
    context.report("alt-empty", "info", said, first, remedy)


def _is_drawn(image: Element, context: Context) -> bool:
    """Tell whether a picture is one of ours already; an author's `asset:x` is not."""
    kind, _, name = (image.get("src") or "").partition(":")
    return kind == "asset" and name in context.assets


def _say_lost(context: Context, lost: UnavailablePicture, place: SourcePlace) -> None:
    rule, words, remedy = _WORDS[lost.reason]
    said = f"the picture {lost.name} {words}" + (f": {lost.detail}" if lost.detail else "")
    context.report(rule, "warning", said, place, remedy)


def teaser(written: str, line: int | None, context: Context) -> tuple[FoundPicture | None, bool]:
    """Return the picture that the front matter names, and whether it is out of reach."""
    if not written:
        return None, False
    finder = Finder(context.files, context.post.path, context.site_url)
    found = finder.find(written)
    if isinstance(found, FoundPicture):
        if found.note:
            context.report("image-name", "warning", found.note, line, "Write the name as it is.")
        context.assets.setdefault(found.asset.id, found.asset)
        return found, False
    rule, words, remedy = _WORDS[found.reason]
    said = f"the teaser {found.name} {words}" + (f": {found.detail}" if found.detail else "")
    said += "; a cover made of the title takes its place"
    context.report(rule.replace("image-", "teaser-"), "warning", said, line, remedy)
    return None, True


def _sizes(image: Element, width: int, height: int) -> None:
    """Set width and height in pixels, the author's where given; percentages become a style."""
    given: dict[str, int] = {}
    for name in ("width", "height"):
        said = drop(image, name)
        percent, pixels = _PERCENT.match(said), _PIXELS.match(said)
        if percent and name == "width":
            before = (image.get("style") or "").strip().rstrip(";")
            image.set("style", f"{before}; width: {percent[1]}%".removeprefix("; "))
        elif pixels and int(pixels[1]):
            given[name] = int(pixels[1])
    if width and height:
        if "width" in given and "height" not in given:
            given["height"] = max(1, round(given["width"] * height / width))
        elif "height" in given and "width" not in given:
            given["width"] = max(1, round(given["height"] * width / height))
        elif not given:
            given = {"width": width, "height": height}
    for name, value in given.items():
        image.set(name, str(value))
