"""Catalogues of many e-books go on in other pages, and posts without a date are not lost."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from lxml import etree, html

from hanpan.editions.site.pages import render_page
from hanpan.files import Files
from hanpan.library import ebooks
from hanpan.library.catalogue import Catalogue
from hanpan.library.facts import Facts
from hanpan.library.order import Download, Entry
from hanpan.library.pages import PagePlan
from hanpan.site import Identity, Library, Site
from tests.editions.html.sample import NoNetwork
from tests.support.referees import feeds

_A = "{http://www.w3.org/2005/Atom}"


def entry(number: int, *, date: str = "", **facts: Any) -> Entry:
    moment = f"{date}T09:00:00+09:00" if date else ""
    known = {
        "title": f"글 {number}",
        "lang": "ko",
        "path": f"/{number}/",
        "author": "편집실",
        **facts,
    }
    book = Download("EPUB", f"{number}/{number}.epub", "0" * 64, 1000, "application/epub+zip")
    own = Facts(date=moment, modified=moment, **known)
    return Entry(f"k{number:04}", own, "", "blog", f"{number}.md", f"{number}", (book,))


def plans(entries: list[Entry], kind: str) -> list[PagePlan]:
    pages = Catalogue(entries, [], Library()).pages()
    return [page for page in pages if page.kind == kind]


def written(plan: PagePlan, folder: Path, url: str = "") -> dict[str, bytes]:
    files = Files(Site(folder, identity=Identity(title="글", url=url)), NoNetwork())
    made = render_page(plan, lambda digest: b"", lambda path: b"", files)
    return {artifact.path: artifact.data for artifact in made.artifacts}


def test_a_catalogue_goes_on_from_a_hundred_entries(tmp_path: Path) -> None:
    count = 2 * ebooks.PER_PAGE + 5
    entries = [entry(n, date=f"2026-01-{1 + n % 28:02}") for n in range(count)]
    seen: list[str] = []
    pages = plans(entries, "opds")
    assert len(pages) == 3
    for number, plan in enumerate(pages, 1):
        contents = written(plan, tmp_path, "https://blog.example")
        name = "site/opds/catalog" + (f"-{number}" if number > 1 else "")
        atom = contents[f"{name}.xml"]
        assert feeds.opds_1_faults(atom) == []
        root = etree.fromstring(atom)
        links = {link.get("rel"): link.get("href") for link in root.findall(f"{_A}link")}
        assert links["first"] == links["start"] == "https://blog.example/opds/catalog.xml"
        assert links["last"] == "https://blog.example/opds/catalog-3.xml"
        assert ("next" in links, "previous" in links) == (number < 3, number > 1)
        json_page = json.loads(contents[f"{name}.json"])
        rels = {link["rel"]: link["href"] for link in json_page["links"]}
        assert set(rels) == set(links) - {"start"}
        assert json_page["metadata"]["numberOfItems"] == count
        assert json_page["metadata"]["currentPage"] == number
        identifiers = [one["metadata"]["identifier"] for one in json_page["publications"]]
        assert identifiers == [e.findtext(f"{_A}id") for e in root.findall(f"{_A}entry")]
        seen += identifiers
    assert len(set(seen)) == len(seen) == count


def test_a_short_catalogue_is_one_page(tmp_path: Path) -> None:
    (plan,) = plans([entry(1, date="2026-01-01")], "opds")
    contents = written(plan, tmp_path)
    assert b'rel="next"' not in contents["site/opds/catalog.xml"]
    assert "currentPage" not in contents["site/opds/catalog.json"].decode()


def test_posts_without_a_date_end_the_archive_and_are_in_lists(tmp_path: Path) -> None:
    entries = [entry(1, date="2026-01-01"), entry(2, tags=("메모",)), entry(3)]
    (archive,) = plans(entries, "archive")
    (page,) = written(archive, tmp_path).values()
    sections: Any = html.fromstring(page.decode()).xpath("//section")
    assert [s.xpath("string(h2)") for s in sections] == ["2026", "날짜 없는 글"]
    assert sections[1].xpath(".//li//text()[normalize-space()]") == ["글 2", "글 3"]
    tags = [plan for plan in plans(entries, "list") if plan.path.startswith("tags/")]
    assert [plan.path for plan in tags] == ["tags/메모/index.html"]
    (books,) = plans(entries, "opds")
    assert b"\xea\xb8\x80 3" in written(books, tmp_path)["site/opds/catalog.xml"]


def test_a_catalogue_without_dates_heeds_source_date_epoch(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1750000000")
    (plan,) = plans([entry(1)], "opds")
    atom = etree.fromstring(written(plan, tmp_path)["site/opds/catalog.xml"])
    assert {e.text for e in atom.iter(f"{_A}updated")} == {"2025-06-15T15:06:40+00:00"}
