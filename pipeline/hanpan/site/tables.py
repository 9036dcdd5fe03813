"""The tables of site.toml, one frozen dataclass each, and Site: all settings of one blog."""

from __future__ import annotations

import dataclasses
import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from hanpan.problems import Problem
from hanpan.site.books import BookPlan
from hanpan.site.crosspost import Platforms


@dataclass(frozen=True, slots=True)
class Identity:
    """Who publishes: the top level keys of site.toml."""

    title: str = ""
    description: str = ""
    url: str = ""  # absolute, without the final slash; "" where the site has no address
    author: str = ""
    lang: str = "ko"  # BCP 47
    timezone: str = "Asia/Seoul"  # IANA


@dataclass(frozen=True, slots=True)
class Clock:
    """What hour it is on the site: no table of site.toml, but what `timezone` there and in
    `_config.yml` come to.
    """

    zone: str = "Asia/Seoul"  # IANA
    is_set: bool = False  # whether the site says it: then all dates are moved to it
    reads_utc: bool = False  # whether a time without an offset is UTC, as Jekyll's YAML has it


@dataclass(frozen=True, slots=True)
class Sources:
    """[source]: where posts are, below the site's root, and which of them a walk takes."""

    posts: tuple[str, ...] = ("posts", "_posts")
    exclude: tuple[str, ...] = ()  # patterns as Jekyll's
    include: tuple[str, ...] = ()  # go before those of `exclude`, and before hidden names
    future: bool | None = None  # whether posts with a date to come are built; None: no
    pages: bool = False  # whether pages are built as well, such as about.md
    languages: tuple[str, ...] = ()  # codes, the site's own first; those of a generator go before


@dataclass(frozen=True, slots=True)
class Remote:
    """[remote]: what may be fetched, and for how long we wait."""

    timeout: float = 10.0  # seconds, for one file
    total: float = 60.0  # seconds, for all files of one post; what is left waits for the next build
    max_bytes: int = 20_000_000
    max_redirects: int = 5
    allow_private: bool = False  # private and loopback addresses
    retry_after: int = 3600  # seconds before an address that failed is asked again


@dataclass(frozen=True, slots=True)
class Limits:
    """[limits]: what a post may cost."""

    seconds: float = 16.0  # of the processor, for all steps of a post; large pictures add theirs


@dataclass(frozen=True, slots=True)
class Cache:
    """[cache]: results of steps that builds share. Nothing that a build makes depends on it."""

    url: str = ""  # a folder below .hanpan/; other addresses are for the command line to say
    read_only: bool = False
    timeout: float = 20.0  # seconds that an answer may take; then the build goes on without


@dataclass(frozen=True, slots=True)
class Fonts:
    """[fonts]: families by role, and the site's own font files.

    A family is one of the vendored ones or one found in `files` (paths below the site's root).
    """

    body: tuple[str, ...] = ("Pretendard", "Noto Sans KR")
    code: tuple[str, ...] = ("D2Coding", "Noto Sans KR")
    files: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Html:
    """[html]: the page."""

    toc_minimum: int = 3  # headings before a contents list is shown, unless the post says `toc`
    embed_fonts: bool = True


@dataclass(frozen=True, slots=True)
class Pdf:
    """[pdf]: the printed edition."""

    page: str = "A4"
    profile: str = "screen"  # press: bleed and crop marks; else the print shop of a book
    paper: str = ""  # what a book is printed on, for its spine: 80g, or a name of the shop's
    typeface: str = "sans"  # of the text; headings, tables and code stay sans
    paragraphs: str = "space"  # indent: first lines, as in books
    density: str = "normal"  # compact: more text on a page
    facing: bool | None = None  # pages that lie side by side; None: of a book or for a press
    toc: bool | None = None  # None: from three second-level headings and four pages on
    links: str | None = None  # where they lead: none, notes, inline; None: as notes for a press
    cross_references: bool | None = None  # pages of links within the post; None: for a press
    qr: bool = True  # a QR code of the canonical address, beside the title
    attach_source: bool = True  # the Markdown source and its pictures, within the PDF


@dataclass(frozen=True, slots=True)
class Epub:
    """[epub]: the book edition."""

    publisher: str = ""
    embed_fonts: bool = False  # the body font; the code font always is
    max_bytes: int = (
        50_000_000  # of a book, above which a warning follows: what Send to Kindle accepts
    )


@dataclass(frozen=True, slots=True)
class Library:
    """[site]: the site edition."""

    theme: str = "page"  # a folder of layouts/themes
    per_page: int = 20  # posts on a page of the index
    feed_posts: int = 20  # the newest, with their whole text
    search: bool = True
    cards: bool = True  # an Open Graph picture is drawn for each post
    menu: tuple[str, ...] = ()  # "About /about/": words, a blank, a path or an address
    webmention: str = ""  # the address that receives them
    comments: str = ""  # giscus, utterances
    comments_repo: str = ""  # owner/name
    comments_repo_id: str = ""  # giscus
    comments_category: str = ""  # giscus
    comments_category_id: str = ""  # giscus


@dataclass(frozen=True, slots=True)
class Crosspost:
    """[crosspost]: payloads for other platforms."""

    platforms: tuple[str, ...] = (
        "tistory", "naver", "velog", "brunch", "medium", "devto", "hashnode", "wordpress", "ghost",
        "blogger", "substack", "linkedin", "qiita", "zenn",
    )  # fmt: skip
    backlink: str = "bottom"  # top, bottom or none
    backlink_text: str = ""  # empty: 원문, or Original where labels are English
    teaser: str = ""  # first: above the body; cover: the platform's alone; "": as is usual there
    code_colours: bool | None = None  # whether code has colours; None: as is usual there
    ai_disclosure_level: str = ""  # how much of posts AI wrote; "": nothing is said


