"""Embeds: one card in the body, a folded frame on screen, a link with a stand-in elsewhere."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import unquote

import pytest

from hanpan import tree
from hanpan.transforms.shared.media.embed_kinds import card_text, embed_of
from tests.support.every_edition import pdf_text, printed
from tests.support.reading import body_of, only, read_post

VIDEO = (
    '<iframe width="560" height="315" src="https://www.youtube.com/embed/abcdef12345?start=30"'
    ' title="한글 조판 강연" frameborder="0" allowfullscreen></iframe>'
)


@pytest.mark.parametrize(
    ("address", "page", "frame"),
    [
        (
            "https://www.youtube.com/embed/abcdef12345?start=30",
            "https://www.youtube.com/watch?v=abcdef12345&t=30s",
            "https://www.youtube-nocookie.com/embed/abcdef12345?start=30",
        ),
        (
            "https://www.youtube.com/embed/videoseries?list=PLabc",
            "https://www.youtube.com/playlist?list=PLabc",
            "https://www.youtube-nocookie.com/embed/videoseries?list=PLabc",
        ),
        (
            "//codepen.io/who/embed/preview/AbC?height=300",
            "https://codepen.io/who/pen/AbC",
            "https://codepen.io/who/embed/AbC?default-tab=result",
        ),
        (
            "https://player.vimeo.com/video/123456",
            "https://vimeo.com/123456",
            "https://player.vimeo.com/video/123456",
        ),
        (
            "https://tv.naver.com/embed/77",
            "https://tv.naver.com/v/77",
            "https://tv.naver.com/embed/77",
        ),
        ("/demo/x.html", "https://blog.example/demo/x.html", "https://blog.example/demo/x.html"),
    ],
)
def test_each_kind_has_a_page_and_a_frame(address: str, page: str, frame: str) -> None:
    found = embed_of(address, "https://blog.example")
    assert found is not None
    assert (found.page, found.frame) == (page, frame)


@pytest.mark.parametrize("address", ["", "javascript:alert(1)", "data:text/html,x", "x.html"])
def test_what_leads_nowhere_is_no_embed(address: str) -> None:
    assert embed_of(address) is None


def test_a_title_that_says_nothing_is_left_out() -> None:
    assert card_text("YouTube", "YouTube video player") == "YouTube"
    assert card_text("YouTube", "강연") == "YouTube: 강연"
    assert card_text("YouTube", "YouTube 강연") == "YouTube 강연"


def test_pens_and_quoted_posts_become_cards(tmp_path: Path) -> None:
    body = body_of(
        tmp_path,
        '<p class="codepen" data-height="300" data-user="who" data-slug-hash="AbC"'
        ' data-pen-title="단추">See the Pen</p>\n'
        '<script async src="https://cpwebassets.codepen.io/assets/embed/ei.js"></script>\n\n'
        '<blockquote class="twitter-tweet"><p>오늘은 한글날이다.</p>'
        '<a href="https://twitter.com/who/status/12?s=20">10월 9일</a></blockquote>\n'
        '<script async src="https://platform.twitter.com/widgets.js"></script>\n',
    )
    cards = [(card[0].get("href"), card[0].text) for card in body.iter("p") if card.get("class")]
    assert cards == [
        ("https://codepen.io/who/pen/AbC", "CodePen: 단추"),
        ("https://twitter.com/who/status/12", "X: @who"),
    ]
    assert "오늘은 한글날이다." in tree.text_of(only(body, "blockquote"))


def test_scripts_of_widgets_are_no_warning(tmp_path: Path) -> None:
    text = '<script async src="https://platform.twitter.com/widgets.js"></script>\n\n글\n'
    assert [p.rule for p in read_post(tmp_path, f"---\ntitle: 글\n---\n{text}").problems
            if p.severity == "warning"] == []  # fmt: skip


def test_several_frames_in_one_paragraph(tmp_path: Path) -> None:
    body = body_of(tmp_path, f"{VIDEO}\n{VIDEO}\n\n앞말 {VIDEO}\n")
    assert len([p for p in body.iter("p") if p.get("data-embed")]) == 2
    assert only(body, ".//a[@class]").get("class") == "embed"


def test_on_screen_a_folded_frame_and_elsewhere_a_link(tmp_path: Path) -> None:
    _, made = printed(tmp_path, f"앞\n\n{VIDEO}\n\n뒤\n")
    page = tree.parse(made["글.html"].decode())
    folded = only(page, ".//details[@class='embed']")
    frame = only(folded, "iframe")
    assert "open" not in folded.attrib
    assert frame.get("src") == "https://www.youtube-nocookie.com/embed/abcdef12345?start=30"
    assert (frame.get("loading"), frame.get("title")) == ("lazy", "YouTube: 한글 조판 강연")
    printed_words = pdf_text(made["글.pdf"])
    assert "▶ 웹에서 보기" in printed_words and "YouTube: 한글 조판 강연" in printed_words
    chapter = next(
        data for name, data in made.items() if b"embed-picture" in data and ".epub/" in name
    )
    assert b"<iframe" not in chapter and b"data-embed" not in chapter
    for name, data in made.items():
        if name.startswith("crosspost/") and name.endswith((".html", ".md")):
            assert b"<iframe" not in data and b"data-embed" not in data, name
    assert "▶" in made["crosspost/tistory/paste.html"].decode()


@pytest.mark.parametrize(
    ("settings", "page"),
    [
        ('url = "https://blog.example"\n', "https://blog.example/글/a.mp4"),
        ("", ""),
    ],
)
def test_a_film_beside_the_page_has_the_page_s_address(
    tmp_path: Path, settings: str, page: str
) -> None:
    text = '---\ntitle: 글\n---\n<video src="a.mp4" controls></video>\n'
    reading = read_post(tmp_path, text, site=settings)
    body = tree.parse_xml(reading.document.body)
    links = [unquote(link.get("href") or "") for link in body.iter("a")]
    assert links == ([page] if page else [])
    assert ("embed", "warning" if not page else "info") in {
        (problem.rule, problem.severity) for problem in reading.problems
    }
