"""The addresses of the preview, and what answers at each."""

from __future__ import annotations

import asyncio
from urllib.parse import quote

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route

from hanpan.files import Files, NoNetwork
from hanpan.media_types import CSS, SVG, TTF, ZIP
from hanpan.messages.translation import problem_in
from hanpan.plan.options import Options
from hanpan.preview.artifacts import artifact, file_answer, look_answer, zip_files
from hanpan.preview.builds import Builds
from hanpan.preview.guard import Guard
from hanpan.preview.hub import Hub
from hanpan.preview.listing import UNREADABLE, ListedPost, Listing, read_listing
from hanpan.preview.pages import PreviewPages
from hanpan.preview.words import LANGUAGES, accepted_language
from hanpan.problems import HanpanError
from hanpan.roots import Root, real
from hanpan.site import Site, find_root, load_site

_LANGUAGE = "hanpan-language"  # the cookie that the switch sets
# The tool's own files: address -> (layout, media type)
_TOOL = {
    "payload.js": ("preview/payload.js", "text/javascript; charset=utf-8"),
    "live.js": ("preview/live.js", "text/javascript; charset=utf-8"),
    "filter.js": ("html/index.js", "text/javascript; charset=utf-8"),
    "regular.ttf": ("fonts/pretendard/Pretendard-Regular.ttf", TTF),
    "bold.ttf": ("fonts/pretendard/Pretendard-Bold.ttf", TTF),
    "code.ttf": ("fonts/d2coding/d2coding.ttf", TTF),
    "icon.svg": ("html/icon.svg", SVG),
}


class Preview:
    """The pages of one server: out/ as the last build left it."""

    def __init__(self, options: Options, port: int) -> None:
        self.hub = Hub()
        self.builds = Builds(options, self.hub, self._read_built)
        self._options = options
        self._out = real(options.out)
        self._listing = read_listing(self._out, Listing())
        self._site = _own_site(options)
        self.app = Starlette(
            routes=[
                Route("/", self._list),
                Route("/post/{slug}", self._post),
                Route("/post/{slug}/{platform}", self._paste),
                Route("/compare/{slug}", self._compare),
                Route("/pictures/{slug}/{platform}", self._pictures),
                Route("/out/{path:path}", self._file),
                Route("/tool/preview.css", self._styles),
                Route("/tool/{name}", self._tool),
                Route("/events", self._events),
                Route("/{path:path}", self._nothing),
            ],
            middleware=[Middleware(Guard, port)],
            exception_handlers={HanpanError: _failure},
        )

    async def _read_built(self) -> None:
        self._site = _own_site(self._options)
        self._listing = await asyncio.to_thread(read_listing, self._out, self._listing)

    async def _list(self, request: Request) -> Response:
        return self._page(request, self._pages(request).index(self._listing))

    async def _post(self, request: Request) -> Response:
        post = self._listing.post(request.path_params["slug"])
        if post is None:
            return await self._nothing(request)
        return self._page(request, self._pages(request).post(post))

    async def _compare(self, request: Request) -> Response:
        post = self._listing.post(request.path_params["slug"])
        if post is None:
            return await self._nothing(request)
        asked = (request.query_params.get(side, "") for side in ("left", "right"))
        return self._page(request, self._pages(request).compare(post, *asked))

    async def _paste(self, request: Request) -> Response:
        post, platform = self._asked_post(request)
        try:
            if post is None:
                return await self._nothing(request)
            return self._page(request, self._pages(request).paste(post, platform))
        except UNREADABLE:  # the page comes once it is built again
            return await self._nothing(request)

    async def _pictures(self, request: Request) -> Response:
        """Answer with the numbered pictures of a payload in one archive."""
        post, platform = self._asked_post(request)
        if post is None:
            return await self._nothing(request)
        folder = f"{post.payloads[platform]}/images"
        try:
            names = Root.own(self._out).names(folder)
        except OSError:
            return await self._nothing(request)
        paths = [f"{folder}/{name}" for name in names]
        data = await asyncio.to_thread(zip_files, self._out, paths)
        name = f"attachment; filename=\"images.zip\"; filename*=utf-8''{quote(post.slug)}.zip"
        return Response(data, media_type=ZIP, headers={"Content-Disposition": name})

    async def _file(self, request: Request) -> Response:
        place = artifact(self._out, request.path_params["path"])
        if place is None:
            return await self._nothing(request)
        is_look = "alone" in request.query_params and place.name == "preview.html"
        return look_answer(place) if is_look else file_answer(place)

    async def _styles(self, request: Request) -> Response:
        return Response(self._pages(request).styles(), media_type=CSS)

    async def _tool(self, request: Request) -> Response:
        if request.path_params["name"] not in _TOOL:
            return await self._nothing(request)
        layout, media_type = _TOOL[request.path_params["name"]]
        headers = {"Cache-Control": "max-age=3600"} if media_type.startswith("font") else {}
        return Response(self._files().layout(layout), media_type=media_type, headers=headers)

    async def _events(self, request: Request) -> Response:
        return StreamingResponse(self.hub.listen(), media_type="text/event-stream")

    async def _nothing(self, request: Request) -> Response:
        return self._page(request, self._pages(request).gone(), status=404)

    def _asked_post(self, request: Request) -> tuple[ListedPost | None, str]:
        """Return the post and the platform of an address; no post where it has no such payload."""
        post = self._listing.post(request.path_params["slug"])
        platform = request.path_params["platform"]
        return (post if post and platform in post.payloads else None), platform

    def _files(self) -> Files:
        return Files(self._site, NoNetwork())

    def _pages(self, request: Request) -> PreviewPages:
        return PreviewPages(self._files(), self._out, _language(request), self.builds.problem)

    def _page(self, request: Request, page: tuple[str, str], status: int = 200) -> Response:
        """Answer with a page; its version is in a header, so that HEAD shows whether it is new."""
        response = HTMLResponse(page[0], status, {"ETag": f'"{page[1]}"'})
        if request.query_params.get("lang") in LANGUAGES:
            response.set_cookie(_LANGUAGE, request.query_params["lang"], samesite="strict")
        return response


async def _failure(request: Request, error: Exception) -> Response:
    """Answer with what is wrong with a layout of the site, which a page is filled in from."""
    assert isinstance(error, HanpanError)
    problem = problem_in(error.problem, _language(request))
    text = f"{problem.location()}: {problem.message}\n{problem.remedy}\n".removeprefix(": ")
    return PlainTextResponse(text, 500)


def _language(request: Request) -> str:
    """Return the language: of the switch, now or before, else of the browser."""
    for asked in (request.query_params.get("lang"), request.cookies.get(_LANGUAGE)):
        if asked in LANGUAGES:
            return asked
    return accepted_language(request.headers.get("accept-language", ""))


def _own_site(options: Options) -> Site:
    """Return the site whose layouts and name the pages have: that of the folder of out/."""
    parent = real(options.out).parent
    try:
        return load_site(find_root(parent / "_") or parent, options.site)
    except HanpanError:  # the first build reports it on the page
        return Site(parent)
