"""Markdown payloads, judged by the renderers of their platforms: do they say what the body says?

`python -m tests.conformance.round_trip ../shared/corpus [PLATFORM...]` prints, for each platform,
how alike the texts and the sequences of blocks are, and the worst posts with what differs. Compared
are the payload as the platform's readers see it, and the body of the Document with what the report
says of it: notes as a list, ruby in parentheses, callouts with a word for their kind.
"""

from __future__ import annotations

import argparse
import difflib
import json
import re
import shutil
import statistics
import subprocess
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from urllib.parse import unquote

from lxml import etree

from hanpan import tree
from hanpan.crosspost import footnotes
from hanpan.crosspost.blocks import Node, is_callout, nodes, runs
from hanpan.crosspost.lowering import Lowering
from hanpan.crosspost.lowerings import LOWERINGS
from hanpan.crosspost.lowerings.embeds_as_players import video_of
from hanpan.crosspost.lowerings.task_boxes_as_text import task_boxes_as_text
from hanpan.crosspost.payload import make_payload
from hanpan.crosspost.pictures import number_pictures
from hanpan.crosspost.platform import Platform, load_platform
from hanpan.crosspost.writers.lexical import needs_html
from hanpan.document import Document
from hanpan.files import Files
from hanpan.reading import read
from hanpan.site import Crosspost, Identity, find_root, load_site
from hanpan.transforms.maths_svg import tex_of
from hanpan.tree import Element
from tests.conformance.kramdown import Judged, blocks, percentile, words
from tests.crosspost.sample import Pictures
from tests.support.command import ROOT

HERE = Path(__file__).parent
MODULES = ROOT / "node_modules"
SITE = "https://blog.example"
JAVASCRIPT = ("velog", "zenn", "hashnode", "ghost")
RUBY = ("devto", "qiita")
PLATFORMS = (*JAVASCRIPT, *RUBY)
_NEEDED = ("zenn-markdown-html", "remark", "marked", "@tryghost/kg-markdown-html-renderer")
# lowerings that change what is said, each with a line in the report
_SAID = (
    "headings_in_order",
    "missing_pictures_named",
    "alt_as_caption",
    "callouts_named",
    "footnotes_as_list",
    "details_opened",
    "embeds_as_players",
    "ruby_in_parentheses",
    "scripts_as_unicode",
)
# what renderers add: marks of boxes, names of files, titles and arrows of notes
_ADDED = frozenset(
    "msg-symbol code-block-filename-container footnotes-title footnotes-sep embed-block "
    "embed-wrapper footnote-backref footnote-ref footnote-mark header-anchor-link anchor".split()
)


@dataclass(frozen=True, slots=True)
class Sent:
    """One post for one platform: the payload's text, and the body as it should come back."""

    name: str
    platform: str
    text: str
    wanted: str


def can_render(platform: str) -> bool:
    """Tell whether a platform's renderer can be run here."""
    if platform in JAVASCRIPT:
        return bool(shutil.which("node")) and all((MODULES / name).exists() for name in _NEEDED)
    return _has_ruby()


@cache
def _has_ruby() -> bool:
    gems = ("redcarpet", "commonmarker", "liquid", "rails-html-sanitizer")
    asked = ["ruby", *(f"-r{gem}" for gem in gems), "-e", ""]
    return bool(shutil.which("ruby")) and not subprocess.run(asked, capture_output=True).returncode


def rendered(bodies: dict[str, list[str]]) -> dict[str, list[str]]:
    """Return what the readers of each platform see, as HTML."""
    found: dict[str, list[str]] = {}
    for names, program in (
        (JAVASCRIPT, ["node", str(HERE / "renderers.mjs"), str(MODULES)]),
        (RUBY, ["ruby", str(HERE / "renderers.rb")]),
    ):
        asked = {name: bodies[name] for name in names if name in bodies}
        if asked:
            ran = subprocess.run(
                program, input=json.dumps(asked), capture_output=True, text=True, timeout=900
            )
            assert ran.returncode == 0, ran.stderr[-3000:]
            found |= json.loads(ran.stdout)
    return found


