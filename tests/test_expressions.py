"""Expressions: no regular expression of hanpan takes long, whatever text is made to hurt it."""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from re import _constants as op  # type: ignore[attr-defined]
from re import _parser  # type: ignore[attr-defined]
from types import ModuleType
from typing import Any

import pytest

import hanpan
from tests.support.limits.backtracking import Backtracker, TooManySteps

PUMPS = 10  # and twice, and three times as many
STEPS = 300_000  # of the longest of these texts; what is exponential takes more than any number
NOT_LINEAR = {  # and why it does not matter
    "hanpan.source.front_matter.dates._DATE": "is shown 80 characters at most",
    "hanpan.assets.diagrams._TEXT": "is shown SVG that our renderer drew: what opens closes",
    "hanpan.editions.reading_time._MARKUP": "is shown HTML that pandoc wrote: what opens closes",
    "hanpan.source.references._COMMENT": "is shown a text only up to its last `-->`",
}
STRAY = ("", "\x00", "\n", "가", " ", "!")


def modules() -> list[ModuleType]:
    found = pkgutil.walk_packages(hanpan.__path__, "hanpan.")
    return [importlib.import_module(m.name) for m in found if not m.name.endswith("__main__")]


def is_searched_for(name: str, module: ModuleType) -> bool:
    """Tell whether an expression may be tried at every place of a text, and not at one alone."""
    text = Path(str(module.__file__)).read_text("utf-8")
    text = re.sub(r"^from \S+ import (?:\([^)]*\)|.*)", "", text, flags=re.MULTILINE)
    return bool(re.search(rf"\b{name}\b(?! = |: |\.(?:full)?match\b)", text))


@cache
def expressions() -> dict[str, tuple[re.Pattern[str], bool]]:
    """Return the expressions that are constants of modules, and whether they are searched for."""
    found: dict[re.Pattern[str], str] = {}
    everywhere: set[re.Pattern[str]] = set()
    for module in modules():
        for name, value in vars(module).items():
            if isinstance(value, re.Pattern) and isinstance(value.pattern, str):
                found.setdefault(value, f"{module.__name__}.{name}")
                everywhere |= {value} if is_searched_for(name, module) else set()
    return {name: (pattern, pattern in everywhere) for pattern, name in found.items()}


def sample(items: Any, other: bool = False) -> str:
    """Return a text that a parsed expression matches, or nearly: look-arounds are not heeded."""
    made = ""
    for kind, value in items:
        if kind is op.LITERAL:
            made += chr(value)
        elif kind is op.NOT_LITERAL:
            made += "a" if value != ord("a") else "b"
        elif kind is op.ANY:
            made += "a"
        elif kind is op.IN:
            made += _member(value, other)
        elif kind in (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT):
            made += sample(value[2], other) * max(value[0], 1 if other else value[0])
        elif kind is op.SUBPATTERN:
            made += sample(value[3], other)
        elif kind is op.ATOMIC_GROUP:
            made += sample(value, other)
        elif kind is op.BRANCH:
            made += sample(value[1][-1 if other else 0], other)
    return made


def _member(items: Any, other: bool) -> str:
    names = {op.CATEGORY_SPACE: " ", op.CATEGORY_DIGIT: "1", op.CATEGORY_WORD: "a",
             op.CATEGORY_NOT_SPACE: "a", op.CATEGORY_NOT_DIGIT: "a",
             op.CATEGORY_NOT_WORD: " "}  # fmt: skip
    if items[0][0] is op.NEGATE:
        return next((c for c in (" a." if other else "a .<-1~가") if not _is_in(c, items[1:])), "~")
    kind, value = items[-1 if other else 0]
    if kind is op.LITERAL:
        return chr(value)
    return chr(value[1 if other else 0]) if kind is op.RANGE else names[value]


def _is_in(character: str, items: Any) -> bool:
    tests = {op.CATEGORY_SPACE: character.isspace(), op.CATEGORY_DIGIT: character.isdigit(),
             op.CATEGORY_WORD: character.isalnum() or character == "_"}  # fmt: skip
    for kind, value in items:
        if kind is op.LITERAL and chr(value) == character:
            return True
        if kind is op.RANGE and value[0] <= ord(character) <= value[1]:
            return True
        if kind is op.CATEGORY and tests.get(value, False):
            return True
    return False


