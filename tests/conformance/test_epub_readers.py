"""EPUBs in the engines of real reading systems, foliate-js and epub.js, in Chromium."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.conformance.epub_screens import look, report
from tests.support.command import ROOT, edition_of
from tests.support.others_posts import HARD, SEED
from tests.support.referees.reading_systems import ENGINES, are_installed, opened
from tests.support.servers.image_host import picture

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.conformance
WIDTHS, SIZES = (320, 600, 900), (100, 170)  # pixels; percent of the type
NARROW = """\
---
title: spring.datasource.hikari.maximum_pool_size를 ReentrantReadWriteLock과 쓰는 법
tags: [JPA]
---

설정 `spring.datasource.hikari.maximum-pool-size`와 `ConcurrentLinkedBlockingDeque`를 본다.
<https://example.com/posts/2021-10-30-maximum_pool_size?page=two&section=three>

| 설정 | 기본값 | 설명 |
|---|---|---|
| `spring.datasource.hikari.maximum-pool-size` | 10 | 풀에 둘 수 있는 연결의 최대 개수이다. |
| `spring.jpa.open-in-view` | true | 영속성컨텍스트를 요청이 끝날 때까지 연다. |

| 이름 | 시작 연도 | 만든 사람 | 정적 타입 | 가비지 컬렉션 | 비고 |
|---|:---:|---|---|---|---|
| 자바스크립트 | 1995 | 브렌던 아이크 | 아니요 | 예 | 브라우저에서 실행한다 |
| 파이썬 | 1991 | 귀도 반 로섬 | 아니요 | 예 | 들여쓰기로 블록을 나눈다 |

<table><thead><tr><th rowspan="2">구분</th><th colspan="2">응답 시간</th></tr>
<tr><th>평균</th><th>최대</th></tr></thead><tbody>
<tr><td rowspan="2">데이터베이스 인덱스</td><td>120밀리초</td><td>900밀리초</td></tr>
<tr><td>110밀리초</td><td>NullPointerException</td></tr></tbody></table>

![흰 바탕](white.png)

<figure><img src="white.png" alt="도표"/><figcaption>그림 1. 흰 바탕의 화면</figcaption></figure>

```python
# 한국어 주석이 길게 이어지는 코드에서는 낱말 사이에서 줄이 바뀌어야 읽기 쉽다
value = configuration.get_value_of_property("spring.datasource.url", default=None)
```
"""


@pytest.fixture(scope="module")
def browser(chromium: Browser) -> Browser:
    """Chromium, with the engines at hand."""
    if not are_installed():
        pytest.skip("foliate-js and epubjs are not in node_modules (`make conformance`)")
    return chromium


@pytest.fixture(scope="module")
def samples(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """The books of the posts that come with hanpan."""
    return edition_of(tmp_path_factory.mktemp("samples"), [ROOT / "posts"], "epub")


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Books of posts that other people wrote, and of the seed."""
    return edition_of(tmp_path_factory.mktemp("corpus"), [SEED, *HARD], "epub")