@dataclass(frozen=True, slots=True)
class Route:
    """Where Docusaurus or Astro shows the files of a folder."""

    folder: str  # below the site's root, without slashes around it
    prefix: str  # of their paths: /blog; "" where they are at the root
    kind: str  # blog, docs, collection


@dataclass(frozen=True, slots=True)
class Publication:
    """How the site's generator publishes posts: what its own settings say, and no site.toml."""

    generator: str = (
        ""  # whose settings the site has: jekyll, hexo, hugo, obsidian; "": it has none
    )
    languages: tuple[tuple[str, str], ...] = ()  # codes and folders, the site's own language first
    drafts: bool = False  # whether it shows them: Jekyll's show_drafts, Hugo's buildDrafts
    unpublished: bool = False  # whether it shows posts with `published: false`
    expired: bool = False  # whether it shows posts after their expiryDate
    any_date: tuple[str, ...] = ()  # Jekyll's collections that show what is to come
    project: str = ""  # the generator in JavaScript that it is a project of: astro, docusaurus …
    routes: tuple[Route, ...] = ()  # of such a project
    final_slash: bool | None = None  # whether its addresses end with one; None: as each is made
    by_slug: bool = True  # whether a post that no route has is at /SLUG/: else nobody knows where
    reads_mdx: bool = False  # whether its `.md` is MDX as well: Docusaurus'
    static: tuple[str, ...] = ()  # folders whose files are at the site's root, under their names
    bundled: tuple[str, ...] = ()  # of files that pages, layouts or a bundler place and name
    ignored: tuple[str, ...] = ()  # patterns of paths that are no posts: Hugo's, Obsidian's
    asset_folders: bool = False  # Hexo's: HTML beside posts is theirs, and none itself
    # Hugo's alone:
    content: str = ""  # the folder of all pages
    permalinks: tuple[tuple[str, str], ...] = ()  # forms of addresses by section
    ugly: bool = False  # addresses such as /posts/글.html
    keeps_case: bool = False  # of letters in addresses
    own_language_in_addresses: bool = False
    dates_in_names: bool = False  # whether a date in a file's name is that of the page
    themes: tuple[str, ...] = ()  # folders of its themes, whose templates come after its own
    main_sections: tuple[str, ...] = ()  # whose pages are posts, and have dates


@dataclass(frozen=True, slots=True)
class Site:
    """Everything hanpan knows of one blog; `root` is absolute, `config` what it was read from."""

    root: Path
    config: tuple[Path, ...] = ()
    publication: Publication = field(default_factory=Publication)
    collections: tuple[str, ...] = ()  # folders of Jekyll's that the site shows, below the root
    identity: Identity = field(default_factory=Identity)
    clock: Clock = field(default_factory=Clock)
    sources: Sources = field(default_factory=Sources)
    remote: Remote = field(default_factory=Remote)
    limits: Limits = field(default_factory=Limits)
    cache: Cache = field(default_factory=Cache)
    fonts: Fonts = field(default_factory=Fonts)
    html: Html = field(default_factory=Html)
    pdf: Pdf = field(default_factory=Pdf)
    epub: Epub = field(default_factory=Epub)
    library: Library = field(default_factory=Library)
    crosspost: Crosspost = field(default_factory=Crosspost)
    rules: tuple[tuple[str, str], ...] = ()  # [rules]: rule -> off, info, warning or error
    books: tuple[BookPlan, ...] = ()  # [[book]]
    platforms: Platforms = field(default_factory=Platforms)  # [crosspost.NAME]
    problems: tuple[Problem, ...] = ()  # of the generator's own settings, relative to the root

    @property
    def generator(self) -> str:
        """Return whose settings the site has: jekyll, hexo, hugo, obsidian; "" for none."""
        return self.publication.generator

    @property
    def has_toml(self) -> bool:
        """Tell whether the site has a site.toml: only then is anything written beside it."""
        return any(path.name == "site.toml" for path in self.config)


# table of site.toml -> its dataclass, in the order of docs; "" is the top level
TABLES: dict[str, type[Any]] = {
    "": Identity,
    "source": Sources,
    "remote": Remote,
    "limits": Limits,
    "cache": Cache,
    "fonts": Fonts,
    "html": Html,
    "pdf": Pdf,
    "epub": Epub,
    "site": Library,
    "crosspost": Crosspost,
}
RULES = "rules"  # the table whose keys are rules, and whose values are severities
_FIELDS = {
    Identity: "identity",
    Clock: "clock",
    Sources: "sources",
    Remote: "remote",
    Limits: "limits",
    Cache: "cache",
    Fonts: "fonts",
    Html: "html",
    Pdf: "pdf",
    Epub: "epub",
    Library: "library",
    Crosspost: "crosspost",
    Platforms: "platforms",
    Publication: "publication",
}
Section = TypeVar("Section")


def section(site: Site, kind: type[Section]) -> Section:
    """Return the table of `site` that is a `kind`."""
    table = getattr(site, _FIELDS[kind])
    assert isinstance(table, kind)
    return table


def section_name(kind: type[Any]) -> str:
    """Return the name under which a trace remembers the table."""
    return _FIELDS[kind]


def section_text(site: Site, name: str) -> str:
    """Return a table as text that is equal exactly when the settings are. Raises KeyError."""
    if name not in (RULES, *_FIELDS.values()):
        raise KeyError(name)
    if name == RULES:
        return json.dumps(site.rules)
    return json.dumps(dataclasses.asdict(getattr(site, name)), ensure_ascii=False, sort_keys=True)
