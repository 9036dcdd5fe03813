"""Items: what a template is made of, and the tags of Liquid that python-liquid knows itself."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto

from hanpan.problems import Severity

# block -> the marks that may part it
BLOCKS: dict[str, frozenset[str]] = {
    "if": frozenset({"elsif", "else"}),
    "unless": frozenset({"elsif", "else"}),
    "case": frozenset({"when", "else"}),
    "for": frozenset({"else"}),
    "tablerow": frozenset(),
    "capture": frozenset(),
    "ifchanged": frozenset(),
}
PARTS = frozenset({"elsif", "else", "when"})
LOOPS = frozenset({"for", "tablerow"})
SIMPLE = frozenset({"assign", "cycle", "increment", "decrement", "break", "continue", "echo"})


class What(Enum):
    """What an item is."""

    TEXT = auto()
    CODE = auto()  # stays as it is
    OUTPUT = auto()  # {{ ... }}
    TAG = auto()  # {% ... %}, {{< ... >}}
    COMMENT = auto()  # nothing, but blanks beside it may go
    KNOWN = auto()  # what follows is a tag in code, whose source this is ...
    END_KNOWN = auto()  # ... up to here


@dataclass(frozen=True, slots=True)
class TemplateItem:
    """A piece of a template, and the author's line on which it begins.

    `text` is the text, the code with its marks of lines, the expression, or a tag's arguments.
    """

    what: What
    text: str
    line: int
    name: str = ""  # a tag's
    strip: tuple[bool, bool] = (False, False)  # whether blanks before and after it go
    in_address: bool = False  # whether an output is in an attribute or an address
    source: str = ""  # of an output or a tag in code, as it was typed


@dataclass(frozen=True, slots=True)
class Call:
    """A tag that is ours to render: `{% name arguments %}`."""

    name: str
    arguments: str
    line: int
    in_code: bool = False


@dataclass(frozen=True, slots=True)
class Remark:
    """Something to report about a line, before its file is known."""

    rule: str
    message: str
    line: int
    remedy: str
    severity: Severity = "warning"
