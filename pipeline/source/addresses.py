"""Bare addresses in Korean text: `https://a.kr에서` ends where Korean goes on."""

from __future__ import annotations

import re

ADDRESS = re.compile(r"https?://[^\s<>\"'`\\\[\]{}|^（）「」『』《》“”‘’、。，]{1,2000}")
_PARTICLE = re.compile(r"(?<=[A-Za-z0-9)])[가-힣ㄱ-ㅣ]")
_TRAILING = ".,;:!?*_~'\"…·"


def end_of_address(url: str) -> str:
    """Return the part of a bare address that is one: no particle, no closing mark."""
    particle = _PARTICLE.search(url, url.find("://") + 3)
    if particle:
        url = url[: particle.start()]
    while True:
        cut = url.rstrip(_TRAILING)
        if cut.endswith(")") and cut.count(")") > cut.count("("):
            cut = cut[:-1]
        if cut == url:
            return url
        url = cut
