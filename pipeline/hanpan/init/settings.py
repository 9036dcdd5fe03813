"""site.toml for a blog: only what its generator's settings do not say, in the blog's language."""

from __future__ import annotations

import json
from collections.abc import Iterator

from hanpan.init.blog import Blog
from hanpan.labels import Label, LabelTable


class SettingsLabels(LabelTable):
    """What site.toml says of itself."""

    head = Label(
        "한판(hanpan)의 설정입니다. 모든 키: docs/settings.md, `hanpan init`이 처음에 썼습니다.",
        "Settings of hanpan. All keys: docs/settings.md. First written by `hanpan init`.",
    )
    config = Label(
        "제목, 주소처럼 {file}에 있는 것은 거기서 읽습니다. 여기 적은 것이 먼저입니다.",
        "What {file} says (title, address, …) is read there. What stands here goes first.",
    )
    title = Label("블로그 이름", "the blog's name")
    author = Label("글쓴이", "the author of posts that name none")
    url = Label(
        "사이트 주소. 원본 링크, og:image, PDF의 QR 코드에 씁니다",
        "the site's address: for canonical links, og:image, and the QR code of PDFs",
    )
    lang = Label("글의 언어", "the language of posts")
    timezone = Label(
        "날짜를 읽는 시간대. 적으면 글 주소의 날짜도 이 시간대를 따릅니다",
        "the time zone of dates; addresses follow it as well",
    )
    posts = Label("글이 있는 폴더", "the folders with posts")
    pdf = Label("A5, B5, 신국판, LETTER도 됩니다", "or A5, B5, LETTER, …")
    links = Label("링크 주소를 글 끝에 번호로 찍기", "print the addresses of links as notes")
    platforms = Label(
        "옮겨 실을 곳. 적지 않으면 모두 만듭니다", "where to post as well; by default all are made"
    )
    rules = Label("문제를 끄거나 더 무겁게 보기", "turn a rule off, or make it heavier")
    book = Label(
        "글을 엮은 책. 앞의 #을 지우고 `make books`",
        "a book of posts: remove the #, then `make books`",
    )
    book_title = Label("모은 글", "Collected posts")


def settings_text(blog: Blog) -> str:
    """Return the text of site.toml; it ends in a newline."""
    return "\n".join(_lines(blog)) + "\n"


def _lines(blog: Blog) -> Iterator[str]:
    words = SettingsLabels(blog.lang)
    config = next((path.name for path in blog.site.config if path.name != "site.toml"), "")
    yield f"# {words.head}"
    if config:
        yield f"# {words.config.format(file=config)}"
    identity = [*_identity(blog, words, config)]
    if identity:
        yield from ("", *identity)
    if blog.posts:
        yield from ("", "[source]", f"posts = {_value(list(blog.posts))}  # {words.posts}")
    yield from ("", "[pdf]", f'# page = "A4"  # {words.pdf}', f'# links = "notes"  # {words.links}')
    yield from ("", "[crosspost]", f"# platforms = {_value(_platforms(blog))}  # {words.platforms}")
    yield from ("", "[rules]", f'# alt-empty = "warning"  # {words.rules}')
    yield from ("", f"# {words.book}", "# [[book]]", '# name = "posts"')
    yield f"# title = {_value(words.book_title)}"
    if blog.category:
        yield f"# categories = [{_value(blog.category)}]"


def _identity(blog: Blog, words: SettingsLabels, config: str) -> Iterator[str]:
    """Yield who publishes: what is not known as a comment, to be filled in."""
    own = blog.site.identity
    if not own.title:
        name = "" if config else blog.root.name
        yield _setting("title", name, words.title, is_sure=bool(name))
    if not own.author:
        yield _setting("author", "", words.author, is_sure=False)
    if not own.url:
        yield _setting("url", blog.url or "https://blog.example", words.url, is_sure=bool(blog.url))
    if not blog.says_language:
        yield _setting("lang", blog.lang, words.lang)
    if not blog.site.clock.is_set:
        yield _setting("timezone", "Asia/Seoul", words.timezone, is_sure=False)


def _platforms(blog: Blog) -> list[str]:
    korean = ["velog", "tistory", "naver"]
    return korean if blog.lang.partition("-")[0] == "ko" else ["devto", "hashnode", "medium"]


def _setting(key: str, value: str, meaning: str, *, is_sure: bool = True) -> str:
    return f"{'' if is_sure else '# '}{key} = {_value(value)}  # {meaning}"


def _value(value: object) -> str:
    """Return a value in TOML, whose strings JSON's are but for one character."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
