"""Losses: everything that a lowering may change or drop, in words for report.md."""

from __future__ import annotations

from dataclasses import dataclass

from hanpan.language import is_korean


@dataclass(frozen=True, slots=True)
class Loss:
    """A difference between the payload and the post.

    `elements` are the numbers of the body's elements that it happened to, each once.
    """

    name: str
    count: int = 1
    detail: str = ""
    elements: tuple[int, ...] = ()
    file: str = ""  # of the payload, where it is not the body that is sent


# name -> ((what happened, what the author may do) in Korean, the same in English)
WORDS: dict[str, tuple[tuple[str, str], tuple[str, str]]] = {
    "maths": (
        ("수식을 TeX 글자 그대로 옮겼다", "편집기에서 수식 그림으로 바꾼다"),
        ("formulas stand as their TeX source", "put a picture in their place in the editor"),
    ),
    "formula-letters": (
        ("수식을 글자로 풀어 썼다", "할 일이 없다"),
        ("formulas are written in letters", "nothing"),
    ),
    "formula-picture": (
        ("수식을 그림으로 바꾸었다", "할 일이 없다"),
        ("formulas became pictures", "nothing"),
    ),
    "formula-tex": (
        ("문장 안 수식의 그림에 공개 주소가 없어 TeX로 적었다", "images/{} 그림으로 바꿀 수 있다"),
        (
            "the picture of a formula in a line has no address, so its TeX stands there",
            "images/{} can be put in its place",
        ),
    ),
    "drawing-picture": (
        ("그림 코드(SVG)를 그림으로 바꾸었다", "할 일이 없다"),
        ("drawings (SVG) became pictures", "nothing"),
    ),
    "code-picture": (
        ("코드를 그림으로 바꾸었다", "할 일이 없다"),
        ("code became pictures", "nothing"),
    ),
    "table-picture": (
        ("표를 그림으로 바꾸었다", "할 일이 없다"),
        ("tables became pictures", "nothing"),
    ),
    "table-list": (
        ("표를 목록으로 풀었다", "줄마다 한 항목이다. 꼭 표로 보여야 하면 그림으로 올린다"),
        ("tables became lists, an item a row", "upload a picture where it must be a table"),
    ),
    "heading": (
        ("깊은 제목을 굵은 문단으로 바꾸었다", "할 일이 없다"),
        ("deep headings became paragraphs in bold", "nothing"),
    ),
    "pictures-left-out": (
        ("그림을 뺐다", "images/에서 한 장을 골라 더할 수 있다"),
        ("pictures were left out", "add one of images/ by hand"),
    ),
    "share": (
        ("글의 앞부분만 담았다", "길이를 늘릴 수 없다. 링크가 전체 글로 간다"),
        ("only the beginning of the post is in it", "nothing: the link leads to all of it"),
    ),
    "fragment-link": (
        ("글 안에서 건너뛰는 링크를 풀었다", "할 일이 없다"),
        ("links inside the post were unlinked", "nothing"),
    ),
    "footnotes": (
        ("각주를 [1]과 글 끝의 목록으로 바꾸었다", "할 일이 없다"),
        ("footnotes became [1] and a list at the end", "nothing"),
    ),
    "details": (
        ("접는 글을 펼쳐 놓았다", "편집기에 접은글 기능이 있으면 그것으로 감싼다"),
        ("folded text was unfolded", "fold it in the editor where that is offered"),
    ),
    "ruby": (
        ("윗글자를 괄호에 넣었다", "할 일이 없다"),
        ("ruby stands in parentheses", "nothing"),
    ),
    "script": (
        ("위첨자와 아래첨자를 유니코드 글자나 ^( )로 바꾸었다", "수식이면 그림으로 바꾼다"),
        ("superscripts and subscripts became Unicode or ^( )", "use a picture for a formula"),
    ),
    "inline-style": (
        ("{} 표시가 사라지고 글자만 남는다", "꼭 필요하면 굵게로 바꾼다"),
        ("{} loses its look, the text stays", "use bold where it matters"),
    ),
    "nested-list": (
        ("안쪽 목록을 들여 쓴 문단으로 바꾸었다", "할 일이 없다"),
        ("nested lists became indented paragraphs", "nothing"),
    ),
    "list": (
        ("목록을 글머리표가 붙은 문단으로 바꾸었다", "편집기의 목록으로 다시 만들 수 있다"),
        ("lists became paragraphs with a mark", "make them lists again in the editor"),
    ),
    "definition-list": (
        ("정의 목록을 굵은 낱말과 문단으로 바꾸었다", "할 일이 없다"),
        ("definition lists became bold terms and paragraphs", "nothing"),
    ),
    "table-span": (
        ("표의 합친 칸을 빈칸으로 풀었다", "편집기에서 칸을 다시 합친다"),
        ("merged table cells were split", "merge them again in the editor"),
    ),
    "table-alignment": (
        ("표의 열 맞춤이 사라진다", "할 일이 없다"),
        ("alignment of table columns is lost", "nothing"),
    ),
    "table-blocks": (
        ("표 칸 안의 목록과 문단을 줄바꿈으로 이었다", "할 일이 없다"),
        ("lists and paragraphs in table cells became lines", "nothing"),
    ),
    "picture-size": (
        ("정한 그림 크기가 사라져 원래 크기로 보인다", "작게 보일 그림은 파일을 줄여 올린다"),
        ("the size that you gave a picture is lost", "upload a smaller file where it matters"),
    ),
    "alt-text": (
        ("그림의 대체 글이 저장되지 않는다", "중요한 내용은 그림 설명으로 적는다"),
        ("alternative texts are not stored", "say what matters in a caption"),
    ),
    "alt-caption": (
        ("대체 글이 저장되지 않아, 뜻이 있는 것은 그림 설명으로 적었다", "필요 없는 설명은 지운다"),
        (
            "alternative texts are not stored: those that say something became captions",
            "delete the ones that you do not want",
        ),
    ),
    "figure": (
        ("그림 설명을 기울임 줄로 바꾸었다", "할 일이 없다"),
        ("captions became a line in italics", "nothing"),
    ),
    "callout": (
        ("알림 상자를 인용으로 바꾸었다", "할 일이 없다"),
        ("callouts became quotes", "nothing"),
    ),
    "list-start": (
        ("번호 목록이 1부터 다시 시작한다", "이어지는 번호가 중요하면 글자로 적는다"),
        ("ordered lists begin at 1 again", "write the numbers out where they matter"),
    ),
    "code-lines": (
        ("코드의 줄 번호와 강조한 줄이 사라진다", "할 일이 없다"),
        ("line numbers and highlighted lines of code are lost", "nothing"),
    ),
    "liquid": (
        ("제목의 {{{{ 나 {{% 사이에 보이지 않는 글자를 넣었다", "할 일이 없다"),
        ("an invisible character parts {{{{ or {{% in headings", "nothing"),
    ),
    "embed": (
        ("끼워 넣은 내용을 링크로 바꾸었다", "편집기에 주소를 붙여 넣어 다시 끼운다"),
        ("embedded contents became links", "paste the address in the editor to embed it"),
    ),
    "picture-mark": (
        ("공개 주소가 없는 그림 자리에 표시를 넣었다", "표시를 images/에 있는 그림으로 바꾼다"),
        ("pictures without a public address left a mark", "put the file of that number there"),
    ),
    "picture-format": (
        ("이 플랫폼이 받지 않는 형식의 그림이 있다: {}", "PNG로 바꾸어 올린다"),
        ("pictures in a format that is not accepted there: {}", "upload them as PNG"),
    ),
    "html-block": (
        (
            "`<{}>`을(를) 담을 블록이 없어 ‘사용자 정의 HTML’ 블록으로 넣었다",
            "편집기에서는 HTML로 고친다",
        ),
        (
            "no block of the editor holds this `<{}>`, so it is a Custom HTML block",
            "edit it as HTML there",
        ),
    ),
    "address-in-text": (
        (
            "글 안의 주소 바로 뒤에 붙은 글자까지 링크가 될 수 있다",
            "붙여 넣은 뒤 링크를 확인한다",
        ),
        (
            "letters right behind an address may become part of its link",
            "check the links after you paste",
        ),
    ),
    "item-block": (
        (
            "목록 항목 안의 코드나 표, 그림은 붙여 넣을 때 목록 밖으로 나올 수 있다",
            "붙여 넣은 뒤 목록을 확인한다",
        ),
        (
            "code, tables and pictures in list items may leave the list when they are pasted",
            "check the list after you paste",
        ),
    ),
    "linked-code": (
        ("코드 글씨에 건 링크가 사라질 수 있다", "붙여 넣은 뒤 링크를 확인한다"),
        ("links of code may be lost", "check the links after you paste"),
    ),
    "markdown-signs": (
        (
            "편집기가 Markdown으로 읽어 별표나 백틱이 사라질 수 있다",
            "붙여 넣은 뒤 이 자리를 확인하고 기호를 다시 적는다",
        ),
        (
            "the editor may read stars or backticks in the text as Markdown, and drop them",
            "look at these places after you paste, and write the signs again",
        ),
    ),
    "picture-missing": (
        ("찾을 수 없는 그림 자리에 표시를 넣었다", "원본 글의 그림 주소를 고친다"),
        ("pictures that were not found left a mark", "fix their address in the post"),
    ),
    "tag-dropped": (
        ("{} 요소를 풀고 내용만 남겼다", "할 일이 없다"),
        ("the element {} was unwrapped", "nothing"),
    ),
}


def in_words(loss: Loss, lang: str) -> tuple[str, str]:
    """Return what happened, and what the author may do."""
    what, remedy = WORDS[loss.name][0 if is_korean(lang) else 1]
    of_file = f"{loss.file}: " if loss.file else ""
    return of_file + what.format(loss.detail), remedy.format(loss.detail)
