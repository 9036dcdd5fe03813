"""Dates: every form that authors write."""

from __future__ import annotations

from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from hanpan.site import Clock
from hanpan.source.front_matter.dates import moment_without_date, parse_date, post_dates
from hanpan.source.front_matter.parse import parse_post
from tests.support.reading import read_post

SEOUL = ZoneInfo("Asia/Seoul")


@pytest.mark.parametrize(
    ("written", "iso"),
    [
        ("2021-10-07", "2021-10-07T00:00:00+09:00"),
        ("2020-9-1", "2020-09-01T00:00:00+09:00"),
        ("2018-07-02 21:53:00 +0900", "2018-07-02T21:53:00+09:00"),
        ("2018-07-02 21:53:00 +09:00", "2018-07-02T21:53:00+09:00"),
        ("2018-07-02T21:53:00Z", "2018-07-02T21:53:00+00:00"),
        ("2018-07-02-T21:53:00-05:00", "2018-07-02T21:53:00-05:00"),
        ("2020-01-01T13:49:12.965 +0000", "2020-01-01T13:49:12+00:00"),
        ("2018-07-02 21:53", "2018-07-02T21:53:00+09:00"),
        ("2021. 10. 7.", "2021-10-07T00:00:00+09:00"),
        ("2021/10/07", "2021-10-07T00:00:00+09:00"),
        ("2021년 10월 7일", "2021-10-07T00:00:00+09:00"),
        ("2021-10-07 09:00:00 KST", "2021-10-07T09:00:00+09:00"),
        ("2021-10-07 09:00:00 -0330", "2021-10-07T09:00:00-03:30"),
        ("2021-10-07 09:00 +05", "2021-10-07T09:00:00+05:00"),
        ("2021-10-07 09:00 -3", "2021-10-07T09:00:00-03:00"),
        ("Jul 15 2022", "2022-07-15T00:00:00+09:00"),
        ("July 5th, 2022", "2022-07-05T00:00:00+09:00"),
        ("15 Sept 2022 10:20", "2022-09-15T10:20:00+09:00"),
        ("Fri, 15 Jul 2022 10:20:30 GMT", "2022-07-15T10:20:30+00:00"),
    ],
)
def test_forms(written: str, iso: str) -> None:
    found = parse_date(written, SEOUL)
    assert found is not None
    assert found.isoformat() == iso


@pytest.mark.parametrize(
    "written",
    [
        "205-09-14",
        "Foo 15 2022",
        "Jul 45 2022",
        "May 2022",
        "2021-13-40",
        "어제",
        "",
        None,
        ["2021-10-07"],
        f"2021-10-07{' ' * 80}",
    ],
)
def test_no_date(written: object) -> None:
    assert parse_date(written, SEOUL) is None


def test_bad_change_date_is_told_and_the_date_used() -> None:
    post = parse_post("a.md", b"---\ndate: 2025-01-02\nlast_modified_at: 205-09-14\n---\n")
    published, modified, problems = post_dates(post, Clock())
    assert published == modified
    assert [(problem.rule, problem.line) for problem in problems] == [("date", 3)]


@pytest.mark.parametrize("key", ["pubDate", "pubDatetime", "publishedAt", "published"])
def test_keys_of_themes(key: str) -> None:
    published, _, problems = post_dates(
        parse_post("a.md", f"---\n{key}: 2025-01-02\n---\n".encode()), Clock()
    )
    assert published and published.date().isoformat() == "2025-01-02"
    assert problems == []


@pytest.mark.parametrize(
    "path", ["posts/2024-05-06-봄.md", "posts/2024-05-06-봄/index.md", "blog/2024/05-06.md"]
)
def test_date_of_the_file_name(path: str) -> None:
    post = parse_post(path, b"text")
    published, _, problems = post_dates(post, Clock("America/New_York"))
    assert published
    assert published.isoformat() == "2024-05-06T00:00:00-04:00"
    assert problems == []


