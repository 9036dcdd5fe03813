"""The tag tree of a PDF, mended where WeasyPrint 70's fails PDF/UA-1 (found with veraPDF).

Works on the finished object table, just before it is written:

    7.2-19, 7.2-20   a list holds items, an item only Lbl and LBody: blocks in items get an LBody
    7.9-1            a note has an ID; its number is a Lbl before its text
    7.5-1            header cells say whether they head a column or a row
    7.18.5-1         a link's annotation belongs to the Link, not to what stands inside it
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
            found = self.objects.get(kid) if isinstance(kid, bytes) else None
            if isinstance(found, dict) and found.get("Type") == "/StructElem":
                yield found

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


def mend_tags(pdf: Any) -> None:
    """Mend the tag tree of a pydyf.PDF that WeasyPrint made."""
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
            _scope(tree, element)
        elif kind == "/Note":
            notes += 1
            element["ID"] = pydyf.String(f"note-{notes}")
            _mend_note(tree, element)
        if kind != "/Link":
            owners.update(_hand_up(tree, element))
    for element in elements:  # after the items, for a stray text becomes an item
        if element["S"] == "/L":
            for stray in _group(tree, element, _LIST_KIDS, "/LI"):
                _group(tree, stray, _ITEM_KIDS, "/LBody")
    if owners:
        _remap(tree, pdf, owners)


def _group(tree: _Tree, element: Any, allowed: tuple[str, ...], kind: str) -> list[Any]:
    """Wrap each run of kids that are not `allowed` in an element of `kind`; return those."""
    made: list[Any] = []
    kids: list[Any] = []
    run: list[Any] = []
    for kid in [*element["K"], None]:
        found = tree.objects.get(kid) if isinstance(kid, bytes) else None
        is_stray = found is not None and "S" in found and found["S"] not in allowed
        if is_stray:
            run.append(kid)
            continue
        if run:
            made.append(tree.wrap(kind, run, element))
            kids.append(made[-1].reference)
            run = []
        if kid is not None:
            kids.append(kid)
    element["K"][:] = kids
    return made


def _mend_note(tree: _Tree, note: Any) -> None:
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


def _scope(tree: _Tree, row: Any) -> None:
    """Say of each header cell of a row what it heads: a row of headers heads the columns."""
    cells = list(tree.kids(row))
    scope = "/Column" if all(cell["S"] == "/TH" for cell in cells) else "/Row"
    for cell in cells:
        if cell["S"] == "/TH" and "A" in cell:
            cell["A"]["Scope"] = scope


def _hand_up(tree: _Tree, element: Any) -> dict[bytes, bytes]:
    """Move an element's link annotations to the Link around it; return annotation -> Link."""
    moved: dict[bytes, bytes] = {}
    for kid in list(element["K"]):
        found = tree.objects.get(kid) if isinstance(kid, bytes) else None
        if found is None or found.get("Type") != "/OBJR":
            continue
        if tree.objects[found["Obj"]].get("Subtype") != "/Link":
            continue
        link = _link_around(tree, element)
        if link is None:
            if element["S"] in ("/NonStruct", "/Span"):
                element["S"] = "/Link"
            continue
        element["K"].remove(kid)
        link["K"].append(kid)
        moved[found["Obj"]] = link.reference
    return moved


def _link_around(tree: _Tree, element: Any) -> Any | None:
    """Return the nearest Link that an element stands in."""
    while (parent := tree.objects.get(element["P"])) is not None and "S" in parent:
        if parent["S"] == "/Link":
            return parent
        element = parent
    return None


def _remap(tree: _Tree, pdf: Any, owners: dict[bytes, bytes]) -> None:
    """Tell the parent tree which element an annotation belongs to (ISO 32000-1, 14.7.4.4)."""
    root = tree.objects[pdf.catalog["StructTreeRoot"]]
    numbers = tree.objects[root["ParentTree"]]["Nums"]
    places = {numbers[at]: at + 1 for at in range(0, len(numbers), 2)}
    for annotation, owner in owners.items():
        numbers[places[tree.objects[annotation]["StructParent"]]] = owner
