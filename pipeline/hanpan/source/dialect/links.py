"""Links, addresses and tags within a line: what of them stays, and what becomes text."""

from __future__ import annotations

import re

from hanpan.source.addresses import ADDRESS, end_of_address, reversed_link
from hanpan.source.dialect.line_scan import LineScan
from hanpan.source.dialect.literal.instructions import step_over_instruction
from hanpan.source.elements import is_element

_AUTOLINK = re.compile(
    r"<(?:[a-z][a-z0-9.+-]{1,31}://|mailto:)[^<>\s]*>|<[\w.+-]+@[\w.-]+>", re.IGNORECASE
)
# what stands between these is an address, whatever it looks like; on a line of its own it is that
# of the definition above
_DESTINATION = re.compile(r"<(?:[^<>\\\n]|\\.)*>")
_BEFORE_DESTINATION = re.compile(r"(?:\]\(|\]:)[ \t]*\Z")
_TAG = re.compile(r"""</?([A-Za-z][\w:.-]*+)((?>(?:[^<>"']|"[^"<]*"|'[^'<]*')*))>""")
_WRONG_TAG = re.compile(r"</?([A-Za-z][\w:.-]*)")
_LINK_TEXT = re.compile(r"!?\[([^\[\]]*)(?=\]\()")
_TARGET = re.compile(r"\]\(((?:[^()\\\n]|\\.|\([^()\n]*\))*)\)")
# `a.png "title" =30x20`: pandoc wants the title last
_SIZED = re.compile(r"""(\S+)\s+("[^"]*"|'[^']*')\s+(=(?:\d{1,5}%?)?x(?:\d{1,5})?)\Z""")
_NEAR = 8  # characters in front of an address, blanks for the most part
_TWICE = re.compile(r"\(https?://[^()\s]+\)\Z")


def tag_or_text(scan: LineScan, match: re.Match[str]) -> None:
    """Tags, comments and `<https://...>` stay; `<T>` and `<?php` are text."""
    text, at = scan.text, scan.at
    if text.startswith("<!--", at):
        end = scan.find("-->", at)
        scan.step(end + 3 if end > 0 else len(text))
        return
    link = _AUTOLINK.match(text, at) or _destination_at(scan)
    if link:
        written = link[0]
        if written[:8].lower() == "<mailto:":  # pandoc knows it in lower case
            written = f"<mailto:{written[8:]}"
        scan.step(link.end(), written)
        return
    if step_over_instruction(scan):
        return
    tag = _TAG.match(text, at)
    name = tag or _WRONG_TAG.match(text, at)
    if name and not is_element(name[1]):
        scan.step(at + 1, "&lt;")
    elif tag:
        if tag[1].lower() == "a":
            scan.in_anchor = not tag[0].startswith("</")
        scan.step(tag.end())
    else:
        scan.step(at + 1)


def _destination_at(scan: LineScan) -> re.Match[str] | None:
    """Return the address between angle brackets that begins here, where a link has its address."""
    before = scan.text[max(0, scan.at - _NEAR) : scan.at]
    is_there = before.strip() == "" if scan.below_label else _BEFORE_DESTINATION.search(before)
    return _DESTINATION.match(scan.text, scan.at) if is_there else None


def link_text(scan: LineScan, match: re.Match[str]) -> None:
    """Remember how far the text of a link goes: no address in it becomes a link of its own."""
    swapped = reversed_link(scan.text, scan.at)
    if swapped:
        scan.reversed_links.append(swapped[0])
        scan.step(swapped.end(), f"[{swapped[2]}](<{swapped[1]}>)")
        return
    link = _LINK_TEXT.match(scan.text, scan.at)
    if link:
        scan.link_end = max(scan.link_end, link.end())
    scan.step(match.end())


def link_target(scan: LineScan, match: re.Match[str]) -> None:
    """The address of a link stays."""
    target = _TARGET.match(scan.text, scan.at)
    if not target:
        scan.step(match.end())
        return
    address = target[1].strip()
    if _TWICE.match(address):  # `[글]((https://a.kr))`
        address = address[1:-1]
    if sized := _SIZED.match(address):
        address = f"{sized[1]} {sized[3]} {sized[2]}"
    scan.step(target.end(), f"]({address})")


def bare_address(scan: LineScan, match: re.Match[str]) -> None:
    """A bare address becomes `<address>`, which ends where Korean goes on: `https://a.kr에서`."""
    address = ADDRESS.match(scan.text, scan.at)
    before = scan.text[max(0, scan.at - 2) : scan.at]
    is_value = before.endswith(("=", '="', "='"))  # of an attribute
    if match[0] == "www." and scan.text[: scan.at].rstrip("*").endswith("://"):
        is_value = True  # `https://**www.a.kr**:443` points at a part of an address
    if not address or scan.at < scan.link_end or scan.is_reference or is_value:
        scan.step(address.end() if address else match.end())
        return
    url = end_of_address(address[0])
    is_link = not scan.in_anchor and url != match[0]  # neither in a link nor without a host
    if match[0] == "www.":  # as on GitHub, where it needs another dot
        is_link = is_link and re.match(r"www\.[\w-]+\.[\w-]", url) is not None
        written = f"[{_escaped(url)}](<https://{url}>)" if is_link else url
    else:  # pandoc knows no address without its colon
        written = f"<{url}>" if is_link else url.replace("://", "&#58;//", 1)
    scan.step(scan.at + len(url), written)


def _escaped(text: str) -> str:
    return re.sub(r"([\\`*_\[\]<>~$#|])", r"\\\1", text)