def send(document: Document, files: Files, platform: Platform) -> tuple[str, str]:
    """Return the text of a payload, and the body that should come back of it."""
    body = tree.parse_xml(document.body)
    identity = replace(files.settings(Identity), url=SITE)
    pictures = {
        key: replace(picture, url=picture.url or f"{SITE}/{picture.number}.png")
        for key, picture in number_pictures(document, body, files).items()
    }
    settings = Crosspost(backlink="none")
    lowering = Lowering(document, platform, files, identity, settings, pictures)
    text = next(iter(make_payload(body, lowering).texts.values()))
    return text, tree.inner_xml(wanted(body, replace(lowering, losses={})))


def wanted(body: Element, lowering: Lowering) -> Element:
    """Change a body as the reported lowerings do, and where Markdown has but one form for it."""
    platform = lowering.platform
    dialect = platform.markdown
    if "footnotes_as_list" not in platform.body.lowerings:
        for place, _ in footnotes.references(body):
            tree.remove(place)  # numbers are made by the renderer
    for name in platform.body.lowerings:
        if name in _SAID:
            LOWERINGS[name](body, lowering)
    task_boxes_as_text(body, lowering)
    for pre in list(body.iter("pre")):
        if pre.get("data-title") and not dialect.code_titles:
            title = etree.Element("p")
            title.text = pre.get("data-title")
            pre.addprevious(title)
    for card in body.iter("p"):
        if "embed" in tree.classes(card):
            link = next(card.iter("a"), None)
            if "lexical" in dict(platform.body.files).values() and link is not None:
                card.set("data-raw", video_of(link.get("href") or ""))
            card.set("class", "embed" if card.get("data-raw") else "")
    if "lexical" in dict(platform.body.files).values():
        for table in list(body.iter("table")):
            if not any(needs_html(cell) for cell in table.iter()):
                _simplify(table)
        for box in [body, *body.iter("div", "blockquote", "section", "li")]:
            if next(box.iter("math"), None) is None:
                _parted(box)
        return body
    for element in list(body.iter()):
        if is_callout(element) and not dialect.callouts:
            element.tag = "blockquote"
    _flatten(body)
    return body


def _flatten(body: Element) -> None:
    """Bring to one form what Markdown has no signs for."""
    for element in list(body.iter("figcaption")):
        inside = element.getparent()
        element.tag = "span" if inside is not None and inside.tag == "figure" else "p"
    for element in list(body.iter("figure")):
        element.tag = "div" if next(element.iter("pre", "table", "p"), None) is not None else "p"
    for term in list(body.iter("dl", "dd", "dt")):
        is_text = term.tag == "dt" or not any(e.tag in ("p", "ul", "ol", "pre") for e in term)
        term.tag = "p" if term.tag != "dl" and is_text else "div"
    for table in list(body.iter("table")):
        _simplify(table)
    for box in [body, *body.iter("div", "blockquote", "section", "details", "li", "dd")]:
        _parted(box)


def _parted(box: Element) -> None:
    """Make paragraphs of what stands loose in a box, cut where a formula stands by itself."""
    kept = list(runs(box))
    if box.tag == "li" and len(kept) == 1:
        return
    box.text = None
    box[:] = []
    for run in kept:
        if isinstance(run, list):
            _fill(box, run)
        elif run.tag == "p" and not run.get("data-raw"):
            _fill(box, nodes(run))
        else:
            run.tail = None
            box.append(run)


def _fill(box: Element, run: list[Node]) -> None:
    paragraph, breaks = etree.SubElement(box, "p"), 0
    for node in run:
        if isinstance(node, str):
            tree.append_text(paragraph, node)
            breaks = 0 if node.strip() else breaks
            continue
        node.tail = None
        breaks = breaks + 1 if node.tag == "br" else 0
        if node.tag == "math" and node.get("display") == "block":
            etree.SubElement(box, "div").append(node)
            paragraph = etree.SubElement(box, "p")
        elif breaks == 2:  # an empty line
            paragraph, breaks = etree.SubElement(box, "p"), 0
        else:
            paragraph.append(node)


