"""Namespaces: an XML page names those of drawings and formulas."""

from __future__ import annotations

from lxml import etree

from hanpan import tree
from hanpan.transforms.epub.namespaces import MATHML, SVG, XLINK, name_spaces


def test_drawings_and_formulas_are_in_their_namespaces() -> None:
    root = tree.parse_xml(
        '<p><svg><svg/><use href="#a"/></svg><math><mi>x</mi></math><a href="#b">나</a></p>'
    )
    name_spaces(root)
    read = etree.fromstring(tree.inner_xml(root))
    assert [element.tag for element in read] == [f"{{{SVG}}}svg", f"{{{MATHML}}}math", "a"]
    assert [element.tag for element in read[0]] == [f"{{{SVG}}}svg", f"{{{SVG}}}use"]
    assert (read[0][1].get(f"{{{XLINK}}}href"), read[0][1].get("href")) == ("#a", None)
    assert read[2].get("href") == "#b" and tree.inner_xml(root).count(f'xmlns="{SVG}"') == 1
