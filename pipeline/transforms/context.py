"""Context: what a shared transform may look at, and where it leaves problems and pictures."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from pipeline.document import Asset
from pipeline.files import Files
from pipeline.problems import Problem, Severity
from pipeline.source.lines import Source
from pipeline.source.post import Post


@dataclass(slots=True)
class Context:
    """One reading: the post, the Markdown that pandoc read, and what was found on the way."""

    post: Post
    source: Source
    files: Files
    lang: str  # BCP 47
    site_url: str  # absolute without the final slash, or ""
    address: str = ""  # where the site shows the post, absolute, or ""
    problems: list[Problem] = field(default_factory=list)
    assets: dict[str, Asset] = field(default_factory=dict)  # by id
    left_out: Counter[str] = field(default_factory=Counter)  # what could have done something
    left_out_as: list[str] = field(default_factory=list)  # how the post may have written it
    wants_contents: bool = False  # the post has kramdown's `{:toc}`
    _seen: dict[str, int] = field(default_factory=dict)

    @property
    def is_korean(self) -> bool:
        """Tell whether labels are to be Korean."""
        return self.lang.lower().startswith("ko")

    def say(
        self, rule: str, severity: Severity, message: str, line: int | None, remedy: str = ""
    ) -> None:
        """Note a problem at a line of the post."""
        self.problems.append(Problem(rule, severity, message, self.post.path, line, remedy))

    def leave_out(self, what: str, written: str) -> None:
        """Note that something was left out that could have run or loaded something."""
        self.left_out[what] += 1
        self.left_out_as.append(written)

    def line_of(self, *literals: str) -> int | None:
        """Return the author's line of the first of `literals` that is found.

        Asked for the same literals again it gives their next occurrence: callers go in the
        document's order.
        """
        occurrence = self._seen.get(literals[0], 0)
        self._seen[literals[0]] = occurrence + 1
        for literal in literals:
            line = self.source.find(literal, occurrence)
            if line is not None:
                return line
        return None
