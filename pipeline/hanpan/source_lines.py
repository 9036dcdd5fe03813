"""Lines of the author's file: kept beside the document, so that a post may shift below itself.

A Document has no line numbers, so that an edition is made again when the text changes, and not when
lines move. What names lines in an artifact is a LineList: numbers of the body's elements and the
form to write their lines in. Only the runner opens SourceLines, to fill the lists in.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace

_OPEN, _CLOSE = "\ufdd0", "\ufdd1"  # noncharacters: no text that is exchanged may hold them
_MARK = re.compile(f"{_OPEN}([0-9,]*){_CLOSE}")


@dataclass(frozen=True, slots=True)
class SourceLines:
    """Where in the author's file a post's keys and elements are.

    `keys` holds the lines of the front matter's keys; `elements` those of the body's elements, in
    the order in which `transforms.element_numbers` counts them.
    """

    keys: dict[str, int]
    elements: tuple[int | None, ...] = ()

    def of_key(self, *keys: str) -> int | None:
        """Return the line of the first of `keys` that the front matter has."""
        return next((self.keys[key] for key in keys if key in self.keys), None)

    def of_elements(self, numbers: Iterable[int]) -> list[int]:
        """Return the lines of elements in their order, each once."""
        known = (self.elements[number] for number in numbers if number < len(self.elements))
        return sorted({line for line in known if line})

    def as_json(self) -> str:
        """Return the lines as text."""
        return json.dumps(asdict(self), sort_keys=True)

    @classmethod
    def from_json(cls, text: str) -> SourceLines:
        """Read what `as_json` wrote."""
        data = json.loads(text)
        return cls(data["keys"], tuple(data["elements"]))


@dataclass(frozen=True, slots=True)
class LineForm:
    """How an artifact writes a list of lines; `{}` is where they go.

    `more` is for a list longer than `most`: `{}` for the first ones, `{rest}` for how many are left
    out.
    """

    one: str
    many: str = ""  # "": as for one
    more: str = ""
    most: int = 0  # 0: all of them
    between: str = ", "
    none: str = ""

    def of(self, lines: Sequence[int]) -> str:
        """Return lines in this form."""
        if not lines:
            return self.none
        if self.most and len(lines) > self.most:
            shown = self.between.join(map(str, lines[: self.most]))
            return self.more.format(shown, rest=len(lines) - self.most)
        form = self.many if self.many and len(lines) > 1 else self.one
        return form.format(self.between.join(map(str, lines)))


@dataclass(frozen=True, slots=True)
class LineList:
    """The lines of some elements in an artifact: `length` bytes at the byte `at`."""

    at: int
    length: int
    elements: tuple[int, ...]
    form: LineForm


def line_mark(elements: Iterable[int]) -> str:
    """Return what stands for the lines of elements in a text until `take_marks` finds it."""
    return f"{_OPEN}{','.join(map(str, sorted(set(elements))))}{_CLOSE}"


def take_marks(text: str, form: LineForm) -> tuple[bytes, tuple[LineList, ...]]:
    """Return a text as bytes in which each mark names no lines yet, and the lists for them.

    The quotes around a mark that is a JSON string go with it.
    """
    data, lists, end = b"", [], 0
    for mark in _MARK.finditer(text):
        is_json = text[end : mark.start()].endswith('"') and text.startswith('"', mark.end())
        data += text[end : mark.start() - is_json].encode()
        elements = tuple(int(number) for number in mark[1].split(",") if number)
        none = form.none.encode()
        lists.append(LineList(len(data), len(none), elements, form))
        data += none
        end = mark.end() + is_json
    return data + text[end:].encode(), tuple(lists)


def fill_in(
    data: bytes, lists: Sequence[LineList], lines: SourceLines
) -> tuple[bytes, tuple[LineList, ...]]:
    """Return an artifact in which the lists name `lines`, and where they are in it now."""
    filled, moved, end = b"", [], 0
    for item in lists:
        filled += data[end : item.at]
        text = item.form.of(lines.of_elements(item.elements)).encode()
        moved.append(replace(item, at=len(filled), length=len(text)))
        filled += text
        end = item.at + item.length
    return filled + data[end:], tuple(moved)


def lists_as_json(lists: dict[str, tuple[LineList, ...]]) -> str:
    """Return the lists of artifacts, by path, as text; a form is written once."""
    forms: dict[LineForm, int] = {}
    rows = {
        path: [
            [item.at, item.length, item.elements, forms.setdefault(item.form, len(forms))]
            for item in items
        ]
        for path, items in lists.items()
    }
    return json.dumps([[asdict(form) for form in forms], rows], ensure_ascii=False)


def lists_from_json(text: str) -> dict[str, tuple[LineList, ...]]:
    """Read what `lists_as_json` wrote."""
    forms, rows = json.loads(text)
    known = [LineForm(**form) for form in forms]
    return {
        path: tuple(LineList(at, length, tuple(e), known[form]) for at, length, e, form in items)
        for path, items in rows.items()
    }
