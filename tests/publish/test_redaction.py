"""What leaves the process has no secret, however it is encoded; ids and addresses have a shape."""

from __future__ import annotations

import base64
import html
import json
import re
import sys
from collections.abc import Callable
from email.utils import formatdate
from urllib.parse import quote, quote_plus

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hanpan.assets.download import seconds_to_wait
from hanpan.problems import UsageError
from hanpan.publish.answers.answer import Answer, parse_json
from hanpan.publish.answers.reasons import reasons_of
from hanpan.publish.answers.redaction import Redactor
from hanpan.publish.answers.shapes import id_text, is_id, picture_address
from hanpan.publish.secrets import Credentials

SECRET = "abcd EFGH+1234/ijkl 가&<MN\"OP'5678"
NAME = "A_PASSWORD"


def redactor(*secrets: str) -> Redactor:
    made = Redactor()
    for secret in secrets or (SECRET,):
        made.add(secret, NAME)
    return made


def packed(text: str) -> str:
    return base64.b64encode(text.encode()).decode()


ENCODINGS: dict[str, Callable[[str], str]] = {
    "plain": str,
    "JSON": lambda s: json.dumps(s)[1:-1],
    "JSON, each character": lambda s: re.sub(
        "(....)", r"\\u\1", s.encode("utf-16-be").hex().upper()
    ),
    "JSON in JSON": lambda s: json.dumps(json.dumps(s)),
    "an address": lambda s: quote(s, safe=""),
    "an address, each byte": lambda s: "".join(f"%{byte:02x}" for byte in s.encode()),
    "a form": quote_plus,
    "HTML": html.escape,
    "HTML, decimal": lambda s: "".join(f"&#{ord(c)};" for c in s),
    "HTML, hexadecimal": lambda s: "".join(f"&#x{ord(c):X};" for c in s),
    "Base64": packed,
    "Basic": lambda s: packed(f"user:{s}"),
    "Base64 within more": lambda s: packed(f"Authorization: Bearer {s}\r\n"),
    "Base64 for addresses": lambda s: base64.urlsafe_b64encode(s.encode()).decode().rstrip("="),
    "Base64 in an address": lambda s: quote(packed(f"x:{s}"), safe=""),
    "hexadecimal": lambda s: s.encode().hex(),
    "lines": lambda s: "\n".join(s),
    "lines of five": lambda s: "\r\n\t".join(re.findall("(?s).{1,5}", s)),
    "Base64 in lines": lambda s: "\n".join(re.findall(".{1,7}", packed(s))),
    "signs without a width": lambda s: "\u200b".join(s),
    "without blanks": lambda s: s.replace(" ", ""),
    "bytes in Python": lambda s: repr(s.encode())[2:-1],
}


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_each_encoding_is_found_and_the_text_around_it_may_stay(encoding: str) -> None:
    said = ENCODINGS[encoding](SECRET)
    shown = redactor().text(f"the password {said} is no good")
    assert said not in shown and f"${{{NAME}}}" in shown
    assert shown in (f"the password ${{{NAME}}} is no good", f"${{{NAME}}}") or '"' in shown


COMPOSED = sorted(set(ENCODINGS) - {"bytes in Python"})
LETTERS = st.text(
    st.one_of(
        st.sampled_from("abcXYZ0189+/=-_ &<>\"'%\\"),
        st.characters(exclude_categories=["Cs", "Cc", "Cf", "Z"]),
    ),
    min_size=12,
    max_size=40,
).map(lambda text: " ".join(text.split()))


@given(LETTERS, st.lists(st.sampled_from(COMPOSED), min_size=1, max_size=2), st.text())
def test_a_law_of_two_encodings(secret: str, encodings: list[str], around: str) -> None:
    """An encoding within another one is found, too, but for two that pack."""
    if len(secret) < 12 or sum("64" in e or e in ("Basic", "hexadecimal") for e in encodings) > 1:
        return
    said = secret
    for name in sorted(
        encodings, key=lambda e: "64" not in e and e not in ("Basic", "hexadecimal")
    ):
        said = ENCODINGS[name](said)
    assert f"${{{NAME}}}" in redactor(secret).text(f"{around[:9]} {said} {around[9:]}")


def test_what_is_no_secret_stays_as_it_is() -> None:
    texts = (
        "한글 글, <p>100% &amp; %41 \\n abc</p>",
        "abcd EFGH",
        "${A_PASSWORD}",
        "",
        "👩‍💻 e\u0301",
    )
    for text in texts:
        assert redactor().text(text) == text
    assert redactor().value({"a": [1, 2.5, True, None, "글"]}) == {"a": [1, 2.5, True, None, "글"]}


def test_a_short_text_takes_no_steps() -> None:
    """An object of 200,000 keys is as long as an answer may be, and took half a minute."""
    steps = 0

    def count(*_: object) -> None:
        nonlocal steps
        steps += 1

    hidden = redactor("abcd efgh ijkl mnop", "0123456789abcdef")
    keys = {f"key{number}": number for number in range(1_000)}
    sys.setprofile(count)
    try:
        assert hidden.value(keys) == keys
    finally:
        sys.setprofile(None)
    assert steps < 30 * len(keys)  # events, of keys and numbers; each form of a secret has several


