"""One more entry in a list of a YAML file: the smallest change of its text, comments and all.

PyYAML says where the list stands; nothing else is written. What the edited text says is compared
with what it should say, so that an unusual file is left alone instead of damaged.
"""

from __future__ import annotations

from typing import Any

import yaml

from hanpan.yaml_text import Loader, NotYaml, load

_LONGEST = 200_000  # characters of a file that is edited


class NotEditable(ValueError):
    """The list cannot be extended without knowing more of the file."""


def with_entries(text: str, key: str, entries: list[str], first: list[str]) -> str:
    """Return YAML whose list under `key`, at the top, has `entries` as well.

    Where the key is missing, it is added with `first` and `entries`. An entry is YAML: `out/`, or
    `local: a.yml`. Raises NotEditable.
    """
    if len(text) > _LONGEST:
        raise NotEditable("the file is too large")
    data = _data(text)
    old = data.get(key)
    values = [_value(entry) for entry in entries]
    has = old if isinstance(old, list) else [] if old is None else [old]
    new = [entry for entry, value in zip(entries, values, strict=True) if value not in has]
    if not new:
        return text
    newline = "\r\n" if "\r\n" in text else "\n"
    edited = _edited(text, key, new, first if key not in data else [], newline)
    wanted = [*has, *(map(_value, first) if key not in data else ()), *map(_value, new)]
    if _data(edited) != {**data, key: wanted}:
        raise NotEditable("the list is written in a way that hanpan does not edit")
    return edited


def _edited(text: str, key: str, new: list[str], first: list[str], newline: str) -> str:
    node, key_node = _nodes(text, key)
    if key_node is None:
        gap = "" if not text or text.endswith("\n") else newline
        lines = [f"{key}:", *(f"  - {entry}" for entry in (*first, *new))]
        blank = newline if text.strip() else ""
        return text + gap + blank + newline.join(lines) + newline
    if isinstance(node, yaml.SequenceNode) and node.flow_style:
        at = text.rindex("]", 0, node.end_mark.index)
        inner = ", ".join(map(_flow, new))
        if not node.value:
            return text[:at] + inner + text[at:]
        last = node.value[-1].end_mark.index
        between = text[last:at]
        comma = "" if between.lstrip().startswith(",") else ","
        at = last + between.index(",") + 1 if not comma else last
        return f"{text[:at]}{comma} {inner}{text[at:]}"
    if isinstance(node, yaml.SequenceNode) and node.value:
        column = node.start_mark.column
        at = _end_of_line(text, node.value[-1].end_mark.index, node.value[-1])
        gap = "" if text[:at].endswith("\n") else newline
        block = "".join(f"{' ' * column}- {entry}{newline}" for entry in new)
        return text[:at] + gap + block + text[at:]
    if isinstance(node, yaml.ScalarNode):
        start, end = node.start_mark.index, node.end_mark.index
        if node.tag == "tag:yaml.org,2002:null":
            start = end = key_node.end_mark.index + text[key_node.end_mark.index :].index(":") + 1
            return f"{text[:start]} [{', '.join(map(_flow, new))}]{text[end:]}"
        if not node.style or node.style in "'\"":
            inner = ", ".join([text[start:end], *map(_flow, new)])
            return f"{text[:start]}[{inner}]{text[end:]}"
    raise NotEditable("the list is written in a way that hanpan does not edit")


def _nodes(text: str, key: str) -> tuple[Any, Any]:
    """Return the node of a key's value and that of the key, in Python's indices."""
    root = yaml.compose(text, yaml.SafeLoader)
    for name, value in root.value if isinstance(root, yaml.MappingNode) else ():
        if isinstance(name, yaml.ScalarNode) and name.value == key:
            return value, name
    return None, None


def _end_of_line(text: str, index: int, node: Any) -> int:
    """Return where the line ends on which a block's last entry does; that may be a comment's."""
    if index and text[index - 1] == "\n":  # a nested block ends on the line behind it
        index = len(text[:index].rstrip())
    end = text.find("\n", index)
    return len(text) if end < 0 else end + 1


def _data(text: str) -> dict[Any, Any]:
    try:
        data = load(text)
    except NotYaml as error:
        raise NotEditable(str(error)) from None
    if data is None:
        return {}
    if not isinstance(data, dict):
        raise NotEditable("it is not a list of keys")
    return data


def _value(entry: str) -> object:
    return yaml.load(entry, Loader)  # noqa: S506  a safe loader with bounds


def _flow(entry: str) -> str:
    return f"{{{entry}}}" if ": " in entry else entry
