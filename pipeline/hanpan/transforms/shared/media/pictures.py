"""Pictures: every `<img>` becomes `asset:ID` with its size, or says why it is out of reach."""

from __future__ import annotations

import re
from urllib.parse import unquote

from hanpan import budget
from hanpan.assets.disk import public_name
from hanpan.assets.finding import Finder, FoundPicture, UnavailablePicture
from hanpan.source.front_matter.layouts import picture_folders
from hanpan.source.front_matter.meta import TEASER_KEYS
from hanpan.transforms.select import drop
from hanpan.transforms.shared.context import Context
from hanpan.transforms.shared.media.picture_forms import ZOOM
from hanpan.transforms.shared.places import SourcePlace
from hanpan.tree import Element

_WORDS = {
    "missing": ("image-missing", "is not in the site", "Fix the path, or add the file."),
    "unreachable": (
        "image-unreachable",
        "could not be fetched",
        "Fix the address, or keep the picture in the site's folder.",
    ),
    "broken": ("image-broken", "cannot be shown", "Replace the file with a picture."),
}
_PERCENT = re.compile(r"\s*+(\d{1,3}(?>(?:\.\d++)?))\s*+%\s*+\Z")
_PIXELS = re.compile(r"\s*+(\d{1,5})(?>(?:\.\d++)?)\s*+(?>(?:px)?)\s*+\Z")


def pictures(root: Element, context: Context) -> None:
    """Find the file of each picture; those from elsewhere are fetched together first."""
    finder = _finder(context)
    images = [image for image in root.iter("img") if not _is_drawn(image, context)]
    written = [(image.get("src") or "").strip() for image in images]
    finder.fetch_all(written)
    undescribed: list[SourcePlace] = []
    offline: list[tuple[UnavailablePicture, SourcePlace]] = []
    for image, source in zip(images, written, strict=True):
        name = source.rpartition("/")[2] or "!["
        place = context.place_of(image, source, unquote(source), name)
        budget.at(f"the picture {public_name(source)[:100]}", place.line)
        picture = finder.find(source)
        if image.get("alt") == "":
            if isinstance(picture, FoundPicture):
                image.set("role", "presentation")  # so that all who come after know it
        elif not (image.get("alt") or "").strip():
            undescribed.append(place)
        image.set("alt", public_name(image.get("alt") or ""))
        if isinstance(picture, UnavailablePicture):
            if picture.only_offline:
                offline.append((picture, place))
            else:
                _report_unavailable(context, picture, place)
            drop(image, "src")
            image.set("data-missing", picture.reason)
            image.set("data-src", public_name(source))
            drop(image, ZOOM)
            _sizes(image, 0, 0)
        else:
            if picture.note:
                context.report(
                    "image-name", "warning", picture.note, place, "Write the name as it is."
                )
            context.assets[picture.asset.id] = picture.asset
            image.set("src", f"asset:{picture.asset.id}")
            _zoom(image, picture.asset.width)
            _sizes(image, picture.asset.width, picture.asset.height)
    if undescribed:
        _report_undescribed(context, undescribed)
    if offline:
        _report_offline(context, offline)


def _report_undescribed(context: Context, pictures_at: list[SourcePlace]) -> None:
    """Report all pictures without a description at once; `alt=""` marks one as decoration."""
    many = f"{len(pictures_at)} pictures have" if len(pictures_at) > 1 else "a picture has"
    message = f"{many} no description for readers who cannot see it{_lines(pictures_at)}"
    remedy = "Write what it shows between the brackets: ![what it shows](picture.png)."
    context.report("alt-empty", "info", message, _first(pictures_at), remedy)


def _report_offline(
    context: Context, pictures_at: list[tuple[UnavailablePicture, SourcePlace]]
) -> None:
    """Report the pictures of a post that are elsewhere and were not asked for: once."""
    names = dict.fromkeys(picture.name for picture, _ in pictures_at)
    places = [place for _, place in pictures_at]
    many = len(names) > 1
    which = f"{len(names)} pictures are" if many else f"the picture {next(iter(names))} is"
    message = f"{which} not in the cache, and --offline is set{_lines(places)}"
    remedy = "Build once without --offline: the cache keeps what was fetched."
    context.report("image-unreachable", "warning", message, _first(places), remedy)


