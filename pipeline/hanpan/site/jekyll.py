"""A site's identity as a Jekyll _config.yml gives it."""

from __future__ import annotations

import re
from typing import Any

from hanpan.language import canonical_tag
from hanpan.site.checks import is_timezone


def _text(data: bytes) -> str:
    """Return a settings file's text: UTF-8, or what old Korean editors write."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp949", errors="replace")


def read_jekyll(config: bytes) -> dict[str, Any]:
    """Return a site's identity as the bytes of a Jekyll _config.yml give it; never fail."""
    from hanpan.yaml_text import NotYaml, load  # heavy: only Jekyll sites pay for it

    try:
        data: Any = load(_text(config))
    except NotYaml:
        return {}
    if not isinstance(data, dict):
        return {}
    author = data.get("author")
    if isinstance(author, dict):
        author = author.get("name")
    values = {
        "title": data.get("title"),
        "description": data.get("description"),
        "url": data.get("url"),
        "author": author,
        "lang": data.get("locale") or data.get("lang"),
        "timezone": data.get("timezone"),
    }
    settings = {key: value.strip() for key, value in values.items() if isinstance(value, str)}
    settings = {key: value for key, value in settings.items() if value}
    if "url" in settings:
        base = data.get("baseurl")
        settings["url"] = settings["url"].rstrip("/") + (
            base.rstrip("/") if isinstance(base, str) else ""
        )
        if not re.match(r"https?://[^/\s]+", settings["url"]):
            del settings["url"]
    settings["lang"] = canonical_tag(settings.get("lang", "")) or "ko"
    if not is_timezone(settings.get("timezone", "Asia/Seoul")):
        del settings["timezone"]
    return settings
