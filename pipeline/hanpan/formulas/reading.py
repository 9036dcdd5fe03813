"""TeX -> MathML that browsers, reading systems and validators know: MathML Core, and MathML 3.

MathJax says some things in words that MathML Core dropped (`mathvariant`, `columnalign`, `frame`);
they are said a second time, as characters and styles.
"""

from __future__ import annotations

import re

from lxml import etree

from hanpan import tree
from hanpan.formulas.alphabets import in_alphabet
from hanpan.formulas.colours import hex_colour
from hanpan.formulas.engine import engine
from hanpan.formulas.tables import style_table
from hanpan.tree import Element

_COLOURS = ("mathcolor", "mathbackground")
_SPACES = {"ORD": "0", "REL": "0.2778em", "BIN": "0.2222em", "PUNCT": "0.1667em"}
_TAKE_ROOM = ("mspace", "mphantom", "msqrt", "mroot", "mfrac", "menclose")  # without a letter too
_BARE = ("ORD", "OPEN", "CLOSE")
_SHOWN = ("mi", "mn", "mo", "mtext", "ms")
# what mhchem says in characters of its own, in Unicode's
_CHEMISTRY = str.maketrans(
    "\ue408\ue409\ue40a\ue410\ue411\ue412\ue413\ue428\ue429\ue42a\ue42b\ue42c\ue42d\ue42e",
    "⇌⇌⇋⋯⋯⋯⋯⟵⟶⟷⇄←→↔",
)
_WORD = re.compile(r"\\(?:math(?:rm|bf|sf|tt|it)|rm|bf|operatorname)(?![A-Za-z])")
_STYLES = {"bold": "font-weight:bold", "italic": "font-style:italic"}


def begin_post() -> None:
    """Forget what the formulas of the post before defined."""
    engine().call("begin")


def read_tex(tex: str, *, is_block: bool) -> Element | None:
    r"""Return a formula's `<math>` with its TeX; None where it shows nothing, as `\def\a{b}`.

    Definitions hold for later formulas, until `begin_post`. Raises NotAFormula.
    """
    maths = etree.fromstring(engine().call("readTeX", tex, is_block))
    for element in maths.iter(etree.Element):
        element.tag = etree.QName(element).localname
        element.text, element.tail = _kept(element, element.text), None
    etree.cleanup_namespaces(maths)
    is_seen = any(leaf.text for leaf in maths.iter(*_SHOWN))
    if not is_seen and next(maths.iter(*_TAKE_ROOM), None) is None:
        return None
    for element in reversed(list(maths.iter())):  # what is within before what is around
        _plain(element)
    for script in list(maths.iter("msub", "msup", "msubsup")):
        _chemical(script)
    semantics = etree.Element("semantics")
    children = list(maths)
    row = children[0] if len(children) == 1 else etree.SubElement(semantics, "mrow")
    if len(children) != 1:
        row.extend(children)
    else:
        semantics.append(row)
    note = etree.SubElement(semantics, "annotation", {"encoding": "application/x-tex"})
    note.text = tex
    whole = etree.Element("math", {"display": "block" if is_block else "inline"})
    whole.append(semantics)
    return whole


def _kept(element: Element, text: str | None) -> str | None:
    return text.translate(_CHEMISTRY) if text and element.tag in _SHOWN else None


def _plain(element: Element) -> None:
    """Say in plain MathML what an element says."""
    kind, latex = element.get("data-mjx-texclass", ""), element.get("data-latex", "")
    for name in [
        name for name in map(str, element.attrib) if name.startswith("data-") or name == "id"
    ]:
        del element.attrib[name]
    for name in _COLOURS:
        _colour(element, name)
    if element.tag in _SHOWN:
        _alphabet(element)
        if element.tag == "mo" and kind in _BARE:  # browsers take `|x|` for relations
            for side in ("lspace", "rspace"):
                element.set(side, element.get(side, "0"))
    elif element.tag == "mtable":
        style_table(element)
    elif element.tag == "mlabeledtr":
        _number_behind(element)
    elif element.tag == "menclose" and element.get("notation") == "box":
        element.set("style", "border:1px solid;padding:0.2em")
    elif element.tag in ("mrow", "mstyle"):
        if _WORD.match(latex):
            _join_word(element)
        _row(element, kind)


def _number_behind(row: Element) -> None:
    """Set a row's number behind it, where browsers show it."""
    row.tag, label = "mtr", row[0]
    row.remove(label)
    if tree.text_of(label):
        row.append(label)


def _join_word(row: Element) -> None:
    r"""Make letters and digits of one word one leaf: `\mathrm{AC00}` is a name."""
    first = next(iter(row), None)
    if first is None or first.tag != "mi" or len(row) == 1:
        return
    if all(leaf.tag == "mn" or (leaf.tag == "mi" and leaf.attrib == first.attrib) for leaf in row):
        first.text = "".join(leaf.text or "" for leaf in row)
        for leaf in list(row)[1:]:
            row.remove(leaf)
        if len(first.text) > 1 and first.get("mathvariant") == "normal":
            del first.attrib["mathvariant"]


def _row(row: Element, kind: str) -> None:
    """Unwrap a row of one part that says nothing; of an operator, keep the spaces."""
    if "indentshift" in row.attrib:
        del row.attrib["indentshift"]
    if len(row) == 1 and row[0].tag == "mo" and kind in _SPACES:
        for side in ("lspace", "rspace"):
            row[0].set(side, row[0].get(side, _SPACES[kind]))
    if not row.attrib:
        row.tag = "mrow"
    parent = row.getparent()
    if parent is not None and not row.attrib and len(row) == 1:
        tree.replace(row, row[0])


def _chemical(script: Element) -> None:
    r"""Set the scripts of `\ce{H2O}` on their letter; mhchem has them on a letter unseen."""
    base, before = script[0], script.getprevious()
    is_unseen = base.tag == "mpadded" and base.get("width") == "0" and base[0].tag == "mphantom"
    if not is_unseen or before is None or before.tag == "mo":
        return
    tree.replace(base, before)
    if before.tag == "msub" and script.tag == "msup":  # one below the other
        script.tag = "msubsup"
        script[:1] = list(before)
    for smashed in script.findall("mpadded"):
        if smashed.get("height") == "0" and len(smashed) == 1:
            tree.replace(smashed, smashed[0])


def _colour(element: Element, name: str) -> None:
    """Write a colour as MathML 3 wants it: `#rrggbb`."""
    if name not in element.attrib:
        return
    shade = hex_colour(element.attrib.pop(name))
    if shade:
        element.set(name, shade)


def _alphabet(leaf: Element) -> None:
    """Write letters of another alphabet as the characters that Unicode has for them."""
    variant = leaf.get("mathvariant") or ""
    if variant.startswith("-"):  # MathJax's own
        del leaf.attrib["mathvariant"]
        return
    if not variant or variant == "normal":
        return
    text = leaf.text or ""
    if leaf.tag in ("mtext", "ms"):
        styles = [style for word, style in _STYLES.items() if word in variant.split("-")]
        leaf.attrib.update({"style": ";".join(styles)} if styles else {})
        return
    written = in_alphabet(text, variant)
    leaf.text = written
    if written != text or text.isascii():
        del leaf.attrib["mathvariant"]
    elif "bold" in variant:
        leaf.set("style", _STYLES["bold"])
