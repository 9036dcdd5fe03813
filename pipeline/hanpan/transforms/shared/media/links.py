"""Links: addresses that are valid, lead out of the page by themselves, and arrive within it."""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import unquote, urljoin, urlsplit

from hanpan import tree
from hanpan.assets.disk import is_on_disk, public_name
from hanpan.media_types import MARKDOWN_ENDINGS
from hanpan.problems import SITE_URL
from hanpan.source.addresses import end_of_address, end_of_email, valid_address
from hanpan.transforms.select import drop, with_attribute
from hanpan.transforms.shared.context import Context
from hanpan.transforms.shared.sound.ids import clean_id
from hanpan.transforms.shared.text.heading_ids import heading_id
from hanpan.tree import Element

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
_WITHOUT_SCHEME = re.compile(r"(?:www\.|[a-z0-9-]+\.(?:com|org|net|io|kr|dev)(?:/|\Z))", re.I)


def links(root: Element, context: Context) -> None:
    """Check and correct the address of every link; one that leads nowhere keeps only its text."""
    known = {element.get("id") or "" for element in with_attribute(root, "id")}
    loose = {_loosely(name): name for name in sorted(known, reverse=True)}
    for anchor in list(root.iter("a")):
        _end_before_text(anchor)
        if anchor.getparent() is None:
            continue
        href = (anchor.get("href") or "").strip()
        if href.startswith("#"):
            _within(anchor, href, known, loose, context)
        elif "href" in anchor.attrib:
            _outward(anchor, href, context)
        shows = tree.text_of(anchor).strip() or next(anchor.iter("img", "svg"), None) is not None
        if "href" not in anchor.attrib or not shows:
            _unlink(anchor)


def _end_before_text(anchor: Element) -> None:
    """Let a link that shows its own address end where Korean goes on: `a@b.com입니다`.

    The dialect does so for https; pandoc makes links of mail and other schemes by itself. What has
    no domain, such as `core@7.0.0`, is no address of mail.
    """
    href, text = anchor.get("href") or "", anchor.text or ""
    if len(anchor) or not text or ":" not in href:
        return
    shown = text.removeprefix("mailto:")
    if href.startswith("mailto:") and unquote(href[7:]) == shown and "@" in shown:
        length = end_of_email(shown)
        end, prefix = length and length + len(text) - len(shown), "mailto:"
    elif href.startswith("ftp:") and unquote(href) == text and not text.isascii():
        length = end = len(end_of_address(text))
        shown, prefix = text, ""
    else:
        return
    if end == len(text):
        return
    anchor.tail = text[end:] + (anchor.tail or "")
    anchor.text = text[:end]
    anchor.set("href", prefix + shown[:length])
    if not end:
        tree.unwrap(anchor)


def _unlink(anchor: Element) -> None:
    """Leave of a link its contents, and the id that others may link to."""
    name = anchor.get("id")
    anchor.attrib.clear()
    if name:
        anchor.tag = "span"
        anchor.set("id", name)
    else:
        tree.unwrap(anchor)


def _within(
    anchor: Element, href: str, known: set[str], loose: dict[str, str], context: Context
) -> None:
    """Point a link at the id it means: authors write the text of a heading in many ways."""
    name = clean_id(unquote(href[1:]))
    drop(anchor, "target")
    if name not in known:
        name = loose.get(_loosely(name), "")
    if name:
        anchor.set("href", f"#{name}")
    elif href == "#" or _loosely(href) == "top":
        anchor.set("href", "#")  # to the top, where there is one: `top_links` takes it away
    elif unquote(href[1:]) in context.layout_ids:  # on the site, and in no edition of ours
        if context.address:
            anchor.set("href", f"{context.address}{href}")
        else:
            del anchor.attrib["href"]
    else:
        message = f"no heading or note has the id that `{unquote(href)}` links to"
        remedy = "Write the heading's text in lower case, with hyphens for blanks."
        place = context.place_of(anchor, href, unquote(href))
        context.report("link-fragment", "warning", message, place, remedy)
        del anchor.attrib["href"]


