"""Runs that print sets by rules of their own: old Hangul, emoji."""

from __future__ import annotations

from pathlib import Path

import pytest

from hanpan import tree
from hanpan.transforms.print.marked_runs import mark_runs
from tests.support.every_edition import pdf_text, printed
from tests.support.pdf.printed_words import printed_words


@pytest.mark.parametrize(
    ("text", "name", "runs"),
    [
        (
            "옛 \u1112\u119e\u11ab글 <b>\u1112\u119e</b> 끝\u1109\u119e",
            "old-hangul",
            ["\u1112\u119e\u11ab", "\u1112\u119e", "\u1109\u119e"],
        ),
        # tone marks of Middle Korean, at syllables of today too (issue 14)
        ("나랏\u302e말\u302f과 글", "old-hangul", ["랏\u302e말\u302f"]),
        ("듀\u11f0國 문\u302e", "old-hangul", ["듀\u11f0", "문\u302e"]),
        ("<b>👩\u200d💻</b>와 👍🏽", "emoji", ["👩\u200d💻", "👍🏽"]),
        ("🇰🇷🇯🇵 1\ufe0f\u20e3번 ❤\ufe0f", "emoji", ["🇰🇷", "🇯🇵", "1\ufe0f\u20e3", "❤\ufe0f"]),
        ("🏳\ufe0f\u200d🌈 🙋🏻\u200d♀\ufe0f", "emoji", ["🏳\ufe0f\u200d🌈", "🙋🏻\u200d♀\ufe0f"]),
        ("2026년 #1 * ♥ → ① ★ ❤", "", []),
    ],
)
def test_old_hangul_and_emoji_are_marked_and_nothing_else(
    text: str, name: str, runs: list[str]
) -> None:
    root = tree.parse_xml(f"<p>{text}</p>")
    before = tree.text_of(root)
    mark_runs(root)
    assert [span.text for span in root.iter("span")] == runs
    assert {span.get("class") for span in root.iter("span")} <= {name}
    assert tree.text_of(root) == before
    once = tree.inner_xml(root)
    mark_runs(root)
    assert tree.inner_xml(root) == once


def test_old_hangul_in_code_takes_two_cells(tmp_path: Path) -> None:
    lines = ["나 랏\u302e말\u302f x", "나 랏말 x", "나 듀\u11f0\u110a\u119e x"]
    _, made = printed(tmp_path, "```\n" + "\n".join(lines) + "\n```\n", editions=["pdf"])
    path = tmp_path / "made.pdf"
    path.write_bytes(made["글.pdf"])
    ends = [word.left for word in printed_words(path) if word.text == "x"]
    assert len(ends) == 3 and max(ends) - min(ends) < 0.1
    assert "랏\u302e말\u302f" in pdf_text(made["글.pdf"])
