"""Links between the posts of a book lead into the book."""

from __future__ import annotations

import pytest

from hanpan import tree
from hanpan.transforms.book.chapter_links import CROSS, address_of, link_chapters

CHAPTERS = {address_of("https://a.kr/하나/"): "c1", address_of("https://a.kr/둘/"): "c2"}
IDS = {"c1": {"꼭지": "c1-id-1"}, "c2": {"x": "c2-x"}}


@pytest.mark.parametrize(
    ("href", "leads", "crosses"),
    [
        ("https://a.kr/%ED%95%98%EB%82%98/#%EA%BC%AD%EC%A7%80", "#c1-id-1", False),
        ("http://A.kr/하나/index.html", "#c1", False),
        ("https://a.kr/둘.html#x", "#c2-x", True),
        ("https://a.kr/둘#nowhere", "#c2", True),
        ("https://b.kr/둘", "https://b.kr/둘", False),
        ("https://a.kr/셋/", "https://a.kr/셋/", False),
        ("#x", "#x", False),
    ],
)
def test_a_link_to_a_post_leads_to_its_chapter(href: str, leads: str, crosses: bool) -> None:
    root = tree.parse_xml(f'<a href="{href}" target="_blank" class="밖">가</a>')
    link_chapters(root, CHAPTERS, IDS, "c1")
    (link,) = root.iter("a")
    assert link.get("href") == leads
    assert (CROSS in tree.classes(link)) == crosses and "밖" in tree.classes(link)
    assert (link.get("target") is None) == leads.startswith("#c")
