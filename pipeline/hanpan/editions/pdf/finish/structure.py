"""The tag tree of a PDF, corrected where WeasyPrint 70's fails PDF/UA-1 (found with veraPDF).

Works on the finished object table, just before it is written:

    7.2-19, 7.2-20   a list holds items, an item only Lbl and LBody: blocks in items get an LBody
    7.9-1            a note has an ID; its number is a Lbl before its text
    7.5-1            header cells say whether they head a column or a row
    7.18.5-1         a link's annotation belongs to the Link, not to what is inside it

Upstream: https://github.com/Kozea/WeasyPrint/issues/2482 (open) gathers what is asked for; of lists
    https://github.com/Kozea/WeasyPrint/issues/2504 and 2497 (open)
Delete when: files made without a correction pass veraPDF's `ua1`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

_LIST_KIDS = ("/LI", "/L", "/Caption")
_ITEM_KIDS = ("/Lbl", "/LBody")


@dataclass(frozen=True, slots=True)
class _Tree:
    """The objects of the PDF by reference, and how a new one is added."""

    objects: dict[bytes, Any]
    add: Callable[[Any], None]
    new: Callable[[dict[str, Any]], Any]
    array: Callable[[list[Any]], Any]

    def kids(self, element: Any) -> Iterator[Any]:
        """Yield the structure elements right below an element, without content and links."""
        for kid in element["K"]:
            item = self.objects.get(kid) if isinstance(kid, bytes) else None
            if isinstance(item, dict) and item.get("Type") == "/StructElem":
                yield item

    def wrap(self, kind: str, kids: list[Any], parent: Any) -> Any:
        """Return a new element of `kind` below `parent` that holds `kids` (references)."""
        element: Any = self.new({"Type": "/StructElem", "S": kind, "K": self.array(kids)})
        element["P"] = parent.reference
        first = next((self.objects[kid] for kid in kids if "Pg" in self.objects[kid]), parent)
        if "Pg" in first:
            element["Pg"] = first["Pg"]
        self.add(element)
        self.objects[element.reference] = element
        for kid in kids:
            self.objects[kid]["P"] = element.reference
        return element


def correct_tags(pdf: Any) -> None:
    """Correct the tag tree of a pydyf.PDF that WeasyPrint made."""
    import pydyf

    objects: dict[bytes, Any] = {}
    for item in pdf.objects:
        if isinstance(item, pydyf.Dictionary):
            objects[item.reference] = item
    tree = _Tree(objects, pdf.add_object, pydyf.Dictionary, pydyf.Array)
    owners: dict[bytes, bytes] = {}  # annotation -> the element that it belongs to now
    elements = [item for item in objects.values() if item.get("Type") == "/StructElem"]
    notes = 0
    for element in elements:
        kind = element["S"]
        if kind == "/LI":
            _group(tree, element, _ITEM_KIDS, "/LBody")
        elif kind == "/TR":
            _set_scope(tree, element)
        elif kind == "/Note":
            notes += 1
            element["ID"] = pydyf.String(f"note-{notes}")
            _correct_note(tree, element)
        if kind != "/Link":
            owners.update(_move_annotations_up(tree, element))
    for element in elements:  # after the items, for a stray text becomes an item
        if element["S"] == "/L":
            for stray in _group(tree, element, _LIST_KIDS, "/LI"):
                _group(tree, stray, _ITEM_KIDS, "/LBody")
    if owners:
        _set_owners(tree, pdf, owners)


def _group(tree: _Tree, element: Any, allowed: tuple[str, ...], kind: str) -> list[Any]:
    """Wrap each run of kids that are not `allowed` in an element of `kind`; return those."""
    wrappers: list[Any] = []
    kids: list[Any] = []
    run: list[Any] = []
    for kid in [*element["K"], None]:
        item = tree.objects.get(kid) if isinstance(kid, bytes) else None
        is_stray = item is not None and "S" in item and item["S"] not in allowed
        if is_stray:
            run.append(kid)
            continue
        if run:
            wrappers.append(tree.wrap(kind, run, element))
            kids.append(wrappers[-1].reference)
            run = []
        if kid is not None:
            kids.append(kid)
    element["K"][:] = kids
    return wrappers


def _correct_note(tree: _Tree, note: Any) -> None:
    """Put a note's number in front of the paragraph that it begins."""
    for empty in [kid for kid in tree.kids(note) if kid["S"] == "/Note"]:  # WeasyPrint's marker
        note["K"].remove(empty.reference)
        empty["S"] = "/NonStruct"
    paragraph = next(tree.kids(note), None)
    label = next(tree.kids(paragraph), None) if paragraph else None
    if paragraph and label and label["S"] == "/Lbl":
        paragraph["K"].remove(label.reference)
        note["K"].insert(0, label.reference)
        label["P"] = note.reference


def _set_scope(tree: _Tree, row: Any) -> None:
    """Mark what each header cell of a row heads: a row of headers heads the columns."""
    cells = list(tree.kids(row))
    scope = "/Column" if all(cell["S"] == "/TH" for cell in cells) else "/Row"
    for cell in cells:
        if cell["S"] == "/TH" and "A" in cell:
            cell["A"]["Scope"] = scope


def _move_annotations_up(tree: _Tree, element: Any) -> dict[bytes, bytes]:
    """Move an element's link annotations to the Link around it; return annotation -> Link."""
    moved: dict[bytes, bytes] = {}
    for kid in list(element["K"]):
        item = tree.objects.get(kid) if isinstance(kid, bytes) else None
        if item is None or item.get("Type") != "/OBJR":
            continue
        if tree.objects[item["Obj"]].get("Subtype") != "/Link":
            continue
        link = _link_around(tree, element)
        if link is None:
            if element["S"] in ("/NonStruct", "/Span"):
                element["S"] = "/Link"
            continue
        element["K"].remove(kid)
        link["K"].append(kid)
        moved[item["Obj"]] = link.reference
    return moved


def _link_around(tree: _Tree, element: Any) -> Any | None:
    """Return the nearest Link that an element is in."""
    while (parent := tree.objects.get(element["P"])) is not None and "S" in parent:
        if parent["S"] == "/Link":
            return parent
        element = parent
    return None


def _set_owners(tree: _Tree, pdf: Any, owners: dict[bytes, bytes]) -> None:
    """Enter in the parent tree which element owns an annotation (ISO 32000-1, 14.7.4.4)."""
    root = tree.objects[pdf.catalog["StructTreeRoot"]]
    numbers = tree.objects[root["ParentTree"]]["Nums"]
    places = {numbers[at]: at + 1 for at in range(0, len(numbers), 2)}
    for annotation, owner in owners.items():
        numbers[places[tree.objects[annotation]["StructParent"]]] = owner
