"""Runs that the page's own fonts cannot set name a font."""

from __future__ import annotations

from pathlib import Path

import pytest

from hanpan import tree
from hanpan.files import Files, NoNetwork
from hanpan.site import Site
from hanpan.transforms.script_runs import mark_scripts


@pytest.mark.parametrize(
    ("body", "runs"),
    [
        ("<p>한국어 漢字 Latin Ελλ Жук é 😀 1️⃣ ½</p>", {}),
        ("<p>가 สวัสดี ครับ 나</p>", {"Noto Sans Thai": "สวัสดี ครับ"}),  # one box, with its blank
        ("<p>السلام عليكم 한 <b>שלום</b></p>", {
            "Noto Sans Arabic": "السلام عليكم", "Noto Sans Hebrew": "שלום"}),
        ("<p>नमस्ते</p>", {"Noto Sans Devanagari": "नमस्ते"}),
        ("<p>Ѩ ꙋ</p>", {"Noto Sans": "ꙋ"}),
        ("<p><math><mi>𝒜</mi></math> <svg><text>ครับ</text></svg></p>", {}),
        ("<p>𝒜</p>", {"Noto Sans Math": "𝒜"}),
        ("<p>𠀀</p>", {"HanaMinB": "𠀀"}),
        ("<p>㐀𠮷</p>", {"Noto Sans SC": "㐀", "Noto Sans JP": "𠮷"}),
        ("<p>말\u302f</p>", {"Noto Sans KR": "말\u302f"}),  # a letter with its mark, from one font
        ("<p><code>ครับ</code></p>", {"Noto Sans Thai": "ครับ"}),
    ],
)  # fmt: skip
def test_a_run_names_its_font(tmp_path: Path, body: str, runs: dict[str, str]) -> None:
    root = tree.parse_xml(body)
    before = tree.text_of(root)
    files = Files(Site(tmp_path), NoNetwork())
    assert mark_scripts(root, "ko", files) == set(runs)
    marked: dict[str, str] = {}
    for span in root.iter("span"):
        family = (span.get("style") or "").split("'")[1]
        marked[family] = marked.get(family, "") + (span.text or "")
    assert marked == runs
    assert tree.text_of(root) == before


def test_a_chinese_text_is_set_in_its_stack(tmp_path: Path) -> None:
    root = tree.parse_xml("<p>我们学习</p>")
    assert mark_scripts(root, "zh", Files(Site(tmp_path), NoNetwork())) == set()
