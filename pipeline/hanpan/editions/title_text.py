"""Titles and headings in templates: their runs of other languages, and their direction."""

from __future__ import annotations

from lxml import etree
from markupsafe import Markup

from hanpan import tree
from hanpan.transforms.languages import mark_languages
from hanpan.transforms.right_to_left import is_from_right


def in_languages(text: str, lang: str) -> Markup:
    """Return a title of a language as HTML, its runs of Japanese and Chinese in spans of theirs."""
    holder = etree.Element("p")
    holder.text = text
    mark_languages(holder, lang)
    return Markup(tree.inner_xml(holder))


def direction(text: str) -> Markup:
    """Return the attribute that a title needs which begins with Arabic or Hebrew; else nothing."""
    return Markup(' dir="rtl"') if is_from_right(text) else Markup("")
