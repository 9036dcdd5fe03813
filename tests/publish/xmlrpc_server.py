"""A WordPress's xmlrpc.php on loopback: the methods of MetaWeblog, and the lists of `wp.`."""

from __future__ import annotations

import html
import xmlrpc.client
from datetime import UTC, datetime
from typing import Any

from tests.publish.loopback import Answer, Asked, Loopback

USER, PASSWORD = "writer", "abcd EFGH 1234 ijkl MNOP 5678"


class XmlRpcBlog(Loopback):
    """Posts and pictures by number; whatever is asked comes as a POST."""

    def __init__(self) -> None:
        super().__init__()
        self.posts: dict[str, dict[str, Any]] = {}
        self.pictures: dict[str, dict[str, Any]] = {}

    def is_write(self, asked: Asked) -> bool:
        return any(f"<methodName>metaWeblog.{m}".encode() in asked.body for m in _WRITES)

    def edit(self, text: str) -> None:
        """Change the one post as its author does in the editor."""
        (post,) = self.posts.values()
        post["description"] = text

    def answer(self, asked: Asked) -> Answer:
        arguments, method = xmlrpc.client.loads(asked.body)
        value = self.lie(self._answer(str(method), list(arguments)))
        if isinstance(value, bytes):
            return Answer(200, value)
        content: Any = value if isinstance(value, xmlrpc.client.Fault) else (value,)
        text = xmlrpc.client.dumps(content, methodresponse=True, allow_none=True)
        return Answer(200, text.encode())

    def _answer(self, method: str, arguments: list[Any]) -> Any:
        target, user, password, *more = arguments
        if (user, password) != (USER, PASSWORD):
            return xmlrpc.client.Fault(403, "Incorrect username or password.")
        if method == "metaWeblog.newPost":
            number = str(len(self.posts) + 10)
            self.posts[number] = {"postid": number, "permaLink": f"{self.url}/?p={number}"}
            self._assign(number, more[0], publish=more[1])
            return number
        if method == "wp.getPosts":
            return [
                {"post_id": n, "post_name": p["wp_slug"], "post_title": p["title"]}
                for n, p in self.posts.items()
            ]
        if method == "metaWeblog.newMediaObject":
            number = str(len(self.pictures) + 100)
            link = f"{self.url}/uploads/{more[0]['name']}"
            self.pictures[number] = {"attachment_id": number, "link": link}
            return {"id": number, "url": link}
        if method == "wp.getMediaLibrary":
            return list(self.pictures.values())
        if target not in self.posts:
            return xmlrpc.client.Fault(404, "Invalid post ID.")
        if method == "metaWeblog.editPost":
            self._assign(target, more[0], publish=more[1])
            return True
        return self.posts[target]

    def _assign(self, number: str, struct: dict[str, Any], *, publish: bool) -> None:
        post = {"mt_excerpt": "", "wp_slug": "", **self.posts[number], **struct}
        post["mt_keywords"] = ", ".join(sorted(map(html.unescape, struct["mt_keywords"])))
        post.pop("date_created_gmt", None)
        post["post_status"] = "publish" if publish else struct["post_status"]
        now = datetime.now(UTC).strftime("%Y%m%dT%H:%M:%S")
        self.posts[number] = post | {"date_modified_gmt": xmlrpc.client.DateTime(now)}


_WRITES = ("newPost", "editPost", "newMediaObject")
