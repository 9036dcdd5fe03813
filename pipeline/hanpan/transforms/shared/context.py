"""Context: what a shared transform may look at, and where it leaves problems and pictures."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from hanpan.document import Asset
from hanpan.files import Files
from hanpan.labels import Labels
from hanpan.problems import Problem, Severity
from hanpan.source.front_matter.layouts import layout_ids
from hanpan.source.lines import Source
from hanpan.source.post import Post
from hanpan.source.processor import MarkdownSettings
from hanpan.transforms.shared.places import Places, SourcePlace
from hanpan.tree import Element


@dataclass(slots=True)
class Context:
    """One reading: the post, the Markdown that pandoc read, and what was found on the way."""

    post: Post
    source: Source
    files: Files
    lang: str  # BCP 47
    site_url: str  # absolute without the final slash, or ""
    address: str = ""  # where the site shows the post, absolute, or ""
    # of the post in a file; None for none, "" where it is not known
    address_of: Callable[[str], str | None] = lambda path: None
    markdown: MarkdownSettings = field(default_factory=MarkdownSettings)
    problems: list[Problem] = field(default_factory=list)
    assets: dict[str, Asset] = field(default_factory=dict)  # by id
    left_out: Counter[str] = field(default_factory=Counter)  # what could have done something
    left_out_as: list[str] = field(default_factory=list)  # how the post may have written it
    replaced: list[str] = field(default_factory=list)  # words that something else says instead
    site_links: list[tuple[str, SourcePlace]] = field(default_factory=list)  # addresses on the site
    wants_contents: bool = False  # the post has kramdown's `{:toc}`
    _places: Places | None = None
    _layout_ids: frozenset[str] | None = None

    @property
    def labels(self) -> Labels:
        """Return what is put beside the text, in its language."""
        return Labels(self.lang)

    def report(
        self,
        rule: str,
        severity: Severity,
        message: str,
        at: SourcePlace | int | None,
        remedy: str = "",
        cause: str = "",
    ) -> None:
        """Report a problem at a place of the post."""
        line, is_near = at if isinstance(at, SourcePlace) else SourcePlace(at)
        self.problems.append(
            Problem(rule, severity, message, self.post.path, line, remedy, is_near, cause=cause)
        )

    def leave_out(self, what: str, written: str) -> None:
        """Note that something was left out that could have run or loaded something."""
        self.left_out[what] += 1
        self.left_out_as.append(written)

    @property
    def layout_ids(self) -> frozenset[str]:
        """The ids that the site's own layout has, beside the post's."""
        if self._layout_ids is None:
            self._layout_ids = layout_ids(self.files)
        return self._layout_ids

    @property
    def places(self) -> Places:
        """Where things were written."""
        if self._places is None:
            self._places = Places(self.source)
        return self._places

    def place_of(
        self, near: Element, *literals: str, in_code: bool = False, whole_line: bool = False
    ) -> SourcePlace:
        """Return where the first of `literals` that is found was written, else what is near."""
        return self.places.of(near, *literals, in_code=in_code, whole_line=whole_line)
