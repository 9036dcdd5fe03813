"""Cards of embeds: a folded frame on screen, a stand-in on paper, a mark elsewhere."""

from __future__ import annotations

import pytest

from hanpan import tree
from hanpan.transforms.embed_cards import fold_frames, mark_frames, picture_frames


def card(frame: str = "https://v.kr/1", shape: str = "") -> str:
    return (
        f'<p class="embed" id="c" data-embed="{frame}" data-shape="{shape}">'
        '<a href="https://v.kr/watch">강연</a></p>'
    )


@pytest.mark.parametrize(
    ("shape", "style"),
    [
        ("16/9", None),
        ("560/315", "aspect-ratio: 560 / 315"),
        ("300", "aspect-ratio: auto; height: 300px"),
        ("x", None),
    ],
)
def test_on_screen_a_frame_loads_when_a_reader_opens_it(shape: str, style: str | None) -> None:
    root = tree.parse_xml(card(shape=shape))
    fold_frames(root, "ko")
    (folded,) = root.iter("details")
    assert folded.get("id") == "c" and "open" not in folded.attrib
    (frame,) = root.iter("iframe")
    assert (frame.get("src"), frame.get("title"), frame.get("loading")) == (
        "https://v.kr/1",
        "강연",
        "lazy",
    )
    assert frame.get("style") == style
    assert tree.text_of(folded[0]).startswith("강연") and "v.kr" in tree.text_of(folded[0])
    (link,) = root.iter("a")
    assert link.text == link.get("href") == "https://v.kr/watch"


@pytest.mark.parametrize("frame", ["", "http://v.kr/1", "javascript:alert(1)"])
def test_what_is_no_safe_frame_stays_a_card(frame: str) -> None:
    root = tree.parse_xml(card(frame))
    fold_frames(root, "ko")
    assert tree.inner_xml(root) == (
        '<p class="embed" id="c"><a href="https://v.kr/watch">강연</a></p>'
    )


def test_paper_has_a_stand_in_and_platforms_a_mark() -> None:
    paper, platform = tree.parse_xml(card() + "<p>글</p>"), tree.parse_xml(card() + card(""))
    picture_frames(paper, "en")
    mark_frames(platform)
    (stand_in,) = paper.iter("span")
    assert (stand_in.text or "").startswith("▶ ") and stand_in.tail == " "
    assert [tree.text_of(p) for p in platform] == ["▶ 강연", "강연"]
    for root in (paper, platform):
        assert "data-embed" not in tree.inner_xml(root)
        assert "data-shape" not in tree.inner_xml(root)
