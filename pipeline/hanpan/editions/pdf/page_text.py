"""The text of a page, last: what titles need as well as bodies, and the fonts that it asks for."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lxml import etree

from hanpan import tree
from hanpan.assets.fonts import VENDORED, Face, Role, role_families
from hanpan.assets.scripts import cjk_family, family_faces, family_of, missing, unusual
from hanpan.editions.pdf.page import RAGGED
from hanpan.editions.pdf.title_block import running_title
from hanpan.files import Files
from hanpan.transforms.languages import languages_of, mark_languages
from hanpan.transforms.missing_glyphs import sign_missing
from hanpan.transforms.print.joiners import join_eojeols
from hanpan.transforms.print.marked_runs import mark_runs
from hanpan.transforms.print.openings import open_cells
from hanpan.transforms.right_to_left import set_directions
from hanpan.transforms.script_runs import mark_scripts
from hanpan.tree import Element

OLD_HANGUL = "Noto Sans KR"  # has hanja and old Hangul as well
_SERIF = "Noto Serif KR"  # has them, too
_LANG = re.compile(r'\slang="([^"]*)"')
_RUNNING = "data-running"
_CODE = ("code", "pre", "kbd", "samp", "tt")


@dataclass(frozen=True, slots=True)
class PageText:
    """A page that is ready, and the styles and faces that its scripts need beside the site's."""

    html: str
    css: str = ""
    faces: tuple[Face, ...] = ()


def finish_page(html: str, files: Files, measure: float, *, is_ragged: bool = False) -> PageText:
    """Return the page after the transforms that titles and contents need as well as bodies.

    A line has `measure` em; one of a ragged page is not flush on the right.
    """
    start, end = html.find("<body"), html.rfind("</body>")
    try:
        body = etree.fromstring(html[start : end + len("</body>")])
    except etree.XMLSyntaxError:
        return PageText(html)  # the engine reports what is wrong with it
    named = _LANG.search(html[: html.find(">", html.find("<html"))])
    lang = named[1] if named else ""
    if is_ragged:
        tree.add_class(body, RAGGED)
    _sign_missing(body, files)
    mark_languages(body, lang)
    set_directions(body)
    mark_runs(body)
    families = dict.fromkeys(sorted(mark_scripts(body, lang, files)))
    running = "".join(sorted(_running_letters(body)))
    margins = dict.fromkeys(
        face for char in unusual(running, files) if (face := family_of(char, files, lang))
    )
    tags = languages_of(body, lang)
    families.update(dict.fromkeys(name for tag in tags if (name := cjk_family(tag))))
    families.update(margins)
    open_cells(body, measure)
    join_eojeols(body, measure)  # last: it cuts words
    page = html[html.find("<html") : start] + etree.tostring(body, encoding="unicode") + "</html>"
    css = _language_styles(tags, files) + _margin_styles(tuple(margins), lang, files)
    return PageText(
        page, css, tuple(face for name in families for face in family_faces(name, files))
    )


def _sign_missing(body: Element, files: Files) -> None:
    """Put signs for what has no font; a running title that grew by them is cut again."""
    titles = [(one, one.get(_RUNNING)) for one in body.iter("*") if one.get(_RUNNING)]
    sign_missing(body, lambda text: missing(text, files))
    for element, before in titles:
        now = element.get(_RUNNING) or ""
        if now != before:
            element.set(_RUNNING, running_title(now))


def _running_letters(body: Element) -> set[str]:
    return {char for element in body.iter("*") for char in element.get(_RUNNING) or ""}


def font_styles(files: Files) -> str:
    """Return the site's fonts as CSS; no emoji family, or digits would come from it."""
    body, code = _stack("body", files), _stack("code", files)
    serif = f'"{_SERIF}",{body}'
    return (
        f":root {{ --font-body: {body}; --font-code: {code}; --font-serif: {serif} }}\n"
        f':root {{ --font-old-hangul: "{OLD_HANGUL}" }}\n'
        f"html {{ font-family: {body} }}\n"
        f"code, pre, kbd, samp, tt {{ font-family: {code} }}\n"
    )


def _stack(role: Role, files: Files, more: tuple[str, ...] = ()) -> str:
    """Return the families of a role as CSS; `more` stand behind a site's own, before ours."""
    known = role_families(files)[role]
    own = [name for name in known if name not in VENDORED] if more else []
    names = dict.fromkeys((*own, *more, *known))
    generic = "monospace" if role == "code" else "sans-serif"
    return ",".join([*(f'"{name}"' for name in names), generic])


def _language_styles(tags: tuple[str, ...], files: Files) -> str:
    """Return the rules that give each language its forms of hanja, where any needs its own."""
    if not any(map(cjk_family, tags)):
        return ""
    rules = []
    for tag in tags:
        family = cjk_family(tag)
        more = (family,) if family else ()
        body = _stack("body", files, more)
        serif = body if family else f'"{_SERIF}",{body}'
        at = f'[lang="{_quoted(tag)}"]'
        rules.append(
            f"{at} {{ --font-body: {body}; --font-serif: {serif}; font-family: {body} }}\n"
        )
        within = ", ".join(f"{name}{at}, {name} {at}" for name in _CODE)
        code = f'"{family}",' if family else ""
        rules.append(f"{within} {{ font-family: {code}var(--font-code) }}\n")
    return "".join(rules)


def _margin_styles(families: tuple[str, ...], lang: str, files: Files) -> str:
    """Return the fonts of running titles, which hold no elements."""
    if not families:
        return ""
    own = cjk_family(lang)
    base = _stack("body", files, (own,) if own else ())
    names = ",".join(f'"{name}"' for name in families)
    return f"@page {{ font-family: {base.removesuffix(',sans-serif')},{names},sans-serif }}\n"


def _quoted(tag: str) -> str:
    return re.sub(r"[^\w-]", lambda match: f"\\{ord(match[0]):x} ", tag)
