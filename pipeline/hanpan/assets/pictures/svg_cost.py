"""SVG's cost: how much a drawing makes whoever draws it do, before anybody does."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator

from lxml import etree

from hanpan.assets.pictures.bounds import NotAPicture

MOST_ATTRIBUTES = 256  # of an element: libxml2 looks each up among all before it
_MOST = 100_000  # elements that are drawn, those that are used again and again counted so often
_DEEPEST = 400  # elements within elements, and behind references
_PRIMITIVE = 100  # elements for which a step of a filter counts: it goes over all pixels
_RUNNING = -1  # the cost of an element that is being computed
_ROOM = 10  # times the size of what a filter is applied to; editors write 2
# drawn only where something refers to them
_REFERRED = frozenset("clipPath defs filter marker mask pattern symbol".split())
# a filter's step, and the attributes that make it slow with the most that they may be
_SLOW = {
    "feTurbulence": ("numOctaves", 16),
    "feConvolveMatrix": ("order", 32),
    "feMorphology": ("radius", 200),
    "feGaussianBlur": ("stdDeviation", 500),
    "feDropShadow": ("stdDeviation", 500),
}
_REFERENCE = re.compile(r"url\(\s*+[\"']?#([^\"')\s]++)")
_NUMBER = re.compile(r"[\d.]++(?>(?:[eE][+-]?\d++)?)")


def check_cost(root: etree._Element) -> None:
    """Raise NotAPicture where a drawing takes too long to draw. It may be part of a page."""
    elements = [element for element in root.iter() if isinstance(element.tag, str)]
    for element in elements:
        if len(element.attrib) > MOST_ATTRIBUTES:
            raise NotAPicture(f"has an element with more than {MOST_ATTRIBUTES} attributes")
        _check_filter(element)
    named = {str(element.get("id")): element for element in elements if element.get("id")}
    if len(elements) > _MOST or _Costs(named).of(root, 0) > _MOST:
        raise NotAPicture(f"draws more than {_MOST:,} elements")


def _check_filter(element: etree._Element) -> None:
    name = _name(element)
    if name == "filter":
        _check_region(element)
    if name not in _SLOW:
        return
    attribute, most = _SLOW[name]
    numbers = [float(number) for number in _numbers(element.get(attribute) or "")]
    if numbers and not max(numbers) <= most:
        raise NotAPicture(f"has a filter, {name}, with a {attribute} of more than {most}")


def _check_region(element: etree._Element) -> None:
    """Raise NotAPicture where a filter asks for many times the room of what it is applied to.

    Each of its steps would take memory for all of it (Filter Effects 1, section 7).
    """
    is_of_box = element.get("filterUnits") != "userSpaceOnUse"
    for side in ("width", "height"):
        length = (element.get(side) or "").strip()
        numbers = [float(number) for number in _numbers(length)]
        times = numbers[0] / 100 if numbers and length.endswith("%") else max(numbers, default=0)
        if (is_of_box or length.endswith("%")) and not times <= _ROOM:
            raise NotAPicture(f"has a filter with a {side} of more than {_ROOM} times its drawing")


def _numbers(text: str) -> Iterator[str]:
    return (number for number in _NUMBER.findall(text) if number.count(".") < 2 and number != ".")


class _Costs:
    """What each element of a drawing costs with what it refers to, computed once."""

    def __init__(self, named: dict[str, etree._Element]) -> None:
        self._named = named
        self._known: dict[etree._Element, int] = {}

    def of(self, element: etree._Element, depth: int) -> int:
        known = self._known.get(element)
        if known == _RUNNING or depth > _DEEPEST:
            raise NotAPicture("refers to itself, or through too many elements")
        if known is not None:
            return known
        self._known[element] = _RUNNING
        total = _PRIMITIVE if _name(element).startswith("fe") else 1
        for child in element:
            if isinstance(child.tag, str) and _name(child) not in _REFERRED:
                total += self.of(child, depth + 1)
        for target, times in self._references(element):
            total += times * self.of(target, depth + 1)
            if total > _MOST:
                break
        self._known[element] = total
        return total

    def _references(self, element: etree._Element) -> Iterator[tuple[etree._Element, int]]:
        """Yield what an element has drawn besides its children, and how many times."""
        for key, value in element.attrib.items():
            name, text = etree.QName(key).localname, str(value)
            if name in ("href", "xlink-href") and _name(element) == "use":
                targets = [text.strip().removeprefix("#")]
            else:
                targets = _REFERENCE.findall(text)
            times = 1
            if targets and (name.startswith("marker") or "marker" in text):
                times = max(1, math.ceil(len(_NUMBER.findall(_path(element))) / 2))
            for target in targets:
                if target in self._named:
                    yield self._named[target], times


def _path(element: etree._Element) -> str:
    return element.get("d") or element.get("points") or ""


def _name(element: etree._Element) -> str:
    return etree.QName(element).localname
