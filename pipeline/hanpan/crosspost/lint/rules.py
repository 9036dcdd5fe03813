"""Lint: what must not be in a payload. Each rule comes from a fault seen on a real platform.

Forem refuses `data:`, WordPress reads `#fn:1` as a protocol, Naver keeps no anchors ...
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from urllib.parse import urlsplit

from hanpan.crosspost.lint.markdown import MARKDOWN_RULES
from hanpan.crosspost.lint.subject import Finding, Subject
from hanpan.problems import SITE_HTTP, Problem

# what the post is told of already: a payload's report alone repeats it
TOLD_OF_THE_POST = frozenset(("missing-alt",))


def lint(subject: Subject, rules: Iterable[str]) -> tuple[Problem, ...]:
    """Return the problems that some of the platform's rules find, each once."""
    problems: dict[Problem, None] = {}
    for rule in rules:
        for severity, message, remedy, *cause in RULES[rule](subject):
            problem = Problem(
                f"crosspost-{rule}", severity, message, remedy=remedy, cause="".join(cause)
            )
            problems[problem] = None
    return tuple(problems)


def _data_uri(subject: Subject) -> Iterator[Finding]:
    for name, address in subject.addresses():
        if address.lower().startswith("data:"):
            yield (
                "error",
                f"{subject.platform.label}: a `{name}` holds a data: address",
                "Give the picture a file or a public address.",
            )


def _relative_url(subject: Subject) -> Iterator[Finding]:
    for _, address in subject.addresses():
        if not re.match(r"(?:https?:|ftp:|mailto:|tel:|sms:|#|data:)", address, re.IGNORECASE):
            yield (
                "error",
                f"{subject.platform.label}: `{address[:80]}` leads nowhere on another site",
                "Use an absolute address, or set url in site.toml.",
            )


def _style_or_script(subject: Subject) -> Iterator[Finding]:
    for element in subject.root.iter("style", "script", "link", "iframe", "object", "embed"):
        yield (
            "error",
            f"{subject.platform.label}: <{element.tag}> is shown as text or dropped there",
            "Take it out of the post.",
        )


def _heading_1(subject: Subject) -> Iterator[Finding]:
    if next(subject.root.iter("h1"), None) is not None:
        label = subject.platform.label
        yield "error", f"{label}: the body holds an h1 beside the title", "Use h2 and below."


def _unknown_tag(subject: Subject) -> Iterator[Finding]:
    allowed = {*subject.platform.body.tags}
    for element in subject.root.iterdescendants():
        if element.tag not in allowed:
            label = subject.platform.label
            yield "error", f"{label}: <{element.tag}> is lost there", "Write it in another way."


def _fragment_link(subject: Subject) -> Iterator[Finding]:
    for _, address in subject.addresses():
        if address.startswith("#"):
            label = subject.platform.label
            yield "error", f"{label}: the link `{address}` is dead there", "Take the link away."


def _colon_id(subject: Subject) -> Iterator[Finding]:
    for element in subject.root.iter():
        if ":" in (element.get("id") or ""):
            name = element.get("id")
            yield "error", f"the id `{name}` holds a colon, which breaks links", "Rename it."


def _colour_function(subject: Subject) -> Iterator[Finding]:
    for element in subject.root.iter():
        if re.search(r"\b(?:rgb|hsl)a?\(", element.get("style") or ""):
            label = subject.platform.label
            yield "error", f"{label}: a colour is not in #hex and is dropped", "Write it as #hex."


def _dropped_property(subject: Subject) -> Iterator[Finding]:
    without = subject.platform.body.without_properties
    for element in subject.root.iter():
        for declaration in (element.get("style") or "").split(";"):
            name = declaration.partition(":")[0].strip().lower()
            if name in without:
                label = subject.platform.label
                yield "error", f"{label}: the style `{name}` is dropped", "Do not rely on it."


def _missing_alt(subject: Subject) -> Iterator[Finding]:
    for img in subject.before.iter("img"):
        if not (img.get("alt") or "").strip() and img.get("role") != "presentation":
            yield "info", "a picture has no alternative text", "Say in its alt what it shows."


def _http_image(subject: Subject) -> Iterator[Finding]:
    insecure = [
        address
        for name, address in subject.addresses()
        if name == "src" and address.lower().startswith("http:")
    ]
    base = f"{subject.site_url}/".lower()
    own = [address for address in insecure if address.lower().startswith(base)]
    if own:
        yield (
            "warning",
            f"{len(own)} picture(s) such as {own[0][:100]} have the site's http address "
            "and may not be shown",
            "Set url in site.toml to the site's https address.",
            SITE_HTTP,
        )
    others = [address for address in insecure if not address.lower().startswith(base)]
    if others:
        yield (
            "warning",
            f"{len(others)} picture(s) such as {others[0][:100]} are not served over https "
            "and may not be shown",
            "Use their https addresses, or keep copies of them in the site.",
        )


# Liquid is not among it: what of it is left in the text, its author has put in `{% raw %}`
_LEAKED = re.compile(r"\{:\s*+[.#]?+[\w-]++[^{}]*+\}")
_VERBATIM = ("code", "pre", "math")


def _leaked_markup(subject: Subject) -> Iterator[Finding]:
    leaks: list[str] = []
    inside = {e for verbatim in subject.before.iter(*_VERBATIM) for e in verbatim.iter()}
    for element in subject.before.iter():
        tail = element.tail if element not in inside or element.tag in _VERBATIM else None
        for text in (None if element in inside else element.text, tail):
            leaks += _LEAKED.findall(text or "")
    if leaks:
        yield (
            "warning",
            f"Jekyll's markup such as `{leaks[0][:60]}` would be shown as text{_times(leaks)}",
            "Take it out, or write what it stands for.",
        )


def _times(items: Sequence[str]) -> str:
    return f", {len(items)} times" if len(items) > 1 else ""


def _bare_maths(subject: Subject) -> Iterator[Finding]:
    for element in subject.root.iter("math", "svg"):
        label = subject.platform.label
        message = f"{label}: <{element.tag}> is refused or dropped there"
        yield "error", message, "Use a picture of it."


def _svg_picture(subject: Subject) -> Iterator[Finding]:
    for name, address in subject.addresses():
        if name == "src" and urlsplit(address).path.lower().endswith(".svg"):
            message = (
                f"{subject.platform.label}: SVG pictures such as {address[:100]} are not accepted"
            )
            yield "info", message, "Use a PNG of it in the post, or upload one there."


RULES: dict[str, Callable[[Subject], Iterator[Finding]]] = {
    **MARKDOWN_RULES,
    "bare-maths": _bare_maths,
    "colon-id": _colon_id,
    "colour-function": _colour_function,
    "data-uri": _data_uri,
    "dropped-property": _dropped_property,
    "fragment-link": _fragment_link,
    "heading-1": _heading_1,
    "http-image": _http_image,
    "leaked-markup": _leaked_markup,
    "missing-alt": _missing_alt,
    "relative-url": _relative_url,
    "style-or-script": _style_or_script,
    "svg-picture": _svg_picture,
    "unknown-tag": _unknown_tag,
}
