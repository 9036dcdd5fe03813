"""dev.to's articles API on loopback, as Forem's controllers and models have it."""

from __future__ import annotations

import re
import time
from datetime import UTC, datetime
from typing import Any

from tests.publish.loopback import Answer, Asked, Loopback

KEY = "devto-key-0123456789abcdef"
_SHOWN = ("id", "title", "description", "published_at", "slug", "path", "url")
_PERMITTED = (
    "title body_markdown published series main_image canonical_url description published_at"
    " ai_disclosure_level"
)


class Devto(Loopback):
    """`update_window` is the seconds in which one article is updated once (Forem: 30)."""

    def __init__(self, update_window: float = 0) -> None:
        super().__init__()
        self.articles: dict[int, dict[str, Any]] = {}
        self.hidden: set[int] = set()  # articles of other authors
        self.update_window = update_window
        self.asks_of_ai = False  # forem#23790: an article without an answer is refused
        self._updated: dict[int, float] = {}

    def answer(self, asked: Asked) -> Answer:
        if asked.headers.get("api-key") != KEY:
            return Answer(401, {"error": "unauthorized", "status": 401})
        parts = asked.path.strip("/").split("/")
        if parts[:2] != ["api", "articles"]:
            return _missing()
        if asked.method == "POST" and len(parts) == 2:
            return self._create(asked)
        if asked.method == "PUT" and len(parts) == 3:
            return self._update(int(parts[2]), asked)
        if asked.method == "GET" and parts[2:3] == ["me"]:
            return self._mine(parts[3] if len(parts) > 3 else "published", asked)
        if asked.method == "GET" and len(parts) == 3:
            article = self.articles.get(int(parts[2]))
            return Answer(200, _shown(article)) if article and article["published"] else _missing()
        return _missing()

    def edit(self, markdown: str) -> None:
        """Change the one article as its author does in the editor."""
        (article,) = self.articles.values()
        article["body_markdown"] = markdown

    def _create(self, asked: Asked) -> Answer:
        fields = asked.json.get("article")
        if not isinstance(fields, dict):
            return _refused("article param must be a JSON object. You provided article as a String")
        number = len(self.articles) + 1
        article: dict[str, Any] = {"id": number, "published": False, "tags": [], "title": ""}
        wrong = self._assign(article, fields)
        if wrong:
            return wrong
        slug = re.sub(r"[^\w]+", "-", article["title"].lower(), flags=re.ASCII).strip("-")
        article["slug"] = f"{slug}-{number:x}a".strip("-")
        article["path"] = f"/hanpan/{article['slug']}"
        article["url"] = self.url + article["path"]
        self.articles[number] = article
        return Answer(201, _shown(article), {"Location": article["url"]})

    def _update(self, number: int, asked: Asked) -> Answer:
        if number not in self.articles:
            return _missing()
        left = self._updated.get(number, 0) + self.update_window - time.monotonic()
        if number in self._updated and left > 0:
            refusal = {"error": "Rate limit reached, try again in 30 seconds", "status": 429}
            return Answer(429, refusal, {"Retry-After": str(max(1, round(left)))})
        article = dict(self.articles[number])
        wrong = self._assign(article, asked.json["article"])
        if wrong:
            return wrong
        self.articles[number] = article
        self._updated[number] = time.monotonic()
        return Answer(200, _shown(article))

    def _assign(self, article: dict[str, Any], fields: dict[str, Any]) -> Answer | None:
        """Take what strong parameters let through; return what validation says."""
        article |= {name: fields[name] for name in _PERMITTED.split() if name in fields}
        if isinstance(fields.get("tags"), list):  # a string is dropped without a word
            article["tags"] = list(fields["tags"])
        body = article.get("body_markdown") or ""
        front = re.match(r"---\n(.*?)\n---\n", body, re.DOTALL)
        if front:  # it wins over the JSON, and takes the series away
            article |= dict(re.findall(r"^(title|published|canonical_url): *(.*)$", front[1], re.M))
            article["series"] = None
        if self.asks_of_ai and "ai_disclosure_level" not in article:
            return _refused("ai_disclosure_level is required")
        if not article["title"]:
            return _refused("Title can't be blank")
        if len(article["title"]) > 128:
            return _refused("Title is too long (maximum is 128 characters)")
        if re.search(r'src="data|\]\(data:', body):
            return _refused("Body markdown Invalid markdown detected")
        if len(article["tags"]) > 4:
            return _refused("Tag list exceed the maximum of 4 tags")
        for tag in article["tags"]:
            if not tag.isalnum() or len(tag) > 30:
                return _refused(f'Tag "{tag}" contains non-alphanumeric or prohibited unicode')
        if article["published"]:
            article.setdefault("published_at", datetime.now(UTC).isoformat())
        return self._unique(article)

    def _unique(self, article: dict[str, Any]) -> Answer | None:
        for other in self.articles.values():
            if other["id"] == article["id"]:
                continue
            canonical = article.get("canonical_url")
            if canonical and other.get("canonical_url") == canonical:
                return _refused(
                    "Canonical url has already been taken. Email support@example.com for help"
                )
            if (other["title"], other["body_markdown"]) == (
                article["title"],
                article["body_markdown"],
            ):
                return _refused("Body markdown has already been taken")
        return None

    def _mine(self, which: str, asked: Asked) -> Answer:
        size = min(int(asked.query.get("per_page", 30)), 1000)
        page = int(asked.query.get("page", 1))
        found = [
            _shown(one, mine=True)
            for one in reversed(self.articles.values())
            if one["id"] not in self.hidden
            and (which == "all" or one["published"] == (which == "published"))
        ]
        return Answer(200, found[(page - 1) * size : page * size])


def _shown(article: dict[str, Any], *, mine: bool = False) -> dict[str, Any]:
    """Return an article as `show` renders it, or the list of one's own: their tags differ."""
    shown = {name: article.get(name) for name in _SHOWN}
    tags = {"tag_list": article["tags"], "published": article["published"]}
    if not mine:
        tags = {"tag_list": ", ".join(article["tags"]), "tags": article["tags"]}
    return (
        shown
        | tags
        | {
            "type_of": "article",
            "body_markdown": article.get("body_markdown"),
            "cover_image": article.get("main_image"),  # Forem: through its image proxy
            "canonical_url": article.get("canonical_url") or article["url"],
        }
    )


def _refused(message: str) -> Answer:
    return Answer(422, {"error": message, "status": 422})


def _missing() -> Answer:
    return Answer(404, {"error": "not found", "status": 404})
