"""Paths on the author's disk: they name a person, and reach neither an edition nor a message."""

from __future__ import annotations

from pathlib import Path

import pytest

from hanpan.assets.disk import is_on_disk, public_name
from tests.support.every_edition import pdf_text, printed

OWNER = "honggildong"
PATHS = [
    rf"C:\Users\{OWNER}\AppData\Local\그림.png",
    f"C:/Users/{OWNER}/그림.png",
    f"C:%5CUsers%5C{OWNER}%5C그림.png",
    f"/Users/{OWNER}/Library/그림.png",
    f"file:///Users/{OWNER}/그림.png",
    f"../../../../Users/{OWNER}/Desktop/그림.png",
    f"/home/{OWNER}/그림.png",
    f"~/{OWNER}/그림.png",
]


@pytest.mark.parametrize("path", PATHS)
def test_only_the_file_s_name_is_public(path: str) -> None:
    assert is_on_disk(path)
    assert public_name(path) == "그림.png"


@pytest.mark.parametrize(
    "address",
    ["https://a.example/Users/x/y.png", "//a.example/home/x/y.png", "/assets/home.png", "a/b.png"],
)
def test_other_addresses_are_left_alone(address: str) -> None:
    assert not is_on_disk(address)
    assert public_name(address) == address


def test_no_edition_and_no_message_names_the_owner(tmp_path: Path) -> None:
    pictures = "\n\n".join(f"![설명]({path})" for path in PATHS)
    markdown = (
        f"---\ntitle: 글\nheader:\n  teaser: C:\\Users\\{OWNER}\\t.png\n---\n{pictures}\n\n"
        f'<img src="{PATHS[0]}" alt="{PATHS[0]}">\n\n'
        f"[문서](/Users/{OWNER}/a.pdf), [문서](file:///Users/{OWNER}/a.pdf)\n\n"
        f'<video src="/Users/{OWNER}/v.mp4"></video>\n\n'
        f'<iframe src="file:///C:/Users/{OWNER}/a.html"></iframe>\n\n'
        f"[![그림]({PATHS[0]})]({PATHS[0]})\n"
    )
    reading, made = printed(tmp_path, markdown)
    assert OWNER not in reading.document.as_json()
    assert [p.message for p in reading.problems if OWNER in p.message] == []
    for name, data in made.items():
        said = pdf_text(data) if name.endswith(".pdf") else data.decode("utf-8", "replace")
        assert OWNER not in said, name
    assert pdf_text(made["글.pdf"]).count("그림을 찾을 수 없음") == len(PATHS) + 2