def test_without_any_date(monkeypatch: pytest.MonkeyPatch) -> None:
    post = parse_post("봄.md", b"text")
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    published, modified, problems = post_dates(post, Clock())
    assert published is modified is None
    assert problems[0].rule == "date-missing"
    assert moment_without_date().year == 1980
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    assert moment_without_date().timestamp() == 1_700_000_000
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "yesterday")
    assert moment_without_date().year == 1980


def test_a_post_that_was_changed_was_published() -> None:
    post = parse_post("봄.md", b"---\nupdated: 2025-01-02\n---\ntext")
    published, modified, problems = post_dates(post, Clock())
    assert published == modified
    assert published
    assert published.isoformat() == "2025-01-02T00:00:00+09:00"
    assert problems == []


# Jekyll 4.3 with `timezone: Asia/Seoul`; unquoted times without an offset are UTC to its YAML
IN_SEOUL = [
    ("2026-01-04 23:30:00 +0000", "2026-01-05T08:30:00+09:00"),
    ("2026-01-04 23:30:00", "2026-01-05T08:30:00+09:00"),
    ("2026-01-04T23:30:00Z", "2026-01-05T08:30:00+09:00"),
    ("2026-01-04 23:30:00 -0500", "2026-01-05T13:30:00+09:00"),
    ("2026-01-04 23:30:00 +0900", "2026-01-04T23:30:00+09:00"),
    ("2026-01-04", "2026-01-04T00:00:00+09:00"),
    ("2026-01-04 23:30", "2026-01-04T23:30:00+09:00"),
    ('"2026-01-04 23:30:00"', "2026-01-04T23:30:00+09:00"),
    ("'2026-01-04 23:30:00'", "2026-01-04T23:30:00+09:00"),
]


@pytest.mark.parametrize(("written", "moment"), IN_SEOUL)
def test_dates_move_to_the_zone_of_a_jekyll_site(written: str, moment: str) -> None:
    post = parse_post("_posts/2026-01-04-a.md", f"---\ndate: {written}\n---\n".encode())
    clock = Clock("Asia/Seoul", is_set=True, reads_utc=True)
    moved, unmoved = post_dates(post, clock)[0], post_dates(post, Clock("Asia/Seoul"))[0]
    assert moved
    assert unmoved
    assert moved.isoformat() == moment
    assert unmoved.replace(tzinfo=None).hour in (0, 3, 23)


@pytest.mark.parametrize(
    ("config", "toml", "address", "date"),
    [
        ("timezone: Asia/Seoul", "", "/2026/01/05/", "2026-01-05T08:30:00+09:00"),
        ("timezone: UTC", "", "/2026/01/04/", "2026-01-04T23:30:00+00:00"),
        ("title: a", "", "/2026/01/04/", "2026-01-04T23:30:00+00:00"),
        ("title: a", 'timezone = "Asia/Seoul"', "/2026/01/05/", "2026-01-05T08:30:00+09:00"),
        ("timezone: UTC", 'timezone = "Asia/Seoul"', "/2026/01/05/", "2026-01-05T08:30:00+09:00"),
        ("timezone: nowhere", "", "/2026/01/04/", "2026-01-04T23:30:00+00:00"),
    ],
)
def test_addresses_are_made_of_dates_in_the_site_s_zone(
    tmp_path: Path, config: str, toml: str, address: str, date: str
) -> None:
    base = "permalink: /:year/:month/:day/\nurl: https://a.kr\n"
    files = {"_config.yml": f"{base}{config}\n".encode()}
    files |= {"site.toml": toml.encode()} if toml else {}
    text = "---\ntitle: 글\ndate: 2026-01-04 23:30:00 +0000\n---\n글\n"
    meta = read_post(tmp_path, text, name="_posts/2026-01-04-a.md", files=files).document.meta
    assert (meta.canonical_url.removeprefix("https://a.kr"), meta.date) == (address, date)