def _simplify(table: Element) -> None:
    for cell in list(table.iter("td", "th")):
        for inner in list(cell.iterdescendants("p", "li", "ul", "ol", "pre", "div")):
            inner.tail = f" {inner.tail or ''}"
            inner.text = f" {'•' if inner.tag == 'li' else ''} {inner.text or ''}"
            inner.tag = "code" if inner.tag == "pre" else "span"
    caption = table.find("caption")
    if caption is not None:
        above = etree.Element("p")
        above.text = tree.text_of(caption)
        table.addprevious(above)
        table.remove(caption)
    rows = list(table.iter("tr"))
    for cell in [cell for row in rows[1:] for cell in row]:
        cell.tag = "td"
    first = rows[0] if rows else None
    if first is not None and not all(cell.tag == "th" for cell in first):
        head = etree.Element("tr")
        for _ in first:
            etree.SubElement(head, "th")
        table.insert(0, head)


def comparable(root: Element) -> Element:
    """Take away what a renderer adds, and what stands for something that is no text."""
    for element in list(root.iter()):
        names = set(tree.classes(element))
        if names & _ADDED or element.tag == "iframe" or _is_player(element):
            tree.remove(element) if element.getparent() is not None else None
    for element in root.iter():
        element.text = (element.text or "").replace("\u2060", "")
        element.tail = (element.tail or "").replace("\u2060", "")
        if element.tag in ("p", "div", "ul", "ol", "li", "blockquote", "pre", "td", "th"):
            element.text = f" {element.text or ''}"  # words of two blocks are two words
        elif element.tag == "a" and (element.text or "").startswith("http"):
            element.text = unquote(element.text or "")  # some show addresses as a person reads them
    for formula in list(root.iter("math", "embed-katex", "span")):
        if formula.tag == "math" or "katex" in tree.classes(formula):
            _as_tex(formula)
        elif formula.tag == "embed-katex":
            formula.text = " ".join((formula.text or "").split())
            formula.set("class", "formula")
    for link in list(root.iter("a")):
        if re.match(r"#fn(?:ref)?[\d-]", link.get("href") or ""):
            tree.remove(link)
    for box in list(root.iter("input")):
        box.tag, box.text = "span", "☑" if box.get("checked") is not None else "☐"
    for section in list(root.iter("section", "ol")):
        if any(re.match(r"fn-?\d", item.get("id") or "") for item in section.findall("li")):
            section.set("class", "footnotes")
    for paragraph in list(root.iter("p")):
        if not tree.text_of(paragraph).strip() and all(e.tag == "br" for e in paragraph):
            tree.remove(paragraph)  # which only makes room
    for item in root.iter("li"):
        if len(item) and item[0].tag == "p" and not (item.text or "").strip():
            tree.unwrap(item[0])
    return root


def _is_player(element: Element) -> bool:
    """Tell whether an element is an embed: marked as one, or an address on a line of its own."""
    if element.tag != "p":
        return False
    if "embed" in tree.classes(element) and element.get("data-raw"):
        return True
    link = element.find("a")
    said = tree.text_of(element).strip()
    return link is not None and said == link.get("href") and not (link.tail or "").strip()


def _as_tex(formula: Element) -> None:
    if formula.getparent() is None:
        return
    note = next(formula.iter("annotation"), None)
    said = tex_of(formula) if formula.tag == "math" else (note.text if note is not None else "")
    new = etree.Element("span", {"class": "formula"})
    new.text = " ".join((said or tree.text_of(formula)).split())
    tree.replace(formula, new)


