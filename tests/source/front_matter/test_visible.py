"""What a template that goes through all posts sees: those that the site shows."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.reading import read_post

CONFIG = """
exclude: [_posts/old]
defaults:
  - {scope: {path: "_posts/private"}, values: {published: false}}
"""
LOOP = "---\ntitle: 0\n---\n\n{% for post in site.posts %}{{ post.title }} {% endfor %}\n"
OTHERS = {
    "_posts/2016-01-02-one.md": "",
    "_posts/2016-01-03-two.md": "published: false\n",
    "_posts/old/2016-01-04-three.md": "",
    "_posts/private/2016-01-05-four.md": "",
    "_posts/_2016-01-06-five.md": "",
    "_posts/2099-01-07-six.md": "",
    "_posts/undated.md": "",
    "_drafts/eight.md": "",
    "blog/_posts/2016-01-09-nine.md": "",
}


@pytest.mark.usefixtures("calendar")
@pytest.mark.parametrize(
    ("more", "titles"),
    [("", "nine one 0"), ("future: true\nunpublished: true\n", "six nine four two one 0")],
)
def test_a_loop_goes_through_what_the_site_shows(tmp_path: Path, more: str, titles: str) -> None:
    files = {"_config.yml": (CONFIG + more).encode()}
    for path, front in OTHERS.items():
        title = path.removesuffix(".md").rpartition("-")[2]
        files[path] = f"---\ntitle: {title}\n{front}---\n\n글\n".encode()
    reading = read_post(tmp_path, LOOP, name="_posts/2016-01-01-loop.md", files=files)
    assert f"<p>{titles}" in reading.document.body
