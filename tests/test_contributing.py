"""CONTRIBUTING.md's recipes: each is followed in a copy of the checkout, and what it adds works.

A recipe may touch the files that it names, and no others; afterwards the tests of documentation and
architecture pass in the copy.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import unquote

import pytest

from tests.support.blog import add_post, make_blog
from tests.support.command import ROOT

pytestmark = pytest.mark.endurance

PACKAGE = "pipeline/hanpan"

EDITION = '''"""The text edition: the words of a post."""

from __future__ import annotations

from hanpan import tree
from hanpan.document import Document
from hanpan.editions import Artifact, Rendered
from hanpan.files import Files


def render(document: Document, files: Files) -> Rendered:
    """Return the document's words."""
    words = tree.text_of(tree.parse_xml(document.body))
    path = f"{document.slug}/{document.slug}.txt"
    return Rendered((Artifact(path, words.encode()),), {"wordlist": path})
'''
TRANSFORM = '''"""Ellipses: three full stops as one character."""

from __future__ import annotations

from hanpan.transforms.shared.context import Context
from hanpan.tree import Element


def ellipses(root: Element, context: Context) -> None:
    """Replace three full stops."""
    for paragraph in root.iter("p"):
        paragraph.text = (paragraph.text or "").replace("...", "…")
'''
COMMAND = '''"""print how many posts there are"""

from __future__ import annotations

from argparse import ArgumentParser
from argparse import Namespace as Arguments
from pathlib import Path
from urllib.parse import unquote


def add_arguments(parser: ArgumentParser) -> None:
    """Add the arguments of `hanpan count`."""
    parser.add_argument("folder", type=Path, help="the folder with the posts")


def run(arguments: Arguments) -> int:
    """Count, and return the exit code."""
    print(len(list(arguments.folder.glob("*.md"))))
    return 0
'''
TAG = '''
def _shout(call: Call, body: str | None, run: Run, {scope}) -> str:
    """Our own: what it says, in bold."""
    return f"**{{call.arguments.strip()}}**"


