"""Every platform with a server of our own: how it is set up, what it holds, what its payload is."""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hanpan.files import sha256
from hanpan.publish.client import Client
from hanpan.publish.clients import connect
from hanpan.publish.engine import PublishEngine
from hanpan.publish.http import Http
from hanpan.publish.last_sent import LastSentStore
from hanpan.publish.ledger import open_ledger
from hanpan.publish.outcome import SendOptions
from hanpan.publish.payload import Payload, load_payload
from hanpan.publish.secrets import Credentials
from hanpan.site.crosspost import PlatformSettings
from tests.publish import (
    blogger_server,
    devto_server,
    ghost_server,
    hashnode_server,
    press,
    qiita_server,
    xmlrpc_server,
)
from tests.publish.press import Press
from tests.support.servers.image_host import picture

CANONICAL = "https://blog.example/posts/hangul/"
PLACE = "https://upload.invalid/01.png"
BODY = f"첫 문단이다.\n\n![그림]({PLACE})\n"


@dataclass(frozen=True)
class Target:
    """A platform in tests. `texts` are the bodies of all posts there, `statuses` theirs."""

    server: Callable[[], Any]
    settings: Callable[[str], dict[str, str]]  # of the server's address
    secrets: tuple[str, ...]
    request: Callable[[Mapping[str, Any]], Any]  # of title, body, tags, canonical_url: the payload
    texts: Callable[[Any], list[str]]
    statuses: Callable[[Any], list[str]]
    files: Callable[[Mapping[str, Any]], dict[str, Any]] = lambda fields: {}  # beside request.json
    uploads: bool = False
    schedules: bool = True


def _devto(fields: Mapping[str, Any]) -> Any:
    return {
        "article": {
            "title": fields["title"],
            "body_markdown": fields["body"],
            "published": False,
            "canonical_url": fields["canonical_url"],
            "tags": fields["tags"],
        }
    }


def _hashnode(fields: Mapping[str, Any]) -> Any:
    given = {
        "publicationId": "${HASHNODE_PUBLICATION_ID}",
        "title": fields["title"],
        "contentMarkdown": fields["body"],
        "slug": fields["slug"],
        "tags": [{"slug": tag, "name": tag} for tag in fields["tags"]],
        "originalArticleURL": fields["canonical_url"],
        "coverImageOptions": {"coverImageURL": "https://blog.example/cover.png"},
        "metaTags": {"title": fields["title"], "description": "요약"},
    }
    return {"query": "mutation", "variables": {"input": given}}


def _ghost(fields: Mapping[str, Any]) -> Any:
    card = {"type": "markdown", "version": 1, "markdown": fields["body"]}
    root = {"children": [card], "direction": None, "format": "", "indent": 0, "type": "root"}
    post = {
        "title": fields["title"],
        "slug": fields["slug"],
        "lexical": json.dumps({"root": root | {"version": 1}}, ensure_ascii=False),
        "status": "draft",
        "tags": fields["tags"],
        "canonical_url": fields["canonical_url"],
    }
    return {"posts": [post]}


def _qiita(fields: Mapping[str, Any]) -> Any:
    tags = [{"name": tag, "versions": []} for tag in fields["tags"]]
    return {"title": fields["title"], "body": fields["body"], "tags": tags, "private": True}


def _blogger(fields: Mapping[str, Any]) -> Any:
    body = f'<p>{fields["body"]}</p><p><a href="{CANONICAL}">원문</a></p>'
    return {"title": fields["title"], "content": body, "labels": fields["tags"]}


def _wordpress(fields: Mapping[str, Any]) -> Any:
    body = f"<p>{fields['body']}</p>"
    date = "2026-03-01T18:00:00+09:00"
    return {"title": fields["title"], "content": body, "slug": fields["slug"], "date": date}


def _terms(fields: Mapping[str, Any]) -> dict[str, Any]:
    return {"terms.json": {"tags": fields["tags"], "categories": []}}


def _seen(hidden: str, flags: Sequence[bool]) -> list[str]:
    return ["published" if flag else hidden for flag in flags]


