"""Whole blogs beside their own generator: which posts it publishes, where, and what they say.

`python -m tests.conformance.blogs FOLDER ...` compares each site with Debian's Jekyll or Hugo, or
with npm's Hexo (`HEXO` names a folder whose node_modules has it and hexo-renderer-marked). It
prints the posts and pages that either has alone, addresses that differ, and how alike texts and
blocks are. Layouts, themes and plugins of a site have no part in it.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import statistics
import subprocess
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from urllib.parse import unquote, urlsplit

from hanpan.files import Files
from hanpan.plan.left_out import LeftOut
from hanpan.plan.options import Options
from hanpan.plan.posts import make_plan
from hanpan.plan.sites import Sites
from hanpan.reading import read
from hanpan.site import HEXO, HUGO, JEKYLL, load_site
from hanpan.source.pages import page_files
from tests.conformance.kramdown import Judged, judge, percentile
from tests.support.reading import Web

HERE = Path(__file__).parent
_MINE = ("out", ".hanpan", ".git", "node_modules", "public", "resources", "themes")
_MOST_SHORTCODES = 60
_UNKNOWN = re.compile(r'template for shortcode "([\w./-]+)" not found')
_UNCLOSED = re.compile(r'shortcode "([\w./-]+)" must be closed')
# a page of Hugo's as one line of JSON: layouts of the site would hide what it says itself
_LAYOUT = (
    '{{ with .File }}{{ dict "path" .Filename "url" $.RelPermalink "html" $.Content | jsonify }}'
    "{{ end }}"
)


@dataclass(frozen=True, slots=True)
class Published:
    """A page as its generator publishes it: where, and its body; None where it refuses that."""

    url: str  # a path, not escaped
    html: str | None
    kind: str = "post"


@dataclass(slots=True)
class Comparison:
    """One site: paths that either side has alone, addresses that differ, bodies judged."""

    both: list[str] = field(default_factory=list)
    ours_alone: list[str] = field(default_factory=list)
    theirs_alone: list[str] = field(default_factory=list)
    addresses: list[tuple[str, str, str]] = field(default_factory=list)  # path, ours, theirs
    judged: list[Judged] = field(default_factory=list)


def jekyll_site(root: Path) -> dict[str, Published]:
    """Return what Debian's Jekyll publishes of a site."""
    command = ["ruby", str(HERE / "blogs_jekyll.rb"), str(root)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=1800)
    return _read(done.stdout)


def hexo_site(root: Path) -> dict[str, Published]:
    """Return what Hexo publishes of a site."""
    command = ["node", str(HERE / "blogs_hexo.mjs"), str(root)]
    # its addresses have days of the machine's zone, which is the author's
    zone = {**os.environ, "TZ": load_site(root).identity.timezone}
    done = subprocess.run(
        command, capture_output=True, text=True, check=True, timeout=1800, env=zone
    )
    return _read(done.stdout[done.stdout.index("{") :], _base(root))


def hugo_site(root: Path) -> dict[str, Published]:
    """Return what Debian's Hugo publishes of a site, with layouts that show the page alone."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "site"
        shutil.copytree(root, copy, ignore=shutil.ignore_patterns(*_MINE))
        layouts = copy / "layouts"
        for inner in layouts.glob("*"):
            if inner.name != "shortcodes":
                shutil.rmtree(inner) if inner.is_dir() else inner.unlink()
        (layouts / "_default").mkdir(parents=True, exist_ok=True)
        (layouts / "_default/single.html").write_text(_LAYOUT)
        (layouts / "_default/list.html").write_text(_LAYOUT)
        for config in (*copy.glob("*.toml"), *copy.glob("*.y*ml"), *copy.glob("config/_default/*")):
            config.write_text(_without_theme(config.read_text("utf-8")), "utf-8")
        for module in (*copy.glob("go.*"), *copy.glob("config/*/module*.*")):
            module.unlink()
        shutil.rmtree(copy / "assets", ignore_errors=True)
        _run_hugo(copy, f"{folder}/public")
        found = {}
        for path in sorted(Path(f"{folder}/public").rglob("*.html")):
            text = path.read_text("utf-8")
            if text.startswith('{"html"'):
                item = json.loads(text)
                url = unquote(urlsplit(item["url"]).path).removeprefix(_base(root))
                found[Path(item["path"]).relative_to(copy).as_posix()] = Published(
                    url, item["html"]
                )
        return found


def _run_hugo(site: Path, public: str) -> None:
    """Run Hugo; shortcodes of a theme that is not here show what they enclose, or nothing."""
    command = [os.environ.get("HUGO", "hugo"), "--destination", public]
    for _ in range(_MOST_SHORTCODES):
        done = subprocess.run(
            command, cwd=site, capture_output=True, text=True, check=False, timeout=600
        )
        unknown = _UNKNOWN.search(done.stderr)
        unclosed = _UNCLOSED.search(done.stderr)
        if unknown:
            text, name = "{{ .Inner }}", unknown[1]
        elif unclosed:
            text, name = "", unclosed[1]
        else:
            if done.returncode:
                print(done.stderr[-2000:])
            return
        stub = site / f"layouts/shortcodes/{name}.html"
        stub.parent.mkdir(parents=True, exist_ok=True)
        stub.write_text(text)


def _without_theme(text: str) -> str:
    """Return settings of Hugo's without themes and modules, which are not here."""
    text = re.sub(r"(?m)^\s*theme\s*[:=].*$", "", text)
    text = re.sub(r"(?m)^module:[ \t]*\n(?:[ \t#].*\n?|\n)*", "", text)
    return re.sub(r"(?ms)^\[module\].*?(?=^\[(?!\[?module)|\Z)", "", text)


