"""Api: one platform's API, whose requests share an address, headers and remedies."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from hanpan.publish.answers.answer import Answer
from hanpan.publish.http import Http
from hanpan.publish.refusals import explain_refusals


@dataclass(frozen=True, slots=True)
class Api:
    """Requests below one address; `remedies` tell what to change when the server refuses."""

    http: Http
    url: str
    headers: Mapping[str, str]
    remedies: Mapping[str, str]

    def ask(
        self,
        method: str,
        path: str = "",
        *,
        json: Any = None,
        files: Mapping[str, Any] | None = None,
        data: Mapping[str, str] | None = None,
        repeatable: bool | None = None,
        accept: tuple[int, ...] = (),
    ) -> Answer:
        """Send a request as `Http.ask` does; a refusal has its remedy."""
        with explain_refusals(self.remedies):
            return self.http.ask(
                method,
                f"{self.url}{path}",
                headers=self.headers,
                json=json,
                files=files,
                data=data,
                repeatable=repeatable,
                accept=accept,
            )
