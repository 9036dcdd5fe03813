"""The documentation is complete: commands, settings, rules and platforms; and its links lead on."""

from __future__ import annotations

import argparse
import ast
import dataclasses
import json
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

import pytest

from hanpan.cli import parser
from hanpan.crosspost.lint.rules import RULES
from hanpan.crosspost.platform import platform_names
from hanpan.site.checks import ARRAYS, NAMED, PLATFORM
from hanpan.site.loading import load_site
from hanpan.site.tables import TABLES, section
from hanpan.transforms.shared.media.pictures import _WORDS as PICTURE_RULES
from tests.support.command import ROOT
from tests.support.severities import severities

DOCS = ROOT / "docs"
PAGES = sorted([*ROOT.glob("*.md"), *DOCS.rglob("*.md"), *ROOT.glob("layouts/**/*.md")])
SEVERITIES = ("error", "warning", "info")
in_both_languages = pytest.mark.parametrize("docs", [DOCS, DOCS / "ko"], ids=["en", "ko"])


def section_of(page: str, heading: str) -> str:
    """Return what stands below a heading that begins with these words."""
    found = re.search(
        rf"^## {re.escape(heading)}(?!\w).*?$(.*?)(?=^## |\Z)", page, re.MULTILINE | re.DOTALL
    )
    assert found, f"there is no heading `## {heading}`"
    return found[1]


def commands() -> dict[str, argparse.ArgumentParser]:
    (found,) = (a for a in parser()._actions if isinstance(a, argparse._SubParsersAction))
    return dict(found.choices)


@in_both_languages
@pytest.mark.parametrize("name", commands())
def test_every_command_and_option_stands_in_usage(name: str, docs: Path) -> None:
    section = section_of((docs / "usage.md").read_text("utf-8"), f"hanpan {name}")
    options = [o for action in commands()[name]._actions for o in action.option_strings]
    of_all = ("--help", "--lang")  # on top of the page
    long = [option for option in options if option.startswith("--") and option not in of_all]
    assert [
        option for option in long if f"`{option}" not in section and option not in section
    ] == []


@in_both_languages
def test_usage_names_no_option_that_there_is_not(docs: Path) -> None:
    text = (docs / "usage.md").read_text("utf-8")
    known = {o for each in (parser(), *commands().values()) for a in each._actions
             for o in a.option_strings}  # fmt: skip
    assert set(re.findall(r"--[a-z][a-z-]+", text)) <= known


@in_both_languages
def test_every_setting_stands_in_settings_with_its_default(docs: Path) -> None:
    text = (docs / "settings.md").read_text("utf-8")
    documented = set(re.findall(r"^\| `(\w+)` \| `(.*?)` \| \S", text, re.MULTILINE))
    wanted = set()
    arrays = {f"[{name}]": kind for name, kind in ARRAYS.items()}
    for name, kind in {**TABLES, PLATFORM: NAMED[PLATFORM], **arrays}.items():
        section = section_of(text, f"[{name}]") if name else text.partition("\n## ")[0]
        for item in dataclasses.fields(kind):
            default = item.default
            shown = json.dumps(default if default != () else [], ensure_ascii=False)
            assert f"| `{item.name}` | `{shown}` |" in section, f"[{name}] {item.name} = {shown}"
            wanted.add((item.name, shown))
    assert documented == wanted


def test_the_complete_site_toml_has_every_setting_with_its_default(tmp_path: Path) -> None:
    text = (DOCS / "complete-site.toml").read_text("utf-8")
    (tmp_path / "site.toml").write_text(text, "utf-8")
    site = load_site(tmp_path)  # all of it is valid
    shown: dict[str, set[str]] = {"": set()}
    table = ""
    for line in text.splitlines():
        header = re.fullmatch(r"\[+([\w.]+)\]+", line)
        key = re.match(r"(?:# )?(\w+) = \S.*  # \S", line)
        table = header[1] if header else table
        shown.setdefault(table, set())
        if key:
            shown[table].add(key[1])
    wanted = {**TABLES, "crosspost.velog": NAMED[PLATFORM], **ARRAYS}
    for name, kind in wanted.items():
        assert shown[name] == {item.name for item in dataclasses.fields(kind)}, name
    assert all(section(site, kind) == kind() for kind in TABLES.values())
    assert site.platforms.of("velog") == NAMED[PLATFORM]()
    assert site.books[0].settings == dataclasses.replace(ARRAYS["book"](), name="posts")


