"""Posts put together at random from bits of markup, repeated and nested."""

from __future__ import annotations

from hypothesis import strategies as st

from tests.fuzzing.fragments import FRAGMENTS, FRONT

LENGTH = 30_000  # characters at most, or little more


def posts() -> st.SearchStrategy[bytes]:
    """Return posts: front matter, and bits of markup, repeated and nested."""
    atom = st.one_of(
        st.sampled_from(FRAGMENTS),
        st.sampled_from(FRAGMENTS),
        st.text(max_size=4),
        st.text("ab가. \n\t*_`[](){}<>|$\\:#-+=~!^\"'/&%", max_size=6),
    )
    runs = st.lists(atom, min_size=1, max_size=12).map("".join)
    times = st.one_of(*[st.integers(2, 40)] * 7, st.integers(2, LENGTH))  # long ones take long
    repeated = st.tuples(
        runs, st.lists(atom, min_size=1, max_size=3).map("".join), times, runs
    ).map(lambda parts: parts[0] + parts[1] * min(parts[2], _room(parts[1])) + parts[3])
    around = st.tuples(atom, atom, runs, times).map(_nested)
    lines = st.lists(runs, max_size=8).map("\n".join)
    body = st.one_of(runs, lines, lines, repeated, around)
    front = st.lists(st.sampled_from(FRONT) | runs, max_size=5).map(
        lambda found: "---\n" + "\n".join(found) + "\n---\n"
    )
    text = st.tuples(st.one_of(st.just(""), st.just(""), front), body).map("".join)
    return text.flatmap(_encoded)


def _room(text: str) -> int:
    return max(1, LENGTH // max(1, len(text)))


def _nested(parts: tuple[str, str, str, int]) -> str:
    opening, closing, inside, times = parts
    times = min(times, _room(opening + closing))
    return opening * times + inside + closing * times


def _encoded(text: str) -> st.SearchStrategy[bytes]:
    whole = text.encode("utf-8", "surrogatepass")
    return st.one_of(
        st.just(whole),
        st.just(whole),
        st.just(whole),
        st.just(text.encode("cp949", "replace")),
        st.just(text.replace("\n", "\r\n").encode("utf-8-sig", "replace")),
        st.just(text.encode("utf-16", "replace")),
        st.integers(0, max(0, len(whole) - 1)).map(lambda at: whole[:at] + b"\xa4" + whole[at:]),
    )
