"""The words of reports on a terminal, in Korean and English."""

from __future__ import annotations

from hanpan.labels import Label, LabelTable
from hanpan.problems import Severity


class TerminalLabels(LabelTable):
    """What a build says of itself; the messages of problems are another table."""

    error = Label("오류", "error")
    warning = Label("경고", "warning")
    info = Label("알림", "info")
    near = Label(" (근처)", " (near)")
    also = Label(" (같은 문제 {number}개 더, {posts})", " (and {number} more, in {posts})")
    more = Label("    … 외 {number}개", "    … and {number} more")
    more_of_post = Label(
        "{post}: 규칙 {rule}의 문제 {number}개 더", "{post}: and {number} more of the rule {rule}"
    )
    place = Label("곳", "place")
    rule = Label("규칙", "rule")
    severity = Label("심각도", "severity")
    problems = Label("문제", "problems")
    posts = Label("글", "posts")
    most_in = Label("가장 많은 글", "most in")
    hint = Label(
        "문제를 보려면: hanpan check --rule RULE, 모두 보려면 --limit 0",
        "to list the problems: hanpan check --rule RULE, or --limit 0 for all",
    )
    known = Label(
        "{file}에 적힌, 이미 아는 {number}는 싣지 않았습니다",
        "{number} known from {file}, not listed",
    )
    gone = Label(
        "{file}에 적힌 {number}가 사라졌습니다. --write-baseline으로 파일에서 지웁니다:",
        "{number} of {file} gone; --write-baseline removes them from it:",
    )
    written = Label(
        "{file}: 아는 {number}를 적었습니다",
        "{file}: {number} known from now on",
    )
    waiting = Label(
        "다른 빌드가 {out}에서 돌고 있습니다. 끝나기를 기다립니다",
        "another build is running in {out}; waiting for it to finish",
    )
    queueing = Label(
        "다른 `hanpan publish`가 이 사이트의 글을 보내고 있습니다. 끝나기를 기다립니다",
        "another `hanpan publish` is sending posts of this site; waiting for its end",
    )
    skipped = Label(
        "{number}를 건너뜀: {reason}: {files}",
        "skipped {number}: {reason}: {files}",
    )
    others = Label(" 외 {number}개", " and {number} more")
    progress = Label("글 {posts}편 중 {done}편", "{done} of {posts} posts")
    steps = Label("단계 {run}개 실행, {fresh}개 그대로", "{run} run, {fresh} fresh")
    adopted = Label(" (다른 빌드에서 가져온 것 {number}개)", " ({number} taken over)")
    seconds = Label("{:.1f}초", "{:.1f} s")

    def name_of(self, severity: Severity) -> str:
        """Return the name of a severity."""
        return {"error": self.error, "warning": self.warning, "info": self.info}[severity]

    def count(self, number: int, noun: str) -> str:
        """Return a number of things: of posts, files, steps, problems, errors or warnings."""
        if not self.is_korean:
            return plural(number, noun)
        word, counter = _COUNTED[noun]
        return f"{word} {number:,}{counter}"


_COUNTED = {
    "post": ("글", "편"),
    "error": ("오류", "개"),
    "warning": ("경고", "개"),
    "problem": ("문제", "개"),
    "file": ("파일", "개"),
}


def plural(number: int, noun: str) -> str:
    """Return a number and an English noun that agree."""
    return f"{number} {noun}{'' if number == 1 else 's'}"