TARGETS: dict[str, Target] = {
    "metaweblog": Target(
        xmlrpc_server.XmlRpcBlog,
        lambda url: {
            "WORDPRESS_URL": url,
            "WORDPRESS_USER": xmlrpc_server.USER,
            "WORDPRESS_APPLICATION_PASSWORD": xmlrpc_server.PASSWORD,
        },
        (xmlrpc_server.PASSWORD,),
        _wordpress,
        lambda s: [one["description"] for one in s.posts.values()],
        lambda s: [
            {"publish": "published", "future": "scheduled"}.get(p["post_status"], "draft")
            for p in s.posts.values()
        ],
        files=_terms,
        uploads=True,
    ),
    "devto": Target(
        devto_server.Devto,
        lambda url: {"DEVTO_URL": url, "DEVTO_API_KEY": devto_server.KEY},
        (devto_server.KEY,),
        _devto,
        lambda s: [one["body_markdown"] for one in s.articles.values()],
        lambda s: _seen("draft", [one["published"] for one in s.articles.values()]),
    ),
    "hashnode": Target(
        hashnode_server.Hashnode,
        lambda url: {
            "HASHNODE_API": url,
            "HASHNODE_URL": f"https://{hashnode_server.HOST}/",
            "HASHNODE_TOKEN": hashnode_server.TOKEN,
        },
        (hashnode_server.TOKEN,),
        _hashnode,
        lambda s: [one["content"]["markdown"] for one in (*s.drafts.values(), *s.posts.values())],
        lambda s: ["draft"] * len(s.drafts) + ["published"] * len(s.posts),
        uploads=True,
        schedules=False,
    ),
    "ghost": Target(
        ghost_server.Ghost,
        lambda url: {"GHOST_URL": url, "GHOST_ADMIN_API_KEY": ghost_server.KEY},
        (ghost_server.KEY, ghost_server.KEY_SECRET),
        _ghost,
        lambda s: [
            json.loads(one["lexical"])["root"]["children"][0]["markdown"]
            for one in s.posts.values()
        ],
        lambda s: [one["status"] for one in s.posts.values()],
        uploads=True,
    ),
    "qiita": Target(
        qiita_server.Qiita,
        lambda url: {"QIITA_URL": url, "QIITA_TOKEN": qiita_server.TOKEN},
        (qiita_server.TOKEN,),
        _qiita,
        lambda s: [one["body"] for one in s.items.values()],
        lambda s: _seen("draft", [not one["private"] for one in s.items.values()]),
        schedules=False,
    ),
    "blogger": Target(
        blogger_server.Blogger,
        lambda url: {
            "BLOGGER_API": f"{url}/blogger/v3",
            "BLOGGER_TOKEN_API": f"{url}/token",
            "BLOGGER_URL": blogger_server.HOME,
            "BLOGGER_CLIENT_ID": blogger_server.CLIENT_ID,
            "BLOGGER_CLIENT_SECRET": blogger_server.CLIENT_SECRET,
            "BLOGGER_REFRESH_TOKEN": blogger_server.REFRESH_TOKEN,
        },
        (
            blogger_server.CLIENT_SECRET,
            blogger_server.REFRESH_TOKEN,
            blogger_server.ACCESS_TOKEN,
        ),
        _blogger,
        lambda s: [one["content"] for one in s.posts.values()],
        lambda s: [
            {"LIVE": "published"}.get(one["status"], one["status"].lower())
            for one in s.posts.values()
        ],
    ),
}

ALL: dict[str, Target] = TARGETS | {
    "wordpress": Target(
        Press,
        lambda url: {
            "WORDPRESS_URL": url,
            "WORDPRESS_USER": press.USER,
            "WORDPRESS_APPLICATION_PASSWORD": press.PASSWORD,
        },
        (press.PASSWORD, b64encode(f"{press.USER}:{press.PASSWORD}".encode()).decode()),
        _wordpress,
        lambda s: [one["content"] for one in s.posts.values()],
        lambda s: [one["status"] for one in s.posts.values()],
        files=_terms,
        uploads=True,
    )
}


def write_payload(folder: Path, platform: str, **fields: Any) -> Payload:
    """Write a payload as the cross-post edition would, and load it; one picture to upload."""
    folder.mkdir(parents=True, exist_ok=True)
    uploads = platform == "zenn" or ALL[platform].uploads
    body = BODY if uploads else BODY.replace(PLACE, "https://blog.example/a.png")
    given: dict[str, Any] = {
        "title": "한글 시험",
        "slug": "hangul-test-of-posts",
        "body": body,
        "tags": ["korean"],
        "canonical_url": CANONICAL,
        **fields,
    }
    data = picture((8, 8))
    (folder / "images").mkdir(exist_ok=True)
    (folder / "images" / "01-가.png").write_bytes(data)
    image = {
        "number": 1, "src": None if uploads else "https://blog.example/a.png",
        "local": "images/01-가.png", "sha256": sha256(data), "alt": "그림", "role": "body",
        "media_type": "image/png", "placeholder": PLACE if uploads else None,
    }  # fmt: skip
    manifest = {
        "source": f"posts/{given['slug']}.md", "platform": platform, "slug": given["slug"],
        "title": given["title"], "lang": "ko", "canonical_url": given["canonical_url"] or None,
        "tags": [{"out": tag} for tag in given["tags"]], "publish": True, "warnings": [],
        "images": [image],
    }  # fmt: skip
    text = f'---\ntitle: "{given["title"]}"\nemoji: "📝"\npublished: false\n---\n\n{given["body"]}'
    zenn = {"slug": given["slug"], "text": text}
    sent = zenn if platform == "zenn" else ALL[platform].request(given)
    files = {} if platform == "zenn" else ALL[platform].files(given)
    for name, value in {
        **files, "manifest.json": manifest, "request.json": {"body": sent}
    }.items():  # fmt: skip
        (folder / name).write_text(json.dumps(value, ensure_ascii=False), "utf-8")
    return load_payload(folder)


class Desk:
    """One site's ledger and what was last sent, and runs of the engine that use them."""

    def __init__(self, folder: Path, platform: str, settings: Mapping[str, str]) -> None:
        self.folder = folder
        self.platform = platform
        self.settings = settings
        self.ledger = folder / "crosspost.lock"
        self.slept: list[float] = []

    def run(self, payload: Payload, sending: SendOptions = SendOptions()) -> Any:  # noqa: B008 frozen
        """Publish a payload in a run of its own: nothing is known but what is on the disk."""
        credentials = Credentials(environ=self.settings)
        options = PlatformSettings(folder=self.settings.get("folder", ""))
        lock = self.folder / ".hanpan"
        with (
            Http(credentials, pause=0.01, sleep=self.slept.append) as http,
            open_ledger(self.ledger, lock) as ledger,
        ):
            client: Client = connect(self.platform, http, credentials, options)
            engine = PublishEngine(
                client, ledger, LastSentStore(lock), lambda source: True, sleep=self.slept.append
            )
            return engine.publish(payload, sending)
