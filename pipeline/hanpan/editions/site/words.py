"""The words that the site puts around posts, in the language of who publishes it."""

from __future__ import annotations

from hanpan.labels import Label, LabelTable


class SiteWords(LabelTable):
    """What pages of the site say beside titles and texts."""

    home = Label("처음", "Home")
    archive = Label("글 목록", "Archive")
    categories = Label("분류", "Categories")
    tags = Label("태그", "Tags")
    series = Label("연재", "Series")
    years = Label("연도", "Years")
    undated = Label("날짜 없는 글", "Without a date")
    search = Label("검색", "Search")
    menu = Label("둘러보기", "Site")
    posts = Label("글 {}편", "{} posts")
    of_year = Label("{}년의 글", "Posts of {}")
    of_category = Label("분류: {}", "Category: {}")
    of_tag = Label("태그: {}", "Tag: {}")
    of_series = Label("연재: {}", "Series: {}")
    page_of = Label("{}쪽 / 모두 {}쪽", "Page {} of {}")
    pages = Label("쪽 넘기기", "Pages")
    newer = Label("새 글 쪽", "Newer posts")
    older = Label("지난 글 쪽", "Older posts")
    before = Label("이전 글", "Previous")
    after = Label("다음 글", "Next")
    beside = Label("앞뒤의 글", "Previous and next")
    related = Label("함께 읽을 글", "Related posts")
    part = Label("{}번째 글 / 모두 {}편", "Part {} of {}")
    downloads = Label("내려받기", "Download")
    translations = Label("다른 언어", "Other languages")
    comments = Label("댓글", "Comments")
    webmention = Label("웹멘션으로 답하기", "Reply by webmention")
    feed = Label("피드", "Feed")
    books = Label("책", "Books")
    catalogue = Label("전자책 목록", "E-books")
    missing_title = Label("그런 쪽이 없습니다", "There is no such page")
    missing_text = Label(
        "주소가 바뀌었거나 글이 지워졌습니다. 검색하거나 글 목록에서 찾아 보세요.",
        "It may have moved, or it is gone. Try the search or the archive.",
    )
    moved = Label("옮긴 글", "Moved")
    empty = Label("아직 글이 없습니다.", "No posts yet.")
    search_hint = Label("찾을 말", "Words to find")
    search_none = Label("‘{}’이(가) 들어간 글이 없습니다.", "No post has “{}”.")
    search_count = Label("글 {}편", "{} posts")
    search_script = Label(
        "검색은 자바스크립트로 움직입니다. 글 목록에서 찾아 보세요.",
        "The search needs JavaScript; the archive does not.",
    )
    search_more = Label("더 보기", "More")


def file_size(size: int) -> str:
    """Return a file's size as readers know it: 84 KB, 1.2 MB."""
    if size < 999_500:
        return f"{max(1, round(size / 1000))} KB"
    return f"{size / 1_000_000:.1f} MB"
