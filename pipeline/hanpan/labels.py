"""Labels: every word that hanpan itself puts beside an author's text, in Korean and English.

`Labels(lang).contents` is a text; `Labels.contents` is the pair. Other tables of pairs, such as the
preview's, are classes of the same kind beside what they are for.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import overload

from hanpan.language import is_korean


@dataclass(frozen=True, slots=True)
class Label:
    """A text in two languages; {} is filled in by whoever shows it."""

    korean: str
    english: str

    def text(self, lang: str) -> str:
        """Return the text that stands beside a text in a language (BCP 47)."""
        return self.korean if is_korean(lang) else self.english

    @overload
    def __get__(self, table: None, owner: type[LabelTable]) -> Label: ...
    @overload
    def __get__(self, table: LabelTable, owner: type[LabelTable]) -> str: ...
    def __get__(self, table: LabelTable | None, owner: type[LabelTable]) -> Label | str:
        """Return the text in the table's language; of the class itself, the pair."""
        if table is None:
            return self
        return self.korean if table.is_korean else self.english


# languages by their own names, as readers look for them; others are shown by their tags
_LANGUAGES = {
    "ko": "한국어", "en": "English", "ja": "日本語", "zh": "中文", "zh-CN": "简体中文",
    "zh-TW": "繁體中文", "zh-Hans": "简体中文", "zh-Hant": "繁體中文", "fr": "Français",
    "de": "Deutsch", "es": "Español", "pt": "Português", "pt-BR": "Português (Brasil)",
    "it": "Italiano", "ru": "Русский", "vi": "Tiếng Việt", "id": "Bahasa Indonesia", "th": "ไทย",
    "tr": "Türkçe", "pl": "Polski", "uk": "Українська", "ar": "العربية", "nl": "Nederlands",
}  # fmt: skip


def language_name(lang: str) -> str:
    """Return a language's own name for a tag (BCP 47)."""
    return _LANGUAGES.get(lang) or _LANGUAGES.get(lang.partition("-")[0]) or lang


class LabelTable:
    """Labels in one language: Korean where `lang` is, else English."""

    def __init__(self, lang: str) -> None:
        self.is_korean = is_korean(lang)


class Labels(LabelTable):
    """What editions say beside a text."""

    more = Label("더 보기", "More")

    # around a text
    skip = Label("본문으로 건너뛰기", "Skip to the text")
    contents = Label("목차", "Contents")
    cover = Label("표지", "Cover")
    tags = Label("태그", "Tags")
    source = Label("원문", "Source")
    minutes = Label("읽는 데 {}분", "{} min read")
    updated = Label("고침", "updated")  # before the day
    anchor = Label("‘{}’의 주소", "Link to “{}”")
    qr = Label("이 글의 주소를 담은 QR 코드", "QR code of this page’s address")
    teaser = Label("{} 대표 그림", "{}: teaser")
    links = Label("링크", "Links")
    page = Label("{}쪽", "p.\u00a0{}")

    # in a text
    code = Label("코드", "Code")
    table = Label("표", "Table")
    formula = Label("수식", "Formula")
    diagram = Label("다이어그램", "Diagram")
    picture = Label("그림", "picture")
    missing_picture = Label("그림을 찾을 수 없음", "picture not found")
    done = Label("완료", "done")
    to_do = Label("미완료", "to do")
    back = Label("본문으로 돌아가기", "Back to the text")
    details = Label("펼치기", "Details")
    left_out = Label("넣지 못한 내용", "left out")
    opens_from = Label("펼치면 {}에서 불러옵니다", "opens from {}")
    on_the_web = Label("웹에서 보기", "on the web")
    note = Label("참고", "Note")
    tip = Label("팁", "Tip")
    important = Label("중요", "Important")
    warning = Label("주의", "Warning")
    danger = Label("위험", "Danger")

    # of an EPUB
    begin = Label("본문", "Text")
    landmarks = Label("둘러보기", "Landmarks")
    page_list = Label("쪽 목록", "Pages")
    summary = Label(
        "제목 단계와 목차로 짜인 한 편의 글입니다.",
        "One post, structured by headings and a table of contents.",
    )
    undescribed_pictures = Label(
        "설명이 없는 그림이 있습니다.", "Some pictures have no description."
    )

    # of a book
    book_contents = Label("차례", "Contents")
    part = Label("제{}부", "Part {}")
    chapter = Label("제{}장", "Chapter {}")
    index = Label("찾아보기", "Index")
    colophon = Label("판권", "Colophon")
    author = Label("지은이", "Author")
    publisher = Label("펴낸곳", "Publisher")
    licence = Label("이용 조건", "Licence")
    written = Label("글 쓴 때", "Written")
    first_published = Label("처음 실린 곳", "First published at")
    bound = Label("글 {}편을 한판(hanpan)으로 묶었다.", "Made of {} posts with hanpan.")
    book_page = Label("{}쪽", "p. {}")
    book_summary = Label(
        "장마다 제목이 있고 제목 단계와 목차로 짜인 책입니다.",
        "A book in chapters, structured by headings and a table of contents.",
    )

    # of a payload
    notes = Label("각주", "Notes")
    original = Label("원문", "Original")
    numbered_picture = Label("그림 {:02}", "Image {:02}")

    # of the list of posts
    list_title = Label("글 목록", "Posts")
    count = Label("글 {}편", "{} posts")
    problems = Label("살필 점 {}개", "{} to look at")
    years = Label("연도", "Years")
    empty = Label("글이 없다.", "No posts.")
    undated = Label("날짜 없는 글", "No date")
    search = Label("제목, 태그, 파일 이름에서 찾기", "Search titles, tags and files")
    language = Label("모든 언어", "All languages")
    category = Label("모든 분류", "All categories")
    problem = Label("살필 점으로 고르기", "Any problem")
    reset = Label("모두 보기", "Show all")
    none_fit = Label("맞는 글이 없습니다", "No post fits")
    platforms = Label("플랫폼 {}곳", "{} platforms")
    more_problems = Label("… 그 밖에 {}개", "… and {} more")
    site_page = Label("사이트로 보기", "See the site")