def _loosely(name: str) -> str:
    """Return an id less all in which authors and generators differ."""
    return re.sub(r"[\W_]+", "", heading_id(unicodedata.normalize("NFC", name)))


def _outward(anchor: Element, href: str, context: Context) -> None:
    scheme = _SCHEME.match(href)
    url = ""
    is_of_site = bool(context.site_url)
    if is_on_disk(href):
        _unlink_disk(anchor, href, context)
        return
    if href.startswith("//"):
        url = f"https:{href}"
    elif scheme:
        url = href
    elif _WITHOUT_SCHEME.match(href):
        url = f"https://{href}"
    elif href and context.site_url:
        url, is_of_site = _of_site(anchor, href, context)
    valid = valid_address(url)
    if valid:
        anchor.set("href", valid)
        if is_of_site and valid.startswith(f"{context.site_url}/"):
            context.site_links.append((valid, context.place_of(anchor, href, unquote(href))))
        if anchor.get("target") == "_blank":
            anchor.set("rel", "noopener")
        elif anchor.get("target"):
            del anchor.attrib["target"]
        return
    drop(anchor, "href")
    literals = (href, unquote(href)) if href else ("]()", 'href=""')
    if url and tree.text_of(anchor).strip() in literals:
        return  # `http://[name].github.io` in a sentence: no one has made a link of it
    place = context.place_of(anchor, *literals)
    if url or not href:
        rule, remedy, cause = "link-broken", "Fix the link.", ""
        message = (
            f"`{href}` is not an address that can be linked to" if href else "a link has no address"
        )
    else:
        rule, cause = "link-relative", SITE_URL
        remedy = 'Write `url = "https://..."` in site.toml, or link with the whole address.'
        message = f"`{unquote(href)}` is a link within the site, whose address is not set"
        if context.site_url:
            cause = ""
            message = f"`{unquote(href)}` is a link between pages whose addresses are not known"
            remedy = "Write `permalink` in the front matter of both, or link with a whole address."
    message += "; the text stays, without the link"
    context.report(rule, "warning", message, place, remedy, cause)


def _of_site(anchor: Element, href: str, context: Context) -> tuple[str, bool]:
    """Return the absolute address of a link within the site; one to a post's file is to the post.

    GitHub Pages does the last of itself (jekyll-relative-links). Also return whether the site may
    have something there: a file that it does not have is reported here, once.
    """
    may_be_there = True
    path, mark, behind = href.partition("#")
    if path.lower().endswith(MARKDOWN_ENDINGS):
        name = unquote(path)
        post_url = context.address_of(name)
        if post_url is not None:
            return f"{post_url}{mark}{behind}" if post_url else "", True
        may_be_there = False
        message, remedy = f"the site has no file `{name}`", "Fix the link, or add the post."
        context.report(
            "link-file", "warning", message, context.place_of(anchor, href, name), remedy
        )
    base = urlsplit(context.site_url).path
    if base and (href == base or href.startswith(f"{base}/")):
        href = href[len(base) :] or "/"
    if href.startswith("/"):
        return f"{context.site_url}{href}", may_be_there
    return urljoin(context.address, href) if context.address else "", may_be_there


def _unlink_disk(anchor: Element, href: str, context: Context) -> None:
    """Take away a link into the author's own disk, which would tell readers a name."""
    drop(anchor, "href", "target", "rel")
    message = f"the link to {public_name(href)} points to the author's own disk"
    remedy = "Put the file into the site and link to it there."
    context.report("link-broken", "warning", f"{message}; the text stays, without the link",
                context.place_of(anchor, href, unquote(href)), remedy)  # fmt: skip
    if is_on_disk((anchor.text or "").strip()):
        anchor.text = public_name((anchor.text or "").strip())
