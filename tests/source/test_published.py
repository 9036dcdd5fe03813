"""A post's source as readers may have it."""

from __future__ import annotations

import pytest

from hanpan.source.published import published_source


def published(text: str) -> str:
    return published_source("posts/글.md", text.encode())


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("앞 <!-- 속말 --> 뒤\n", "앞  뒤\n"),
        ("앞\n\n<!-- 여러\n\n```\n줄\n```\n-->\n뒤\n", "앞\n\n뒤\n"),
        ("<!-- 하나 --> 글 <!-- 둘 -->\n", " 글 \n"),
        ("{% comment %} 속말\n둘째 {% endcomment %}\n뒤\n", "뒤\n"),
        ("앞 {::comment}속말{:/comment} 뒤\n", "앞  뒤\n"),
    ],
)
def test_comments_go(written: str, shown: str) -> None:
    assert published(written) == shown


@pytest.mark.parametrize(
    "written",
    [
        "글 `<!-- 코드 -->` 글\n",
        "```html\n<!-- 코드 -->\n```\n",
        "글\n\n    <!-- 들여 쓴 코드 -->\n",
        "{% raw %}{% comment %}보임{% endcomment %}{% endraw %}\n",
        "닫지 않은 <!-- 글\n",
        "경로 `/home/min/x.png`, <https://example.com/home/min/x>\n",
        "---\ntitle: 글\npermalink: /home/min/\n---\n\n![가](../assets/a.png)\n",
    ],
)
def test_what_readers_see_stays(written: str) -> None:
    assert published(written) == written


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("![가](C:\\Users\\min\\그림.png)\n", "![가](그림.png)\n"),
        ('![가](file:///Users/min/a.png "제목")\n', '![가](a.png "제목")\n'),
        ('<img src="/home/min/a b.png">\n', '<img src="a b.png">\n'),
        ("[가]: /Users/min/a.png\n", "[가]: a.png\n"),
        ("---\nroot: C:\\Users\\min\\blog\n---\n글\n", "---\nroot: blog\n---\n글\n"),
        ("---\nheader:\n  teaser: ~/a.png\n---\n글\n", "---\nheader:\n  teaser: a.png\n---\n글\n"),
    ],
)
def test_paths_of_a_disk_keep_the_file_s_name_only(written: str, shown: str) -> None:
    assert published(written) == shown
