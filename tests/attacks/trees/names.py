"""Names of files that nobody gives: too long, of bytes that are no text, with orders in them."""

from __future__ import annotations

NAMES: tuple[bytes, ...] = (
    b"2026-03-01-" + "가".encode() * 80 + b".md", b"a" * 252 + b".md", b"2026-03-01-\n.md",
    b"\x1b[2J.md", b"\n::error::x.md", b"::set-output name=a::b.md", b"\xff\xfe.md", b"\x80.md",
    b"-rf.md", b"--help.md", b"*.md", b"a'b\"c.md", b"$(id).md", b"`id`.md", b"a;b.md", b"a|b.md",
    "각.md".encode(), "각.md".encode(), "\u202egnp.md".encode(), b"CON.md", b"a .md", b" .md",
    b"..md", b"...md", b".md", b".hanpan.md", b"index.md", b"build.json.md", b"%2e%2e%2f.md",
    b"a%00.md", b"a\\b.md", b"C:.md", b"~.md", "\u200b.md".encode(), "／.md".encode(), b"a\tb.md",
    b"\r.md", b"2026-99-99-x.md", b"9" * 200 + b".md", "\U0001f468\u200d\U0001f469.md".encode(),
    "\ud7a4\u0301".encode() + b".md", b"#a.md", b"?a.md", b"a&b<c>.md", b"[a](b).md", b"{{a}}.md",
    b"{% raw %}.md",
)  # fmt: skip
