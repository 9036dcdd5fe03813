"""make: the targets of hanpan in hanpan.mk, and the line of a Makefile that includes it."""

from __future__ import annotations

import re

from hanpan.labels import Label, LabelTable

FILE = "hanpan.mk"
MAKEFILES = ("GNUmakefile", "makefile", "Makefile")  # in make's order
_INCLUDED = re.compile(rf"(?m)^-?s?include\b.*\b{re.escape(FILE)}\b")
_RULE = re.compile(r"(?m)^([A-Za-z](?:[\w./-]| +(?=[\w./-]))*)[ \t]*:(?![:=])")


class TargetLabels(LabelTable):
    """What each target does."""

    head = Label(
        "한판의 make 목표. `hanpan init`이 썼습니다. 글 하나만: make pdf POST=경로",
        "The targets of hanpan, written by `hanpan init`. One post: make pdf POST=path",
    )
    taken = Label(
        "이미 있는 이름이라 앞에 hanpan-을 붙였습니다", "the name was taken: hanpan- is in front"
    )
    editions = Label("모든 글을 모든 판으로", "every edition of every post")
    html = Label("웹 페이지만", "web pages alone")
    pdf = Label("PDF만", "PDFs alone")
    epub = Label("EPUB만", "EPUBs alone")
    crosspost = Label("다른 플랫폼에 실을 본문만", "payloads for other platforms alone")
    books = Label("site.toml의 책", "the books of site.toml")
    preview = Label("쓰면서 브라우저로 보기", "posts in a browser, while you write")
    check = Label("문제만 보기", "problems alone")


_COMMANDS = {
    "editions": "build", "html": "build --edition html", "pdf": "build --edition pdf",
    "epub": "build --edition epub", "crosspost": "build --edition crosspost", "books": "book",
    "preview": "preview", "check": "check",
}  # fmt: skip
_WITHOUT_POST = frozenset(("books",))


def targets_text(lang: str, makefile: str) -> str:
    """Return hanpan.mk for a blog whose Makefile is given: targets that it has stay its own."""
    words = TargetLabels(lang)
    taken = {name for rule in _RULE.findall(makefile) for name in rule.split()}
    names = {name: f"hanpan-{name}" if name in taken else name for name in _COMMANDS}
    lines = [
        f"# {words.head}",
        "HANPAN ?= $(or $(wildcard .venv/bin/hanpan),hanpan)",
        "HANPAN_SOURCE = $(if $(value POST),'$(subst ','\\'',$(value POST))')",
        "",
        f".PHONY: {' '.join(names.values())}",
    ]
    for name, command in _COMMANDS.items():
        meaning = getattr(words, name)
        if names[name] != name:
            meaning += f" ({words.taken})"
        source = "" if name in _WITHOUT_POST else " $(HANPAN_SOURCE)"
        lines += ["", f"{names[name]}: ## {meaning}", f"\t@$(HANPAN) {command}{source}"]
    return "\n".join(lines) + "\n"


def with_include(makefile: bytes) -> bytes:
    """Return a Makefile that includes hanpan.mk: at its end, so that its own goals go first."""
    if _INCLUDED.search(makefile.decode(errors="replace")):
        return makefile
    newline = b"\r\n" if b"\r\n" in makefile else b"\n"
    before = makefile if not makefile or makefile.endswith(b"\n") else makefile + newline
    blank = newline if before.strip() else b""
    return before + blank + b"include " + FILE.encode() + newline