def attacks(items: Any, before: str = "") -> Iterator[tuple[str, str]]:
    """Yield what comes before each repetition of an expression, and what is repeated."""
    for at, (kind, value) in enumerate(items):
        lead = before + sample(items[:at], True)
        if kind in (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT):
            if value[1] > 50:
                for other in (False, True):
                    yield lead, sample(value[2], other)
                    yield "", lead + sample(value[2], other)
                    yield "", f"{lead} "  # where a word must end before it
                    yield "", sample(items, other)
            yield from attacks(value[2], lead)
        elif kind is op.SUBPATTERN:
            yield from attacks(value[3], lead)
        elif kind is op.ATOMIC_GROUP:
            yield from attacks(value, lead)
        elif kind in (op.ASSERT, op.ASSERT_NOT):
            yield from attacks(value[1], lead)
        elif kind is op.BRANCH:
            for branch in value[1]:
                yield from attacks(branch, lead)


def texts(pattern: re.Pattern[str], pumps: int) -> Iterator[str]:
    """Yield texts of a length that are made to hurt an expression, always in one order."""
    made = set(attacks(_parser.parse(pattern.pattern, pattern.flags)))
    for lead, pump in sorted(made):
        for stray in STRAY if pump else ():
            yield lead + pump * pumps + stray


def steepest(pattern: re.Pattern[str], everywhere: bool) -> tuple[int, str]:
    """Return by how much the steps grow beyond a straight line, at worst, and the text.

    Where steps are linear in the length, the way from two to three parts of a text is as long as
    that from one to two, so this is 0; where they grow with the square, it is the square of
    `PUMPS` at least.
    """
    counter = Backtracker(pattern)
    worst = (0, "")
    lengths = [texts(pattern, PUMPS * parts) for parts in (1, 2, 3)]
    for three in zip(*lengths, strict=True):
        try:
            one, two, all_three = (
                counter.count(text, everywhere=everywhere, limit=STEPS)[0] for text in three
            )
        except TooManySteps:
            return STEPS, three[0]
        worst = max(worst, (all_three - 2 * two + one, three[0]))
    return worst


@pytest.mark.parametrize("name", sorted(expressions()))
def test_steps_grow_no_faster_than_the_text(name: str) -> None:
    growth, text = steepest(*expressions()[name])
    if name not in NOT_LINEAR:
        assert growth < PUMPS**2 / 2, text


@pytest.mark.parametrize(
    "slow", [r"#(.*?)[ ]*\Z", r"<!--.*?-->", r"(?:a|aa)*\Z", r"(a+)+b", r"^(\d+,?)*$"]
)
def test_a_slow_expression_is_seen(slow: str) -> None:
    assert steepest(re.compile(slow), True)[0] >= PUMPS**2


@pytest.mark.parametrize("quick", [r"#[^#]*\Z", r"<!--(?:[^-]|-(?!->))*+(?:-->)?", r"(?:ab|a)*+c?"])
def test_a_quick_expression_is_seen(quick: str) -> None:
    assert steepest(re.compile(quick), True)[0] < PUMPS**2 / 2


def test_steps_are_those_of_the_matcher_of_python() -> None:
    for name, (pattern, everywhere) in expressions().items():
        counter = Backtracker(pattern, widest=10_000)
        for text in texts(pattern, 3):
            matches = pattern.finditer(text) if everywhere else filter(None, [pattern.match(text)])
            spans = counter.count(text, everywhere=everywhere, limit=STEPS)[1]
            assert spans == [match.span() for match in matches], (name, text)


def possessive_groups(items: Any) -> Iterator[Any]:
    """Yield what is repeated possessively and is more than one character."""
    for kind, value in items:
        if kind is op.POSSESSIVE_REPEAT:
            inside = list(value[2])
            if len(inside) != 1 or inside[0][0] not in (op.LITERAL, op.NOT_LITERAL, op.IN, op.ANY):
                yield inside
        if kind in (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT):
            yield from possessive_groups(value[2])
        elif kind is op.SUBPATTERN:
            yield from possessive_groups(value[3])
        elif kind is op.ATOMIC_GROUP:
            yield from possessive_groups(value)
        elif kind in (op.ASSERT, op.ASSERT_NOT):
            yield from possessive_groups(value[1])
        elif kind is op.BRANCH:
            for branch in value[1]:
                yield from possessive_groups(branch)


def test_no_group_is_possessive() -> None:
    # Python before 3.11.5, such as Debian 12's, loses matches of them (python/cpython 106052);
    # an atomic group around the repeat says the same: `(?>(?:...)*)`
    parsed = {
        name: _parser.parse(pattern.pattern, pattern.flags)
        for name, (pattern, _) in expressions().items()
    }
    assert [name for name, items in parsed.items() if list(possessive_groups(items))] == []


def test_a_possessive_group_is_seen() -> None:
    assert list(possessive_groups(_parser.parse(r"(a(?:b|\*(?!c))*+)?")))
    assert not list(possessive_groups(_parser.parse(r"(?>(?:[^b]++|b)*)a?+")))