def test_keys_and_numbers_are_hidden_too() -> None:
    shown = redactor(SECRET, "1234567890").value({SECRET: 1234567890, "b": [[f"x{SECRET}"]]})
    assert shown == {f"${{{NAME}}}": f"${{{NAME}}}", "b": [[f"x${{{NAME}}}"]]}


@pytest.mark.parametrize("before", [*range(285, 302), 19_960, 19_980, 19_999])
def test_no_cut_leaves_a_part(before: int) -> None:
    """Reasons are cut at 300 characters, pages at 20,000: behind the redaction, never before."""
    for body in (
        json.dumps({"message": "x" * before + SECRET}).encode(),
        b"<p>" + b" " * before + SECRET.encode(),
        b"x" * before + b" <b>" + SECRET[:9].encode() + b"</b>" + SECRET[9:].encode(),
        (SECRET * 4000).encode(),
    ):
        told = " ".join(reasons_of(Answer(400, {}, body, redactor())))
        assert SECRET[:9] not in told and SECRET[-9:] not in told


@pytest.mark.parametrize(
    "content",
    [
        b"[" * 200_000,
        b'{"a":' * 200_000,
        b"[" * 101 + b"]" * 101,
        b'{"a":[' * 60 + b"]}" * 60,
        b"",
        b"\xff\xfe",
        b"9" * 5000,
        b'"\\ud800',
    ],
    ids=lambda content: f"{content[:8]!r}",
)
def test_what_is_no_answer_of_an_api_is_no_json(content: bytes) -> None:
    assert parse_json(content) is None


def test_only_names_that_were_asked_for_are_filled_in() -> None:
    settings = Credentials(environ={"TOKEN": "s3cr3t-token", "OTHER": "of-another"})
    assert settings.fill("Bearer ${TOKEN} ${OTHER}") == "Bearer ${TOKEN} ${OTHER}"
    settings.get("TOKEN")
    assert settings.fill("Bearer ${TOKEN} ${OTHER}") == "Bearer s3cr3t-token ${OTHER}"
    settings.derive("TWICE", lambda: "${TOKEN}")
    assert settings.fill("${TWICE}") == "${TOKEN}"  # what is filled in is not read again


@pytest.mark.parametrize("url", ["https://u:p4ssw0rd@blog.example", "http://p4ssw0rd@127.0.0.1/x"])
def test_an_address_with_a_password_is_not_taken(url: str) -> None:
    """It would be the name of a target in the ledger."""
    with pytest.raises(UsageError, match="a password in it") as refused:
        Credentials(environ={"GHOST_URL": url}).need("GHOST_URL", "the address", secret=False)
    assert "p4ssw0rd" not in str(refused.value.problem)


@pytest.mark.parametrize(
    "bad",
    ["${OTHER_SECRET}", "..", ".", "a/b", "a%2fb", "a?b", "a#b", "a b", "a\nb", "a\r\n", "a\x00",
     "", "a" * 301, "\u202eabc", "a.b", None, 7, ["7"], {"a": 1}, True],
    ids=repr,
)  # fmt: skip
def test_what_is_no_id(bad: object) -> None:
    assert not is_id(bad)
    assert id_text(bad) == (bad if isinstance(bad, str) else "7" if bad == 7 else "")


@pytest.mark.parametrize(
    "good", ["7", "6b0354aa", "post:64f", "draft:64f:한글-글", "a_b-c", "0" * 300]
)
def test_what_is_an_id(good: str) -> None:
    assert is_id(good)


@pytest.mark.parametrize(
    "bad",
    ["javascript:alert(1)", "data:image/svg+xml,<svg/>", "file:///etc/passwd", "http://", "",
     "//evil.example/x", "https://u:p@x.example/", "x" * 9999, None, ["x"]],
    ids=lambda value: str(value)[:20],
)  # fmt: skip
def test_what_is_no_address_of_a_picture(bad: object) -> None:
    if bad == "//evil.example/x":
        assert picture_address("//evil.example/x") == "//evil.example/x"  # a path, as it says
        return
    with pytest.raises(ValueError, match="an uploaded picture has no"):
        picture_address(bad)  # type: ignore[arg-type]


@given(st.text(max_size=60))
def test_an_address_of_a_picture_is_no_markup(text: str) -> None:
    for url in (f"/{text}", f"https://x.example/{text}"):
        try:
            assert re.fullmatch(r"[A-Za-z0-9/%:@!$&*+,;=~\-._?]+", picture_address(url))
        except ValueError:
            assert url.startswith("https")


@pytest.mark.parametrize(
    "value",
    ["²", "٣", "1e9", "-5", "1.5", "NaN", "inf", "9" * 400, "9" * 5000, "", "soon", "0x10", "1_000",
     "Wed, 21 Oct 99999 07:28:00 GMT", "Wed, 99 Oct 2015 07:28:00 GMT", "(" * 5000, "\x00"],
    ids=lambda value: value[:12],
)  # fmt: skip
def test_a_retry_after_that_is_none_is_not_believed(value: str) -> None:
    assert seconds_to_wait(value, 0.25) == 0.25


def test_a_retry_after_that_is_one() -> None:
    assert seconds_to_wait(" 120 ", 1) == 120
    assert seconds_to_wait(formatdate(0, usegmt=True), 1) == 0
