"""What makes a PDF last: its identifier, its colours, its source within it."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path
from typing import Any

import pypdf
import pytest
from PIL import Image

from hanpan.document import Asset
from hanpan.editions.pdf import attached_source
from hanpan.files import sha256
from hanpan.problems import HanpanError
from hanpan.site import Pdf
from tests.editions.pdf.test_render import document, files, pdf_of
from tests.support.blog import make_blog
from tests.support.command import built, hanpan

BODY = '<p>글 <a href="https://example.com/">길</a></p><p><img src="asset:PICTURE" alt="가"/></p>'
SOURCE = "---\ntitle: 글\n---\n\n글 <!-- 속말 -->\n\n![가](../red.png)\n"


def made(root: Path, source: str = SOURCE, pdf: Pdf | None = None) -> bytes:
    """Return the PDF of a post whose source is in the site."""
    (root / "posts").mkdir(exist_ok=True)
    (root / "posts/eojeol.md").write_text(source, "utf-8")
    return pdf_of(document(root, BODY), files(root, pdf))


def opened(data: bytes) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(data), strict=True)


def attached(data: bytes) -> dict[str, Any]:
    return {file.name: file for file in opened(data).attachment_list}


def test_the_file_says_which_standards_it_meets(tmp_path: Path) -> None:
    reader = opened(made(tmp_path))
    metadata = reader.xmp_metadata
    assert metadata is not None
    text = metadata.stream.get_data().decode()
    assert 'pdfaid:part="3"' in text and 'pdfaid:conformance="A"' in text
    assert "pdfuaid" in text and "<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>" in text
    intent: Any = reader.root_object["/OutputIntents"][0].get_object()  # type: ignore[index]
    profile = intent["/DestOutputProfile"].get_object()
    assert intent["/S"] == "/GTS_PDFA1" and profile["/N"] == 3
    assert profile.get_data()[36:40] == b"acsp"  # an ICC profile


def test_the_identifier_is_of_the_content(tmp_path: Path) -> None:
    first, same, other = made(tmp_path), made(tmp_path), made(tmp_path, SOURCE + "더\n")
    assert first == same
    identifiers: list[Any] = [opened(data).trailer["/ID"] for data in (first, other)]
    assert identifiers[0] != identifiers[1]
    assert all(one == two and len(one.original_bytes) == 16 for one, two in identifiers)


def test_links_are_on_paper_and_pictures_are_not_smoothed(tmp_path: Path) -> None:
    reader: Any = opened(made(tmp_path))
    objects = [reader.get_object(number) for number in range(1, reader.trailer["/Size"])]
    annotations = [o for o in objects if isinstance(o, dict) and o.get("/Type") == "/Annot"]
    pictures = [o for o in objects if isinstance(o, dict) and o.get("/Subtype") == "/Image"]
    assert annotations and all(annotation["/F"] == 4 for annotation in annotations)
    assert pictures and not any(picture.get("/Interpolate") for picture in pictures)


def test_source_and_pictures_are_attached_and_associated(tmp_path: Path) -> None:
    data = made(tmp_path)
    found = attached(data)
    assert set(found) == {"posts/eojeol.md", "red.png"}
    source = found["posts/eojeol.md"]
    assert source.content.decode() == SOURCE.replace("<!-- 속말 -->", "")
    assert source.associated_file_relationship == "/Source"
    assert Image.open(io.BytesIO(found["red.png"].content)).size == (600, 400)
    root: Any = opened(data).root_object
    associated = [file.get_object()["/UF"] for file in root["/AF"]]
    assert len(associated) == len(found) and set(associated) == set(found)


def test_files_are_named_in_unicode_and_in_order(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    post = replace(document(tmp_path / "a", BODY), source="한/글.md")
    (tmp_path / "a/한").mkdir()
    (tmp_path / "a/한/글.md").write_text(SOURCE, "utf-8")
    data = pdf_of(post, files(tmp_path / "a"))
    assert set(attached(data)) == {"red.png", "한/글.md"}
    root: Any = opened(data).root_object
    names = root["/Names"]["/EmbeddedFiles"]["/Names"]
    assert names[::2] == ["red.png", "한/글.md"]
    specifications = [name.get_object() for name in names[1::2]]
    assert [item["/F"] for item in specifications] == ["red.png", "한/글.md"]
    moments = [item["/EF"]["/F"]["/Params"]["/ModDate"] for item in specifications]
    assert moments == ["D:20240401123000Z"] * 2  # the post's own, in UTC


def test_what_a_post_without_a_date_carries_has_no_date_of_the_clock(tmp_path: Path) -> None:
    (tmp_path / "posts").mkdir()
    (tmp_path / "posts/eojeol.md").write_text(SOURCE, "utf-8")
    post = document(tmp_path, BODY)
    undated = replace(post, meta=replace(post.meta, date="", modified=""))
    specifications: Any = opened(pdf_of(undated, files(tmp_path))).root_object["/AF"]
    params = [item["/EF"]["/F"]["/Params"] for item in specifications]
    moments = {one[name] for one in params for name in ("/CreationDate", "/ModDate")}
    assert moments == {"D:19800101000000Z"}  # the format wants one (ISO 19005-3, 6.8)


def test_attached_pictures_hold_no_metadata_and_stand_upright(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x0112], exif[0x010F] = 6, "속말"  # turned by a quarter; the camera's maker
    file = io.BytesIO()
    Image.new("RGB", (80, 40), "#206040").save(file, "JPEG", exif=exif)
    (tmp_path / "photo.jpg").write_bytes(file.getvalue())
    name = sha256(file.getvalue())[:16]
    post = document(tmp_path, f'<p><img src="asset:{name}" alt="사진"/></p>')
    (tmp_path / "posts").mkdir()
    (tmp_path / "posts/eojeol.md").write_text(SOURCE, "utf-8")
    post = replace(post, assets=(Asset(name, "file:photo.jpg", "image/jpeg", 40, 80),))
    photo = attached(pdf_of(post, files(tmp_path)))["photo.jpg"].content
    assert "속말".encode() not in photo and not Image.open(io.BytesIO(photo)).getexif()
    assert Image.open(io.BytesIO(photo)).size == (40, 80)


def test_nothing_is_attached_where_the_site_does_not_want_it(tmp_path: Path) -> None:
    data = made(tmp_path, pdf=Pdf(attach_source=False))
    assert attached(data) == {} and "/AF" not in opened(data).root_object
    (tmp_path / "some.pdf").write_bytes(data)
    with pytest.raises(HanpanError, match="does not carry its source"):
        attached_source(tmp_path / "some.pdf")


def test_a_pdf_is_built_again_from_itself(tmp_path: Path) -> None:
    blog = make_blog(tmp_path / "blog", posts=1)
    Image.new("RGB", (60, 40), "#c03030").save(blog / "red.png")
    post = next((blog / "posts").iterdir())
    post.write_text(post.read_text("utf-8") + "\n![붉은 네모](/red.png)\n", "utf-8")
    built(blog, "--edition", "pdf")
    (pdf,) = (blog / "out").glob("*/*.pdf")
    again = tmp_path / "again"
    for name, file in attached(pdf.read_bytes()).items():
        (again / name).parent.mkdir(parents=True, exist_ok=True)
        (again / name).write_bytes(file.content)
    (again / "site.toml").write_bytes((blog / "site.toml").read_bytes())
    built(again, "--edition", "pdf")
    (copy,) = (again / "out").glob("*/*.pdf")
    assert copy.read_bytes() == pdf.read_bytes()
    shown = hanpan("show", "source", pdf, cwd=tmp_path)
    assert (shown.code, shown.out) == (0, post.read_text("utf-8"))
    refused = hanpan("show", "body", pdf, cwd=tmp_path)
    assert refused.code == 2 and "show source" in refused.err


def test_what_is_no_pdf_is_said(tmp_path: Path) -> None:
    (tmp_path / "some.pdf").write_bytes(b"%PDF-1.7 no")
    ran = hanpan("show", "source", "some.pdf", cwd=tmp_path)
    assert ran.code == 1 and "some.pdf cannot be read" in ran.err
