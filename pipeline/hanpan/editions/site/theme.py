"""A theme: templates and styles in layouts/themes/NAME, over those of the theme `page`.

What a theme does not have is that theme's: a theme of one stylesheet is whole.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from urllib.parse import quote, urlsplit

from markupsafe import Markup

from hanpan.assets.stylesheets import USER_STYLES
from hanpan.editions.site.assets import AssetNames, asset_names
from hanpan.editions.site.media import FOLDER
from hanpan.editions.site.words import SiteWords, file_size
from hanpan.editions.templates import fill
from hanpan.files import Files, packaged_layouts
from hanpan.labels import Labels
from hanpan.library.addresses import quoted
from hanpan.problems import BuildError, Problem
from hanpan.site import Html, Identity, Library

BASE = "page"  # the theme below all others
_SAFE = "/~!$&'()*+,;=@-._%"  # of an address that is quoted already


@dataclass(frozen=True, slots=True)
class PagePlace:
    """Where a page is: from there addresses are relative, so that the site may be anywhere."""

    path: str  # below out/site
    base: str = ""  # instead, for a page that is shown at any address: the site's own

    @property
    def root(self) -> str:
        """Return what leads to the site's root: "" or "../../"."""
        return self.base or "../" * self.path.count("/")

    def to(self, path: str) -> str:
        """Return the address of a path below out/site, seen from here."""
        return f"{self.root}{quoted(path)}" or "./"

    def link(self, target: str) -> str:
        """Return the address of a path with a fragment behind it, as plans name places."""
        path, sign, fragment = target.partition("#")
        return f"{self.to(path)}{sign}{fragment}"


def absolute(path: str, url: str) -> str:
    """Return the absolute address of a path below out/site, "" where the site has none."""
    return f"{url}/{quoted(path)}" if url else ""


def absolute_link(target: str, url: str) -> str:
    """Return the absolute address of a path with a fragment behind it."""
    path, sign, fragment = target.partition("#")
    return f"{absolute(path, url)}{sign}{fragment}" if url else ""


def base_path(url: str) -> str:
    """Return the path of the site's own address, with slashes: / or /blog/."""
    path = urlsplit(url).path.strip("/")
    return f"/{quote(path, safe=_SAFE)}/" if path else "/"


def show(files: Files, template: str, place: PagePlace, **context: object) -> bytes:
    """Return a page of the site: a template of the theme, with what every page has.

    Raises BuildError where there is no such theme, or a template cannot be filled in.
    """
    identity, settings = files.settings(Identity), files.settings(Library)
    resolve = partial(_template, files, _theme(files))
    names: AssetNames = asset_names(files, _stylesheets(files))
    page = fill(
        files,
        resolve(template),
        theme=resolve,
        site=identity,
        settings=settings,
        url=place.to,
        absolute=lambda path: absolute(path, identity.url),
        path=place.path,
        root=place.root,
        say=SiteWords(identity.lang),
        size=file_size,
        assets=names,
        has_fonts=files.settings(Html).embed_fonts,
        menu_links=list(_menu(settings, place)),
        head=Markup(files.layout("site/head.html").decode()),
        foot=Markup(files.layout("site/foot.html").decode()),
        **{"lang": identity.lang, "words": Labels(identity.lang), **context},
    )
    return page.encode()


def stylesheet_names(files: Files) -> list[str]:
    """Return the layout files that make the site's stylesheet, in order."""
    return _stylesheets(files)


def _theme(files: Files) -> str:
    """Return the theme that is asked for. Raises BuildError where there is none of this name."""
    name = files.settings(Library).theme
    if _exists(files, f"themes/{name}/styles/theme.css"):
        return name
    known = sorted(path.name for path in (packaged_layouts() / "themes").iterdir() if path.is_dir())
    message = f"there is no theme `{name}`: layouts/themes/{name}/styles/theme.css does not exist"
    remedy = f"Use one of: {', '.join(known)}; or write that file."
    raise BuildError(Problem("theme", "error", message, "site.toml", None, remedy))


def _template(files: Files, theme: str, name: str) -> str:
    """Return the layout of a theme's template, or of the one below it."""
    own = f"themes/{theme}/templates/{name}"
    return own if _exists(files, own) else f"themes/{BASE}/templates/{name}"


def _stylesheets(files: Files) -> list[str]:
    theme = _theme(files)
    shared = ("tokens", "prose", "code", "list-marks", "screen", "margins")
    own = [f"themes/{name}/styles/theme.css" for name in dict.fromkeys((BASE, theme))]
    last = [USER_STYLES] if _exists(files, USER_STYLES) else []
    return [*(f"styles/{name}.css" for name in shared), *own, *last]


def _exists(files: Files, name: str) -> bool:
    try:
        files.layout_path(name)
    except FileNotFoundError:
        return False
    return True


def _menu(settings: Library, place: PagePlace) -> Iterator[tuple[str, str]]:
    """Yield the words and addresses of the author's own links: `About /about/`."""
    for entry in settings.menu:
        words, _, address = entry.rpartition(" ")
        if address.startswith("/"):
            folder = "index.html" if address.endswith("/") else ""
            address = place.to(f"{address.lstrip('/')}{folder}")
        elif not address.startswith(("https://", "http://", "mailto:")):
            continue
        yield words or address, address


ArtifactPath = Callable[[str], str]


def below_site(path: str) -> str:
    """Return a path below out/ for one below out/site."""
    return f"{FOLDER}/{path}"