def _first(places: list[SourcePlace]) -> SourcePlace:
    """Return the first place whose line is known for certain, else the first."""
    return next((place for place in places if not place.is_near), places[0])


def _lines(places: list[SourcePlace]) -> str:
    """Return the lines of several things, to stand behind what they are."""
    lines = [str(place.line) for place in places if not place.is_near]
    more = " …" if len(lines) > 12 else ""
    return f" (lines {', '.join(lines[:12])}{more})" if len(lines) > 1 else ""


def _is_drawn(image: Element, context: Context) -> bool:
    """Tell whether a picture is one of ours already; an author's `asset:x` is not."""
    kind, _, name = (image.get("src") or "").partition(":")
    return kind == "asset" and name in context.assets


def _report_unavailable(context: Context, picture: UnavailablePicture, place: SourcePlace) -> None:
    rule, words, remedy = _WORDS[picture.reason]
    message = f"the picture {picture.name} {words}" + (
        f": {picture.detail}" if picture.detail else ""
    )
    context.report(rule, "warning", message, place, remedy, _cause(picture))


def _cause(picture: UnavailablePicture) -> str:
    """Return what a picture has in common with others that are out of reach, "" for nothing."""
    if picture.only_offline:  # a teaser: other pictures are told by post
        return "offline"
    return f"host:{picture.dead_host}" if picture.dead_host else ""


def _finder(context: Context) -> Finder:
    """Return what finds the post's pictures: Chirpy's posts name a folder for all of them."""
    front = context.post.front
    folder = front.get("media_subpath") or front.get("img_path")
    prefix = folder if isinstance(folder, str) else ""
    return Finder(context.files, context.post.path, context.site_url, prefix)


def teaser(written: str, line: int | None, context: Context) -> tuple[FoundPicture | None, bool]:
    """Return the picture that the front matter names, and whether it is out of reach."""
    if not written:
        return None, False
    finder = _finder(context)
    picture = finder.find(written)
    folders: dict[str, str] = {}
    if isinstance(picture, UnavailablePicture) and picture.reason == "missing":
        folders = picture_folders(context.files, TEASER_KEYS)
        below = (finder.find(f"/{folder}/{written.lstrip('/')}") for folder in folders)
        picture = next((one for one in below if isinstance(one, FoundPicture)), picture)
    if isinstance(picture, FoundPicture):
        if picture.note:
            context.report("image-name", "warning", picture.note, line, "Write the name as it is.")
        context.assets.setdefault(picture.asset.id, picture.asset)
        return picture, False
    rule, words, remedy = _WORDS[picture.reason]
    words += _in_vain(folders)
    message = f"the teaser {picture.name} {words}" + (
        f": {picture.detail}" if picture.detail else ""
    )
    message += "; a cover drawn from the title replaces it"
    rule = rule.replace("image-", "teaser-")
    context.report(rule, "warning", message, line, remedy, _cause(picture))
    return None, True


def _in_vain(folders: dict[str, str]) -> str:
    """Return in which folders a teaser was sought, and which layouts put them in front of it."""
    places = [f"/{folder}/, which {layout} puts in front" for folder, layout in folders.items()]
    return f", nor in {', '.join(places[:3])}" if places else ""


def _zoom(image: Element, width: int) -> None:
    """Make a share of a picture's own size its width, unless that is said."""
    share = drop(image, ZOOM)
    if share and width and not image.get("width"):
        image.set("width", str(max(1, round(width * float(share) / 100))))


def _sizes(image: Element, width: int, height: int) -> None:
    """Set width and height in pixels, the author's where given; percentages become a style."""
    given: dict[str, int] = {}
    for name in ("width", "height"):
        typed = drop(image, name)
        percent, pixels = _PERCENT.match(typed), _PIXELS.match(typed)
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
