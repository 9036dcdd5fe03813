"""Whatever hanpan says, it says in both languages: messages, remedies, titles of rules, help."""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterator
from itertools import pairwise

import pytest

from hanpan.cli import parser
from hanpan.crosspost.paste import PasteLabels
from hanpan.crosspost.report import ReportLabels
from hanpan.labels import Label, Labels, LabelTable
from hanpan.messages.rules import rule_titles
from hanpan.messages.translation import table_rows, template, translation
from hanpan.preview.words import InterfaceLabels
from hanpan.reports.words import TerminalLabels
from tests.support.command import ROOT
from tests.support.messages import PACKAGE, SAMPLE, messages

HANGUL = re.compile("[가-힣]")
ROWS = table_rows()
WORD = re.compile(r"[\w-]+")
# made of parts that an example does not have: the same, as they come
COMPOSED = {
    "port «7» «7»": ("port 8420 is in use", "port 8420 cannot be used (no)"),
    "«7»: the step «7»": (
        "html: the step took longer than 9 s and was stopped",
        "html: the step ended its worker (exit code -9)",
        "pdf: the step needs more memory than a post may take, at the picture a.png",
        "pdf: the step took more than 60 s of the processor and was stopped",
    ),
    "`{{ }}` is not valid Liquid": ("`{{ x }}` is not valid Liquid",),
    "the front matter has no value ``": ("the front matter has no value `x`",),
    "«7»: the formula `«7»` cannot be drawn and «7»": (
        "pdf: the formula `x` cannot be drawn and is shown as TeX",
        "epub: the formula `x` cannot be drawn and has no picture beside its MathML",
    ),
    "a picture has no description for readers who cannot see it«7»": (
        "a picture has no description for readers who cannot see it",
    ),
    "«7» pictures have no description for readers who cannot see it«7»": (
        "2 pictures have no description for readers who cannot see it",
        "2 pictures have no description for readers who cannot see it (lines 3, 4)",
    ),
    "the picture «7» is not in the cache, and --offline is set«7»": (
        "the picture x.png is not in the cache, and --offline is set",
        "the picture x.png is not in the cache, and --offline is set (lines 3, 4)",
    ),
    "«7» pictures are not in the cache, and --offline is set«7»": (
        "2 pictures are not in the cache, and --offline is set (lines 3, 4)",
    ),
    "the picture «7» «7»": ("the picture x.png is not in the site",),
    "the picture «7» «7»: «7»": (
        "the picture x.png could not be fetched: the server answered 404",
        "the picture x.png cannot be shown: it is empty",
        "the picture in the data: address cannot be shown: the data: address has no comma",
    ),
    "the teaser «7» «7»; a cover drawn from the title replaces it": (
        "the teaser x.png is not in the site; a cover drawn from the title replaces it",
    ),
    "the teaser «7» «7»: «7»; a cover drawn from the title replaces it": (
        "the teaser x.png is not in the site: it is a path on the author's own disk; "
        "a cover drawn from the title replaces it",
        "the teaser x.png could not be fetched: no answer within 10 s; "
        "a cover drawn from the title replaces it",
    ),
    "«7»; so do «7» more headings": ("`가` goes from level 1 to 3; so do 2 more headings",),
    "«7»; so does one more heading": ("`가` goes from level 1 to 3; so does one more heading",),
    "; so do «7» more headings": (),
    "; so does one more heading": (),
    "Jekyll's markup such as `«7»` would be shown as text«7»": (
        "Jekyll's markup such as `{:x}` would be shown as text",
        "Jekyll's markup such as `{:x}` would be shown as text, 2 times",
    ),
    "pdf: «7»": ("pdf: the page asks for file:///x",),
    "cannot be written: «7»": ("baseline.toml cannot be written: permission denied",),
    "cannot be read: «7»": ("baseline.toml cannot be read: permission denied",),
    "is not as hanpan writes it: «7»": (
        "baseline.toml is not as hanpan writes it: `x` is no fingerprint",
    ),
    "in `defaults` of _config.yml": (),
    "«7» in `defaults` of _config.yml": ("draft: true in `defaults` of _config.yml",),
}


def is_words(text: str) -> bool:
    """Tell whether an example has words of ours beside its fields."""
    return bool(re.search(r"[a-z]{2,}", re.sub(f"{SAMPLE}|`[^`]*`", "", text)))


