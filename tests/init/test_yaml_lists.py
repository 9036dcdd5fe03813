"""One more entry of a list in YAML: nothing else of the file changes."""

from __future__ import annotations

import difflib

import pytest
import yaml

from hanpan.init.yaml_lists import NotEditable, with_entries

OURS = ["out/", "hanpan.mk"]
FIRST = ["Gemfile", "vendor/bundle/"]


def added(text: str) -> tuple[list[str], list[str]]:
    """Edit; return the lines that are new or gone, and what the list is then."""
    edited = with_entries(text, "exclude", OURS, FIRST)
    lines = difflib.ndiff(text.splitlines(), edited.splitlines())
    return [line for line in lines if line[0] in "+-"], yaml.safe_load(edited)["exclude"]


@pytest.mark.parametrize(
    ("text", "lines", "values"),
    [
        ("title: 글 # 이름\nexclude:\n  - a # 까닭\n\nurl: x\n",
         ["+   - out/", "+   - hanpan.mk"], ["a", *OURS]),
        ("exclude:\n- a\n# 끝\nurl: x\n", ["+ - out/", "+ - hanpan.mk"], ["a", *OURS]),
        ("exclude: [a, b] # 까닭\n",
         ["- exclude: [a, b] # 까닭", "+ exclude: [a, b, out/, hanpan.mk] # 까닭"],
         ["a", "b", *OURS]),
        ("exclude: []\n", ["- exclude: []", "+ exclude: [out/, hanpan.mk]"], OURS),
        ("exclude: [\n  a, # 하나\n  b # 둘\n]\n", None, ["a", "b", *OURS]),
        ("exclude: [a,]\n", None, ["a", *OURS]),
        ("exclude: README.md # 하나뿐\n",
         ["- exclude: README.md # 하나뿐", "+ exclude: [README.md, out/, hanpan.mk] # 하나뿐"],
         ["README.md", *OURS]),
        ("exclude:\nurl: x\n", ["- exclude:", "+ exclude: [out/, hanpan.mk]"], OURS),
        ("exclude: # 아직\nurl: x\n", None, OURS),
        ("exclude: ['a b', \"c\"]\n", None, ["a b", "c", *OURS]),
        ("exclude:\n  - a", None, ["a", *OURS]),
        ("exclude:\n  - out/\n", ["+   - hanpan.mk"], OURS),
        ("x:\n  exclude: [z]\nexclude: [a]\n", None, ["a", *OURS]),
    ],
)  # fmt: skip
def test_the_list_has_our_entries_and_the_rest_stays(
    text: str, lines: list[str] | None, values: list[str]
) -> None:
    changed, entries = added(text)
    assert entries == values
    assert lines is None or changed == lines
    edited = with_entries(text, "exclude", OURS, FIRST)
    assert with_entries(edited, "exclude", OURS, FIRST) == edited
    for comment in ("# 이름", "# 까닭", "# 끝", "# 하나", "# 둘", "# 하나뿐", "# 아직"):
        assert (comment in text) == (comment in edited)


def test_a_list_that_is_missing_comes_with_the_generator_s_own() -> None:
    changed, values = added("title: 글")
    assert values == [*FIRST, *OURS]
    assert all(line[0] == "+" for line in changed)
    assert added("")[1] == [*FIRST, *OURS]


def test_ends_of_lines_stay() -> None:
    edited = with_entries("title: x\r\nexclude:\r\n  - a\r\n", "exclude", OURS, [])
    assert edited == "title: x\r\nexclude:\r\n  - a\r\n  - out/\r\n  - hanpan.mk\r\n"


def test_entries_may_be_maps() -> None:
    text = "include:\n  - template: x.yml\nstages: [a]\n"
    edited = with_entries(text, "include", ["local: a.yml"], [])
    assert yaml.safe_load(edited)["include"] == [{"template": "x.yml"}, {"local": "a.yml"}]
    flow = with_entries("include: [x.yml]\n", "include", ["local: a.yml"], [])
    assert yaml.safe_load(flow)["include"] == ["x.yml", {"local": "a.yml"}]


@pytest.mark.parametrize(
    "text",
    ["- a\n- b\n", "exclude: [a\n", "exclude: {a: b}\n", "x: &x [a]\nexclude: *x\n",
     "exclude: >\n  a\n  b\n", "exclude: [a]\nexclude: [b]\n" * 200_00],
)  # fmt: skip
def test_what_is_unusual_is_left_alone(text: str) -> None:
    with pytest.raises(NotEditable):
        with_entries(text, "exclude", OURS, FIRST)