def _read(text: str, base: str = "") -> dict[str, Published]:
    found = {}
    for path, item in json.loads(text).items():
        url = unquote(urlsplit(item["url"]).path).removeprefix(base)
        found[path] = Published(url, item["html"], item["kind"])
    return found


def _base(root: Path) -> str:
    """Return the path of a site's address, which Hexo and Hugo have in all others."""
    return urlsplit(load_site(root).identity.url).path


SITES = {JEKYLL: jekyll_site, HEXO: hexo_site, HUGO: hugo_site}


def our_site(root: Path) -> dict[str, Published]:
    """Return what hanpan builds of a site, pages included."""
    sites = Sites(None)
    before = Path.cwd()
    os.chdir(root)
    try:
        options = Options(out=root / "out")
        plan = make_plan(options, sites, {})
        files = {post.file: post.slug for post in plan.posts}
        left_out = LeftOut(options, sites)
        for page in page_files(sites.at(root), root / "out"):
            if not left_out.by_content(page):
                files.setdefault(page, "page")
    finally:
        os.chdir(before)
    found = {}
    for file, slug in files.items():
        site = sites.at(file.root)
        url = site.identity.url or "https://blog.example"  # where it names none, for addresses
        site = replace(site, identity=replace(site.identity, url=url))
        reading = read(file.relative, slug, Files(site, Web()))
        path = unquote(urlsplit(reading.address).path).removeprefix(urlsplit(url).path)
        kind = "page" if file.is_page else "post"
        found[file.relative] = Published(path, reading.document.body, kind)
    return found


def compare(theirs: Mapping[str, Published], ours: Mapping[str, Published]) -> Comparison:
    """Compare what two sides publish of a site; a page that shows nothing is nobody's."""
    found = Comparison()
    said = {path: one for path, one in theirs.items() if one.html is None or one.html.strip()}
    found.both = sorted(ours.keys() & theirs.keys())
    found.ours_alone = sorted(ours.keys() - theirs.keys())
    found.theirs_alone = sorted(said.keys() - ours.keys())
    for path in found.both:
        if _bare(ours[path].url) != _bare(theirs[path].url):
            found.addresses.append((path, ours[path].url, theirs[path].url))
        html = theirs[path].html
        if html and html.strip():
            found.judged.append(judge(path, ours[path].html or "", html))
    return found


def _bare(url: str) -> str:
    return url.removesuffix("index.html")


def print_comparison(root: Path, found: Comparison, worst: int) -> None:
    """Print the figures of one site, and its worst posts."""
    print(f"{root.name}: {len(found.both)} on both sides")
    for name, paths in (("ours alone", found.ours_alone), ("theirs alone", found.theirs_alone)):
        print(f"  {name}: {len(paths)}", *paths[:worst], sep="\n    ")
    print(f"  addresses equal: {len(found.both) - len(found.addresses)} of {len(found.both)}")
    for path, our, their in found.addresses[:worst]:
        print(f"    {path}: {our} and not {their}")
    for what in ("text", "structure"):
        values = [getattr(post, what) for post in found.judged]
        if values:
            low = percentile(values, 0.05)
            print(
                f"  {what}: median {statistics.median(values):.4f}, p5 {low:.4f}, of {len(values)}"
            )
    for post in sorted(found.judged, key=lambda post: min(post.text, post.structure))[:worst]:
        if min(post.text, post.structure) < 1:
            print(f"  {post.text:.4f} {post.structure:.4f} {post.name}")
            print("".join(f"      {line[:200]}\n" for line in post.differences[:8]), end="")


def main() -> None:
    """Compare the sites that the command line names."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sites", nargs="+", type=Path, metavar="FOLDER")
    parser.add_argument("--worst", type=int, default=10, help="how many posts to show")
    asked = parser.parse_args()
    for folder in asked.sites:
        root = folder.resolve()
        theirs = SITES[load_site(root).generator](root)
        print_comparison(root, compare(theirs, our_site(root)), asked.worst)


if __name__ == "__main__":
    main()
