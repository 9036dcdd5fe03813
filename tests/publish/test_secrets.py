"""Secrets come from the environment or the keyring, and stand nowhere but in what is sent."""

from __future__ import annotations

import base64
import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import keyring
import keyring.backend
import keyring.backends.fail
import pytest

from hanpan.problems import UsageError
from hanpan.publish.secrets import SERVICE, Credentials
from tests.publish.press import PASSWORD, USER, Fault, Press
from tests.publish.sending import hanpan_here
from tests.support.command import Ran, hanpan
from tests.support.servers.serving import serving

BASIC = base64.b64encode(f"{USER}:{PASSWORD}".encode()).decode()
SHAPES = (PASSWORD, BASIC, quote(PASSWORD), base64.b64encode(PASSWORD.encode()).decode())


@pytest.fixture(scope="module")
def press() -> Iterator[Press]:
    with serving(Press()) as press:
        yield press


@pytest.fixture(scope="module")
def blog(tmp_path_factory: pytest.TempPathFactory, built_blog: Path) -> Path:
    """One site for all runs: what each leaves there is searched."""
    return shutil.copytree(built_blog, tmp_path_factory.mktemp("secrets") / "blog")


ECHO = {"code": "no", "message": f"{BASIC} and {PASSWORD} are no good", "data": {"status": 403}}


@pytest.mark.parametrize(
    ("more", "faults"),
    [
        ((), [Fault("POST", "/posts", 403, body=ECHO)]),
        ((), [Fault("GET", "/posts", 302, {"Location": f"https://x.example/?p={PASSWORD}"})]),
        ((), [Fault("GET", "/posts", 200, body={"junk": PASSWORD})]),
        (("--json",), [Fault("GET", "/posts", 401, body=ECHO)]),
        (("--dry-run",), []),
        ((), []),
        (("--diff",), []),
    ],
)
def test_no_output_and_no_file_has_a_secret(
    blog: Path, press: Press, more: tuple[str, ...], faults: list[Fault]
) -> None:
    press.faults = list(faults)
    ran = hanpan_here("publish", "wordpress", "posts", *more, cwd=blog, env=press.environment)
    assert press.faults == [] and "Traceback" not in ran.err
    assert ran.code == int(bool(faults)), ran.out + ran.err
    _assert_clean(ran, blog)
    if "--dry-run" in more:
        assert "Basic ${WORDPRESS_BASIC_AUTH}" in ran.out


def _assert_clean(ran: Ran, blog: Path) -> None:
    files = [path.read_bytes() for path in blog.rglob("*") if path.is_file()]
    assert len(files) > 20
    for shape in SHAPES:
        assert shape not in ran.out + ran.err
        assert not any(shape.encode() in data for data in files)


class Ring(keyring.backend.KeyringBackend):
    """A keyring of our own."""

    priority = 1

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        del self.kept[service, username]


def test_the_keyring_is_asked_where_the_environment_has_none(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    before = keyring.get_keyring()
    keyring.set_keyring(Ring())
    try:
        keyring.set_password(SERVICE, "DEVTO_API_KEY", "of the ring")
        assert Credentials(environ={}).need("DEVTO_API_KEY", "the key") == "of the ring"
        environ = {"DEVTO_API_KEY": "of the environment"}
        assert Credentials(environ=environ).need("DEVTO_API_KEY", "the key") == "of the environment"
    finally:
        keyring.set_keyring(before)


def test_a_system_without_a_keyring_is_told_of_the_environment() -> None:
    before = keyring.get_keyring()
    keyring.set_keyring(keyring.backends.fail.Keyring())  # type: ignore[no-untyped-call]
    try:
        with pytest.raises(UsageError) as error:
            Credentials(environ={}).need("DEVTO_API_KEY", "the key")
    finally:
        keyring.set_keyring(before)
    assert "DEVTO_API_KEY" in error.value.problem.remedy


def test_an_address_is_no_secret() -> None:
    settings = Credentials({"WORDPRESS_URL": "https://blog.example"}, environ={"TOKEN": "s3cr3t"})
    assert settings.need("WORDPRESS_URL", "the address", secret=False) == "https://blog.example"
    assert settings.get("TOKEN") == "s3cr3t"
    assert settings.fill("${WORDPRESS_URL}/x: ${TOKEN}") == "https://blog.example/x: s3cr3t"
    shown = settings.redaction.text("https://blog.example s3cr3t")
    assert shown == "https://blog.example ${TOKEN}"
    assert "s3cr3t" not in repr(settings)


def test_a_body_is_never_filled_in(blog: Path, press: Press) -> None:
    path = blog / "posts" / "2026-05-01-비밀.md"
    name = "${WORDPRESS_APPLICATION_PASSWORD}"
    path.write_text(f'---\ntitle: "{name}"\ntags: ["{name}"]\n---\n\n{name}\n', "utf-8")
    ran = hanpan("publish", "wordpress", str(path), cwd=blog, env=press.environment)
    assert ran.code == 0, ran.err
    post = next(post for post in press.posts.values() if post["slug"] == "비밀")
    assert name in post["content"] and PASSWORD not in str(press.posts) + str(press.terms)


def redacted(text: str, **secrets: str) -> str:
    """Return a text redacted by credentials that have been asked for these secrets."""
    credentials = Credentials(environ=secrets)
    for name in secrets:
        credentials.get(name)
    return credentials.redaction.text(text)


def test_a_secret_is_hidden_as_json_has_it() -> None:
    assert redacted(r'{"pass": "a\"b\\c"}', PASS='a"b\\c') == '{"pass": "${PASS}"}'


def test_a_secret_within_another_one_leaves_nothing_of_it() -> None:
    assert redacted("token-and-more", A="token", B="token-and-more") == "${B}"
    assert redacted("token-and-more", B="token-and-more", A="token") == "${B}"


def test_a_value_that_any_text_contains_is_not_hidden() -> None:
    assert redacted("an answer in prose", USER="an") == "an answer in prose"
