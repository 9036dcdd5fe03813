"""Where klreq lets no line begin or end, and which words it keeps on one line.

Requirements for Hangul Text Layout, "Line Breaking Rules" (https://www.w3.org/TR/klreq/): classes
cl1 (not at a line's end) and cl2, cl5 to cl9 (not at its head), and what is indivisible.
"""

from __future__ import annotations

import re

# cl1: opening brackets and quotes
NOT_AT_END = frozenset("([{‘“〈《「『【〔〖〘〚（［｛｟«‹")
# cl2 closing brackets and quotes; of cl7 middle dots and semicolons; of cl8 and cl9 commas
CLOSING = frozenset(")]}’”〉》」』】〕〗〙〛）］｝｠»›·・‧･ㆍ∙;；。．,、，")
# cl5 hyphens and dashes, cl6 question and exclamation marks, colons, stops; U+3003, U+30FC;
# leaders, and signs behind numbers. A word may begin with them: `-v`, `.NET`, `…그런데`
NOT_AT_HEAD = CLOSING | frozenset("-‐‑–—―~∼～〜?!‼⁇⁈⁉？！•:：.〃ー…‥⋯%‰％℃℉°′″")
_NUMBER = re.compile(r"[₩$€£¥￦]?[-+]?\d[\d,.]*[)\]]*")
_CURRENCY = re.compile(r"(?:[A-Z]{2})?[₩$€£¥￦]|(?:KRW|USD|EUR|JPY|CNY|GBP)")
# fmt: off
_LATIN_UNITS = (
    "[kMGTPEcmdµμnp]?(?:m|g|s|L|l|B|b|bit|bps|Hz|W|Wh|V|A|Ah|J|N|Pa|K|Ω|F|mol|cal|eV)[²³23]?",
    "[KMGT]iB", "min", "h", "hr", "km/h", "m/s", "fps", "px", "pt", "em", "rem", "dpi", "ppi", "dB",
    "ha", "t", "°[CF]?", "[%‰％℃℉]", "[㎀-㏟]",
)
_COUNTERS = (
    "개 개월 건 권 그루 년 단 달 달러 대 도 등 마리 명 문단 바이트 배 번 번째 벌 병 분 사람 살 "
    "세 쇄 시 시간 엔 원 월 위 유로 인 일 자 잔 장 절 점 조각 주 줄 차 척 채 초 층 칸 쪽 킬로 "
    "킬로그램 킬로미터 통 퍼센트 페이지 판 편 평 포인트 프로 픽셀 항 행 호 회"
)
# fmt: on
_PARTICLE = (
    "(?:은|는|이|가|을|를|의|에|도|로|으로|와|과|만|씩|쯤|나|이나|까지|부터|마다|에서|짜리|보다|"
    "이다|입니다|였다|이었다|이며|이고|인|간|째|의|당|정도|이상|이하|미만|초과)?"
)
_UNIT = re.compile(
    f"(?:(?:{'|'.join(_LATIN_UNITS)})(?![A-Za-z0-9])(?:{_PARTICLE}|[^A-Za-z0-9가-힣].*)"
    f"|(?:{'|'.join(_COUNTERS.split())}){_PARTICLE})[^\\w\\s]*"
)


def is_indivisible(before: str, word: str) -> bool:
    """Tell whether no line may end at the blank between two words.

    That is between a number and its unit, a currency and its amount, before a sign that no line
    begins with, and behind one that no line ends with.
    """
    if word[0] in CLOSING or NOT_AT_HEAD.issuperset(word) or before[-1] in NOT_AT_END:
        return True
    if _NUMBER.fullmatch(before):
        return _UNIT.fullmatch(word) is not None
    return _CURRENCY.fullmatch(before) is not None and _NUMBER.match(word) is not None
