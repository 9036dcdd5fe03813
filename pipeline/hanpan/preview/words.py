"""The interface of the preview in Korean and English, and which one a browser prefers."""

from __future__ import annotations

from hanpan.labels import Label, LabelTable

LANGUAGES = {"ko": "한국어", "en": "English"}


class InterfaceLabels(LabelTable):
    """The words of all pages."""

    list = Label("글 목록", "Posts")
    preview = Label("미리보기", "Preview")
    count = Label("글 {}편", "{} posts")
    empty = Label(
        "아직 글이 없다. 글을 저장하면 여기에 나온다.",
        "No posts yet. Save one and it appears here.",
    )
    years = Label("연도", "Years")
    undated = Label("날짜 없음", "No date")
    books = Label("책", "Books")
    problems = Label("살필 점", "Problems")
    problem_count = Label("살필 점 {}개", "{} to look at")
    error = Label("오류", "error")
    warning = Label("경고", "warning")
    info = Label("알림", "note")
    failed = Label(
        "지금 설정이나 글로는 새로 만들지 못했다. 아래는 마지막으로 만든 것이다.",
        "The last build failed. Below is the output of the one before.",
    )
    broken = Label(
        "이 글에 오류가 있어 새로 만들지 못한 판이 있다. 그런 판은 마지막으로 만든 것을 보인다.",
        "An error prevents an edition of this post from being built; its previous output is shown.",
    )
    editions = Label("판", "Editions")
    platforms = Label("플랫폼", "Platforms")
    open = Label("새 창으로 열기", "Open in a tab")
    to_do = Label("할 일", "To do")
    done = Label("한 일", "Done")
    to_do_count = Label("할 일 {}", "{} to do")
    done_count = Label("한 일 {}", "{} done")
    all_done = Label("모두 마쳤다.", "All done.")
    none_done = Label(
        "단계를 모두 표시한 플랫폼이 여기로 온다.",
        "A platform comes here once all its steps are ticked.",
    )
    changed = Label("표시한 뒤 글이 바뀌었다", "changed since it was ticked")
    compare = Label("나란히 보기", "Side by side")
    left = Label("왼쪽", "Left")
    right = Label("오른쪽", "Right")
    search = Label("제목, 태그, 파일 이름에서 찾기", "Search titles, tags and files")
    any_problem = Label("살필 점으로 고르기", "Any problem")
    none_fit = Label("맞는 글이 없다", "No post fits")
    reset = Label("모두 보기", "Show all")
    losses = Label("달라진 것 {}", "{} changed")
    warnings = Label("살필 점 {}", "{} to look at")
    pictures = Label("그림 {}", "{} pictures")
    steps = Label("{}/{}단계", "{} of {} steps")
    not_built = Label("아직 만들지 못했다.", "Not built yet.")
    report = Label("보고서", "Report")
    language = Label("언어", "Language")
    skip = Label("본문으로 건너뛰기", "Skip to content")
    gone = Label("여기에는 아무것도 없다", "There is nothing here")
    gone_why = Label(
        "글의 이름이 바뀌었거나 아직 만들지 못했다.",
        "The post was renamed, or is not built yet.",
    )
    live_building = Label("만드는 중", "Building")
    live_built = Label("최신", "Up to date")
    live_failed = Label("만들지 못했다", "Build failed")
    live_idle = Label("최신", "Up to date")
    live_lost = Label(
        "연결이 끊겼다. 미리보기를 다시 켜면 이어진다.",
        "Connection lost. It resumes when the preview runs again.",
    )


def accepted_language(header: str) -> str:
    """Return the language of LANGUAGES that Accept-Language prefers; English if none.

    RFC 9110, section 12.5.4; of equal ones, the first.
    """
    preferred: list[tuple[float, str]] = []
    for item in header.split(","):
        tag, _, parameter = item.partition(";")
        lang = tag.strip().lower().split("-")[0]
        weight = parameter.strip().removeprefix("q=")
        if lang in LANGUAGES:
            preferred.append((_number(weight) if parameter else 1.0, lang))
    best = max(preferred, key=lambda item: item[0], default=(1.0, "en"))
    return best[1] if best[0] > 0 else "en"


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return 0.0
