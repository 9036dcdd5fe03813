"""Addresses below out/site are safe on every file system, and each is given once."""

from __future__ import annotations

import pytest

from hanpan.library.addresses import Claims, folder_path, page_path, shown


@pytest.mark.parametrize(
    ("address", "path"),
    [
        ("/", "index.html"),
        ("/2021/10/07/글/", "2021/10/07/글/index.html"),
        ("/a/b.html", "a/b.html"),
        ("/a/b", "a/b.html"),
        ("/../../etc/passwd", "etc/passwd.html"),
        ("/a//./b/", "a/b/index.html"),
        ("/con/nul.txt/", "con-/nul.txt-/index.html"),
        ('/a?b#c:d"e/', "a-b-c-d-e/index.html"),
        ("/.hanpan/x/", "hanpan/x/index.html"),
        ("/" + "가" * 300 + "/", "가" * 66 + "/index.html"),
        ("/\u1100\u1161/", "가/index.html"),
        ("/a\x00b\\c/", "a-b-c/index.html"),
    ],
)
def test_a_permalink_becomes_a_safe_path(address: str, path: str) -> None:
    assert page_path(address) == path


def test_a_deep_path_is_no_deeper_than_folders_may_be() -> None:
    assert page_path("/a" * 500 + "/").count("/") <= 12


def test_a_name_of_an_author_is_one_folder() -> None:
    assert folder_path("tags", "C/C++") == "tags/C-C++/index.html"
    assert folder_path("tags", "..") == "tags/-/index.html"


def test_what_is_taken_is_taken_in_any_case_and_form() -> None:
    claims = Claims()
    assert claims.take("About/index.html")
    assert not claims.take("about/INDEX.html")
    assert claims.take_like("about/index.html") == "about-2/index.html"
    assert claims.take_like("about/index.html") == "about-3/index.html"


def test_a_file_is_no_folder_and_a_folder_is_no_file() -> None:
    claims = Claims()
    assert claims.take("feed.xml")
    assert claims.take_like("feed.xml/x/index.html") == "feed.xml-2/x/index.html"
    assert not claims.take("Feed.xml/y.html")
    assert claims.take("a/b.html/index.html")
    assert claims.take_like("a/b.html") == "a/b-2.html"


def test_links_show_a_folder_as_a_folder() -> None:
    assert shown("a/index.html") == "a/"
    assert shown("index.html") == ""
    assert shown("a/b.html") == "a/b.html"