@in_both_languages
def test_every_rule_has_the_severities_that_the_code_gives_it(docs: Path) -> None:
    text = (docs / "rules.md").read_text("utf-8")
    ours = severities()
    rows = re.findall(r"^\| ((?:`[a-z0-9-]+`(?:, )?)+) \| ([a-z, ]+) \| \S", text, re.MULTILINE)
    assert len(rows) > 100
    for names, shown in rows:
        rules = re.findall(r"`([^`]+)`", names)
        wanted = {severity for rule in rules for severity in ours[rule]}
        assert set(shown.split(", ")) == wanted, names


def rules_in_the_code() -> Iterator[str]:
    """Yield every rule that a Problem is made with, or that a transform `say`s."""
    for path in sorted((ROOT / "pipeline").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Assign):
                yield from assigned(node)
            if not isinstance(node, ast.Call) or len(node.args) < 2:
                continue
            called = node.func.id if isinstance(node.func, ast.Name) else ""
            called = node.func.attr if isinstance(node.func, ast.Attribute) else called
            rule, severity = node.args[0], node.args[1]
            if called in ("PublishError", "__init__") and str(ast.unparse(rule))[1:9] == "publish-":
                yield str(ast.literal_eval(rule))
            is_severity = isinstance(severity, ast.Constant) and severity.value in SEVERITIES
            if called == "Problem" or (called in ("say", "report") and is_severity):
                if isinstance(rule, ast.Constant):
                    yield str(rule.value)
                else:  # the tables below hold what these are made of
                    assert ast.unparse(rule) in DYNAMIC, f"{path.name}:{node.lineno}"


def assigned(node: ast.Assign) -> Iterator[str]:
    """Yield the rule of `rule = "link-relative"` and of `rule, remedy = "link-broken", ...`."""
    target, value = node.targets[0], node.value
    pairs = [(target, value)]
    if isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple):
        pairs = list(zip(target.elts, value.elts, strict=True))
    for name, item in pairs:
        if isinstance(name, ast.Name) and name.id == "rule" and isinstance(item, ast.Constant):
            yield str(item.value)


DYNAMIC = ("rule", "f'crosspost-{rule}'", "rule.replace('image-', 'teaser-')")
TABLED = {
    *(f"crosspost-{rule}" for rule in RULES),
    *(words[0] for words in PICTURE_RULES.values()),
    *(words[0].replace("image-", "teaser-") for words in PICTURE_RULES.values()),
}


@in_both_languages
def test_every_rule_stands_in_rules_and_no_other(docs: Path) -> None:
    text = (docs / "rules.md").read_text("utf-8")
    rows = re.findall(r"^\| ((?:`[a-z0-9-]+`(?:, )?)+) \| \S", text, re.MULTILINE)
    documented = [rule for row in rows for rule in re.findall(r"`([^`]+)`", row)]
    assert len(documented) == len(set(documented))
    assert set(documented) ^ {*rules_in_the_code(), *TABLED} == set()


@in_both_languages
def test_every_platform_is_named(docs: Path) -> None:
    text = (docs / "platforms.md").read_text("utf-8")
    assert sorted(re.findall(r"^\| `(\w+)` \| \S", text, re.MULTILINE)) == sorted(platform_names())


def test_both_readmes_show_the_same_pictures_settings_and_targets() -> None:
    english, korean = ((ROOT / name).read_text("utf-8") for name in ("README.md", "README.ko.md"))
    korean = korean.replace("docs/ko/", "docs/")  # the same page in Korean
    for pattern in (r"\((docs/[^)]+)\)", r"^make \w+", r"^\[\w+\]$", r"^(\w+ = [^#\n]+?) *(?:#|$)"):
        ours, theirs = (re.findall(pattern, text, re.MULTILINE) for text in (english, korean))
        assert ours == theirs and ours


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_to_files_and_headings_that_are_there(page: Path) -> None:
    text = re.sub(r"^```.*?^```", "", page.read_text("utf-8"), flags=re.DOTALL | re.MULTILINE)
    text = re.sub(r"(?<!`)`(?!`)[^`\n]*!\[[^`\n]*`", "", text)  # pictures that a dialect shows
    for address in re.findall(r"\]\(([^)\s]+)\)", text):
        if re.match(r"[a-z]+:", address):
            continue
        path, _, fragment = unquote(address).partition("#")
        target = page.parent / path if path else page
        assert target.exists(), f"{page.name}: {address}"
        if fragment:
            assert fragment in anchors(target.read_text("utf-8")), f"{page.name}: {address}"


def anchors(text: str) -> set[str]:
    """Return the ids that a Markdown page's headings get on the web."""
    headings = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}