'''


class Checkout:
    """A copy of the checkout, and what was changed in it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.touched: set[str] = set()
        ignored = shutil.ignore_patterns("__pycache__", "golden")
        for name in ("pipeline", "tests"):
            shutil.copytree(ROOT / name, folder / name, ignore=ignored)
        shutil.copytree(ROOT / "docs", folder / "docs", ignore=shutil.ignore_patterns("pictures"))
        for path in [*ROOT.glob("*.md"), ROOT / "pyproject.toml", ROOT / "Makefile"]:
            shutil.copy(path, folder)
        for name in (
            "layouts",
            "docs/pictures",
            "LICENSE",
            "NOTICE",
            "posts",
            "site.toml",
            "tools",
        ):
            (folder / name).symlink_to(ROOT / name)

    def write(self, path: str, text: str) -> None:
        self.touched.add(path)
        (self.folder / path).write_text(text, "utf-8")

    def edit(self, path: str, pattern: str, replacement: str) -> None:
        """Replace the one place that matches; `\\g<0>` is what stood there."""
        old = (self.folder / path).read_text("utf-8")
        new, count = re.subn(pattern, replacement, old, flags=re.MULTILINE)
        assert count == 1, f"{path}: {count} places for {pattern}"
        self.write(path, new)

    def run(self, *arguments: str, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
        environment = {**os.environ, "PYTHONPATH": str(self.folder / "pipeline"), "CI": "true"}
        environment.pop("PYTEST_XDIST_WORKER", None)
        return subprocess.run(
            [sys.executable, *arguments],
            cwd=cwd or self.folder, env=environment, capture_output=True, text=True, timeout=300,
        )  # fmt: skip


def add_edition(checkout: Checkout) -> None:
    checkout.write(f"{PACKAGE}/editions/wordlist.py", EDITION)
    checkout.edit(
        f"{PACKAGE}/editions/__init__.py",
        r'^    "crosspost": Edition\((?:.|\n)*?^    \),$',
        r'\g<0>\n    "wordlist": Edition("hanpan.editions.wordlist", "TXT"),',
    )
    for page in ("docs/usage.md", "docs/ko/usage.md"):
        checkout.edit(
            page, r"^\| `-e`, `--edition NAME` \| html, pdf, epub,.*crosspost.*site\]",
            r"\g<0>, wordlist",
        )  # fmt: skip


def add_platform(checkout: Checkout) -> None:
    bundled = checkout.folder / PACKAGE / "crosspost/platforms"
    text = (bundled / "velog.toml").read_text("utf-8").replace('"velog"', '"우리 위키"')
    checkout.write(f"{PACKAGE}/crosspost/platforms/wiki.toml", text)
    for page, way in (("docs/platforms.md", "paste"), ("docs/ko/platforms.md", "붙여 넣기")):
        checkout.edit(page, r"^\| `zenn` \| .*$", rf"\g<0>\n| `wiki` | {way} | `body.md` |")


def add_transform(checkout: Checkout) -> None:
    room = f"{PACKAGE}/transforms/shared"
    checkout.write(f"{room}/text/ellipses.py", TRANSFORM)
    checkout.edit(
        f"{room}/__init__.py", r"^from hanpan\.transforms\.shared\.text\.footnotes import .*$",
        "from hanpan.transforms.shared.text.ellipses import ellipses\n\\g<0>",
    )  # fmt: skip
    checkout.edit(f"{room}/__init__.py", r"^    quotes,.*$", r"\g<0>\n    ellipses,")
    checkout.edit(
        "tests/transforms/shared/test_each_is_needed.py", r'^    "quotes": .*$',
        r'\g<0>\n    "ellipses": ("그리고...\\n", "그리고…"),',
    )  # fmt: skip


def add_liquid_tag(checkout: Checkout) -> None:
    path = f"{PACKAGE}/source/liquid/tags/table.py"
    text = (checkout.folder / path).read_text("utf-8")
    scope = re.search(r"^def _post_url\(.*?run: Run, (\w+: \w+)\) -> str:$", text, re.MULTILINE)
    assert scope
    checkout.edit(path, r"^def _post_url\(", TAG.format(scope=scope[1]).lstrip("\n") + r"\g<0>")
    checkout.edit(path, r'^    "post_url": .*$', r'\g<0>\n    "shout": _shout,')
    for page in ("docs/liquid.md", "docs/ko/liquid.md"):
        checkout.edit(page, r"^\| (?:all|모두) \| `gist`,", r"\g<0> `shout`,")


def add_command(checkout: Checkout) -> None:
    checkout.write(f"{PACKAGE}/commands/count.py", COMMAND)
    path = f"{PACKAGE}/commands/__init__.py"
    checkout.edit(path, r"\bclean,(?=[^)]*^\)$)", r"\g<0> count,")
    checkout.edit(path, r"^    init, build, .*$", r"    count,\n\g<0>")
    for page, words in (("docs/usage.md", "Counts."), ("docs/ko/usage.md", "셉니다.")):
        checkout.edit(page, r"^## hanpan clean$", f"## hanpan count FOLDER\n\n{words}\n\n\\g<0>")


def add_setting(checkout: Checkout) -> None:
    checkout.edit(
        f"{PACKAGE}/site/tables.py", r"^    toc_minimum: int = 3.*$", r"\g<0>\n    columns: int = 1"
    )
    for page, words in (("docs/settings.md", "columns"), ("docs/ko/settings.md", "단 수")):
        checkout.edit(page, r"^\| `toc_minimum` .*$", rf"\g<0>\n| `columns` | `1` | {words} |")
    checkout.edit(
        "docs/complete-site.toml", r"^toc_minimum = .*$", r"\g<0>\ncolumns = 1  # of the text"
    )
    checkout.edit(
        f"{PACKAGE}/messages/settings.toml", r'^"html.toc_minimum" .*$',
        '\\g<0>\n"html.columns" = { en = "columns of the text", ko = "본문의 단 수" }',
    )  # fmt: skip


RECIPES = {
    "An edition": add_edition,
    "A platform": add_platform,
    "A transform": add_transform,
    "A Liquid tag": add_liquid_tag,
    "A command": add_command,
    "A setting": add_setting,
}
# What a recipe adds may be new: then its folder is named in the recipe.
SECTIONS: Mapping[str, str] = dict(
    re.findall(
        r"^\*\*(An? [\w ]+)\.\*\* (.*?)(?=^\*\*|^## )",
        (ROOT / "CONTRIBUTING.md").read_text("utf-8"),
        re.MULTILINE | re.DOTALL,
    )
)


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Checkout:
    """Return a checkout in which every recipe was followed."""
    checkout = Checkout(tmp_path_factory.mktemp("checkout"))
    for name, recipe in RECIPES.items():
        checkout.touched.clear()
        recipe(checkout)
        named = set(re.findall(r"`([\w/.]+/[\w/.-]*)`|\]\((docs/[\w.]+)", SECTIONS[name]))
        places = {first or second for first, second in named}
        for path in checkout.touched:
            folder = f"{path.rpartition('/')[0]}/"
            is_new = not (ROOT / path).exists()
            assert path in places or (is_new and any(folder.startswith(p) for p in places)), (
                f"the recipe `{name}` does not name {path}"
            )
    return checkout


def test_every_recipe_is_tried() -> None:
    assert set(SECTIONS) == set(RECIPES)
    assert all(section.count("\n") <= 6 for section in SECTIONS.values())


def test_docs_and_architecture_hold_in_the_copy(checkout: Checkout) -> None:
    tests = (
        "tests/test_docs.py",
        "tests/test_docs_twins.py",
        "tests/test_architecture.py",
        "tests/source/liquid/test_tags.py::test_every_tag_is_documented",
        "tests/transforms/shared/test_each_is_needed.py::test_its_case_needs_it[ellipses]",
        "tests/transforms/shared/test_each_is_needed.py::test_no_case_is_of_a_transform_that_is_gone",
    )
    ended = checkout.run("-m", "pytest", "-q", "-p", "no:cacheprovider", "-x", *tests)
    assert ended.returncode == 0, ended.stdout[-3000:]


def test_what_was_added_works(checkout: Checkout, tmp_path: Path) -> None:
    blog = make_blog(
        tmp_path / "blog", posts=0,
        settings='[html]\ncolumns = 2\n[crosspost]\nplatforms = ["wiki"]\n',
    )  # fmt: skip
    text = "---\ntitle: 글\ndate: 2026-03-01\n---\n\n그리고...\n\n{% shout 아하 %}\n"
    add_post(blog, "2026-03-01-글.md", text)
    ended = checkout.run("-m", "hanpan", "build", "-e", "wordlist,crosspost", "--offline", cwd=blog)
    assert ended.returncode == 0, ended.stderr
    words = (blog / "out/글/글.txt").read_text("utf-8")
    assert "그리고…" in words and "아하" in words and "shout" not in words
    assert "**아하**" in (blog / "out/글/crosspost/wiki/body.md").read_text("utf-8")
    assert "글/글.txt" in unquote((blog / "out/index.html").read_text("utf-8"))
    assert checkout.run("-m", "hanpan", "count", "posts", cwd=blog).stdout == "1\n"
    (blog / "site.toml").write_text("[html]\ncolums = 2\n", "utf-8")
    ended = checkout.run("-m", "hanpan", "build", "-e", "html", cwd=blog)
    assert ended.returncode == 2 and "`columns`" in ended.stderr