def _blocks(root: Element) -> list[str]:
    """Return the blocks outside notes that are more than a formula."""
    for section in list(root.iter("section", "ol", "hr")):
        if "footnotes" in tree.classes(section):
            before = section.getprevious()
            if before is not None and before.tag == "hr" and section.tag == "ol":
                tree.remove(before)
            tree.remove(section)
    for paragraph in root.iter("p"):
        if not tree.text_of(paragraph).strip():
            paragraph.tag = "div"  # a picture
        formulas = [e for e in paragraph.iter("span") if "formula" in tree.classes(e)]
        said = "".join(tree.text_of(e) for e in formulas)
        if formulas and said == tree.text_of(paragraph).strip():
            paragraph.tag = "div"
    return blocks(root)


def judge(sent: Sent, html: str) -> Judged:
    """Compare a body with what came back."""
    one, two = comparable(tree.parse_xml(sent.wanted)), comparable(tree.parse(html))
    differences: list[str] = []
    scores = []
    for kind, left, right in (
        ("text", words(one), words(two)),
        ("blocks", _blocks(one), _blocks(two)),
    ):
        left, right = ([w for w in said if w.strip("\u2060\ufe0e↩▶")] for said in (left, right))
        matcher = difflib.SequenceMatcher(None, left, right, autojunk=False)
        scores.append(matcher.ratio() if left or right else 1.0)
        for change, a, b, c, d in matcher.get_opcodes():
            if change != "equal":
                before = " ".join(left[max(0, a - 3) : a])
                differences.append(
                    f"{kind}: …{before}… ours [{' '.join(left[a:b])[:160]}]"
                    f" theirs [{' '.join(right[c:d])[:160]}]"
                )
    return Judged(f"{sent.platform} {sent.name}", scores[0], scores[1], tuple(differences))


def sent_of(path: Path, platforms: tuple[str, ...]) -> list[Sent]:
    """Read a post by its own site's settings, and make its payloads."""
    root = find_root(path) or path.parent
    files = Files(load_site(root), Pictures())
    document = read(path.relative_to(root).as_posix(), "post", files).document
    return [
        Sent(path.name, name, *send(document, files, load_platform(name))) for name in platforms
    ]


def judge_all(posts: list[Path], platforms: tuple[str, ...], jobs: int = 2) -> list[Judged]:
    """Judge posts on platforms."""
    with ProcessPoolExecutor(jobs) as pool:
        every = pool.map(sent_of, posts, [platforms] * len(posts), chunksize=4)
        all_sent = [sent for some in every for sent in some]
        bodies: dict[str, list[str]] = {}
        for sent in all_sent:
            bodies.setdefault(sent.platform, []).append(sent.text)
        pages = {name: iter(some) for name, some in rendered(bodies).items()}
        answers = [next(pages[sent.platform]) for sent in all_sent]
        return list(pool.map(judge, all_sent, answers, chunksize=8))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("platforms", nargs="*", default=PLATFORMS)
    parser.add_argument("--worst", type=int, default=5)
    parser.add_argument("--differences", type=int, default=8)
    parser.add_argument("--every", type=int, default=1, help="judge each Nth post")
    said = parser.parse_args()
    suffixes = (".md", ".markdown", ".mdx")
    posts = sorted(p for p in said.folder.resolve().rglob("*") if p.suffix in suffixes)
    judged = judge_all(posts[:: said.every], tuple(said.platforms))
    for platform in said.platforms:
        mine = [post for post in judged if post.name.startswith(f"{platform} ")]
        for post in sorted(mine, key=lambda post: min(post.text, post.structure))[: said.worst]:
            print(f"\n{post.text:.4f} {post.structure:.4f} {post.name}")
            for difference in post.differences[: said.differences]:
                print(f"    {difference}")
    for platform in said.platforms:
        mine = [post for post in judged if post.name.startswith(f"{platform} ")]
        for what in ("text", "structure"):
            values = [getattr(post, what) for post in mine]
            print(
                f"{platform:9} {what:9} median {statistics.median(values):.4f}, "
                f"5th percentile {percentile(values, 0.05):.4f}, lowest {min(values):.4f}, "
                f"{len(values)} posts"
            )


if __name__ == "__main__":
    main()