@pytest.fixture(scope="module")
def narrow(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A book of all that is too wide for a telephone."""
    folder = tmp_path_factory.mktemp("narrow")
    (folder / "posts").mkdir()
    (folder / "site.toml").write_text('title = "시험"\n')
    (folder / "posts/2026-03-01-글.md").write_text(NARROW)
    (folder / "posts/white.png").write_bytes(picture((400, 200), "white"))
    (book,) = edition_of(folder / "out", [folder / "posts"], "epub")
    return book


def overflow(page: Page) -> list[str]:
    """Return what sticks out of the columns of any section."""
    found: list[str] = []
    for index in range(page.evaluate("reader.sections()")):
        found += page.evaluate("index => reader.section(index)", index)
    return found


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("engine", ENGINES)
def test_nothing_sticks_out_of_the_page(
    browser: Browser, samples: list[Path], engine: str, width: int, size: int
) -> None:
    for book in samples:
        page = opened(browser, engine, book, width, size)
        assert overflow(page) == [], book.name
        page.close()


@pytest.mark.parametrize("engine", ENGINES)
def test_contents_notes_and_cover(browser: Browser, samples: list[Path], engine: str) -> None:
    notes = 0
    for book in samples:
        page = opened(browser, engine, book, 600, 100)
        for label, href in page.evaluate("reader.contents()"):
            said = page.evaluate("href => reader.goTo(href)", href)
            assert said is not None and " ".join(said.split()) == label, book.name
        width, height, box = page.evaluate("reader.cover()")
        assert (width, height) == (1600, 2560)
        assert box["height"] > 500 and box["top"] >= 0 and box["top"] + box["height"] <= 801
        for index in range(page.evaluate("reader.sections()")):
            page.evaluate("index => reader.section(index)", index)
            for number, mark in enumerate(page.evaluate("reader.marks()")):
                note: Any = page.evaluate("([i, id]) => reader.note(i, id)", [index, mark])
                assert note[1] == "footnote" and note[0][0].isdigit(), (book.name, number, note)
                notes += 1
        page.close()
    assert notes >= 5


@pytest.mark.corpus
@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(("width", "size"), [(320, 170), (600, 100)])
def test_posts_of_others_fit_the_page(
    browser: Browser, corpus: list[Path], engine: str, width: int, size: int
) -> None:
    assert len(corpus) == len(HARD) + 1  # the seed
    for book in corpus:
        page = opened(browser, engine, book, width, size)
        assert overflow(page) == [], book.name
        page.close()


@pytest.mark.parametrize("engine", ENGINES)
def test_no_word_is_cut_and_no_text_is_pale(browser: Browser, narrow: Path, engine: str) -> None:
    seen = look(browser, engine, narrow)
    assert len(seen.cuts) == 6 and seen.cut_words() == []
    assert [name for names in seen.outside.values() for name in names] == []
    assert seen.pale == {"light": {}, "sepia": {}, "dark": {}}


@pytest.mark.corpus
@pytest.mark.slow
@pytest.mark.parametrize("engine", ENGINES)
def test_no_word_of_others_is_cut(browser: Browser, corpus_built: Path, engine: str) -> None:
    books = sorted(corpus_built.rglob("*.epub"))
    seen = [look(browser, engine, book) for book in books if "books" not in book.parts]
    assert len(seen) > 200
    assert not any(one.cut_words("table") or one.cut_words("title") for one in seen), report(seen)
    assert not any(names for one in seen for names in one.outside.values()), report(seen)
    assert not any(pale for one in seen for pale in one.pale.values()), report(seen)


@pytest.mark.parametrize("engine", ENGINES)
def test_what_a_reader_looks_for_is_found(browser: Browser, narrow: Path, engine: str) -> None:
    page = opened(browser, engine, narrow, 390, 100)
    for words, count in (("hikari.maximum", 3), ("LinkedBlocking", 1), ("ReadWriteLock", 1)):
        assert page.evaluate("words => reader.search(words)", words) >= count, words
    page.close()


def test_a_folded_table_is_a_table_to_who_does_not_see(browser: Browser, narrow: Path) -> None:
    def heard(width: int) -> list[tuple[str, str]]:
        page = browser.new_page(viewport={"width": width, "height": 800})
        with zipfile.ZipFile(narrow) as book:
            book.extractall(narrow.parent / "unpacked")
        page.goto((narrow.parent / "unpacked/EPUB/text/post.xhtml").as_uri())
        display = page.evaluate("getComputedStyle(document.querySelector('.folds td')).display")
        assert display == ("block" if width < 500 else "table-cell")
        tree = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")
        page.close()
        return [
            (node["role"]["value"], node.get("name", {}).get("value", "").strip())
            for node in tree["nodes"]
            if node["role"]["value"] in ("table", "row", "columnheader", "rowheader", "cell")
        ]

    assert heard(320) == heard(1200)
    assert ("columnheader", "기본값") in heard(320)


def test_nothing_of_the_screen_is_copied(browser: Browser, narrow: Path) -> None:
    page = browser.new_page(viewport={"width": 320, "height": 800})
    with zipfile.ZipFile(narrow) as book:
        book.extractall(narrow.parent / "unpacked")
    page.goto((narrow.parent / "unpacked/EPUB/text/post.xhtml").as_uri())
    page.evaluate("getSelection().selectAllChildren(document.body)")
    copied = page.evaluate("getSelection().toString()")
    assert copied.count("spring.datasource.hikari.maximum-pool-size") == 2
    assert copied.count("기본값") == 1  # in the head, and not as a label of each row
    page.close()


def test_white_pictures_do_not_glare_in_the_dark(browser: Browser, narrow: Path) -> None:
    page = opened(browser, "foliate", narrow, 390, 100)
    page.emulate_media(color_scheme="dark")
    page.evaluate("reader.section(1)")
    filters = page.evaluate("reader.pictures()")
    assert len(filters) == 2 and set(filters) == {"brightness(0.82)"}
    page.evaluate("reader.section(0)")
    assert page.evaluate("reader.pictures()") == ["none"]  # the cover is as its author wants it
    page.close()


@pytest.mark.parametrize("engine", ENGINES)
def test_what_is_cut_or_pale_is_seen(browser: Browser, tmp_path: Path, engine: str) -> None:
    (tmp_path / "posts").mkdir()
    (tmp_path / "site.toml").write_text('title = "시험"\n')
    bad = tmp_path / "layouts/styles/epub.css"
    bad.parent.mkdir(parents=True)
    bad.write_text("p { word-break: break-all; color: #888888 }")
    (tmp_path / "posts/2026-03-01-글.md").write_text(
        "---\ntitle: 글\n---\n" + "configuration " * 60
    )
    (book,) = edition_of(tmp_path / "out", [tmp_path / "posts"], "epub")
    seen = look(browser, engine, book, widths=(320,), sizes=(100,))
    assert {cut.word for cut in seen.cut_words("text")} == {"configuration"}
    assert 3 < seen.pale["light"]["p"] < 4.5


@pytest.mark.parametrize("engine", ENGINES)
def test_what_sticks_out_is_seen(browser: Browser, tmp_path: Path, engine: str) -> None:
    (tmp_path / "posts").mkdir()
    (tmp_path / "site.toml").write_text('title = "시험"\n')
    wide = "layouts/styles/epub.css"
    (tmp_path / wide).parent.mkdir(parents=True)
    (tmp_path / wide).write_text("p { width: 60em; white-space: nowrap }")
    (tmp_path / "posts/2026-03-01-글.md").write_text("---\ntitle: 글\n---\n" + "긴 줄 " * 100)
    (book,) = edition_of(tmp_path / "out", [tmp_path / "posts"], "epub")
    page = opened(browser, engine, book, 320, 100)
    assert any(found.startswith("긴 ") for found in overflow(page))
    page.close()