def test_every_message_and_remedy_has_its_korean() -> None:
    missing = {}
    for place, example in messages():
        for text in COMPOSED.get(example, (example,)):
            korean = translation().korean(text)
            if is_words(text) and not (korean and HANGUL.search(korean)):
                missing[text] = place
    assert missing == {}


def test_no_row_is_of_a_message_that_is_gone() -> None:
    """Two words that follow each other in a row do so in the code."""
    code = "\n".join(path.read_text("utf-8") for path in sorted(PACKAGE.rglob("*.py")))
    in_code = set(pairwise(WORD.findall(code)))
    gone = []
    for english in ROWS.keys() - OF_OTHERS:
        words = WORD.findall(max(template(english, "").texts, key=len))
        if len(words) > 1 and words[0] != "1" and in_code.isdisjoint(pairwise(words)):
            gone.append(english)
    assert gone == []


# said by argparse and by the system
OF_OTHERS = {
    "usage: ", "positional arguments", "options", "show this help message and exit",
    "expected one argument",
    "expected at least one argument", "unrecognized arguments: {names}",
    "the following arguments are required: {names}", "ignored explicit argument {value}",
    "invalid choice: {value} (choose from {choices})", "not allowed with argument {name}",
    "one of the arguments {names} is required", "invalid {kind} value: {value}",
    "{number} characters ({kinds} different) of {script}: {which}",  # written in pieces
    "no such file or directory", "not a directory", "is a directory", "file exists",
    "file name too long", "no space left on device", "read-only file system",
}  # fmt: skip


def test_rows_use_the_same_fields_and_are_korean() -> None:
    for english, korean in ROWS.items():
        fields = set(re.findall(r"\{(\w+)!?\}", english))
        assert set(re.findall(r"\{(\w+)\}", korean)) == fields, english
        is_frame = not re.search("[a-z]{3,}", re.sub(r"\{\w+!?\}", "", english))
        assert HANGUL.search(korean) or is_frame or english == korean, english


def test_every_rule_has_a_title_in_both_languages() -> None:
    text = (ROOT / "docs/rules.md").read_text("utf-8")
    rows = re.findall(r"^\| ((?:`[a-z0-9-]+`(?:, )?)+) \| \S", text, re.MULTILINE)
    documented = {rule for row in rows for rule in re.findall(r"`([^`]+)`", row)}
    titles = rule_titles()
    assert titles.keys() == documented
    for rule, title in titles.items():
        assert HANGUL.search(title.korean) and not HANGUL.search(title.english), rule


def helps(lang: str) -> Iterator[tuple[str, str]]:
    """Yield the name and text of every command and argument, and of every heading."""
    waiting: list[argparse.ArgumentParser] = [parser(lang)]
    while waiting:
        one = waiting.pop()
        yield f"{one.prog}", one.description or ""
        for group in one._action_groups:
            yield f"{one.prog} {group.description}", group.title or ""
        for action in one._actions:
            yield f"{one.prog} {action.dest}", action.help or ""
            if isinstance(action, argparse._SubParsersAction):
                waiting += dict.fromkeys(action.choices.values())
                for choice in action._choices_actions:
                    yield f"{one.prog} {choice.dest}", choice.help or ""


def test_every_help_is_in_both_languages() -> None:
    english, korean = list(helps("en")), list(helps("ko"))
    assert [name for name, _ in english] == [name for name, _ in korean]
    names_only = re.compile(r"[a-z]+(, [a-z]+)*\Z")  # of stages and actions
    same = [
        name for (name, before), (_, after) in zip(english, korean, strict=True)
        if before and not names_only.match(before) and not HANGUL.search(after)
        and not re.fullmatch(r"[a-z, ]+", after)
    ]  # fmt: skip
    assert same == []
    assert parser("ko").format_help().startswith("사용법: hanpan ")


@pytest.mark.parametrize(
    "table", [Labels, TerminalLabels, InterfaceLabels, ReportLabels, PasteLabels]
)
def test_labels_have_two_languages(table: type[LabelTable]) -> None:
    labels = {name: value for name, value in vars(table).items() if isinstance(value, Label)}
    assert labels
    for name, label in labels.items():
        assert label.korean and label.english, name
        fields = [sorted(re.findall(r"\{[^}]*\}", text)) for text in (label.korean, label.english)]
        assert fields[0] == fields[1] or table is not TerminalLabels, name
